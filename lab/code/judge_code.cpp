// SPDX-License-Identifier: GPL-3.0-or-later

#include "lab/code/judge_code.hpp"

#include "lab/code/judge_reasons.hpp"

#include <algorithm>
#include <cmath>

namespace cmq::lab {
namespace {

// A base of a lot's code that its own molecules show otherwise: an error of synthesis, or a mutation in the copying.
// Judgement; one in a thousand is the order of solid-phase synthesis.
constexpr double log10_own_difference = -3.0;

constexpr double hopping_tail = 1e-3;

/// Of the bases alone: several molecules by their consensus, few by the best read.
double log10_code(LotEvidence const& evidence) {
    double const consensus = log10_own_difference * static_cast<double>(evidence.distance) -
                             std::log10(std::max(evidence.chance, 1e-300));
    return evidence.molecules >= 3 ? consensus : evidence.best_log10_lr;
}

std::uint64_t count_reads(std::vector<CodeReading> const& readings, std::size_t lot) {
    std::uint64_t reads = 0;
    for (CodeReading const& reading : readings) {
        for (LotEvidence const& evidence : reading.lots) {
            bool const is_same = reading.kind == ReadingKind::reads && evidence.lot == lot;
            reads += is_same ? evidence.reads : 0;
        }
    }
    return reads;
}

/// Reads of a lot that index hopping would bring. A control is excused by a stated share alone.
double expect_hopping(LotEvidence const& evidence,
                      CodeReading const& reading,
                      JudgeSettings const& settings,
                      bool is_control) {
    if (reading.kind != ReadingKind::reads) {
        return 0.0;
    }
    std::uint64_t elsewhere = count_reads(settings.others_of_run, evidence.lot);
    if (!is_control) {
        elsewhere += count_reads(settings.positive_controls, evidence.lot);
    }
    double const assumed = is_control ? 0.0 : assumed_index_hopping;
    return settings.index_hopping.value_or(assumed) * static_cast<double>(elsewhere);
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
                    ErrorBound const& bound,
                    bool is_control) {
    LotResult result;
    result.evidence = evidence;
    result.log10_code = log10_code(evidence);
    result.log10_lr =
        -std::log10(std::pow(10.0, -std::max(result.log10_code, -300.0)) + bound.total());
    result.hopping_reads = expect_hopping(evidence, reading, settings, is_control);
    result.from_hopping = result.hopping_reads > 0.0 &&
                          poisson_tail(evidence.reads, result.hopping_reads) >= hopping_tail;
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
    control.reading = reading.kind;
    for (LotEvidence const& evidence : reading.lots) {
        if (judge_lot(evidence, reading, registry, settings, bound, true).is_read) {
            control.lots.push_back(registry.lots[evidence.lot].name);
        }
    }
    control.is_good = control.lots.empty() == control.is_negative;
    return control;
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
    Reasons add{judgement};
    auto const judge = [&](std::vector<CodeReading> const& controls, ControlKind kind) {
        for (CodeReading const& control : controls) {
            if (control.kind != reading.kind) {
                explain_foreign_control(control, add);
                continue;
            }
            judgement.controls.push_back(
                judge_control(control, kind, registry, settings, judgement.bound));
        }
    };
    judge(settings.negative_controls, ControlKind::negative);
    judge(settings.extraction_controls, ControlKind::extraction);
    judge(settings.environment_controls, ControlKind::environment);
    judge(settings.positive_controls, ControlKind::positive);
    for (LotEvidence const& evidence : reading.lots) {
        judgement.lots.push_back(
            judge_lot(evidence, reading, registry, settings, judgement.bound, false));
    }
    bool const may_be_given = judge_controls(judgement, add);
    for (LotResult const& lot : judgement.lots) {
        explain_lot(lot, registry, reading, settings, add);
    }
    CodeVerdict const verdict = verdict_of(judgement, reading, add);
    judgement.verdict = may_be_given ? verdict : CodeVerdict::inconclusive;
    explain_bound(registry, judgement.bound, add);
    judgement.elimination = find_handled(registry, settings, judgement.lots);
    return judgement;
}

} // namespace cmq::lab
