// SPDX-License-Identifier: GPL-3.0-or-later

/// \file
/// Networks of the literature on activity-level evaluation, to begin from.

#pragma once

#include "core/sentence.hpp"
#include "lab/network/network.hpp"

#include <span>
#include <string>
#include <string_view>

namespace cmq::lab {

struct NetworkTemplate {
    std::string_view name; ///< "disputed-activity"
    Words summary;
    Words numbers;           ///< where its probabilities come from
    std::string_view source; ///< of its structure
};

[[nodiscard]] std::span<NetworkTemplate const> network_templates() noexcept;

/// A fresh copy, names of nodes and states in the language; comments say what each node stands for and where
/// its numbers come from. Its numbers are those of the source or placeholders, never of a case: every one
/// is to be replaced.
/// \throws Error domain  no template of that name; names those there are
[[nodiscard]] Network make_template(std::string_view name, Language language);

} // namespace cmq::lab
