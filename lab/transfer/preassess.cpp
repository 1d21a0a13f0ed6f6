// SPDX-License-Identifier: GPL-3.0-or-later

#include "lab/transfer/preassess.hpp"

#include "core/error.hpp"
#include "lab/transfer/evaluator.hpp"
#include "lab/transfer/prior_points.hpp"
#include "system/parallel.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <utility>

namespace cmq::lab {

namespace {

constexpr std::size_t draws_a_block = 32;
constexpr std::size_t exact_causes = 12;
constexpr double largest_error = 0.05;   // as in evaluate()
constexpr double counts_from = 0.01;     // an outcome that rare need not have a settled ratio
constexpr double adds_at_least = 0.25;   // of the draws so far
constexpr std::size_t draws_unit = 1024; // draws_a_block * lattices: whole blocks of both kinds

std::vector<Finding> findings_of(std::span<PlannedZone const> planned) {
    std::vector<Finding> findings;
    for (PlannedZone const& zone : planned) {
        Finding finding;
        finding.zone = zone.zone;
        finding.kind = FindingKind::detected;
        finding.examination = zone.examination;
        finding.minutes = zone.minutes;
        findings.push_back(std::move(finding));
    }
    return findings;
}

/// Sums over blocks of draws, each within one lattice: at(block, plan, outcome).
class Sums {
public:
    Sums(std::size_t plans, std::size_t outcomes) : plans_{plans}, outcomes_{outcomes} {}

    void append(std::size_t blocks) { sums_.resize(sums_.size() + blocks * plans_ * outcomes_); }

    [[nodiscard]] std::size_t blocks() const { return sums_.size() / (plans_ * outcomes_); }

    [[nodiscard]] std::size_t draws() const { return blocks() * draws_a_block; }

    [[nodiscard]] std::size_t outcomes() const { return outcomes_; }

    double& at(std::size_t block, std::size_t plan, std::size_t outcome) {
        return sums_[(block * plans_ + plan) * outcomes_ + outcome];
    }

    /// Mean of some outcomes together over one of the blocks that errors are estimated from.
    template <class Wanted>
    [[nodiscard]] double
    mean_of(std::size_t error_block, std::size_t plan, Wanted const& wanted) const {
        std::size_t const each = blocks() / lattices;
        double sum = 0.0;
        for (std::size_t b = error_block; b < blocks(); b += lattices) {
            for (std::size_t o = 0; o < outcomes_; ++o) {
                sum += wanted(o) ? sums_[(b * plans_ + plan) * outcomes_ + o] : 0.0;
            }
        }
        return sum / static_cast<double>(each * draws_a_block);
    }

    template <class Wanted>
    [[nodiscard]] Estimate estimate(std::size_t plan, Wanted const& wanted) const {
        Estimate estimate;
        std::vector<double> means;
        for (std::size_t b = 0; b < lattices; ++b) {
            means.push_back(mean_of(b, plan, wanted));
            estimate.value += means.back() / static_cast<double>(lattices);
        }
        double squares = 0.0;
        for (double const mean : means) {
            squares += (mean - estimate.value) * (mean - estimate.value);
        }
        constexpr auto n = static_cast<double>(lattices);
        estimate.se = std::sqrt(squares / (n * (n - 1.0)));
        return estimate;
    }

    [[nodiscard]] Estimate estimate_of(std::size_t plan, std::size_t outcome) const {
        return estimate(plan, [outcome](std::size_t o) { return o == outcome; });
    }

