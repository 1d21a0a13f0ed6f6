// SPDX-License-Identifier: GPL-3.0-or-later

#include "apps/pipeline/check_evaluations.hpp"

#include "apps/pipeline/check_row.hpp"
#include "apps/pipeline/to_account.hpp"
#include "apps/pipeline/to_parameters.hpp"
#include "report/facts.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <map>
#include <set>
#include <string_view>
#include <utility>

namespace cmq::pipeline {
namespace {

constexpr double furthest_ratio = 10'000.0;  // log10; the charts draw no more
constexpr std::size_t most_parameters = 256; // the library has 36
constexpr std::size_t most_draws = std::size_t{1} << 40U;

bool is_drawable(double log10_lr) {
    return std::abs(log10_lr) <= furthest_ratio;
}

/// Numbers rows through all evaluations, as their tables do.
class EvaluationChecker {
public:
    explicit EvaluationChecker(report::NoteInput const& input) : input_{input} {}

    void run() {
        auto const& comparisons = input_.file.comparisons;
        CheckedRow const last{"evaluations",
                              std::min(input_.evaluations.size(), comparisons.size())};
        last.agrees(input_.evaluations.size() == comparisons.size(), "h1");
        for (std::size_t i = 0; i < comparisons.size(); ++i) {
            lab::Evaluation const& each = input_.evaluations[i];
            CheckedRow const row{"evaluations", i};
            row.agrees(each.h1 == *comparisons[i].h1, "h1");
            row.agrees(each.h2 == *comparisons[i].h2, "h2");
            row.agrees(each.seed == input_.file.settings.seed, "seed");
            check_value(each, row);
            check_printed(each, row);
            check_parameters(each);
            check_chain(each);
            check_routes(each);
            check_tornado(each);
            check_curves(each);
            check_assigned(each);
            check_prevalences(each);
        }
    }

private:
    static void check_value(lab::Evaluation const& each, CheckedRow const& row) {
        bool const given = each.log10_lr.has_value();
        row.agrees(given == (each.withheld == lab::Withheld::no), "withheld");
        row.expects(!given || is_drawable(*each.log10_lr), "log10_lr");
        row.expects(each.monte_carlo_se_log10 >= 0.0, "monte_carlo_se_log10");
        row.expects(each.draws <= most_draws, "draws");
        row.expects(each.expected_unmarked_glowing.value_or(0.0) >= 0.0, "unmarked_glowing");
        row.agrees(given || (each.tornado.empty() && each.curves.empty() && each.chain.empty()),
                   "log10_lr");
        if (each.sensitivity) {
            lab::Sensitivity const& range = *each.sensitivity;
            row.agrees(given, "has_sensitivity");
            row.expects(is_drawable(range.low) && is_drawable(range.high), "sensitivity_low");
            row.agrees(range.low <= range.median && range.median <= range.high,
                       "sensitivity_median");
            row.expects(range.unsettled <= most_draws, "unsettled");
        }
    }

    void check_printed(lab::Evaluation const& each, CheckedRow const& row) {
        lab::Printed const& printed = each.printed;
        row.expects(printed.significant_figures >= 1, "significant_figures");
        row.agrees(printed.value.has_value() == each.log10_lr.has_value(), "printed");
        if (printed.value) {
            row.expects(*printed.value >= 1.0, "printed");
            // To one figure 1.5 may become 2, at most by a third; beyond the cap only "more than" is said.
            double const strength = std::abs(*each.log10_lr);
            double const told = std::log10(*printed.value);
            constexpr double rounding = 0.18; // log10(1.5), and a little
            row.agrees(told <= strength + rounding &&
                           (printed.at_cap || told >= strength - rounding),
                       "printed");
            row.agrees(printed.supports == lab::Supports::neither ||
                           (printed.supports == lab::Supports::h1) == (*each.log10_lr > 0.0),
                       "supports");
        }
        std::set<lab::PrintReason> known;
        for (lab::PrintReasonEntry const& entry : printed.reasons) {
            CheckedRow{"evaluation_reasons", reasons_++}.agrees(known.insert(entry.reason).second,
                                                                "reason");
            for (std::string const& name : entry.parameters) {
                CheckedRow{"evaluation_reason_parameters", reason_parameters_++}.expects_text(
                    name, "text");
            }
        }
    }

