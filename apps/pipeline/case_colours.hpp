// SPDX-License-Identifier: GPL-3.0-or-later

/// \file
/// The classes of colour that a case names, with their references from captures and libraries.

#pragma once

#include "apps/pipeline/colour_library.hpp"
#include "apps/pipeline/measure_captures.hpp"
#include "casefile/case.hpp"

#include <filesystem>
#include <optional>
#include <span>
#include <string>

namespace cmq::pipeline {

/// Reads the libraries that classes name, and takes the spots of [[reference]] tables from the captures.
///
/// \return  nothing where the case names no class
/// \throws Error               as read_text, parse_colour_library, fit_colours, with the place in the case file
/// \throws Error insufficient  a library without a row of its class; a reference without a usable trace
/// \throws Error domain        a library whose spots give light off for marks that take light away, or the other way round
[[nodiscard]] std::optional<FittedColours> case_colours(casefile::Case const& of,
                                                        std::span<MeasuredCapture const> captures);

/// How a capture of the case was taken, and those that are joined to it: lamp and filter of each, as "365 nm, LP 515".
[[nodiscard]] lab::ColourConditions conditions_of(casefile::Case const& of,
                                                  casefile::Capture const& entry,
                                                  capture::Metadata const& metadata);

/// Where the library of a class lies.
/// \pre it has one
[[nodiscard]] std::filesystem::path resolve_library(casefile::Case const& of,
                                                    casefile::ColourClass const& one);

/// What of the case colours depend on, beside the bytes of captures and libraries; "" without classes.
[[nodiscard]] std::string colour_parameters(casefile::Case const& of);

} // namespace cmq::pipeline