    /// Relative standard error of the ratio of two plans' probabilities of an outcome.
    [[nodiscard]] double
    ratio_error(std::size_t plan1, std::size_t plan2, std::size_t outcome) const {
        auto const wanted = [outcome](std::size_t o) { return o == outcome; };
        double const p1 = estimate_of(plan1, outcome).value;
        double const p2 = estimate_of(plan2, outcome).value;
        double squares = 0.0;
        for (std::size_t b = 0; b < lattices; ++b) {
            double const d = mean_of(b, plan1, wanted) / p1 - mean_of(b, plan2, wanted) / p2;
            squares += d * d;
        }
        constexpr auto n = static_cast<double>(lattices);
        return std::sqrt(squares / (n * (n - 1.0)));
    }

private:
    std::size_t plans_;
    std::size_t outcomes_;
    std::vector<double> sums_;
};

class Preassessor {
public:
    Preassessor(Account const& account,
                std::span<Proposition const> propositions,
                std::span<Pair const> pairs,
                std::span<PlannedZone const> planned,
                ParameterSet const& parameters,
                Settings const& settings,
                Progress const& progress)
        : account_{account}
        , pairs_{pairs}
        , settings_{settings}
        , progress_{progress}
        , prior_{parameters} {
        check(account);
        check_counts(planned);
        result_.zones.assign(planned.begin(), planned.end());
        auto const findings = findings_of(planned);
        zones_ = examined_zones(account, findings);
        for (Proposition const& proposition : propositions) {
            if (is_compared(proposition.id)) {
                plans_.push_back(make_plan(account, proposition));
                check_examinations(account, plans_.back(), findings);
                result_.propositions.push_back({.proposition = proposition.id, .probability = {}});
            }
        }
        for (Pair const& pair : pairs) {
            if (pair.h1 == pair.h2) {
                throw Error{ErrorKind::domain,
                            {"la proposition {} est comparée à elle-même",
                             "proposition {} is compared with itself"},
                            pair.h1};
            }
            positions_.push_back({position_of(pair.h1), position_of(pair.h2)});
        }
    }

    Preassessment run() {
        Sums sums{plans_.size(), std::size_t{1} << zones_.size()};
        std::size_t wanted = in_units(settings_.draws_min);
        std::size_t const most = std::max(wanted, in_units(settings_.draws_max));
        for (;;) {
            add_draws(sums, wanted - sums.draws());
            double const excess = largest_ratio_error(sums) / settings_.target_relative_error;
            if (excess <= 1.0 || wanted >= most) {
                break;
            }
            double const more = std::clamp(excess * excess - 1.0, adds_at_least, 1.0);
            wanted = std::min(
                most,
                in_units(wanted + static_cast<std::size_t>(more * static_cast<double>(wanted))));
        }
        fill(sums);
        return std::move(result_);
    }

private:
    void check_counts(std::span<PlannedZone const> planned) const {
        if (planned.empty()) {
            throw Error{
                ErrorKind::insufficient,
                {"aucune zone à examiner n’est prévue", "no zone is planned to be examined"}};
        }
        if (planned.size() > most_planned_zones) {
            throw Error{
                ErrorKind::limits,
                {"{} zones à examiner ont trop d’issues ; en nommer au plus {} dans [[planned]]",
                 "{} zones to be examined have too many outcomes; name at most {} in [[planned]]"},
                planned.size(),
                most_planned_zones};
        }
        if (pairs_.empty()) {
            throw Error{
                ErrorKind::insufficient,
                {"aucune paire de propositions n’est comparée", "no propositions are compared"}};
        }
        if (settings_.draws_min < lattices || settings_.draws_max < settings_.draws_min ||
            !(settings_.target_relative_error > 0.0)) {
            throw Error{ErrorKind::domain,
                        {"un réglage des tirages est hors de son domaine",
                         "a setting of the draws is out of range"}};
        }
    }

    [[nodiscard]] bool is_compared(std::string const& id) const {
        return std::ranges::any_of(
            pairs_, [&](Pair const& pair) { return pair.h1 == id || pair.h2 == id; });
    }

    [[nodiscard]] std::size_t position_of(std::string const& id) const {
        auto const found =
            std::ranges::find(result_.propositions, id, &PropositionOutcomes::proposition);
        if (found == result_.propositions.end()) {
            throw Error{ErrorKind::domain,
                        {"la proposition {} n’existe pas", "there is no proposition {}"},
                        id};
        }
        return static_cast<std::size_t>(found - result_.propositions.begin());
    }

