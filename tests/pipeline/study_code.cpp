// SPDX-License-Identifier: GPL-3.0-or-later

// Prints the tables of docs/studies/code.md: usage: study_code [RUNS of each line, default 200] [SEED, default 1]

#include "tests/pipeline/table_study.hpp"

#include <cstdio>
#include <cstdlib>

namespace {

using namespace cmq;
using namespace cmq::study;

void print(char const* level, Outcomes const& of) {
    std::printf("| %s | %zu | %zu | %zu | %zu | %zu | %zu |\n",
                level,
                of.runs,
                of.right,
                of.inconclusive,
                of.missed,
                of.refused,
                of.wrong);
}

void print(char const* level, PlateOutcomes const& of) {
    std::printf("| %s | %zu | %zu | %zu | %zu | %zu | %zu |\n",
                level,
                of.runs,
                of.all_wells,
                of.some_wells,
                of.no_well,
                of.counted,
                of.held);
}

void head(char const* title, char const* level) {
    std::printf("\n## %s\n| %s | runs | right | inconclusive | no match | refused | wrong lot |\n"
                "|---|---|---|---|---|---|---|\n",
                title,
                level);
}

std::string text(double value) {
    std::array<char, 32> buffer{};
    std::snprintf(buffer.data(), buffer.size(), "%g", value);
    return buffer.data();
}

void print(Promise const& of) {
    std::printf("| %s | %s | %.2e (%.2e to %.2e) | %zu of %zu (%.2e) |\n",
                of.instrument.c_str(),
                of.threshold.c_str(),
                of.promised.probability,
                of.promised.low,
                of.promised.high,
                of.hits,
                of.draws,
                static_cast<double>(of.hits) / static_cast<double>(of.draws));
}

} // namespace

int main(int argc, char* argv[]) {
    std::size_t const runs = argc > 1 ? std::strtoul(argv[1], nullptr, 10) : 200;
    std::uint64_t const seed = argc > 2 ? std::strtoul(argv[2], nullptr, 10) : 1;
    head("Sanger: quality", "Phred quality of all bases");
    for (int const quality : {30, 20, 15, 12, 10, 9, 8, 7, 6, 5, 4, 3}) {
        print(std::to_string(quality).c_str(), study_sanger(quality, runs, seed));
    }
    head("Amplicon reads: errors", "errors a base (a third each), 30 reads of 50 molecules");
    for (double const errors : {0.01, 0.05, 0.10, 0.15, 0.20, 0.25, 0.30, 0.35, 0.40, 0.50, 0.60}) {
        print(text(errors).c_str(), study_amplicons(50.0, errors, 30, runs, seed));
    }
    head("Amplicon reads: dilution", "molecules expected in the tube, 150 reads, 1 % errors");
    for (double const molecules : {100.0, 30.0, 10.0, 6.0, 4.0, 3.0, 2.0, 1.0, 0.5, 0.1}) {
        print(text(molecules).c_str(), study_amplicons(molecules, 0.01, 150, runs, seed));
    }
    head("Amplicon reads: depth", "reads of 50 molecules, 1 % errors");
    for (std::size_t const reads : {100U, 30U, 10U, 6U, 4U, 3U, 2U, 1U}) {
        print(std::to_string(reads).c_str(), study_amplicons(50.0, 0.01, reads, runs, seed));
    }
    head("Fragments: dilution", "mean height of a fragment, RFU (the least that counts: 50)");
    for (double const height : {1000.0, 300.0, 150.0, 100.0, 80.0, 65.0, 50.0, 40.0, 30.0, 20.0}) {
        print(text(height).c_str(), study_fragments(height, runs, seed));
    }
    std::printf(
        "\n## Quantitative PCR: dilution\n| copies expected in a well | runs | found in all three "
        "wells | in some | in none | amount told | its 95 %% interval holds the truth |\n"
        "|---|---|---|---|---|---|---|\n");
    for (double const copies :
         {10'000.0, 1000.0, 100.0, 30.0, 10.0, 5.0, 3.0, 2.0, 1.0, 0.5, 0.1}) {
        print(text(copies).c_str(), study_plates(copies, runs, seed));
    }
    head("Particles: number", "particles expected, 5 % errors a symbol");
    for (double const particles : {30.0, 10.0, 5.0, 3.0, 2.0, 1.0, 0.5, 0.1}) {
        print(text(particles).c_str(), study_particles(particles, 0.05, runs, seed));
    }
    head("Particles: errors", "errors a symbol, 3 particles expected");
    for (double const error : {0.01, 0.05, 0.1, 0.15, 0.2, 0.25, 0.3, 0.35, 0.4, 0.5}) {
        print(text(error).c_str(), study_particles(3.0, error, runs, seed));
    }
    std::printf(
        "\n## Sample and negative control exchanged\n| instrument | runs | verdict withheld |\n"
        "|---|---|---|\n");
    auto exchanged = study_exchanged(runs, seed);
    exchanged.push_back(study_exchanged_plates(runs, seed));
    exchanged.push_back(study_exchanged_particles(runs, seed));
    for (Exchanged const& of : exchanged) {
        std::printf("| %s | %zu | %zu |\n", of.instrument.c_str(), of.runs, of.caught);
    }
    std::printf(
        "\n## False matches promised and counted\n| what | a lot counts from | promised (95 %% "
        "interval) | counted |\n|---|---|---|---|\n");
    for (std::size_t const distance : {6U, 7U, 8U, 9U}) {
        print(promise_of_reads(distance, 1000 * runs, seed));
    }
    for (double const least : {1.0, 2.0, 3.0, 4.0}) {
        print(promise_of_fragments(least, 500 * runs, seed));
    }
    for (double const least : {3.0, 4.0, 5.0}) {
        print(promise_of_particles(least, 100 * runs, seed));
    }
    return 0;
}
