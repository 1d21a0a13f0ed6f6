// SPDX-License-Identifier: GPL-3.0-or-later

#include "apps/pipeline/check_restored.hpp"

#include "apps/pipeline/check_evaluations.hpp"
#include "apps/pipeline/check_readings.hpp"
#include "apps/pipeline/check_row.hpp"
#include "apps/pipeline/measure_captures.hpp"
#include "apps/pipeline/to_lab_words.hpp"
#include "report/facts.hpp"

#include <algorithm>
#include <cstdint>
#include <iterator>
#include <map>
#include <set>
#include <string>
#include <string_view>

namespace cmq::pipeline {
namespace {

constexpr std::ptrdiff_t longest_side = 65535; // photosites; what LibRaw counts them with
constexpr double most_file_bytes = 1e12;
constexpr double furthest_setting = 1e9; // of a camera; see capture/metadata.cpp

bool is_sha256(std::string_view text) {
    return text.size() == 64 &&
           text.find_first_not_of("0123456789abcdef") == std::string_view::npos;
}

void check_case_file_name(report::NoteInput const& input) {
    std::string_view const name = input.file.file;
    CheckedRow const row{"ledger", 0};
    row.expects_text(input.program, "program");
    row.expects_text(name, "inputs");
    // verify looks for it below a folder of its user's.
    row.expects(!name.empty() && name != "." && name != ".." &&
                    name.find('/') == std::string_view::npos,
                "inputs");
}

void check_metadata(capture::Metadata const& said, CheckedRow const& row) {
    row.expects_text(said.make, "make");
    row.expects_text(said.model, "model");
    row.expects_text(said.unique_model, "unique_model");
    row.expects_text(said.software, "software");
    row.expects_text(said.description, "description");
    row.expects_text(said.taken_at, "taken_at");
    auto const check = [&](std::optional<double> const& value, std::string_view column) {
        if (value) {
            row.expects_in(*value, 1.0 / furthest_setting, furthest_setting, column);
        }
    };
    check(said.iso, "iso");
    check(said.exposure_s, "exposure_s");
    check(said.f_number, "f_number");
    check(said.focal_length_mm, "focal_length_mm");
}

// What was taken off, against what the case says is to be taken off.
class CorrectionChecker {
public:
    explicit CorrectionChecker(casefile::Case const& of) {
        for (casefile::Capture const& capture : of.captures) {
            dark_captures_ += *capture.role == casefile::CaptureRole::dark ? 1U : 0U;
        }
    }

