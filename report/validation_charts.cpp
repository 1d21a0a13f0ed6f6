// SPDX-License-Identifier: GPL-3.0-or-later

#include "report/validation_charts.hpp"

#include "core/sentence.hpp"
#include "report/typography.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <initializer_list>
#include <limits>
#include <utility>

namespace cmq::report {
namespace {

using lab::Validation;
using Series = CurveChart::Series;

constexpr double gap = std::numeric_limits<double>::quiet_NaN();
constexpr double widest = 300.0;         // log10 of a ratio that is drawn
constexpr double most_bits = 2.0;        // of the ECE's axis: twice what no evidence costs
constexpr std::size_t most_numbers = 12; // rows of a chart's table

std::string say(Words words, Language language) {
    return Sentence{words}.in(language);
}

// ---- axes of log10 LR

// "1/100", "1", "1 000 000"; beyond as a power: "10^8".
std::string power_label(int power, Language language) {
    if (std::abs(power) <= 6) {
        return ratio_text(power, 1, language);
    }
    return power < 0 ? "10^" + std::string{minus_sign} + std::to_string(-power)
                     : "10^" + std::to_string(power);
}

std::vector<Tick> ratio_ticks(double low, double high, Language language) {
    int const first = static_cast<int>(std::floor(std::min(low, -1.0)));
    int const last = static_cast<int>(std::ceil(std::max(high, 1.0)));
    constexpr int most = 8;
    int const step = std::max(1, (last - first + most - 1) / most);
    std::vector<Tick> ticks;
    int const start = first >= 0 ? first : -((-first + step - 1) / step) * step; // 1 is among them
    for (int at = start; at < last + step; at += step) {
        ticks.push_back({static_cast<double>(at), power_label(at, language)});
    }
    return ticks;
}

struct Extent {
    double low = 0.0;
    double high = 0.0;

