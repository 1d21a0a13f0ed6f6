// SPDX-License-Identifier: GPL-3.0-or-later

#include "render/chart_items.hpp"

#include "core/error.hpp"

#include <QGraphicsItem>
#include <QGraphicsScene>
#include <QPainter>

#include <algorithm>
#include <cmath>
#include <memory>

namespace cmq::render {

namespace {

// Qt's own text items read markup and set no design metrics.
class TextItem final : public QGraphicsItem {
public:
    explicit TextItem(TextBlock text, double width) : text_{std::move(text)}, width_{width} {}

    [[nodiscard]] int type() const override { return word_item_type; }

    [[nodiscard]] QRectF boundingRect() const override {
        return {0.0, 0.0, width_, text_.height()};
    }

    void
    paint(QPainter* painter, QStyleOptionGraphicsItem const* /*option*/, QWidget* /*w*/) override {
        text_.paint(*painter, {0.0, 0.0});
    }

private:
    TextBlock text_;
    double width_;
};

bool labels_fit(Axis const& axis, double width) {
    double const unit = width / (axis.high - axis.low);
    double end = -1e9;
    for (auto const& tick : axis.ticks) {
        double const half =
            text_width(tick.label, {.family = Family::sans, .size_pt = chart_font_pt}) / 2.0;
        double const centre = (tick.at - axis.low) * unit;
        if (centre - half < end + 5.0 * pt) {
            return false;
        }
        end = centre + half;
    }
    return true;
}

} // namespace

TextLook chart_look(Qt::Alignment alignment, bool bold) {
    return {.font = {.family = Family::sans, .size_pt = chart_font_pt, .bold = bold},
            .alignment = alignment,
            .leading = 1.25};
}

void add_text(QGraphicsScene& scene, TextBlock text, QPointF top_left) {
    if (text.lines() == 0) {
        return;
    }
    double const width = text.natural_width();
    auto item = std::make_unique<TextItem>(std::move(text), width);
    item->setPos(top_left);
    scene.addItem(item.release()); // the scene owns it
}

void add_line(QGraphicsScene& scene, QPointF from, QPointF to, QPen const& pen) {
    scene.addLine(QLineF{from, to}, pen);
}

QPen solid_pen(QColor const& colour, double width_pt) {
    QPen pen{colour, width_pt * pt};
    pen.setCapStyle(Qt::FlatCap);
    return pen;
}

double to_position(Axis const& axis, double value, double left, double right) {
    return left + (value - axis.low) / (axis.high - axis.low) * (right - left);
}

Axis fit_ratio_axis(double low, double high, double width, report::Language language) {
    int const most = std::max(1, static_cast<int>(std::ceil(high) - std::floor(low)));
    constexpr int few = 3; // decades in which 2 and 5 are worth a label
    // Steps of 1 to 5 powers, then of 10 to 50, and so on; from `most` on one label is left.
    for (int decade = 1; decade < most; decade *= 10) {
        for (int const factor : {0, 1, 2, 3, 5}) {
            int const step = factor * decade;
            if (step == 0 && (decade > 1 || most > few)) {
                continue;
            }
            Axis axis = make_ratio_axis(low, high, step, language);
            if (labels_fit(axis, width)) {
                return axis;
            }
        }
    }
    return make_ratio_axis(low, high, most, language);
}

std::optional<Axis> to_axis(std::vector<report::Tick> const& ticks,
                            double low,
                            double high,
                            bool log,
                            report::Chart const& chart) {
    if (ticks.empty()) {
        return std::nullopt;
    }
    Axis axis{.low = low, .high = high};
    for (auto const& tick : ticks) {
        check_finite(tick.at, chart);
        if (log && tick.at <= 0.0) {
            throw Error{ErrorKind::domain,
                        {"le graphique « {} » a un axe logarithmique et une graduation qui n’est "
                         "pas positive",
                         "the chart \"{}\" has a logarithmic axis and a tick that is not positive"},
                        chart.title};
        }
        double const at = log ? std::log10(tick.at) : tick.at;
        axis.low = std::min(axis.low, at);
        axis.high = std::max(axis.high, at);
        axis.ticks.push_back({.at = at, .label = tick.text});
    }
    std::stable_sort(axis.ticks.begin(), axis.ticks.end(), [](Tick const& a, Tick const& b) {
        return a.at < b.at;
    });
    if (axis.high <= axis.low) {
        axis.low -= 0.5;
        axis.high += 0.5;
    }
    return axis;
}

void thin_labels(Axis& axis, double width) {
    struct Span {
        double from;
        double to;
    };

    std::vector<Span> taken;
    auto const place = [&](Tick& tick) {
        double const centre = (tick.at - axis.low) / (axis.high - axis.low) * width;
        double const half = text_width(tick.label, chart_look().font) / 2.0 + 2.5 * pt;
        Span const span{.from = centre - half, .to = centre + half};
        bool const free = std::none_of(taken.begin(), taken.end(), [&](Span const& other) {
            return span.from < other.to && other.from < span.to;
        });
        if (free) {
            taken.push_back(span);
        } else {
            tick.label.clear();
        }
    };
    auto const is_one = [](Tick const& tick) { return tick.at == 0.0; };
    for (bool const first_turn : {true, false}) {
        for (auto& tick : axis.ticks) {
            if (is_one(tick) == first_turn) {
                place(tick);
            }
        }
    }
}

double add_bottom_axis(QGraphicsScene& scene,
                       Axis const& axis,
                       QRectF const& plot,
                       std::string const& name) {
    constexpr double tick_length = 3.0 * pt;
    // Far enough down that the lowest label of an axis at the left stays clear.
    double below = 2.0 * tick_length;
    double lowest = 0.0;
    for (auto const& tick : axis.ticks) {
        double const x = to_position(axis, tick.at, plot.left(), plot.right());
        add_line(scene, {x, plot.top()}, {x, plot.bottom()}, solid_pen(colour::grid, 0.5));
        add_line(scene,
                 {x, plot.bottom()},
                 {x, plot.bottom() + tick_length},
                 solid_pen(colour::grey, 0.7));
        double const width =
            text_width(tick.label, {.family = Family::sans, .size_pt = chart_font_pt});
        TextBlock label{tick.label, chart_look(Qt::AlignLeft), width + pt};
        lowest = std::max(lowest, label.height());
        add_text(scene, std::move(label), {x - width / 2.0, plot.bottom() + below + pt});
    }
    add_line(scene, plot.bottomLeft(), plot.bottomRight(), solid_pen(colour::grey, 0.7));
    below += lowest + 2.0 * pt;
    TextBlock axis_name{name, chart_look(Qt::AlignHCenter), plot.width()};
    double const name_height = axis_name.height();
    add_text(scene, std::move(axis_name), {plot.left(), plot.bottom() + below + pt});
    return below + name_height + 2.0 * pt;
}

void check_finite(double value, report::Chart const& chart) {
    if (!std::isfinite(value)) {
        throw Error{ErrorKind::domain,
                    {"le graphique « {} » contient une valeur qui n’est pas un nombre fini",
                     "the chart \"{}\" holds a value that is not a finite number"},
                    chart.title};
    }
}

void check_ratio(double value, report::Chart const& chart) {
    check_finite(value, chart);
    constexpr double largest = 10000.0;
    if (std::abs(value) > largest) {
        throw Error{ErrorKind::domain,
                    {"le graphique « {} » contient un rapport de vraisemblance au-delà de 10^10000",
                     "the chart \"{}\" holds a likelihood ratio beyond 10^10000"},
                    chart.title};
    }
}

} // namespace cmq::render
