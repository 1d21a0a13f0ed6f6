// SPDX-License-Identifier: GPL-3.0-or-later

#include "capture/frame_contrasts.hpp"

#include "core/error.hpp"
#include "core/random.hpp"

#include <gtest/gtest.h>

#include <array>
#include <cmath>

namespace {

using namespace cmq;
using namespace cmq::capture;

constexpr Shape shape{64, 48};
constexpr std::size_t area = 64 * 48;

Frame make_frame_of(std::uint32_t draw, PerPlane<double> const& level, double sd) {
    Random random{20261122, 7, draw};
    Frame frame;
    frame.shape = shape;
    frame.value.resize(area);
    frame.variance.assign(area, 1.0F);
    frame.mask.assign(area, 0);
    for (std::ptrdiff_t y = 0; y < shape.height; ++y) {
        for (std::ptrdiff_t x = 0; x < shape.width; ++x) {
            auto const p = static_cast<std::size_t>(frame.cfa.at(y, x));
            frame.value[static_cast<std::size_t>(y * shape.width + x)] =
                static_cast<float>(level[p] + sd * random.normal());
        }
    }
    return frame;
}

ContrastSums total(std::vector<ContrastSums> const& bands) {
    ContrastSums sum;
    for (ContrastSums const& band : bands) {
        sum += band;
    }
    return sum;
}

TEST(Bands, CutRowsBetweenBlocksIntoAtMost64) {
    for (std::ptrdiff_t const height : {16, 48, 100, 2000, 8736}) {
        Bands const bands{Shape{height, 10}};
        std::size_t const rows = static_cast<std::size_t>(height) / 2;
        EXPECT_EQ(bands.rows, rows);
        EXPECT_EQ(bands.count, std::min<std::size_t>(64, rows / 8));
        std::vector<std::size_t> seen(bands.count);
        for (std::size_t row = 0; row < rows; ++row) {
            std::size_t const band = bands.of_row(row);
            ASSERT_LT(band, bands.count);
            ++seen[band];
            if (row > 0) {
                EXPECT_GE(band, bands.of_row(row - 1));
                if (row % 8 != 0) { // an edge lies between blocks only
                    EXPECT_EQ(band, bands.of_row(row - 1));
                }
            }
        }
        for (std::size_t const count : seen) {
            EXPECT_GE(count, 8U);
        }
    }
}

TEST(Bands, NeedABlock) {
    EXPECT_DEATH(static_cast<void>(Bands{Shape{14, 100}}), "count > 0");
}

TEST(ContrastSums, TakesOffWhatWasAdded) {
    ContrastSums const one{1, 2, 3, 4, 5, 6, 7};
    ContrastSums sum{10, 20, 30, 40, 50, 60, 70};
    sum += one;
    EXPECT_EQ(sum.within_squares, 11);
    EXPECT_EQ(sum.photosites, 77);
    sum -= one;
    EXPECT_EQ(sum.within_degrees, 20);
    EXPECT_EQ(sum.row_squares, 30);
    EXPECT_EQ(sum.rows, 40);
    EXPECT_EQ(sum.row_share, 50);
    EXPECT_EQ(sum.signal, 60);
}

// Two frames: contrast d = b - a of weight 1/2; within: sum over rows of (d - its row's mean)^2 / 2, row: the rows'
// means about the plane's. Worked out here photosite by photosite.
TEST(FrameContrasts, OfTwoFramesAreHalfTheSquaredDifferences) {
    PerPlane<double> const level{100, 200, 300, 400};
    Frame const a = make_frame_of(1, level, 3);
    Frame const b = make_frame_of(2, level, 3);
    std::vector<std::uint8_t> left_out(area);
    left_out[5] = mask_bit::hot;
    FrameContrasts contrasts{shape, a.cfa, left_out, false, 1};
    contrasts.add(a);
    contrasts.add(b);
    EXPECT_EQ(contrasts.frames(), 2U);
    for (std::size_t p = 0; p < plane_count; ++p) {
        std::vector<std::vector<double>> rows;
        for (std::ptrdiff_t y = 0; y < shape.height; ++y) {
            std::vector<double> row;
            for (std::ptrdiff_t x = 0; x < shape.width; ++x) {
                auto const i = static_cast<std::size_t>(y * shape.width + x);
                if (static_cast<std::size_t>(a.cfa.at(y, x)) == p && left_out[i] == 0) {
                    row.push_back(static_cast<double>(b.value[i]) -
                                  static_cast<double>(a.value[i]));
                }
            }
            if (!row.empty()) {
                rows.push_back(row);
            }
        }
        auto const mean = [](std::vector<double> const& values) {
            double sum = 0;
            for (double const value : values) {
                sum += value;
            }
            return sum / static_cast<double>(values.size());
        };
        double all = 0;
        double count = 0;
        for (auto const& row : rows) {
            all += mean(row) * static_cast<double>(row.size());
            count += static_cast<double>(row.size());
        }
        double within = 0;
        double between = 0;
        double degrees = 0;
        for (auto const& row : rows) {
            for (double const d : row) {
                within += 0.5 * (d - mean(row)) * (d - mean(row));
            }
            between += 0.5 * std::pow(mean(row) - all / count, 2);
            degrees += static_cast<double>(row.size()) - 1;
        }
        ContrastSums const sums = total(contrasts.sums()[p]);
        EXPECT_NEAR(sums.within_squares, within, 1e-9 * within);
        EXPECT_NEAR(sums.row_squares, between, 1e-9 * between);
        EXPECT_EQ(sums.within_degrees, degrees);
        EXPECT_EQ(sums.rows, static_cast<double>(rows.size()));
        EXPECT_EQ(sums.photosites, 2 * count);
    }
}

// n frames of variance s^2 give n - 1 independent contrasts a photosite: the estimate scatters by sqrt(2 / degrees),
// about 1 % here for 768 x 9 photosites a plane; five of that.
TEST(FrameContrasts, GiveTheVarianceOfManyFrames) {
    PerPlane<double> const level{100, 200, 300, 400};
    std::vector<std::uint8_t> const left_out(area);
    FrameContrasts contrasts{shape, Cfa{}, left_out, false, 2};
    constexpr std::uint32_t frames = 10;
    for (std::uint32_t i = 0; i < frames; ++i) {
        contrasts.add(make_frame_of(10 + i, level, 4));
    }
    for (std::size_t p = 0; p < plane_count; ++p) {
        ContrastSums const sums = total(contrasts.sums()[p]);
        EXPECT_EQ(sums.within_degrees, 9.0 * 32 * 23); // 32 rows of 24 photosites
        double const scatter = std::sqrt(2.0 / sums.within_degrees);
        EXPECT_NEAR(sums.within_squares / sums.within_degrees, 16.0, 16.0 * 5 * scatter);
        // Row means scatter by s^2 / 24 about the plane's: 31 free of 32 rows, 9 times.
        double const rows = sums.row_squares / sums.rows * 32 / 31;
        EXPECT_NEAR(rows, 16.0 / 24, 16.0 / 24 * 5 * std::sqrt(2.0 / (9 * 31)));
        EXPECT_NEAR(sums.signal / sums.photosites, level[p], 5 * 4 / std::sqrt(sums.photosites));
    }
}

// A lamp that drifts: with scaling the second frame, 1.25 times as bright and as noisy, counts like the first.
TEST(FrameContrasts, AreScaledToTheFirstFrameWhereAskedFor) {
    PerPlane<double> const level{1000, 2000, 3000, 4000};
    Frame const a = make_frame_of(40, level, 3);
    Frame b = a;
    for (float& value : b.value) {
        value *= 1.25F;
    }
    std::vector<std::uint8_t> const left_out(area);
    FrameContrasts scaled{shape, a.cfa, left_out, true, 1};
    FrameContrasts plain{shape, a.cfa, left_out, false, 1};
    for (FrameContrasts* one : {&scaled, &plain}) {
        one->add(a);
        one->add(b);
    }
    for (std::size_t p = 0; p < plane_count; ++p) {
        EXPECT_NEAR(scaled.means()[1][p], 1.25 * scaled.means()[0][p], 1e-3);
        // Nothing but the rounding of floats is left: 2^-24 of 5000 DN.
        ContrastSums const sums = total(scaled.sums()[p]);
        EXPECT_LT(sums.within_squares / sums.within_degrees, 1e-5);
        // Unscaled, a quarter of the spread of 3 DN stays: 9 / 16 of variance, half of it as weight.
        ContrastSums const rest = total(plain.sums()[p]);
        double const expected = 9.0 / 16 / 2;
        EXPECT_NEAR(rest.within_squares / rest.within_degrees,
                    expected,
                    expected * 5 * std::sqrt(2.0 / rest.within_degrees));
    }
    EXPECT_NEAR(
        static_cast<double>(scaled.total()[100]), 2 * static_cast<double>(a.value[100]), 1e-2);
}

TEST(FrameContrasts, AreTheSameBitsOnAnyNumberOfThreads) {
    PerPlane<double> const level{100, 200, 300, 400};
    std::vector<std::uint8_t> const left_out(area);
    std::vector<double> first;
    for (unsigned const threads : {1U, 2U, 5U}) {
        FrameContrasts contrasts{shape, Cfa{}, left_out, true, threads};
        for (std::uint32_t i = 0; i < 3; ++i) {
            contrasts.add(make_frame_of(60 + i, level, 2));
        }
        std::vector<double> sums;
        for (auto const& plane : contrasts.sums()) {
            for (ContrastSums const& band : plane) {
                sums.insert(sums.end(), {band.within_squares, band.row_squares, band.signal});
            }
        }
        first = first.empty() ? sums : first;
        EXPECT_EQ(sums, first);
    }
}

TEST(FrameContrasts, TakeNoFrameOfAnotherSize) {
    std::vector<std::uint8_t> const left_out(area);
    FrameContrasts contrasts{shape, Cfa{}, left_out, false, 1};
    Frame other = make_frame_of(1, {1, 1, 1, 1}, 1);
    other.shape = {48, 64};
    EXPECT_DEATH(contrasts.add(other), "shape");
    EXPECT_DEATH(static_cast<void>(FrameContrasts{{20, 20}, Cfa{}, left_out, false, 1}),
                 "left_out");
}

} // namespace
