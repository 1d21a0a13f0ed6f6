// SPDX-License-Identifier: GPL-3.0-or-later

#include "report/account_steps.hpp"
#include "report/note_figures.hpp"
#include "report/phrases/figures.hpp"

#include <algorithm>
#include <cmath>
#include <iterator>
#include <limits>
#include <set>
#include <utility>

namespace cmq::report {
namespace {

constexpr double gap = std::numeric_limits<double>::quiet_NaN();
constexpr double day_min = 1440.0;
constexpr std::size_t longest_label =
    36; // beyond it a lane is named by its id, or the drawing has no room
constexpr std::size_t most_lanes = 14; // beyond it lanes lie too close to be read

/// The steps of one line of the legend.
struct Route {
    std::string label;
    std::vector<AccountStep> steps;
};

Route examinations_of(NoteWriter const& writer) {
    Route route{.label = writer.say(phrases::routes_examinations), .steps = {}};
    auto const add = [&](std::string const& zone, casefile::Moment const& at) {
        route.steps.push_back({.kind = StepKind::examination,
                               .id = {},
                               .minutes = at.minutes,
                               .uncertainty_min = at.uncertainty_min,
                               .zones = {zone},
                               .included_by = {}});
    };
    for (casefile::Observation const& seen : writer.file().observations) {
        if (seen.at && *seen.kind != casefile::ObservationKind::not_examined) {
            add(*seen.zone, **seen.at);
        }
    }
    for (casefile::Capture const& capture : writer.file().captures) {
        if (capture.at && capture.zone && *capture.role == casefile::CaptureRole::evidence) {
            add(**capture.zone, **capture.at);
        }
    }
    return route;
}

std::vector<Route> routes_of(NoteWriter const& writer) {
    std::vector<AccountStep> const steps = account_steps(writer.file());
    std::vector<Route> all;
    for (casefile::Proposition const& proposition : writer.file().propositions) {
        if (!is_compared(writer.file(), *proposition.id)) {
            continue;
        }
        Route route{.label = *proposition.id, .steps = {}};
        std::ranges::copy_if(steps, std::back_inserter(route.steps), [&](AccountStep const& step) {
            return step.kind != StepKind::contamination && is_included(step, *proposition.id);
        });
        all.push_back(std::move(route));
    }
    Route contaminations{.label = writer.say(phrases::routes_contaminations), .steps = {}};
    std::ranges::copy_if(
        steps, std::back_inserter(contaminations.steps), [](AccountStep const& step) {
            return step.kind == StepKind::contamination;
        });
    all.push_back(std::move(contaminations));
    all.push_back(examinations_of(writer));
    std::erase_if(all, [](Route const& route) { return route.steps.empty(); });
    return all;
}

/// The zones that anything touches, in the order of the case.
std::vector<std::string> lanes_of(NoteWriter const& writer, std::vector<Route> const& routes) {
    std::set<std::string> touched;
    for (Route const& route : routes) {
        for (AccountStep const& step : route.steps) {
            touched.insert(step.zones.begin(), step.zones.end());
        }
    }
    std::vector<std::string> lanes;
    for (casefile::Carrier const& carrier : writer.file().carriers) {
        if (touched.contains(*carrier.id)) {
            lanes.push_back(*carrier.id);
        }
    }
    return lanes;
}

class RoutesChart {
public:
    RoutesChart(NoteWriter const& writer, std::vector<Route> routes, std::vector<std::string> lanes)
        : writer_{writer}
        , routes_{std::move(routes)}
        , lanes_{std::move(lanes)} {
        for (Route const& route : routes_) {
            for (AccountStep const& step : route.steps) {
                first_ = std::min(first_, step.minutes - step.uncertainty_min);
                last_ = std::max(last_, step.minutes + step.uncertainty_min);
            }
        }
        double const least = 10.0; // minutes, or all of it would be one stroke
        double const margin = 0.04 * std::max(last_ - first_, least);
        first_ -= margin;
        last_ += margin;
    }

    [[nodiscard]] Chart make() const {
        Chart chart;
        chart.title = writer_.say(phrases::routes_title);
        chart.x_label = writer_.say(phrases::routes_axis);
        chart.caption = writer_.say(phrases::routes_chart_caption);
        chart.x_ticks = time_ticks();
        chart.y_ticks.push_back({0.3, ""});
        for (std::size_t i = lanes_.size(); i-- > 0;) { // the first lane of the case on top
            chart.y_ticks.push_back({height(i), lane_label(lanes_[i])});
        }
        chart.y_ticks.push_back({static_cast<double>(lanes_.size()) + 0.7, ""});
        CurveChart content;
        for (std::size_t i = 0; i < routes_.size(); ++i) {
            content.series.push_back(series_of(i));
        }
        chart.content = std::move(content);
        add_numbers(chart);
        return chart;
    }

private:
    [[nodiscard]] double height(std::size_t lane) const {
        return static_cast<double>(lanes_.size() - lane);
    }

    [[nodiscard]] double height_of(std::string const& zone) const {
        auto const found = std::ranges::find(lanes_, zone);
        return height(static_cast<std::size_t>(found - lanes_.begin()));
    }

    [[nodiscard]] std::string lane_label(std::string const& zone) const {
        std::string label = writer_.zone(zone);
        return label.size() > longest_label ? zone : label;
    }

