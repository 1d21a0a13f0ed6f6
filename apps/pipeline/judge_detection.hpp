// SPDX-License-Identifier: GPL-3.0-or-later

/// \file
/// From a detection to what may be said of it: against blanks, in millimetres, by colour.

#pragma once

#include "apps/pipeline/colour_library.hpp"
#include "apps/pipeline/pattern_library.hpp"
#include "capture/read_capture.hpp"
#include "detect/detect_traces.hpp"
#include "lab/blanks/measure_limits.hpp"
#include "report/detect_findings.hpp"

#include <optional>
#include <string>
#include <vector>

namespace cmq::pipeline {

/// A blank, searched with the promise of the files that it is for.
struct SearchedBlank {
    std::string name;
    capture::Metadata metadata;
    double total_dn = 0.0;
};

/// What files are set against. At most one of blanks and table.
struct Judging {
    std::vector<SearchedBlank> blanks;
    std::optional<lab::Limits> table;
    std::optional<detect::SceneScale> scale;
    FittedColours colours;            ///< no class: every colour is indeterminate
    lab::ColourConditions conditions; ///< of the files; the camera is read from each
    std::optional<PatternQuestion> patterns = std::nullopt;
    bool seek_symmetry = false; ///< also where no reference asks for it: it costs most
};

/// \param joined  with more than one capture in Judging::conditions: the light of each trace in all of them
/// \param areas  of the frame: one that no trace measures forbids "not detected"
/// \throws Error domain  a blank was taken by another camera, or with another exposure or ISO setting; as weigh_against
/// Method: docs/methods/blanks.md, docs/methods/colour.md, docs/methods/pattern.md.
[[nodiscard]] report::DetectFindings
judge_detection(detect::Detection const& detection,
                capture::Metadata const& metadata,
                Judging const& with,
                std::vector<detect::LargeArea> areas = {},
                std::vector<std::optional<detect::JoinedLight>> joined = {});

/// Make and model, as conditions of a colour name a camera.
[[nodiscard]] std::string camera_name(capture::Metadata const& metadata);

/// Blanks count only where they were taken as the evidence was.
/// \throws Error domain  camera, exposure or ISO setting differ; the sentence names the blank and both settings
void check_taken_alike(std::string const& name,
                       capture::Metadata const& blank,
                       capture::Metadata const& evidence);

} // namespace cmq::pipeline
