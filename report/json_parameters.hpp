// SPDX-License-Identifier: GPL-3.0-or-later

/// \file
/// Entries of the library of parameters as JSON.

#pragma once

#include "lab/transfer/parameters.hpp"

#include <string>

namespace cmq::report {

/// name, label {fr, en}, meaning, unit, p05, p50, p95, distribution, conditions {fr, en}, source {fr, en}, grade,
/// date, candidates [{id, p05, p50, p95, distribution, conditions, source, grade, date}].
[[nodiscard]] std::string json_parameter_entry(lab::LibraryEntry const& entry);

} // namespace cmq::report
