// SPDX-License-Identifier: GPL-3.0-or-later

#include "lab/code/simulate_run.hpp"

#include "core/error.hpp"
#include "lab/code/abif.hpp"
#include "lab/code/amplicon_reads.hpp"
#include "lab/code/particle_list.hpp"
#include "lab/code/qpcr_curve.hpp"
#include "lab/code/qpcr_table.hpp"
#include "system/file.hpp"

#include <gtest/gtest.h>

#include <filesystem>
#include <htslib/sam.h>
#include <unistd.h>

namespace {

using namespace cmq;
using namespace cmq::lab;

Registry registry() {
    Registry all;
    auto const add = [&](char const* name, CodeKind kind) -> Lot& {
        Lot& lot = all.lots.emplace_back();
        lot.name = name;
        lot.kind = kind;
        return lot;
    };
    add("A", CodeKind::sequence).sequence = "TTACCCGCGATTAGCCACCATCGCGGTAGCGT";
    add("B", CodeKind::sequence).sequence = "GACCATTGCAATGGCTTACGGATCCTTGACAA";
    add("F", CodeKind::fragments).fragments = {120.0, 188.5, 300.0};
    add("P", CodeKind::particle).text = "XK7QPM42AB";
    return all;
}

RunSettings settings_of(RunKind kind, std::string const& lot) {
    RunSettings settings;
    settings.kind = kind;
    settings.lot = lot;
    settings.reads = 50;
    settings.layout = {
        .forward = "ACGTTGCAAGTCCATGAGTC", .reverse = "TGACCTAGGATCGCTTAGCA", .umi = 10};
    return settings;
}

ErrorKind refusal(RunSettings const& settings, Registry const& of) {
    try {
        static_cast<void>(simulate_run(settings, &of));
    } catch (Error const& error) {
        return error.kind();
    }
    return {};
}

TEST(SimulateRun, WritesSampleAndControlsAndWhatTheyHold) {
    auto const lots = registry();
    for (auto const& [kind, lot, ending] : {std::tuple{RunKind::sanger, "B", ".ab1"},
                                            std::tuple{RunKind::fragments, "F", ".fsa"},
                                            std::tuple{RunKind::amplicons, "B", ".fastq"},
                                            std::tuple{RunKind::particles, "P", ".csv"}}) {
        auto const run = simulate_run(settings_of(kind, lot), &lots);
        ASSERT_EQ(run.files.size(), 3U);
        EXPECT_EQ(run.files[0].name, std::string{"sample"} + ending);
        EXPECT_EQ(run.files[0].content.at(0).lot, lot);
        EXPECT_EQ(run.files[0].content.at(0).amount, standard_amount(kind));
        EXPECT_EQ(run.settings.error, standard_error(kind));
        EXPECT_EQ(run.files[1].role, "negative");
        EXPECT_TRUE(run.files[1].content.empty());
        EXPECT_EQ(run.files[2].role, "positive");
        EXPECT_EQ(run.files[2].content.size(), 1U);
        bool const is_counted = kind == RunKind::amplicons || kind == RunKind::particles;
        EXPECT_EQ(run.files[0].content[0].drawn.has_value(), is_counted);
        EXPECT_EQ(simulate_run(settings_of(kind, lot), &lots).files[0].bytes, run.files[0].bytes);
        auto other = settings_of(kind, lot);
        other.seed = 2;
        EXPECT_NE(simulate_run(other, &lots).files[0].bytes, run.files[0].bytes);
        EXPECT_NE(run.files[0].bytes.find("SIMULATED"), std::string::npos);
    }
}

// htslib, which reads FASTQ by itself.
TEST(SimulateRun, WritesReadsThatHtslibReadsAlike) {
    auto const lots = registry();
    auto settings = settings_of(RunKind::amplicons, "A");
    settings.quality = 33;
    auto const run = simulate_run(settings, &lots);
    auto const path = std::filesystem::temp_directory_path() /
                      ("cmq-simulated-" + std::to_string(::getpid()) + ".fastq");
    write_file(path, std::string_view{run.files[0].bytes});
    htsFile* const file = ::hts_open(path.c_str(), "r");
    ASSERT_NE(file, nullptr);
    sam_hdr_t* const head = ::sam_hdr_read(file);
    bam1_t* const record = ::bam_init1();
    auto const ours = parse_fastq(run.files[0].bytes);
    ASSERT_EQ(ours.size(), 50U);
    for (AmpliconRead const& read : ours) {
        ASSERT_GE(::sam_read1(file, head, record), 0);
        ASSERT_EQ(static_cast<std::size_t>(record->core.l_qseq), read.bases.size());
        for (std::size_t i = 0; i < read.bases.size(); ++i) {
            auto const code = bam_seqi(bam_get_seq(record), i);
            ASSERT_EQ("=ACMGRSVTWYHKDBN"[code], read.bases[i]);
            ASSERT_EQ(bam_get_qual(record)[i], 33);
        }
        EXPECT_EQ(read.name, bam_get_qname(record));
    }
    EXPECT_LT(::sam_read1(file, head, record), 0) << "no read more";
    ::bam_destroy1(record);
    ::sam_hdr_destroy(head);
    ::hts_close(file);
    std::filesystem::remove(path);
}

TEST(SimulateRun, ContaminatesSampleAndNegativeControlAlike) {
    auto const lots = registry();
    auto settings = settings_of(RunKind::amplicons, "A");
    settings.contamination = 0.25;
    settings.contaminant = "B";
    auto const run = simulate_run(settings, &lots);
    ASSERT_EQ(run.files[0].content.size(), 2U);
    EXPECT_EQ(run.files[0].content[1].lot, "B");
    EXPECT_EQ(run.files[0].content[1].amount, 25.0);
    ASSERT_EQ(run.files[1].content.size(), 1U);
    EXPECT_EQ(run.files[1].content[0].lot, "B");
    EXPECT_NE(run.files[1].bytes.find(lots.lots[1].sequence), std::string::npos);
    EXPECT_EQ(run.files[2].content.size(), 1U);
}

TEST(SimulateRun, ExchangesSampleAndNegativeControl) {
    auto const lots = registry();
    auto settings = settings_of(RunKind::particles, "P");
    settings.is_exchanged = true;
    auto const run = simulate_run(settings, &lots);
    EXPECT_EQ(run.files[0].name, "sample.csv");
    EXPECT_TRUE(run.files[0].content.empty());
    EXPECT_TRUE(parse_particles(run.files[0].bytes).particles.empty());
    EXPECT_EQ(run.files[1].content.at(0).lot, "P");
    EXPECT_FALSE(parse_particles(run.files[1].bytes).particles.empty());
}

TEST(SimulateRun, OfAQpcrIsOnePlateInTwoForms) {
    RunSettings settings;
    settings.kind = RunKind::qpcr;
    settings.amount = 500.0;
    settings.contamination = 0.1;
    auto const run = simulate_run(settings, nullptr);
    ASSERT_EQ(run.files.size(), 2U);
    EXPECT_EQ(run.files[0].name, "plate.csv");
    EXPECT_EQ(run.files[1].name, "plate.rdml");
    auto const target = measure_qpcr(parse_qpcr(run.files[0].bytes)).front();
    EXPECT_EQ(target.blanks_detected, 3U) << "50 copies in each well";
}

TEST(SimulateRun, MarksALotlessSampleAsHoldingNothing) {
    auto const lots = registry();
    auto settings = settings_of(RunKind::sanger, "A");
    settings.lot.reset();
    EXPECT_TRUE(simulate_run(settings, &lots).files[0].content.empty());
}

TEST(SimulateRun, RefusesLotsAndAmountsThatCanNotBe) {
    auto const lots = registry();
    EXPECT_EQ(refusal(settings_of(RunKind::sanger, "Z"), lots), ErrorKind::domain);
    EXPECT_EQ(refusal(settings_of(RunKind::sanger, "P"), lots), ErrorKind::domain);
    auto settings = settings_of(RunKind::sanger, "A");
    settings.amount = -1.0;
    EXPECT_EQ(refusal(settings, lots), ErrorKind::domain);
    settings = settings_of(RunKind::sanger, "A");
    settings.error = 0.9;
    EXPECT_EQ(refusal(settings, lots), ErrorKind::domain);
    settings = settings_of(RunKind::amplicons, "A");
    settings.contamination = 2.0;
    settings.contaminant = "B";
    EXPECT_EQ(refusal(settings, lots), ErrorKind::domain);
}

TEST(SimulateRun, RefusesARegistryWithoutSuchCodes) {
    Registry only;
    only.lots = {registry().lots.at(0)};
    auto settings = settings_of(RunKind::particles, "A");
    settings.lot.reset();
    EXPECT_EQ(refusal(settings, only), ErrorKind::insufficient);
}

TEST(NameOf, RunKindsHaveTheirWords) {
    EXPECT_EQ(name_of(RunKind::sanger), "sanger");
    EXPECT_EQ(name_of(RunKind::particles), "particles");
    EXPECT_EQ(code_kind_of(RunKind::amplicons), CodeKind::sequence);
    EXPECT_EQ(code_kind_of(RunKind::qpcr), std::nullopt);
}

} // namespace
