// SPDX-License-Identifier: GPL-3.0-or-later

#include "detect/detect_plane.hpp"

#include <string>
#include <utility>

namespace cmq::detect {
namespace {

template <class Value>
void add(Table& table,
         PlaneDetection const& detection,
         std::string name,
         std::string unit,
         std::string meaning,
         Value value) {
    std::vector<decltype(value(PlaneTrace{}))> cells;
    cells.reserve(detection.traces.size());
    for (PlaneTrace const& trace : detection.traces) {
        cells.push_back(value(trace));
    }
    table.add({std::move(name), std::move(unit), std::move(meaning), std::move(cells)});
}

} // namespace

Table to_table(PlaneDetection const& detection) {
    Table table;
    auto const number = [&](char const* name, char const* unit, char const* meaning, auto value) {
        add(table, detection, name, unit, meaning, value);
    };
    using Trace = PlaneTrace const&;
    number("id", "", "Number of the trace, from the top down.", [](Trace t) { return t.id; });
    number("x", "photosites", "Centre, to the right.", [](Trace t) { return t.x; });
    number("y", "photosites", "Centre, downwards.", [](Trace t) { return t.y; });
    number(
        "snr", "", "Largest signal-to-noise of the filtered plane.", [](Trace t) { return t.snr; });
    number("log10_nfa",
           "",
           "log10 of the false traces as strong expected in the picture.",
           [](Trace t) { return t.log10_nfa; });
    number("flux", "DN", "Light above the background.", [](Trace t) { return t.flux_dn; });
    number("flux_sigma", "DN", "Standard uncertainty of the flux.", [](Trace t) {
        return t.flux_dn_sigma;
    });
    number("area", "photosites", "Photosites at signal-to-noise 4 and above.", [](Trace t) {
        return t.area;
    });
    number("first_x", "photosites", "Left edge of the area.", [](Trace t) { return t.box[0]; });
    number("first_y", "photosites", "Upper edge of the area.", [](Trace t) { return t.box[1]; });
    number("last_x", "photosites", "Right edge, inclusive.", [](Trace t) { return t.box[2]; });
    number("last_y", "photosites", "Lower edge, inclusive.", [](Trace t) { return t.box[3]; });
    number("semi_major", "photosites", "Long axis: root of the second moment.", [](Trace t) {
        return t.semi_major;
    });
    number("semi_minor", "photosites", "Short axis.", [](Trace t) { return t.semi_minor; });
    number(
        "angle", "rad", "Of the long axis, from x towards y.", [](Trace t) { return t.angle_rad; });
    number("saturated", "", "1: the flux is a lower limit.", [](Trace t) {
        return static_cast<std::int64_t>(t.saturated ? 1 : 0);
    });
    number("masked_photosites", "", "Photosites of it without a value.", [](Trace t) {
        return t.masked_photosites;
    });
    number("scale",
           "photosites",
           "Standard deviation of the filter that answered most.",
           [](Trace t) { return t.scale; });
    return table;
}

} // namespace cmq::detect
