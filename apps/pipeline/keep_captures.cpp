// SPDX-License-Identifier: GPL-3.0-or-later

#include "apps/pipeline/keep_measured_parts.hpp"

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

namespace cmq::pipeline {
namespace {

using casefile::KeptCase;

constexpr auto last_warning = static_cast<std::int64_t>(capture::CaptureWarning::noise_stated_high);
constexpr auto last_noise_origin = static_cast<std::int64_t>(NoiseOrigin::estimated);
constexpr auto last_black_origin = static_cast<std::int64_t>(capture::BlackOrigin::file);

struct CaptureRow {
    report::NoteCapture capture;
    std::string cfa;
};

struct WarningRow {
    std::int64_t capture = 0;
    capture::CaptureWarning warning{};
};

RowMap<CaptureRow> capture_map() {
    RowMap<CaptureRow> map;
    map.add(
           "id", "", "of the case", [](auto& r) -> auto& { return r.capture.id; })
        .add(
            "sha256", "", "of the file", [](auto& r) -> auto& { return r.capture.sha256; })
        .add(
            "file_bytes", "byte", "length of the file", [](auto& r) -> auto& {
                return r.capture.file_bytes;
            })
        .add(
            "decoder", "", "LibRaw's version and routine", [](auto& r) -> auto& {
                return r.capture.decoder;
            })
        .add(
            "height", "photosite", "of the visible area", [](auto& r) -> auto& {
                return r.capture.shape.height;
            })
        .add(
            "width", "photosite", "of the visible area", [](auto& r) -> auto& {
                return r.capture.shape.width;
            })
        .add(
            "cfa", "", "colours of the cell at the top left", [](auto& r) -> auto& {
                return r.cfa;
            })
        .add(
            "make", "", "as the file says", [](auto& r) -> auto& {
                return r.capture.metadata.make;
            })
        .add(
            "model", "", "as the file says", [](auto& r) -> auto& {
                return r.capture.metadata.model;
            })
        .add(
            "unique_model", "", "as the file says", [](auto& r) -> auto& {
                return r.capture.metadata.unique_model;
            })
        .add(
            "software", "", "as the file says", [](auto& r) -> auto& {
                return r.capture.metadata.software;
            })
        .add(
            "description", "", "as the file says", [](auto& r) -> auto& {
                return r.capture.metadata.description;
            })
        .add(
            "iso", "", "as the file says", [](auto& r) -> auto& { return r.capture.metadata.iso; })
        .add(
            "exposure_s", "s", "as the file says", [](auto& r) -> auto& {
                return r.capture.metadata.exposure_s;
            })
        .add(
            "f_number", "", "as the file says", [](auto& r) -> auto& {
                return r.capture.metadata.f_number;
            })
        .add(
            "focal_length_mm", "mm", "as the file says", [](auto& r) -> auto& {
                return r.capture.metadata.focal_length_mm;
            })
        .add(
            "taken_at", "", "by the camera's clock", [](auto& r) -> auto& {
                return r.capture.metadata.taken_at;
            })
        .add(
            "auto_exposure", "", "as the file says", [](auto& r) -> auto& {
                return r.capture.metadata.auto_exposure;
            })
        .add(
            "auto_white_balance", "", "as the file says", [](auto& r) -> auto& {
                return r.capture.metadata.auto_white_balance;
            })
        .add(
            "simulated", "", "a tag says so", [](auto& r) -> auto& {
                return r.capture.metadata.simulated;
            })
        .add(
            "black_origin",
            "",
            "0 measured on masked photosites, 1 as the file states",
            [](auto& r) -> auto& { return r.capture.black_origin; },
            last_black_origin)
        .add(
            "noise_origin",
            "",
            "0 camera profile, 1 tag of the file, 2 estimated from the frame",
            [](auto& r) -> auto& { return r.capture.noise_origin; },
            last_noise_origin);
    for (std::size_t p = 0; p < plane_count; ++p) {
        map.add(
            "saturated_" + std::string{plane_names.at(p)},
            "photosite",
            "how many are saturated",
            [p](auto& r) -> auto& { return r.capture.saturated_photosites.at(p); });
    }
    map.add(
           "profile_sha256", "", "of the camera profile that was applied", [](auto& r) -> auto& {
               return r.capture.profile_sha256;
           })
        .add(
            "flat", "", "divided by the profile's flat map", [](auto& r) -> auto& {
                return r.capture.flat;
            })
        .add(
            "dark_frames", "", "whose mean was taken off, without a profile", [](auto& r) -> auto& {
                return r.capture.dark_frames;
            })
        .add(
            "without_ambient", "", "id of the ambient capture that was taken off", [
            ](auto& r) -> auto& { return r.capture.without_ambient; });
    return map;
}

RowMap<WarningRow> warning_map() {
    RowMap<WarningRow> map;
    map.add(
           "capture", "", "row of captures", [](auto& r) -> auto& { return r.capture; })
        .add(
            "warning",
            "",
            "0 no masked photosites, 1 exposure automatic, 2 camera unnamed, 3 perhaps lossy, "
            "4 noise uncertain, 5 black is zero, 6 exposure unlike that of the dark frames, "
            "7 noise stated too low, 8 too high",
            [](auto& r) -> auto& { return r.warning; },
            last_warning);
    return map;
}

} // namespace

void keep_captures(report::NoteInput const& input, KeptCase& kept) {
    std::vector<CaptureRow> captures;
    std::vector<WarningRow> warnings;
    for (report::NoteCapture const& capture : input.captures) {
        for (auto const warning : capture.warnings) {
            warnings.push_back({std::ssize(captures), warning});
        }
        captures.push_back({capture, capture.cfa.name()});
    }
    put(kept, "captures", capture_map(), captures);
    put(kept, "capture_warnings", warning_map(), warnings);
}

void restore_captures(KeptCase const& kept, report::NoteInput& input) {
    input.captures.clear();
    for (CaptureRow& row : capture_map().to_rows(table_of(kept, "captures"))) {
        row.capture.cfa = make_cfa(row.cfa);
        input.captures.push_back(std::move(row.capture));
    }
    for (WarningRow const& row : warning_map().to_rows(table_of(kept, "capture_warnings"))) {
        parent(input.captures, row.capture).warnings.push_back(row.warning);
    }
}

} // namespace cmq::pipeline
