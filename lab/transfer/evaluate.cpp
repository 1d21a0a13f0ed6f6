// SPDX-License-Identifier: GPL-3.0-or-later

#include "lab/transfer/evaluate.hpp"

#include "core/error.hpp"
#include "core/log_sum.hpp"
#include "lab/transfer/evaluator.hpp"
#include "lab/transfer/prior_points.hpp"
#include "system/parallel.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numbers>

namespace cmq::lab {

namespace {

constexpr std::size_t draws_a_block = 16; // of work, not of the error estimate
constexpr std::size_t exact_causes = 12;  // DESIGN: exact up to 12 causes, drawn beyond
constexpr double largest_error = 0.05;    // of a value that is given at all

Settings const& checked(Settings const& settings) {
    if (settings.draws_min < lattices || settings.draws_max < settings.draws_min ||
        settings.draws_max > (std::size_t{1} << 40U)) {
        throw Error{ErrorKind::domain,
                    {"le nombre de tirages doit être d’au moins 32, et son maximum ne pas lui être "
                     "inférieur",
                     "the number of draws must be at least 32, and its largest not smaller"}};
    }
    if (!(settings.target_relative_error > 0.0) || settings.inner_draws_max < 2 ||
        settings.inner_draws_max > 65536 || !(settings.print.cap > 1.0)) {
        throw Error{ErrorKind::domain,
                    {"un réglage de l’évaluation est hors limites",
                     "a setting of the evaluation is out of range"}};
    }
    return settings;
}

} // namespace

double Batch::log_mean(std::size_t plan, std::size_t zone) const {
    std::vector<double> terms(draws);
    for (std::size_t i = 0; i < draws; ++i) {
        terms[i] = at(i, plan, zone);
    }
    return log_sum(terms) - std::log(static_cast<double>(draws));
}

double relative_error_of_ratio(Batch const& batch) {
    std::size_t const last = batch.zones - 1;
    double const mean0 = batch.log_mean(0, last);
    double const mean1 = batch.log_mean(1, last);
    double sum = 0.0;
    for (std::size_t b = 0; b < lattices; ++b) {
        double difference = 0.0;
        double draws = 0.0;
        for (std::size_t i = b; i < batch.draws; i += lattices) {
            difference +=
                std::exp(batch.at(i, 0, last) - mean0) - std::exp(batch.at(i, 1, last) - mean1);
            draws += 1.0;
        }
        difference /= draws;
        sum += difference * difference;
    }
    auto const blocks = static_cast<double>(lattices);
    return std::sqrt(sum / (blocks * (blocks - 1.0)));
}

Evaluator::Evaluator(Account const& account,
                     Proposition const& h1,
                     Proposition const& h2,
                     std::span<Finding const> findings,
                     ParameterSet const& parameters,
                     Settings const& settings,
                     Progress const& progress)
    : account_{account}
    , h1_{h1}
    , h2_{h2}
    , settings_{checked(settings)}
    , progress_{progress}
    , prior_{parameters} {
    check(account);
    if (h1.id == h2.id) {
        throw Error{ErrorKind::domain,
                    {"la proposition {} est comparée à elle-même",
                     "proposition {} is compared with itself"},
                    h1.id};
    }
    zones_ = examined_zones(account, findings);
    states_ = make_code_states(zones_);
    sides_ = {make_side(account, h1, zones_), make_side(account, h2, zones_)};
    check_sides(h1, sides_[0], h2, sides_[1], zones_);
}

void Evaluator::stop_if_asked() const {
    if (progress_.stop.stop_requested()) {
        throw Error{ErrorKind::limits,
                    {"l’évaluation a été arrêtée avant la fin",
                     "the evaluation was stopped before its end"}};
    }
}

void Evaluator::report(double done, Words doing) const {
    stop_if_asked();
    if (progress_.report) {
        progress_.report(done, Sentence{doing});
    }
}

Batch Evaluator::simulate(PopulationPrior const& prior,
                          std::span<Plan const> plans,
                          std::size_t first,
                          std::size_t draws,
                          std::size_t causes) const {
    std::vector<SidePlan> sides;
    for (Plan const& plan : plans) {
        sides.push_back(make_side(plan, zones_));
    }
    return simulate(prior, sides, first, draws, causes);
}

std::vector<std::vector<RateLikelihood>> Evaluator::state_likelihoods(Psi const& psi) const {
    std::vector<std::vector<RateLikelihood>> all;
    all.reserve(states_.size());
    for (CodeState const& state : states_) {
        all.push_back(make_likelihoods(account_, state.zones, psi));
    }
    return all;
}

void Evaluator::simulate_mixture(SidePlan const& side,
                                 Psi const& psi,
                                 std::span<std::vector<RateLikelihood>> likelihoods,
                                 DrawName const& name,
                                 std::size_t causes,
                                 std::span<double> out) const {
    if (likelihoods.size() == 1) { // a sum would cost the last bit
        simulate_log_p(account_, side, psi, likelihoods.front(), name, causes, out);
        return;
    }
    std::vector<double> log_p(likelihoods.size() * out.size());
    for (std::size_t s = 0; s < likelihoods.size(); ++s) {
        auto const of_state = std::span{log_p}.subspan(s * out.size(), out.size());
        simulate_log_p(account_, side, psi, likelihoods[s], name, causes, of_state);
    }
    std::vector<double> terms(likelihoods.size());
    for (std::size_t i = 0; i < out.size(); ++i) {
        for (std::size_t s = 0; s < likelihoods.size(); ++s) {
            terms[s] = states_[s].log_weight + log_p[s * out.size() + i];
        }
        out[i] = log_sum(terms);
    }
}

Batch Evaluator::simulate(PopulationPrior const& prior,
                          std::span<SidePlan const> sides,
                          std::size_t first,
                          std::size_t draws,
                          std::size_t causes) const {
    std::size_t const zones = zones_.size();
    Batch batch{.plans = sides.size(), .zones = zones, .draws = draws};
    batch.log_p.resize(draws * sides.size() * zones);
    std::size_t const blocks = (draws + draws_a_block - 1) / draws_a_block;
    std::vector<std::uint64_t> read(blocks, 0);
    bool const is_modelled =
        std::ranges::any_of(sides, [](SidePlan const& side) { return !side.zones.empty(); });
    std::vector<std::vector<RateLikelihood>> const without_model(1);
    parallel_blocks(blocks, settings_.threads, [&](std::size_t block) {
        if (progress_.stop.stop_requested()) {
            return;
        }
        for (std::size_t i = block * draws_a_block;
             i < std::min((block + 1) * draws_a_block, draws);
             ++i) {
            Psi const psi = prior.draw(settings_.seed, first + i);
            auto likelihoods = is_modelled ? state_likelihoods(psi) : without_model;
            for (std::size_t p = 0; p < sides.size(); ++p) {
                simulate_mixture(
                    sides[p],
                    psi,
                    likelihoods,
                    {settings_.seed, first + i, 0},
                    causes,
                    std::span{batch.log_p}.subspan((i * sides.size() + p) * zones, zones));
            }
            read[block] |= psi.read();
        }
    });
    stop_if_asked();
    for (std::uint64_t const bits : read) {
        batch.read |= bits;
    }
    return batch;
}

Batch Evaluator::main_batch() const {
    Batch all = simulate(prior_, sides_, 0, settings_.draws_min, exact_causes);
    std::size_t const last = zones_.size() - 1;
    while (all.draws < settings_.draws_max) {
        bool const possible =
            std::isfinite(all.log_mean(0, last)) && std::isfinite(all.log_mean(1, last));
        double const excess =
            possible ? relative_error_of_ratio(all) / settings_.target_relative_error : 2.0;
        if (excess <= 1.0) {
            break;
        }
        report(0.4 * static_cast<double>(all.draws) / static_cast<double>(settings_.draws_max),
               {"tirage des paramètres", "drawing the parameters"});
        // Twice as many: a lattice of 2^m points is the most even one, and what lies between adds little.
        std::size_t const more = std::min(all.draws, settings_.draws_max - all.draws);
        Batch const next = simulate(prior_, sides_, all.draws, more, exact_causes);
        all.log_p.insert(all.log_p.end(), next.log_p.begin(), next.log_p.end());
        all.draws += next.draws;
        all.read |= next.read;
    }
    return all;
}

void Evaluator::fill_value(Batch const& batch, Evaluation& result) const {
    std::size_t const last = zones_.size() - 1;
    double const log_p1 = batch.log_mean(0, last);
    double const log_p2 = batch.log_mean(1, last);
    result.draws = batch.draws;
    if (!std::isfinite(log_p1) && !std::isfinite(log_p2)) {
        throw Error{
            ErrorKind::domain,
            {"les observations sont impossibles sous les deux propositions : aucun récit de "
             "l’affaire, aucune contamination et aucune fluorescence semblable ne peut les donner",
             "the findings are impossible under both propositions: no account of the case, no "
             "contamination and no look-alike can give them"}};
    }
    if (std::isfinite(log_p1)) {
        result.log10_p_h1 = log_p1 / std::numbers::ln10;
    }
    if (std::isfinite(log_p2)) {
        result.log10_p_h2 = log_p2 / std::numbers::ln10;
    }
    if (!result.log10_p_h1 || !result.log10_p_h2) {
        result.withheld =
            result.log10_p_h1 ? Withheld::impossible_under_h2 : Withheld::impossible_under_h1;
        return;
    }
    double const error = relative_error_of_ratio(batch);
    result.monte_carlo_se_log10 = error / std::numbers::ln10;
    if (error > largest_error) {
        result.withheld = Withheld::monte_carlo_error;
        return;
    }
    result.log10_lr = (log_p1 - log_p2) / std::numbers::ln10;
    if (!is_assigned()) {
        fill_chain(batch, result);
    }
}

void Evaluator::fill_chain(Batch const& batch, Evaluation& result) const {
    double before1 = 0.0;
    double before2 = 0.0;
    for (std::size_t z = 0; z < zones_.size(); ++z) {
        double const now1 = batch.log_mean(0, z);
        double const now2 = batch.log_mean(1, z);
        ChainLink link{.zone = zones_[z].finding.zone, .kind = zones_[z].finding.kind};
        link.log10_p_h1 = (now1 - before1) / std::numbers::ln10;
        link.log10_p_h2 = (now2 - before2) / std::numbers::ln10;
        link.log10_lr = link.log10_p_h1 - link.log10_p_h2;
        result.chain.push_back(std::move(link));
        before1 = now1;
        before2 = now2;
    }
}

std::optional<double> Evaluator::without_codes(Batch const& batch) const {
    std::vector<Finding> findings;
    bool any = false;
    for (ExaminedZone const& zone : zones_) {
        any = any || zone.finding.code.has_value();
        findings.push_back(zone.finding);
        findings.back().code.reset();
    }
    if (!any) {
        return std::nullopt;
    }
    Evaluator plain = *this;
    plain.zones_ = examined_zones(account_, findings);
    plain.states_ = make_code_states(plain.zones_);
    Batch const unread = plain.simulate(prior_, sides_, 0, batch.draws, exact_causes);
    std::size_t const last = zones_.size() - 1;
    double const log_lr = unread.log_mean(0, last) - unread.log_mean(1, last);
    return std::isfinite(log_lr) ? std::optional{log_lr / std::numbers::ln10} : std::nullopt;
}

Evaluation Evaluator::run() const {
    report(0.0, {"tirage des paramètres", "drawing the parameters"});
    Evaluation result;
    result.h1 = h1_.id;
    result.h2 = h2_.id;
    result.seed = settings_.seed;
    Batch const batch = main_batch();
    fill_value(batch, result);
    for (std::size_t i = 0; i < population_count; ++i) {
        if ((batch.read >> i & 1U) != 0) {
            result.parameters.push_back(prior_[static_cast<Population>(i)]);
        }
    }
    if (result.log10_lr) {
        result.log10_lr_without_codes = without_codes(batch);
        report(0.4,
               {"variation de tous les paramètres ensemble", "varying all parameters together"});
        auto const ratios = ratios_given_parameters();
        result.sensitivity = sensitivity(ratios);
        report(0.6, {"variation des paramètres un à un", "varying one parameter at a time"});
        result.tornado = tornado(batch.read);
        fill_tipping_points(result.tornado);
        if (result.sensitivity) {
            fill_explained(ratios, result.tornado);
        }
        report(0.9, {"calcul des courbes", "drawing the curves"});
        result.curves = curves(batch.read);
        result.by_prevalence = by_prevalence(batch.read);
    }
    if (is_assigned()) {
        fill_assigned(result);
    } else {
        result.routes = routes();
        fill_alone(result);
    }
    result.expected_unmarked_glowing = unmarked_glowing({});
    result.printed = printed(result, batch.read);
    report(1.0, {"terminé", "done"});
    return result;
}

Evaluation evaluate(Account const& account,
                    Proposition const& h1,
                    Proposition const& h2,
                    std::span<Finding const> findings,
                    ParameterSet const& parameters,
                    Settings const& settings,
                    Progress const& progress) {
    return Evaluator{account, h1, h2, findings, parameters, settings, progress}.run();
}

} // namespace cmq::lab
