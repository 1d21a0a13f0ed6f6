// SPDX-License-Identifier: GPL-3.0-or-later

/// \file
/// The command line of `contremarque detect`.

#pragma once

#include "apps/cli/options.hpp"
#include "apps/pipeline/calibrator.hpp"
#include "detect/detect_traces.hpp"
#include "detect/trace_area.hpp"
#include "lab/source/colour_result.hpp"

#include <optional>
#include <string>
#include <vector>

namespace cmq::cli {

struct DetectOptions {
    bool help = false;
    bool json = false;
    bool darker = false; ///< marks that take light away are sought
    std::optional<std::string> csv;
    std::optional<std::string> output;
    std::vector<std::string> files;
    pipeline::CalibrationFiles calibration;
    detect::Settings detect;
    std::vector<std::string> blanks;
    std::optional<std::string> limits;
    std::optional<std::string> colours;
    double unknown_weight = 1.0; ///< of colours and of patterns
    std::optional<detect::SceneScale> scale;
    lab::ColourConditions conditions;
    std::vector<std::string> joined; ///< further captures of the one file's traces
    std::optional<std::string> overlay;
    std::optional<std::string> visible; ///< with overlay: drawn upon it too
    bool unmoved = false;               ///< further captures are laid on as they are
    std::optional<std::string> patterns;
    std::string pattern_class; ///< of the first proposition; with patterns
    std::string pattern_conditions;
    bool pattern_symmetry = false;
    std::optional<std::string> pattern_csv;
};

[[nodiscard]] boost::program_options::options_description detect_options(Language language);

/// Opens no file.
/// \throws Error usage  what is missing, malformed or does not go together
[[nodiscard]] DetectOptions parse_detect(std::vector<std::string> const& arguments);

/// The name of a file's sheet of pictures.
[[nodiscard]] std::string overlay_name(std::string const& file);

} // namespace cmq::cli