    static std::size_t in_units(std::size_t draws) {
        return (draws + draws_unit - 1) / draws_unit * draws_unit;
    }

    void add_draws(Sums& sums, std::size_t draws) {
        std::size_t const first = sums.blocks();
        std::size_t const blocks = draws / draws_a_block;
        sums.append(blocks);
        std::vector<std::uint64_t> read(blocks, 0);
        if (progress_.report) {
            progress_.report(std::min(0.9,
                                      static_cast<double>(first * draws_a_block) /
                                          static_cast<double>(settings_.draws_max)),
                             Sentence{Words{"tirage des paramètres", "drawing the parameters"}});
        }
        parallel_blocks(blocks, settings_.threads, [&](std::size_t block) {
            for (std::size_t i = 0; i < draws_a_block && !progress_.stop.stop_requested(); ++i) {
                read[block] |= add_draw(sums, first + block, i);
            }
        });
        if (progress_.stop.stop_requested()) {
            throw Error{ErrorKind::limits,
                        {"le calcul a été arrêté avant sa fin",
                         "the calculation was stopped before its end"}};
        }
        for (std::uint64_t const bits : read) {
            read_ |= bits;
        }
    }

    /// Adds one draw of the population parameters to its block; gives the parameters read.
    std::uint64_t add_draw(Sums& sums, std::size_t block, std::size_t i) const {
        std::size_t const number =
            block / lattices * draws_unit + block % lattices + lattices * i; // all of one lattice
        Psi const psi = prior_.draw(settings_.seed, number);
        std::vector<ExaminedZone> unseen = zones_;
        for (ExaminedZone& zone : unseen) {
            zone.finding.kind = FindingKind::not_detected;
        }
        auto seen_likelihoods = make_likelihoods(account_, zones_, psi);
        auto unseen_likelihoods = make_likelihoods(account_, unseen, psi);
        std::vector<RateLikelihood*> likelihoods;
        for (std::size_t o = 0; o < sums.outcomes(); ++o) {
            for (std::size_t z = 0; z < zones_.size(); ++z) {
                bool const detected = (o >> z & 1U) != 0;
                likelihoods.push_back(detected ? &seen_likelihoods[z] : &unseen_likelihoods[z]);
            }
        }
        std::vector<double> log_p(sums.outcomes());
        for (std::size_t p = 0; p < plans_.size(); ++p) {
            simulate_log_p_of_outcomes(account_,
                                       plans_[p],
                                       zones_,
                                       psi,
                                       likelihoods,
                                       {settings_.seed, number, 0},
                                       exact_causes,
                                       log_p);
            for (std::size_t o = 0; o < log_p.size(); ++o) {
                sums.at(block, p, o) += std::exp(log_p[o]);
            }
        }
        return psi.read();
    }

    /// Of the ratios that count; infinite where one of them is possible under one side only.
    [[nodiscard]] double largest_ratio_error(Sums const& sums) const {
        double largest = 0.0;
        for (auto const& [first, second] : positions_) {
            for (std::size_t o = 0; o < sums.outcomes(); ++o) {
                double const p1 = sums.estimate_of(first, o).value;
                double const p2 = sums.estimate_of(second, o).value;
                if (std::max(p1, p2) >= counts_from && p1 > 0.0 && p2 > 0.0) {
                    largest = std::max(largest, sums.ratio_error(first, second, o));
                }
            }
        }
        return largest;
    }

