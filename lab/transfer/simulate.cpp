// SPDX-License-Identifier: GPL-3.0-or-later

#include "lab/transfer/simulate.hpp"

#include "core/error.hpp"
#include "core/log_sum.hpp"
#include "lab/transfer/rates.hpp"
#include "lab/transfer/timeline.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <map>
#include <numbers>

namespace cmq::lab {

namespace {

constexpr double impossible = -std::numeric_limits<double>::infinity();

struct DrawnLoad {
    double mean_quanta = 0.0;
    double quanta = 0.0; ///< drawn; not used for the one that is integrated
};

/// Adds up p(findings) over occurrence patterns that lead to different shares.
class Patterns {
public:
    Patterns(std::size_t zones, double shape, std::vector<DrawnLoad> loads)
        : shape_{shape}
        , loads_{std::move(loads)}
        , terms_(zones)
        , log_p_(zones) {}

    void add(double probability, std::vector<double> const& shares) {
        if (probability > 0.0) {
            weights_[shares] += probability;
        }
    }

    /// ln p(findings 1 to k) for every k.
    void sum(std::span<RateLikelihood* const> likelihoods, std::span<double> out) {
        std::ranges::fill(out, impossible);
        for (auto const& [shares, weight] : weights_) {
            weigh(shares, likelihoods);
            for (std::size_t z = 0; z < out.size(); ++z) {
                out[z] = log_add(out[z], std::log(weight) + log_p_[z]);
            }
        }
    }

    void visit(std::span<RateLikelihood* const> likelihoods,
               std::function<void(Atom const&)> const& f) {
        for (auto const& [shares, weight] : weights_) {
            Load const load = set_terms(shares, likelihoods);
            bool const reaches =
                std::ranges::any_of(terms_, [](ZoneTerm const& term) { return term.share > 0.0; });
            for (LoadNode const& node :
                 reaches ? load_nodes(terms_, load) : std::vector<LoadNode>{{}}) {
                Atom atom{.probability = weight * std::exp(node.log_weight), .log_p = log_p_};
                for (std::size_t z = 0; z < terms_.size(); ++z) {
                    double const quanta = terms_[z].share * node.quanta + terms_[z].extra;
                    atom.quanta += quanta;
                    log_p_[z] = (*terms_[z].likelihood)(quanta);
                }
                f(atom);
            }
        }
    }

private:
    [[nodiscard]] double
    share(std::vector<double> const& shares, std::size_t delivery, std::size_t zone) const {
        return shares[delivery * terms_.size() + zone];
    }

    /// The load with the largest expected share of what was examined is integrated in closed form.
    [[nodiscard]] std::size_t leading(std::vector<double> const& shares) const {
        std::size_t best = 0;
        double most = -1.0;
        for (std::size_t d = 0; d < loads_.size(); ++d) {
            double expected = 0.0;
            for (std::size_t z = 0; z < terms_.size(); ++z) {
                expected += loads_[d].mean_quanta * share(shares, d, z);
            }
            if (expected > most) {
                most = expected;
                best = d;
            }
        }
        return best;
    }

    Load set_terms(std::vector<double> const& shares,
                   std::span<RateLikelihood* const> likelihoods) {
        Load load{.shape = shape_, .rate = 1.0};
        std::size_t const lead = leading(shares);
        for (std::size_t z = 0; z < terms_.size(); ++z) {
            terms_[z] = {.likelihood = likelihoods[z]};
            for (std::size_t d = 0; d < loads_.size(); ++d) {
                if (d == lead) {
                    terms_[z].share = share(shares, d, z);
                    load.rate = shape_ / loads_[d].mean_quanta;
                } else {
                    terms_[z].extra += loads_[d].quanta * share(shares, d, z);
                }
            }
        }
        return load;
    }

    void weigh(std::vector<double> const& shares, std::span<RateLikelihood* const> likelihoods) {
        Load const load = set_terms(shares, likelihoods);
        log_p_findings(terms_, load, log_p_);
    }

