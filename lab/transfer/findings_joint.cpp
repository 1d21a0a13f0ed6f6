// SPDX-License-Identifier: GPL-3.0-or-later

#include "lab/transfer/findings_joint.hpp"

#include "core/error.hpp"
#include "lab/transfer/code_states.hpp"
#include "lab/transfer/evaluator.hpp"
#include "lab/transfer/plan.hpp"
#include "lab/transfer/population.hpp"
#include "system/parallel.hpp"

#include <algorithm>
#include <cmath>
#include <optional>
#include <utility>

namespace cmq::lab {

namespace {

constexpr std::size_t exact_causes = 12; // as evaluate()
constexpr std::size_t work_blocks = 16;  // each keeps a sum of its own

std::size_t power(std::size_t base, std::size_t exponent) {
    std::size_t result = 1;
    for (std::size_t i = 0; i < exponent; ++i) {
        result *= base;
    }
    return result;
}

/// A plan in which it is known of some causes whether they acted.
Plan with_causes(Plan plan, std::span<JointCause const> causes, std::size_t pattern) {
    for (PlannedCause& planned : plan.causes) {
        auto const found = std::ranges::find(causes, planned.key, &JointCause::key);
        if (found != causes.end()) {
            auto const bit = static_cast<std::size_t>(found - causes.begin());
            planned = {.probability = (pattern >> bit & 1U) != 0 ? 1.0 : 0.0,
                       .stream = planned.stream,
                       .key = planned.key};
        }
    }
    return plan;
}

std::size_t amount_class(double detection_limits) {
    std::size_t i = 0;
    while (i + 1 < joint_amounts && detection_limits > joint_amount_ends[i]) {
        ++i;
    }
    return i;
}

bool is_binary(Finding const& finding) {
    bool const read_against_others = std::ranges::any_of(
        finding.look_alike_ratio, [](double const ratio) { return ratio != 1.0; });
    return (finding.kind == FindingKind::detected || finding.kind == FindingKind::not_detected) &&
           !read_against_others && !finding.code;
}

/// Shares an atom out over the cells of the levels around its probabilities.
class Sharer {
public:
    explicit Sharer(FindingsJoint const& joint) : joint_{joint} {}

    void add(Atom const& atom, std::span<double> cells) {
        parts_.assign(1, {0, atom.probability});
        for (std::size_t z = 0; z < joint_.zones.size(); ++z) {
            double const place =
                first_state(z, atom.log_p[z]) * static_cast<double>(joint_.levels - 1);
            auto const below = std::min(static_cast<std::size_t>(place), joint_.levels - 2);
            split(below, place - static_cast<double>(below));
        }
        for (auto const& [cell, probability] : parts_) {
            cells[cell] += probability;
        }
    }

private:
    [[nodiscard]] double first_state(std::size_t z, double log_p) const {
        auto const& zone = joint_.zones[z];
        double const found = std::min(1.0, std::exp(log_p) / zone.largest);
        return zone.found_first ? found : 1.0 - found;
    }

    void split(std::size_t below, double above_share) {
        next_.clear();
        for (auto const& [cell, probability] : parts_) {
            std::size_t const base = cell * joint_.levels + below;
            if (above_share < 1.0) {
                next_.emplace_back(base, probability * (1.0 - above_share));
            }
            if (above_share > 0.0) {
                next_.emplace_back(base + 1, probability * above_share);
            }
        }
        std::swap(parts_, next_);
    }

    FindingsJoint const& joint_;
    std::vector<std::pair<std::size_t, double>> parts_;
    std::vector<std::pair<std::size_t, double>> next_;
};

class Maker {
public:
    Maker(Account const& account,
          std::span<Proposition const> propositions,
          std::span<Finding const> findings,
          ParameterSet const& parameters,
          JointSettings const& settings)
        : account_{account}
        , settings_{settings}
        , prior_{parameters}
        , zones_{examined_zones(account, findings)}
        , states_{make_code_states(zones_)} {
        check(account);
        if (zones_.size() > most_joint_zones) {
            throw Error{ErrorKind::limits,
                        {"{} zones examinées : un réseau en tient au plus {} ; écarter des "
                         "observations",
                         "{} examined zones: a network holds at most {}; leave out findings"},
                        zones_.size(),
                        most_joint_zones};
        }
        for (Proposition const& proposition : propositions) {
            add_plan(proposition);
        }
    }

