// SPDX-License-Identifier: GPL-3.0-or-later

/// \file
/// The library of parameters in the terms of lab.

#pragma once

#include "casefile/case.hpp"
#include "lab/transfer/parameters.hpp"

namespace cmq::pipeline {

/// The library with the replacements of the case.
/// \throws Error format  a replaced parameter that the library does not hold
/// \throws Error domain  a distribution fails lab's check, with the place in the file
[[nodiscard]] lab::ParameterSet to_parameters(casefile::Case const& of);

} // namespace cmq::pipeline
