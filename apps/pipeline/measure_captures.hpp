// SPDX-License-Identifier: GPL-3.0-or-later

/// \file
/// Every capture of a case, read and searched for traces.

#pragma once

#include "capture/read_capture.hpp"
#include "casefile/case.hpp"
#include "core/progress.hpp"
#include "detect/detect_traces.hpp"
#include "detect/joined_light.hpp"
#include "detect/large_area.hpp"

#include <cstddef>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

namespace cmq::pipeline {

struct MeasureSettings {
    /// The program contremarque-decoder; contremarque-profile-reader is looked for beside it.
    std::filesystem::path decoder;
    unsigned threads = 0; ///< 0: one for each core; no effect on the result
};

/// One capture of the case. Frames of roles that no picture is made of are emptied after detection.
struct MeasuredCapture {
    std::size_t index = 0; ///< in Case::captures
    capture::Capture capture;
    std::optional<detect::Detection> detection; ///< evidence, blank, reference and ambient captures
    std::vector<detect::LargeArea> areas =
        {}; ///< of captures that were searched for marks that give light off
    /// One a trace where captures are joined to it, else empty: the light of the trace in all of them.
    std::vector<std::optional<detect::JoinedLight>> joined = {};
    std::string without_ambient; ///< id of the ambient capture that was taken off; "" without one
};

/// Reads the captures in the order of the case and searches those in which light of a marker could be
/// seen for traces, all with the same promise on false ones; where the case says so for what takes light away.
///
/// Camera profiles that captures name are applied. Dark captures are read first; those of one camera, setting and exposure are averaged and taken off every capture
/// of that kind without a profile. Captures of role joined are aligned with the one that they name, whose traces are measured in
/// them too. An ambient capture that another names (subtract) is taken off it in turn.
///
/// \throws Error  what read_capture and detect_traces throw, with the place in the case file
/// \throws Error integrity  a file's SHA-256 is not the one that the case states
/// \throws Error domain     a simulated file in a case that is not a demonstration
[[nodiscard]] std::vector<MeasuredCapture> measure_captures(casefile::Case const& of,
                                                            MeasureSettings const& settings,
                                                            Progress const& progress = {});

/// Whether light of a marker could be seen in it: it is corrected and searched for traces.
[[nodiscard]] bool is_searched(casefile::CaptureRole role);

/// Whether camera profile and dark frames are applied: what is searched, and what is joined to it.
[[nodiscard]] bool is_corrected(casefile::CaptureRole role);

/// Whether a file may stand where the case puts it.
/// \throws Error integrity  its SHA-256 is not the one that the case states
/// \throws Error domain     it is simulated, and the case is no demonstration
void check_origin(casefile::Case const& of,
                  casefile::Capture const& entry,
                  std::string const& sha256,
                  bool is_simulated);

/// Reads one capture of the case.
/// \throws Error  as read_capture, check_origin
[[nodiscard]] capture::Capture read_entry(casefile::Case const& of,
                                          casefile::Capture const& entry,
                                          MeasureSettings const& settings);

/// The promise that the case makes for all its captures: [examination] false_traces, else 0.01 a frame.
[[nodiscard]] double false_traces_expected(casefile::Case const& of);

} // namespace cmq::pipeline