    void check(report::NoteCapture const& capture,
               casefile::Capture const& stated,
               CheckedRow const& row) {
        bool const has_profile = stated.profile.has_value();
        row.expects(capture.profile_sha256.empty() || is_sha256(capture.profile_sha256),
                    "profile_sha256");
        row.agrees(capture.profile_sha256.empty() != has_profile, "profile_sha256");
        if (has_profile) {
            // One name in the case is one file.
            auto const [first, is_new] =
                profiles_.emplace(**stated.profile, capture.profile_sha256);
            row.agrees(is_new || first->second == capture.profile_sha256, "profile_sha256");
        }
        row.agrees((capture.noise_origin == NoiseOrigin::profile) == has_profile, "noise_origin");
        row.expects(has_profile || !capture.flat, "flat");
        bool const may_have_dark = !has_profile && is_corrected(*stated.role);
        row.agrees(capture.dark_frames <= (may_have_dark ? dark_captures_ : 0), "dark_frames");
        row.agrees(capture.without_ambient == (stated.subtract ? **stated.subtract : std::string{}),
                   "without_ambient");
    }

private:
    std::size_t dark_captures_ = 0;
    std::map<std::string, std::string> profiles_; // SHA-256 by the name in the case
};

void check_captures(report::NoteInput const& input) {
    auto const& stated = input.file.captures;
    CheckedRow const last{"captures", std::min(input.captures.size(), stated.size())};
    last.agrees(input.captures.size() == stated.size(), "id");
    CorrectionChecker corrections{input.file};
    for (std::size_t i = 0; i < stated.size(); ++i) {
        report::NoteCapture const& capture = input.captures[i];
        CheckedRow const row{"captures", i};
        row.agrees(capture.id == *stated[i].id, "id");
        row.expects(is_sha256(capture.sha256), "sha256");
        row.expects_in(static_cast<double>(capture.file_bytes), 0.0, most_file_bytes, "file_bytes");
        row.expects_text(capture.decoder, "decoder");
        row.expects(capture.shape.height >= 1 && capture.shape.height <= longest_side, "height");
        row.expects(capture.shape.width >= 1 && capture.shape.width <= longest_side, "width");
        for (std::size_t const saturated : capture.saturated_photosites) {
            row.expects(saturated <= static_cast<std::size_t>(capture.shape.area()), "saturated");
        }
        check_metadata(capture.metadata, row);
        corrections.check(capture, stated[i], row);
    }
}

void check_trace(detect::Trace const& trace, Shape shape, CheckedRow const& row) {
    auto const width = static_cast<double>(shape.width);
    auto const height = static_cast<double>(shape.height);
    // A centroid lies in its frame; the light behind it may be weighed down by noise.
    row.expects_in(trace.x, -width, 2.0 * width, "x");
    row.expects_in(trace.y, -height, 2.0 * height, "y");
    row.expects(trace.area_cells >= 0 && trace.area_cells <= shape.area(), "area_cells");
    row.expects(trace.masked_photosites >= 0 && trace.masked_photosites <= shape.area(), "masked");
    for (double const sigma : trace.flux_dn_sigma) {
        row.expects(sigma >= 0.0, "flux_sigma");
    }
    row.expects(trace.total_flux_dn_sigma >= 0.0, "total_flux_sigma");
    auto const& [first_x, first_y, last_x, last_y] = trace.box;
    row.expects(0 <= first_x && first_x <= last_x && last_x < shape.width, "last_x");
    row.expects(0 <= first_y && first_y <= last_y && last_y < shape.height, "last_y");
    row.expects(trace.semi_major >= 0.0 && trace.semi_minor >= 0.0, "semi_minor");
}

void check_area_flux(detect::LargeAreaFlux const& flux, Shape shape, CheckedRow const& row) {
    for (double const sigma : flux.dn_sigma) {
        row.expects(sigma >= 0.0, "flux_sigma");
    }
    row.expects(flux.total_dn_sigma >= 0.0, "flux_total_sigma");
    row.expects(flux.saturated_photosites >= 0 && flux.saturated_photosites <= shape.area(),
                "saturated");
}

void check_area(detect::LargeArea const& area, Shape shape, CheckedRow const& row) {
    row.expects_in(area.x, 0.0, static_cast<double>(shape.width), "x");
    row.expects_in(area.y, 0.0, static_cast<double>(shape.height), "y");
    auto const& [first_x, first_y, last_x, last_y] = area.box;
    row.expects(0 <= first_x && first_x <= last_x && last_x < shape.width, "last_x");
    row.expects(0 <= first_y && first_y <= last_y && last_y < shape.height, "last_y");
    row.expects_in(area.share, 0.0, 1.0, "share");
    row.expects_in(area.in_traces, 0.0, 1.0, "in_traces");
    row.expects(area.clearest >= 0.0, "clearest");
    auto const photosites = static_cast<double>(shape.area());
    row.expects_in(area.outline_photosites.value_or(0.0), 0.0, photosites, "outline");
    row.expects(area.outline_photosites_sigma >= 0.0, "outline_sigma");
    row.expects(area.traces_within >= 0, "traces");
    row.expects(area.traces_dn_sigma >= 0.0, "traces_flux_sigma");
    if (area.flux) {
        check_area_flux(*area.flux, shape, row);
    }
}

/// Numbers rows through all detections, as their tables do.
class DetectionChecker {
public:
    explicit DetectionChecker(report::NoteInput const& input) : input_{input} {}

