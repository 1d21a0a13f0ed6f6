// SPDX-License-Identifier: GPL-3.0-or-later

#include "report/working_parts.hpp"

#include "core/error.hpp"
#include "report/phrases/value.hpp"
#include "report/phrases/working.hpp"

#include <algorithm>
#include <cmath>

namespace cmq::report {

Working::Working(WorkingInput const& input, RequestTexts const& texts, Language language)
    : input_{input}
    , texts_{texts}
    , writer_{input.note, language} {
    CMQ_EXPECTS(input.note.evaluations.size() == input.note.file.comparisons.size());
    CMQ_EXPECTS(input.effects.size() == input.compared &&
                input.compared <= input.note.evaluations.size());
}

double largest_change(RequestEffect const& effect, double now) {
    double largest = 0.0;
    for (auto const& then : {effect.log10_first, effect.log10_second}) {
        largest = std::max(largest, then ? std::abs(*then - now) : 0.0);
    }
    return largest;
}

std::string Working::say(casefile::Bilingual const& text) const {
    return typeset(text_in(text, writer_.language()), writer_.language());
}

std::string Working::pair_text(lab::Evaluation const& evaluation) const {
    return writer_.say(phrases::pair, {{"first", evaluation.h1}, {"second", evaluation.h2}});
}

std::string Working::ratio_text(std::optional<double> log10_value) const {
    return log10_value ? capped_ratio(writer_, *log10_value, 1)
                       : writer_.say(phrases::effect_no_number);
}

std::string Working::request_title(std::string const& id) const {
    auto const found = std::ranges::find(texts_.requests, id, &casefile::RequestItem::id);
    return found != texts_.requests.end() ? say(found->title) : id;
}

std::string Working::subject_text(RequestEffect const& effect) const {
    switch (effect.kind) {
    case EffectKind::gloves:
        return delivery_text(writer_, effect.subject);
    case EffectKind::zone:
        return writer_.zone(effect.subject);
    case EffectKind::parameter:
        return writer_.parameter_label(effect.subject);
    case EffectKind::look_alikes:
    case EffectKind::marker:
    case EffectKind::delivery_times:
        break;
    }
    return {};
}

/// The request and what it is about.
std::string Working::effect_name(RequestEffect const& effect) const {
    std::string title = request_title(effect.request);
    std::string const subject = subject_text(effect);
    return subject.empty()
               ? title
               : writer_.say(phrases::effect_item, {{"request", title}, {"subject", subject}});
}

std::string Working::answer_text(RequestEffect const& effect, bool first) const {
    double const value = first ? effect.first_value : effect.second_value;
    Language const language = writer_.language();
    switch (effect.kind) {
    case EffectKind::gloves:
        return writer_.say(first ? phrases::if_route_out : phrases::if_route_in);
    case EffectKind::zone:
        return writer_.say(first ? phrases::if_zone_seen : phrases::if_zone_not_seen);
    case EffectKind::look_alikes:
        return writer_.say(first ? phrases::if_few_glow : phrases::if_many_glow,
                           {{"share", percent_text(value, language)}});
    case EffectKind::marker:
        return writer_.say(first ? phrases::if_marker : phrases::if_not_marker);
    case EffectKind::delivery_times:
        return writer_.say(first ? phrases::if_early : phrases::if_late);
    case EffectKind::parameter:
        break;
    }
    return writer_.say(phrases::if_parameter,
                       {{"parameter", subject_text(effect)},
                        {"value", parameter_value(writer_, effect.subject, value)}});
}

bool Working::is_seen(std::optional<double> then, double now) const {
    return then && ratio_text(then) != ratio_text(now);
}

std::vector<RequestEffect> Working::largest_first(std::size_t comparison, double now) const {
    auto effects = input_.effects[comparison];
    std::ranges::stable_sort(effects, [&](auto const& a, auto const& b) {
        return largest_change(a, now) > largest_change(b, now);
    });
    return effects;
}

} // namespace cmq::report
