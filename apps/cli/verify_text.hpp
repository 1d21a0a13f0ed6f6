// SPDX-License-Identifier: GPL-3.0-or-later

/// \file
/// What `verify` says, in French and English.

#pragma once

#include "apps/pipeline/verify.hpp"
#include "core/language.hpp"

#include <span>
#include <string>

namespace cmq::cli {

/// Two kinds of lines, for people: one a check, then what was found to be wrong, what it means, and what was not
/// checked. At most 80 columns but for names and details.
[[nodiscard]] std::string verify_text(std::span<pipeline::Check const> checks, Language language);

/// The first kind alone: a line a check, with its detail below.
[[nodiscard]] std::string check_lines(std::span<pipeline::Check const> checks, Language language);

/// {"good": ..., "checks": [{"kind", "state", "reason", "subject", "detail"}]}
[[nodiscard]] std::string verify_json(std::span<pipeline::Check const> checks);

} // namespace cmq::cli