    void run() {
        std::ptrdiff_t before = -1;
        for (std::size_t i = 0; i < input_.detections.size(); ++i) {
            report::NoteDetection const& each = input_.detections[i];
            CheckedRow const row{"detections", i};
            std::ptrdiff_t const capture = index_of(each.capture);
            row.agrees(capture > before, "capture"); // known, in the order of the case, each once
            before = capture;
            check_detection(
                each.detection, input_.captures[static_cast<std::size_t>(capture)], row);
            for (detect::LargeArea const& area : each.areas) {
                check_area(area, each.detection.shape, {"large_areas", areas_++});
            }
            for (report::NotePicture const& view : each.views) {
                CheckedRow const picture{"pictures", pictures_++};
                picture.agrees(view.capture == each.capture, "capture");
                check_picture(view, picture);
            }
            for (report::NotePicture const& view : each.neighbours) {
                check_picture(view, {"pictures", pictures_++});
            }
            if (each.significance) {
                CheckedRow const picture{"pictures", pictures_++};
                picture.agrees(each.significance->capture == each.capture, "capture");
                picture.expects(each.significance->picture.stretch.low_dn > 0.0, "low_dn");
                check_picture(*each.significance, picture);
            }
        }
    }

private:
    [[nodiscard]] std::ptrdiff_t index_of(std::string_view id) const {
        auto const found = std::ranges::find(input_.captures, id, &report::NoteCapture::id);
        return found == input_.captures.end() ? -1 : std::distance(input_.captures.begin(), found);
    }

    void check_detection(detect::Detection const& found,
                         report::NoteCapture const& of,
                         CheckedRow const& row) {
        row.agrees(found.shape == of.shape, "height");
        row.agrees(found.cfa == of.cfa, "cfa");
        casefile::Capture const* const stated = report::find_capture(input_.file, of.id);
        row.agrees(stated != nullptr && found.darker == casefile::seeks_darker(*stated), "darker");
        row.expects(found.false_traces_expected > 0.0, "false_traces_expected");
        row.expects_in(found.textured_share, 0.0, 1.0, "textured_share");
        row.expects(found.threshold >= 0.0 && found.low_threshold >= 0.0, "threshold");
        row.expects(found.tail_factor > 0.0, "tail_factor");
        for (detect::PlaneSummary const& plane : found.planes) {
            CheckedRow const plane_row{"detection_planes", planes_++};
            plane_row.expects(plane.noise_dn >= 0.0 && plane.measured_noise_dn >= 0.0, "noise_dn");
            for (std::int64_t const count :
                 {plane.saturated_photosites, plane.hot_photosites, plane.masked_photosites}) {
                plane_row.expects(count >= 0 && count <= found.shape.area(), "saturated");
            }
        }
        for (std::string const& warning : found.warnings) {
            CheckedRow{"detection_warnings", warnings_++}.expects_text(warning, "text");
        }
        std::int64_t before = 0;
        for (detect::Trace const& trace : found.traces) {
            CheckedRow const trace_row{"traces", traces_++};
            trace_row.expects(trace.id > before, "id");
            before = trace.id;
            check_trace(trace, found.shape, trace_row);
        }
    }

    void check_picture(report::NotePicture const& view, CheckedRow const& row) const {
        std::ptrdiff_t const capture = index_of(view.capture);
        row.agrees(capture >= 0, "capture");
        Shape const shape = input_.captures[static_cast<std::size_t>(capture)].shape;
        report::FramePicture const& picture = view.picture;
        report::Region const region = picture.region;
        row.expects(region.y >= 0 && region.height >= 2 && region.height <= shape.height &&
                        region.y <= shape.height - region.height,
                    "height");
        row.expects(region.x >= 0 && region.width >= 2 && region.width <= shape.width &&
                        region.x <= shape.width - region.width,
                    "width");
        std::ptrdiff_t const side = picture.photosites_per_pixel;
        row.expects(side >= 1, "photosites_per_pixel");
        row.expects(picture.stretch.high_dn > picture.stretch.low_dn, "high_dn");
        row.expects(picture.stretch.gamma > 0.0, "gamma");
        report::Pixels const& pixels = picture.pixels;
        row.agrees(pixels.width == (region.width + side - 1) / side &&
                       pixels.height == (region.height + side - 1) / side &&
                       pixels.rgb.size() == static_cast<std::size_t>(pixels.width) *
                                                static_cast<std::size_t>(pixels.height) * 3U,
                   "name");
    }

