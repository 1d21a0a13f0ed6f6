// SPDX-License-Identifier: GPL-3.0-or-later

#include "apps/pipeline/to_note_input.hpp"

#include "report/json_envelope.hpp"
#include "report/picture.hpp"

#include <algorithm>
#include <array>
#include <utility>

namespace cmq::pipeline {
namespace {

using casefile::CaptureRole;

casefile::Capture const& entry_of(Results const& results, MeasuredCapture const& measured) {
    return results.file.captures[measured.index];
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
neighbour(Results const& results, MeasuredCapture const& evidence, CaptureRole role) {
    for (MeasuredCapture const& other : results.captures) {
        casefile::Capture const& entry = entry_of(results, other);
        bool const serves = !entry.of || **entry.of == *entry_of(results, evidence).id;
        if (*entry.role == role && serves &&
            other.capture.frame.shape == evidence.capture.frame.shape) {
            return &other;
        }
    }
    return nullptr;
}

MeasuredCapture const* blank_beside(Results const& results, std::size_t evidence) {
    for (ZoneMeasurement const& zone : results.zones) {
        if (zone.evidence == evidence && !zone.blanks.empty()) {
            MeasuredCapture const& blank = results.captures[zone.blanks.front()];
            bool const alike =
                blank.capture.frame.shape == results.captures[evidence].capture.frame.shape;
            return alike ? &blank : nullptr;
        }
    }
    return nullptr;
}

report::NotePicture picture_of(Results const& results,
                               MeasuredCapture const& measured,
                               report::View view,
                               report::Stretch stretch) {
    return {.capture = *entry_of(results, measured).id,
            .picture = report::to_picture(view, stretch)};
}

// Pictures under the lamp share one stretch, so that they can be compared by eye; visible light has its own.
void add_pictures(report::NoteDetection& note, Results const& results, std::size_t index) {
    MeasuredCapture const& evidence = results.captures[index];
    auto const spots = spots_of(*evidence.detection);
    report::Region const region = report::crop_around(evidence.capture.frame.shape, spots);
    MeasuredCapture const* const blank = blank_beside(results, index);
    MeasuredCapture const* const ambient = neighbour(results, evidence, CaptureRole::ambient);
    MeasuredCapture const* const visible = neighbour(results, evidence, CaptureRole::visible);

    std::vector<report::View> views{{&evidence.capture.frame, region}};
    if (blank != nullptr) {
        views.push_back({&blank->capture.frame, region});
    }
    report::Stretch const stretch = report::measure_stretch(views);
    note.views.push_back(picture_of(results, evidence, views.front(), stretch));
    if (blank != nullptr) {
        note.neighbours.push_back(picture_of(results, *blank, views.back(), stretch));
    }
    if (ambient != nullptr) {
        report::View const view{&ambient->capture.frame, region};
        note.neighbours.push_back(picture_of(results, *ambient, view, stretch));
    }
    if (visible != nullptr) {
        report::View const view{&visible->capture.frame, region};
        note.neighbours.push_back(
            picture_of(results, *visible, view, report::measure_stretch(std::array{view})));
    }
}

report::NoteDetection to_note_detection(Results const& results, std::size_t index) {
    MeasuredCapture const& measured = results.captures[index];
    report::NoteDetection note;
    note.capture = *entry_of(results, measured).id;
    note.detection = *measured.detection;
    note.detection.limit_sites = {};
    if (*entry_of(results, measured).role == CaptureRole::evidence) {
        add_pictures(note, results, index);
    }
    return note;
}

report::NoteBlanks to_note_blanks(Results const& results, ZoneMeasurement const& zone) {
    report::NoteBlanks note;
    note.evidence = zone.finding.id;
    note.totals_dn = zone.blank_totals_dn;
    for (std::size_t const i : zone.blanks) {
        note.captures.push_back(*entry_of(results, results.captures[i]).id);
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

report::NoteFinding to_note_finding(Results const& results, lab::Finding const& finding) {
    report::NoteFinding note;
    note.finding = finding;
    for (ZoneMeasurement const& zone : results.zones) {
        if (zone.finding.id == finding.id && zone.finding.zone == finding.zone) {
            note.captures.push_back(finding.id);
            note.total_dn = zone.total_dn;
            note.total_dn_sigma = zone.total_dn_sigma;
            note.limit_dn = zone.limit_dn;
            return note;
        }
    }
    note.observation = finding.id;
    return note;
}

} // namespace

report::NoteInput to_note_input(Results const& results) {
    report::NoteInput input;
    input.file = results.file;
    input.case_sha256 = results.case_sha256;
    for (std::size_t i = 0; i < results.captures.size(); ++i) {
        MeasuredCapture const& measured = results.captures[i];
        input.captures.push_back(
            report::to_note_capture(*entry_of(results, measured).id, measured.capture));
        CaptureRole const role = *entry_of(results, measured).role;
        if (role == CaptureRole::evidence || role == CaptureRole::blank) {
            input.detections.push_back(to_note_detection(results, i));
        }
    }
    for (ZoneMeasurement const& zone : results.zones) {
        input.blanks.push_back(to_note_blanks(results, zone));
    }
    for (lab::Finding const& finding : results.findings) {
        input.findings.push_back(to_note_finding(results, finding));
    }
    input.evaluations = results.evaluations;
    input.commands = {"contremarque analyse " + results.file.file};
    input.program = "Contremarque " + report::program_version();
    return input;
}

} // namespace cmq::pipeline
