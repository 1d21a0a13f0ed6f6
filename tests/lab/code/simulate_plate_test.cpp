// SPDX-License-Identifier: GPL-3.0-or-later

#include "lab/code/simulate_plate.hpp"

#include "lab/code/qpcr_curve.hpp"
#include "lab/code/qpcr_inhibition.hpp"
#include "system/file.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <filesystem>
#include <unistd.h>
#include <zip.h>

namespace {

using namespace cmq;
using namespace cmq::lab;

QpcrTable plate(PlateSettings const& settings, std::uint64_t seed) {
    Random random{seed, 1, 0};
    return simulate_plate(settings, random);
}

TEST(SimulatePlate, HasStandardsBlanksAndSample) {
    auto const table = plate({}, 1);
    // 5 standards, blank and sample in three wells each; the last two with the internal control too.
    ASSERT_EQ(table.wells.size(), 15U + 6U + 6U);
    EXPECT_EQ(std::ranges::count(table.wells, true, &QpcrWell::is_blank), 6);
    EXPECT_EQ(table.wells.front().copies, 10.0);
    EXPECT_EQ(table.wells[3].copies, 100.0);
    EXPECT_EQ(table.wells.back().sample, "SIMULATED");
    EXPECT_EQ(table.wells.back().target, "IPC");
}

TEST(SimulatePlate, LiesOnTheCurveThatIsStated) {
    // Without noise and with so many copies that Poisson hardly shows: Cq = b - log10(N) / log10(1 + E).
    PlateSettings const settings{.copies = 1e8,
                                 .efficiency = 1.0,
                                 .intercept = 40.0,
                                 .cycle_sd = 0.0,
                                 .standards = {1e6, 1e7, 1e9}};
    auto const target = measure_qpcr(plate(settings, 2)).front();
    ASSERT_TRUE(target.curve);
    EXPECT_NEAR(target.curve->slope, -1.0 / std::log10(2.0), 0.005);
    EXPECT_NEAR(target.curve->intercept, 40.0, 0.05);
    EXPECT_NEAR(*target.amounts.front().log10_copies, 8.0, 0.001);
}

// P(a well shows nothing) = exp(-copies).
TEST(SimulatePlate, MissesWellsAsPoissonSays) {
    double seen = 0.0;
    constexpr int plates = 400;
    for (int i = 0; i < plates; ++i) {
        auto const target = measure_qpcr(plate({.copies = 1.0}, 10 + static_cast<unsigned>(i)));
        seen += static_cast<double>(target.front().amounts.front().detected);
    }
    double const expected = 3.0 * plates * (1.0 - std::exp(-1.0));
    EXPECT_NEAR(seen, expected, 4.0 * std::sqrt(expected * std::exp(-1.0)));
}

TEST(SimulatePlate, IsLateWhereTheSampleInhibits) {
    auto const table = plate({.inhibition = 3.0}, 3);
    auto const samples = measure_inhibition(table, "IPC");
    ASSERT_EQ(samples.size(), 1U);
    EXPECT_NEAR(*samples.front().shift, 3.0, 0.5);
    EXPECT_EQ(samples.front().state, Inhibition::seen);
}

TEST(SimulatePlate, ShowsContaminationAndExchangeInTheBlank) {
    auto const clean = measure_qpcr(plate({}, 4)).front();
    EXPECT_EQ(clean.blanks_detected, 0U);
    EXPECT_EQ(measure_qpcr(plate({.contamination = 50.0}, 4)).front().blanks_detected, 3U);
    auto const exchanged = measure_qpcr(plate({.is_exchanged = true}, 4)).front();
    EXPECT_EQ(exchanged.blanks_detected, 3U);
    EXPECT_EQ(exchanged.amounts.front().detected, 0U);
}

TEST(ToQpcrCsv, IsReadBackAsItWas) {
    auto const table = plate({.copies = 0.0}, 5);
    auto const back = parse_qpcr(to_qpcr_csv(table));
    ASSERT_EQ(back.wells.size(), table.wells.size());
    for (std::size_t i = 0; i < table.wells.size(); ++i) {
        EXPECT_EQ(back.wells[i].well, table.wells[i].well);
        EXPECT_EQ(back.wells[i].sample, table.wells[i].sample);
        EXPECT_EQ(back.wells[i].target, table.wells[i].target);
        EXPECT_EQ(back.wells[i].is_blank, table.wells[i].is_blank);
        EXPECT_EQ(back.wells[i].copies, table.wells[i].copies);
        ASSERT_EQ(back.wells[i].cq.has_value(), table.wells[i].cq.has_value());
        EXPECT_NEAR(back.wells[i].cq.value_or(0.0), table.wells[i].cq.value_or(0.0), 0.0005);
    }
}

// libzip: the length and checksum of what is stored.
TEST(ToRdml, IsAZipThatLibzipOpens) {
    auto const bytes = to_rdml(plate({}, 6));
    auto const path = std::filesystem::temp_directory_path() /
                      ("cmq-simulated-" + std::to_string(::getpid()) + ".rdml");
    write_file(path, std::string_view{bytes});
    int error = 0;
    zip_t* const archive = ::zip_open(path.c_str(), ZIP_RDONLY | ZIP_CHECKCONS, &error);
    ASSERT_NE(archive, nullptr) << error;
    EXPECT_EQ(::zip_get_num_entries(archive, 0), 1);
    zip_file_t* const file = ::zip_fopen(archive, "rdml_data.xml", 0);
    ASSERT_NE(file, nullptr);
    std::string xml(bytes.size(), '\0');
    auto const read = ::zip_fread(file, xml.data(), xml.size());
    ASSERT_GT(read, 0);
    xml.resize(static_cast<std::size_t>(read));
    EXPECT_EQ(::zip_fclose(file), 0) << "the checksum holds";
    EXPECT_EQ(::zip_close(archive), 0);
    std::filesystem::remove(path);
    EXPECT_NE(xml.find("<sample id=\"NTC\"><type>ntc</type></sample>"), std::string::npos);
    EXPECT_NE(xml.find("<value>100000</value><unit>cop</unit>"), std::string::npos);
    EXPECT_NE(xml.find("<run id=\"SIMULATED\">"), std::string::npos);
}

} // namespace