    report::NoteInput const& input_;
    std::size_t planes_ = 0;
    std::size_t traces_ = 0;
    std::size_t areas_ = 0;
    std::size_t warnings_ = 0;
    std::size_t pictures_ = 0;
};

bool has_role(casefile::Case const& file, std::string_view id, casefile::CaptureRole role) {
    casefile::Capture const* const capture = report::find_capture(file, id);
    return capture != nullptr && *capture->role == role;
}

void check_blanks(report::NoteInput const& input) {
    std::set<std::string_view> known;
    std::size_t totals = 0;
    for (std::size_t i = 0; i < input.blanks.size(); ++i) {
        report::NoteBlanks const& each = input.blanks[i];
        CheckedRow const row{"blanks", i};
        row.agrees(has_role(input.file, each.evidence, casefile::CaptureRole::evidence) &&
                       known.insert(each.evidence).second,
                   "evidence");
        row.expects(each.sd_dn.value_or(0.0) >= 0.0, "sd_dn");
        std::set<std::string_view> served;
        for (std::string const& capture : each.captures) {
            CheckedRow{"blank_totals", totals++}.agrees(
                has_role(input.file, capture, casefile::CaptureRole::blank) &&
                    served.insert(capture).second,
                "capture");
        }
        row.agrees(!each.critical_dn || served.size() >= 2, "critical_dn");
    }
}

void check_origin_of(report::NoteInput const& input,
                     report::NoteFinding const& each,
                     CheckedRow const& row) {
    if (!each.reading.empty()) {
        bool const is_told = std::ranges::any_of(input.file.readings, [&](auto const& reading) {
            return *reading.id == each.reading && *reading.zone == each.finding.zone;
        });
        row.agrees(is_told && each.observation.empty() && each.captures.empty() &&
                       each.finding.code.has_value(),
                   "reading");
        return;
    }
    if (each.observation.empty()) {
        row.agrees(!each.captures.empty(), "observation");
        return;
    }
    casefile::Observation const* const seen =
        report::find_observation(input.file, each.observation);
    row.agrees(seen != nullptr && each.captures.empty() && *seen->zone == each.finding.zone &&
                   to_lab(*seen->kind).value_or(lab::FindingKind::detected) == each.finding.kind,
               "observation");
}

void check_findings(report::NoteInput const& input) {
    std::size_t captures = 0;
    std::size_t ratios = 0;
    for (std::size_t i = 0; i < input.findings.size(); ++i) {
        report::NoteFinding const& each = input.findings[i];
        CheckedRow const row{"findings", i};
        row.agrees(report::find_carrier(input.file, each.finding.zone) != nullptr, "zone");
        check_origin_of(input, each, row);
        row.expects_text(each.finding.id, "id");
        row.expects(each.finding.kind != lab::FindingKind::count || each.finding.value >= 0.0,
                    "value");
        row.expects(each.finding.sigma >= 0.0, "sigma");
        row.expects(each.total_dn_sigma.value_or(0.0) >= 0.0, "total_dn_sigma");
        row.expects(each.limit_dn.value_or(1.0) > 0.0, "limit_dn");
        std::set<std::string_view> known;
        for (std::string const& capture : each.captures) {
            CheckedRow{"finding_captures", captures++}.agrees(
                has_role(input.file, capture, casefile::CaptureRole::evidence) &&
                    known.insert(capture).second,
                "text");
        }
        for (double const ratio : each.finding.look_alike_ratio) {
            CheckedRow{"finding_ratios", ratios++}.expects(ratio >= 0.0, "ratio");
        }
    }
}

} // namespace

void check_restored(report::NoteInput const& input) {
    check_case_file_name(input);
    check_captures(input);
    DetectionChecker{input}.run();
    check_blanks(input);
    check_findings(input);
    check_readings(input);
    check_evaluations(input);
}

} // namespace cmq::pipeline
