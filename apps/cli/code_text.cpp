// SPDX-License-Identifier: GPL-3.0-or-later

#include "apps/cli/code_text.hpp"

#include "apps/cli/fragments_text.hpp"
#include "apps/cli/qpcr_text.hpp"
#include "core/columns.hpp"
#include "core/number_text.hpp"

#include <algorithm>
#include <cmath>

namespace cmq::cli {
namespace {

constexpr std::size_t most_lots_shown = 10;

std::string lines(std::string const& sentence) {
    return wrapped(sentence, 80, "  ", "    ") + '\n';
}

std::string warning(std::string const& sentence) {
    return wrapped(sentence, 80, "  ! ", "    ") + '\n';
}

std::string percent(Speaker const& say, double share) {
    std::string const number = say.figure(significant_text(100.0 * share, 2));
    return say({"{} %", "{} %"}, number);
}

/// 0.00023 as 2.3e-4 where zeros would hide it.
std::string chance(Speaker const& say, double probability) {
    if (probability >= 1e-3 || probability <= 0.0) {
        return say.figure(significant_text(probability, 2));
    }
    double const power = std::floor(std::log10(probability));
    return say({"{} × 10^{}", "{} × 10^{}"},
               say.figure(fixed_text(probability / std::pow(10.0, power), 1)),
               static_cast<int>(power));
}

std::string verdict_text(Speaker const& say, lab::CodeVerdict verdict) {
    switch (verdict) {
    case lab::CodeVerdict::match:
        return say({"concordance", "match"});
    case lab::CodeVerdict::no_match:
        return say({"pas de concordance", "no match"});
    case lab::CodeVerdict::inconclusive:
        break;
    }
    return say({"non concluant", "inconclusive"});
}

std::string reads_text(Speaker const& say, pipeline::AmpliconFile const& file) {
    std::size_t bases = 0;
    double quality = 0.0;
    for (lab::AmpliconRead const& read : file.reads) {
        bases += read.bases.size();
        for (char const mark : read.qualities) {
            quality += mark - '!';
        }
    }
    std::string text = lines(say(
        {"{} lectures, {} bases, qualité moyenne {}", "{} reads, {} bases, mean quality {}"},
        file.reads.size(),
        bases,
        say.figure(fixed_text(quality / static_cast<double>(std::max<std::size_t>(bases, 1)), 1))));
    if (file.was_turned) {
        text +=
            lines(say({"l’amorce inverse figure dans les lectures comme son brin complémentaire",
                       "the reverse primer stands in the reads as its other strand"}));
    }
    if (file.errors.bases > 0) {
        text += lines(say({"erreurs mesurées sur {} bases d’amorces : insertions {}, délétions {}, "
                           "substitutions au-delà des qualités {}",
                           "errors measured on {} bases of primers: insertions {}, deletions {}, "
                           "substitutions beyond the qualities {}"},
                          file.errors.bases,
                          percent(say, file.errors.insertion),
                          percent(say, file.errors.deletion),
                          percent(say, file.errors.excess)));
    }
    return text;
}

std::string trace_text(Speaker const& say, lab::SangerTrace const& trace) {
    std::string const start =
        trace.run_start.empty() ? say({"date inconnue", "unknown date"}) : trace.run_start;
    std::string text = lines(say({"trace Sanger « {} », appareil {}, {}, opérateur {}",
                                  "Sanger trace '{}', instrument {}, {}, operator {}"},
                                 trace.sample,
                                 trace.instrument.empty() ? "?" : trace.instrument,
                                 start,
                                 trace.operator_name.empty() ? "?" : trace.operator_name));
    text += trace.good_end == 0
                ? lines(say(
                      {"{} bases, aucune lisible : aucune qualité ne promet moins de 5 % d’erreurs",
                       "{} bases, none readable: no quality promises fewer than 5 % errors"},
                      trace.bases.size()))
                : lines(say({"{} bases, dont {} lisibles ({} à {})",
                             "{} bases, {} of them readable ({} to {})"},
                            trace.bases.size(),
                            trace.good_end - trace.good_begin,
                            trace.good_begin + 1,
                            trace.good_end));
    if (!trace.mixed.empty()) {
        text += warning(say(
            {"pics mêlés parmi les bases lisibles : {} ; un second signal d’au moins un tiers du "
             "premier ; plusieurs séquences peuvent s’y trouver",
             "mixed peaks among the readable bases: {}; a second signal of at least a third of "
             "the first; more than one sequence may be there"},
            trace.mixed.size()));
    }
    for (std::size_t at = 0; at < trace.bases.size(); at += 70) {
        text += "    " + trace.bases.substr(at, 70) + '\n';
    }
    return text;
}

std::string sample_text(Speaker const& say, lab::AmpliconSample const& sample) {
    return lines(
        say({"attribuées : {} ; sans amorce : {} ; loin de tout code : {} ; ambiguës : {} ; "
             "chimères : {}",
             "assigned: {}; without primers: {}; far from every code: {}; ambiguous: {}; "
             "chimeras: {}"},
            sample.assigned,
            sample.no_primers,
            sample.too_far,
            sample.ambiguous,
            sample.chimeras));
}

std::string particles_text(Speaker const& say, lab::ParticleList const& list) {
    std::uint64_t count = 0;
    std::string texts;
    for (lab::ReadParticle const& particle : list.particles) {
        count += particle.count;
        if (texts.size() < 1000) {
            texts += (texts.empty() ? "" : ", ") + particle.text +
                     (particle.count > 1 ? " × " + std::to_string(particle.count) : "");
        }
    }
    std::string text = lines(say({"{} particules : {}", "{} particles: {}"}, count, texts));
    if (!list.is_error_stated) {
        text += warning(say({"le taux d’erreur par signe n’est pas déclaré partout : {} est retenu",
                             "the error of reading a symbol is not stated throughout: {} is taken"},
                            say.figure(significant_text(lab::assumed_symbol_error, 2))));
    }
    return text;
}

std::string handlers_text(Speaker const& say, lab::Lot const& entry) {
    if (entry.people.empty()) {
        return "";
    }
    std::string people;
    for (std::string const& person : entry.people) {
        people += (people.empty() ? "" : ", ") + person;
    }
    return "  " + lines(say({"lot manipulé par {}", "lot handled by {}"}, people));
}

std::string lot_text(Speaker const& say, lab::LotResult const& lot, lab::Registry const& registry) {
    auto const& evidence = lot.evidence;
    auto const& entry = registry.lots[evidence.lot];
    std::string const ratio = say.figure(fixed_text(lot.log10_lr, 1));
    if (!evidence.share) {
        return lines(say({"{} : écart {} ; log10 RV {}", "{}: distance {}; log10 LR {}"},
                         entry.name,
                         evidence.distance,
                         ratio)) +
               handlers_text(say, entry);
    }
    std::string text = lines(say({"{} : {} molécules ({} lectures), écart {} ; log10 RV {}",
                                  "{}: {} molecules ({} reads), distance {}; log10 LR {}"},
                                 entry.name,
                                 evidence.molecules,
                                 evidence.reads,
                                 evidence.distance,
                                 ratio));
    text += "  " + lines(say({"part {} ({} à {})", "share {} ({} to {})"},
                             percent(say, evidence.share->share),
                             percent(say, evidence.share->low),
                             percent(say, evidence.share->high)));
    return text + handlers_text(say, entry);
}

std::string control_text(Speaker const& say, lab::ControlKind kind) {
    switch (kind) {
    case lab::ControlKind::negative:
        return say({"témoin négatif", "negative control"});
    case lab::ControlKind::extraction:
        return say({"témoin d’extraction", "extraction control"});
    case lab::ControlKind::environment:
        return say({"témoin d’environnement", "environment control"});
    case lab::ControlKind::positive:
        break;
    }
    return say({"témoin positif", "positive control"});
}

/// What was read of a control, counted as its instrument does.
std::string amount_text(Speaker const& say, lab::ReadingKind kind, std::uint64_t read) {
    switch (kind) {
    case lab::ReadingKind::trace:
        return say({"bases lisibles : {}", "readable bases: {}"}, read);
    case lab::ReadingKind::fragments:
        return say({"pics : {}", "peaks: {}"}, read);
    case lab::ReadingKind::particles:
        return say({"particules : {}", "particles: {}"}, read);
    case lab::ReadingKind::reads:
        break;
    }
    return say({"lectures : {}", "reads: {}"}, read);
}

std::string controls_text(Speaker const& say, lab::CodeJudgement const& judgement) {
    std::string text;
    for (lab::CodeControl const& control : judgement.controls) {
        std::string const state = control.is_good ? say({"conforme", "as it should be"})
                                                  : say({"non conforme", "not as it should be"});
        text += lines(say({"{} {} : {}, {}", "{} {}: {}, {}"},
                          control_text(say, control.kind),
                          control.name,
                          state,
                          amount_text(say, control.reading, control.read)));
    }
    return text;
}

std::string history_text(Speaker const& say,
                         lab::CodeJudgement const& judgement,
                         lab::Registry const& registry) {
    if (!registry.negative_controls || !judgement.bound.drop_in) {
        return "";
    }
    return lines(say({"témoins négatifs du laboratoire jusqu’ici : {} positifs sur {} ; au plus {} "
                      "(confiance 95 %)",
                      "negative controls of the laboratory up to now: {} of {} positive; at most "
                      "{} (95 % confidence)"},
                     registry.negative_controls->positive,
                     registry.negative_controls->all,
                     percent(say, *judgement.bound.drop_in)));
}

std::string elimination_text(Speaker const& say,
                             lab::CodeJudgement const& judgement,
                             lab::Registry const& registry) {
    std::string text;
    for (lab::HandledLot const& handled : judgement.elimination) {
        std::string by;
        for (std::string const& each : handled.by) {
            by += (by.empty() ? "" : ", ") + each;
        }
        std::string const& name = registry.lots[handled.lot].name;
        text += handled.is_read ? warning(say({"élimination : {}, lu ici, est passé par {}",
                                               "elimination: {}, read here, passed through {}"},
                                              name,
                                              by))
                                : lines(say({"élimination : {}, non lu ici, est passé par {}",
                                             "elimination: {}, not read here, passed through {}"},
                                            name,
                                            by));
    }
    return text;
}

/// Lots of the registry that a reading of this kind is compared with.
std::size_t count_compared(lab::ReadingKind kind, lab::Registry const& registry) {
    auto const code = kind == lab::ReadingKind::fragments   ? lab::CodeKind::fragments
                      : kind == lab::ReadingKind::particles ? lab::CodeKind::particle
                                                            : lab::CodeKind::sequence;
    return static_cast<std::size_t>(std::ranges::count(registry.lots, code, &lab::Lot::kind));
}

std::string
false_match_text(Speaker const& say, lab::CodeJudgement const& judgement, std::size_t lots) {
    if (judgement.false_match_low == 0.0) {
        return lines(
            say({"un code étranger au registre y passerait pour l’un des {} lots avec une "
                 "probabilité d’au plus {}",
                 "a code that is not in the registry would be taken for one of its {} lots "
                 "with a probability of at most {}"},
                lots,
                chance(say, judgement.false_match_high)));
    }
    return lines(say({"un code étranger au registre y passerait pour l’un des {} lots avec une "
                      "probabilité de {} (IC 95 % : {} à {})",
                      "a code that is not in the registry would be taken for one of its {} lots "
                      "with a probability of {} (95 % interval {} to {})"},
                     lots,
                     chance(say, judgement.false_match),
                     chance(say, judgement.false_match_low),
                     chance(say, judgement.false_match_high)));
}

std::string judgement_text(Speaker const& say,
                           lab::CodeJudgement const& judgement,
                           lab::ReadingKind kind,
                           lab::Registry const& registry) {
    std::string text =
        lines(say({"verdict : {}", "verdict: {}"}, verdict_text(say, judgement.verdict)));
    std::size_t shown = 0;
    for (lab::LotResult const& lot : judgement.lots) {
        if (shown == most_lots_shown) {
            text += lines(say({"et {} autres lots ; tous figurent dans --json",
                               "and {} more lots; --json has all"},
                              judgement.lots.size() - shown));
            break;
        }
        text += lot_text(say, lot, registry);
        ++shown;
    }
    text += false_match_text(say, judgement, count_compared(kind, registry));
    text += controls_text(say, judgement);
    text += history_text(say, judgement, registry);
    text += elimination_text(say, judgement, registry);
    shown = 0;
    for (lab::CodeReason const& reason : judgement.reasons) {
        if (++shown > 2 * most_lots_shown) {
            text += lines(say({"et {} autres motifs ; tous figurent dans --json",
                               "and {} more reasons; --json has all"},
                              judgement.reasons.size() + 1 - shown));
            break;
        }
        text += warning(reason.text.in(say.language()));
    }
    text += lines(say({"un code désigne un lot : tout ce que ce lot a pu marquer, et non un tir, "
                       "ni la voie par laquelle le produit est arrivé là",
                       "a code names a lot: everything that this lot could have marked, neither a "
                       "shot nor the route by which the marker came there"}));
    return text;
}

} // namespace

std::string
code_text(Speaker const& say, pipeline::CodeFile const& file, pipeline::CodeRun const& run) {
    std::string text = file.name + '\n';
    if (file.judgement && run.registry) {
        text += judgement_text(say, *file.judgement, file.reading->kind, *run.registry);
    }
    if (file.amplicons) {
        text += reads_text(say, *file.amplicons);
        if (file.reading) {
            text += sample_text(say, file.amplicons->sample);
        }
    }
    if (file.fragments) {
        text += fragments_text(say, *file.fragments);
    }
    if (!file.qpcr.empty()) {
        text += qpcr_text(say, file.qpcr, file.internal_control) +
                inhibition_text(say, file.internal_control, file.inhibition);
    }
    if (file.particles) {
        text += particles_text(say, *file.particles);
    }
    if (file.trace) {
        text += trace_text(say, *file.trace);
    }
    return text;
}

std::string close_pairs_text(Speaker const& say, lab::Registry const& registry) {
    auto const pairs = lab::find_close_pairs(registry);
    std::string text;
    for (std::size_t i = 0; i < std::min(pairs.size(), most_lots_shown); ++i) {
        auto const& first = registry.lots[pairs[i].first].name;
        auto const& second = registry.lots[pairs[i].second].name;
        text += pairs[i].distance == 0
                    ? warning(say({"{} et {} ont le même code : rien ne les distingue",
                                   "{} and {} have the same code: nothing tells them apart"},
                                  first,
                                  second))
                    : warning(say({"{} et {} sont trop proches : écart de {}",
                                   "{} and {} lie too close: distance {}"},
                                  first,
                                  second,
                                  pairs[i].distance));
    }
    if (pairs.size() > most_lots_shown) {
        text += warning(
            say({"et {} autres paires", "and {} more pairs"}, pairs.size() - most_lots_shown));
    }
    return text;
}

} // namespace cmq::cli
