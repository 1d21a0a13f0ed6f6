// SPDX-License-Identifier: GPL-3.0-or-later

/// \file
/// What each kind of check shows, what its lack leaves open, and what its failure means, in plain words.

#pragma once

#include "apps/pipeline/verify.hpp"
#include "core/language.hpp"

#include <span>
#include <string>

namespace cmq::cli {

/// What a check of that kind shows where it is good; where it was not made, what stays open and how to make it;
/// what a failure means and what to do.
struct CheckMeaning {
    Words shown;
    Words open;
    Words failure;
};

[[nodiscard]] CheckMeaning meaning_of(pipeline::CheckKind kind);

/// "What was checked", "What was not checked", "What fails, and what it means", "To know", each only where there is
/// something to say; then what a hash proves and what it does not. Lines of at most 80 columns.
[[nodiscard]] std::string verify_meaning(std::span<pipeline::Check const> checks,
                                         Language language);

} // namespace cmq::cli
