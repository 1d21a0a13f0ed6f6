// SPDX-License-Identifier: GPL-3.0-or-later

// Prints likelihood ratios of cases whose truth is known, as `contremarque validate` reads them: truth,log10_lr.
// Usage: study_calibration CASES [PARAMETER=FACTOR...]: the engine's prior of that parameter is so many times the
// truth's (a lognormal's median; a log-uniform's ends).

#include "tests/lab/transfer/agents.hpp"
#include "tests/lab/transfer/fixtures.hpp"

#include <charconv>
#include <cstdio>
#include <cstdlib>
#include <string_view>

namespace {

using namespace cmq::lab;
using namespace cmq::lab::test;

double number(std::string_view text) {
    double value = 0.0;
    auto const [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (error != std::errc{} || end != text.data() + text.size() || !(value > 0.0)) {
        std::fputs("usage: study_calibration CASES [PARAMETER=FACTOR...]\n", stderr);
        std::exit(2); // NOLINT(concurrency-mt-unsafe): one thread
    }
    return value;
}

ParameterSet shifted(ParameterSet const& set, std::string_view name, double factor) {
    Parameter parameter = set.at(name);
    Distribution& distribution = parameter.distribution;
    distribution.first *= factor;
    if (distribution.kind == DistributionKind::log_uniform) {
        distribution.second *= factor;
    }
    return set.with(parameter);
}

} // namespace

int main(int count, char** words) {
    if (count < 2) {
        number("");
    }
    auto const cases = static_cast<std::uint64_t>(number(words[1]));
    ParameterSet const truth = library();
    ParameterSet assumed = truth;
    for (int i = 2; i < count; ++i) {
        std::string_view const word = words[i];
        auto const equals = word.find('=');
        assumed = shifted(assumed,
                          word.substr(0, equals),
                          number(word.substr(std::min(equals, word.size() - 1) + 1)));
    }
    PopulationPrior const prior{truth};
    std::puts("truth,log10_lr");
    for (std::uint64_t i = 0; i < 2 * cases; ++i) {
        bool const hit = i % 2 == 0;
        KnownCase known = random_case(1000 + i);
        cmq::Random random{77, 2, i};
        happen(known, hit, prior.draw(5, i), random);
        Settings settings = value_only(2048);
        settings.seed = 9;
        settings.threads = 0;
        Evaluation const result =
            evaluate(known.account, known.hit, known.contact, known.findings, assumed, settings);
        // At this many draws an error above 5 % withholds the value; the two probabilities stand.
        std::printf(
            "%s,%.6f\n", hit ? "h1" : "h2", result.log10_p_h1.value() - result.log10_p_h2.value());
    }
    return 0;
}
