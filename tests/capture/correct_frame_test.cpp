// SPDX-License-Identifier: GPL-3.0-or-later

#include "capture/correct_frame.hpp"

#include "core/random.hpp"

#include <gtest/gtest.h>

#include <cmath>

namespace {

using namespace cmq;
using namespace cmq::capture;

constexpr std::ptrdiff_t side = 32;
constexpr std::size_t area = side * side;

// A camera known in every photosite.
struct Camera {
    double gain = 0.4;
    double read_dn = 2.5;
    std::vector<double> dark;     // DN
    std::vector<double> response; // mean 1

    Camera() {
        Random random{1, 2, 3};
        for (std::size_t i = 0; i < area; ++i) {
            dark.push_back(4 + random.normal());
            response.push_back(1 + 0.03 * random.normal());
        }
    }

    // Raw number above black, not rounded, for so many DN of light.
    [[nodiscard]] double expose(std::size_t i, double light_dn, Random& random) const {
        double const electrons = static_cast<double>(random.poisson(light_dn * response[i] / gain));
        return gain * electrons + dark[i] + read_dn * random.normal();
    }
};

// Maps as a bench makes them: means of a few frames, with their noise.
struct Maps {
    std::vector<float> dark;
    std::vector<float> flat;
    double dark_sigma;
    double flat_sigma;
};

constexpr double flat_light = 8000;

Maps measure_maps(Camera const& camera, int frames, Random& random) {
    Maps maps;
    double const n = frames;
    for (std::size_t i = 0; i < area; ++i) {
        double dark = 0;
        double flat = 0;
        for (int k = 0; k < frames; ++k) {
            dark += camera.expose(i, 0, random) / n;
            flat += camera.expose(i, flat_light, random) / n;
        }
        maps.dark.push_back(static_cast<float>(dark));
        maps.flat.push_back(static_cast<float>((flat - dark) / flat_light));
    }
    maps.dark_sigma = camera.read_dn / std::sqrt(n);
    double const flat_variance = camera.read_dn * camera.read_dn * 2 +
                                 camera.gain * flat_light; // of flat - dark, one frame each
    maps.flat_sigma = std::sqrt(flat_variance / n) / flat_light;
    return maps;
}

Frame expose(Camera const& camera, double light_dn, Random& random) {
    Frame frame;
    frame.shape = {side, side};
    frame.mask.assign(area, 0);
    frame.variance.assign(area, 0);
    for (std::size_t i = 0; i < area; ++i) {
        frame.value.push_back(static_cast<float>(camera.expose(i, light_dn, random)));
    }
    frame.noise.read_noise_dn.fill(camera.read_dn);
    frame.noise.gain_dn.fill(camera.gain);
    frame.noise.prnu.fill(0.03);
    return frame;
}

Corrections to_corrections(Maps const& maps) {
    Corrections with{.dark_dn = maps.dark, .flat = maps.flat};
    with.dark_sigma_dn.fill(maps.dark_sigma);
    with.flat_sigma.fill(maps.flat_sigma);
    return with;
}

// Maps and frame drawn anew each time: the scatter of the corrected value about the true light is what the variance
// must state. 300 turns of 1024 photosites: the ratio is known to sqrt(2 / 307 200) = 0.3 %; the maps' errors are
// their own in each turn. The bias of the mean is known to 0.0018 of the scatter.
TEST(CorrectFrame, StatesTheScatterOfTheCorrectedValue) {
    Camera const camera;
    for (double const light : {0.0, 30.0, 1000.0, 6000.0}) {
        double scatter = 0;
        double stated = 0;
        double bias = 0;
        constexpr int turns = 300;
        for (std::uint64_t turn = 0; turn < turns; ++turn) {
            Random random{5, static_cast<std::uint32_t>(light), turn};
            Maps const maps = measure_maps(camera, 4, random);
            Frame frame = expose(camera, light, random);
            correct_frame(to_corrections(maps), frame, 1);
            for (std::size_t i = 0; i < area; ++i) {
                double const off = static_cast<double>(frame.value[i]) - light;
                scatter += off * off;
                bias += off;
                stated += static_cast<double>(frame.variance[i]);
            }
        }
        double const n = turns * static_cast<double>(area);
        // At no light max(signal, 0) counts the noise's positive half as photons: E max = 0.4 sd, which adds
        // 0.4 x 0.4 x 2.8 to 7.8, 6 %. Towards more uncertainty, never less.
        EXPECT_NEAR(stated / scatter, light == 0 ? 1.06 : 1.0, 0.02) << light;
        EXPECT_LT(std::abs(bias / n), 4 * std::sqrt(scatter / n / n) + 1e-3 * light) << light;
    }
}

// Without maps the variance is that of the noise model, the response of photosites in it.
TEST(CorrectFrame, LeavesAFrameWithoutMapsAsItIs) {
    Camera const camera;
    Random random{5, 6, 7};
    Frame frame = expose(camera, 500, random);
    Frame const before = frame;
    correct_frame({}, frame, 1);
    EXPECT_EQ(frame.value, before.value);
    for (std::size_t i = 0; i < area; ++i) {
        auto const value = static_cast<double>(before.value[i]);
        double const expected = 2.5 * 2.5 + 0.4 * value + 0.03 * 0.03 * value * value;
        EXPECT_NEAR(static_cast<double>(frame.variance[i]), expected, 1e-5 * expected);
    }
}

// y = x (1 - c x) is undone to the last digits of a float, and its noise grows as dx/dy = 1 / (1 - 2 c x).
TEST(CorrectFrame, StraightensAResponseThatBends) {
    constexpr double c = 4e-6;
    Frame frame;
    frame.shape = {2, 4};
    frame.mask.assign(8, 0);
    frame.variance.assign(8, 0);
    frame.noise.read_noise_dn.fill(3);
    std::vector<double> const truth{0, 10, 500, 3000, 10'000, 20'000, 40'000, 45'000};
    for (double const x : truth) {
        frame.value.push_back(static_cast<float>(x * (1 - c * x)));
    }
    Corrections with;
    with.curvature_per_dn.fill(c);
    correct_frame(with, frame, 1);
    for (std::size_t i = 0; i < 8; ++i) {
        EXPECT_NEAR(static_cast<double>(frame.value[i]), truth[i], 1e-6 * truth[i] + 1e-6);
        double const slope = 1 / (1 - 2 * c * truth[i]);
        EXPECT_NEAR(
            static_cast<double>(frame.variance[i]), 9 * slope * slope, 1e-4 * 9 * slope * slope);
        EXPECT_EQ(frame.mask[i], 0);
    }
}

TEST(CorrectFrame, MasksWhatBendsTooFar) {
    Frame frame;
    frame.shape = {2, 2};
    frame.value = {62'000, 63'000, 100, 0};
    frame.mask.assign(4, 0);
    frame.variance.assign(4, 0);
    Corrections with;
    with.curvature_per_dn.fill(3e-6); // 4 c y = 0.75 at 62 500
    correct_frame(with, frame, 1);
    EXPECT_EQ(frame.mask, (std::vector<std::uint8_t>{0, mask_bit::saturated, 0, 0}));
}

TEST(CorrectFrame, GivesTheSameBitsOnAnyNumberOfThreads) {
    Camera const camera;
    Random random{8, 8, 8};
    Maps const maps = measure_maps(camera, 2, random);
    Frame one = expose(camera, 100, random);
    Frame four = one;
    correct_frame(to_corrections(maps), one, 1);
    correct_frame(to_corrections(maps), four, 4);
    EXPECT_EQ(one.value, four.value);
    EXPECT_EQ(one.variance, four.variance);
}

} // namespace
