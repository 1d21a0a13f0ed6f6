// SPDX-License-Identifier: GPL-3.0-or-later

/// \file
/// Simulated plates of a quantitative PCR and lists of particles through the whole way; counts of what came out.

#pragma once

#include "lab/code/simulate_particles.hpp"
#include "lab/code/simulate_plate.hpp"
#include "tests/pipeline/code_study.hpp"

#include <algorithm>
#include <cmath>
#include <string>
#include <vector>

namespace cmq::study {

// ---- quantitative PCR

/// What so many plates said of a sample of known amount, three wells each.
struct PlateOutcomes {
    std::size_t runs = 0;
    std::size_t all_wells = 0;  ///< found in each
    std::size_t some_wells = 0; ///< in one or two
    std::size_t no_well = 0;
    std::size_t counted = 0; ///< with an amount and its 95 % interval
    std::size_t held = 0;    ///< the interval holds the true amount
};

/// The marker's target of a plate, read from its file.
inline lab::QpcrTarget
read_plate(CodeRun& run, lab::PlateSettings const& settings, Random& random) {
    auto const path = (scratch() / "plate").string();
    write_file(path, lab::to_qpcr_csv(lab::simulate_plate(settings, random)));
    return pipeline::read_code_file(path, run)->qpcr.front();
}

inline PlateOutcomes study_plates(double copies, std::size_t runs, std::uint64_t seed) {
    CodeRun run;
    PlateOutcomes outcomes;
    for (std::size_t i = 0; i < runs; ++i) {
        Random random{seed, 61, i};
        auto const target = read_plate(run, {.copies = copies}, random);
        lab::QpcrAmount const& amount = target.amounts.front();
        ++outcomes.runs;
        outcomes.all_wells += amount.detected == amount.wells ? 1U : 0U;
        outcomes.no_well += amount.detected == 0 ? 1U : 0U;
        outcomes.some_wells += amount.detected > 0 && amount.detected < amount.wells ? 1U : 0U;
        if (amount.log10_low) {
            ++outcomes.counted;
            double const truth = std::log10(copies);
            outcomes.held += *amount.log10_low <= truth && truth <= *amount.log10_high ? 1U : 0U;
        }
    }
    return outcomes;
}

/// Plates on which sample and control without template were exchanged, and those of them with a positive blank.
inline Exchanged study_exchanged_plates(std::size_t runs, std::uint64_t seed) {
    CodeRun run;
    Exchanged all{"quantitative PCR, 1000 copies", runs, 0};
    for (std::size_t i = 0; i < runs; ++i) {
        Random random{seed, 62, i};
        all.caught += read_plate(run, {.is_exchanged = true}, random).blanks_detected > 0 ? 1U : 0U;
    }
    return all;
}

// ---- particles

constexpr std::string_view particle_symbols = "0123456789ABCDEFGHJKLMNPQRSTUVWXYZ";

inline std::string random_text(Random& random) {
    std::string text;
    for (int i = 0; i < 8; ++i) {
        text += particle_symbols[random.bits32() % particle_symbols.size()];
    }
    return text;
}

/// Random texts of eight symbols of 34.
inline lab::Registry particle_registry(std::size_t lots) {
    Random random{83, 63, 0};
    lab::Registry registry;
    for (std::size_t i = 0; i < lots; ++i) {
        lab::Lot lot;
        lot.name = "p" + std::to_string(i);
        lot.kind = lab::CodeKind::particle;
        lot.text = random_text(random);
        registry.lots.push_back(lot);
    }
    return registry;
}

inline std::string particle_file(lab::Lot const* lot, double count, double error, Random& random) {
    std::vector<lab::TubeLot> tube;
    if (lot != nullptr) {
        tube.push_back({lot, count});
    }
    return lab::simulate_particles(
               tube, {.symbol_error = error, .alphabet = std::string{particle_symbols}}, random)
        .csv;
}

/// \param count  particles expected; Poisson
inline Outcomes study_particles(double count, double error, std::size_t runs, std::uint64_t seed) {
    CodeRun run = run_with(particle_registry(100));
    Outcomes outcomes;
    for (std::size_t i = 0; i < runs; ++i) {
        Random random{seed, 64, i};
        auto const file = particle_file(&run.registry->lots[i % 100], count, error, random);
        cmq::study::count(outcomes, judge(run, file), i % 100);
    }
    return outcomes;
}

inline Exchanged study_exchanged_particles(std::size_t runs, std::uint64_t seed) {
    CodeRun run = run_with(particle_registry(100));
    Exchanged all{"particles", runs, 0};
    for (std::size_t i = 0; i < runs; ++i) {
        Random random{seed, 65, i};
        auto const blank = particle_file(nullptr, 0.0, 0.05, random);
        auto const marked = particle_file(&run.registry->lots[i % 100], 10.0, 0.05, random);
        auto const judged = judge(run, blank, {marked});
        all.caught += judged && judged->verdict == CodeVerdict::inconclusive ? 1U : 0U;
    }
    return all;
}

/// Three particles of a text that is nobody's, each symbol read wrongly once in twenty: how often the odds of any of 100 lots
/// reach 10^least. Promised: at most 100 / 10^least.
inline Promise promise_of_particles(double least, std::size_t draws, std::uint64_t seed) {
    auto const registry = particle_registry(100);
    double const bound = 100.0 * std::pow(10.0, -least);
    Promise promise{.instrument = "particles",
                    .threshold = "log10 LR " + std::to_string(static_cast<int>(least)),
                    .promised = {.probability = bound, .low = 0.0, .high = bound},
                    .draws = draws};
    for (std::size_t i = 0; i < draws; ++i) {
        Random random{seed, 66, i};
        lab::Lot other;
        other.text = random_text(random);
        auto const list = lab::parse_particles(particle_file(&other, 3.0, 0.05, random));
        if (list.particles.empty()) {
            continue;
        }
        double best = -1e300;
        for (lab::Lot const& lot : registry.lots) {
            best = std::max(best,
                            lab::log10_particle_odds(list.particles,
                                                     lot.text,
                                                     static_cast<double>(particle_symbols.size())));
        }
        promise.hits += best >= least ? 1U : 0U;
    }
    return promise;
}

} // namespace cmq::study
