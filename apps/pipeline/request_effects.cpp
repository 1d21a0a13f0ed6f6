// SPDX-License-Identifier: GPL-3.0-or-later

#include "apps/pipeline/request_effects.hpp"

#include "apps/pipeline/to_account.hpp"
#include "apps/pipeline/to_note_input.hpp"
#include "core/error.hpp"
#include "report/missing.hpp"

#include <algorithm>
#include <array>
#include <string_view>
#include <utility>

namespace cmq::pipeline {
namespace {

using casefile::Case;
using report::EffectKind;
using report::RequestEffect;

constexpr std::size_t first_draws = 1024;
constexpr std::size_t most_draws = 32768;
constexpr double largest_error_log10 = 0.1; // a quarter: one figure, 2, stands for 1.5 to 2.5
constexpr std::size_t most_zones = 8;       // a page of them; each is weighed twice

/// Which request would bring a measurement of a parameter, by how its name begins.
struct Bearing {
    std::string_view prefix;
    std::string_view request;
};

constexpr std::array bearings{
    Bearing{"load.", "reference_sample"},
    Bearing{"kappa", "laboratory_validation"},
    Bearing{"transfer.", "transfer_measurements"},
    Bearing{"dry.", "transfer_measurements"},
    Bearing{"loss.", "transfer_measurements"},
    Bearing{"wash.", "transfer_measurements"},
    Bearing{"swab.", "laboratory_validation"},
    Bearing{"contamination.", "elimination_register"},
    Bearing{"detection.", "laboratory_validation"},
};

/// Weighs the case as it would be.
class Weigher {
public:
    Weigher(report::NoteInput const& input, lab::Evaluation const& evaluation, unsigned threads)
        : findings_{findings_of(input)}
        , settings_{to_settings(input.file, threads)} {
        comparison_.h1.value = evaluation.h1;
        comparison_.h2.value = evaluation.h2;
        settings_.sensitivity_draws = 0;
        settings_.tornado_draws = 0;
        settings_.target_relative_error = 0.1; // one figure is printed
        settings_.draws_max = std::min(settings_.draws_max, most_draws);
        settings_.draws_min = std::min(settings_.draws_min, first_draws);
        // The same draws weigh the case as it is and as it would be: what they err by on both goes out.
        auto const as_it_is = weigh(input.file, findings_);
        shift_ = as_it_is && evaluation.log10_lr ? *evaluation.log10_lr - *as_it_is : 0.0;
    }

    [[nodiscard]] std::optional<double> value(Case const& as_it_would_be) const {
        return value(as_it_would_be, findings_);
    }

    /// With one finding more.
    [[nodiscard]] std::optional<double> value_with(Case const& of, lab::Finding finding) const {
        auto findings = findings_;
        std::erase_if(findings,
                      [&](lab::Finding const& known) { return known.zone == finding.zone; });
        findings.push_back(std::move(finding));
        return value(of, findings);
    }

private:
    [[nodiscard]] std::optional<double> value(Case const& of,
                                              std::vector<lab::Finding> const& findings) const {
        auto const weighed = weigh(of, findings);
        return weighed ? std::optional{*weighed + shift_} : std::nullopt;
    }

    [[nodiscard]] std::optional<double> weigh(Case const& of,
                                              std::vector<lab::Finding> const& findings) const {
        try {
            return settled(
                evaluate_comparison(of, to_account(of), comparison_, findings, settings_));
        } catch (Error const& error) {
            // What the answer would contradict in the account is "cannot be told"; a fault of ours is not.
            if (error.kind() == ErrorKind::internal) {
                throw;
            }
            return std::nullopt;
        }
    }

    /// The value where its error allows one figure, which is less than the note for the court asks.
    static std::optional<double> settled(lab::Evaluation const& evaluation) {
        bool const possible = evaluation.log10_p_h1 && evaluation.log10_p_h2;
        if (!possible || evaluation.monte_carlo_se_log10 > largest_error_log10) {
            return std::nullopt;
        }
        return *evaluation.log10_p_h1 - *evaluation.log10_p_h2;
    }