    FindingsJoint make() {
        choose_causes();
        choose_shape();
        set_zones();
        fill();
        return std::move(joint_);
    }

private:
    void add_plan(Proposition const& proposition) {
        if (proposition.assigned) {
            throw Error{ErrorKind::unsupported,
                        {"proposition {} : une probabilité assignée ne dit rien d’autres "
                         "observations, et n’entre pas dans un réseau ; la retirer pour "
                         "exporter le modèle",
                         "proposition {}: an assigned probability says nothing of other findings "
                         "and does not go into a network; take it out to export the model"},
                        proposition.id};
        }
        SidePlan side = make_side(account_, proposition, zones_);
        joint_.propositions.push_back(proposition.id);
        plans_.push_back(std::move(side.plan));
    }

    /// The most even ones are told apart: they leave most open.
    void choose_causes() {
        std::vector<JointCause> all;
        for (Plan const& plan : plans_) {
            for (PlannedCause const& cause : plan.causes) {
                // A chance that follows from parameters has no number of its own for a table.
                auto& list = cause.depends_on_parameters() ? joint_.summed : all;
                if (std::ranges::find(list, cause.key, &JointCause::key) == list.end()) {
                    list.push_back({cause.key, cause.probability});
                }
            }
        }
        std::ranges::stable_sort(all, [](JointCause const& a, JointCause const& b) {
            return std::abs(a.probability - 0.5) < std::abs(b.probability - 0.5);
        });
        std::size_t const kept = std::min(settings_.most_causes, all.size());
        joint_.causes.assign(all.begin(), all.begin() + static_cast<std::ptrdiff_t>(kept));
        joint_.summed.insert(
            joint_.summed.end(), all.begin() + static_cast<std::ptrdiff_t>(kept), all.end());
    }

    void choose_shape() {
        joint_.zones.resize(zones_.size());
        joint_.amounts = joint_amounts;
        while (network_numbers(joint_) > settings_.most_numbers) {
            if (joint_.amounts > 1) {
                joint_.amounts = 1;
            } else if (joint_.levels > 2) {
                joint_.levels = 2;
            } else if (!joint_.causes.empty()) {
                joint_.summed.push_back(joint_.causes.back());
                joint_.causes.pop_back();
            } else {
                throw Error{ErrorKind::limits,
                            {"un réseau de cette affaire aurait {} nombres ; la limite est de {}",
                             "a network of this case would have {} numbers; the limit is {}"},
                            network_numbers(joint_),
                            settings_.most_numbers};
            }
        }
    }

    void set_zones() {
        for (std::size_t z = 0; z < zones_.size(); ++z) {
            auto& zone = joint_.zones[z];
            zone.examined = zones_[z];
            zone.first_is_detected = is_binary(zones_[z].finding);
            zone.found_first =
                !zone.first_is_detected || zones_[z].finding.kind == FindingKind::detected;
            zone.largest = 1.0;
        }
        bool const all_binary = std::ranges::all_of(
            joint_.zones, [](auto const& zone) { return zone.first_is_detected; });
        for (std::size_t i = 0; i < settings_.draws && !all_binary; ++i) {
            Psi const psi = prior_.draw(settings_.seed, i);
            for (auto& zone : joint_.zones) {
                if (!zone.first_is_detected) {
                    Finding finding = zone.examined.finding;
                    finding.code.reset(); // its factors are at most 1
                    auto const vector =
                        make_finding_vector(finding, make_reading_model(account_, finding, psi));
                    // A mean over the vector exceeds none of its entries.
                    zone.largest =
                        std::max({zone.largest, vector.tail, std::ranges::max(vector.weight)});
                }
            }
        }
    }

