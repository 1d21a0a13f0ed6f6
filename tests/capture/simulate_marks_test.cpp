// SPDX-License-Identifier: GPL-3.0-or-later

// Printed cloth, stains, contact prints, marks that take light away, and what groups are made of.

#include "capture/simulate_scene.hpp"
#include "core/error.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <numbers>
#include <numeric>

namespace {

using namespace cmq::capture; // NOLINT(google-build-using-namespace): a test of one header
using cmq::PerPlane;
using cmq::plane_count;

double number(cmq::Table const& table, std::string_view name, std::size_t row = 0) {
    return std::get<std::vector<double>>(table.column(name).cells)[row];
}

/// raw = black + 10 * electrons, rounded; nothing else.
SceneSettings still_scene(double electrons) {
    SceneSettings settings;
    settings.shape = {240, 240};
    settings.masked_columns = 0;
    settings.burn_mark = false;
    settings.background.electrons.fill(electrons);
    settings.background.angle_deg = 0.0;
    settings.background.weave_depth = 0.0;
    settings.background.fold_depth = 0.0;
    settings.sensor.bits = 16;
    settings.sensor.gain_dn = 10.0;
    settings.sensor.read_noise_electrons = 0.0;
    settings.sensor.prnu = 0.0;
    settings.sensor.dsnu_electrons = 0.0;
    settings.sensor.row_noise_electrons = 0.0;
    settings.sensor.hot_share = 0.0;
    settings.sensor.photon_noise = false;
    return settings;
}

/// Electrons of every photosite, to 0.05.
std::vector<double> light_of(SceneSettings const& settings) {
    std::vector<double> light;
    for (std::uint16_t const raw : simulate_scene(settings, 1).raw) {
        light.push_back((static_cast<double>(raw) - 512.0) / settings.sensor.gain_dn);
    }
    return light;
}

std::size_t plane_at(SceneSettings const& settings, std::size_t i) {
    auto const width = static_cast<std::size_t>(settings.shape.width);
    return static_cast<std::size_t>(settings.cfa.at(static_cast<std::ptrdiff_t>(i / width),
                                                    static_cast<std::ptrdiff_t>(i % width)));
}

SceneSettings printed(PrintPattern pattern) {
    SceneSettings settings = still_scene(100.0);
    settings.background.kind = BackgroundKind::printed;
    settings.background.print_pattern = pattern;
    settings.background.print_period = 40.0;
    settings.background.print_depth = {0.8, 0.5, 0.4, -0.6};
    return settings;
}

TEST(SimulatePrint, TakesItsOwnShareOfEachPlane) {
    for (PrintPattern const pattern :
         {PrintPattern::dots, PrintPattern::stripes, PrintPattern::motifs}) {
        SceneSettings const settings = printed(pattern);
        auto const light = light_of(settings);
        PerPlane<double> least{};
        least.fill(1e9);
        PerPlane<double> most{};
        for (std::size_t i = 0; i < light.size(); ++i) {
            std::size_t const plane = plane_at(settings, i);
            least[plane] = std::min(least[plane], light[i]);
            most[plane] = std::max(most[plane], light[i]);
        }
        for (std::size_t plane = 0; plane < plane_count; ++plane) {
            double const covered = 100.0 * (1.0 - settings.background.print_depth[plane]);
            // Motifs and what is between them are wider than twice the blur: both levels are there.
            EXPECT_NEAR(least[plane], std::min(100.0, covered), 0.2) << to_text(pattern);
            EXPECT_NEAR(most[plane], std::max(100.0, covered), 0.2) << to_text(pattern);
        }
    }
}

TEST(SimulatePrint, CoversTheShareThatItsGeometryGives) {
    auto const mean_of = [](PrintPattern pattern) {
        SceneSettings settings = printed(pattern);
        settings.background.print_depth.fill(0.5);
        auto const light = light_of(settings);
        return std::accumulate(light.begin(), light.end(), 0.0) / static_cast<double>(light.size());
    };
    // 240 photosites are six periods. Stripes: 0.4 of the area; dots: pi 0.33^2 = 0.342. Sampled at photosites: the
    // edge moves by less than 0.1 of 16 or 26.
    EXPECT_NEAR(mean_of(PrintPattern::stripes), 100.0 * (1.0 - 0.5 * 0.4), 0.5);
    EXPECT_NEAR(mean_of(PrintPattern::dots), 100.0 * (1.0 - 0.5 * 0.342), 0.5);
    // Motifs: discs of 0.3 would cover 0.283, waves and unlike radii a few percent more, overlaps less: 0.2 to 0.5.
    EXPECT_LT(mean_of(PrintPattern::motifs), 90.0);
    EXPECT_GT(mean_of(PrintPattern::motifs), 75.0);
}

TEST(SimulatePrint, HasEdgesAsTheLensBlursThem) {
    SceneSettings settings = printed(PrintPattern::stripes);
    settings.background.print_depth.fill(0.5);
    settings.lens = {2.0, 1.5};
    auto const light = light_of(settings);
    // The stripe about x = 20 ends at 28; disc, Gaussian and photosite blur it by sqrt(4/4 + 2.25 + 1/12) = 1.826.
    for (std::size_t x = 22; x < 36; ++x) {
        double const z = (static_cast<double>(x) - 28.0) / 1.826;
        double const covered = 0.5 * std::erfc(z / std::numbers::sqrt2);
        EXPECT_NEAR(light[240 * 7 + x], 100.0 * (1.0 - 0.5 * covered), 0.1) << x;
    }
}

TEST(SimulatePrint, LiesOnTheWeaveAndLeavesOtherClothAlone) {
    SceneSettings cloth = still_scene(100.0);
    cloth.background.kind = BackgroundKind::woven;
    cloth.background.weave_depth = 0.2;
    cloth.background.fold_depth = 0.2;
    SceneSettings other = cloth;
    other.background.print_period = 25.0;
    other.background.print_depth.fill(0.9);
    auto const woven = light_of(cloth);
    EXPECT_EQ(light_of(other), woven);
    other.background.kind = BackgroundKind::printed;
    other.background.print_depth.fill(0.0);
    EXPECT_EQ(light_of(other), woven) << "a print that takes nothing";
    other.background.print_depth.fill(0.3);
    auto const with_print = light_of(other);
    for (std::size_t i = 0; i < woven.size(); ++i) {
        ASSERT_LE(with_print[i], woven[i]);
        ASSERT_GE(with_print[i], 0.7 * woven[i] - 0.1);
    }
}

TEST(SimulatePrint, DrawsMotifsFromTheSceneSeed) {
    SceneSettings settings = printed(PrintPattern::motifs);
    auto const first = simulate_scene(settings, 1);
    EXPECT_EQ(simulate_scene(settings, 3).raw, first.raw);
    settings.scene_seed = settings.seed;
    settings.seed = 77;
    EXPECT_EQ(simulate_scene(settings, 1).raw, first.raw);
    settings.scene_seed = 78;
    EXPECT_NE(simulate_scene(settings, 1).raw, first.raw);
}

// ---- stains and contact prints

DropletGroup one_of(DropletKind kind, double radius) {
    DropletGroup group;
    group.count = 1;
    group.kind = kind;
    group.flux_electrons = 1e6;
    group.flux_log_sd = 0.0;
    group.radius = radius;
    group.radius_log_sd = 0.0;
    group.colour.fill(1.0);
    group.region = Region{119.0, 119.0, 2.0, 2.0};
    return group;
}

TEST(SimulateStain, IsEvenlyBrightWithinAnIrregularOutline) {
    SceneSettings settings = still_scene(0.0);
    settings.droplets = {one_of(DropletKind::stain, 50.0)};
    settings.lens = {0.5, 0.5};
    auto const scene = simulate_scene(settings, 1);
    auto const light = light_of(settings);
    double const area = number(scene.truth, "area_photosites");
    double sum = 0.0;
    double at_full = 0.0;
    for (double const electrons : light) {
        sum += electrons;
        at_full += std::abs(electrons - 1e6 / area) < 0.06 + 1e-3 * electrons ? 1.0 : 0.0;
    }
    EXPECT_NEAR(sum, 1e6, 1e3); // rounding: 0.03 in 10000 places
    // All but the blurred edge, which is some 3 photosites wide on a line of 2 pi 50 (1.3 at most for the waves).
    EXPECT_GT(at_full, area - 3.0 * 2.0 * std::numbers::pi * 65.0);
    EXPECT_LE(at_full, area);
    // No circle: r = R (1 + sum of waves); the area grows by half the sum of their squares, a few percent, and the
    // outline's corners reach beyond the circle.
    EXPECT_GT(area, 0.5 * std::numbers::pi * 2500.0);
    EXPECT_LT(area, 2.0 * std::numbers::pi * 2500.0);
    double farthest = 0.0;
    for (std::size_t i = 0; i < light.size(); ++i) {
        if (light[i] > 0.5e6 / area) {
            farthest = std::max(farthest,
                                std::hypot(static_cast<double>(i % 240) - 119.5,
                                           static_cast<double>(i / 240) - 119.5));
        }
    }
    EXPECT_GT(farthest, 1.05 * std::sqrt(area / std::numbers::pi));
}

TEST(SimulateStain, MayTakeATenthOfTheFrameAndLooksTheSameAtEitherSampling) {
    SceneSettings settings = still_scene(0.0);
    settings.shape = {1000, 1200};
    settings.droplets = {one_of(DropletKind::stain, 101.0)}; // drawn at one sample a photosite
    settings.droplets[0].region = Region{600.0, 500.0, 1.0, 1.0};
    settings.lens = {2.0, 2.0};
    double const coarse = number(simulate_scene(settings, 1).truth, "area_photosites");
    settings.droplets[0].radius = 99.0; // at 4 x 4
    double const fine = number(simulate_scene(settings, 1).truth, "area_photosites");
    EXPECT_NEAR(coarse / fine, 101.0 * 101.0 / (99.0 * 99.0), 1e-3);
    settings.droplets[0].radius = 230.0;
    auto const large = simulate_scene(settings, 1);
    EXPECT_GT(number(large.truth, "area_photosites"), 0.1 * 1000.0 * 1200.0);
    EXPECT_EQ(simulate_scene(settings, 2).raw, large.raw);
}

/// Light at a place, bilinear.
double sample(std::vector<double> const& light, double y, double x) {
    auto const row = static_cast<std::ptrdiff_t>(std::floor(y));
    auto const column = static_cast<std::ptrdiff_t>(std::floor(x));
    if (row < 0 || column < 0 || row >= 239 || column >= 239) {
        return 0.0;
    }
    double const v = y - static_cast<double>(row);
    double const u = x - static_cast<double>(column);
    auto const at = [&](std::ptrdiff_t j, std::ptrdiff_t i) {
        return light[static_cast<std::size_t>(j * 240 + i)];
    };
    return (1 - v) * ((1 - u) * at(row, column) + u * at(row, column + 1)) +
           v * ((1 - u) * at(row + 1, column) + u * at(row + 1, column + 1));
}

/// Correlation of the light with its mirror image across a line through the middle.
double mirror_correlation(std::vector<double> const& light, double angle_deg) {
    double const angle = 2.0 * angle_deg * std::numbers::pi / 180.0;
    double const mean = std::accumulate(light.begin(), light.end(), 0.0) / 57600.0;
    double product = 0.0;
    double square = 0.0;
    for (std::size_t i = 0; i < light.size(); ++i) {
        double const x = static_cast<double>(i % 240) - 120.0;
        double const y = static_cast<double>(i / 240) - 120.0;
        double const image = sample(light,
                                    std::sin(angle) * x - std::cos(angle) * y + 120.0,
                                    std::cos(angle) * x + std::sin(angle) * y + 120.0);
        product += (light[i] - mean) * (image - mean);
        square += (light[i] - mean) * (light[i] - mean);
    }
    return product / square;
}

TEST(SimulateContactPrint, MirrorsItsPatchesAcrossTheFold) {
    double along_fold = 0.0;
    double across = 0.0;
    for (std::uint64_t seed = 1; seed <= 5; ++seed) {
        SceneSettings settings = still_scene(0.0);
        settings.seed = seed;
        settings.droplets = {one_of(DropletKind::print, 90.0)};
        settings.droplets[0].region = Region{120.0, 120.0, 0.001, 0.001};
        settings.droplets[0].flux_electrons = 1e6;
        auto const scene = simulate_scene(settings, 1);
        auto const light = light_of(settings);
        EXPECT_NEAR(std::accumulate(light.begin(), light.end(), 0.0), 1e6, 2e3);
        double const fold = number(scene.truth, "angle_deg");
        along_fold += mirror_correlation(light, fold) / 5.0;
        across += mirror_correlation(light, fold + 90.0) / 5.0;
        // Many patches: far less area than the circle about them.
        EXPECT_LT(number(scene.truth, "area_photosites"), 0.6 * std::numbers::pi * 8100.0);
        EXPECT_GT(number(scene.truth, "area_photosites"), 0.1 * std::numbers::pi * 8100.0);
    }
    // 72 % of pairs are whole; shifts of 1 photosite in patches of 5 and unlike brightness take some more away.
    EXPECT_GT(along_fold, 0.4);
    EXPECT_LT(std::abs(across), 0.5 * along_fold);
}

// ---- marks that take light away

TEST(SimulateAbsorption, MultipliesTheLightByWhatPasses) {
    SceneSettings bare = still_scene(50.0);
    bare.background.kind = BackgroundKind::woven;
    bare.background.weave_depth = 0.2;
    SceneSettings settings = bare;
    settings.droplets = {one_of(DropletKind::disc, 30.0)};
    settings.droplets[0].absorption = {0.1, 0.5, 0.5, 0.9};
    auto const before = light_of(bare);
    auto const after = light_of(settings);
    auto const truth = simulate_scene(settings, 1).truth;
    PerPlane<double> change{};
    for (std::size_t i = 0; i < before.size(); ++i) {
        std::size_t const plane = plane_at(settings, i);
        change[plane] += after[i] - before[i];
        double const r = std::hypot(static_cast<double>(i % 240) - number(truth, "x"),
                                    static_cast<double>(i / 240) - number(truth, "y"));
        if (r < 25.0) {
            // The defocus' chords and the Gaussian's samples cover to a thousandth; rounding.
            EXPECT_NEAR(after[i],
                        before[i] * (1.0 - settings.droplets[0].absorption[plane]),
                        0.1 + 2e-3 * before[i]);
        }
        if (r > 36.0) {
            EXPECT_EQ(after[i], before[i]);
        }
    }
    for (std::size_t plane = 0; plane < plane_count; ++plane) {
        std::string const name{cmq::plane_names[plane]};
        EXPECT_NEAR(number(truth, "electrons_" + name), change[plane], 1e-3 * -change[plane] + 5.0);
        EXPECT_NEAR(number(truth, "dn_" + name), 10.0 * number(truth, "electrons_" + name), 1e-6);
        EXPECT_LT(number(truth, "electrons_" + name), 0.0);
    }
    EXPECT_LT(number(truth, "peak_electrons"), -30.0);
    EXPECT_GT(number(truth, "snr_ideal"), 0.0);
}

TEST(SimulateAbsorption, NeverTakesMoreThanThereIs) {
    SceneSettings settings = still_scene(50.0);
    settings.droplets = {one_of(DropletKind::stain, 40.0), one_of(DropletKind::print, 60.0)};
    settings.droplets[0].absorption.fill(1.0);
    settings.droplets[1].absorption.fill(1.0);
    auto const light = light_of(settings);
    EXPECT_GE(*std::ranges::min_element(light), 0.0);
    EXPECT_LT(*std::ranges::min_element(light), 0.05);
}

// ---- the table

TEST(SimulateScene, NamesTheMaterialOfGroupsThatHaveOne) {
    SceneSettings settings = still_scene(10.0);
    settings.droplets = {one_of(DropletKind::disc, 3.0), one_of(DropletKind::disc, 3.0)};
    auto const has_column = [](cmq::Table const& table) {
        return std::ranges::any_of(table.columns(),
                                   [](auto const& column) { return column.name == "material"; });
    };
    EXPECT_FALSE(has_column(simulate_scene(settings, 1).truth));
    settings.droplets[1].material = "skin";
    auto const truth = simulate_scene(settings, 1).truth;
    EXPECT_EQ(std::get<std::vector<std::string>>(truth.column("material").cells),
              (std::vector<std::string>{"", "skin"}));
}

template <class Change>
bool is_refused(Change const& change) {
    SceneSettings settings = still_scene(10.0);
    settings.droplets = {one_of(DropletKind::stain, 3.0)};
    change(settings);
    try {
        static_cast<void>(simulate_scene(settings, 1));
    } catch (cmq::Error const& error) {
        return error.kind() == cmq::ErrorKind::domain;
    }
    return false;
}

TEST(SimulateScene, RefusesPrintsStainsAndSharesOutOfRange) {
    double const nan = std::numeric_limits<double>::quiet_NaN();
    EXPECT_FALSE(is_refused([](auto&) {}));
    EXPECT_TRUE(is_refused([](auto& s) { s.background.print_period = 7.0; }));
    EXPECT_TRUE(is_refused([](auto& s) { s.background.print_depth[2] = 0.96; }));
    EXPECT_TRUE(is_refused([=](auto& s) { s.background.print_depth[0] = nan; }));
    EXPECT_TRUE(is_refused([](auto& s) { s.droplets[0].absorption[1] = 1.1; }));
    EXPECT_TRUE(is_refused([](auto& s) { s.droplets[0].absorption[1] = -0.1; }));
    EXPECT_TRUE(is_refused([](auto& s) { s.droplets[0].radius = 1501.0; }));
    EXPECT_TRUE(is_refused([](auto& s) {
        s.droplets[0].radius = 1000.0;
        s.droplets[0].count = 101;
    }));
    EXPECT_TRUE(is_refused([](auto& s) {
        s.droplets[0].kind = DropletKind::disc;
        s.droplets[0].radius = 101.0;
    }));
}

} // namespace
