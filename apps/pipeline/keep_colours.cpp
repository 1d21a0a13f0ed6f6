// SPDX-License-Identifier: GPL-3.0-or-later

#include "apps/pipeline/check_row.hpp"
#include "apps/pipeline/colour_library.hpp"
#include "apps/pipeline/keep_measured_parts.hpp"
#include "report/facts.hpp"

#include <cmath>
#include <cstdint>
#include <limits>
#include <string>
#include <utility>
#include <vector>

namespace cmq::pipeline {
namespace {

using casefile::KeptCase;

constexpr auto last_verdict = static_cast<std::int64_t>(lab::ColourVerdict::indeterminate);
constexpr auto last_condition = static_cast<std::int64_t>(lab::ColourCondition::joined);
constexpr auto most_captures = static_cast<std::int64_t>(most_joined_captures);
constexpr std::int64_t most_spots = 1'000'000'000;

struct ColourRow {
    std::int64_t detection = 0;
    lab::ColourResult colour;
};

struct ClassRow {
    std::int64_t colour = 0;
    lab::ColourClassDensity density;
};

struct DifferenceRow {
    std::int64_t colour = 0;
    lab::ConditionDifference difference;
};

RowMap<ColourRow> colour_map() {
    RowMap<ColourRow> map;
    map.add(
           "detection", "", "row of detections", [](auto& r) -> auto& { return r.detection; })
        .add(
            "trace", "", "number of the trace", [](auto& r) -> auto& { return r.colour.trace; })
        .add(
            "verdict",
            "",
            "0 for the marker, 1 for something else, 2 indeterminate",
            [](auto& r) -> auto& { return r.colour.ratio.verdict; },
            last_verdict)
        .add(
            "log10_lr", "", "of the marker against the rest", [](auto& r) -> auto& {
                return r.colour.ratio.log10_lr;
            })
        .add(
            "unknown_weight", "", "of what nobody took a reference of", [](auto& r) -> auto& {
                return r.colour.unknown_weight;
            })
        .add(
            "unknown_log_density", "", "of that, natural logarithm", [](auto& r) -> auto& {
                return r.colour.unknown_log_density;
            })
        .add(
            "captures",
            "",
            "of the same trace that it rests on",
            [](auto& r) -> auto& { return r.colour.captures; },
            most_captures)
        .add(
            "saturated", "", "1: in one of them", [](auto& r) -> auto& {
                return r.colour.saturated;
            })
        .add(
            "not_measured", "", "1: one of them gives no light for its place", [
            ](auto& r) -> auto& { return r.colour.not_measured; });
    return map;
}

RowMap<ClassRow> class_map() {
    RowMap<ClassRow> map;
    map.add(
           "colour", "", "row of colours", [](auto& r) -> auto& { return r.colour; })
        .add(
            "name", "", "of the class", [](auto& r) -> auto& { return r.density.name; })
        .add(
            "weight", "", "none: the marker", [](auto& r) -> auto& { return r.density.weight; })
        .add(
            "samples",
            "",
            "references that are independent",
            [](auto& r) -> auto& { return r.density.samples; },
            most_spots)
        .add(
            "spots", "", "references", [](auto& r) -> auto& { return r.density.spots; }, most_spots)
        .add(
            "log_density", "", "natural logarithm; none: no density", [](auto& r) -> auto& {
                return r.density.log_density;
            });
    return map;
}

RowMap<DifferenceRow> difference_map() {
    RowMap<DifferenceRow> map;
    map.add(
           "colour", "", "row of colours", [](auto& r) -> auto& { return r.colour; })
        .add(
            "class", "", "name of the class", [](auto& r) -> auto& {
                return r.difference.of_class;
            })
        .add(
            "condition",
            "",
            "0 substrate, 1 lamp, 2 filter, 3 camera, 4 joined captures",
            [](auto& r) -> auto& { return r.difference.condition; },
            last_condition)
        .add(
            "trace", "", "as stated for the trace", [](auto& r) -> auto& {
                return r.difference.trace;
            })
        .add(
            "references", "", "as stated for the references", [](auto& r) -> auto& {
                return r.difference.references;
            });
    return map;
}

// The ratio follows from the densities: what is written must be what follows.
void restore_ratio(lab::ColourResult& colour, CheckedRow const& row) {
    row.expects(!colour.classes.empty() && !colour.classes.front().weight, "trace");
    row.expects(colour.unknown_weight > 0.0, "unknown_weight");
    for (std::size_t i = 1; i < colour.classes.size(); ++i) {
        row.expects(colour.classes[i].weight.value_or(0.0) > 0.0, "trace");
    }
    lab::ColourRatio ratio =
        lab::ratio_of(colour, colour.saturated, colour.captures * detect::channel_names.size());
    row.agrees(ratio.verdict == colour.ratio.verdict, "verdict");
    bool const same_ratio =
        ratio.log10_lr.has_value() == colour.ratio.log10_lr.has_value() &&
        std::abs(ratio.log10_lr.value_or(0.0) - colour.ratio.log10_lr.value_or(0.0)) < 1e-9;
    row.agrees(same_ratio, "log10_lr");
    colour.ratio = std::move(ratio);
}

// As many as the case joins; alone, it is saturated where its trace is.
void check_captures(lab::ColourResult const& colour,
                    casefile::Case const& of,
                    report::NoteDetection const& detection,
                    std::size_t place,
                    CheckedRow const& row) {
    casefile::Capture const* const capture = report::find_capture(of, detection.capture);
    std::size_t const joined = capture == nullptr ? 0 : casefile::joined_to(of, *capture).size();
    row.agrees(colour.captures == 1 + joined, "captures");
    bool const trace_saturated = detection.detection.traces[place].saturated;
    row.agrees(joined > 0 || (colour.saturated == trace_saturated && !colour.not_measured),
               "saturated");
}

} // namespace

void keep_colours(report::NoteInput const& input, KeptCase& kept) {
    std::vector<ColourRow> colours;
    std::vector<ClassRow> classes;
    std::vector<DifferenceRow> differences;
    for (std::size_t i = 0; i < input.detections.size(); ++i) {
        for (lab::ColourResult const& colour : input.detections[i].colours) {
            std::int64_t const row = std::ssize(colours);
            for (lab::ColourClassDensity const& one : colour.classes) {
                classes.push_back({row, one});
            }
            for (lab::ConditionDifference const& one : colour.differences) {
                differences.push_back({row, one});
            }
            colours.push_back({static_cast<std::int64_t>(i), colour});
        }
    }
    put(kept, "colours", colour_map(), colours);
    put(kept, "colour_classes", class_map(), classes);
    put(kept, "colour_differences", difference_map(), differences);
}

void restore_colours(KeptCase const& kept, report::NoteInput& input) {
    auto colours = colour_map().to_rows(table_of(kept, "colours"));
    for (ClassRow& row : class_map().to_rows(table_of(kept, "colour_classes"))) {
        parent(colours, row.colour).colour.classes.push_back(std::move(row.density));
    }
    for (DifferenceRow& row : difference_map().to_rows(table_of(kept, "colour_differences"))) {
        parent(colours, row.colour).colour.differences.push_back(std::move(row.difference));
    }
    for (std::size_t i = 0; i < colours.size(); ++i) {
        CheckedRow const row{"colours", i};
        report::NoteDetection& detection = parent(input.detections, colours[i].detection);
        std::size_t const place = detection.colours.size();
        row.agrees(place < detection.detection.traces.size() &&
                       detection.detection.traces[place].id == colours[i].colour.trace,
                   "trace");
        check_captures(colours[i].colour, input.file, detection, place, row);
        restore_ratio(colours[i].colour, row);
        detection.colours.push_back(std::move(colours[i].colour));
    }
    for (std::size_t i = 0; i < input.detections.size(); ++i) {
        report::NoteDetection const& each = input.detections[i];
        CheckedRow{"detections", i}.agrees(
            each.colours.empty() || each.colours.size() == each.detection.traces.size(), "capture");
    }
}

} // namespace cmq::pipeline
