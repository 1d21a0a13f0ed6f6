// SPDX-License-Identifier: GPL-3.0-or-later

#include "apps/cli/readings_text.hpp"

#include "apps/cli/speaker.hpp"
#include "core/columns.hpp"
#include "core/number_text.hpp"

#include <cmath>

namespace cmq::cli {
namespace {

std::string item(std::string const& text) {
    return wrapped(text, 80, "  - ", "    ") + '\n';
}

std::string verdict_text(Speaker const& say, report::NoteReading const& reading) {
    switch (reading.verdict) {
    case lab::CodeVerdict::match:
        return say({"concordance avec {}", "match with {}"}, reading.lots);
    case lab::CodeVerdict::no_match:
        return say({"pas de concordance", "no match"});
    case lab::CodeVerdict::inconclusive:
        break;
    }
    return say({"non concluant", "inconclusive"});
}

std::string use_text(Speaker const& say, report::ReadingUse use) {
    switch (use) {
    case report::ReadingUse::weighed:
        return say({"pesée avec la zone", "weighed with the zone"});
    case report::ReadingUse::inconclusive:
        return say({"sans effet", "no effect"});
    case report::ReadingUse::no_rates:
        return say({"non pesée, aucun taux d’erreur n’est déclaré",
                    "not weighed, no rate of error is stated"});
    case report::ReadingUse::no_miss_rate:
        return say({"non pesée, personne n’a indiqué à quelle fréquence un marqueur présent n’est "
                    "pas lu",
                    "not weighed, nobody stated how often marker that is there is not read"});
    case report::ReadingUse::nothing_seen:
        return say({"non pesée, rien n’a été vu sur la zone",
                    "not weighed, nothing was seen on the zone"});
    case report::ReadingUse::no_finding:
        break;
    }
    return say({"non pesée, rien d’autre ne parle de la zone",
                "not weighed, nothing else tells of the zone"});
}

} // namespace

std::string readings_text(casefile::Case const& of,
                          report::NoteReadings const& readings,
                          lab::Evaluation const& evaluation,
                          Language language) {
    if (readings.readings.empty()) {
        return "";
    }
    Speaker const say{language};
    std::string text = say({"\n  Lectures du code\n", "\n  Readings of the code\n"});
    for (std::size_t i = 0; i < readings.readings.size(); ++i) {
        report::NoteReading const& reading = readings.readings[i];
        std::string const reported =
            reading.is_reported
                ? say({" (rapportée, données brutes non vues)", " (reported, raw data not seen)"})
                : "";
        text += item(say({"{}, {} : {}{} ; {}.", "{}, {}: {}{}; {}."},
                         reading.id,
                         *of.readings[i].zone,
                         verdict_text(say, reading),
                         reported,
                         use_text(say, reading.use)));
        for (report::NoteReadingReason const& reason : reading.reasons) {
            text +=
                wrapped(language == Language::french ? reason.fr : reason.en, 80, "    ", "    ") +
                '\n';
        }
        for (report::NoteHandledLot const& handled : reading.handled) {
            text += wrapped(say({"élimination : {} est passé par {}",
                                 "elimination: {} passed through {}"},
                                handled.lot,
                                handled.by),
                            80,
                            "    ",
                            "    ") +
                    '\n';
        }
    }
    if (evaluation.log10_lr_without_codes && evaluation.log10_lr) {
        text += item(say({"log10 RV sans les lectures : {} ; avec elles : {}.",
                          "log10 LR without the readings: {}; with them: {}."},
                         say.figure(fixed_text(*evaluation.log10_lr_without_codes, 2)),
                         say.figure(fixed_text(*evaluation.log10_lr, 2))));
    }
    return text +
           item(say({"Un code désigne un lot : entre un tir, un contact et la garde à vue ou le "
                     "laboratoire, tous du même lot, il ne dit rien.",
                     "A code designates a lot: between a shot, a contact and custody or "
                     "laboratory, all of one lot, it says nothing."}));
}

} // namespace cmq::cli
