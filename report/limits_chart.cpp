// SPDX-License-Identifier: GPL-3.0-or-later

#include "report/limits_chart.hpp"

#include "core/error.hpp"
#include "core/number_text.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <set>

namespace cmq::report {
namespace {

constexpr double stroke = 0.2; // half the height of the mark of a signal, in s

std::string figure(double value, double sd, Language language) {
    double const digits =
        value == 0.0 ? 3.0
                     : std::floor(std::log10(std::abs(value))) - std::floor(std::log10(sd)) + 3.0;
    std::string text = significant_text(value, static_cast<int>(std::clamp(digits, 2.0, 15.0)));
    if (language == Language::french) {
        std::ranges::replace(text, '.', ',');
    }
    return text.starts_with('-') ? "−" + text.substr(1) : text;
}

std::vector<Tick> height_ticks(lab::ControlChart const& chart, Language language) {
    std::vector<Tick> ticks;
    for (double const at : {-3.0, -2.0, 0.0, 2.0, 3.0}) {
        ticks.push_back({at, figure(chart.centre + at * chart.sd, chart.sd, language)});
    }
    return ticks;
}

// At most six dates, or numbers of points without dates.
std::vector<Tick> point_ticks(lab::BlankTable const& table, lab::Limits const& limits) {
    std::size_t const last = limits.points.size() - 1;
    std::size_t const steps = std::min<std::size_t>(5, last);
    double const margin = 0.07 * static_cast<double>(last); // half a date
    std::vector<Tick> ticks{{1.0 - margin, ""}};
    for (std::size_t i = 0; i <= steps; ++i) {
        std::size_t const point = i * last / steps;
        auto const& date = table.blanks[limits.points[point].blanks.front()].date;
        ticks.push_back(
            {static_cast<double>(point + 1), date.empty() ? std::to_string(point + 1) : date});
    }
    ticks.push_back({static_cast<double>(last + 1) + margin, ""});
    return ticks;
}

CurveChart curves_of(lab::Limits const& limits, Language language) {
    bool const french = language == Language::french;
    auto const height = [&](std::size_t point) {
        return (limits.points[point].value - limits.chart.centre) / limits.chart.sd;
    };
    CurveChart::Series points{limits.of_days ? (french ? "moyennes des jours" : "means of days")
                                             : (french ? "blancs" : "blanks"),
                              {},
                              {}};
    for (std::size_t i = 0; i < limits.points.size(); ++i) {
        points.x.push_back(static_cast<double>(i + 1));
        points.y.push_back(height(i));
    }
    CurveChart curves{{std::move(points)}, false};
    std::set<std::size_t> signalled;
    for (lab::ChartSignal const& signal : limits.chart.signals) {
        signalled.insert(signal.points.begin(), signal.points.end());
    }
    if (signalled.empty()) {
        return curves;
    }
    CurveChart::Series marks{french ? "points d’un signal" : "points of a signal", {}, {}};
    for (std::size_t const point : signalled) {
        for (double const y : {height(point) - stroke,
                               height(point) + stroke,
                               std::numeric_limits<double>::quiet_NaN()}) {
            marks.x.push_back(static_cast<double>(point + 1));
            marks.y.push_back(y);
        }
    }
    curves.series.push_back(std::move(marks));
    return curves;
}

} // namespace

Chart limits_chart(lab::BlankTable const& table, lab::Limits const& limits, Language language) {
    if (limits.points.size() > most_drawn_points) {
        throw Error{ErrorKind::limits,
                    {"une carte de plus de {} points ne se dessine pas",
                     "a chart of more than {} points is not drawn"},
                    most_drawn_points};
    }
    if (!(limits.chart.sd > 0.0)) {
        throw Error{ErrorKind::insufficient,
                    {"les points de la carte sont tous égaux : il n’y a rien à dessiner",
                     "the points of the chart are all equal: there is nothing to draw"}};
    }
    bool const french = language == Language::french;
    Chart chart;
    chart.content = curves_of(limits, language);
    chart.title = french ? "Carte de contrôle des blancs" : "Control chart of blanks";
    chart.x_label = table.dated ? (french ? "dates, un pas par point" : "dates, one step a point")
                                : (french ? "ordre du fichier" : "order of the file");
    chart.y_label = french ? "ligne centrale, limites de surveillance (2 s) et d’action (3 s)"
                           : "centre, warning limits (2 s) and action limits (3 s)";
    chart.alt = Sentence{{"Carte de contrôle de {} points, {} signaux.",
                          "Control chart of {} points, {} signals."},
                         limits.points.size(),
                         limits.chart.signals.size()}
                    .in(language);
    chart.x_ticks = point_ticks(table, limits);
    chart.y_ticks = height_ticks(limits.chart, language);
    return chart;
}

} // namespace cmq::report