    double shape_;
    std::vector<DrawnLoad> loads_;
    std::vector<ZoneTerm> terms_;
    std::vector<double> log_p_;
    std::map<std::vector<double>, double> weights_;
};

std::vector<DrawnLoad> draw_loads(Plan const& plan, Psi const& psi, DrawName const& name) {
    std::vector<DrawnLoad> loads;
    double const shape = psi[Population::load_shape];
    for (PlannedDelivery const& delivery : plan.deliveries) {
        double const mean = mean_load_dl(delivery, psi) * psi[Population::kappa];
        Random random{name.seed, delivery.stream + load_stream_offset, name.number()};
        loads.push_back({mean, mean * std::exp(random.log_gamma_variate(shape)) / shape});
    }
    return loads;
}

/// One draw of everything but the loads' integral and the findings.
Patterns draw_patterns(Account const& account,
                       Plan const& plan,
                       std::span<ExaminedZone const> zones,
                       Psi const& psi,
                       DrawName const& name,
                       std::size_t exact_causes) {
    Patterns patterns{zones.size(),
                      plan.deliveries.empty() ? 1.0 : psi[Population::load_shape],
                      draw_loads(plan, psi, name)};
    Timeline timeline{account, plan, zones, psi, name, exact_causes};
    timeline.run([&](double probability, std::vector<double> const& shares) {
        patterns.add(probability, shares);
    });
    return patterns;
}

} // namespace

std::vector<RateLikelihood>
make_likelihoods(Account const& account, std::span<ExaminedZone const> zones, Psi const& psi) {
    std::vector<RateLikelihood> likelihoods;
    likelihoods.reserve(zones.size());
    for (ExaminedZone const& zone : zones) {
        likelihoods.emplace_back(
            make_finding_vector(zone.finding, make_reading_model(account, zone.finding, psi)),
            psi[Population::zone_dispersion_shape]);
    }
    return likelihoods;
}

ReadingModel make_reading_model(Account const& account, Finding const& finding, Psi const& psi) {
    bool const counted = finding.kind == FindingKind::count;
    double const kappa = psi[Population::kappa];
    ReadingModel model;
    if (!counted) {
        model.kappa = std::max(kappa * psi[Population::detection_conversion], 1.0);
        model.slope = finding.examination == Examination::visual
                          ? psi[Population::detection_slope_visual]
                          : psi[Population::detection_slope_instrument];
    }
    double left = 1.0;
    for (std::size_t c = 0; c < account.look_alikes.size(); ++c) {
        LookAlike const& look_alike = account.look_alikes[c];
        LookAlikeTerm term;
        term.prevalence =
            look_alike.prevalence ? *look_alike.prevalence : psi[Population::look_alike_prevalence];
        term.prevalence = std::min(term.prevalence, left); // classes exclude each other
        left -= term.prevalence;
        term.seen = look_alike.seen ? *look_alike.seen : psi[Population::look_alike_seen];
        term.ratio = c < finding.look_alike_ratio.size() ? finding.look_alike_ratio[c] : 1.0;
        if (finding.code) {
            term.ratio *= p_read(*finding.code,
                                 look_alike.is_other_lot ? finding.code->given_other_lot
                                                         : finding.code->given_material);
        }
        model.look_alikes.push_back(term);
    }
    if (!account.look_alikes.empty() && (counted || finding.kind == FindingKind::amount)) {
        model.look_alike_mean_dl = psi[Population::look_alike_mean_dl];
    }
    if (finding.code) {
        model.code_of_marker = p_read(*finding.code, finding.code->given_marker);
        model.code_of_nothing = p_read(*finding.code, finding.code->given_material);
    }
    model.contamination_probability = psi[Population::contamination_probability];
    if (model.contamination_probability > 0.0) {
        model.contamination_mean_quanta = psi[Population::contamination_mean_dl] * kappa;
    }
    return model;
}

void simulate_log_p(Account const& account,
                    Plan const& plan,
                    std::span<ExaminedZone const> zones,
                    Psi const& psi,
                    std::span<RateLikelihood* const> likelihoods,
                    DrawName const& name,
                    std::size_t exact_causes,
                    std::span<double> out) {
    CMQ_EXPECTS(!zones.empty() && out.size() == zones.size() && likelihoods.size() == zones.size());
    draw_patterns(account, plan, zones, psi, name, exact_causes).sum(likelihoods, out);
}

void simulate_log_p(Account const& account,
                    Plan const& plan,
                    std::span<ExaminedZone const> zones,
                    Psi const& psi,
                    std::span<RateLikelihood> likelihoods,
                    DrawName const& name,
                    std::size_t exact_causes,
                    std::span<double> out) {
    std::vector<RateLikelihood*> named;
    named.reserve(likelihoods.size());
    for (RateLikelihood& likelihood : likelihoods) {
        named.push_back(&likelihood);
    }
    simulate_log_p(account, plan, zones, psi, named, name, exact_causes, out);
}

void visit_atoms(Account const& account,
                 Plan const& plan,
                 std::span<ExaminedZone const> zones,
                 Psi const& psi,
                 std::span<RateLikelihood> likelihoods,
                 DrawName const& name,
                 std::size_t exact_causes,
                 std::function<void(Atom const&)> const& visit) {
    CMQ_EXPECTS(!zones.empty() && likelihoods.size() == zones.size());
    std::vector<RateLikelihood*> named;
    for (RateLikelihood& likelihood : likelihoods) {
        named.push_back(&likelihood);
    }
    draw_patterns(account, plan, zones, psi, name, exact_causes).visit(named, visit);
}

void simulate_log_p_of_outcomes(Account const& account,
                                Plan const& plan,
                                std::span<ExaminedZone const> zones,
                                Psi const& psi,
                                std::span<RateLikelihood* const> likelihoods,
                                DrawName const& name,
                                std::size_t exact_causes,
                                std::span<double> out) {
    CMQ_EXPECTS(!zones.empty() && !out.empty() && likelihoods.size() == out.size() * zones.size());
    Patterns patterns = draw_patterns(account, plan, zones, psi, name, exact_causes);
    std::vector<double> of_prefixes(zones.size());
    for (std::size_t o = 0; o < out.size(); ++o) {
        patterns.sum(likelihoods.subspan(o * zones.size(), zones.size()), of_prefixes);
        out[o] = of_prefixes.back();
    }
}

} // namespace cmq::lab
