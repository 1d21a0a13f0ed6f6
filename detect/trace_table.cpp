// SPDX-License-Identifier: GPL-3.0-or-later

#include "detect/detect_traces.hpp"

#include <functional>
#include <utility>

namespace cmq::detect {
namespace {

using Traces = std::vector<Trace>;

Column real(std::string name,
            std::string unit,
            std::string meaning,
            Traces const& traces,
            std::function<double(Trace const&)> const& value) {
    std::vector<double> cells;
    cells.reserve(traces.size());
    for (Trace const& trace : traces) {
        cells.push_back(value(trace));
    }
    return {std::move(name), std::move(unit), std::move(meaning), std::move(cells)};
}

Column whole(std::string name,
             std::string unit,
             std::string meaning,
             Traces const& traces,
             std::function<std::int64_t(Trace const&)> const& value) {
    std::vector<std::int64_t> cells;
    cells.reserve(traces.size());
    for (Trace const& trace : traces) {
        cells.push_back(value(trace));
    }
    return {std::move(name), std::move(unit), std::move(meaning), std::move(cells)};
}

} // namespace

Table to_table(Detection const& detection) {
    Traces const& traces = detection.traces;
    Table table;
    table.add(whole("id", "", "Number of the trace, from the top down.", traces, [](auto const& t) {
        return t.id;
    }));
    table.add(real(
        "x", "photosite", "Centroid, to the right.", traces, [](auto const& t) { return t.x; }));
    table.add(real("y", "photosite", "Centroid, down.", traces, [](auto const& t) { return t.y; }));
    table.add(whole(
        "area_cells", "cell", "2 x 2 blocks above the lower threshold.", traces, [](auto const& t) {
            return t.area_cells;
        }));
    for (std::size_t p = 0; p < plane_count; ++p) {
        std::string const plane{plane_names[p]};
        table.add(real("flux_" + plane,
                       "DN",
                       "Light above the background in plane " + plane + ".",
                       traces,
                       [p](auto const& t) { return t.flux_dn[p]; }));
    }
    for (std::size_t p = 0; p < plane_count; ++p) {
        std::string const plane{plane_names[p]};
        table.add(real("flux_sigma_" + plane,
                       "DN",
                       "Standard uncertainty of flux_" + plane + ".",
                       traces,
                       [p](auto const& t) { return t.flux_dn_sigma[p]; }));
    }
    table.add(
        real("snr", "", "Largest signal-to-noise.", traces, [](auto const& t) { return t.snr; }));
    table.add(real("log10_nfa",
                   "",
                   "log10 of the false traces as strong expected in the frame.",
                   traces,
                   [](auto const& t) { return t.log10_nfa; }));
    table.add(whole("saturated",
                    "",
                    "1 when a photosite is saturated and the flux a lower limit.",
                    traces,
                    [](auto const& t) { return t.saturated ? 1 : 0; }));
    table.add(whole("masked_photosites",
                    "photosite",
                    "Photosites in the trace that took no part.",
                    traces,
                    [](auto const& t) { return t.masked_photosites; }));
    constexpr std::array<char const*, 4> box{"first_x", "first_y", "last_x", "last_y"};
    for (std::size_t i = 0; i < box.size(); ++i) {
        table.add(
            whole(box[i], "photosite", "Side of the bounding box.", traces, [i](auto const& t) {
                return t.box[i];
            }));
    }
    table.add(real(
        "semi_major", "photosite", "Root of the larger second moment.", traces, [](auto const& t) {
            return t.semi_major;
        }));
    table.add(real(
        "semi_minor", "photosite", "Root of the smaller second moment.", traces, [](auto const& t) {
            return t.semi_minor;
        }));
    table.add(real("angle_rad", "rad", "Long axis, from +x towards +y.", traces, [](auto const& t) {
        return t.angle_rad;
    }));
    return table;
}

} // namespace cmq::detect
