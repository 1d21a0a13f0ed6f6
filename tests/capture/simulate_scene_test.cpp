// SPDX-License-Identifier: GPL-3.0-or-later

#include "capture/simulate_scene.hpp"

#include "core/error.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>
#include <set>

namespace {

using namespace cmq::capture; // NOLINT(google-build-using-namespace): a test of one header
using cmq::PerPlane;
using cmq::plane_count;

std::vector<double> numbers(cmq::Table const& table, std::string_view name) {
    return std::get<std::vector<double>>(table.column(name).cells);
}

/// A sensor that adds nothing of its own: raw = black + 100 * electrons, rounded.
Sensor still_sensor() {
    Sensor sensor;
    sensor.bits = 16;
    sensor.gain_dn = 100.0;
    sensor.read_noise_electrons = 0.0;
    sensor.prnu = 0.0;
    sensor.dsnu_electrons = 0.0;
    sensor.row_noise_electrons = 0.0;
    sensor.hot_share = 0.0;
    sensor.photon_noise = false;
    return sensor;
}

SceneSettings small_scene() {
    SceneSettings settings;
    settings.shape = {256, 256};
    settings.masked_columns = 0;
    settings.burn_mark = false;
    settings.background.electrons = {0.0, 0.0, 0.0, 0.0};
    return settings;
}

SceneSettings still_scene() {
    SceneSettings settings = small_scene();
    settings.sensor = still_sensor();
    return settings;
}

/// DN above black of the visible area.
std::vector<double> above_black(SimulatedScene const& scene) {
    SceneSettings const& settings = scene.settings;
    std::vector<double> values;
    for (std::ptrdiff_t y = 0; y < settings.shape.height; ++y) {
        for (std::ptrdiff_t x = 0; x < settings.shape.width; ++x) {
            auto const at =
                static_cast<std::size_t>(y * scene.raw_shape.width + settings.masked_columns + x);
            auto const plane = static_cast<std::size_t>(settings.cfa.at(y, x));
            values.push_back(scene.raw[at] - settings.sensor.black_dn[plane]);
        }
    }
    return values;
}

double mean(std::vector<double> const& values) {
    return std::accumulate(values.begin(), values.end(), 0.0) / static_cast<double>(values.size());
}

double variance(std::vector<double> const& values) {
    double const middle = mean(values);
    double sum = 0.0;
    for (double const value : values) {
        sum += (value - middle) * (value - middle);
    }
    return sum / static_cast<double>(values.size() - 1);
}

std::vector<double> difference(std::vector<double> a, std::vector<double> const& b) {
    std::ranges::transform(a, b, a.begin(), std::minus<>{});
    return a;
}

SimulatedScene flat(double electrons, std::uint64_t seed, Sensor const& sensor) {
    SceneSettings settings = small_scene();
    settings.background.electrons.fill(electrons);
    settings.sensor = sensor;
    settings.seed = seed;
    return simulate_scene(settings, 1);
}

// ---- the sensor

TEST(SimulateScene, HasTheGainAndReadNoiseThatPhotonTransferFinds) {
    Sensor sensor;
    sensor.gain_dn = 0.5;
    sensor.read_noise_electrons = 3.0;
    sensor.prnu = 0.01; // fixed pattern must leave the difference of a pair
    sensor.dsnu_electrons = 2.0;
    sensor.row_noise_electrons = 0.0;
    sensor.hot_share = 0.0;
    auto const pair = [&](double electrons) {
        auto const a = above_black(flat(electrons, 1, sensor));
        auto const b = above_black(flat(electrons, 2, sensor));
        return std::pair{0.5 * (mean(a) + mean(b)), 0.5 * variance(difference(a, b))};
    };
    auto const [dark_mean, dark_variance] = pair(0.0);
    // A variance from 65536 differences is known to sqrt(2/65536) = 0.55 %; five of them. Read noise
    // is a square root: half of it. Rounding adds 1/12 DN^2.
    EXPECT_NEAR(std::sqrt(dark_variance - 1.0 / 12.0), 1.5, 0.014 * 1.5);
    for (double const electrons : {100.0, 1000.0, 10'000.0}) {
        auto const [level, spread] = pair(electrons);
        EXPECT_NEAR((spread - dark_variance) / (level - dark_mean), 0.5, 0.028 * 0.5) << electrons;
        // PRNU moves single photosites by 1 %, the mean of 65536 of them by 0.004 %.
        EXPECT_NEAR(level, 0.5 * electrons, 0.002 * electrons + 0.05);
    }
}

TEST(SimulateScene, KeepsTheFixedPatternOfASensorFromFrameToFrame) {
    Sensor sensor = still_sensor();
    sensor.gain_dn = 1.0;
    sensor.prnu = 0.02;
    SceneSettings settings = small_scene();
    settings.sensor = sensor;
    settings.background.electrons.fill(20'000.0);
    auto const first = simulate_scene(settings, 1);
    // 65536 photosites give a spread to 1/sqrt(2 * 65536) = 0.28 %; five of them.
    auto const values = above_black(first);
    EXPECT_NEAR(std::sqrt(variance(values)) / mean(values), 0.02, 0.014 * 0.02);
    settings.seed = 99;
    EXPECT_EQ(simulate_scene(settings, 1).raw, first.raw);
    settings.sensor_seed = 2;
    EXPECT_NE(simulate_scene(settings, 1).raw, first.raw);
}

TEST(SimulateScene, HasADarkPatternOfTheStatedSpread) {
    Sensor sensor = still_sensor();
    sensor.dsnu_electrons = 0.7;
    // 5 x 0.28 %, and rounding of 0.3 DN in 70.
    EXPECT_NEAR(std::sqrt(variance(above_black(flat(0.0, 1, sensor)))), 70.0, 0.015 * 70.0);
}

std::vector<double> row_means(SimulatedScene const& scene) {
    auto const values = above_black(scene);
    std::vector<double> means;
    for (auto row = values.begin(); row != values.end(); row += scene.settings.shape.width) {
        means.push_back(mean({row, row + scene.settings.shape.width}));
    }
    return means;
}

TEST(SimulateScene, ShiftsWholeRowsAndAnewInEachFrame) {
    Sensor sensor = still_sensor();
    sensor.row_noise_electrons = 0.8;
    sensor.read_noise_electrons = 1.6;
    auto const first = row_means(flat(0.0, 1, sensor));
    auto const second = row_means(flat(0.0, 2, sensor));
    // A mean of 256 photosites keeps 0.1 e- of read noise. 256 rows give a spread to 4.4 %; five of them.
    double const expected = 100.0 * std::hypot(0.8, 1.6 / 16.0);
    EXPECT_NEAR(std::sqrt(variance(first)), expected, 0.22 * expected);
    // Independent frames: the variance of the difference is twice that of one, known to 8.8 %.
    EXPECT_NEAR(variance(difference(first, second)),
                2.0 * expected * expected,
                0.44 * 2.0 * expected * expected);
    // Without row noise only the photosites' own noise is left.
    sensor.row_noise_electrons = 0.0;
    EXPECT_NEAR(std::sqrt(variance(row_means(flat(0.0, 1, sensor)))), 10.0, 2.2);
}

TEST(SimulateScene, HasHotPhotositesWhereItSaysInEveryFrame) {
    Sensor sensor = still_sensor();
    sensor.gain_dn = 1.0;
    sensor.hot_share = 0.005;
    sensor.hot_electrons = 2000.0;
    auto const scene = flat(0.0, 1, sensor);
    // 0.005 * 65536 = 328 draws; that two of them fall together is expected 328^2 / 2 / 65536 = 0.8 times.
    EXPECT_LE(scene.hot.size(), 328U);
    EXPECT_GE(scene.hot.size(), 320U);
    auto const values = above_black(scene);
    double sum = 0.0;
    for (HotPhotosite const& hot : scene.hot) {
        EXPECT_NEAR(values[static_cast<std::size_t>(hot.y * 256 + hot.x)], hot.electrons, 0.5);
        sum += hot.electrons;
    }
    // The mean of 328 exponential draws is known to 2000 / sqrt(328) = 110; five of them.
    EXPECT_NEAR(sum / static_cast<double>(scene.hot.size()), 2000.0, 552.0);
    EXPECT_NEAR(std::accumulate(values.begin(), values.end(), 0.0), sum, 328 * 0.5)
        << "no other photosite is above black";
    EXPECT_EQ(flat(0.0, 2, sensor).raw, scene.raw);
}

TEST(SimulateScene, StopsAtWhiteAndAtTheFullWell) {
    Sensor sensor;
    sensor.bits = 12;
    sensor.gain_dn = 1.0;
    auto const white = flat(5000.0, 1, sensor); // 3583 DN above black are left
    EXPECT_TRUE(std::ranges::all_of(white.raw, [](auto raw) { return raw == 4095; }));
    auto const frame = to_frame(white);
    EXPECT_TRUE(std::ranges::all_of(
        frame.mask, [](auto mask) { return (mask & cmq::mask_bit::saturated) != 0; }));

    sensor = still_sensor();
    sensor.gain_dn = 1.0;
    sensor.full_well_electrons = 3000.0;
    auto const full = above_black(flat(5000.0, 1, sensor));
    EXPECT_TRUE(std::ranges::all_of(full, [](double dn) { return dn == 3000.0; }));
}

TEST(SimulateScene, BendsTheResponseByTheStatedShare) {
    Sensor sensor = still_sensor();
    sensor.gain_dn = 1.0;
    sensor.full_well_electrons = 3000.0;
    sensor.nonlinearity = 0.1;
    // 1500 (1 - 0.1 * 1500 / 3000) = 1425, 3000 (1 - 0.1) = 2700: whole numbers, nothing is rounded.
    EXPECT_EQ(above_black(flat(1500.0, 1, sensor)).front(), 1425.0);
    EXPECT_EQ(above_black(flat(9000.0, 1, sensor)).front(), 2700.0);
    sensor.nonlinearity = -0.1;
    EXPECT_EQ(above_black(flat(1500.0, 1, sensor)).front(), 1575.0);
}

TEST(SimulateScene, GivesEachPlaneItsBlackAndItsLightAndMaskedColumnsNone) {
    for (char const* const cfa : {"RGGB", "BGGR", "GRBG", "GBRG"}) {
        SceneSettings settings = still_scene();
        settings.sensor.black_dn = {500.0, 510.0, 520.0, 530.0};
        settings.background.electrons = {1.0, 2.0, 3.0, 4.0};
        settings.cfa = cmq::make_cfa(cfa);
        settings.masked_columns = 10;
        auto const scene = simulate_scene(settings, 1);
        for (std::ptrdiff_t y = 0; y < 256; ++y) {
            for (std::ptrdiff_t column = 0; column < 266; ++column) {
                auto const plane = static_cast<int>(settings.cfa.at(y, column - 10));
                int const light = column < 10 ? 0 : 100 * (plane + 1);
                ASSERT_EQ(scene.raw[static_cast<std::size_t>(y * 266 + column)],
                          500 + 10 * plane + light)
                    << cfa << ' ' << y << ' ' << column;
            }
        }
    }
}

// ---- the light

DropletGroup one_droplet(DropletKind kind) {
    DropletGroup group;
    group.count = 1;
    group.kind = kind;
    group.flux_electrons = 6000.0;
    group.flux_log_sd = 0.0;
    group.radius = 3.0;
    group.radius_log_sd = 0.0;
    group.axis_ratio = kind == DropletKind::smear ? 0.2 : 0.5;
    group.region = Region{100.0, 100.0, 56.0, 56.0}; // all light stays within the frame
    return group;
}

TEST(SimulateScene, ConservesTheFluxOfDroplets) {
    for (DropletKind const kind : {DropletKind::disc, DropletKind::ellipse, DropletKind::smear}) {
        SceneSettings settings = still_scene();
        settings.background.electrons.fill(7.0);
        settings.droplets = {one_droplet(kind)};
        // As wide as planes that sample every second column need: aliasing exp(-pi^2 2^2 / 2) = 3e-9.
        settings.lens.blur_sd = 2.0;
        auto const scene = simulate_scene(settings, 1);
        auto const values = above_black(scene);
        PerPlane<double> sum{};
        for (std::size_t i = 0; i < values.size(); ++i) {
            auto const plane = settings.cfa.at(static_cast<std::ptrdiff_t>(i) / 256,
                                               static_cast<std::ptrdiff_t>(i) % 256);
            sum[static_cast<std::size_t>(plane)] += values[i] - 700.0;
        }
        // Shares of the colour 0.55 1 1 0.25 (sum 2.8) of 6000 e-; rounding moves a sum of some 2000
        // photosites by 0.29 sqrt(2000) = 13 DN of 50000.
        PerPlane<double> const expected{6e5 * 0.55 / 2.8, 6e5 / 2.8, 6e5 / 2.8, 6e5 * 0.25 / 2.8};
        for (std::size_t plane = 0; plane < plane_count; ++plane) {
            std::string const name{cmq::plane_names[plane]};
            EXPECT_NEAR(sum[plane], expected[plane], 1e-3 * expected[plane]) << to_text(kind);
            EXPECT_NEAR(numbers(scene.truth, "dn_" + name)[0], sum[plane], 1e-3 * sum[plane]);
            EXPECT_NEAR(numbers(scene.truth, "electrons_" + name)[0],
                        sum[plane] / 100.0,
                        1e-5 * sum[plane]);
        }
        EXPECT_NEAR(100.0 * numbers(scene.truth, "peak_electrons")[0],
                    *std::ranges::max_element(values) - 700.0,
                    0.51);
    }
}

struct Moments {
    double sum = 0.0;
    double x = 0.0;
    double y = 0.0;
    double xx = 0.0;
    double yy = 0.0;
};

Moments moments_of(SimulatedScene const& scene) {
    auto const values = above_black(scene);
    std::ptrdiff_t const width = scene.settings.shape.width;
    Moments m;
    for (std::size_t i = 0; i < values.size(); ++i) {
        m.sum += values[i];
        m.x += values[i] * static_cast<double>(static_cast<std::ptrdiff_t>(i) % width);
        m.y += values[i] * static_cast<double>(static_cast<std::ptrdiff_t>(i) / width);
    }
    m.x /= m.sum;
    m.y /= m.sum;
    for (std::size_t i = 0; i < values.size(); ++i) {
        double const dx = static_cast<double>(static_cast<std::ptrdiff_t>(i) % width) - m.x;
        double const dy = static_cast<double>(static_cast<std::ptrdiff_t>(i) / width) - m.y;
        m.xx += values[i] * dx * dx / m.sum;
        m.yy += values[i] * dy * dy / m.sum;
    }
    return m;
}

TEST(SimulateScene, PutsDropletsWhereTheTruthSays) {
    for (std::uint64_t seed = 1; seed <= 3; ++seed) {
        for (DropletKind const kind :
             {DropletKind::disc, DropletKind::ellipse, DropletKind::smear}) {
            SceneSettings settings = still_scene();
            settings.seed = seed;
            settings.droplets = {one_droplet(kind)};
            settings.droplets[0].colour.fill(1.0); // a grey droplet needs no planes
            settings.lens = {1.5, 1.0};
            auto const scene = simulate_scene(settings, 1);
            auto const found = moments_of(scene);
            // Rounding: 0.29 DN at distances of some 10 photosites in 1000 places, of 600000 DN: 2e-4.
            EXPECT_NEAR(found.x, numbers(scene.truth, "x")[0], 2e-3) << to_text(kind);
            EXPECT_NEAR(found.y, numbers(scene.truth, "y")[0], 2e-3) << to_text(kind);
        }
    }
}

TEST(SimulateScene, CountsCoordinatesFromTheCentreOfTheFirstVisiblePhotosite) {
    SceneSettings settings = still_scene();
    settings.masked_columns = 20;
    settings.droplets = {one_droplet(DropletKind::disc)};
    settings.droplets[0].colour.fill(1.0);
    settings.droplets[0].region = Region{60.0, 90.0, 1.0, 1.0}; // the very photosite (y 90, x 60)
    auto const found = moments_of(simulate_scene(settings, 1));
    EXPECT_NEAR(found.x, 60.0, 0.51);
    EXPECT_NEAR(found.y, 90.0, 0.51);
}

TEST(SimulateScene, BlursAsDefocusPhotositeAndGaussianDo) {
    SceneSettings settings = still_scene();
    settings.droplets = {one_droplet(DropletKind::disc)};
    settings.droplets[0].colour.fill(1.0);
    settings.droplets[0].radius = 5.0;
    settings.lens = {3.0, 1.0};
    auto const found = moments_of(simulate_scene(settings, 1));
    // Second moments along an axis add up: r^2/4 of a disc, s^2 of a Gaussian, 1/12 of a photosite. The edges
    // of a disc on a grid of a quarter photosite are known to a few hundredths of it: 1 %.
    double const expected = 25.0 / 4.0 + 9.0 / 4.0 + 1.0 + 1.0 / 12.0;
    EXPECT_NEAR(found.xx, expected, 0.01 * expected);
    EXPECT_NEAR(found.yy, expected, 0.01 * expected);
}

TEST(SimulateScene, DrawsEllipsesOfTheStatedAreaAndAxes) {
    SceneSettings settings = still_scene();
    settings.droplets = {one_droplet(DropletKind::ellipse)};
    settings.droplets[0].colour.fill(1.0);
    settings.droplets[0].radius = 6.0;
    settings.lens = {0.0, 0.0};
    auto const scene = simulate_scene(settings, 1);
    auto const found = moments_of(scene);
    // Half axes r/sqrt(q) and r sqrt(q), q = 0.5: (a^2 + b^2) / 4 = 36 (2 + 1/2) / 4 over both axes.
    double const expected = 36.0 * 2.5 / 4.0 + 2.0 / 12.0;
    EXPECT_NEAR(found.xx + found.yy, expected, 0.01 * expected);
    EXPECT_NEAR(numbers(scene.truth, "area_photosites")[0], 3.14159265 * 36.0, 1e-4);
    EXPECT_NEAR(numbers(scene.truth, "axis_ratio")[0], 0.5, 1e-12);
}

TEST(SimulateScene, StatesTheSignalToNoiseOfAPerfectFilter) {
    SceneSettings settings = still_scene();
    settings.background.electrons.fill(50.0);
    settings.sensor.gain_dn = 50.0;
    settings.droplets = {one_droplet(DropletKind::ellipse)};
    auto const scene = simulate_scene(settings, 1);
    double sum = 0.0;
    for (double const dn : above_black(scene)) {
        double const signal = dn / 50.0 - 50.0;
        sum += signal * signal / 50.0; // read noise is 0 here
    }
    // Rounding: 0.006 e- a photosite against signals of 10.
    EXPECT_NEAR(numbers(scene.truth, "snr_ideal")[0], std::sqrt(sum), 1e-3 * std::sqrt(sum));
}

TEST(SimulateScene, DrawsFluxesFromALogNormalDistribution) {
    SceneSettings settings = still_scene();
    settings.shape = {600, 900};
    settings.lens = {0.5, 0.3};
    DropletGroup group;
    group.count = 400;
    group.flux_electrons = 500.0;
    group.flux_log_sd = 0.5;
    group.radius = 0.5;
    group.region = Region{20.0, 20.0, 860.0, 560.0};
    settings.droplets = {group};
    auto const truth = simulate_scene(settings, 1).truth;
    ASSERT_EQ(truth.rows(), 400U);
    std::vector<double> logs(400, 0.0);
    for (std::string const name : {"electrons_r", "electrons_g1", "electrons_g2", "electrons_b"}) {
        auto const part = numbers(truth, name);
        std::ranges::transform(logs, part, logs.begin(), std::plus<>{});
    }
    std::ranges::transform(logs, logs.begin(), [](double flux) { return std::log(flux); });
    // Mean of ln flux to 0.5 / sqrt(400) = 0.025, spread to 3.5 %; five of each.
    EXPECT_NEAR(mean(logs), std::log(500.0), 0.125);
    EXPECT_NEAR(std::sqrt(variance(logs)), 0.5, 0.09);
}

TEST(SimulateScene, KeepsDropletsInTheirRegionApartAndOffTheLetters) {
    SceneSettings settings = still_scene();
    settings.shape = {200, 300};
    settings.burn_mark = true;
    settings.sensor.gain_dn = 1.0;
    DropletGroup group;
    group.count = 60;
    group.radius = 0.5;
    group.separation = 9.0;
    group.region = Region{0.0, 100.0, 200.0, 100.0};
    settings.droplets = {group};
    auto const truth = simulate_scene(settings, 1).truth;
    auto const x = numbers(truth, "x");
    auto const y = numbers(truth, "y");
    for (std::size_t i = 0; i < x.size(); ++i) {
        // The flux-weighted centre of a half-photosite disc may lie a tenth off its middle.
        EXPECT_TRUE(x[i] > -0.6 && x[i] < 199.6 && y[i] > 99.4 && y[i] < 199.6);
        // 9 letters of 6 columns less a gap, dots of 2 photosites, from column 4; the last row is 196.
        EXPECT_FALSE(x[i] > 4.0 && x[i] < 110.0 && y[i] > 182.0 && y[i] < 196.0);
        for (std::size_t j = 0; j < i; ++j) {
            EXPECT_GT(std::hypot(x[i] - x[j], y[i] - y[j]), 8.8);
        }
    }
}

TEST(SimulateScene, GathersClustersAboutTheMiddleOfTheirRegion) {
    SceneSettings settings = still_scene();
    settings.shape = {400, 600};
    settings.lens = {0.5, 0.3};
    DropletGroup group;
    group.count = 400;
    group.radius = 0.5;
    group.cluster_sd = 30.0;
    settings.droplets = {group};
    auto const truth = simulate_scene(settings, 1).truth;
    // Means to 30/20 = 1.5, spreads to 3.5 %; five of each. The region's edge is 6 deviations off.
    EXPECT_NEAR(mean(numbers(truth, "x")), 299.5, 7.5);
    EXPECT_NEAR(mean(numbers(truth, "y")), 199.5, 7.5);
    EXPECT_NEAR(std::sqrt(variance(numbers(truth, "x"))), 30.0, 5.3);
}

// ---- the background

TEST(SimulateScene, RampsAGradientFromEdgeToEdge) {
    SceneSettings settings = still_scene();
    settings.background.kind = BackgroundKind::gradient;
    settings.background.electrons.fill(100.0);
    settings.background.gradient = 0.4;
    settings.background.angle_deg = 0.0;
    auto const values = above_black(simulate_scene(settings, 1));
    for (std::size_t x = 0; x < 256; ++x) {
        double const expected = 1e4 * (1.0 + 0.4 * (static_cast<double>(x) / 255.0 - 0.5));
        EXPECT_NEAR(values[256 * 100 + x], expected, 0.51); // half a DN of rounding
    }
}

TEST(SimulateScene, LetsTheLampFadeTowardsTheCorners) {
    SceneSettings settings = still_scene();
    settings.background.electrons.fill(100.0);
    settings.background.lamp_falloff = 0.3;
    auto const values = above_black(simulate_scene(settings, 1));
    EXPECT_NEAR(values.front(), 7000.0, 1.0);
    EXPECT_NEAR(values.back(), 7000.0, 1.0);
    // Nearest photosite to the centre: 0.5 of 127.5 off in both directions.
    EXPECT_NEAR(values[256 * 128 + 128], 1e4 * (1.0 - 0.3 / (255.0 * 255.0)), 1.0);
}

TEST(SimulateScene, TexturesAllPlanesAlike) {
    for (BackgroundKind const kind : {BackgroundKind::woven, BackgroundKind::skin}) {
        SceneSettings settings = still_scene();
        settings.background.kind = kind;
        settings.background.electrons.fill(100.0);
        auto const grey = above_black(simulate_scene(settings, 1));
        settings.background.electrons = {25.0, 50.0, 100.0, 200.0};
        auto const coloured = above_black(simulate_scene(settings, 1));
        for (std::size_t i = 0; i < grey.size(); ++i) {
            auto const plane = settings.cfa.at(static_cast<std::ptrdiff_t>(i) / 256,
                                               static_cast<std::ptrdiff_t>(i) % 256);
            double const ratio = 0.25 * static_cast<double>(1U << static_cast<unsigned>(plane));
            // Half a DN of rounding on each side.
            ASSERT_NEAR(coloured[i], ratio * grey[i], 0.5 + 0.5 * ratio) << to_text(kind) << i;
        }
        EXPECT_GT(std::sqrt(variance(grey)), 0.1 * mean(grey)) << "there is texture at all";
    }
}

TEST(SimulateScene, WeavesAroundItsMeanWithItsPeriod) {
    SceneSettings settings = still_scene();
    settings.background.kind = BackgroundKind::woven;
    settings.background.electrons.fill(100.0);
    settings.background.angle_deg = 0.0;
    settings.background.weave_period = 8.0;
    settings.background.weave_depth = 0.2;
    settings.background.fold_depth = 0.0;
    auto const values = above_black(simulate_scene(settings, 1));
    // 32 x 32 yarns, each 8 % uneven: the mean moves by 0.2 * 0.08 * sqrt(2/32) = 0.4 %; five of them.
    EXPECT_NEAR(mean(values), 1e4, 0.02 * 1e4);
    // Light between yarns is darker than on them, so half a period apart is less alike than a whole one.
    auto const product = [&](std::size_t shift) {
        double sum = 0.0;
        for (std::size_t i = 0; i + shift < values.size(); ++i) {
            sum += (values[i] - 1e4) * (values[i + shift] - 1e4);
        }
        return sum / static_cast<double>(values.size());
    };
    EXPECT_GT(product(8), 0.3 * product(0));
    EXPECT_LT(product(4), 0.0);
}

TEST(SimulateScene, MottlesSkinByTheStatedDepth) {
    SceneSettings settings = still_scene();
    settings.shape = {700, 1000};
    settings.background.kind = BackgroundKind::skin;
    settings.background.electrons.fill(100.0);
    settings.background.mottle_depth = 0.2;
    auto const values = above_black(simulate_scene(settings, 2));
    // Log-normal: mean 1, relative spread sqrt(exp(0.04) - 1) = 0.202. Blotches of 90 photosites carry 0.56 of
    // the variance and there are 86 of them: mean to 0.2 * 0.75 / 9.3 = 1.6 %, spread to about 8 %.
    EXPECT_NEAR(mean(values), 1e4, 0.08 * 1e4);
    EXPECT_NEAR(std::sqrt(variance(values)) / mean(values), 0.202, 0.3 * 0.202);
    EXPECT_GT(*std::ranges::min_element(values), 0.0);
}

// ---- seeds, mark, frame

SceneSettings full_scene() {
    SceneSettings settings;
    settings.shape = {200, 300};
    settings.background.kind = BackgroundKind::woven;
    settings.droplets.resize(2);
    settings.droplets[0].count = 20;
    settings.droplets[1].count = 2;
    settings.droplets[1].kind = DropletKind::smear;
    settings.droplets[1].axis_ratio = 0.2;
    settings.sensor.hot_share = 1e-3;
    return settings;
}

TEST(SimulateScene, GivesTheSameBitsOnAnyNumberOfThreads) {
    auto const one = simulate_scene(full_scene(), 1);
    for (unsigned const threads : {2U, 3U, 0U}) {
        auto const other = simulate_scene(full_scene(), threads);
        EXPECT_EQ(other.raw, one.raw);
        EXPECT_EQ(numbers(other.truth, "x"), numbers(one.truth, "x"));
        EXPECT_EQ(numbers(other.truth, "snr_ideal"), numbers(one.truth, "snr_ideal"));
    }
}

TEST(SimulateScene, ChangesWithTheSeed) {
    SceneSettings settings = full_scene();
    auto const first = simulate_scene(settings, 1);
    settings.seed = 2;
    auto const second = simulate_scene(settings, 1);
    EXPECT_NE(second.raw, first.raw);
    EXPECT_NE(numbers(second.truth, "x"), numbers(first.truth, "x"));
}

TEST(SimulateScene, KeepsTheSceneUnderAnotherNoise) {
    SceneSettings settings = full_scene();
    auto const first = simulate_scene(settings, 1);
    settings.scene_seed = settings.seed;
    settings.seed = 2;
    auto const second = simulate_scene(settings, 1);
    EXPECT_NE(second.raw, first.raw);
    EXPECT_EQ(numbers(second.truth, "x"), numbers(first.truth, "x"));
    EXPECT_EQ(numbers(second.truth, "electrons_b"), numbers(first.truth, "electrons_b"));
}

TEST(SimulateScene, BurnsTheWordIntoTheCornerInProportion) {
    for (std::ptrdiff_t const side : {300, 800}) {
        SceneSettings settings = small_scene();
        settings.shape = {side, side};
        settings.burn_mark = true;
        settings.background.electrons.fill(100.0);
        auto const scene = simulate_scene(settings, 2);
        std::ptrdiff_t left = side;
        std::ptrdiff_t right = 0;
        std::ptrdiff_t top = side;
        double zeros = 0.0;
        for (std::ptrdiff_t i = 0; i < side * side; ++i) {
            if (scene.raw[static_cast<std::size_t>(i)] == 0) {
                left = std::min(left, i % side);
                right = std::max(right, i % side);
                top = std::min(top, i / side);
                zeros += 1.0;
            }
        }
        EXPECT_LT(left, side / 50);
        EXPECT_GT(top, side * 9 / 10);
        EXPECT_GT(right - left, side * 9 / 100);
        EXPECT_LT(right - left, side * 45 / 100);
        auto const frame = to_frame(scene);
        EXPECT_EQ(zeros, static_cast<double>(std::ranges::count_if(frame.mask, [](auto mask) {
                      return (mask & cmq::mask_bit::no_data) != 0;
                  })));
        EXPECT_GT(zeros, 0.0);
    }
}

TEST(SimulateScene, LeavesNoZeroWithoutTheWord) {
    auto const scene = flat(0.0, 1, Sensor{});
    EXPECT_EQ(std::ranges::count(scene.raw, 0), 0);
}

TEST(ToFrame, GivesResidualsOfUnitVariance) {
    for (double const electrons : {0.0, 40.0, 4000.0}) {
        Sensor sensor;
        sensor.hot_share = 0.0;
        auto const frame = to_frame(flat(electrons, 1, sensor));
        double sum = 0.0;
        for (std::size_t i = 0; i < frame.value.size(); ++i) {
            double const residual = static_cast<double>(frame.value[i]) - 0.5 * electrons;
            sum += residual * residual / frame.noise.variance(cmq::Plane::red, 0.5 * electrons);
        }
        // 65536 squares give a variance to 0.55 %; row noise (0.2 of 3 e-) is common to a row: a little more.
        EXPECT_NEAR(sum / static_cast<double>(frame.value.size()), 1.0, 0.03) << electrons;
    }
}

TEST(ToFrame, MarksHotPhotosites) {
    auto const scene = simulate_scene(full_scene(), 1);
    auto const frame = to_frame(scene);
    auto const visible =
        std::ranges::count_if(scene.hot, [](auto const& hot) { return hot.x >= 0; });
    EXPECT_GT(visible, 0);
    EXPECT_EQ(std::ranges::count_if(frame.mask,
                                    [](auto mask) { return (mask & cmq::mask_bit::hot) != 0; }),
              visible);
}

TEST(ToDngPicture, NamesNoRealCamera) {
    auto const scene = simulate_scene(full_scene(), 1);
    DngPicture const picture = to_dng_picture(scene);
    EXPECT_EQ(picture.make, "Contremarque");
    EXPECT_EQ(picture.model, "SIMULATED");
    EXPECT_EQ(picture.unique_model, "Contremarque SIMULATED");
    EXPECT_THAT(picture.description, testing::StartsWith("SIMULATED"));
    EXPECT_EQ(picture.shape, (cmq::Shape{200, 348}));
    EXPECT_TRUE(std::ranges::equal(picture.mosaic, scene.raw));
}

// ---- refusals

template <class Change>
cmq::ErrorKind kind_after(Change const& change) {
    SceneSettings settings = full_scene();
    change(settings);
    try {
        static_cast<void>(simulate_scene(settings, 1));
    } catch (cmq::Error const& error) {
        return error.kind();
    }
    return cmq::ErrorKind::internal;
}

TEST(SimulateScene, RefusesShapesThatItCannotMake) {
    using cmq::ErrorKind;
    EXPECT_EQ(kind_after([](auto& s) { s.shape = {200, 301}; }), ErrorKind::shape);
    EXPECT_EQ(kind_after([](auto& s) { s.shape = {0, 300}; }), ErrorKind::shape);
    EXPECT_EQ(kind_after([](auto& s) { s.shape = {20'002, 300}; }), ErrorKind::shape);
    EXPECT_EQ(kind_after([](auto& s) { s.shape = {48, 126}; }), ErrorKind::shape);
    EXPECT_EQ(kind_after([](auto& s) { s.masked_columns = 7; }), ErrorKind::shape);
}

TEST(SimulateScene, RefusesValuesOutOfRange) {
    using cmq::ErrorKind;
    double const nan = std::numeric_limits<double>::quiet_NaN();
    EXPECT_EQ(kind_after([](auto& s) { s.background.electrons[1] = -1.0; }), ErrorKind::domain);
    EXPECT_EQ(kind_after([=](auto& s) { s.background.electrons[3] = nan; }), ErrorKind::domain);
    EXPECT_EQ(kind_after([](auto& s) { s.background.gradient = 2.0; }), ErrorKind::domain);
    EXPECT_EQ(kind_after([](auto& s) { s.background.weave_period = 0.0; }), ErrorKind::domain);
    EXPECT_EQ(kind_after([](auto& s) { s.droplets[0].radius = 0.0; }), ErrorKind::domain);
    EXPECT_EQ(kind_after([](auto& s) { s.droplets[0].flux_electrons = 0.0; }), ErrorKind::domain);
    EXPECT_EQ(kind_after([](auto& s) { s.droplets[0].colour = {}; }), ErrorKind::domain);
    EXPECT_EQ(kind_after([](auto& s) { s.droplets[0].axis_ratio = 1.5; }), ErrorKind::domain);
    EXPECT_EQ(kind_after([=](auto& s) { s.lens.blur_sd = nan; }), ErrorKind::domain);
    EXPECT_EQ(kind_after([](auto& s) { s.sensor.bits = 10; }), ErrorKind::domain);
    EXPECT_EQ(kind_after([](auto& s) { s.sensor.gain_dn = 0.0; }), ErrorKind::domain);
    EXPECT_EQ(kind_after([](auto& s) { s.sensor.read_noise_electrons = -1.0; }), ErrorKind::domain);
    EXPECT_EQ(kind_after([](auto& s) { s.sensor.prnu = 0.5; }), ErrorKind::domain);
    EXPECT_EQ(kind_after([](auto& s) { s.sensor.hot_share = 0.5; }), ErrorKind::domain);
    EXPECT_EQ(kind_after([](auto& s) { s.sensor.nonlinearity = 0.3; }), ErrorKind::domain);
}

TEST(SimulateScene, RefusesALetterThatNoiseCouldImitate) {
    // 8 * 0.5 * hypot(3, 0.5, 0.2) = 12.2 DN.
    EXPECT_EQ(kind_after([](auto& s) { s.sensor.black_dn[2] = 12.0; }), cmq::ErrorKind::domain);
    SceneSettings settings = full_scene();
    settings.sensor.black_dn[2] = 12.5;
    EXPECT_NO_THROW(static_cast<void>(simulate_scene(settings, 1)));
    settings.sensor.black_dn[2] = 0.0;
    settings.burn_mark = false;
    EXPECT_NO_THROW(static_cast<void>(simulate_scene(settings, 1)));
}

TEST(SimulateScene, RefusesDropletsThatDoNotFit) {
    using cmq::ErrorKind;
    EXPECT_EQ(kind_after([](auto& s) { s.droplets[0].separation = 500.0; }), ErrorKind::domain);
    EXPECT_EQ(kind_after([](auto& s) {
                  s.droplets[0].region = Region{0, 0, 301, 200};
              }),
              ErrorKind::domain);
    EXPECT_EQ(kind_after([](auto& s) {
                  s.droplets[0].region = Region{10, 10, 0, 20};
              }),
              ErrorKind::domain);
    // Wholly on the letters.
    EXPECT_EQ(kind_after([](auto& s) {
                  s.droplets[0].region = Region{10, 186, 20, 6};
              }),
              ErrorKind::domain);
}

} // namespace
