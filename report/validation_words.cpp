// SPDX-License-Identifier: GPL-3.0-or-later

#include "report/validation_words.hpp"

#include "core/sentence.hpp"
#include "report/typography.hpp"

#include <algorithm>
#include <cmath>

namespace cmq::report {
namespace {

using lab::Measured;
using lab::NotGiven;
using lab::Validation;

// Says forms in one language.
class Sayer {
public:
    explicit Sayer(Language language) : language_{language} {}

    template <class... Texts>
    [[nodiscard]] std::string operator()(Form<sizeof...(Texts)> form, Texts const&... texts) const {
        return Sentence{form, texts...}.in(language_);
    }

    [[nodiscard]] Language language() const { return language_; }

    [[nodiscard]] std::string count(std::uint64_t value) const {
        return count_text(static_cast<std::int64_t>(value), language_);
    }

private:
    Language language_;
};

// How a number is written, as far as its range lets it be told.
using Written = std::string (*)(double, int, Language);

std::string plain(double value, int decimals, Language language) {
    return decimal_text(value, decimals, language);
}

std::string ratio(double log10_value, int, Language language) {
    return ratio_text(log10_value, 2, language);
}

std::string percent(double share, int, Language language) {
    return percent_text(share, language);
}

// Two digits behind the sign, three or four where the range is narrow.
int decimals_of(Measured const& measured) {
    if (!measured.range) {
        return 3;
    }
    double const width = measured.range->high - measured.range->low;
    return width < 0.005 ? 4 : width < 0.1 ? 3 : 2;
}

// One row, or so many.
std::string rows_text(Sayer const& say, std::size_t rows) {
    return rows == 1 ? say({"1 ligne", "1 row"}) : say({"{} lignes", "{} rows"}, say.count(rows));
}

Words why_no_value(NotGiven why) {
    switch (why) {
    case NotGiven::one_side:
        return {"le tableau ne contient qu’un côté : rien sous l’autre hypothèse",
                "the table holds one side only: nothing under the other proposition"};
    case NotGiven::too_few:
        return {"il en faut au moins 2 de chaque côté", "needs at least 2 on each side"};
    case NotGiven::infinite:
        return {"infini : un rapport exclut ce qui était vrai",
                "infinite: a ratio rules out what was true"};
    default:
        break;
    }
    return {"sans objet : les deux côtés ne se recouvrent pas",
            "has no place: the two sides do not overlap"};
}

MeasureWords
words_of(Sayer const& say, Words name, Measured const& measured, Written written, Words meaning) {
    MeasureWords words{
        .name = say(name), .value = "–", .range = "", .reason = "", .meaning = say(meaning)};
    if (!measured.value) {
        words.reason = say(why_no_value(measured.why_no_value));
        return words;
    }
    int const decimals = decimals_of(measured);
    words.value = written(*measured.value, decimals, say.language());
    if (measured.range) {
        words.range = say({"de {} à {}", "{} to {}"},
                          written(measured.range->low, decimals, say.language()),
                          written(measured.range->high, decimals, say.language()));
    } else if (measured.why_no_range == NotGiven::unsteady) {
        words.reason =
            say({"sans fourchette : trop de tableaux retirés au sort ne donnent pas de valeur",
                 "no range: too many tables drawn again give no value"});
    }
    return words; // too few for any range: a warning says so, once
}

std::string units_text(Sayer const& say, std::uint64_t rows, std::uint64_t units, bool grouped) {
    return grouped
               ? say({"{} (groupes : {})", "{} (groups: {})"}, say.count(rows), say.count(units))
               : say.count(rows);
}

std::string spellings_text(Sayer const& say, std::vector<lab::Spelling> const& spellings) {
    constexpr std::size_t most = 6; // there are few ways of writing a truth
    std::string text;
    for (std::size_t i = 0; i < std::min(most, spellings.size()); ++i) {
        text +=
            (i > 0 ? ", " : "") +
            say({"« {} » ({})", "'{}' ({})"}, spellings[i].text, rows_text(say, spellings[i].rows));
    }
    return text.empty() ? say({"rien", "nothing"}) : text;
}

void warn_of_size(Sayer const& say, Validation const& result, std::vector<std::string>& warnings) {
    std::string const h1 = say.count(result.h1);
    std::string const h2 = say.count(result.h2);
    std::uint64_t const fewer = std::min(result.h1, result.h2);
    if (fewer < lab::fewest_for_pav) {
        warnings.push_back(
            say({"trop peu pour séparer discrimination et calibration (Cllr_min, Cllr_cal, devPAV, "
                 "taux d’erreur égale) : au moins 2 de chaque côté, ici {} et {}",
                 "too few to tell discrimination from calibration (Cllr_min, Cllr_cal, devPAV, "
                 "equal error rate): at least 2 on each side, here {} and {}"},
                h1,
                h2));
    }
    if (std::min(result.h1_units, result.h2_units) < lab::fewest_for_range) {
        warnings.push_back(
            say({"trop peu pour dire de combien ces mesures varieraient : au moins 20 résultats "
                 "indépendants de chaque côté, ici {} et {}",
                 "too few to say how far these measures would vary: at least 20 independent "
                 "results on each side, here {} and {}"},
                say.count(result.h1_units),
                say.count(result.h2_units)));
    }
    if (fewer > 0 && fewer < 1000) {
        warnings.push_back(say({"trop peu pour porter un rapport au-delà de {} ni en deçà de 1/{}, "
                                "quels que soient les résultats",
                                "too few to carry a ratio beyond {} or below 1/{}, whatever the "
                                "results"},
                               say.count(result.h2 + 1),
                               say.count(result.h1 + 1)));
    }
}

// The rates that sides of this size cannot show to be lower, were none misleading.
void warn_of_rates(Sayer const& say, Validation const& result, std::vector<std::string>& warnings) {
    double const h1 = lab::make_share(0, result.h1_units, result.h1_units).high;
    double const h2 = lab::make_share(0, result.h2_units, result.h2_units).high;
    if (std::max(h1, h2) > 0.01) {
        warnings.push_back(
            say({"trop peu pour établir un taux de résultats trompeurs inférieur à {} "
                 "sous H1 ou à {} sous H2, même si aucun ne trompe",
                 "too few to show a rate of misleading results below {} under H1 or "
                 "{} under H2, even where none misleads"},
                percent_text(h1, say.language()),
                percent_text(h2, say.language())));
    }
}

void warn_of_ends(Sayer const& say, Validation const& result, std::vector<std::string>& warnings) {
    if (result.h1_zero > 0) {
        warnings.push_back(say({"rapports de 0 alors que H1 était vraie : {} ; la méthode a tenu "
                                "pour impossible ce qui était, et son coût est infini",
                                "ratios of 0 where H1 was true: {}; the method held what was true "
                                "to be impossible, and its cost is infinite"},
                               say.count(result.h1_zero)));
    }
    if (result.h2_infinite > 0) {
        warnings.push_back(say({"rapports infinis alors que H2 était vraie : {} ; la méthode a "
                                "tenu pour impossible ce qui était, et son coût est infini",
                                "infinite ratios where H2 was true: {}; the method held what was "
                                "true to be impossible, and its cost is infinite"},
                               say.count(result.h2_infinite)));
    }
    std::uint64_t const certain = result.h1_infinite + result.h2_zero;
    if (certain > 0) {
        warnings.push_back(say({"rapports de 0 ou infinis du bon côté : {} ; aucun nombre de "
                                "résultats ne porte une certitude",
                                "ratios of 0 or infinity on the right side: {}; no number of "
                                "results carries a certainty"},
                               say.count(certain)));
    }
}

} // namespace

std::vector<MeasureWords> measure_words(Validation const& result, Language language) {
    Sayer const say{language};
    return {
        words_of(say,
                 {"Cllr", "Cllr"},
                 result.cllr,
                 plain,
                 {"coût moyen des rapports, en bits : 0 pour une méthode qui ne se trompe jamais, "
                  "1 pour une méthode qui ne dit rien ; au-dessus de 1, elle trompe plus qu’elle "
                  "n’éclaire",
                  "mean cost of the ratios, in bits: 0 for a method that never errs, 1 for one "
                  "that says nothing; above 1 it misleads more than it informs"}),
        words_of(say,
                 {"Cllr_min", "Cllr_min"},
                 result.cllr_min,
                 plain,
                 {"la part du coût qui resterait si chaque rapport avait la bonne grandeur : ce "
                  "que la méthode ne sait pas distinguer",
                  "the part of the cost that would remain if each ratio had its right size: what "
                  "the method cannot tell apart"}),
        words_of(say,
                 {"Cllr_cal", "Cllr_cal"},
                 result.cllr_cal,
                 plain,
                 {"le reste du coût : des rapports trop grands ou trop petits pour ce qu’ils "
                  "valent",
                  "the rest of the cost: ratios that are too large or too small for what they are "
                  "worth"}),
        words_of(say,
                 {"devPAV", "devPAV"},
                 result.devpav,
                 plain,
                 {"écart moyen, en puissances de dix, entre un rapport annoncé et ce qu’il vaut "
                  "dans ce tableau ; 0 s’il n’y en a pas, 1 pour un facteur dix",
                  "mean distance, in powers of ten, between a stated ratio and what it is worth "
                  "in this table; 0 where there is none, 1 for a factor of ten"}),
        words_of(say,
                 {"borne inférieure (ELUB)", "lower bound (ELUB)"},
                 result.log10_lower,
                 ratio,
                 {"en deçà, ce tableau ne porte plus les rapports de la méthode : trop peu de "
                  "résultats pour le vérifier",
                  "below it, this table no longer carries the ratios of the method: too few "
                  "results to check them"}),
        words_of(say,
                 {"borne supérieure (ELUB)", "upper bound (ELUB)"},
                 result.log10_upper,
                 ratio,
                 {"au-delà, ce tableau ne porte plus les rapports de la méthode",
                  "beyond it, this table no longer carries the ratios of the method"}),
        words_of(say,
                 {"taux d’erreur égale", "equal error rate"},
                 result.equal_error_rate,
                 percent,
                 {"la part d’erreurs au seuil où les deux côtés en ont autant",
                  "the share of errors at the threshold where both sides have as many"})};
}

std::string share_words(lab::CountedShare const& share, Language language) {
    Sayer const say{language};
    if (share.of == 0) {
        return say({"aucun résultat", "no result"});
    }
    return say({"{} sur {} ({} ; de {} à {})", "{} of {} ({}; {} to {})"},
               say.count(share.count),
               say.count(share.of),
               percent_text(share.share, language),
               percent_text(share.low, language),
               percent_text(share.high, language));
}

std::string strength_words(double strength, bool h1, Language language) {
    Sayer const say{language};
    if (strength == 1.0) {
        return h1 ? say({"RV inférieur à 1", "LR below 1"})
                  : say({"RV supérieur à 1", "LR above 1"});
    }
    std::string const k = say.count(static_cast<std::uint64_t>(strength));
    return h1 ? say({"RV d’au plus 1/{}", "LR of 1/{} or less"}, k)
              : say({"RV d’au moins {}", "LR of {} or more"}, k);
}

std::string counts_words(Validation const& result, Language language) {
    Sayer const say{language};
    bool const grouped = result.all_groups > 0;
    return say({"rapports où H1 était vraie : {} ; où H2 l’était : {}",
                "ratios where H1 was true: {}; where H2 was: {}"},
               units_text(say, result.h1, result.h1_units, grouped),
               units_text(say, result.h2, result.h2_units, grouped));
}

std::string truth_words(lab::LrTable const& table, Language language) {
    Sayer const say{language};
    return say({"lu comme H1 : {} ; comme H2 : {}", "taken as H1: {}; as H2: {}"},
               spellings_text(say, table.spellings[0]),
               spellings_text(say, table.spellings[1]));
}

std::string calibrated_words(Validation const& result, Language language) {
    Sayer const say{language};
    auto const& calibrated = result.if_calibrated;
    if (!calibrated.cllr_cal || !result.cllr_cal.value) {
        return "";
    }
    bool const shown = *result.cllr_cal.value > *calibrated.cllr_cal;
    std::string const limit = rounded_text(*calibrated.cllr_cal, 2, language);
    return shown
               ? say({"une méthode parfaitement calibrée montrerait dans 95 tableaux pareils sur "
                      "100 un Cllr_cal d’au plus {} : celui-ci est plus grand",
                      "a perfectly calibrated method would show a Cllr_cal of at most {} in 95 of "
                      "100 such tables: this one is larger"},
                     limit)
               : say({"une méthode parfaitement calibrée montrerait dans 95 tableaux pareils sur "
                      "100 un Cllr_cal d’au plus {} : celui-ci n’est pas plus grand, aucun défaut "
                      "de calibration n’est établi, ni exclu",
                      "a perfectly calibrated method would show a Cllr_cal of at most {} in 95 of "
                      "100 such tables: this one is not larger, no fault of calibration is shown, "
                      "nor ruled out"},
                     limit);
}

std::vector<std::string> validation_warnings(Validation const& result, Language language) {
    Sayer const say{language};
    std::vector<std::string> warnings;
    warn_of_ends(say, result, warnings);
    warn_of_size(say, result, warnings);
    warn_of_rates(say, result, warnings);
    if (result.h1 > 0 && result.h2 > 0 && std::min(result.h1, result.h2) < 200) {
        warnings.push_back(say({"sur un petit tableau, Cllr_min est trop bas, Cllr_cal et devPAV "
                                "trop hauts : le regroupement s’ajuste au hasard du tableau",
                                "in a small table Cllr_min is too low, Cllr_cal and devPAV too "
                                "high: pooling fits the chance of the table"}));
    }
    return warnings;
}

std::vector<std::string> validation_limits(Language language) {
    Sayer const say{language};
    return {
        say({"Ces mesures décrivent ce tableau. Elles ne valent pour une affaire que si ses "
             "conditions sont celles du tableau : produit, support, lampe, délai, population.",
             "These measures describe this table. They hold for a case only where its conditions "
             "are those of the table: product, surface, lamp, delay, population."}),
        say({"Des rapports calculés sur des données simulées vérifient le calcul, non le modèle : "
             "ils ne relèvent aucun plafond de ce programme.",
             "Ratios computed from simulated data check the arithmetic, not the model: they raise "
             "no cap of this program."}),
        say({"La vérité de chaque ligne est celle que le tableau affirme ; rien ici ne la vérifie.",
             "The truth of each row is the one that the table states; nothing here checks it."}),
        say({"Une bonne moyenne n’empêche pas un résultat trompeur dans une affaire donnée.",
             "A good mean does not keep a result of one case from misleading."})};
}

} // namespace cmq::report