    void fill(Sums const& sums) {
        result_.draws = sums.draws();
        result_.seed = settings_.seed;
        for (std::size_t p = 0; p < plans_.size(); ++p) {
            for (std::size_t o = 0; o < sums.outcomes(); ++o) {
                result_.propositions[p].probability.push_back(sums.estimate_of(p, o));
            }
        }
        for (std::size_t i = 0; i < population_count; ++i) {
            if ((read_ >> i & 1U) != 0) {
                result_.parameters.push_back(prior_[static_cast<Population>(i)]);
            }
        }
        for (std::size_t i = 0; i < pairs_.size(); ++i) {
            result_.comparisons.push_back(compare(sums, pairs_[i], positions_[i]));
        }
    }

    [[nodiscard]] ComparisonOutcomes
    compare(Sums const& sums, Pair const& pair, std::pair<std::size_t, std::size_t> at) const {
        ComparisonOutcomes comparison{.h1 = pair.h1, .h2 = pair.h2};
        for (std::size_t o = 0; o < sums.outcomes(); ++o) {
            comparison.outcomes.push_back(value_of(sums, at, o));
        }
        auto const points_to = [&](double sign) {
            return [&comparison, sign](std::size_t o) {
                return comparison.outcomes[o].log10_lr.value_or(0.0) * sign > 0.0;
            };
        };
        auto const is_withheld = [&](std::size_t o) { return !comparison.outcomes[o].log10_lr; };
        comparison.misleading_if_h1 = sums.estimate(at.first, points_to(-1.0));
        comparison.misleading_if_h2 = sums.estimate(at.second, points_to(1.0));
        comparison.withheld_if_h1 = sums.estimate(at.first, is_withheld).value;
        comparison.withheld_if_h2 = sums.estimate(at.second, is_withheld).value;
        return comparison;
    }

    [[nodiscard]] OutcomeValue
    value_of(Sums const& sums, std::pair<std::size_t, std::size_t> at, std::size_t outcome) const {
        double const p1 = sums.estimate_of(at.first, outcome).value;
        double const p2 = sums.estimate_of(at.second, outcome).value;
        OutcomeValue value;
        if (p1 == 0.0 || p2 == 0.0) {
            value.withheld =
                p1 == 0.0 ? Withheld::impossible_under_h1 : Withheld::impossible_under_h2;
        } else {
            double const error = sums.ratio_error(at.first, at.second, outcome);
            value.se_log10 = error / std::log(10.0);
            if (error > largest_error) {
                value.withheld = Withheld::monte_carlo_error;
            } else {
                value.log10_lr = std::log10(p1) - std::log10(p2);
            }
        }
        value.printed = printed(value.log10_lr);
        return value;
    }

    /// What moves each value is not worked out before the results: every parameter counts as influential.
    [[nodiscard]] Printed printed(std::optional<double> log10_lr) const {
        std::vector<Influence> influences;
        for (Parameter const& parameter : result_.parameters) {
            influences.push_back({parameter.name,
                                  std::numeric_limits<double>::infinity(),
                                  parameter.grade == Grade::measured_on_product});
        }
        bool const reads_prevalence =
            (read_ >> static_cast<unsigned>(Population::look_alike_prevalence) & 1U) != 0;
        bool const has_data =
            !reads_prevalence ||
            prior_[Population::look_alike_prevalence].grade != Grade::expert_judgement;
        return make_printed(log10_lr, {}, {}, influences, has_data, settings_.print);
    }

    Account const& account_;
    std::span<Pair const> pairs_;
    Settings const& settings_;
    Progress const& progress_;
    PopulationPrior prior_;
    std::vector<ExaminedZone> zones_;
    std::vector<Plan> plans_;
    std::vector<std::pair<std::size_t, std::size_t>> positions_; ///< of each pair's propositions
    std::uint64_t read_ = 0;
    Preassessment result_;
};

} // namespace

Preassessment preassess(Account const& account,
                        std::span<Proposition const> propositions,
                        std::span<Pair const> pairs,
                        std::span<PlannedZone const> planned,
                        ParameterSet const& parameters,
                        Settings const& settings,
                        Progress const& progress) {
    return Preassessor{account, propositions, pairs, planned, parameters, settings, progress}.run();
}

} // namespace cmq::lab
