// SPDX-License-Identifier: GPL-3.0-or-later

#include "report/account_steps.hpp"

#include "report/phrases/figures.hpp"

#include <algorithm>
#include <cmath>
#include <utility>

namespace cmq::report {
namespace {

template <class Shares>
std::vector<std::string> names(Shares const& zones) {
    std::vector<std::string> all;
    all.reserve(zones.size());
    for (auto const& [zone, share] : zones) {
        all.push_back(*zone);
    }
    return all;
}

/// The compared propositions that a list of theirs names.
template <class List>
std::vector<std::string>
including(casefile::Case const& of, std::string const& id, List casefile::Proposition::*list) {
    std::vector<std::string> all;
    for (casefile::Proposition const& proposition : of.propositions) {
        bool const has =
            std::ranges::any_of(proposition.*list, [&](auto const& each) { return *each == id; });
        if (has && is_compared(of, *proposition.id)) {
            all.push_back(*proposition.id);
        }
    }
    return all;
}

AccountStep step_of(casefile::Event const& event) {
    AccountStep step{.kind = event.carriers.size() > 1 ? StepKind::contact : StepKind::change,
                     .id = *event.id,
                     .minutes = event.at->minutes,
                     .uncertainty_min = event.at->uncertainty_min,
                     .zones = {},
                     .one_way = event.one_way,
                     .probability = *event.probability,
                     .included_by = {}};
    for (auto const& carrier : event.carriers) {
        step.zones.push_back(*carrier);
    }
    return step;
}

/// A delivery or a contamination.
template <class From>
AccountStep step_of(From const& from, StepKind kind) {
    return {.kind = kind,
            .id = *from.id,
            .minutes = from.at->minutes,
            .uncertainty_min = from.at->uncertainty_min,
            .zones = names(from.zones),
            .one_way = true,
            .probability = *from.probability,
            .included_by = {}};
}

} // namespace

std::string_view to_text(StepKind kind) noexcept {
    switch (kind) {
    case StepKind::delivery:
        return "delivery";
    case StepKind::contact:
        return "contact";
    case StepKind::change:
        return "change";
    case StepKind::contamination:
        return "contamination";
    case StepKind::examination:
        break;
    }
    return "examination";
}

std::vector<AccountStep> account_steps(casefile::Case const& of) {
    std::vector<AccountStep> steps;
    auto const add = [&](AccountStep step, std::vector<std::string> included_by) {
        step.included_by = std::move(included_by);
        if (!step.included_by.empty()) {
            steps.push_back(std::move(step));
        }
    };
    for (casefile::Delivery const& each : of.deliveries) {
        add(step_of(each, StepKind::delivery),
            including(of, *each.id, &casefile::Proposition::deliveries));
    }
    for (casefile::Event const& each : of.events) {
        add(step_of(each), including(of, *each.id, &casefile::Proposition::events));
    }
    for (casefile::Contamination const& each : of.contaminations) {
        steps.push_back(step_of(each, StepKind::contamination));
    }
    std::ranges::stable_sort(steps, {}, &AccountStep::minutes);
    return steps;
}

bool is_included(AccountStep const& step, std::string_view proposition) {
    return step.included_by.empty() ||
           std::ranges::find(step.included_by, proposition) != step.included_by.end();
}

std::string step_text(NoteWriter const& writer, AccountStep const& step) {
    switch (step.kind) {
    case StepKind::delivery:
    case StepKind::contamination:
        return delivery_text(writer, step.id);
    case StepKind::contact:
    case StepKind::change:
        return event_text(writer, step.id);
    case StepKind::examination:
        break;
    }
    return writer.say(phrases::routes_examination);
}

std::string clock_text(double minutes, Language language) {
    auto const whole = static_cast<int>(std::llround(minutes));
    int const of_day = ((whole % 1440) + 1440) % 1440;
    auto const two = [](int value) { return (value < 10 ? "0" : "") + std::to_string(value); };
    return language == Language::french
               ? std::to_string(of_day / 60) + std::string{narrow_no_break_space} + "h" +
                     std::string{narrow_no_break_space} + two(of_day % 60)
               : two(of_day / 60) + ":" + two(of_day % 60);
}

std::string when_text(NoteWriter const& writer, AccountStep const& step) {
    std::string time = clock_text(step.minutes, writer.language());
    double const within = step.uncertainty_min;
    if (!(within > 0.0)) {
        return time;
    }
    std::string const minutes = within == std::round(within)
                                    ? writer.count(static_cast<std::size_t>(within))
                                    : writer.rounded(within, 2);
    return writer.say(phrases::routes_when, {{"time", time}, {"uncertainty", minutes}});
}

} // namespace cmq::report
