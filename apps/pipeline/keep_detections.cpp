// SPDX-License-Identifier: GPL-3.0-or-later

#include "apps/pipeline/keep_measured_parts.hpp"

#include <array>
#include <cstdint>
#include <set>
#include <string>
#include <utility>
#include <vector>

namespace cmq::pipeline {
namespace {

using casefile::KeptCase;

constexpr auto last_noise_origin = static_cast<std::int64_t>(NoiseOrigin::estimated);

struct DetectionRow {
    std::string capture;
    std::string cfa;
    detect::Detection detection;
};

struct PlaneRow {
    std::int64_t detection = 0;
    std::int64_t plane = 0;
    detect::PlaneSummary summary;
};

struct TraceRow {
    std::int64_t detection = 0;
    detect::Trace trace;
};

enum ShownAs : std::int64_t { view = 0, neighbour = 1, significance = 2 };

struct PictureRow {
    std::int64_t detection = 0;
    std::int64_t shown_as = view;
    std::string name;
    report::NotePicture picture;
};

RowMap<DetectionRow> detection_map() {
    RowMap<DetectionRow> map;
    map.add(
           "capture", "", "id of the capture", [](auto& r) -> auto& { return r.capture; })
        .add(
            "height", "photosite", "of the frame", [](auto& r) -> auto& {
                return r.detection.shape.height;
            })
        .add(
            "width", "photosite", "of the frame", [](auto& r) -> auto& {
                return r.detection.shape.width;
            })
        .add(
            "cfa", "", "colours of the cell at the top left", [](auto& r) -> auto& {
                return r.cfa;
            })
        .add(
            "false_traces_expected", "", "promised for the frame", [](auto& r) -> auto& {
                return r.detection.false_traces_expected;
            })
        .add(
            "noise_origin",
            "",
            "0 camera profile, 1 tag of the file, 2 estimated from the frame",
            [](auto& r) -> auto& { return r.detection.noise_origin; },
            last_noise_origin)
        .add(
            "textured_share", "", "share of the frame with strong texture", [](auto& r) -> auto& {
                return r.detection.textured_share;
            })
        .add(
            "threshold", "", "signal-to-noise that a trace must reach", [](auto& r) -> auto& {
                return r.detection.threshold;
            })
        .add(
            "tail_factor", "", "how much it was raised", [](auto& r) -> auto& {
                return r.detection.tail_factor;
            })
        .add(
            "low_threshold", "", "signal-to-noise at a border", [](auto& r) -> auto& {
                return r.detection.low_threshold;
            })
        .add(
            "darker", "", "1: fluxes are the light that traces take away", [](auto& r) -> auto& {
                return r.detection.darker;
            });
    for (std::size_t s = 0; s < detect::LimitSite::scales; ++s) {
        map.add(
            "scale_" + std::to_string(s + 1), "cell", "sigma of a filter", [s](auto& r) -> auto& {
                return r.detection.scales_cells.at(s);
            });
    }
    return map;
}

RowMap<PlaneRow> plane_map() {
    RowMap<PlaneRow> map;
    map.add(
           "detection", "", "row of detections", [](auto& r) -> auto& { return r.detection; })
        .add(
            "plane", "", "0 r, 1 g1, 2 g2, 3 b", [](auto& r) -> auto& { return r.plane; }, 3)
        .add(
            "level_dn", "DN", "mean background", [](auto& r) -> auto& {
                return r.summary.level_dn;
            })
        .add(
            "level_low_dn", "DN", "lowest of the background", [](auto& r) -> auto& {
                return r.summary.level_low_dn;
            })
        .add(
            "level_high_dn", "DN", "highest of the background", [](auto& r) -> auto& {
                return r.summary.level_high_dn;
            })
        .add(
            "noise_dn", "DN", "sd of the noise model", [](auto& r) -> auto& {
                return r.summary.noise_dn;
            })
        .add(
            "measured_noise_dn", "DN", "sd between neighbours", [](auto& r) -> auto& {
                return r.summary.measured_noise_dn;
            })
        .add(
            "spread_ratio", "", "measured over modelled", [](auto& r) -> auto& {
                return r.summary.spread_ratio;
            })
        .add(
            "saturation_dn", "DN", "level of saturation", [](auto& r) -> auto& {
                return r.summary.saturation_dn;
            })
        .add(
            "saturated", "photosite", "how many are saturated", [](auto& r) -> auto& {
                return r.summary.saturated_photosites;
            })
        .add(
            "hot", "photosite", "how many are hot", [](auto& r) -> auto& {
                return r.summary.hot_photosites;
            })
        .add(
            "masked", "photosite", "how many took no part", [](auto& r) -> auto& {
                return r.summary.masked_photosites;
            });
    return map;
}

RowMap<TraceRow> trace_map() {
    RowMap<TraceRow> map;
    map.add(
           "detection", "", "row of detections", [](auto& r) -> auto& { return r.detection; })
        .add(
            "id", "", "number in the frame", [](auto& r) -> auto& { return r.trace.id; })
        .add(
            "x", "photosite", "centroid", [](auto& r) -> auto& { return r.trace.x; })
        .add(
            "y", "photosite", "centroid", [](auto& r) -> auto& { return r.trace.y; })
        .add(
            "area_cells", "cell", "above the lower threshold", [](auto& r) -> auto& {
                return r.trace.area_cells;
            });
    for (std::size_t p = 0; p < plane_count; ++p) {
        std::string const plane{plane_names.at(p)};
        map.add(
               "flux_" + plane,
               "DN",
               "light above the background",
               [p](auto& r) -> auto& { return r.trace.flux_dn.at(p); })
            .add(
                "flux_sigma_" + plane, "DN", "its standard uncertainty", [p](auto& r) -> auto& {
                    return r.trace.flux_dn_sigma.at(p);
                });
    }
    for (std::size_t i = 0; i < 10; ++i) {
        map.add(
            "flux_covariance_" + std::to_string(i + 1),
            "DN2",
            "of the four fluxes, upper triangle row by row",
            [i](auto& r) -> auto& { return r.trace.flux_covariance_dn2.at(i); });
    }
    map.add(
        "total_flux_sigma", "DN", "of the sum of the four fluxes", [](auto& r) -> auto& {
            return r.trace.total_flux_dn_sigma;
        });
    map.add(
           "snr", "", "largest signal-to-noise", [](auto& r) -> auto& { return r.trace.snr; })
        .add(
            "log10_nfa", "", "log10 of false traces as strong", [](auto& r) -> auto& {
                return r.trace.log10_nfa;
            })
        .add(
            "saturated", "", "1: the flux is a lower limit", [](auto& r) -> auto& {
                return r.trace.saturated;
            })
        .add(
            "masked", "photosite", "how many took no part", [](auto& r) -> auto& {
                return r.trace.masked_photosites;
            });
    constexpr std::array edges{"first_x", "first_y", "last_x", "last_y"};
    for (std::size_t e = 0; e < 4; ++e) {
        map.add(
            edges[e], "photosite", "of the box around it, inclusive", [e](auto& r) -> auto& {
                return r.trace.box.at(e);
            });
    }
    map.add(
           "semi_major", "photosite", "root of a second moment", [](auto& r) -> auto& {
               return r.trace.semi_major;
           })
        .add(
            "semi_minor", "photosite", "root of a second moment", [](auto& r) -> auto& {
                return r.trace.semi_minor;
            })
        .add(
            "angle_rad", "rad", "of the long axis", [](auto& r) -> auto& {
                return r.trace.angle_rad;
            })
        .add(
            "scale_cells", "cell", "sigma of the filter that answered most", [](auto& r) -> auto& {
                return r.trace.scale_cells;
            });
    return map;
}

RowMap<PictureRow> picture_map() {
    RowMap<PictureRow> map;
    map.add(
           "detection", "", "row of detections", [](auto& r) -> auto& { return r.detection; })
        .add(
            "shown_as",
            "",
            "0: the capture, 1: another beside it, 2: its significance",
            [](auto& r) -> auto& { return r.shown_as; },
            significance)
        .add(
            "name", "", "in the group pictures", [](auto& r) -> auto& { return r.name; })
        .add(
            "capture", "", "id of the capture shown", [](auto& r) -> auto& {
                return r.picture.capture;
            })
        .add(
            "y", "photosite", "first row of the part shown", [](auto& r) -> auto& {
                return r.picture.picture.region.y;
            })
        .add(
            "x", "photosite", "first column of the part shown", [](auto& r) -> auto& {
                return r.picture.picture.region.x;
            })
        .add(
            "height", "photosite", "of the part shown", [](auto& r) -> auto& {
                return r.picture.picture.region.height;
            })
        .add(
            "width", "photosite", "of the part shown", [](auto& r) -> auto& {
                return r.picture.picture.region.width;
            })
        .add(
            "photosites_per_pixel",
            "photosite",
            "side of the square behind one pixel",
            [](auto& r) -> auto& { return r.picture.picture.photosites_per_pixel; },
            65535)
        .add(
            "low_dn",
            "DN",
            "shown black; of significance: signal-to-noise at the low end",
            [](auto& r) -> auto& { return r.picture.picture.stretch.low_dn; })
        .add(
            "high_dn",
            "DN",
            "shown white; of significance: signal-to-noise at the high end",
            [](auto& r) -> auto& { return r.picture.picture.stretch.high_dn; })
        .add(
            "gamma", "", "of the stretch", [](auto& r) -> auto& {
                return r.picture.picture.stretch.gamma;
            })
        .add(
            "has_no_data", "", "1: some pixels stand for no data", [](auto& r) -> auto& {
                return r.picture.picture.has_no_data;
            });
    return map;
}

struct DetectionRows {
    std::vector<DetectionRow> detections;
    std::vector<PlaneRow> planes;
    std::vector<TraceRow> traces;
    std::vector<TextRow> warnings;
    std::vector<PictureRow> pictures;
};

void keep_picture(report::NotePicture const& picture,
                  ShownAs shown_as,
                  DetectionRows& rows,
                  KeptCase& kept) {
    PictureRow row{.detection = std::ssize(rows.detections),
                   .shown_as = shown_as,
                   .name = "p" + std::to_string(kept.pictures.size()),
                   .picture = picture};
    report::Pixels const& pixels = picture.picture.pixels;
    kept.pictures.push_back({.name = row.name,
                             .height = static_cast<std::uint32_t>(pixels.height),
                             .width = static_cast<std::uint32_t>(pixels.width),
                             .rgb = pixels.rgb});
    row.picture.picture.pixels = {};
    rows.pictures.push_back(std::move(row));
}

void restore_picture(PictureRow row, report::NoteDetection& detection) {
    if (row.shown_as == view) {
        detection.views.push_back(std::move(row.picture));
    } else if (row.shown_as == neighbour) {
        detection.neighbours.push_back(std::move(row.picture));
    } else if (!detection.significance) {
        detection.significance = std::move(row.picture);
    } else {
        throw Error{ErrorKind::format,
                    {"la table « pictures » donne deux cartes de significativité à une capture",
                     "the table 'pictures' gives a capture two maps of significance"}};
    }
}

/// Each detection has all planes, one row each, in order: a missing one would read as zeros.
void restore_planes(std::vector<PlaneRow> const& rows,
                    std::vector<report::NoteDetection>& detections) {
    bool fits = rows.size() == detections.size() * plane_count;
    for (std::size_t i = 0; fits && i < rows.size(); ++i) {
        std::size_t const plane = i % plane_count;
        fits = rows[i].detection == static_cast<std::int64_t>(i / plane_count) &&
               rows[i].plane == static_cast<std::int64_t>(plane);
        detections[i / plane_count].detection.planes.at(plane) = rows[i].summary;
    }
    if (!fits) {
        throw Error{ErrorKind::format,
                    {"la table « detection_planes » n’a pas une ligne pour chaque plan de chaque "
                     "capture",
                     "the table 'detection_planes' does not have one row for each plane of each "
                     "capture"}};
    }
}

} // namespace

void keep_detections(report::NoteInput const& input, KeptCase& kept) {
    DetectionRows rows;
    for (report::NoteDetection const& detection : input.detections) {
        std::int64_t const row = std::ssize(rows.detections);
        for (std::size_t p = 0; p < plane_count; ++p) {
            rows.planes.push_back(
                {row, static_cast<std::int64_t>(p), detection.detection.planes.at(p)});
        }
        for (detect::Trace const& trace : detection.detection.traces) {
            rows.traces.push_back({row, trace});
        }
        for (std::string const& warning : detection.detection.warnings) {
            rows.warnings.push_back({row, warning});
        }
        for (report::NotePicture const& picture : detection.views) {
            keep_picture(picture, view, rows, kept);
        }
        for (report::NotePicture const& picture : detection.neighbours) {
            keep_picture(picture, neighbour, rows, kept);
        }
        if (detection.significance) {
            keep_picture(*detection.significance, significance, rows, kept);
        }
        rows.detections.push_back(
            {detection.capture, detection.detection.cfa.name(), detection.detection});
    }
    put(kept, "detections", detection_map(), rows.detections);
    put(kept, "detection_planes", plane_map(), rows.planes);
    put(kept, "detection_warnings", text_map("detection", "what to know of it"), rows.warnings);
    put(kept, "traces", trace_map(), rows.traces);
    put(kept, "pictures", picture_map(), rows.pictures);
}

void restore_detections(KeptCase const& kept, report::NoteInput& input) {
    input.detections.clear();
    for (DetectionRow& row : detection_map().to_rows(table_of(kept, "detections"))) {
        row.detection.cfa = make_cfa(row.cfa);
        report::NoteDetection detection;
        detection.capture = row.capture;
        detection.detection = std::move(row.detection);
        input.detections.push_back(std::move(detection));
    }
    restore_planes(plane_map().to_rows(table_of(kept, "detection_planes")), input.detections);
    for (TraceRow const& row : trace_map().to_rows(table_of(kept, "traces"))) {
        parent(input.detections, row.detection).detection.traces.push_back(row.trace);
    }
    for (TextRow const& row :
         text_map("detection", "").to_rows(table_of(kept, "detection_warnings"))) {
        parent(input.detections, row.parent).detection.warnings.push_back(row.text);
    }
    std::set<std::string> shown;
    for (PictureRow& row : picture_map().to_rows(table_of(kept, "pictures"))) {
        if (!shown.insert(row.name).second) {
            throw Error{ErrorKind::format,
                        {"la table « pictures » nomme deux fois une image",
                         "the table 'pictures' names a picture twice"}};
        }
        casefile::KeptPicture const& pixels = picture_of(kept, row.name);
        row.picture.picture.pixels = {.width = static_cast<int>(pixels.width),
                                      .height = static_cast<int>(pixels.height),
                                      .rgb = pixels.rgb};
        report::NoteDetection& detection = parent(input.detections, row.detection);
        restore_picture(std::move(row), detection);
    }
    if (shown.size() != kept.pictures.size()) {
        throw Error{ErrorKind::format,
                    {"le fichier de résultats contient une image qu’aucune capture ne montre",
                     "the case file holds a picture that belongs to no capture"}};
    }
}

} // namespace cmq::pipeline
