// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/lab/transfer/fixtures.hpp"

#include <benchmark/benchmark.h>

#include <cmath>

namespace {

using namespace cmq::lab;
using namespace cmq::lab::test;

/// 6 carriers, 20 events of which 4 are uncertain, two findings: hit against contact, with every
/// population parameter drawn from the library.
struct Crowd {
    Account account;
    Proposition hit{"Hp", Side::prosecution, {"shot"}, {}};
    Proposition contact{"Hd", Side::defence, {"shot_at_other"}, {}};
    std::vector<Finding> findings;

    Crowd() {
        for (int i = 0; i < 6; ++i) {
            account.carriers.push_back(
                {"c" + std::to_string(i), i % 2 == 0 ? Surface::skin : Surface::porous});
        }
        account.deliveries.resize(2);
        account.deliveries[0].id = "shot";
        account.deliveries[0].zones = {{"c0", 0.2}, {"c1", 0.4}};
        account.deliveries[1].id = "shot_at_other";
        account.deliveries[1].zones = {{"c4", 0.2}, {"c5", 0.4}};
        for (int i = 0; i < 20; ++i) {
            Event event;
            event.id = "e" + std::to_string(i);
            event.between = {"c" + std::to_string(i % 6),
                             "c" + std::to_string((i + 1 + i / 6) % 6)};
            if (event.between[0] == event.between[1]) {
                event.between[1] = "c" + std::to_string((i + 1) % 6);
            }
            event.when = {10.0 * i, 5.0};
            event.probability = i % 5 == 2 ? 0.5 : 1.0;
            hit.events.push_back(event.id);
            contact.events.push_back(event.id);
            account.events.push_back(event);
        }
        findings = {found("c0", FindingKind::detected, 240.0),
                    found("c1", FindingKind::not_detected, 240.0)};
    }
};

void evaluate_crowd(benchmark::State& state) {
    Crowd const crowd;
    ParameterSet const parameters = library();
    Settings settings;
    settings.sensitivity_draws = 0;
    settings.tornado_draws = 0;
    settings.threads = static_cast<unsigned>(state.range(0));
    settings.target_relative_error = 0.01 * static_cast<double>(state.range(1));
    Evaluation result;
    for (auto _ : state) {
        result =
            evaluate(crowd.account, crowd.hit, crowd.contact, crowd.findings, parameters, settings);
    }
    state.counters["draws"] = static_cast<double>(result.draws);
    state.counters["error_percent"] = 100.0 * std::log(10.0) * result.monte_carlo_se_log10;
    state.counters["log10_lr"] = result.log10_lr.value_or(std::nan(""));
    state.counters["draws_per_s"] = benchmark::Counter(
        static_cast<double>(result.draws), benchmark::Counter::kIsIterationInvariantRate);
}

BENCHMARK(evaluate_crowd)
    ->ArgNames({"threads", "percent"})
    ->ArgsProduct({{1, 2}, {2, 1}})
    ->Unit(benchmark::kMillisecond)
    ->MeasureProcessCPUTime()
    ->UseRealTime();

} // namespace