    void check_parameters(lab::Evaluation const& each) {
        used_.clear();
        for (lab::Parameter const& parameter : each.parameters) {
            CheckedRow const row{"evaluation_parameters", parameters_++};
            row.agrees(used_.insert(parameter.name).second, "name");
            auto const [known, is_new] = all_parameters_.try_emplace(parameter.name, &parameter);
            if (is_new) {
                row.expects(all_parameters_.size() <= most_parameters, "name");
                check_parameter(parameter, row);
            } else { // the note prints each once
                row.agrees(known->second->distribution == parameter.distribution &&
                               known->second->grade == parameter.grade,
                           "name");
            }
        }
    }

    static void check_parameter(lab::Parameter const& parameter, CheckedRow const& row) {
        using Text = std::string lab::Parameter::*;
        constexpr std::array<std::pair<Text, std::string_view>, 9> texts{{
            {&lab::Parameter::name, "name"},
            {&lab::Parameter::meaning, "meaning"},
            {&lab::Parameter::unit, "unit"},
            {&lab::Parameter::conditions, "conditions"},
            {&lab::Parameter::source, "source"},
            {&lab::Parameter::label_fr, "label_fr"},
            {&lab::Parameter::label_en, "label_en"},
            {&lab::Parameter::conditions_fr, "conditions_fr"},
            {&lab::Parameter::source_fr, "source_fr"},
        }};
        for (auto const& [member, column] : texts) {
            row.expects_text(parameter.*member, column);
        }
        row.expects(has_finite_quantiles(parameter.distribution), "kind");
    }

    void check_chain(lab::Evaluation const& each) {
        std::set<std::string_view> zones;
        double sum = 0.0;
        double terms = 1.0;
        for (lab::ChainLink const& link : each.chain) {
            CheckedRow const row{"evaluation_chain", chain_++};
            row.agrees(report::find_carrier(input_.file, link.zone) != nullptr &&
                           zones.insert(link.zone).second,
                       "zone");
            sum += link.log10_lr;
            terms += std::abs(link.log10_p_h1) + std::abs(link.log10_p_h2);
        }
        // The links are differences of sums that they add up to again, but for rounding.
        constexpr double rounding = 1e-9;
        CheckedRow const last{"evaluation_chain", chain_};
        bool const has_none = !each.assigned.empty() && each.chain.empty();
        last.agrees(has_none || !each.log10_lr ||
                        std::abs(sum - *each.log10_lr) <= rounding * terms,
                    "log10_lr");
    }

    void check_routes(lab::Evaluation const& each) {
        std::set<std::pair<std::string_view, std::string_view>> known;
        for (lab::RouteAlone const& route : each.routes) {
            CheckedRow const row{"evaluation_routes", routes_++};
            row.agrees(known.emplace(route.delivery, route.proposition).second, "delivery");
            row.agrees(route.delivery.empty() || is_delivery(route.delivery), "delivery");
            row.agrees(route.proposition.empty() ||
                           report::find_proposition(input_.file, route.proposition) != nullptr,
                       "proposition");
        }
    }

    [[nodiscard]] bool is_delivery(std::string_view id) const {
        auto const has = [&](auto const& entries) {
            return std::ranges::any_of(entries, [&](auto const& entry) { return *entry.id == id; });
        };
        return has(input_.file.deliveries) || has(input_.file.contaminations);
    }

    void check_tornado(lab::Evaluation const& each) {
        std::set<std::string_view> known;
        for (lab::TornadoRow const& bar : each.tornado) {
            CheckedRow const row{"evaluation_tornado", tornado_++};
            row.agrees(used_.contains(bar.parameter) && known.insert(bar.parameter).second,
                       "parameter");
            row.agrees(bar.low <= bar.high, "low");
            row.expects(is_drawable(bar.log10_lr_at_low), "log10_lr_at_low");
            row.expects(is_drawable(bar.log10_lr_at_high), "log10_lr_at_high");
            double const tips = bar.tipping_point.value_or(bar.low);
            row.expects(tips >= bar.low && tips <= bar.high, "tipping_point");
            row.expects_in(bar.explains.value_or(0.0), 0.0, 1.0, "explains");
        }
    }

