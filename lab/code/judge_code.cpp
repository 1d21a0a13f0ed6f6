// SPDX-License-Identifier: GPL-3.0-or-later

#include "lab/code/judge_code.hpp"

#include "core/number_text.hpp"

#include <algorithm>
#include <cmath>

namespace cmq::lab {
namespace {

// A base of a lot's code that its own molecules show otherwise: an error of synthesis, or a mutation in the copying.
// Judgement; one in a thousand is the order of solid-phase synthesis.
constexpr double log10_own_difference = -3.0;

constexpr double hopping_tail = 1e-3;

std::string names_of(std::vector<std::string> const& names) {
    std::string text;
    for (std::string const& name : names) {
        text += (text.empty() ? "" : ", ") + name;
    }
    return text;
}

/// Of the bases alone: several molecules by their consensus, few by the best read.
double log10_code(LotEvidence const& evidence) {
    double const consensus = log10_own_difference * static_cast<double>(evidence.distance) -
                             std::log10(std::max(evidence.chance, 1e-300));
    return evidence.molecules >= 3 ? consensus : evidence.best_log10_lr;
}

bool is_from_hopping(LotEvidence const& evidence, JudgeSettings const& settings) {
    double elsewhere = 0.0;
    for (CodeReading const& other : settings.others_of_run) {
        for (LotEvidence const& lot : other.lots) {
            elsewhere += lot.lot == evidence.lot ? static_cast<double>(lot.reads) : 0.0;
        }
    }
    double const expected = settings.index_hopping * elsewhere;
    return expected > 0.0 && poisson_tail(evidence.reads, expected) >= hopping_tail;
}

/// Of those asked about, who handled the lot and what carried it.
std::vector<std::string> handlers_of(Lot const& lot, JudgeSettings const& settings) {
    std::vector<std::string> handlers;
    auto const take = [&](std::vector<std::string> const& known,
                          std::vector<std::string> const& asked) {
        for (std::string const& each : known) {
            if (std::ranges::find(asked, each) != asked.end()) {
                handlers.push_back(each);
            }
        }
    };
    take(lot.people, settings.people);
    take(lot.vehicles, settings.vehicles);
    return handlers;
}

LotResult judge_lot(LotEvidence const& evidence,
                    CodeReading const& reading,
                    Registry const& registry,
                    JudgeSettings const& settings,
                    ErrorBound const& bound) {
    LotResult result;
    result.evidence = evidence;
    result.log10_code = log10_code(evidence);
    result.log10_lr =
        -std::log10(std::pow(10.0, -std::max(result.log10_code, -300.0)) + bound.total());
    result.from_hopping = is_from_hopping(evidence, settings);
    result.is_read = evidence.molecules >= reading.needed_molecules && !result.from_hopping &&
                     result.log10_lr > 0.0 && result.log10_code >= reading.least_log10_code;
    result.handled_by = handlers_of(registry.lots[evidence.lot], settings);
    return result;
}

CodeControl judge_control(CodeReading const& reading,
                          ControlKind kind,
                          Registry const& registry,
                          JudgeSettings const& settings,
                          ErrorBound const& bound) {
    CodeControl control;
    control.name = reading.sample;
    control.kind = kind;
    control.is_negative = kind != ControlKind::positive;
    control.read = reading.read;
    for (LotEvidence const& evidence : reading.lots) {
        if (judge_lot(evidence, reading, registry, settings, bound).is_read) {
            control.lots.push_back(registry.lots[evidence.lot].name);
        }
    }
    control.is_good = control.lots.empty() == control.is_negative;
    return control;
}

/// Adds reasons to a judgement.
class Reasons {
public:
    explicit Reasons(CodeJudgement& judgement) : judgement_{judgement} {}

