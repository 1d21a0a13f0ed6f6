// SPDX-License-Identifier: GPL-3.0-or-later

/// \file
/// What the kinds of chart share: words, lines and the axis under the plot.

#pragma once

#include "render/chart_axis.hpp"
#include "render/text_block.hpp"
#include "report/document.hpp"

#include <QPen>
#include <QRectF>

#include <functional>
#include <string>

class QGraphicsScene;

namespace cmq::render {

inline constexpr double chart_font_pt = 8.5;
inline constexpr double chart_gap = 6.0 * pt;

[[nodiscard]] TextLook chart_look(Qt::Alignment alignment = Qt::AlignLeft, bool bold = false);

/// Adds words whose box has its top left corner at `top_left`.
void add_text(QGraphicsScene& scene, TextBlock text, QPointF top_left);

void add_line(QGraphicsScene& scene, QPointF from, QPointF to, QPen const& pen);

[[nodiscard]] QPen solid_pen(QColor const& colour, double width_pt);

/// Where a value of the axis stands between `left` and `right`.
[[nodiscard]] double to_position(Axis const& axis, double value, double left, double right);

/// The axis of likelihood ratios whose labels, at this width, do not touch.
[[nodiscard]] Axis fit_ratio_axis(double low, double high, double width, report::Language language);

/// Grid lines up through `plot`, labels under it, and the axis' name under them.
/// \return the height that was used below the plot
[[nodiscard]] double add_bottom_axis(QGraphicsScene& scene,
                                     Axis const& axis,
                                     QRectF const& plot,
                                     std::string const& name);

/// \throws Error domain  value is not finite; the sentence names the chart
void check_finite(double value, report::Chart const& chart);

// The kinds, each in its own file; each fills the scene and gives its height.
[[nodiscard]] double add_range_chart(QGraphicsScene& scene,
                                     report::Chart const& chart,
                                     report::RangeChart const& content,
                                     report::Language language,
                                     double width);
[[nodiscard]] double add_tornado_chart(QGraphicsScene& scene,
                                       report::Chart const& chart,
                                       report::TornadoChart const& content,
                                       report::Language language,
                                       double width);
[[nodiscard]] double add_curve_chart(QGraphicsScene& scene,
                                     report::Chart const& chart,
                                     report::CurveChart const& content,
                                     report::Language language,
                                     double width);

} // namespace cmq::render
