// SPDX-License-Identifier: GPL-3.0-or-later

/// \file
/// The options --profile, --dark and --ambient of commands that read camera files.

#pragma once

#include "apps/cli/options.hpp"
#include "apps/pipeline/calibrator.hpp"

namespace cmq::cli {

void add_calibration_options(OptionAdder const& add, Language language);

/// Without --ambient, for commands that measure nothing.
void add_profile_options(OptionAdder const& add, Language language);

[[nodiscard]] pipeline::CalibrationFiles
calibration_option(boost::program_options::variables_map const& values);

/// Fills in the programs that these files need.
/// \throws Error io  one is nowhere to be found
void find_readers(pipeline::CalibrationFiles const& files, pipeline::Readers& readers);

} // namespace cmq::cli
