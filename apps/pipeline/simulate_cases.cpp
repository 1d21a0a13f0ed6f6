// SPDX-License-Identifier: GPL-3.0-or-later

#include "apps/pipeline/simulate_cases.hpp"

#include "apps/pipeline/simulated_account.hpp"
#include "apps/pipeline/to_account.hpp"
#include "casefile/read_case.hpp"
#include "core/error.hpp"
#include "core/random.hpp"
#include "lab/transfer/agents.hpp"
#include "lab/transfer/population.hpp"
#include "system/parallel.hpp"

#include <algorithm>
#include <limits>

namespace cmq::pipeline {
namespace {

// Streams of the generator; those of the engine are numbered otherwise and seeded otherwise.
constexpr std::uint32_t account_task = 900'000'001;
constexpr std::uint32_t truth_task = 900'000'002;
constexpr std::uint64_t engine_seed_offset = 0x5eed;
constexpr std::size_t cases_a_step = 16;

std::string name_of(std::size_t number) {
    std::string digits = std::to_string(number);
    return "case_" + std::string(digits.size() < 4 ? 4 - digits.size() : 0, '0') + digits;
}

lab::Proposition const&
side_of(Translation const& translation, casefile::Comparison const& comparison, bool h1_is_true) {
    std::string const& id = *(h1_is_true ? comparison.h1 : comparison.h2);
    auto const found = std::ranges::find(translation.propositions, id, &lab::Proposition::id);
    CMQ_EXPECTS(found != translation.propositions.end());
    return *found;
}

/// What would be found on the zones of `seen`, with parameters drawn anew.
std::vector<lab::Finding> happen(Translation const& translation,
                                 casefile::Comparison const& comparison,
                                 std::vector<lab::Finding> seen,
                                 bool h1_is_true,
                                 std::uint64_t seed,
                                 std::size_t number) {
    Random random{seed, truth_task, number};
    lab::Psi const psi = lab::PopulationPrior{translation.parameters}.draw_alone(random);
    return lab::simulate_findings(translation.account,
                                  side_of(translation, comparison, h1_is_true),
                                  std::move(seen),
                                  psi,
                                  random);
}

std::vector<lab::Finding> nothing_seen_yet(SimulatedAccount const& account, Translation const& of) {
    std::vector<lab::Finding> seen;
    for (std::string const& zone : account.zones) {
        lab::Finding finding;
        finding.zone = zone;
        finding.kind = lab::FindingKind::not_detected;
        finding.examination = lab::Examination::visual;
        seen.push_back(std::move(finding));
    }
    // The time as the case will have it: read back from the observations.
    for (std::size_t i = 0; i < seen.size(); ++i) {
        seen[i].minutes = of.findings.at(i).minutes;
    }
    return seen;
}

std::string observations(SimulatedAccount const& account, std::vector<lab::Finding> const& seen) {
    std::string text;
    for (lab::Finding const& finding : seen) {
        text += simulated_observation(
            finding.zone, finding.kind == lab::FindingKind::detected, account.examined_at);
    }
    return text;
}

casefile::Case read(std::string const& text, std::string const& name) {
    casefile::Case of = casefile::parse_case(text, name + ".toml");
    casefile::check_references(of);
    return of;
}

SimulatedCase simulate_case(std::size_t number, bool h1_is_true, std::uint64_t seed) {
    SimulatedCase result{.name = name_of(number), .text = {}, .h1_is_true = h1_is_true};
    Random random{seed, account_task, number};
    SimulatedAccount const account = simulated_account(result.name, random);
    std::string unseen = account.text;
    for (std::string const& zone : account.zones) {
        unseen += simulated_observation(zone, false, account.examined_at);
    }
    casefile::Case const of = read(unseen, result.name);
    Translation const translation = to_account(of);
    auto const seen = happen(translation,
                             of.comparisons.front(),
                             nothing_seen_yet(account, translation),
                             h1_is_true,
                             seed,
                             number);
    result.text = account.text + observations(account, seen);
    return result;
}

/// The prior of one parameter, so many times larger.
lab::Parameter scaled(lab::Parameter parameter, double factor) {
    lab::Distribution& distribution = parameter.distribution;
    switch (distribution.kind) {
    case lab::DistributionKind::fixed:
    case lab::DistributionKind::lognormal:
        distribution.first *= factor;
        return parameter;
    case lab::DistributionKind::log_uniform:
        distribution.first *= factor;
        distribution.second *= factor;
        return parameter;
    default:
        break;
    }
    throw Error{
        ErrorKind::domain,
        {"le paramètre {} ne suit ni une loi « lognormal », ni « log_uniform », ni « fixed » : "
         "il n’a pas de multiple",
         "parameter {} is neither lognormal nor log_uniform nor fixed: it has no multiple"},
        parameter.name};
}

lab::ParameterSet assumed(lab::ParameterSet parameters, SimulateCasesSettings const& settings) {
    for (auto const& [name, factor] : settings.wrong_by) {
        parameters = parameters.with(scaled(parameters.at(name), factor));
    }
    return parameters;
}

lab::Settings engine_settings(SimulateCasesSettings const& settings) {
    lab::Settings engine;
    engine.seed = settings.seed + engine_seed_offset;
    engine.threads = 1; // cases run side by side
    engine.draws_min = settings.draws;
    engine.draws_max = settings.draws;
    engine.sensitivity_draws = 0;
    engine.tornado_draws = 0;
    return engine;
}

/// At so few draws an error above 5 % withholds the value; the two probabilities stand.
double log10_ratio(lab::Evaluation const& evaluation) {
    double const impossible = -std::numeric_limits<double>::infinity();
    return evaluation.log10_p_h1.value_or(impossible) - evaluation.log10_p_h2.value_or(impossible);
}

/// Runs one function for every case, a few at a time, telling how far it is.
template <class Each>
void for_each_case(std::size_t count,
                   SimulateCasesSettings const& settings,
                   Progress const& progress,
                   Each const& each) {
    for (std::size_t first = 0; first < count; first += cases_a_step) {
        if (progress.stop.stop_requested()) {
            throw Error{ErrorKind::limits,
                        {"la simulation a été arrêtée avant sa fin",
                         "the simulation was stopped before its end"}};
        }
        progress.report(static_cast<double>(first) / static_cast<double>(count),
                        Sentence{Words{"cas simulés", "simulated cases"}});
        parallel_blocks(std::min(cases_a_step, count - first),
                        settings.threads,
                        [&](std::size_t i) { each(first + i); });
    }
}

} // namespace

std::vector<SimulatedCase> simulate_cases(SimulateCasesSettings const& settings) {
    std::vector<SimulatedCase> cases(2 * settings.cases);
    for_each_case(cases.size(), settings, {}, [&](std::size_t i) {
        cases[i] = simulate_case(i + 1, i < settings.cases, settings.seed);
    });
    return cases;
}

std::vector<WeighedCase> weigh_simulated(std::vector<SimulatedCase> cases,
                                         SimulateCasesSettings const& settings,
                                         Progress const& progress) {
    std::vector<WeighedCase> weighed(cases.size());
    for_each_case(cases.size(), settings, progress, [&](std::size_t i) {
        casefile::Case const of = read(cases[i].text, cases[i].name);
        Translation translation = to_account(of);
        translation.parameters = assumed(std::move(translation.parameters), settings);
        weighed[i].log10_lr = log10_ratio(evaluate_comparison(of,
                                                              translation,
                                                              of.comparisons.front(),
                                                              translation.findings,
                                                              engine_settings(settings)));
        weighed[i].of = std::move(cases[i]);
    });
    return weighed;
}

std::vector<WeighedCase> weigh_simulated_of(casefile::Case const& of,
                                            SimulateCasesSettings const& settings,
                                            Progress const& progress) {
    Translation translation = to_account(of);
    if (of.comparisons.empty() || translation.findings.empty()) {
        throw Error{ErrorKind::insufficient,
                    {"{} : il faut une comparaison et une observation",
                     "{}: a comparison and an observation are needed"},
                    of.file};
    }
    casefile::Comparison const& comparison = of.comparisons.front();
    lab::ParameterSet const wrong = assumed(translation.parameters, settings);
    std::vector<WeighedCase> weighed(2 * settings.cases);
    for_each_case(weighed.size(), settings, progress, [&](std::size_t i) {
        bool const h1_is_true = i < settings.cases;
        auto const seen =
            happen(translation, comparison, translation.findings, h1_is_true, settings.seed, i + 1);
        Translation assumed_of = translation;
        assumed_of.parameters = wrong;
        weighed[i].of = {.name = name_of(i + 1), .text = {}, .h1_is_true = h1_is_true};
        weighed[i].log10_lr = log10_ratio(
            evaluate_comparison(of, assumed_of, comparison, seen, engine_settings(settings)));
    });
    return weighed;
}

} // namespace cmq::pipeline