    void check_curves(lab::Evaluation const& each) {
        std::set<std::string_view> known;
        for (lab::Curve const& curve : each.curves) {
            CheckedRow const row{"evaluation_curves", curves_++};
            row.agrees(used_.contains(curve.parameter) && known.insert(curve.parameter).second,
                       "parameter");
            for (std::size_t i = 0; i < curve.x.size(); ++i) {
                CheckedRow const point{"evaluation_curve_points", points_++};
                point.expects(i == 0 || curve.x[i] > curve.x[i - 1], "x");
                point.expects(is_drawable(curve.log10_lr[i]), "log10_lr");
            }
        }
    }

    /// What the case assigns to the two propositions, and nothing else.
    void check_assigned(lab::Evaluation const& each) {
        auto const& stated = input_.file.assigned;
        auto const wanted = static_cast<std::size_t>(
            std::ranges::count_if(stated, [&](casefile::Assigned const& one) {
                return *one.proposition == each.h1 || *one.proposition == each.h2;
            }));
        CheckedRow{"evaluation_terms", terms_ + std::min(wanted, each.assigned.size())}.agrees(
            wanted == each.assigned.size(), "evaluation");
        std::set<std::string_view> known;
        for (lab::AssignedTerm const& term : each.assigned) {
            CheckedRow const row{"evaluation_terms", terms_++};
            auto const found = std::ranges::find_if(stated, [&](casefile::Assigned const& one) {
                return *one.proposition == term.proposition;
            });
            row.agrees((term.proposition == each.h1 || term.proposition == each.h2) &&
                           found != stated.end() && known.insert(term.proposition).second,
                       "proposition");
            check_term(term, *found, row);
        }
    }

    void check_term(lab::AssignedTerm const& term,
                    casefile::Assigned const& stated,
                    CheckedRow const& row) {
        lab::Assigned const assigned = to_assigned(stated);
        row.agrees(term.assigned.probability == assigned.probability, "probability");
        row.agrees(term.assigned.low == assigned.low, "low");
        row.agrees(term.assigned.high == assigned.high, "high");
        row.agrees(term.assigned.author == assigned.author, "author");
        row.agrees(term.assigned.date == assigned.date, "date");
        row.agrees(term.assigned.reasons_fr == assigned.reasons_fr, "reasons_fr");
        row.agrees(term.assigned.reasons_en == assigned.reasons_en, "reasons_en");
        row.expects(is_drawable(term.log10_lr_at_low.value_or(0.0)), "log10_lr_at_low");
        row.expects(is_drawable(term.log10_lr_at_high.value_or(0.0)), "log10_lr_at_high");
        CheckedRow const zones{"evaluation_term_zones", term_zones_};
        term_zones_ += term.assigned.zones.size();
        zones.agrees(term.assigned.zones.empty() || term.assigned.zones == assigned.zones, "text");
    }

    void check_prevalences(lab::Evaluation const& each) {
        double before = -1.0;
        for (lab::PrevalenceRow const& point : each.by_prevalence) {
            CheckedRow const row{"evaluation_prevalences", prevalences_++};
            row.expects_in(point.prevalence, 0.0, 1.0, "prevalence");
            row.expects(point.prevalence > before, "prevalence");
            before = point.prevalence;
            row.expects(is_drawable(point.log10_lr.value_or(0.0)), "log10_lr");
            row.expects(point.expected_glowing.value_or(0.0) >= 0.0, "expected_glowing");
        }
    }

    report::NoteInput const& input_;
    std::set<std::string_view> used_; ///< parameters of the evaluation at hand
    std::map<std::string_view, lab::Parameter const*> all_parameters_;
    std::size_t reasons_ = 0;
    std::size_t reason_parameters_ = 0;
    std::size_t parameters_ = 0;
    std::size_t chain_ = 0;
    std::size_t routes_ = 0;
    std::size_t tornado_ = 0;
    std::size_t curves_ = 0;
    std::size_t points_ = 0;
    std::size_t terms_ = 0;
    std::size_t term_zones_ = 0;
    std::size_t prevalences_ = 0;
};

} // namespace

void check_evaluations(report::NoteInput const& input) {
    EvaluationChecker{input}.run();
}

} // namespace cmq::pipeline