    template <class... Texts>
    void operator()(std::string_view id, Form<sizeof...(Texts)> form, Texts const&... texts) {
        judgement_.reasons.push_back({id, Sentence{form, texts...}});
    }

private:
    CodeJudgement& judgement_;
};

Sentence control_words(ControlKind kind) {
    switch (kind) {
    case ControlKind::negative:
        return Sentence{{"négatif", "negative"}};
    case ControlKind::extraction:
        return Sentence{{"d’extraction", "extraction"}};
    case ControlKind::environment:
        return Sentence{{"d’environnement", "environment"}};
    case ControlKind::positive:
        break;
    }
    return Sentence{{"positif", "positive"}};
}

void explain_control(CodeControl const& control, Reasons& add) {
    if (control.is_negative) {
        add("negative_control_positive",
            {"le témoin {} {} contient {} : aucun verdict n’est rendu, une contamination "
             "explique le résultat aussi bien",
             "the {} control {} holds {}: the verdict is withheld, contamination explains "
             "the result as well"},
            control_words(control.kind),
            control.name,
            names_of(control.lots));
    } else {
        add("positive_control_negative",
            {"le témoin positif {} ne donne aucun lot : l’analyse n’a pas fonctionné",
             "the positive control {} gives no lot: the analysis did not work"},
            control.name);
    }
}

/// The kinds of controls that nobody gave, where some were given.
void explain_missing_controls(CodeJudgement const& judgement, Reasons& add) {
    Sentence missing;
    for (ControlKind const kind : {ControlKind::negative,
                                   ControlKind::extraction,
                                   ControlKind::environment,
                                   ControlKind::positive}) {
        if (std::ranges::find(judgement.controls, kind, &CodeControl::kind) ==
            judgement.controls.end()) {
            missing = missing.empty()
                          ? control_words(kind)
                          : Sentence{{"{}, {}", "{}, {}"}, missing, control_words(kind)};
        }
    }
    if (!missing.empty()) {
        add("controls_not_given",
            {"témoins de ces genres non fournis : {}", "no control is given of these kinds: {}"},
            missing);
    }
}

/// Whether the controls leave room for a verdict.
bool judge_controls(CodeJudgement& judgement, Reasons& add) {
    bool is_good = true;
    bool has_negative = false;
    for (CodeControl const& control : judgement.controls) {
        has_negative = has_negative || control.is_negative;
        is_good = is_good && control.is_good;
        if (!control.is_good) {
            explain_control(control, add);
        }
    }
    if (!has_negative) {
        add("no_negative_control",
            {"aucun témoin négatif n’est fourni : une contamination n’est pas écartée ; le "
             "demander au laboratoire",
             "no negative control is given: contamination is not ruled out; ask the laboratory "
             "for it"});
    } else {
        explain_missing_controls(judgement, add);
    }
    return is_good;
}

void explain_bound(Registry const& registry, ErrorBound const& bound, Reasons& add) {
    if (!bound.is_stated) {
        add("error_rate_not_stated",
            {"aucun taux d’erreur du laboratoire n’est déclaré : {} est retenu, et aucun rapport "
             "ne dépasse {}",
             "no error rate of the laboratory is stated: {} is taken, and no ratio exceeds {}"},
            assumed_error,
            1.0 / assumed_error);
    }
    if (!registry.negative_controls) {
        add("no_control_history",
            {"l’historique des témoins négatifs du laboratoire n’est pas fourni : le taux de "
             "contamination n’est pas compris dans le rapport",
             "the laboratory's history of negative controls is not given: its rate of "
             "contamination is not in the ratio"});
    }
}

void explain_lot(LotResult const& lot,
                 Registry const& registry,
                 CodeReading const& reading,
                 Reasons& add) {
    auto const& name = registry.lots[lot.evidence.lot].name;
    if (lot.from_hopping) {
        add("index_hopping",
            {"{} : autant de lectures viendraient d’autres échantillons de la série",
             "{}: as many reads would come from other samples of the run"},
            name);
    } else if (lot.evidence.molecules < reading.needed_molecules) {
        add("too_few_molecules",
            {"{} : {} molécules lues, il en faut {}", "{}: {} molecules read, {} are needed"},
            name,
            lot.evidence.molecules,
            reading.needed_molecules);
    } else if (!lot.is_read && reading.kind != ReadingKind::reads) {
        add("too_weak",
            {"{} : la lecture parle pour ce lot, trop faiblement pour le dire (log10 {}, il faut "
             "{})",
             "{}: the reading speaks for this lot, too weakly to say so (log10 {}, {} is needed)"},
            name,
            fixed_text(lot.log10_code, 1),
            fixed_text(reading.least_log10_code, 1));
    } else if (!lot.is_read) {
        add("another_code_fits_better",
            {"{} : les lectures s’accordent entre elles et s’écartent du code en {} bases ; un "
             "code qui ne figure pas au registre les explique mieux",
             "{}: the reads agree with each other and differ from the code in {} bases; a code "
             "that is not in the registry explains them better"},
            name,
            lot.evidence.distance);
    }
    if (!lot.handled_by.empty()) {
        add("handled_by",
            {"{} : ce lot est passé entre les mains de {}",
             "{}: this lot passed through the hands of {}"},
            name,
            names_of(lot.handled_by));
    }
}

/// Whether what was read is enough to rule lots out.
struct AmountWords {
    Form<1> none;
    std::string_view too_few;
    Form<2> few;
};

AmountWords words_of(ReadingKind kind) {
    switch (kind) {
    case ReadingKind::trace:
        return {{"{} bases lisibles, sans aucun code du registre",
                 "{} readable bases, without any code of the registry"},
                "too_few_bases",
                {"{} bases lisibles, il en faut {} pour exclure les lots du registre",
                 "{} readable bases, {} are needed to rule out the lots of the registry"}};
    case ReadingKind::fragments:
        return {{"{} pics, qui ne sont ceux d’aucun code du registre",
                 "{} peaks, which are those of no code of the registry"},
                "too_few_peaks",
                {"{} pics, il en faut {} pour exclure les lots du registre",
                 "{} peaks, {} are needed to rule out the lots of the registry"}};
    case ReadingKind::particles:
        return {{"{} particules lues, aucune d’un code du registre",
                 "{} particles read, none of a code of the registry"},
                "too_few_particles",
                {"{} particules lues, il en faut {} pour exclure les lots du registre",
                 "{} particles read, {} are needed to rule out the lots of the registry"}};
    case ReadingKind::reads:
        break;
    }
    return {{"{} lectures exploitables, aucune d’un code du registre",
             "{} usable reads, none of a code of the registry"},
            "too_few_reads",
            {"{} lectures exploitables, il en faut {} pour exclure les lots du registre",
             "{} usable reads, {} are needed to rule out the lots of the registry"}};
}

void explain_amount(CodeReading const& reading, bool is_enough, Reasons& add) {
    auto const words = words_of(reading.kind);
    if (is_enough) {
        add("no_registered_code", words.none, reading.read);
    } else {
        add(words.too_few, words.few, reading.read, reading.needed_reads);
    }
}

CodeVerdict verdict_of(CodeJudgement const& judgement, CodeReading const& reading, Reasons& add) {
    if (std::ranges::any_of(judgement.lots, &LotResult::is_read)) {
        return CodeVerdict::match;
    }
    bool const is_enough = reading.read >= reading.needed_reads;
    if (!is_enough || judgement.lots.empty()) {
        explain_amount(reading, is_enough, add);
        return is_enough ? CodeVerdict::no_match : CodeVerdict::inconclusive;
    }
    // Of a trace, lots that are named but not read leave it open; molecules that agree on another code do not.
    bool const all_differ =
        reading.kind == ReadingKind::reads &&
        std::ranges::all_of(judgement.lots, [&](LotResult const& lot) {
            return lot.log10_lr <= 0.0 && lot.evidence.molecules >= reading.needed_molecules;
        });
    return all_differ ? CodeVerdict::no_match : CodeVerdict::inconclusive;
}

std::vector<HandledLot> find_handled(Registry const& registry,
                                     JudgeSettings const& settings,
                                     std::vector<LotResult> const& results) {
    std::vector<HandledLot> handled;
    for (std::size_t lot = 0; lot < registry.lots.size(); ++lot) {
        auto by = handlers_of(registry.lots[lot], settings);
        if (!by.empty()) {
            bool const is_read = std::ranges::any_of(results, [&](LotResult const& result) {
                return result.evidence.lot == lot && result.is_read;
            });
            handled.push_back({.lot = lot, .by = std::move(by), .is_read = is_read});
        }
    }
    return handled;
}

} // namespace

std::string_view name_of(ControlKind kind) noexcept {
    switch (kind) {
    case ControlKind::negative:
        return "negative";
    case ControlKind::extraction:
        return "extraction";
    case ControlKind::environment:
        return "environment";
    case ControlKind::positive:
        break;
    }
    return "positive";
}

std::string_view name_of(CodeVerdict verdict) noexcept {
    switch (verdict) {
    case CodeVerdict::match:
        return "match";
    case CodeVerdict::no_match:
        return "no_match";
    case CodeVerdict::inconclusive:
        break;
    }
    return "inconclusive";
}

ErrorBound bound_of(Registry const& registry) {
    ErrorBound bound;
    bound.is_stated = registry.laboratory_error.has_value();
    bound.laboratory = registry.laboratory_error.value_or(assumed_error);
    bound.clerical = registry.clerical_error.value_or(0.0);
    if (registry.negative_controls && registry.negative_controls->all > 0) {
        bound.drop_in =
            rate_bound(registry.negative_controls->positive, registry.negative_controls->all);
    }
    return bound;
}

CodeJudgement
judge_code(CodeReading const& reading, Registry const& registry, JudgeSettings const& settings) {
    CodeJudgement judgement;
    judgement.false_match = reading.false_match;
    judgement.false_match_low = reading.false_match_low;
    judgement.false_match_high = reading.false_match_high;
    judgement.bound = bound_of(registry);
    auto const judge = [&](std::vector<CodeReading> const& controls, ControlKind kind) {
        for (CodeReading const& control : controls) {
            judgement.controls.push_back(
                judge_control(control, kind, registry, settings, judgement.bound));
        }
    };
    judge(settings.negative_controls, ControlKind::negative);
    judge(settings.extraction_controls, ControlKind::extraction);
    judge(settings.environment_controls, ControlKind::environment);
    judge(settings.positive_controls, ControlKind::positive);
    for (LotEvidence const& evidence : reading.lots) {
        judgement.lots.push_back(judge_lot(evidence, reading, registry, settings, judgement.bound));
    }
    Reasons add{judgement};
    bool const may_be_given = judge_controls(judgement, add);
    for (LotResult const& lot : judgement.lots) {
        explain_lot(lot, registry, reading, add);
    }
    CodeVerdict const verdict = verdict_of(judgement, reading, add);
    judgement.verdict = may_be_given ? verdict : CodeVerdict::inconclusive;
    explain_bound(registry, judgement.bound, add);
    judgement.elimination = find_handled(registry, settings, judgement.lots);
    return judgement;
}

} // namespace cmq::lab
