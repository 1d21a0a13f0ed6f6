// SPDX-License-Identifier: GPL-3.0-or-later

#include "apps/cli/limits_text.hpp"

#include "core/columns.hpp"
#include "core/number_text.hpp"

#include <algorithm>
#include <cmath>

namespace cmq::cli {
namespace {

using lab::BlankTable;
using lab::ChartRule;
using lab::ChartSignal;
using lab::Lean;
using lab::Limits;
using lab::WhyNoMinimum;

std::string lines(std::string const& sentence) {
    return wrapped(sentence, 80, "  ", "    ") + '\n';
}

std::string warning(std::string const& sentence) {
    return wrapped(sentence, 80, "  ! ", "    ") + '\n';
}

// A value as far as two digits of the spread go.
std::string figure(Speaker const& say, double value, double spread) {
    if (!(spread > 0.0) || value == 0.0) {
        return say.figure(significant_text(value, 4));
    }
    double const digits =
        std::floor(std::log10(std::abs(value))) - std::floor(std::log10(spread)) + 3.0;
    return say.figure(significant_text(value, static_cast<int>(std::clamp(digits, 2.0, 15.0))));
}

std::string spread_figure(Speaker const& say, double spread) {
    return say.figure(significant_text(spread, 3));
}

std::string percent(Speaker const& say, double share) {
    std::string const number = say.figure(significant_text(100.0 * share, 2));
    return say({"{} %", "{} %"}, number);
}

// ---- critical value

Sentence on_what(Limits const& limits) {
    auto const& critical = limits.critical;
    if (!critical.days) {
        return Sentence{{"{} blancs, sans date", "{} blanks, without dates"}, critical.blanks};
    }
    if (*critical.days == 1) {
        return Sentence{{"{} blancs d’un seul jour", "{} blanks of a single day"}, critical.blanks};
    }
    return Sentence{
        {"{} blancs de {} jours", "{} blanks of {} days"}, critical.blanks, *critical.days};
}

std::string spreads_text(Speaker const& say, Limits const& limits) {
    auto const& critical = limits.critical;
    std::string const mean = figure(say, critical.mean, critical.sd);
    std::string const sd = spread_figure(say, critical.sd);
    if (critical.between_sd && critical.within_sd) {
        return lines(say({"moyenne {} ; écarts-types : entre les jours {}, au sein d’un jour {}, "
                          "d’un blanc de plus un autre jour {}",
                          "mean {}; standard deviations: between days {}, within a day {}, of a "
                          "further blank of a further day {}"},
                         mean,
                         spread_figure(say, *critical.between_sd),
                         spread_figure(say, *critical.within_sd),
                         sd));
    }
    return lines(say({"moyenne {}, écart-type {}", "mean {}, standard deviation {}"}, mean, sd));
}

std::string days_warning(Speaker const& say, Limits const& limits) {
    auto const& critical = limits.critical;
    if (!critical.days) {
        return warning(say({"sans dates, les blancs sont tenus pour indépendants ; ceux d’un même "
                            "jour se ressemblent souvent, et la valeur est alors trop basse",
                            "without dates the blanks are taken as independent; those of one day "
                            "are often alike, and the value is then too low"}));
    }
    if (*critical.days == 1) {
        return warning(say({"la dispersion d’un jour à l’autre est inconnue : la valeur ne vaut "
                            "que pour un résultat de ce même jour",
                            "the spread between days is unknown: the value holds only for a result "
                            "of that same day"}));
    }
    return "";
}

std::string critical_text(Speaker const& say, Limits const& limits) {
    auto const& critical = limits.critical;
    std::string text =
        lines(say({"valeur critique : {}, d’après {}", "critical value: {}, from {}"},
                  figure(say, critical.value, critical.sd),
                  on_what(limits).in(say.language())));
    bool const further_day = critical.days && *critical.days > 1;
    text += lines(say(
        further_day
            ? Form<2>{"un blanc de plus, un autre jour, la dépasse avec une probabilité de {} "
                      "(Student, {} degrés de liberté)",
                      "one further blank of a further day exceeds it with a probability of {} "
                      "(Student, {} degrees of freedom)"}
            : Form<2>{"un blanc de plus la dépasse avec une probabilité de {} (Student, {} degrés "
                      "de liberté)",
                      "one further blank exceeds it with a probability of {} (Student, {} degrees "
                      "of freedom)"},
        percent(say, critical.false_positive),
        say.figure(significant_text(critical.degrees, 3))));
    text += spreads_text(say, limits) + days_warning(say, limits);
    text += lines(say({"plus grand blanc : {} ; quelle que soit la loi des blancs, un de plus le "
                       "dépasse avec une probabilité d’au plus {}",
                       "largest blank: {}; whatever the distribution of blanks, a further one "
                       "exceeds it with a probability of at most {}"},
                      figure(say, limits.largest.value, critical.sd),
                      percent(say, limits.largest.exceeded_at_most)));
    return text;
}

// ---- skewness

std::string skewness_text(Speaker const& say, Limits const& limits) {
    std::string const value = say.figure(fixed_text(limits.skewness.value, 2));
    std::size_t const points = limits.skewness.values;
    switch (limits.skewness.verdict) {
    case Lean::cannot_tell:
        return lines(say({"dissymétrie : ne peut être dite, moins de huit points, ou tous égaux",
                          "skewness: cannot be told, fewer than eight points, or all equal"}));
    case Lean::not_shown:
        return lines(say({"dissymétrie : {} sur {} points ; aucune n’est établie",
                          "skewness: {} over {} points; none is shown"},
                         value,
                         points));
    case Lean::right:
        return warning(say({"dissymétrie : {} sur {} points, vers les hautes valeurs ; la valeur "
                            "critique est trop basse : s’en tenir au plus grand blanc",
                            "skewness: {} over {} points, towards high values; the critical value "
                            "is too low: go by the largest blank"},
                           value,
                           points));
    case Lean::left:
        break;
    }
    return warning(say({"dissymétrie : {} sur {} points, vers les basses valeurs ; la valeur "
                        "critique n’est pas sûre : voir le plus grand blanc",
                        "skewness: {} over {} points, towards low values; the critical value is "
                        "not safe: see the largest blank"},
                       value,
                       points));
}

// ---- control chart

Words words_of(ChartSignal const& signal) {
    switch (signal.rule) {
    case ChartRule::beyond_action:
        return signal.upward ? Words{"un point au-dessus de la limite d’action (3 s)",
                                     "one point above the action limit (3 s)"}
                             : Words{"un point au-dessous de la limite d’action (3 s)",
                                     "one point below the action limit (3 s)"};
    case ChartRule::two_of_three:
        return signal.upward
                   ? Words{"deux points de trois au-dessus de la limite de surveillance (2 s)",
                           "two points of three above the warning limit (2 s)"}
                   : Words{"deux points de trois au-dessous de la limite de surveillance (2 s)",
                           "two points of three below the warning limit (2 s)"};
    case ChartRule::nine_on_a_side:
        return signal.upward ? Words{"neuf points de suite ou plus au-dessus de la ligne centrale",
                                     "nine points or more in a row above the centre"}
                             : Words{"neuf points de suite ou plus au-dessous de la ligne centrale",
                                     "nine points or more in a row below the centre"};
    case ChartRule::six_in_a_row:
        break;
    }
    return signal.upward ? Words{"six points de suite ou plus qui montent",
                                 "six points or more in a row rising"}
                         : Words{"six points de suite ou plus qui descendent",
                                 "six points or more in a row falling"};
}

// The lines of the file behind a signal; the first and the number of the rest where there are many.
std::string rows_of(Speaker const& say,
                    BlankTable const& table,
                    Limits const& limits,
                    ChartSignal const& signal) {
    constexpr std::size_t most = 12;
    std::string text;
    std::size_t named = 0;
    std::size_t all = 0;
    for (std::size_t const point : signal.points) {
        for (std::size_t const i : limits.points[point].blanks) {
            if (++all <= most) {
                text += (named++ > 0 ? ", " : "") + std::to_string(table.blanks[i].line);
            }
        }
    }
    if (all > most) {
        text = say({"{} et {} autres", "{} and {} more"}, text, all - most);
    }
    auto const& first = table.blanks[limits.points[signal.points.front()].blanks.front()];
    auto const& last = table.blanks[limits.points[signal.points.back()].blanks.back()];
    text = all == 1 ? say({"ligne {}", "line {}"}, text) : say({"lignes {}", "lines {}"}, text);
    if (first.date.empty()) {
        return text;
    }
    return first.date == last.date
               ? say({"{} ({})", "{} ({})"}, text, first.date)
               : say({"{} (du {} au {})", "{} ({} to {})"}, text, first.date, last.date);
}

std::string signals_text(Speaker const& say, BlankTable const& table, Limits const& limits) {
    if (!limits.chart.judged) {
        return lines(say({"sans verdict : moins de huit points, ou tous égaux",
                          "no verdict: fewer than eight points, or all equal"}));
    }
    constexpr std::size_t most = 20;
    auto const& signals = limits.chart.signals;
    std::string text;
    for (std::size_t i = 0; i < signals.size() && i < most; ++i) {
        text += warning(say({"{} : {}", "{}: {}"},
                            say(words_of(signals[i])),
                            rows_of(say, table, limits, signals[i])));
    }
    if (signals.size() > most) {
        text += warning(say({"et {} autres signaux (--json les donne tous)",
                             "and {} more signals (--json gives them all)"},
                            signals.size() - most));
    }
    if (signals.empty()) {
        text += lines(say({"aucun signal, ce qui n’établit pas la stabilité",
                           "no signal, which does not show that the process is steady"}));
    } else {
        text += warning(say({"la valeur critique n’est pas sûre tant que la cause de ces signaux "
                             "n’est pas connue ou écartée",
                             "the critical value is not safe until the cause of these signals is "
                             "known or ruled out"}));
    }
    text += lines(say({"un procédé stable donne un signal dans {} des cartes de {} points",
                       "a steady process gives a signal in {} of charts of {} points"},
                      percent(say, limits.false_signals ? limits.false_signals->share : 0.0),
                      limits.points.size()));
    return text;
}

std::string chart_text(Speaker const& say, BlankTable const& table, Limits const& limits) {
    auto const& chart = limits.chart;
    std::string const of =
        limits.of_days ? say({"{} moyennes de jours, dans l’ordre des dates",
                              "{} means of days, in order of date"},
                             limits.points.size())
        : table.dated  ? say({"{} blancs, dans l’ordre des dates", "{} blanks, in order of date"},
                            limits.points.size())
                       : say({"{} blancs, dans l’ordre du fichier faute de dates",
                              "{} blanks, in order of the file for want of dates"},
                            limits.points.size());
    auto const at = [&](double spreads) {
        return figure(say, chart.centre + spreads * chart.sd, chart.sd);
    };
    std::string text = lines(say({"carte de contrôle de {}", "control chart of {}"}, of));
    text += lines(say({"ligne centrale {}, s {} (étendues mobiles) ; surveillance {} à {}, action "
                       "{} à {}",
                       "centre {}, s {} (moving ranges); warning {} to {}, action {} to {}"},
                      at(0.0),
                      spread_figure(say, chart.sd),
                      at(-2.0),
                      at(2.0),
                      at(-3.0),
                      at(3.0)));
    if (limits.unequal_days) {
        text += warning(say({"les jours ont des nombres inégaux de blancs : les limites ne valent "
                             "qu’à peu près",
                             "days have unlike numbers of blanks: the limits hold only roughly"}));
    }
    return text + signals_text(say, table, limits);
}

// ---- minimum detectable value

Words why_none(WhyNoMinimum why) {
    switch (why) {
    case WhyNoMinimum::given:
        break;
    case WhyNoMinimum::too_few_levels:
        return {"il faut des résultats d’au moins deux quantités connues outre les blancs (colonne "
                "« level »)",
                "it needs results of at least two known amounts beside the blanks (column "
                "'level')"};
    case WhyNoMinimum::spread_changes:
        return {"les résultats des quantités connues n’ont pas la dispersion des blancs",
                "results of the known amounts do not scatter as the blanks do"};
    case WhyNoMinimum::not_straight:
        return {"les résultats ne suivent pas une droite",
                "the results do not follow a straight line"};
    case WhyNoMinimum::no_slope:
        break;
    }
    return {"il n’est pas établi que le résultat croît avec la quantité",
            "that results rise with the amount is not shown"};
}

std::string minimum_text(Speaker const& say, Limits const& limits) {
    auto const& dilution = limits.dilution;
    if (!dilution.minimum) {
        return lines(say({"valeur minimale détectable : ne peut être donnée ; {}",
                          "minimum detectable value: cannot be given; {}"},
                         say(why_none(dilution.why))));
    }
    auto const& minimum = *dilution.minimum;
    std::string text = lines(
        say({"valeur minimale détectable : {}, décelée avec une probabilité de {} ({} résultats, "
             "{} quantités connues)",
             "minimum detectable value: {}, found with a probability of {} ({} results, {} known "
             "amounts)"},
            say.figure(significant_text(minimum.value, 3)),
            percent(say, 1.0 - minimum.missed),
            minimum.results,
            minimum.levels));
    text += lines(say(
        {"droite : pente {} ± {}, écart-type résiduel {} ; les jours n’y sont pas distingués",
         "straight line: slope {} ± {}, residual standard deviation {}; days are not told apart in "
         "it"},
        figure(say, minimum.slope, minimum.slope_se),
        spread_figure(say, minimum.slope_se),
        spread_figure(say, minimum.residual_sd)));
    if (limits.minimum_in_doubt()) {
        text += warning(say({"cette valeur n’est pas sûre : la carte donne des signaux, ou "
                             "les jours diffèrent plus que les blancs d’un même jour",
                             "this value is not safe: the chart gives signals, or days differ "
                             "more than blanks of one day"}));
    }
    return text;
}

} // namespace

std::string limits_text(Speaker const& say,
                        std::string const& file,
                        BlankTable const& table,
                        Limits const& limits) {
    return file + '\n' + critical_text(say, limits) + skewness_text(say, limits) +
           chart_text(say, table, limits) + minimum_text(say, limits);
}

} // namespace cmq::cli
