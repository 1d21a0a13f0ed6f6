// SPDX-License-Identifier: GPL-3.0-or-later

// Evaluator: sensitivity, tornado, curves, single routes, and what may be printed.

#include "core/log_sum.hpp"
#include "lab/transfer/evaluator.hpp"
#include "system/parallel.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <numbers>

namespace cmq::lab {

namespace {

constexpr std::size_t few_exact_causes = 3; // where patterns are drawn beyond, to save time
constexpr std::size_t first_inner_draws = 32;
constexpr double largest_inner_error = 0.1;
constexpr double largest_unsettled_share = 0.04; // below the 5 % that lie outside each end
constexpr std::size_t curve_points = 11;

/// Value at a share of sorted values, between neighbours where it falls between.
double quantile(std::vector<double> const& sorted, double share) {
    double const position = share * static_cast<double>(sorted.size() - 1);
    auto const below = static_cast<std::size_t>(position);
    std::size_t const above = std::min(below + 1, sorted.size() - 1);
    return std::lerp(sorted[below], sorted[above], position - static_cast<double>(below));
}

struct InnerMean {
    double log_mean = 0.0;
    double relative_error = 0.0;
};

InnerMean inner_mean(std::vector<double> const& log_p) {
    auto const n = static_cast<double>(log_p.size());
    double const log_mean = log_sum(log_p) - std::log(n);
    if (!std::isfinite(log_mean)) {
        return {log_mean, std::numeric_limits<double>::infinity()};
    }
    double sum = 0.0;
    for (double const value : log_p) {
        double const d = std::exp(value - log_mean) - 1.0;
        sum += d * d;
    }
    return {log_mean, std::sqrt(sum / (n * (n - 1.0)))};
}

bool is_read(std::uint64_t read, Population parameter) {
    return (read >> static_cast<unsigned>(parameter) & 1U) != 0;
}

std::vector<double> log_spaced(double low, double high, std::size_t points) {
    std::vector<double> values;
    for (std::size_t i = 0; i < points; ++i) {
        values.push_back(
            low * std::pow(high / low, static_cast<double>(i) / static_cast<double>(points - 1)));
    }
    return values;
}

/// The proposition's events with this delivery alone, which happened.
Plan plan_alone(Account const& account, Proposition const& proposition, Delivery const& delivery) {
    Account alone = account;
    for (Delivery& other : alone.deliveries) {
        if (other.id == delivery.id) { // it happened, and it marked
            other.probability = 1.0;
            other.aim.reset();
            other.contacts = 0;
        }
        other.cause = other.id == delivery.id ? "" : other.cause;
    }
    for (Event& event : alone.events) {
        bool const in_step = !delivery.cause.empty() && event.cause == delivery.cause;
        event.probability = in_step ? 1.0 : event.probability;
        bool const follows_another =
            event.after != delivery.id &&
            std::ranges::find(account.deliveries, event.after, &Delivery::id) !=
                account.deliveries.end();
        event.after = follows_another ? "" : event.after;
    }
    Proposition single = proposition;
    single.deliveries = {delivery.id};
    return make_plan(alone, single, Contamination::left_out);
}

} // namespace

std::optional<double> Evaluator::log_ratio_given(std::size_t draw) const {
    Psi const psi = prior_.draw(settings_.seed, draw);
    auto likelihoods = state_likelihoods(psi);
    std::array<double, 2> log_l{};
    for (std::size_t p = 0; p < 2; ++p) {
        std::vector<double> log_p;
        std::vector<double> out(zones_.size());
        std::size_t wanted = std::min(first_inner_draws, settings_.inner_draws_max);
        for (;;) {
            for (std::size_t inner = log_p.size(); inner < wanted; ++inner) {
                simulate_mixture(sides_[p],
                                 psi,
                                 likelihoods,
                                 {settings_.seed, draw, inner},
                                 few_exact_causes,
                                 out);
                log_p.push_back(out.back());
            }
            InnerMean const mean = inner_mean(log_p);
            if (mean.relative_error <= largest_inner_error) {
                log_l[p] = mean.log_mean;
                break;
            }
            if (wanted == settings_.inner_draws_max || progress_.stop.stop_requested()) {
                return std::nullopt;
            }
            wanted = std::min(2 * wanted, settings_.inner_draws_max);
        }
    }
    return log_l[0] - log_l[1];
}

std::vector<std::optional<double>> Evaluator::ratios_given_parameters() const {
    bool const is_modelled = !sides_[0].zones.empty() || !sides_[1].zones.empty();
    std::vector<std::optional<double>> ratios(settings_.sensitivity_draws);
    parallel_blocks(ratios.size(), settings_.threads, [&](std::size_t i) {
        ratios[i] =
            is_modelled ? log_ratio_given(i) : sides_[0].log_assigned - sides_[1].log_assigned;
    });
    stop_if_asked();
    return ratios;
}

std::optional<Sensitivity>
Evaluator::sensitivity(std::vector<std::optional<double>> const& ratios) const {
    // With no model on either side there is no range but the one that an author states.
    AssignedShift const first = h1_.assigned ? shift_of(*h1_.assigned) : AssignedShift{};
    AssignedShift const second = h2_.assigned ? shift_of(*h2_.assigned) : AssignedShift{};
    double const down = first.low - second.high;
    double const up = first.high - second.low;
    bool const is_modelled = !sides_[0].zones.empty() || !sides_[1].zones.empty();
    if (ratios.empty() || (!is_modelled && down == 0.0 && up == 0.0)) {
        return std::nullopt;
    }
    std::vector<double> settled;
    for (std::optional<double> const& ratio : ratios) {
        if (ratio) {
            settled.push_back(*ratio / std::numbers::ln10);
        }
    }
    std::size_t const unsettled = ratios.size() - settled.size();
    // More of them than lie outside the range could put one of its ends anywhere.
    if (static_cast<double>(unsettled) >
        largest_unsettled_share * static_cast<double>(ratios.size())) {
        return std::nullopt;
    }
    std::ranges::sort(settled);
    double constexpr infinite = std::numeric_limits<double>::infinity();
    std::vector<double> lowest(unsettled, -infinite);
    lowest.insert(lowest.end(), settled.begin(), settled.end());
    std::vector<double> highest = settled;
    highest.insert(highest.end(), unsettled, infinite);
    return Sensitivity{.low = quantile(lowest, 0.05) + down,
                       .median = quantile(settled, 0.5),
                       .high = quantile(highest, 0.95) + up,
                       .unsettled = unsettled};
}

/// The value with each of these held in turn, on the same draws of all others. What a finding is read
/// with does not depend on most of them: it is made once a draw.
std::vector<double> Evaluator::log10_lr_held(std::span<Held const> held) const {
    std::size_t const draws = settings_.tornado_draws;
    std::vector<std::array<std::vector<double>, 2>> log_p(held.size());
    for (auto& of_plans : log_p) {
        of_plans.fill(std::vector<double>(draws));
    }
    parallel_blocks(draws, settings_.threads, [&](std::size_t i) {
        if (progress_.stop.stop_requested()) {
            return;
        }
        Psi const psi = prior_.draw(settings_.seed, i);
        auto likelihoods = state_likelihoods(psi);
        std::uint64_t const read_by_likelihoods = psi.read();
        std::vector<double> out(zones_.size());
        for (std::size_t h = 0; h < held.size(); ++h) {
            Psi const changed = psi.with(held[h].parameter, held[h].value);
            auto own = is_read(read_by_likelihoods, held[h].parameter)
                           ? state_likelihoods(changed)
                           : std::vector<std::vector<RateLikelihood>>{};
            for (std::size_t p = 0; p < 2; ++p) {
                simulate_mixture(sides_[p],
                                 changed,
                                 own.empty() ? likelihoods : own,
                                 {settings_.seed, i, 0},
                                 few_exact_causes,
                                 out);
                log_p[h][p][i] = out.back();
            }
        }
    });
    stop_if_asked();
    std::vector<double> log10_lr;
    log10_lr.reserve(held.size());
    for (auto const& [first, second] : log_p) {
        log10_lr.push_back((log_sum(first) - log_sum(second)) / std::numbers::ln10);
    }
    return log10_lr;
}

std::vector<TornadoRow> Evaluator::tornado(std::uint64_t read) const {
    std::vector<TornadoRow> rows;
    if (settings_.tornado_draws == 0) {
        return rows;
    }
    std::vector<Held> ends;
    for (std::size_t i = 0; i < population_count; ++i) {
        auto const parameter = static_cast<Population>(i);
        Distribution const& distribution = prior_[parameter].distribution;
        if (is_read(read, parameter) && distribution.kind != DistributionKind::fixed) {
            Quantiles const range = quantiles_of(distribution);
            ends.push_back({parameter, range.p05});
            ends.push_back({parameter, range.p95});
        }
    }
    std::vector<double> const log10_lr = log10_lr_held(ends);
    for (std::size_t i = 0; i < ends.size(); i += 2) {
        if (std::isfinite(log10_lr[i]) && std::isfinite(log10_lr[i + 1])) {
            rows.push_back({.parameter = prior_[ends[i].parameter].name,
                            .low = ends[i].value,
                            .high = ends[i + 1].value,
                            .log10_lr_at_low = log10_lr[i],
                            .log10_lr_at_high = log10_lr[i + 1]});
        }
    }
    std::ranges::stable_sort(rows, std::ranges::greater{}, [](TornadoRow const& row) {
        return std::abs(row.log10_lr_at_high - row.log10_lr_at_low);
    });
    return rows;
}

std::vector<Curve> Evaluator::curves(std::uint64_t read) const {
    std::vector<Curve> result;
    if (settings_.tornado_draws == 0) {
        return result;
    }
    auto const add = [&](Population parameter, std::vector<double> const& values) {
        if (!is_read(read, parameter)) {
            return;
        }
        std::vector<Held> points;
        points.reserve(values.size());
        for (double const value : values) {
            points.push_back({parameter, value});
        }
        std::vector<double> const log10_lr = log10_lr_held(points);
        Curve curve{.parameter = prior_[parameter].name};
        for (std::size_t i = 0; i < points.size(); ++i) {
            if (std::isfinite(log10_lr[i])) {
                curve.x.push_back(points[i].value);
                curve.log10_lr.push_back(log10_lr[i]);
            }
        }
        result.push_back(std::move(curve));
    };
    // Claims on drying run from 5 minutes to hours (domain notes 1.3, 2.2).
    add(Population::dry_tau_min, log_spaced(2.0, 480.0, curve_points));
    add(Population::look_alike_prevalence, log_spaced(0.001, 0.5, curve_points));
    return result;
}

std::vector<PrevalenceRow> Evaluator::by_prevalence(std::uint64_t read) const {
    std::vector<PrevalenceRow> rows;
    if (settings_.tornado_draws == 0 || !is_read(read, Population::look_alike_prevalence)) {
        return rows;
    }
    std::vector<Held> points;
    for (double const share : {0.001, 0.003, 0.01, 0.03, 0.1, 0.3}) {
        points.push_back({Population::look_alike_prevalence, share});
    }
    std::vector<double> const log10_lr = log10_lr_held(points);
    for (std::size_t i = 0; i < points.size(); ++i) {
        PrevalenceRow row{.prevalence = points[i].value};
        if (std::isfinite(log10_lr[i])) {
            row.log10_lr = log10_lr[i];
        }
        row.expected_glowing = unmarked_glowing(points[i].value);
        rows.push_back(row);
    }
    return rows;
}

bool Evaluator::is_assigned() const {
    return sides_[0].is_assigned || sides_[1].is_assigned;
}

void Evaluator::fill_assigned(Evaluation& result) const {
    for (Proposition const* proposition : {&h1_, &h2_}) {
        if (!proposition->assigned) {
            continue;
        }
        AssignedShift const shift = shift_of(*proposition->assigned);
        double const sign = proposition == &h1_ ? 1.0 : -1.0;
        AssignedTerm term{.proposition = proposition->id, .assigned = *proposition->assigned};
        if (sides_[proposition == &h1_ ? 0 : 1].zones.empty()) {
            term.assigned.zones.clear(); // named one by one, or not: it speaks of all findings
        }
        if (result.log10_lr) {
            term.log10_lr_at_low = *result.log10_lr + sign * shift.low;
            term.log10_lr_at_high = *result.log10_lr + sign * shift.high;
        }
        result.assigned.push_back(std::move(term));
    }
}

std::vector<RouteAlone> Evaluator::routes() const {
    std::vector<RouteAlone> rows;
    std::vector<Plan> plans;
    for (Delivery const& delivery : account_.deliveries) {
        bool const always = delivery.kind == DeliveryKind::contamination;
        for (Proposition const* proposition : {&h1_, &h2_}) {
            if (always || std::ranges::find(proposition->deliveries, delivery.id) !=
                              proposition->deliveries.end()) {
                plans.push_back(plan_alone(account_, *proposition, delivery));
                rows.push_back(
                    {.delivery = delivery.id, .proposition = proposition->id, .log10_p = {}});
            }
        }
    }
    plans.emplace_back();
    rows.emplace_back();
    std::size_t const draws = std::max<std::size_t>(settings_.tornado_draws, 256);
    Batch const batch = simulate(prior_, plans, 0, draws, few_exact_causes);
    for (std::size_t p = 0; p < rows.size(); ++p) {
        double const log_p = batch.log_mean(p, zones_.size() - 1);
        if (std::isfinite(log_p)) {
            rows[p].log10_p = log_p / std::numbers::ln10;
        }
    }
    return rows;
}

std::optional<double> Evaluator::unmarked_glowing(std::optional<double> prevalence) const {
    if (!account_.people_checked) {
        return std::nullopt;
    }
    Finding seen;
    seen.kind = FindingKind::detected;
    seen.examination = Examination::visual;
    constexpr std::size_t draws = 1024;
    double sum = 0.0;
    for (std::size_t i = 0; i < draws; ++i) {
        Psi psi = prior_.draw(settings_.seed, i);
        if (prevalence) {
            psi = psi.with(Population::look_alike_prevalence, *prevalence);
        }
        sum += make_finding_vector(seen, make_reading_model(account_, seen, psi)).at(0);
    }
    return sum / static_cast<double>(draws) * static_cast<double>(*account_.people_checked);
}

Printed Evaluator::printed(Evaluation const& result, std::uint64_t read) const {
    std::vector<Influence> influences;
    for (Parameter const& parameter : result.parameters) {
        auto const row = std::ranges::find(result.tornado, parameter.name, &TornadoRow::parameter);
        // Without a bar (a fixed value, or no tornado) the influence is not known: taken as large.
        double const swing = row != result.tornado.end()
                                 ? std::abs(row->log10_lr_at_high - row->log10_lr_at_low)
                                 : std::numeric_limits<double>::infinity();
        influences.push_back(
            {parameter.name, swing, parameter.grade == Grade::measured_on_product});
    }
    bool const look_alike_has_data =
        !is_read(read, Population::look_alike_prevalence) ||
        prior_[Population::look_alike_prevalence].grade != Grade::expert_judgement;
    std::optional<double> low;
    std::optional<double> high;
    if (result.sensitivity) {
        low = result.sensitivity->low;
        high = result.sensitivity->high;
    }
    std::vector<std::string> assigned;
    for (AssignedTerm const& term : result.assigned) {
        assigned.push_back(term.proposition);
    }
    return make_printed(
        result.log10_lr, low, high, influences, look_alike_has_data, settings_.print, assigned);
}

} // namespace cmq::lab
