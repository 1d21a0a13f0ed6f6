// SPDX-License-Identifier: GPL-3.0-or-later

#include "lab/code/judge_reasons.hpp"

#include "core/number_text.hpp"

#include <algorithm>

namespace cmq::lab {
namespace {

std::string names_of(std::vector<std::string> const& names) {
    std::string text;
    for (std::string const& name : names) {
        text += (text.empty() ? "" : ", ") + name;
    }
    return text;
}

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

void explain_hopping(LotResult const& lot,
                     std::string const& name,
                     JudgeSettings const& settings,
                     Reasons& add) {
    auto const expected = fixed_text(lot.hopping_reads, 1);
    if (settings.index_hopping) {
        add("index_hopping",
            {"{} : {} lectures ici ; les autres échantillons de la série en apporteraient {} par "
             "saut d’index, à la part déclarée de {} : ce lot n’est pas retenu",
             "{}: {} reads here; the other samples of the run would bring {} by index hopping at "
             "the stated share of {}: this lot does not count"},
            name,
            lot.evidence.reads,
            expected,
            *settings.index_hopping);
    } else {
        add("index_hopping",
            {"{} : {} lectures ici ; les autres échantillons et le témoin positif en apporteraient "
             "{} par saut d’index s’ils sont de la même série (part de {}, retenue faute d’être "
             "déclarée) : ce lot n’est pas retenu ; demander cette part au laboratoire",
             "{}: {} reads here; the other samples and the positive control would bring {} by "
             "index hopping if they are of the same run (a share of {}, taken because none is "
             "stated): this lot does not count; ask the laboratory for that share"},
            name,
            lot.evidence.reads,
            expected,
            assumed_index_hopping);
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

/// A clean control of fragments that is not empty.
void explain_peaks(CodeControl const& control, Reasons& add) {
    bool const is_told = control.is_negative && control.is_good &&
                         control.reading == ReadingKind::fragments && control.read > 0;
    if (is_told) {
        add("control_not_empty",
            {"le témoin {} {} n’est pas vide, sans qu’un lot y soit lu ; pics : {} ; demander au "
             "laboratoire d’où ils viennent",
             "the {} control {} is not empty, though no lot is read in it; peaks: {}; ask the "
             "laboratory where they come from"},
            control_words(control.kind),
            control.name,
            control.read);
    }
}

} // namespace

void explain_foreign_control(CodeReading const& control, Reasons& add) {
    add("control_of_another_instrument",
        {"le témoin {} vient d’un autre appareil que l’échantillon : il n’en dit rien, et ne "
         "compte "
         "pas",
         "the control {} is of another instrument than the sample: it says nothing of it and does "
         "not count"},
        control.sample);
}

bool judge_controls(CodeJudgement& judgement, Reasons& add) {
    bool is_good = true;
    bool has_negative = false;
    for (CodeControl const& control : judgement.controls) {
        has_negative = has_negative || control.is_negative;
        is_good = is_good && control.is_good;
        if (!control.is_good) {
            explain_control(control, add);
        }
        explain_peaks(control, add);
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
                 JudgeSettings const& settings,
                 Reasons& add) {
    auto const& name = registry.lots[lot.evidence.lot].name;
    if (lot.from_hopping) {
        explain_hopping(lot, name, settings, add);
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

void explain_amount(CodeReading const& reading, bool is_enough, Reasons& add) {
    auto const words = words_of(reading.kind);
    if (is_enough) {
        add("no_registered_code", words.none, reading.read);
    } else {
        add(words.too_few, words.few, reading.read, reading.needed_reads);
    }
}

} // namespace cmq::lab
