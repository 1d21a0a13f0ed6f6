// SPDX-License-Identifier: GPL-3.0-or-later

/// \file
/// Where the boxes and lines of a network stand.

#pragma once

#include "render/style.hpp"
#include "report/document.hpp"

#include <QPainterPath>
#include <QPointF>
#include <QRectF>

#include <vector>

namespace cmq::render {

namespace network {
inline constexpr double badge = 12.0 * pt; ///< diameter of the circle with a number
inline constexpr double head = 6.0 * pt;   ///< length of an arrow's head
inline constexpr double stub = 24.0 * pt;  ///< straight end of a line, with its number and its head
inline constexpr double apart = 14.0 * pt; ///< least distance of two ends with numbers
inline constexpr double loop = 49.0 * pt;  ///< room beside the last column for lines within it
} // namespace network

/// One line. It touches no box but the two that it joins, and no badge but its own.
struct NetworkRoute {
    QPainterPath path;                ///< leaves out the badge and the heads
    QPointF badge;                    ///< centre of the number
    std::vector<QPointF> tips;        ///< of the heads: the far end, then the near one
    std::vector<double> directions{}; ///< +1: the head points to the right; of each tip
};

struct NetworkLayout {
    std::vector<QRectF> boxes;        ///< of the nodes
    std::vector<NetworkRoute> routes; ///< of the arrows
    double height = 0.0;
};

/// Columns by layer from the left; lines over several columns have a place of their own in those between.
struct NetworkColumns {
    std::size_t count = 0;
    double box_width = 0.0;
    double gap = 0.0;
};

/// How wide boxes may be on a drawing of `width`. Room is kept for numbers and heads in each gap.
[[nodiscard]] NetworkColumns network_columns(report::NetworkChart const& content, double width);

/// \param heights  of the boxes' contents; a box with many ends becomes higher
/// \pre arrows join two different nodes; one height a node
[[nodiscard]] NetworkLayout lay_out_network(report::NetworkChart const& content,
                                            NetworkColumns const& columns,
                                            std::vector<double> const& heights);

} // namespace cmq::render
