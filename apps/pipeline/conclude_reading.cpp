// SPDX-License-Identifier: GPL-3.0-or-later

#include "apps/pipeline/conclude_reading.hpp"

#include "core/error.hpp"

#include <algorithm>
#include <cmath>
#include <utility>

namespace cmq::pipeline {
namespace {

using Judgements = std::span<lab::CodeJudgement const>;

std::string joined(std::vector<std::string> const& texts) {
    std::string all;
    for (std::string const& text : texts) {
        all += (all.empty() ? "" : ", ") + text;
    }
    return all;
}

/// Controls are judged alike for every sample file.
void add_controls(lab::CodeJudgement const& judgement, report::NoteReading& note) {
    for (lab::CodeControl const& control : judgement.controls) {
        auto const file = std::ranges::find_if(note.files, [&](auto const& each) {
            return each.file == control.name && each.role == lab::name_of(control.kind);
        });
        CMQ_EXPECTS(file != note.files.end());
        file->is_good = control.is_good;
        file->lots = joined(control.lots);
    }
    note.laboratory_error = judgement.bound.laboratory;
    note.clerical_error = judgement.bound.clerical;
    note.drop_in = judgement.bound.drop_in;
    note.rates_are_stated = judgement.bound.is_stated;
}

std::string read_lots(lab::Registry const& registry, lab::CodeJudgement const& judgement) {
    std::vector<std::string> lots;
    if (judgement.verdict == lab::CodeVerdict::match) {
        for (lab::LotResult const& lot : judgement.lots) {
            if (lot.is_read) {
                lots.push_back(registry.lots[lot.evidence.lot].name);
            }
        }
    }
    std::ranges::sort(lots);
    return joined(lots);
}

void add_reasons(lab::CodeJudgement const& judgement, report::NoteReading& note) {
    for (lab::CodeReason const& reason : judgement.reasons) {
        report::NoteReadingReason told{
            std::string{reason.id}, reason.text.french(), reason.text.english()};
        bool const is_known =
            std::ranges::any_of(note.reasons, [&](auto const& each) { return each.en == told.en; });
        if (!is_known) {
            note.reasons.push_back(std::move(told));
        }
    }
}

void add_found(lab::Registry const& registry,
               lab::CodeJudgement const& judgement,
               report::NoteReading& note) {
    for (lab::LotResult const& lot : judgement.lots) {
        auto const& share = lot.evidence.share;
        note.found.push_back({.lot = registry.lots[lot.evidence.lot].name,
                              .log10_lr = lot.log10_lr,
                              .distance = lot.evidence.distance,
                              .share = share ? std::optional{share->share} : std::nullopt,
                              .share_low = share ? std::optional{share->low} : std::nullopt,
                              .share_high = share ? std::optional{share->high} : std::nullopt,
                              .is_read = lot.is_read});
    }
}

void add_false_match(lab::CodeJudgement const& judgement, report::NoteReading& note) {
    note.false_match = std::max(note.false_match.value_or(0.0), judgement.false_match);
    note.false_match_low = std::max(note.false_match_low.value_or(0.0), judgement.false_match_low);
    note.false_match_high =
        std::max(note.false_match_high.value_or(0.0), judgement.false_match_high);
}

void disagree(report::NoteReading& note) {
    note.verdict = lab::CodeVerdict::inconclusive;
    note.lots.clear();
    Sentence const text{{"les fichiers de ce prélèvement ne disent pas la même chose",
                         "the files of this sample do not say the same"}};
    note.reasons.push_back({"files_disagree", text.french(), text.english()});
}

void combine(lab::Registry const& registry, Judgements judgements, report::NoteReading& note) {
    bool agree = true;
    for (std::size_t i = 0; i < judgements.size(); ++i) {
        lab::CodeJudgement const& judgement = judgements[i];
        std::string const lots = read_lots(registry, judgement);
        note.files[i].lots = lots;
        add_found(registry, judgement, note);
        add_reasons(judgement, note);
        add_false_match(judgement, note);
        if (judgement.verdict == lab::CodeVerdict::inconclusive) {
            continue;
        }
        bool const is_first = note.verdict == lab::CodeVerdict::inconclusive;
        agree = agree && (is_first || (note.verdict == judgement.verdict && note.lots == lots));
        note.verdict = judgement.verdict;
        note.lots = lots;
    }
    if (!agree) {
        disagree(note);
    }
}

void add_handled(lab::Registry const& registry,
                 Judgements judgements,
                 std::vector<ReadingActor> const& actors,
                 report::NoteReading& note) {
    for (lab::HandledLot const& handled : judgements.front().elimination) {
        bool const is_read = std::ranges::any_of(judgements, [&](auto const& judgement) {
            return std::ranges::any_of(judgement.elimination, [&](auto const& other) {
                return other.lot == handled.lot && other.is_read;
            });
        });
        for (ReadingActor const& actor : actors) {
            if (std::ranges::find(handled.by, actor.code) != handled.by.end()) {
                note.handled.push_back(
                    {registry.lots[handled.lot].name, actor.code, actor.role, is_read});
            }
        }
    }
}

void set_evidence(lab::CodeEvidence code,
                  casefile::Reading const& reading,
                  report::NoteReading& note) {
    code.error = std::clamp(code.error, 0.0, 1.0);
    code.laboratory = reading.laboratory;
    code.run = reading.run;
    code.examiner = reading.examiner;
    note.evidence = std::move(code);
    note.use = report::ReadingUse::weighed;
}

void set_no_code(lab::CodeEvidence code,
                 casefile::Reading const& reading,
                 report::NoteReading& note) {
    if (!reading.miss_rate) {
        note.use = report::ReadingUse::no_miss_rate;
        return;
    }
    code.given_marker = **reading.miss_rate;
    code.given_material = 1.0;
    code.given_other_lot = 1.0;
    set_evidence(std::move(code), reading, note);
}

/// What the judgements of the sample say together, gathered lot by lot.
struct Gathered {
    double error = 1.0; ///< that this laboratory would give the result whatever the sample bears
    bool is_lot = false;
    bool has_other = false; ///< another lot, registered or not
};

void gather(std::string const& lot_in_question,
            lab::Registry const& registry,
            lab::CodeJudgement const& judgement,
            Gathered& all) {
    bool const is_match = judgement.verdict == lab::CodeVerdict::match;
    double unlike = 0.0; // that the lot in question would differ so from its own code
    for (lab::LotResult const& lot : judgement.lots) {
        bool const is_this = registry.lots[lot.evidence.lot].name == lot_in_question;
        if (is_match && lot.is_read) {
            all.is_lot = all.is_lot || is_this;
            all.has_other = all.has_other || !is_this;
            all.error = std::min(all.error, std::pow(10.0, -lot.log10_lr));
        } else if (!is_match && is_this) {
            unlike = std::pow(10.0, lot.log10_code);
        }
    }
    if (judgement.verdict == lab::CodeVerdict::no_match) {
        all.error = std::min(all.error, judgement.bound.total() + unlike);
        all.has_other = all.has_other || !judgement.lots.empty();
    }
}

void take_evidence(std::string const& lot_in_question,
                   lab::Registry const& registry,
                   Judgements judgements,
                   casefile::Reading const& reading,
                   report::NoteReading& note) {
    if (note.verdict == lab::CodeVerdict::inconclusive) {
        return;
    }
    Gathered all;
    for (lab::CodeJudgement const& judgement : judgements) {
        gather(lot_in_question, registry, judgement, all);
    }
    lab::CodeEvidence code;
    code.error = all.error;
    if (!all.is_lot && !all.has_other) {
        set_no_code(std::move(code), reading, note);
        return;
    }
    code.given_marker = all.is_lot ? 1.0 : 0.0;
    code.given_material = 0.0;
    code.given_other_lot = all.has_other ? 1.0 : 0.0;
    set_evidence(std::move(code), reading, note);
}

/// A laboratory may write the lot's name, or its code as the registry has it.
bool is_named(lab::Lot const& lot, std::string const& code) {
    return !code.empty() && (lot.name == code || lot.text == code || lot.sequence == code);
}

void add_handled_of_report(lab::Registry const& registry,
                           std::vector<ReadingActor> const& actors,
                           report::NoteReading& note) {
    for (lab::Lot const& lot : registry.lots) {
        for (ReadingActor const& actor : actors) {
            bool const handled = std::ranges::find(lot.people, actor.code) != lot.people.end() ||
                                 std::ranges::find(lot.vehicles, actor.code) != lot.vehicles.end();
            if (handled) {
                note.handled.push_back(
                    {lot.name, actor.code, actor.role, is_named(lot, note.lots)});
            }
        }
    }
}

} // namespace

std::vector<ReadingActor> actors_of(casefile::Case const& of, casefile::Reading const& reading) {
    std::vector<ReadingActor> actors;
    auto const add = [&](auto const& names, char const* role) {
        for (casefile::Placed<std::string> const& name : names) {
            actors.push_back({*name, role});
        }
    };
    add(of.marker->arrested_by, "arrested");
    add(of.marker->searched_by, "searched");
    add(reading.swabbed_by, "swabbed");
    if (!reading.examiner.empty()) {
        actors.push_back({reading.examiner, "analysed"});
    }
    add(of.marker->vehicles, "carried");
    return actors;
}

void conclude_reading(casefile::Case const& of,
                      casefile::Reading const& reading,
                      lab::Registry const& registry,
                      std::span<lab::CodeJudgement const> judgements,
                      report::NoteReading& note) {
    CMQ_EXPECTS(!judgements.empty() && judgements.size() <= note.files.size() && of.marker);
    add_controls(judgements.front(), note);
    combine(registry, judgements, note);
    add_handled(registry, judgements, actors_of(of, reading), note);
    take_evidence(*of.marker->lot, registry, judgements, reading, note);
}

void conclude_reported(casefile::Case const& of,
                       casefile::Reading const& reading,
                       lab::Registry const* registry,
                       report::NoteReading& note) {
    note.is_reported = true;
    if (reading.result == casefile::ReadingResult::inconclusive) {
        return;
    }
    note.verdict = reading.code ? lab::CodeVerdict::match : lab::CodeVerdict::no_match;
    note.lots = reading.code ? **reading.code : "";
    if (registry != nullptr) {
        auto const lot = std::ranges::find_if(
            registry->lots, [&](lab::Lot const& each) { return is_named(each, note.lots); });
        note.lots = lot != registry->lots.end() ? lot->name : note.lots;
        add_handled_of_report(*registry, actors_of(of, reading), note);
    }
    if (!reading.error_rate) {
        note.use = report::ReadingUse::no_rates;
        return;
    }
    note.laboratory_error = **reading.error_rate;
    note.clerical_error = reading.clerical_error_rate ? **reading.clerical_error_rate : 0.0;
    note.rates_are_stated = true;
    lab::CodeEvidence code;
    code.error = *note.laboratory_error + *note.clerical_error;
    if (!reading.code) {
        set_no_code(std::move(code), reading, note);
        return;
    }
    bool const is_lot = note.lots == *of.marker->lot;
    code.given_marker = is_lot ? 1.0 : 0.0;
    code.given_material = 0.0;
    code.given_other_lot = is_lot ? 0.0 : 1.0;
    set_evidence(std::move(code), reading, note);
}

} // namespace cmq::pipeline
