// SPDX-License-Identifier: GPL-3.0-or-later

/// \file
/// What the kinds of chart share: words, lines and the axis under the plot.

#pragma once

#include "render/chart_axis.hpp"
#include "render/text_block.hpp"
#include "report/document.hpp"

#include <QPen>
#include <QRectF>

#include <optional>
#include <string>
#include <vector>

class QGraphicsScene;

namespace cmq::render {

inline constexpr double chart_font_pt = 8.5;
inline constexpr int word_item_type = 65536 + 1; ///< QGraphicsItem::type() of what add_text adds

[[nodiscard]] TextLook chart_look(Qt::Alignment alignment = Qt::AlignLeft, bool bold = false);

/// Adds words whose box has its top left corner at `top_left`.
void add_text(QGraphicsScene& scene, TextBlock text, QPointF top_left);

void add_line(QGraphicsScene& scene, QPointF from, QPointF to, QPen const& pen);

[[nodiscard]] QPen solid_pen(QColor const& colour, double width_pt);

/// Where a value of the axis stands between `left` and `right`.
[[nodiscard]] double to_position(Axis const& axis, double value, double left, double right);

/// The axis of likelihood ratios whose labels, at this width, do not touch.
[[nodiscard]] Axis fit_ratio_axis(double low, double high, double width, report::Language language);

/// The axis that the chart brings, or none if it brings no ticks. Its ends are the outer ticks, or
/// the data (low, high: log10 where the axis is) where they go further.
/// \param log  the ticks are not yet logarithms, and the axis is one of log10
/// \throws Error domain  a tick is not finite, or not positive on a logarithmic axis
[[nodiscard]] std::optional<Axis> to_axis(std::vector<report::Tick> const& ticks,
                                          double low,
                                          double high,
                                          bool log,
                                          report::Chart const& chart);

/// Leaves out labels that would touch the one before on an axis of this width; "1" stays.
void thin_labels(Axis& axis, double width);

/// Grid lines up through `plot`, labels under it, and the axis' name under them.
/// \return the height that was used below the plot
[[nodiscard]] double add_bottom_axis(QGraphicsScene& scene,
                                     Axis const& axis,
                                     QRectF const& plot,
                                     std::string const& name);

/// \throws Error domain  value is not finite; the sentence names the chart
void check_finite(double value, report::Chart const& chart);

/// The same for log10 of a likelihood ratio, which must lie within 10^-10000 and 10^10000: an axis
/// beyond has no meaning, and would take for ever to label.
/// \throws Error domain  value is not finite, or beyond
void check_ratio(double value, report::Chart const& chart);

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
/// \throws Error shape  an arrow that does not join two boxes
[[nodiscard]] double add_network_chart(QGraphicsScene& scene,
                                       report::Chart const& chart,
                                       report::NetworkChart const& content,
                                       double width);

} // namespace cmq::render
