// SPDX-License-Identifier: GPL-3.0-or-later

/// \file
/// Whether two tables say the same.

#pragma once

#include "core/sentence.hpp"
#include "core/table.hpp"

#include <cstddef>

namespace cmq::pipeline {

/// Numbers may differ by 1e-9 of the larger one (or of 1), all else must be equal.
/// \return "" where they agree, else where the first difference lies and what stands there
[[nodiscard]] Sentence first_difference(Table const& before, Table const& now);

/// How many cells hold a number.
[[nodiscard]] std::size_t numbers_in(Table const& table);

} // namespace cmq::pipeline
