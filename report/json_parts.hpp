// SPDX-License-Identifier: GPL-3.0-or-later

/// \file
/// Pieces of JSON that several outputs share. Not a public header: it names nlohmann-json.

#pragma once

#include "casefile/case.hpp"
#include "core/frame.hpp"
#include "detect/detect_traces.hpp"
#include "detect/flux_with_areas.hpp"
#include "detect/large_area.hpp"
#include "lab/source/colour_result.hpp"
#include "lab/transfer/evaluate.hpp"
#include "report/json_applied.hpp"
#include "report/note_readings.hpp"

#include <nlohmann/json.hpp>

#include <optional>
#include <string>
#include <string_view>

namespace cmq::report {

/// Members keep the order in which they were written.
using Json = nlohmann::ordered_json;

template <class T>
[[nodiscard]] Json or_null(std::optional<T> const& value) {
    return value ? Json(*value) : Json(nullptr);
}

/// {"r": ..., "g1": ..., "g2": ..., "b": ...}
template <class T>
[[nodiscard]] Json planes_json(PerPlane<T> const& values) {
    Json json = Json::object();
    for (std::size_t i = 0; i < plane_count; ++i) {
        json[std::string{plane_names[i]}] = values[i];
    }
    return json;
}

/// profile {sha256, flat, dark_exposure_ratio} or null, dark_frames, ambient_sha256 or null
[[nodiscard]] Json applied_json(Applied const& applied);

/// What is measured of a trace: id, x, y, area_cells, flux and flux_sigma by plane, snr, log10_nfa,
/// saturated.
[[nodiscard]] Json measures_json(detect::Trace const& trace);

/// x, y, box, share, stands_out_by, clearest, excess_dn, around_dn, flux_total and flux by plane with their uncertainties
/// (null where too little around it is free), saturated_photosites, area_photosites and area_mm2 (null without an outline or
/// a scale), measured_by_traces.
/// Null where no area has light to add.
[[nodiscard]] Json with_areas_json(detect::TotalFlux const& traces,
                                   std::vector<detect::LargeArea> const& areas);

[[nodiscard]] Json area_json(detect::LargeArea const& area,
                             std::optional<detect::SceneScale> const& scale);

/// verdict, log10_lr, log10_lr_over_weights {low, high}, log_densities by class and of "unknown", doubts, of_classes
[[nodiscard]] Json colour_json(lab::ColourResult const& colour);

/// "no", "monte_carlo_error", "impossible_under_h1", "impossible_under_h2"
[[nodiscard]] std::string_view withheld_name(lab::Withheld withheld);

/// What may be said of a value: value, words, reasons, supports, at_cap, significant_figures, cap.
[[nodiscard]] Json printed_json(lab::Printed const& printed, lab::PrintRules const& rules);

/// Everything that an evaluation says but its parameters: h1, h2, log10_lr {value, sensitivity_low,
/// sensitivity_median, sensitivity_high}, monte_carlo_se_log10, draws, printed {value, words {fr, en} or
/// null, reasons, supports, at_cap, significant_figures, cap, cap_source}, seed, withheld, log10_p {h1, h2},
/// chain, routes, tornado, curves, expected_unmarked_glowing, by_prevalence, assigned. What does not exist is null.
[[nodiscard]] Json evaluation_json(lab::Evaluation const& evaluation,
                                   lab::PrintRules const& rules = {});

/// An observation as transcribed, every key of the case file; what is not stated is null or "".
[[nodiscard]] Json reported_json(casefile::Observation const& seen);

/// What the case says of its marker, and its readings; as with_readings() says.
[[nodiscard]] Json marker_json(casefile::Case const& of, NoteReadings const& readings);
[[nodiscard]] Json readings_json(casefile::Case const& of, NoteReadings const& readings);

/// id, checked, glowing, at, lamp, source
[[nodiscard]] Json search_json(casefile::SearchReport const& search);

/// A parameter with its quantiles at 5, 50 and 95 % and its distribution by the names of its numbers.
[[nodiscard]] Json parameter_json(lab::Parameter const& parameter);

} // namespace cmq::report
