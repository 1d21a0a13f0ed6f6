// SPDX-License-Identifier: GPL-3.0-or-later

/// \file
/// Simulated instruments of known codes through the whole way from a file to a verdict; counts of what came out.

#pragma once

#include "apps/pipeline/read_codes.hpp"
#include "core/error.hpp"
#include "core/random.hpp"
#include "lab/code/bases.hpp"
#include "lab/code/match_trace.hpp"
#include "system/file.hpp"
#include "tests/lab/code/simulated_fragments.hpp"
#include "tests/lab/code/simulated_reads.hpp"
#include "tests/lab/code/trace_bytes.hpp"

#include <array>
#include <cmath>
#include <filesystem>
#include <string>
#include <unistd.h>
#include <vector>

namespace cmq::study {

using lab::CodeVerdict;
using pipeline::CodeRun;

/// What a number of runs of one lot gave.
struct Outcomes {
    std::size_t runs = 0;
    std::size_t right = 0; ///< match, and with this lot alone
    std::size_t inconclusive = 0;
    std::size_t refused = 0; ///< an error that says why: no size standard, no reads
    std::size_t missed = 0;  ///< "no match"
    std::size_t wrong = 0;   ///< match with another lot
};

inline std::filesystem::path scratch() {
    auto const folder =
        std::filesystem::temp_directory_path() / ("cmq-code-study-" + std::to_string(::getpid()));
    std::filesystem::create_directories(folder);
    return folder;
}

inline CodeRun run_with(lab::Registry registry) {
    CodeRun run;
    run.registry = std::move(registry);
    run.registry->laboratory_error = 0.001;
    run.reader = CMQ_BINARY_DIR "/bin/contremarque-code-reader";
    return run;
}

/// The verdict on a file of these bytes, with negative controls beside it; none where it was refused.
inline std::optional<lab::CodeJudgement>
judge(CodeRun& run, std::string const& bytes, std::vector<std::string> const& blanks = {}) {
    auto const path = (scratch() / "run").string();
    auto const read = [&](std::string const& of) {
        write_file(path, of);
        return *pipeline::read_code_file(path, run)->reading;
    };
    try {
        lab::JudgeSettings settings;
        for (std::string const& blank : blanks) {
            settings.negative_controls.push_back(read(blank));
        }
        return lab::judge_code(read(bytes), *run.registry, settings);
    } catch (Error const&) {
        return {};
    }
}

inline void
count(Outcomes& outcomes, std::optional<lab::CodeJudgement> const& judged, std::size_t lot) {
    ++outcomes.runs;
    if (!judged) {
        ++outcomes.refused;
        return;
    }
    bool is_other = false;
    for (lab::LotResult const& result : judged->lots) {
        is_other = is_other || (result.is_read && result.evidence.lot != lot);
    }
    switch (judged->verdict) {
    case CodeVerdict::match:
        ++(is_other ? outcomes.wrong : outcomes.right);
        return;
    case CodeVerdict::no_match:
        ++outcomes.missed;
        return;
    case CodeVerdict::inconclusive:
        ++outcomes.inconclusive;
        return;
    }
}

inline lab::Registry registry_of(std::vector<std::string> const& codes) {
    lab::Registry registry;
    for (std::string const& code : codes) {
        lab::Lot lot;
        lot.name = "c" + std::to_string(registry.lots.size());
        lot.sequence = code;
        registry.lots.push_back(lot);
    }
    return registry;
}

// ---- Sanger

/// A trace with a code inside (none for lot == codes.size()) whose bases are wrong as often as their quality says.
inline std::string
sanger_file(std::vector<std::string> const& codes, std::size_t lot, int quality, Random& random) {
    using namespace lab::test;
    std::string const code = lot < codes.size() ? codes[lot] : random_bases(random, 32);
    auto const bases = with_errors(random_bases(random, 100) + code + random_bases(random, 150),
                                   {.substitution = std::pow(10.0, -0.1 * quality)},
                                   random);
    return sanger_abif(bases, std::string(bases.size(), static_cast<char>(quality)));
}

inline Outcomes study_sanger(int quality, std::size_t runs, std::uint64_t seed) {
    auto const codes = lab::test::random_codes(100, 32, 77);
    CodeRun run = run_with(registry_of(codes));
    Outcomes outcomes;
    for (std::size_t i = 0; i < runs; ++i) {
        Random random{seed, 51, i};
        count(outcomes, judge(run, sanger_file(codes, i % 100, quality, random)), i % 100);
    }
    return outcomes;
}

// ---- amplicons

inline CodeRun amplicon_run(std::vector<std::string> const& codes) {
    CodeRun run = run_with(registry_of(codes));
    run.layout = lab::test::layout;
    return run;
}

/// `molecules` copied up to about `reads` reads with errors; three in a hundred reads are stray: random codes.
inline std::string amplicon_file(std::string const& code,
                                 std::uint64_t molecules,
                                 std::size_t reads,
                                 double errors,
                                 Random& random) {
    using namespace lab::test;
    std::vector<std::string> copies;
    for (std::uint64_t m = 0; m < molecules; ++m) {
        copies.push_back(amplicon(code, random));
    }
    std::string fastq;
    for (std::size_t i = 0; i < reads; ++i) {
        bool const is_stray = copies.empty() || random.uniform() < 0.03;
        auto const made = is_stray ? amplicon(random_bases(random, 32), random)
                                   : copies[static_cast<std::size_t>(
                                         random.uniform() * static_cast<double>(copies.size()))];
        double const third = errors / 3.0;
        add_read(fastq, with_errors(made, {third, third, third}, random), '5');
    }
    return fastq;
}

/// \param molecules  expected; Poisson
inline Outcomes study_amplicons(
    double molecules, double errors, std::size_t reads, std::size_t runs, std::uint64_t seed) {
    auto const codes = lab::test::random_codes(200, 32, 78);
    CodeRun run = amplicon_run(codes);
    Outcomes outcomes;
    for (std::size_t i = 0; i < runs; ++i) {
        Random random{seed, 52, i};
        std::size_t const lot = i % codes.size();
        auto const file =
            amplicon_file(codes[lot], random.poisson(molecules), reads, errors, random);
        count(outcomes, judge(run, file), lot);
    }
    return outcomes;
}

// ---- fragments

inline lab::Registry fragment_registry(std::size_t lots) {
    Random random{79, 53, 0};
    lab::Registry registry;
    for (std::size_t i = 0; i < lots; ++i) {
        lab::Lot lot;
        lot.name = "f" + std::to_string(i);
        lot.kind = lab::CodeKind::fragments;
        // Six lengths of a panel of forty, 9 bp apart, as a maker would choose them.
        std::vector<int> panel(40);
        for (std::size_t k = 0; k < panel.size(); ++k) {
            panel[k] = static_cast<int>(k);
        }
        for (std::size_t k = 0; k < 6; ++k) {
            auto const pick =
                k + static_cast<std::size_t>(random.uniform() * static_cast<double>(40 - k));
            std::swap(panel[k], panel[pick]);
            lot.fragments.push_back(110.0 + 9.0 * panel[k]);
        }
        std::ranges::sort(lot.fragments);
        registry.lots.push_back(lot);
    }
    registry.sizing_sd = 0.15;
    return registry;
}

/// The code of a lot (nothing for lot == size) at a mean height; single fragments vary by 40 %; one stray peak in ten runs.
inline std::string
fragment_file(lab::Registry const& registry, std::size_t lot, double height, std::uint64_t seed) {
    Random random{seed, 54, 0};
    std::vector<lab::test::TrueFragment> fragments;
    for (std::size_t k = 0; lot < registry.lots.size() && k < registry.lots[lot].fragments.size();
         ++k) {
        fragments.push_back({k % 3,
                             registry.lots[lot].fragments[k] + 0.1 * random.normal(),
                             height * std::exp(0.4 * random.normal())});
    }
    if (random.uniform() < 0.1) {
        fragments.push_back({0, 105.0 + 380.0 * random.uniform(), 120.0});
    }
    return lab::test::simulate_fsa({}, fragments, seed);
}

inline Outcomes study_fragments(double height, std::size_t runs, std::uint64_t seed) {
    CodeRun run = run_with(fragment_registry(60));
    Outcomes outcomes;
    for (std::size_t i = 0; i < runs; ++i) {
        auto const file = fragment_file(*run.registry, i % 60, height, seed + i);
        count(outcomes, judge(run, file), i % 60);
    }
    return outcomes;
}

// ---- controls exchanged

/// Runs in which the marked sample and the blank were exchanged: how many give a verdict all the same.
struct Exchanged {
    std::string instrument;
    std::size_t runs = 0;
    std::size_t caught = 0;
};

inline std::vector<Exchanged> study_exchanged(std::size_t runs, std::uint64_t seed) {
    auto const codes = lab::test::random_codes(50, 32, 80);
    CodeRun sanger = run_with(registry_of(codes));
    CodeRun amplicons = amplicon_run(codes);
    CodeRun fragments = run_with(fragment_registry(50));
    std::vector<Exchanged> all{{"Sanger", 0, 0}, {"amplicon reads", 0, 0}, {"fragments", 0, 0}};
    for (std::size_t i = 0; i < runs; ++i) {
        Random random{seed, 55, i};
        std::size_t const lot = i % 50;
        std::array const judged{
            judge(sanger,
                  sanger_file(codes, codes.size(), 30, random),
                  {sanger_file(codes, lot, 30, random)}),
            judge(amplicons,
                  amplicon_file(codes[lot], 0, 150, 0.01, random),
                  {amplicon_file(codes[lot], 50, 150, 0.01, random)}),
            judge(fragments,
                  fragment_file(*fragments.registry, 50, 500.0, seed + 2 * i),
                  {fragment_file(*fragments.registry, lot, 500.0, seed + 2 * i + 1)})};
        for (std::size_t k = 0; k < all.size(); ++k) {
            ++all[k].runs;
            all[k].caught += judged[k] && judged[k]->verdict == CodeVerdict::inconclusive ? 1U : 0U;
        }
    }
    return all;
}

// ---- promised and counted

/// A promised probability of a false match beside the share of random pieces, traces or runs that show one.
struct Promise {
    std::string instrument;
    std::string threshold;
    lab::FalseMatch promised;
    std::size_t draws = 0;
    std::size_t hits = 0;
};

inline Promise promise_of_reads(std::size_t distance, std::size_t draws, std::uint64_t seed) {
    auto const codes = lab::test::random_codes(1000, 32, 81);
    constexpr std::size_t piece = 38;
    Promise promise{.instrument = "amplicon read",
                    .threshold = std::to_string(distance) + " edits",
                    .promised = lab::count_false_matches(codes, piece, distance, 20'000, 1),
                    .draws = draws};
    lab::CodeScanner const scanner{codes};
    std::vector<std::uint16_t> distances;
    for (std::size_t i = 0; i < draws; ++i) {
        Random random{seed, 56, i};
        auto const bases = lab::test::numbers_of(lab::test::random_bases(random, piece));
        scanner.measure(bases, lab::CodeEnds::at_end, distances);
        promise.hits += std::ranges::min(distances) <= distance ? 1U : 0U;
    }
    return promise;
}

inline Promise promise_of_fragments(double least, std::size_t draws, std::uint64_t seed) {
    auto const registry = fragment_registry(60);
    lab::FragmentModel const model{.sd = 0.5, .dyes = 3.0};
    Promise promise{.instrument = "run of fragments",
                    .threshold = "log10 LR " + std::to_string(static_cast<int>(least)),
                    .promised = lab::count_false_fragments(registry, model, least, 40'000, 1),
                    .draws = draws};
    for (std::size_t i = 0; i < draws; ++i) {
        // Another maker's code of the same panel: half its lengths anywhere.
        Random random{seed, 57, i};
        std::vector<lab::ReadFragment> read;
        for (std::uint64_t n = random.poisson(6.0); n > 0; --n) {
            bool const is_of_panel = random.uniform() < 0.5;
            double const size = is_of_panel ? 110.0 + 9.0 * std::floor(40.0 * random.uniform()) +
                                                  0.5 * random.normal()
                                            : 60.0 + 440.0 * random.uniform();
            read.push_back({.size = size, .dye = "X"});
        }
        auto const odds = lab::log10_fragment_odds(read, registry, model);
        promise.hits += std::ranges::max(odds) >= least ? 1U : 0U;
    }
    return promise;
}

} // namespace cmq::study
