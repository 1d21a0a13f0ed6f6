// SPDX-License-Identifier: GPL-3.0-or-later

#include "apps/pipeline/keep_measured_parts.hpp"

#include <array>
#include <cstdint>
#include <string>
#include <vector>

namespace cmq::pipeline {
namespace {

using casefile::KeptCase;

struct AreaRow {
    std::int64_t detection = 0;
    detect::LargeArea area;
    std::int64_t has_flux = 0;
    detect::LargeAreaFlux flux; ///< zeros without one
};

void add_planes(RowMap<AreaRow>& map) {
    for (std::size_t p = 0; p < plane_count; ++p) {
        std::string const plane{plane_names.at(p)};
        map.add(
               "excess_" + plane,
               "DN",
               "of a photosite, above what surrounds it",
               [p](auto& r) -> auto& { return r.area.excess_dn.at(p); })
            .add(
                "around_" + plane,
                "DN",
                "what its surroundings would have there",
                [p](auto& r) -> auto& { return r.area.around_dn.at(p); })
            .add(
                "flux_" + plane,
                "DN",
                "light above its surroundings",
                [p](auto& r) -> auto& { return r.flux.dn.at(p); })
            .add(
                "flux_sigma_" + plane, "DN", "its standard uncertainty", [p](auto& r) -> auto& {
                    return r.flux.dn_sigma.at(p);
                });
    }
}

RowMap<AreaRow> area_map() {
    RowMap<AreaRow> map;
    map.add(
           "detection", "", "row of detections", [](auto& r) -> auto& { return r.detection; })
        .add(
            "x", "photosite", "its middle", [](auto& r) -> auto& { return r.area.x; })
        .add(
            "y", "photosite", "its middle", [](auto& r) -> auto& { return r.area.y; });
    std::array<char const*, 4> const corners{"first_x", "first_y", "last_x", "last_y"};
    for (std::size_t i = 0; i < corners.size(); ++i) {
        map.add(
            corners.at(i), "photosite", "of its box", [i](auto& r) -> auto& {
                return r.area.box.at(i);
            });
    }
    map.add(
           "share", "", "of the frame", [](auto& r) -> auto& { return r.area.share; })
        .add(
            "brighter", "", "1: in light, 0: in colour alone", [](auto& r) -> auto& {
                return r.area.brighter;
            })
        .add(
            "clearest", "", "robust standard deviations", [](auto& r) -> auto& {
                return r.area.clearest;
            })
        .add(
            "in_traces", "", "share that traces measure", [](auto& r) -> auto& {
                return r.area.in_traces;
            })
        .add(
            "has_flux",
            "",
            "0: too little around it is free",
            [](auto& r) -> auto& { return r.has_flux; },
            1)
        .add(
            "flux_total", "DN", "of all planes", [](auto& r) -> auto& { return r.flux.total_dn; })
        .add(
            "flux_total_sigma", "DN", "its standard uncertainty", [](auto& r) -> auto& {
                return r.flux.total_dn_sigma;
            })
        .add(
            "saturated", "photosite", "above 0: flux is a lower limit", [](auto& r) -> auto& {
                return r.flux.saturated_photosites;
            })
        .add(
            "outline", "photosite", "above half its height", [](auto& r) -> auto& {
                return r.area.outline_photosites;
            })
        .add(
            "outline_sigma", "photosite", "its standard uncertainty", [](auto& r) -> auto& {
                return r.area.outline_photosites_sigma;
            })
        .add(
            "traces", "", "whose middle lies in what its flux sums", [](auto& r) -> auto& {
                return r.area.traces_within;
            })
        .add(
            "traces_flux", "DN", "of those", [](auto& r) -> auto& { return r.area.traces_dn; })
        .add(
            "traces_flux_sigma", "DN", "its standard uncertainty", [](auto& r) -> auto& {
                return r.area.traces_dn_sigma;
            })
        .add(
            "shares_light", "", "1: an area before it sums some of its photosites", [
            ](auto& r) -> auto& { return r.area.shares_light; });
    add_planes(map);
    return map;
}

} // namespace

void keep_areas(report::NoteInput const& input, KeptCase& kept) {
    std::vector<AreaRow> rows;
    for (std::size_t i = 0; i < input.detections.size(); ++i) {
        for (detect::LargeArea const& area : input.detections[i].areas) {
            rows.push_back({static_cast<std::int64_t>(i),
                            area,
                            area.flux ? 1 : 0,
                            area.flux.value_or(detect::LargeAreaFlux{})});
        }
    }
    put(kept, "large_areas", area_map(), rows);
}

void restore_areas(KeptCase const& kept, report::NoteInput& input) {
    for (AreaRow& row : area_map().to_rows(table_of(kept, "large_areas"))) {
        if (row.has_flux == 1) {
            row.area.flux = row.flux;
        }
        parent(input.detections, row.detection).areas.push_back(row.area);
    }
}

} // namespace cmq::pipeline
