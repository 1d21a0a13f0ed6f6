// SPDX-License-Identifier: GPL-3.0-or-later

// How often intervals of pattern descriptors hold the truth, how often groups without a fold look symmetric, and how
// often ratios of patterns mislead. study_pattern [runs]

#include "core/random.hpp"
#include "detect/pattern.hpp"
#include "detect/pattern_parts.hpp"
#include "lab/source/pattern_ratio.hpp"

#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <numbers>

namespace {

using namespace cmq;
using detect::PatternPoint;
using detect::PatternSettings;

void study_intervals(int runs) {
    std::printf(
        "| points | D_v10 | D_v50 | D_v90 | elongation 2 | its angle | Clark-Evans mean | sd of z "
        "|\n|---|---|---|---|---|---|---|---|\n");
    for (int const n : {10, 20, 40, 80, 160}) {
        int inside[5] = {};
        double ratio = 0.0;
        double z2 = 0.0;
        for (int run = 0; run < runs; ++run) {
            Random random{static_cast<std::uint64_t>(run), 950, static_cast<std::uint64_t>(n)};
            std::vector<double> diameters;
            std::vector<PatternPoint> group;
            std::vector<PatternPoint> strewn;
            for (int i = 0; i < n; ++i) {
                diameters.push_back(std::exp(0.4 * random.normal()));
                double const u = 60.0 * random.normal();
                double const v = 30.0 * random.normal();
                group.push_back({0.8 * u - 0.6 * v, 0.6 * u + 0.8 * v, 1.0, 0.0});
                double const x = 1000.0 * random.uniform();
                strewn.push_back({x, 700.0 * random.uniform(), 1.0, 0.0});
            }
            PatternSettings const settings{
                .mm_per_photosite = {}, .seed = static_cast<std::uint64_t>(run), .resamples = 400};
            auto const law = detect::measure_sizes(diameters, settings);
            auto const holds = [](detect::Ranged const& r, double truth) {
                return r.low <= truth && truth <= r.high ? 1 : 0;
            };
            double const middle = 3.0 * 0.4 * 0.4; // of ln volume-weighted diameter
            inside[0] += holds(law.d_v10, std::exp(middle - 1.2816 * 0.4));
            inside[1] += holds(law.d_v50, std::exp(middle));
            inside[2] += holds(law.d_v90, std::exp(middle + 1.2816 * 0.4));
            auto const elongation = detect::measure_elongation(group, settings);
            inside[3] += holds(elongation.ratio, 2.0);
            if (elongation.angle_deg) {
                double const truth = std::atan2(0.6, 0.8) * 180.0 / std::numbers::pi;
                double const off = std::remainder(truth - elongation.angle_deg->value, 180.0);
                inside[4] += holds({0.0,
                                    elongation.angle_deg->low - elongation.angle_deg->value,
                                    elongation.angle_deg->high - elongation.angle_deg->value},
                                   off);
            } else {
                ++inside[4]; // "cannot tell" is not wrong
            }
            auto const spacing = detect::measure_clark_evans(strewn, {0.0, 0.0, 1000.0, 700.0});
            ratio += spacing.ratio / runs;
            z2 += spacing.z * spacing.z / runs;
        }
        std::printf("| %d |", n);
        for (int const count : inside) {
            std::printf(" %.3f |", static_cast<double>(count) / runs);
        }
        std::printf(" %.3f | %.2f |\n", ratio, std::sqrt(z2));
    }
}

void study_ratios(int runs) {
    std::printf("| features | references | misled above 10 | above 100 | against a true first "
                "class, below 1/10 | "
                "told | near one or unlike all |\n|---|---|---|---|---|---|---|\n");
    for (int const d : {2, 4, 6}) {
        for (int const n : {18, 30, 60}) {
            int misled = 0;
            int badly = 0;
            int against = 0;
            int told = 0;
            int silent = 0;
            for (int run = 0; run < runs; ++run) {
                Random random{
                    static_cast<std::uint64_t>(run), 951, static_cast<std::uint64_t>(100 * d + n)};
                auto const draw = [&](double first) {
                    std::vector<double> one;
                    for (int i = 0; i < d; ++i) {
                        one.push_back((i == 0 ? first : 0.0) + random.normal());
                    }
                    return one;
                };
                lab::PatternSources sources;
                sources.first = {"first", 1.0, {}, true};
                lab::PatternClass rival{"rival", 0.9, {}, true};
                for (int i = 0; i < n; ++i) {
                    sources.first.references.push_back(draw(0.0));
                    rival.references.push_back(draw(2.0));
                }
                sources.rivals = {rival};
                sources.unknown_weight = 0.1;
                sources.features = draw(2.0);
                auto const of_rival = lab::weigh_pattern(sources);
                misled += *of_rival.log10_lr > 1.0 ? 1 : 0;
                badly += *of_rival.log10_lr > 2.0 ? 1 : 0;
                told += of_rival.verdict == lab::PatternVerdict::for_rivals ? 1 : 0;
                silent += of_rival.verdict == lab::PatternVerdict::indeterminate ? 1 : 0;
                sources.features = draw(0.0);
                against += *lab::weigh_pattern(sources).log10_lr < -1.0 ? 1 : 0;
            }
            auto const share = [&](int count) { return static_cast<double>(count) / runs; };
            std::printf("| %d | %d | %.4f | %.4f | %.4f | %.3f | %.3f |\n",
                        d,
                        n,
                        share(misled),
                        share(badly),
                        share(against),
                        share(told),
                        share(silent));
        }
    }
}

void study_symmetry(int runs) {
    int strewn = 0;
    int clusters = 0;
    int prints = 0;
    for (int run = 0; run < runs; ++run) {
        Random random{static_cast<std::uint64_t>(run), 952, 0};
        PatternSettings const settings{
            .mm_per_photosite = {}, .seed = static_cast<std::uint64_t>(run), .null_draws = 99};
        std::vector<PatternPoint> points;
        for (int i = 0; i < 40; ++i) {
            double const x = 60.0 * random.normal();
            points.push_back({x, 60.0 * random.normal(), 1.0, 0.0});
        }
        strewn += detect::measure_symmetry(points, settings)->p <= 0.05 ? 1 : 0;
        points.clear();
        for (int c = 0; c < 12; ++c) {
            double const cx = 100.0 * random.normal();
            double const cy = 100.0 * random.normal();
            for (int i = 0; i < 4; ++i) {
                double const x = cx + 4.0 * random.normal();
                points.push_back({x, cy + 4.0 * random.normal(), 1.0, 0.0});
            }
        }
        clusters += detect::measure_symmetry(points, settings)->p <= 0.05 ? 1 : 0;
        points.clear();
        for (int i = 0; i < 15; ++i) {
            double const r = 200.0 * std::sqrt(random.uniform());
            double const turn = std::numbers::pi * random.uniform();
            for (double const side : {1.0, -1.0}) {
                double const x = r * std::cos(turn) + 4.0 * random.normal();
                double const y = side * r * std::sin(turn) + 4.0 * random.normal();
                if (random.uniform() > 0.15) {
                    points.push_back({x, y, 1.0, 0.0});
                }
            }
        }
        auto const found = detect::measure_symmetry(points, settings);
        prints += found && found->p <= 0.05 ? 1 : 0;
    }
    std::printf(
        "symmetric at p <= 0.05, of %d: strewn %d, clusters %d, contact prints of 15 pairs %d\n",
        runs,
        strewn,
        clusters,
        prints);
}

} // namespace

int main(int argc, char** argv) {
    int const runs = argc > 1 ? static_cast<int>(std::strtol(argv[1], nullptr, 10)) : 2000;
    study_intervals(runs);
    study_ratios(runs);
    study_symmetry(runs / 10);
    return 0;
}
