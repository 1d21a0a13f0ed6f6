// SPDX-License-Identifier: GPL-3.0-or-later

#include "detect/border_leak.hpp"

#include "core/random.hpp"
#include "detect/symmetric4.hpp"
#include "detect/whitening.hpp"

#include <gtest/gtest.h>

#include <array>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <numbers>
#include <vector>

namespace {

using cmq::Cfa;
using cmq::plane_count;
using cmq::detect::Background;
using cmq::detect::BorderLeak;
using cmq::detect::BorderLeaks;
using cmq::detect::Cells;
using cmq::detect::signed_significance;
using cmq::detect::SignificanceForm;
using cmq::detect::Symmetric4;

constexpr std::ptrdiff_t side = 512; // cells

// Cloth whose noise is 1 DN in all planes; residuals by value(plane, y, x).
template <class Value>
Cells make_cells(Value value) {
    Cells cells;
    cells.shape = {side, side};
    auto const count = static_cast<std::size_t>(cells.shape.area());
    cells.flags.assign(count, cmq::detect::all_planes);
    for (std::size_t p = 0; p < plane_count; ++p) {
        cells.residual[p].resize(count);
        for (std::ptrdiff_t y = 0; y < side; ++y) {
            for (std::ptrdiff_t x = 0; x < side; ++x) {
                cells.residual[p][cells.at(y, x)] = static_cast<float>(value(p, y, x));
            }
        }
    }
    return cells;
}

Background even_background(bool cloth) {
    Background background;
    background.mesh = cmq::detect::make_mesh({side, side}, 32);
    for (std::size_t p = 0; p < plane_count; ++p) {
        background.variance_dn2[p].assign(256, 1.0);
        background.unit_dn[p].assign(256, 1.0);
    }
    if (cloth) {
        set_cloth(background);
    }
    return background;
}

BorderLeak leak_at(
    Cells const& cells, bool cloth, std::ptrdiff_t y, std::ptrdiff_t x, std::ptrdiff_t binning) {
    Background const background = even_background(cloth);
    Cfa const cfa;
    return BorderLeaks{cells, background, cfa, 2}.of_cell(y, x, binning);
}

Cells with_border(double height) {
    return make_cells([height](std::size_t p, std::ptrdiff_t, std::ptrdiff_t x) {
        return x >= 256 ? height * static_cast<double>(p + 1) : 0.0;
    });
}

// Fourth differences of a step are 1, -3, 3, -1 times its height, so their squares are known.
TEST(BorderLeak, OfAStepIsKnown) {
    Cells const cells = with_border(100.0);
    Cfa const cfa;
    BorderLeak const leak = leak_at(cells, true, 250, 256, 1);
    // Weights 0.054, 0.242, 0.399, 0.242, 0.054 on the squares 1, 9, 9, 1, 0; on 160 cells around they are 20 in all.
    double const square = (0.054 + 9.0 * 0.242 + 9.0 * 0.399 + 0.242) / 0.991 - 20.0 / 160.0;
    for (std::size_t p = 0; p < plane_count; ++p) {
        double const height = 100.0 * static_cast<double>(p + 1);
        double const sd = height * std::sqrt(3e-3 * square);
        double const sign = cfa.offset(static_cast<cmq::Plane>(p))[1] == 0 ? 1.0 : -1.0;
        EXPECT_NEAR(static_cast<double>(leak[0][p]), sign * sd, 0.02 * sd) << p;
        EXPECT_EQ(leak[1][p], 0.0F) << p; // nothing changes down the frame
    }
}

TEST(BorderLeak, GrowsWithTheBorderAndEndsBesideIt) {
    Cells const low = with_border(50.0);
    Cells const high = with_border(150.0);
    for (std::ptrdiff_t const x : {254, 255, 256, 257}) {
        for (std::ptrdiff_t const binning : {1, 2}) {
            BorderLeak const one = leak_at(low, true, 250, x, binning);
            BorderLeak const three = leak_at(high, true, 250, x, binning);
            EXPECT_GT(std::abs(one[0][0]), 0.5F);
            EXPECT_NEAR(three[0][0] / one[0][0], 3.0F, 1e-4F) << x;
        }
        EXPECT_EQ(leak_at(high, true, 250, x, 4), BorderLeak{});
    }
    EXPECT_EQ(leak_at(high, true, 250, 250, 1), BorderLeak{}); // 6 cells away
    EXPECT_EQ(leak_at(high, true, 250, 262, 1), BorderLeak{});
}

TEST(BorderLeak, IsNoneWithoutCloth) {
    EXPECT_EQ(leak_at(with_border(100.0), false, 250, 256, 1), BorderLeak{});
}

// What is everywhere alike is in the covariance already.
TEST(BorderLeak, OfAnEvenWeaveIsSmall) {
    Cells const cells = make_cells([](std::size_t, std::ptrdiff_t, std::ptrdiff_t x) {
        return 100.0 * std::sin(2.0 * std::numbers::pi * static_cast<double>(x) / 5.3);
    });
    // Fourth differences of a wave are the wave times (2 - 2 cos k)^2.
    double const factor = std::pow(2.0 - 2.0 * std::cos(2.0 * std::numbers::pi / 5.3), 2);
    double const all = 100.0 * factor * std::sqrt(3e-3 / 2.0);
    for (std::ptrdiff_t x = 240; x < 272; ++x) {
        EXPECT_LT(std::abs(leak_at(cells, true, 250, x, 1)[0][0]), 0.6 * all) << x;
    }
}

TEST(BorderLeak, LeavesOutWhatTakesNoPart) {
    Cells cells = with_border(0.0);
    cells.flags[cells.at(250, 256)] = 0;
    cells.residual[0][cells.at(250, 256)] = 1e6F; // never looked at
    EXPECT_EQ(leak_at(cells, true, 250, 256, 1), BorderLeak{});
    EXPECT_EQ(leak_at(cells, true, 0, 0, 1), BorderLeak{}); // at the end of the frame
    EXPECT_EQ(leak_at(cells, true, 511, 511, 1), BorderLeak{});
}

// Against the inverse of the covariance with both directions added.
TEST(BorderLeak, AddsToTheCovariance) {
    cmq::Random random{1, 2, 3};
    for (int round = 0; round < 50; ++round) {
        std::array<std::array<double, 4>, 5> rows{};
        for (auto& row : rows) {
            for (double& value : row) {
                value = random.normal();
            }
        }
        BorderLeak leak{};
        cmq::PerPlane<float> z{};
        for (std::size_t p = 0; p < plane_count; ++p) {
            leak[0][p] = static_cast<float>(random.normal());
            leak[1][p] = static_cast<float>(2.0 * random.normal());
            z[p] = static_cast<float>(5.0 * random.normal());
        }
        Symmetric4 own{};
        Symmetric4 all{};
        std::size_t m = 0;
        for (std::size_t i = 0; i < 4; ++i) {
            for (std::size_t j = i; j < 4; ++j, ++m) {
                for (auto const& row : rows) {
                    own[m] += row[i] * row[j];
                }
                all[m] = own[m];
                for (auto const& direction : leak) {
                    all[m] += static_cast<double>(direction[i]) * static_cast<double>(direction[j]);
                }
            }
        }
        auto const inverse = cmq::detect::inverse_of(own);
        auto const wanted = cmq::detect::inverse_of(all);
        ASSERT_TRUE(inverse && wanted);
        SignificanceForm form;
        form.degrees = 1e9F;
        std::array<float, 10> expected{};
        for (std::size_t k = 0; k < 10; ++k) {
            form.inverse[k] = static_cast<float>((*inverse)[k]);
            expected[k] = static_cast<float>((*wanted)[k]);
        }
        double const value = std::abs(static_cast<double>(signed_significance(form, z, leak)));
        auto const right = static_cast<double>(cmq::detect::quadratic_form(expected, z));
        EXPECT_NEAR(value, right, 2e-3 * right + 1e-3) << round;
        EXPECT_LE(value, std::abs(static_cast<double>(signed_significance(form, z))) * 1.0001);
    }
}

// Where the colour is known there is one direction: its variance grows by the squares of both shares.
TEST(BorderLeak, AddsToTheVarianceOfAKnownColour) {
    SignificanceForm form;
    form.degrees = 1e9F;
    form.dimensions = 1;
    form.response = {0.5F, 0.5F, 0.5F, 0.5F};
    cmq::PerPlane<float> const z{6.0F, 5.0F, 4.0F, 5.0F};
    BorderLeak const leak{{{2.0F, 2.0F, 0.0F, 0.0F}, {1.0F, 1.0F, 1.0F, -1.0F}}};
    EXPECT_NEAR(signed_significance(form, z), 100.0F, 1e-3F);
    EXPECT_NEAR(signed_significance(form, z, leak), 100.0F / (1.0F + 4.0F + 1.0F), 1e-3F);
}

} // namespace