    /// Full hours or their parts, five to nine of them.
    [[nodiscard]] std::vector<Tick> time_ticks() const {
        double step = day_min;
        for (double const each : {5.0, 10.0, 15.0, 30.0, 60.0, 120.0, 240.0, 480.0}) {
            if ((last_ - first_) / each <= 8.0) {
                step = each;
                break;
            }
        }
        std::vector<Tick> ticks{{first_, ""}};
        for (double at = std::ceil(first_ / step) * step; at <= last_; at += step) {
            ticks.push_back({at, clock_text(at, writer_.language())});
        }
        ticks.push_back({last_, ""});
        return ticks;
    }

    /// Routes that share an event lie side by side.
    [[nodiscard]] double shift(std::size_t route) const {
        double const apart = 0.010 * (last_ - first_);
        return apart *
               (static_cast<double>(route) - (static_cast<double>(routes_.size()) - 1.0) / 2.0);
    }

    [[nodiscard]] CurveChart::Series series_of(std::size_t route) const {
        CurveChart::Series series{.label = routes_[route].label, .x = {}, .y = {}};
        auto const draw = [&](std::initializer_list<std::pair<double, double>> points) {
            for (auto const& [x, y] : points) {
                series.x.push_back(std::clamp(x, first_, last_));
                series.y.push_back(y);
            }
            series.x.push_back(first_);
            series.y.push_back(gap);
        };
        // Side by side, or a pattern of dashes would leave a corner open.
        auto const outline = [&](std::initializer_list<std::pair<double, double>> corners) {
            for (auto const* at = corners.begin(); at + 1 != corners.end(); ++at) {
                draw({*at, *(at + 1)});
            }
        };
        double const wide = 0.009 * (last_ - first_);
        double const tall = 0.018 * static_cast<double>(lanes_.size()) + 0.06;
        for (AccountStep const& step : routes_[route].steps) {
            double const x = step.minutes + shift(route);
            for (std::string const& zone : step.zones) {
                double const y = height_of(zone);
                if (step.uncertainty_min > 0.0) {
                    draw({{x - step.uncertainty_min, y}, {x + step.uncertainty_min, y}});
                }
                if (step.kind == StepKind::delivery || step.kind == StepKind::contamination) {
                    outline({{x - wide, y},
                             {x, y + tall},
                             {x + wide, y},
                             {x, y - tall},
                             {x - wide, y}});
                } else if (step.kind == StepKind::examination) {
                    outline({{x - wide, y - tall},
                             {x - wide, y + tall},
                             {x + wide, y + tall},
                             {x + wide, y - tall},
                             {x - wide, y - tall}});
                } else if (step.kind == StepKind::change) {
                    draw({{x - wide, y - tall}, {x + wide, y + tall}});
                    draw({{x - wide, y + tall}, {x + wide, y - tall}});
                }
            }
            if (step.kind == StepKind::contact) {
                draw({{x, height_of(step.zones[0])}, {x, height_of(step.zones[1])}});
            }
        }
        return series;
    }

    /// By time, then in the order of the legend: what happens in several accounts is told once.
    void add_numbers(Chart& chart) const {
        struct Line {
            double minutes;
            std::vector<std::string> cells; // what, when, where, of
        };

        std::vector<Line> lines;
        for (Route const& route : routes_) {
            for (AccountStep const& step : route.steps) {
                std::string const where = writer_.zones(step.zones);
                std::string const what = step_text(writer_, step);
                auto const same = std::ranges::find_if(lines, [&](Line const& line) {
                    return line.minutes == step.minutes && line.cells[0] == what &&
                           line.cells[2] == where;
                });
                if (same != lines.end()) {
                    same->cells[3] += ", " + route.label;
                } else {
                    lines.push_back(
                        {step.minutes, {what, when_text(writer_, step), where, route.label}});
                }
            }
        }
        std::ranges::stable_sort(lines, {}, &Line::minutes);
        chart.numbers.caption = chart.title;
        chart.numbers.columns = {writer_.column(phrases::routes_column_what, 1.6),
                                 writer_.column(phrases::routes_column_when, 1.0),
                                 writer_.column(phrases::routes_column_where, 1.8),
                                 writer_.column(phrases::routes_column_of, 0.9)};
        std::vector<std::string> told;
        for (Line const& line : lines) {
            chart.numbers.rows.push_back({plain(line.cells[0]),
                                          plain(line.cells[1]),
                                          plain(line.cells[2]),
                                          plain(line.cells[3])});
            told.push_back(line.cells[3] +
                           (writer_.language() == Language::french
                                ? std::string{no_break_space} + ": "
                                : ": ") +
                           line.cells[0] + ", " + line.cells[1] + ", " + line.cells[2]);
        }
        chart.alt = writer_.say(phrases::routes_alt,
                                {{"count", writer_.count(lanes_.size())},
                                 {"first", lines.front().cells[1]},
                                 {"last", lines.back().cells[1]},
                                 {"items", writer_.joined(told, ". ") + "."}});
    }

    NoteWriter const& writer_;
    std::vector<Route> routes_;
    std::vector<std::string> lanes_;
    double first_ = std::numeric_limits<double>::infinity();
    double last_ = -std::numeric_limits<double>::infinity();
};

} // namespace

std::optional<Chart> make_routes_chart(NoteWriter const& writer) {
    std::vector<Route> routes = routes_of(writer);
    std::vector<std::string> lanes = lanes_of(writer, routes);
    if (lanes.empty() || lanes.size() > most_lanes) {
        return std::nullopt;
    }
    return RoutesChart{writer, std::move(routes), std::move(lanes)}.make();
}

} // namespace cmq::report
