// SPDX-License-Identifier: GPL-3.0-or-later

#include "apps/pipeline/preassess_case.hpp"

#include "apps/pipeline/add_places.hpp"
#include "apps/pipeline/load_case.hpp"
#include "apps/pipeline/to_account.hpp"
#include "report/facts.hpp"
#include "report/json_envelope.hpp"

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

namespace cmq::pipeline {
namespace {

using casefile::Case;

// More draws than this settle no outcome that matters: p below 1 % need not be settled.
constexpr std::size_t most_draws = 32768;

lab::Examination to_lab(casefile::ExaminedBy by) {
    return by == casefile::ExaminedBy::visual ? lab::Examination::visual
                                              : lab::Examination::instrument;
}

/// Zones, each once, in the order in which they are added.
class Plan {
public:
    explicit Plan(double without_time) : without_time_{without_time} {}

    void add(std::string const& zone,
             lab::Examination examination,
             std::optional<casefile::Placed<casefile::Moment>> const& at) {
        if (std::ranges::find(zones_, zone, &lab::PlannedZone::zone) == zones_.end()) {
            zones_.push_back({zone, examination, at ? (*at)->minutes : without_time_});
        }
    }

    [[nodiscard]] std::vector<lab::PlannedZone> take() { return std::move(zones_); }

private:
    double without_time_;
    std::vector<lab::PlannedZone> zones_;
};

std::vector<lab::PlannedZone> stated_zones(Case const& of) {
    Plan plan{examination_minutes(of)};
    for (casefile::Planned const& planned : of.planned) {
        plan.add(*planned.zone, to_lab(planned.examined_by), planned.at);
    }
    return plan.take();
}

std::vector<lab::PlannedZone> zones_of_findings(Case const& of) {
    Plan plan{examination_minutes(of)};
    for (casefile::Capture const& capture : of.captures) {
        if (*capture.role == casefile::CaptureRole::evidence && capture.zone) {
            plan.add(**capture.zone, lab::Examination::instrument, capture.at);
        }
    }
    for (casefile::Observation const& seen : of.observations) {
        if (*seen.kind != casefile::ObservationKind::not_examined) {
            plan.add(*seen.zone, to_lab(seen.examined_by), seen.at);
        }
    }
    return plan.take();
}

std::vector<lab::PlannedZone> zones_of_deliveries(Case const& of) {
    Plan plan{examination_minutes(of)};
    for (casefile::Proposition const& proposition : of.propositions) {
        if (!report::is_compared(of, *proposition.id)) {
            continue;
        }
        for (casefile::Delivery const& delivery : of.deliveries) {
            bool const named = std::ranges::any_of(
                proposition.deliveries, [&](auto const& id) { return *id == *delivery.id; });
            for (auto const& [zone, share] : delivery.zones) {
                if (named) {
                    plan.add(*zone, lab::Examination::visual, {});
                }
            }
        }
    }
    return plan.take();
}

} // namespace

report::PreassessInput preassess_case(std::filesystem::path const& case_file,
                                      PreassessSettings const& settings,
                                      Progress const& progress) {
    LoadedCase loaded = load_case(case_file);
    report::PreassessInput input;
    input.file = std::move(loaded.file);
    input.case_sha256 = loaded.sha256;
    input.program = "Contremarque " + report::program_version();
    Case const& of = input.file;
    auto const found = zones_of_findings(of);
    input.holds_results = !found.empty();
    auto zones = stated_zones(of);
    if (zones.empty()) {
        input.origin =
            found.empty() ? report::PlanOrigin::deliveries : report::PlanOrigin::findings;
        zones = found.empty() ? zones_of_deliveries(of) : found;
    }
    if (of.comparisons.empty()) {
        throw Error{
            ErrorKind::insufficient,
            {"{} : le fichier ne compare rien ; ajouter une table [[comparison]] avec h1 et h2",
             "{}: the case compares nothing: add a [[comparison]] with h1 and h2"},
            case_file.string()};
    }
    Case without_findings = of; // what was found is nothing to this calculation
    without_findings.observations.clear();
    Translation const translation = to_account(without_findings);
    lab::Settings drawn = to_settings(of, settings.threads);
    drawn.seed = settings.seed.value_or(drawn.seed);
    std::size_t const most =
        settings.draws
            ? static_cast<std::size_t>(*settings.draws)
            : std::min(drawn.draws_max, of.settings.draws ? drawn.draws_max : most_draws);
    drawn.draws_max = std::max<std::size_t>(most, 64);
    drawn.draws_min = std::min(drawn.draws_min, drawn.draws_max);
    std::vector<lab::Pair> pairs;
    for (casefile::Comparison const& comparison : of.comparisons) {
        pairs.push_back({*comparison.h1, *comparison.h2});
    }
    try {
        input.result = lab::preassess(translation.account,
                                      translation.propositions,
                                      pairs,
                                      zones,
                                      translation.parameters,
                                      drawn,
                                      progress);
    } catch (Error& error) {
        add_places(error, of);
        error.at(case_file.string());
        throw;
    }
    return input;
}

} // namespace cmq::pipeline
