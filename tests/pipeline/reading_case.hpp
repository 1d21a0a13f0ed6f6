// SPDX-License-Identifier: GPL-3.0-or-later

/// \file
/// A case with readings of a code in simulated files, for the tests of the pipeline.

#pragma once

#include "apps/pipeline/load_case.hpp"
#include "apps/pipeline/weigh_readings.hpp"
#include "system/file.hpp"
#include "tests/lab/code/simulated_reads.hpp"
#include "tests/pipeline/transfer_case.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <filesystem>
#include <string>
#include <string_view>
#include <unistd.h>

namespace cmq::pipeline::test {

inline std::string const lot_a = "TTACCCGCGATTAGCCACCATCGCGGTAGCGT";
inline std::string const lot_b = "GACTTGCATCGGATCAACGTTCAGGCTATACC";

/// 60 molecules of a code, or noise alone for an empty code.
inline std::string reads_of(std::string const& code, std::uint64_t seed) {
    Random random{seed, 1, 0};
    std::string fastq;
    for (int i = 0; i < (code.empty() ? 0 : 60); ++i) {
        std::string const molecule = lab::test::amplicon(code, random);
        for (int copy = 0; copy < 3; ++copy) {
            lab::test::add_read(fastq, molecule);
        }
    }
    for (int i = 0; i < 5; ++i) {
        lab::test::add_read(fastq, lab::test::random_bases(random, 82));
    }
    return fastq;
}

inline std::string registry_text(std::string const& first = "A", std::string const& second = "B") {
    return "schema = 1\n[laboratory]\nerror_rate = 0.002\nclerical_error_rate = 0.001\n"
           "source = \"test\"\nnegative_controls = 3000\npositive_negative_controls = "
           "0\n[[lot]]\nname = \"" +
           first + "\"\nsequence = \"" + lot_a +
           "\"\nproduct = \"pellets\"\npeople = [\"agent_3\"]\ntrainings = [\"2026-10-20 range\"]\n"
           "vehicles = [\"van 4\"]\n[[lot]]\nname = \"" +
           second + "\"\nsequence = \"" + lot_b + "\"\npeople = [\"analyst_2\"]\n";
}

/// A folder with registry.toml, a.fastq (lot A), b.fastq (lot B), blank.fastq and noise.fastq.
class ReadingCase : public testing::Test {
protected:
    void SetUp() override {
        folder = std::filesystem::temp_directory_path() /
                 ("cmq_readings_" + std::to_string(::getpid()) + '_' +
                  testing::UnitTest::GetInstance()->current_test_info()->name());
        std::filesystem::remove_all(folder);
        std::filesystem::create_directories(folder);
        write("registry.toml", registry_text());
        write("a.fastq", reads_of(lot_a, 1));
        write("b.fastq", reads_of(lot_b, 2));
        write("blank.fastq", reads_of("", 3));
    }

    void TearDown() override { std::filesystem::remove_all(folder); }

    void write(std::string const& name, std::string const& text) const {
        write_file(folder / name, std::string_view{text});
    }

    /// The two accounts with a second zone that glows and these readings.
    [[nodiscard]] LoadedCase with(std::string const& readings,
                                  std::string const& marker = "lot = \"A\"") const {
        write("case.toml",
              two_accounts +
                  "[[carrier]]\nid = \"P1.coat\"\nsurface = \"porous\"\n[[observation]]\nzone = "
                  "\"P1.coat\"\n"
                  "kind = \"detected\"\nat = { time = \"16:00\", uncertainty_min = 5 }\nsource = { "
                  "document = "
                  "\"PV\" }\n[[carrier]]\nid = \"P1.face\"\nsurface = "
                  "\"skin\"\n[[observation]]\nzone = \"P1.face\"\n"
                  "kind = \"not_detected\"\nat = { time = \"16:00\", uncertainty_min = 5 }\nsource "
                  "= { document = "
                  "\"PV\" }\n[marker]\nregistry = \"registry.toml\"\n" +
                  marker + "\n" + readings);
        return load_case(folder / "case.toml");
    }

    [[nodiscard]] report::NoteReadings taken(LoadedCase const& of) const {
        Translation translation = to_account(of.file);
        return take_readings(of.file, "/none", translation);
    }

    /// log10 of the ratio of the two accounts.
    [[nodiscard]] lab::Evaluation weighed(LoadedCase const& of) const {
        Translation translation = to_account(of.file);
        static_cast<void>(take_readings(of.file, "/none", translation));
        lab::Settings settings = to_settings(of.file, 1);
        settings.draws_min = 256;
        settings.draws_max = 256;
        settings.sensitivity_draws = 0;
        settings.tornado_draws = 0;
        return evaluate_comparison(
            of.file, translation, of.file.comparisons.front(), translation.findings, settings);
    }

    /// From the log10 of both probabilities, whatever may be printed.
    static double log10_lr(lab::Evaluation const& evaluation) {
        return *evaluation.log10_p_h1 - *evaluation.log10_p_h2;
    }

    std::filesystem::path folder;
};

/// A reading of a file with the primers of the simulated reads and a blank.
inline std::string
reading_of(std::string const& zone, std::string const& file, std::string const& more = "") {
    return "[[reading]]\nzone = \"" + zone + "\"\nfiles = [\"" + file +
           "\"]\nnegative_controls = [\"blank.fastq\"]\nforward = \"" + lab::test::layout.forward +
           "\"\nreverse = \"" + lab::test::layout.reverse + "\"\numi = 10\n" + more;
}

} // namespace cmq::pipeline::test
