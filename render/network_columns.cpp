// SPDX-License-Identifier: GPL-3.0-or-later

#include "render/network_layout.hpp"

#include <algorithm>

namespace cmq::render {
namespace {

constexpr double widest_box = 130.0 * pt;

} // namespace

NetworkColumns network_columns(report::NetworkChart const& content, double width) {
    NetworkColumns columns;
    for (auto const& node : content.nodes) {
        columns.count = std::max(columns.count, node.layer + 1);
    }
    bool has_loops = false;
    bool last_loops = false;
    for (auto const& arrow : content.arrows) {
        std::size_t const layer = content.nodes[arrow.from].layer;
        bool const is_loop = layer == content.nodes[arrow.to].layer;
        has_loops = has_loops || is_loop;
        last_loops = last_loops || (is_loop && layer + 1 == columns.count);
    }
    auto const count = static_cast<double>(columns.count);
    double const room = width - (last_loops ? network::loop : 0.0);
    double const least_gap = (has_loops ? 72.0 : 54.0) * pt;
    columns.box_width = std::min(widest_box, (room - (count - 1.0) * least_gap) / count);
    constexpr double widest_gap = 110.0 * pt;
    columns.gap = columns.count < 2
                      ? 0.0
                      : std::min(widest_gap, (room - count * columns.box_width) / (count - 1.0));
    return columns;
}

} // namespace cmq::render
