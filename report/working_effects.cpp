// SPDX-License-Identifier: GPL-3.0-or-later

#include "report/missing.hpp"
#include "report/phrases/working.hpp"
#include "report/working_parts.hpp"

#include <algorithm>
#include <cmath>
#include <set>
#include <utility>

namespace cmq::report {

namespace {

/// Below it a change of the value is not worth a line of its own: a quarter, either way.
double const small_change = std::log10(1.25);

void add_effects_on(Working& working, std::size_t comparison, double now) {
    lab::Evaluation const& evaluation = working.input().note.evaluations[comparison];
    TableBlock table;
    table.caption = working.writer().say(
        phrases::effects_caption,
        {{"pair", working.pair_text(evaluation)}, {"now", working.ratio_text(now)}});
    table.columns = {working.writer().column(phrases::effect_request, 1.5),
                     working.writer().column(phrases::effect_first, 1.5),
                     working.writer().column(phrases::effect_becomes, 0.9, Alignment::right),
                     working.writer().column(phrases::effect_second, 1.5),
                     working.writer().column(phrases::effect_becomes, 0.9, Alignment::right)};
    std::vector<std::string> small;
    for (RequestEffect const& effect : working.largest_first(comparison, now)) {
        bool const told = effect.log10_first || effect.log10_second;
        bool const seen =
            working.is_seen(effect.log10_first, now) || working.is_seen(effect.log10_second, now);
        bool const ends = effect.kind == EffectKind::marker; // the other answer ends the question
        if (told && !ends && (!seen || largest_change(effect, now) < small_change)) {
            small.push_back(working.effect_name(effect));
            continue;
        }
        table.rows.push_back(
            {plain(working.effect_name(effect)),
             plain(working.answer_text(effect, true)),
             plain(working.ratio_text(effect.log10_first)),
             plain(working.answer_text(effect, false)),
             plain(ends ? std::string{"–"} : working.ratio_text(effect.log10_second))});
    }
    if (!table.rows.empty()) {
        working.writer().add(std::move(table));
    } else if (small.empty()) {
        working.writer().paragraph(working.writer().say(phrases::effects_none));
    }
    if (!small.empty()) {
        working.writer().paragraph(working.writer().say(phrases::effects_small));
        working.writer().list(small);
    }
}

/// Zones that nobody examined and that no effect speaks of: what is left out is named.
std::vector<std::string> other_zones(Working const& working, std::size_t comparison) {
    std::vector<std::string> zones = unexamined_zones(working.input().note);
    std::erase_if(zones, [&](std::string const& zone) {
        return std::ranges::any_of(
            working.input().effects[comparison], [&](RequestEffect const& effect) {
                return effect.kind == EffectKind::zone && effect.subject == zone;
            });
    });
    return zones;
}

void add_left_out(Working& working, std::size_t comparison) {
    lab::Evaluation const& evaluation = working.input().note.evaluations[comparison];
    if (!evaluation.assigned.empty()) {
        working.writer().paragraph(working.writer().say(phrases::effects_assigned,
                                                        {{"pair", working.pair_text(evaluation)}}));
        return;
    }
    auto const zones = other_zones(working, comparison);
    bool const any_zone =
        std::ranges::any_of(working.input().effects[comparison], [](RequestEffect const& effect) {
            return effect.kind == EffectKind::zone;
        });
    if (any_zone && !zones.empty()) {
        working.writer().paragraph(working.writer().say(
            phrases::effects_other_zones, {{"zones", working.writer().zones(zones)}}));
    }
}

/// Requests of this stage that are open and of which no effect was computed.
std::vector<std::string> not_computed(Working const& working) {
    std::set<std::string> known;
    for (auto const& effects : working.input().effects) {
        for (RequestEffect const& effect : effects) {
            known.insert(effect.request);
        }
    }
    for (auto const& held : working.file().head.held) {
        known.insert(*held);
    }
    std::vector<std::string> titles;
    for (casefile::RequestItem const& item : working.texts().requests) {
        bool const here =
            std::ranges::find(item.stages, working.file().head.stage) != item.stages.end();
        if (here && !known.contains(item.id)) {
            titles.push_back(working.say(item.title));
        }
    }
    return titles;
}

} // namespace

void add_request_effects(Working& working) {
    working.writer().section(phrases::heading_effects, "effects");
    working.writer().paragraph(working.writer().say(phrases::effects_intro));
    for (std::size_t i = 0; i < working.input().compared; ++i) {
        lab::Evaluation const& evaluation = working.input().note.evaluations[i];
        if (evaluation.log10_lr) {
            add_effects_on(working, i, *evaluation.log10_lr);
            add_left_out(working, i);
        } else {
            working.writer().paragraph(working.writer().say(
                phrases::effects_without_number, {{"pair", working.pair_text(evaluation)}}));
        }
    }
    auto const titles = not_computed(working);
    if (!titles.empty()) {
        working.writer().paragraph(working.writer().say(phrases::effects_not_computed));
        working.writer().list(titles);
    }
}

} // namespace cmq::report
