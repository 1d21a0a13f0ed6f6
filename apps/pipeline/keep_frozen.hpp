// SPDX-License-Identifier: GPL-3.0-or-later

/// \file
/// What a note says of frozen propositions, as tables of a case file.

#pragma once

#include "casefile/kept/kept_case.hpp"
#include "report/note.hpp"

#include <optional>

namespace cmq::pipeline {

/// Adds nothing where nothing was frozen.
void keep_frozen(std::optional<report::NoteFrozen> const& frozen, casefile::KeptCase& kept);

/// \throws Error format  a table is of another form, or a value is none of its kind
[[nodiscard]] std::optional<report::NoteFrozen> restore_frozen(casefile::KeptCase const& kept);

} // namespace cmq::pipeline
