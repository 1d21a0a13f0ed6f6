// SPDX-License-Identifier: GPL-3.0-or-later

#include "apps/pipeline/to_note_input.hpp"

#include "apps/pipeline/case_colours.hpp"
#include "report/picture.hpp"
#include "report/significance_picture.hpp"

#include <algorithm>
#include <array>
#include <iterator>
#include <utility>

namespace cmq::pipeline {
namespace {

using casefile::CaptureRole;

/// What is shown of a case comes from all of it.
struct Measured {
    casefile::Case const& file;
    std::span<MeasuredCapture const> captures;
    std::span<ZoneMeasurement const> zones;
    std::optional<FittedColours> colours; ///< nothing where the case names no class
};

casefile::Capture const& entry_of(Measured const& all, MeasuredCapture const& measured) {
    return all.file.captures[measured.index];
}

std::vector<report::Spot> spots_of(detect::Detection const& detection) {
    std::vector<report::Spot> spots;
    for (detect::Trace const& trace : detection.traces) {
        auto const width = static_cast<double>(trace.box[2] - trace.box[0] + 1);
        auto const height = static_cast<double>(trace.box[3] - trace.box[1] + 1);
        spots.push_back({.x = trace.x, .y = trace.y, .radius = 0.5 * std::max(width, height)});
    }
    return spots;
}

// The capture of that role which is shown beside this evidence; the same camera position is needed to show
// the same part, so only frames of the same size come into question.
MeasuredCapture const*
neighbour(Measured const& all, MeasuredCapture const& evidence, CaptureRole role) {
    for (MeasuredCapture const& other : all.captures) {
        casefile::Capture const& entry = entry_of(all, other);
        bool const serves = !entry.of || **entry.of == *entry_of(all, evidence).id;
        if (*entry.role == role && serves &&
            other.capture.frame.shape == evidence.capture.frame.shape) {
            return &other;
        }
    }
    return nullptr;
}

MeasuredCapture const* blank_beside(Measured const& all, std::size_t evidence) {
    for (ZoneMeasurement const& zone : all.zones) {
        if (zone.evidence == evidence && !zone.blanks.empty()) {
            MeasuredCapture const& blank = all.captures[zone.blanks.front()];
            bool const alike =
                blank.capture.frame.shape == all.captures[evidence].capture.frame.shape;
            return alike ? &blank : nullptr;
        }
    }
    return nullptr;
}

report::NotePicture picture_of(Measured const& all,
                               MeasuredCapture const& measured,
                               report::View view,
                               report::Stretch stretch) {
    return {.capture = *entry_of(all, measured).id, .picture = report::to_picture(view, stretch)};
}

// Pictures under the lamp share one stretch, so that they can be compared by eye; visible light has its own.
void add_pictures(report::NoteDetection& note, Measured const& all, std::size_t index) {
    MeasuredCapture const& evidence = all.captures[index];
    auto const spots = spots_of(*evidence.detection);
    report::Region const region = report::crop_around(evidence.capture.frame.shape, spots);
    MeasuredCapture const* const blank = blank_beside(all, index);
    MeasuredCapture const* const ambient = neighbour(all, evidence, CaptureRole::ambient);
    MeasuredCapture const* const visible = neighbour(all, evidence, CaptureRole::visible);

    std::vector<report::View> views{{&evidence.capture.frame, region}};
    if (blank != nullptr) {
        views.push_back({&blank->capture.frame, region});
    }
    report::Stretch const stretch = report::measure_stretch(views);
    note.views.push_back(picture_of(all, evidence, views.front(), stretch));
    if (!evidence.detection->significance.empty()) {
        note.significance = {note.capture,
                             report::to_significance_picture(evidence.capture.frame,
                                                             *evidence.detection,
                                                             note.views.front().picture)};
    }
    if (blank != nullptr) {
        note.neighbours.push_back(picture_of(all, *blank, views.back(), stretch));
    }
    if (ambient != nullptr) {
        report::View const view{&ambient->capture.frame, region};
        note.neighbours.push_back(picture_of(all, *ambient, view, stretch));
    }
    if (visible != nullptr) {
        report::View const view{&visible->capture.frame, region};
        note.neighbours.push_back(
            picture_of(all, *visible, view, report::measure_stretch(std::array{view})));
    }
}

lab::ColourConditions conditions_of(Measured const& all, MeasuredCapture const& measured) {
    return pipeline::conditions_of(all.file, entry_of(all, measured), measured.capture.metadata);
}

report::NoteDetection to_note_detection(Measured const& all, std::size_t index) {
    MeasuredCapture const& measured = all.captures[index];
    report::NoteDetection note;
    note.capture = *entry_of(all, measured).id;
    note.detection = *measured.detection;
    note.detection.limit_sites = {};
    note.detection.significance = {};
    note.areas = measured.areas;
    if (*entry_of(all, measured).role == CaptureRole::evidence) {
        add_pictures(note, all, index);
        if (all.colours) {
            note.colours = weigh_colours(measured.detection->traces,
                                         *all.colours,
                                         conditions_of(all, measured),
                                         measured.joined);
        }
    }
    return note;
}

report::NoteBlanks to_note_blanks(Measured const& all, ZoneMeasurement const& zone) {
    report::NoteBlanks note;
    note.evidence = zone.finding.id;
    note.totals_dn = zone.blank_totals_dn;
    for (std::size_t const i : zone.blanks) {
        note.captures.push_back(*entry_of(all, all.captures[i]).id);
    }
    if (zone.critical_dn) {
        note.mean_dn = zone.critical_dn->blank_mean;
        note.sd_dn = zone.critical_dn->blank_sd;
        note.critical_dn = zone.critical_dn->value;
    } else if (zone.blanks.size() == 1) {
        note.mean_dn = zone.blank_totals_dn.front();
    }
    return note;
}

report::NoteFinding to_note_finding(ZoneMeasurement const& zone) {
    report::NoteFinding note;
    note.finding = zone.finding;
    note.captures.push_back(zone.finding.id);
    note.total_dn = zone.total_dn;
    note.total_dn_sigma = zone.total_dn_sigma;
    note.limit_dn = zone.limit_dn;
    return note;
}

} // namespace

void add_measured(casefile::Case const& of,
                  std::span<MeasuredCapture const> captures,
                  std::span<ZoneMeasurement const> zones,
                  report::NoteInput& input) {
    Measured const all{of, captures, zones, case_colours(of, captures)};
    for (std::size_t i = 0; i < captures.size(); ++i) {
        casefile::Capture const& entry = entry_of(all, captures[i]);
        input.captures.push_back(report::to_note_capture(*entry.id, captures[i].capture));
        input.captures.back().without_ambient = captures[i].without_ambient;
        if (*entry.role == CaptureRole::evidence || *entry.role == CaptureRole::blank) {
            input.detections.push_back(to_note_detection(all, i));
        }
    }
    for (ZoneMeasurement const& zone : zones) {
        input.blanks.push_back(to_note_blanks(all, zone));
        input.findings.push_back(to_note_finding(zone));
    }
}

std::vector<lab::Finding> findings_of(report::NoteInput const& input) {
    std::vector<lab::Finding> findings;
    std::ranges::transform(
        input.findings, std::back_inserter(findings), &report::NoteFinding::finding);
    return findings;
}

} // namespace cmq::pipeline