    void take(double value) {
        if (std::abs(value) <= widest) {
            low = std::min(low, value);
            high = std::max(high, value);
        }
    }
};

TableBlock make_table(std::initializer_list<std::string> headings) {
    TableBlock table;
    for (std::string const& heading : headings) {
        table.columns.push_back({.heading = heading, .alignment = Alignment::right});
    }
    table.columns.front().alignment = Alignment::left;
    return table;
}

void add_row(TableBlock& table, std::initializer_list<std::string> cells) {
    std::vector<Text> row;
    for (std::string const& cell : cells) {
        row.push_back({{.text = cell}});
    }
    table.rows.push_back(std::move(row));
}

// ---- Tippett

// Falls at each point: the share is that of ratios at or above.
Series
to_steps(std::string label, std::vector<lab::TippettPoint> const& points, double low, double high) {
    Series series{.label = std::move(label), .x = {}, .y = {}};
    auto const add = [&](double x, double y) {
        series.x.push_back(std::clamp(x, low, high));
        series.y.push_back(y);
    };
    if (points.empty()) {
        return series;
    }
    add(low, points.front().share);
    for (std::size_t i = 0; i < points.size(); ++i) {
        add(points[i].log10_lr, points[i].share);
        if (i + 1 < points.size()) {
            add(points[i].log10_lr, points[i + 1].share);
        }
    }
    return series;
}

double share_at(std::vector<lab::TippettPoint> const& points, double log10_lr) {
    auto const found = std::ranges::find_if(
        points, [&](lab::TippettPoint const& point) { return point.log10_lr >= log10_lr; });
    return found == points.end() ? 0.0 : found->share;
}

Chart tippett_chart(Validation const& result, Language language) {
    Extent extent;
    for (auto const* points : {&result.tippett_h1, &result.tippett_h2}) {
        for (auto const& point : *points) {
            extent.take(point.log10_lr);
        }
    }
    Chart chart;
    chart.title = say({"Courbes de Tippett", "Tippett curves"}, language);
    chart.x_label = say({"rapport de vraisemblance", "likelihood ratio"}, language);
    chart.y_label = say(
        {"part des rapports au moins aussi grands", "share of ratios that are at least as large"},
        language);
    chart.caption = say(
        {"À gauche de 1, la courbe de H1 montre en creux ses résultats trompeurs ; à droite de 1, "
         "celle de H2 montre les siens. Les rapports de 0 et infinis sont comptés, non dessinés.",
         "Left of 1, what the curve of H1 lacks are its misleading results; right of 1, the curve "
         "of H2 shows its own. Ratios of 0 and infinity are counted, not drawn."},
        language);
    chart.x_ticks = ratio_ticks(extent.low, extent.high, language);
    for (int i = 0; i <= 4; ++i) {
        chart.y_ticks.push_back({0.25 * i, percent_text(0.25 * i, language)});
    }
    double const low = chart.x_ticks.front().at;
    double const high = chart.x_ticks.back().at;
    chart.content = CurveChart{
        {to_steps(say({"H1 vraie", "H1 true"}, language), result.tippett_h1, low, high),
         to_steps(say({"H2 vraie", "H2 true"}, language), result.tippett_h2, low, high)}};
    chart.numbers = make_table({chart.x_label,
                                say({"H1 vraie", "H1 true"}, language),
                                say({"H2 vraie", "H2 true"}, language)});
    for (int const power : {-3, -2, -1, 0, 1, 2, 3}) {
        add_row(chart.numbers,
                {power_label(power, language),
                 percent_text(share_at(result.tippett_h1, power), language),
                 percent_text(share_at(result.tippett_h2, power), language)});
    }
    chart.alt = say({"Deux courbes qui descendent : part des rapports au moins aussi grands, où H1 "
                     "était vraie et où H2 l’était.",
                     "Two falling curves: share of ratios at least as large, where H1 was true and "
                     "where H2 was."},
                    language);
    return chart;
}

// ---- PAV

bool is_drawn(lab::PavPoint const& point) {
    return std::isfinite(point.log10_pav) && std::abs(point.log10_lr_low) <= widest &&
           std::abs(point.log10_lr_high) <= widest;
}

std::string ratio_or_end(double log10_value, Language language) {
    if (!std::isfinite(log10_value)) {
        return log10_value < 0.0 ? "0" : say({"infini", "infinite"}, language);
    }
    return std::abs(log10_value) > widest
               ? power_label(static_cast<int>(std::lround(log10_value)), language)
               : ratio_text(log10_value, 2, language);
}

Chart pav_chart(Validation const& result, Language language) {
    Extent extent;
    Series curve{.label = say({"ce que le rapport vaut dans ce tableau (PAV)",
                               "what the ratio is worth in this table (PAV)"},
                              language),
                 .x = {},
                 .y = {}};
    for (auto const& point : result.pav) {
        if (!is_drawn(point)) {
            continue;
        }
        for (double const x : {point.log10_lr_low, point.log10_lr_high}) {
            curve.x.push_back(x);
            curve.y.push_back(point.log10_pav);
            extent.take(x);
        }
        extent.take(point.log10_pav);
    }
    Chart chart;
    chart.title = say({"Rapports annoncés et ce qu’ils valent (PAV)",
                       "Stated ratios and what they are worth (PAV)"},
                      language);
    chart.x_label = say({"rapport annoncé", "stated ratio"}, language);
    chart.y_label = say({"rapport après calibration", "ratio after calibration"}, language);
    chart.caption = say(
        {"Au-dessus de la diagonale, un rapport vaut plus que ce qu’il annonce, au-dessous moins. "
         "Aux deux bouts, les rapports que rien ne contredit n’ont pas de valeur finie et ne sont "
         "pas dessinés.",
         "Above the diagonal a ratio is worth more than it states, below less. At both ends, "
         "ratios that nothing contradicts have no finite value and are not drawn."},
        language);
    chart.x_ticks = ratio_ticks(extent.low, extent.high, language);
    chart.y_ticks = chart.x_ticks;
    double const low = chart.x_ticks.front().at;
    double const high = chart.x_ticks.back().at;
    chart.content =
        CurveChart{{std::move(curve),
                    {.label = say({"calibration parfaite", "perfect calibration"}, language),
                     .x = {low, high},
                     .y = {low, high}}}};
    chart.numbers = make_table({chart.x_label, chart.y_label, "H1", "H2"});
    std::size_t const rows = std::min(most_numbers, result.pav.size());
    for (std::size_t i = 0; i < rows; ++i) {
        auto const& point = result.pav[rows == 1 ? 0 : i * (result.pav.size() - 1) / (rows - 1)];
        add_row(chart.numbers,
                {ratio_or_end(point.log10_lr_low, language) + " – " +
                     ratio_or_end(point.log10_lr_high, language),
                 ratio_or_end(point.log10_pav, language),
                 count_text(static_cast<std::int64_t>(point.h1), language),
                 count_text(static_cast<std::int64_t>(point.h2), language)});
    }
    chart.alt = say({"Courbe du rapport après calibration selon le rapport annoncé, à côté de la "
                     "diagonale.",
                     "Curve of the ratio after calibration against the stated ratio, beside the "
                     "diagonal."},
                    language);
    return chart;
}

// ---- ECE

Chart ece_chart(Validation const& result, Language language) {
    std::array<Series, 3> series{
        {{.label = say({"rapports annoncés", "ratios as stated"}, language), .x = {}, .y = {}},
         {.label = say({"après calibration", "after calibration"}, language), .x = {}, .y = {}},
         {.label = say({"sans éléments (RV = 1)", "without evidence (LR = 1)"}, language),
          .x = {},
          .y = {}}}};
    double highest = 1.0;
    bool cut = false;
    for (auto const& point : result.ece) {
        double const ece = point.ece.value_or(gap);
        bool const drawn = ece <= most_bits;
        cut = cut || !drawn;
        highest = drawn ? std::max(highest, ece) : highest;
        for (auto const& [one, y] : {std::pair{&series[0], drawn ? ece : gap},
                                     std::pair{&series[1], point.after_pav},
                                     std::pair{&series[2], point.neutral}}) {
            one->x.push_back(point.log10_prior_odds);
            one->y.push_back(y);
        }
    }
    Chart chart;
    chart.title =
        say({"Entropie croisée empirique (ECE)", "Empirical cross-entropy (ECE)"}, language);
    chart.x_label = say(
        {"cotes de H1 contre H2 avant les résultats", "odds of H1 against H2 before the results"},
        language);
    chart.y_label = say({"bits manquants", "bits that are missing"}, language);
    chart.caption = say({"Ce qui manque encore pour savoir, selon les cotes de départ. Où la "
                         "première courbe dépasse "
                         "la troisième, mieux vaudrait n’avoir rien mesuré.",
                         "What is still missing to know, by the odds at the start. Where the first "
                         "curve lies above "
                         "the third, nothing measured would have been better."},
                        language);
    if (cut) {
        chart.caption += ' ' + say({"Au-delà de 2 bits, la première n’est pas dessinée.",
                                    "Beyond 2 bits the first is not drawn."},
                                   language);
    }
    chart.x_ticks = ratio_ticks(-lab::widest_prior, lab::widest_prior, language);
    for (int i = 0; 0.25 * (i - 1) < highest; ++i) {
        chart.y_ticks.push_back({0.25 * i, decimal_text(0.25 * i, 2, language)});
    }
    chart.numbers = make_table({chart.x_label, series[0].label, series[1].label, series[2].label});
    for (std::size_t i = 0; i < result.ece.size(); i += lab::prior_steps / 6) {
        auto const& point = result.ece[i];
        add_row(chart.numbers,
                {power_label(static_cast<int>(std::lround(point.log10_prior_odds)), language),
                 point.ece ? rounded_text(*point.ece, 2, language)
                           : say({"infini", "infinite"}, language),
                 rounded_text(point.after_pav, 2, language),
                 rounded_text(point.neutral, 2, language)});
    }
    chart.content = CurveChart{{std::move(series[0]), std::move(series[1]), std::move(series[2])}};
    chart.alt =
        say({"Trois courbes d’entropie selon les cotes de départ : rapports annoncés, après "
             "calibration, sans éléments.",
             "Three curves of entropy by the odds at the start: ratios as stated, after "
             "calibration, without evidence."},
            language);
    return chart;
}

} // namespace

std::vector<NamedChart> validation_charts(Validation const& result, Language language) {
    std::vector<NamedChart> charts;
    if (!result.tippett_h1.empty() || !result.tippett_h2.empty()) {
        charts.push_back({"tippett", tippett_chart(result, language)});
    }
    if (std::ranges::any_of(result.pav, is_drawn)) {
        charts.push_back({"pav", pav_chart(result, language)});
    }
    if (!result.ece.empty()) {
        charts.push_back({"ece", ece_chart(result, language)});
    }
    return charts;
}

} // namespace cmq::report