    casefile::Comparison comparison_;
    std::vector<lab::Finding> findings_;
    lab::Settings settings_;
    double shift_ = 0.0; ///< log10, from these draws to those of the note
};

/// Sets the probability of everything that happens together with an entry.
void set_probability(Case& of, std::size_t contamination, double probability) {
    std::string const cause = of.contaminations[contamination].cause;
    of.contaminations[contamination].probability.value = probability;
    auto const set = [&](auto& entries) {
        for (auto& entry : entries) {
            if (!cause.empty() && entry.cause == cause) {
                entry.probability.value = probability;
            }
        }
    };
    set(of.contaminations);
    set(of.deliveries);
    set(of.events);
}

void add_gloves(Case const& of, Weigher const& weigh, std::vector<RequestEffect>& effects) {
    for (std::size_t i = 0; i < of.contaminations.size(); ++i) {
        Case never = of;
        set_probability(never, i, 0.0);
        Case always = of;
        set_probability(always, i, 1.0);
        effects.push_back({.kind = EffectKind::gloves,
                           .request = "glove_changes",
                           .subject = *of.contaminations[i].id,
                           .first_value = 0.0,
                           .second_value = 1.0,
                           .log10_first = weigh.value(never),
                           .log10_second = weigh.value(always)});
    }
}

void add_zones(report::NoteInput const& input,
               Weigher const& weigh,
               std::vector<RequestEffect>& effects) {
    auto zones = report::unexamined_zones(input);
    zones.resize(std::min(zones.size(), most_zones));
    for (std::string const& zone : zones) {
        lab::Finding finding;
        finding.id = zone;
        finding.zone = zone;
        finding.minutes = examination_minutes(input.file);
        finding.kind = lab::FindingKind::detected;
        RequestEffect effect{.kind = EffectKind::zone,
                             .request = "zones_examined",
                             .subject = zone,
                             .first_value = 0.0,
                             .second_value = 0.0,
                             .log10_first = weigh.value_with(input.file, finding),
                             .log10_second = {}};
        finding.kind = lab::FindingKind::not_detected;
        effect.log10_second = weigh.value_with(input.file, finding);
        effects.push_back(std::move(effect));
    }
}

void add_look_alikes(lab::Evaluation const& evaluation, std::vector<RequestEffect>& effects) {
    if (evaluation.by_prevalence.empty()) {
        return;
    }
    lab::PrevalenceRow const& few = evaluation.by_prevalence.front();
    lab::PrevalenceRow const& many = evaluation.by_prevalence.back();
    effects.push_back({.kind = EffectKind::look_alikes,
                       .request = "people_checked",
                       .subject = {},
                       .first_value = few.prevalence,
                       .second_value = many.prevalence,
                       .log10_first = few.log10_lr,
                       .log10_second = many.log10_lr});
}

void add_marker(Case const& of, Weigher const& weigh, std::vector<RequestEffect>& effects) {
    Case changed = of;
    casefile::Lookalike none;
    none.id.value = "none";
    none.prevalence = casefile::Placed<double>{0.0, {}};
    changed.lookalikes = {none};
    effects.push_back({.kind = EffectKind::marker,
                       .request = "laboratory_file",
                       .subject = {},
                       .first_value = 0.0,
                       .second_value = 0.0,
                       .log10_first = weigh.value(changed),
                       .log10_second = {}});
}

/// Each delivery at one end of its interval.
Case at_ends(Case of, double sign) {
    for (casefile::Delivery& delivery : of.deliveries) {
        casefile::Moment& at = delivery.at.value;
        at.minutes += sign * at.uncertainty_min;
        at.uncertainty_min = 0.0;
    }
    return of;
}

void add_delivery_times(Case const& of, Weigher const& weigh, std::vector<RequestEffect>& effects) {
    bool const uncertain = std::ranges::any_of(
        of.deliveries, [](auto const& delivery) { return delivery.at->uncertainty_min > 0.0; });
    if (!uncertain) {
        return;
    }
    effects.push_back({.kind = EffectKind::delivery_times,
                       .request = "use_of_the_marker",
                       .subject = {},
                       .first_value = 0.0,
                       .second_value = 0.0,
                       .log10_first = weigh.value(at_ends(of, -1.0)),
                       .log10_second = weigh.value(at_ends(of, 1.0))});
}

void add_parameters(lab::Evaluation const& evaluation, std::vector<RequestEffect>& effects) {
    constexpr std::size_t most = 3; // the largest; the court's note shows them all
    std::size_t count = 0;
    for (lab::TornadoRow const& row : evaluation.tornado) {
        auto const bearing = std::ranges::find_if(bearings, [&](Bearing const& each) {
            return std::string_view{row.parameter}.starts_with(each.prefix);
        });
        if (bearing == bearings.end() || count == most) {
            continue;
        }
        ++count;
        effects.push_back({.kind = EffectKind::parameter,
                           .request = std::string{bearing->request},
                           .subject = row.parameter,
                           .first_value = row.low,
                           .second_value = row.high,
                           .log10_first = row.log10_lr_at_low,
                           .log10_second = row.log10_lr_at_high});
    }
}

} // namespace

std::vector<RequestEffect> find_request_effects(report::NoteInput const& input,
                                                lab::Evaluation const& evaluation,
                                                unsigned threads) {
    Weigher const weigh{input, evaluation, threads};
    std::vector<RequestEffect> effects;
    // Whoever assigned a probability to the findings as they are assigned none to others.
    if (evaluation.assigned.empty()) {
        add_gloves(input.file, weigh, effects);
        add_zones(input, weigh, effects);
        add_marker(input.file, weigh, effects);
        add_delivery_times(input.file, weigh, effects);
    }
    add_look_alikes(evaluation, effects);
    add_parameters(evaluation, effects);
    std::erase_if(effects, [&](RequestEffect const& effect) {
        return std::ranges::any_of(input.file.head.held,
                                   [&](auto const& held) { return *held == effect.request; });
    });
    return effects;
}

} // namespace cmq::pipeline
