// SPDX-License-Identifier: GPL-3.0-or-later

/// \file
/// The library of parameters in the terms of lab.

#pragma once

#include "casefile/case.hpp"
#include "casefile/parameter_library.hpp"
#include "lab/transfer/parameters.hpp"

#include <string>
#include <utility>
#include <vector>

namespace cmq::pipeline {

/// Whether the note can tell the distribution: lab's check passes, and its quantiles at 5, 50 and 95 % are numbers
/// of at most 1e15 either way.
[[nodiscard]] bool has_finite_quantiles(lab::Distribution const& distribution);

/// \pre the kind is one that casefile reads, with its numbers
[[nodiscard]] lab::Distribution
to_distribution(std::string const& kind,
                std::vector<std::pair<std::string, casefile::Placed<double>>> const& numbers);

[[nodiscard]] lab::Parameter to_parameter(casefile::ParameterEntry const& from);

/// The library with the replacements of the case.
/// \throws Error format  a replaced parameter that the library does not hold
/// \throws Error domain  a distribution fails lab's check or has no finite quantiles, with the place in
///                       the file
[[nodiscard]] lab::ParameterSet to_parameters(casefile::Case const& of);

} // namespace cmq::pipeline
