// SPDX-License-Identifier: GPL-3.0-or-later

#include "report/phrases/working.hpp"
#include "report/working_parts.hpp"

#include <algorithm>
#include <cmath>
#include <utility>

namespace cmq::report {

namespace {

/// A factor that counts as a weak point: two, the first edge of the verbal scale above 1.
double const weak_factor = std::log10(2.0);

/// The propositions of a pair from where counsel stands.
struct Sides {
    std::string ours;
    std::string theirs;
    double sign = 1.0; ///< of log10 h1 over h2, so that above zero is ours
};

std::optional<Sides> sides_of(Working const& working, lab::Evaluation const& evaluation) {
    auto const is_ours = [&](std::string const& id) {
        casefile::Proposition const* const proposition = find_proposition(working.file(), id);
        return proposition != nullptr && *proposition->side == working.input().counsel.side;
    };
    if (is_ours(evaluation.h1) == is_ours(evaluation.h2)) {
        return std::nullopt;
    }
    return is_ours(evaluation.h1) ? Sides{evaluation.h1, evaluation.h2, 1.0}
                                  : Sides{evaluation.h2, evaluation.h1, -1.0};
}

void add_weak_value(Working const& working,
                    lab::Evaluation const& evaluation,
                    Sides const& sides,
                    bool is_tried,
                    std::vector<std::string>& points) {
    double const value = sides.sign * *evaluation.log10_lr;
    if (value <= -weak_factor) {
        std::string sentence = answer_sentence(working.writer(), evaluation);
        points.push_back(is_tried ? working.writer().say(phrases::weak_tried,
                                                         {{"pair", working.pair_text(evaluation)},
                                                          {"sentence", sentence}})
                                  : std::move(sentence));
    } else if (evaluation.sensitivity) {
        lab::Sensitivity const& range = *evaluation.sensitivity;
        double const worst = sides.sign > 0.0 ? range.low : -range.high;
        if (worst <= -weak_factor) {
            points.push_back(working.writer().say(
                phrases::weak_range,
                {{"pair", working.pair_text(evaluation)}, {"theirs", sides.theirs}}));
        }
    }
}

void add_weak_findings(Working const& working,
                       lab::Evaluation const& evaluation,
                       Sides const& sides,
                       std::vector<std::string>& points) {
    for (lab::ChainLink const& link : evaluation.chain) {
        double const value = sides.sign * link.log10_lr;
        if (value <= -weak_factor) {
            points.push_back(
                working.writer().say(phrases::weak_finding,
                                     {{"pair", working.pair_text(evaluation)},
                                      {"zone", working.writer().zone(link.zone)},
                                      {"factor", capped_ratio(working.writer(), -value, 1)},
                                      {"ours", sides.ours}}));
        }
    }
}

/// The worst answer to each request, worst request first; no more than a reader takes in.
void add_weak_requests(Working const& working,
                       std::size_t comparison,
                       Sides const& sides,
                       std::vector<std::string>& points) {
    constexpr int most = 3;
    lab::Evaluation const& evaluation = working.input().note.evaluations[comparison];
    double const now = *evaluation.log10_lr;
    int count = 0;
    for (RequestEffect const& effect : working.largest_first(comparison, now)) {
        for (bool const first : {true, false}) {
            auto const& then = first ? effect.log10_first : effect.log10_second;
            bool const is_against =
                working.is_seen(then, now) && sides.sign * (*then - now) <= -weak_factor;
            count += is_against ? 1 : 0;
            if (is_against && count <= most) {
                points.push_back(
                    working.writer().say(phrases::weak_request,
                                         {{"pair", working.pair_text(evaluation)},
                                          {"request", working.effect_name(effect)},
                                          {"answer", working.answer_text(effect, first)},
                                          {"ratio", working.ratio_text(then)}}));
            }
        }
    }
    bool const may_end =
        std::ranges::any_of(working.input().effects[comparison], [](RequestEffect const& effect) {
            return effect.kind == EffectKind::marker;
        });
    if (may_end && working.input().counsel.side == casefile::Side::prosecution) {
        points.push_back(working.writer().say(phrases::weak_not_marker,
                                              {{"pair", working.pair_text(evaluation)}}));
    }
    if (count > most) {
        points.push_back(working.writer().say(
            phrases::weak_more_requests,
            {{"pair", working.pair_text(evaluation)},
             {"count", working.writer().count(static_cast<std::size_t>(count - most))}}));
    }
}

std::vector<std::string> computed_weak_points(Working const& working) {
    std::vector<std::string> points;
    auto const& evaluations = working.input().note.evaluations;
    for (std::size_t i = 0; i < evaluations.size(); ++i) {
        auto const sides = sides_of(working, evaluations[i]);
        if (!sides || !evaluations[i].log10_lr) {
            points.push_back(
                sides ? answer_sentence(working.writer(), evaluations[i])
                      : working.writer().say(phrases::weak_no_side,
                                             {{"pair", working.pair_text(evaluations[i])}}));
            continue;
        }
        bool const is_tried = i >= working.input().compared;
        add_weak_value(working, evaluations[i], *sides, is_tried, points);
        if (!is_tried) {
            add_weak_findings(working, evaluations[i], *sides, points);
            add_weak_requests(working, i, *sides, points);
        }
    }
    casefile::ReportHead const& head = working.file().report;
    if (!evaluations.empty() && head.results_known_before.value_or(true)) {
        points.push_back(working.writer().say(phrases::weak_after_results));
    }
    if (working.input().note.frozen && !working.input().note.frozen->changed.empty()) {
        points.push_back(working.writer().say(phrases::weak_changed));
    }
    if (head.author.empty()) {
        points.push_back(working.writer().say(phrases::weak_no_author));
    }
    return points;
}

} // namespace

void add_weak_points(Working& working) {
    working.writer().section(phrases::heading_weak, "weak");
    auto const points = computed_weak_points(working);
    if (points.empty()) {
        working.writer().paragraph(working.writer().say(phrases::weak_none));
    } else {
        working.writer().list(points);
    }
    if (working.input().counsel.weak_points.empty()) {
        return;
    }
    working.writer().heading(2, working.writer().say(phrases::weak_own_heading), "own");
    std::vector<std::string> own;
    for (casefile::WeakPoint const& point : working.input().counsel.weak_points) {
        own.push_back(point.answer.empty()
                          ? working.writer().say(phrases::weak_unanswered, {{"text", point.text}})
                          : working.writer().say(phrases::weak_answered,
                                                 {{"text", point.text}, {"answer", point.answer}}));
    }
    working.writer().list(own);
}

} // namespace cmq::report
