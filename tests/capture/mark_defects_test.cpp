// SPDX-License-Identifier: GPL-3.0-or-later

#include "capture/mark_defects.hpp"

#include "core/random.hpp"

#include <gtest/gtest.h>

#include <cmath>

namespace {

using namespace cmq;
using namespace cmq::capture;

constexpr double read_dn = 3;
constexpr double gain = 0.5;
constexpr std::ptrdiff_t side = 200;

// Background 100 DN with noise; `extra` DN of light or charge on top of each photosite.
template <class Extra>
Frame picture(Extra const& extra) {
    Frame frame;
    frame.shape = {side, side};
    for (std::size_t p = 0; p < plane_count; ++p) {
        frame.noise.read_noise_dn[p] = read_dn;
        frame.noise.gain_dn[p] = gain;
    }
    for (std::ptrdiff_t y = 0; y < side; ++y) {
        Random random{9, 9, static_cast<std::uint64_t>(y)};
        for (std::ptrdiff_t x = 0; x < side; ++x) {
            double const mean = std::max(100 + extra(y, x), 0.0);
            double const electrons = static_cast<double>(random.poisson(mean / gain));
            double const value = gain * electrons + read_dn * random.normal();
            frame.value.push_back(static_cast<float>(value));
            frame.variance.push_back(
                static_cast<float>(frame.noise.variance(frame.cfa.at(y, x), value)));
            frame.mask.push_back(0);
        }
    }
    return frame;
}

// Share of a point's light that falls on the photosite dx away, blurred by a Gaussian.
double share(double from, double sigma) {
    auto const below = [&](double at) { return 0.5 * std::erfc(-at / (sigma * std::sqrt(2.0))); };
    return below(from + 0.5) - below(from - 0.5);
}

TEST(MarkDefects, FindsStrongHotAndDeadPhotosites) {
    // 100 hot ones of 3000 DN (230 sd), none near another; 10 dead ones in a bright corner would need more light.
    auto const is_hot = [](std::ptrdiff_t y, std::ptrdiff_t x) {
        return y % 20 == 7 && x % 20 == 11;
    };
    Frame frame =
        picture([&](std::ptrdiff_t y, std::ptrdiff_t x) { return is_hot(y, x) ? 3000.0 : 0.0; });
    Defects const defects = mark_defects(frame, 2);
    // Noise of the side neighbours lets a few of such strength through: 3 of 1000.
    EXPECT_GE(defects.hot, 97U);
    EXPECT_EQ(defects.dead, 0U);
    for (std::ptrdiff_t y = 0; y < side; ++y) {
        for (std::ptrdiff_t x = 0; x < side; ++x) {
            bool const marked = frame.mask[static_cast<std::size_t>(side * y + x)] != 0;
            EXPECT_TRUE(!marked || is_hot(y, x)) << y << ' ' << x;
        }
    }
}

TEST(MarkDefects, FindsDeadPhotositesWhereThereIsLight) {
    auto const extra = [](std::ptrdiff_t y, std::ptrdiff_t x) {
        return y % 20 == 7 && x % 20 == 11 ? -1e9 : 8000.0; // 8000 DN: sd 63, 127 sd
    };
    Frame frame = picture(extra);
    Defects const defects = mark_defects(frame, 2);
    EXPECT_EQ(defects.hot, 0U);
    EXPECT_GE(defects.dead, 60U);
}

// The sharpest droplets that the stated limit allows: blur of 0.5 photosites, neighbours that see a tenth of
// the centre's colour, every strength, every place within the photosite.
TEST(MarkDefects, LeavesTheSharpestDropletsAlone) {
    auto const extra = [](std::ptrdiff_t y, std::ptrdiff_t x) {
        double sum = 0;
        auto const cy = (y + 10) / 20 * 20;
        auto const cx = (x + 10) / 20 * 20;
        double const strength = 50.0 * std::pow(2.0, static_cast<double>(cx / 20 % 10));
        double const off_y = static_cast<double>(cy / 20 % 5) * 0.1 - 0.2;
        double const off_x = static_cast<double>(cx / 20 % 5) * 0.1 - 0.2;
        double const seen = ((y ^ cy) & 1) == 0 && ((x ^ cx) & 1) == 0 ? 1.0 : 0.1;
        sum += strength * seen * share(static_cast<double>(y - cy) - off_y, 0.5) *
               share(static_cast<double>(x - cx) - off_x, 0.5);
        return sum;
    };
    Frame frame = picture(extra);
    Defects const defects = mark_defects(frame, 2);
    EXPECT_EQ(defects.hot, 0U);
    EXPECT_EQ(defects.dead, 0U);
}

TEST(MarkDefects, LeavesNoiseEdgesAndBrightAreasAlone) {
    auto const extra = [](std::ptrdiff_t y, std::ptrdiff_t x) {
        return x > 100 ? 5000.0 : y > 100 ? 300.0 : 0.0;
    };
    Frame frame = picture(extra);
    Defects const defects = mark_defects(frame, 2);
    EXPECT_EQ(defects.hot + defects.dead, 0U);
}

TEST(MarkDefects, PassesOverFramesTooSmallToJudge) {
    Frame frame;
    frame.shape = {2, 2};
    frame.value = {1, 1, 1, 1e6F};
    frame.variance = {1, 1, 1, 1};
    frame.mask = {0, 0, 0, 0};
    EXPECT_EQ(mark_defects(frame, 1).hot, 0U);
}

} // namespace