    void fill() {
        std::size_t const per_pattern = joint_.amounts * joint_.cells();
        std::size_t const size = plans_.size() * joint_.patterns() * per_pattern;
        std::vector<std::vector<double>> parts(work_blocks);
        parallel_blocks(work_blocks, settings_.threads, [&](std::size_t block) {
            parts[block].assign(size, 0.0);
            std::size_t const end = (block + 1) * settings_.draws / work_blocks;
            for (std::size_t i = block * settings_.draws / work_blocks; i < end; ++i) {
                add_draw(i, parts[block]);
            }
        });
        joint_.p.assign(size, 0.0);
        for (auto const& part : parts) {
            for (std::size_t i = 0; i < size; ++i) {
                joint_.p[i] += part[i];
            }
        }
        for (std::size_t first = 0; first < size; first += per_pattern) {
            auto const pattern = std::span{joint_.p}.subspan(first, per_pattern);
            double sum = 0.0;
            for (double const p : pattern) {
                sum += p;
            }
            for (double& p : pattern) {
                p /= sum;
            }
        }
        joint_.draws = settings_.draws;
    }

    void add_draw(std::size_t number, std::span<double> sums) const {
        for (CodeState const& state : states_) {
            add_draw(number, state, sums);
        }
    }

    void add_draw(std::size_t number, CodeState const& state, std::span<double> sums) const {
        Psi const psi = prior_.draw(settings_.seed, number);
        auto likelihoods = make_likelihoods(account_, state.zones, psi);
        double const weight = std::exp(state.log_weight);
        Sharer sharer{joint_};
        double const kappa = psi[Population::kappa];
        std::size_t const cells = joint_.cells();
        for (std::size_t p = 0; p < plans_.size(); ++p) {
            for (std::size_t pattern = 0; pattern < joint_.patterns(); ++pattern) {
                std::size_t const first =
                    (p * joint_.patterns() + pattern) * joint_.amounts * cells;
                visit_atoms(account_,
                            with_causes(plans_[p], joint_.causes, pattern),
                            zones_,
                            psi,
                            likelihoods,
                            {settings_.seed, number, 0},
                            exact_causes,
                            [&](Atom atom) {
                                atom.probability *= weight;
                                std::size_t const amount =
                                    joint_.amounts > 1 ? amount_class(atom.quanta / kappa) : 0;
                                sharer.add(atom, sums.subspan(first + amount * cells, cells));
                            });
            }
        }
    }

    Account const& account_;
    JointSettings const& settings_;
    PopulationPrior prior_;
    std::vector<ExaminedZone> zones_;
    std::vector<CodeState> states_; ///< of the codes read on them
    std::vector<Plan> plans_;
    FindingsJoint joint_;
};

} // namespace

std::size_t FindingsJoint::cells() const {
    return power(levels, zones.size());
}

std::size_t FindingsJoint::patterns() const {
    return std::size_t{1} << causes.size();
}

std::size_t network_numbers(FindingsJoint const& joint) {
    std::size_t const rows = joint.propositions.size() * joint.patterns();
    std::size_t numbers = joint.propositions.size() + 2 * joint.causes.size();
    numbers += joint.amounts > 1 ? rows * joint.amounts : 0;
    for (std::size_t z = 0; z < joint.zones.size(); ++z) {
        numbers += rows * joint.amounts * power(joint.levels, z + 1) + 2 * joint.levels;
    }
    return numbers;
}

FindingsJoint make_findings_joint(Account const& account,
                                  std::span<Proposition const> propositions,
                                  std::span<Finding const> findings,
                                  ParameterSet const& parameters,
                                  JointSettings const& settings) {
    CMQ_EXPECTS(settings.draws >= 1 && !propositions.empty());
    return Maker{account, propositions, findings, parameters, settings}.make();
}

} // namespace cmq::lab
