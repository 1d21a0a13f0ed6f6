// SPDX-License-Identifier: GPL-3.0-or-later

#include "detect/trace_area.hpp"

#include "core/random.hpp"

#include <gtest/gtest.h>

#include <cmath>

namespace {

using cmq::detect::measure_area;
using cmq::detect::SceneScale;
using cmq::detect::Trace;

TEST(MeasureArea, CountsCellsAndCarriesTheScale) {
    Trace trace;
    trace.area_cells = 100;
    auto const area = measure_area(trace, {.mm_per_photosite = 0.1});
    EXPECT_DOUBLE_EQ(area.mm2, 4.0); // 100 cells of 0.2 mm x 0.2 mm
    // A scale known to 5 % makes an area known to 10 %, beside the border.
    auto const rough = measure_area(trace, {0.1, 0.005});
    EXPECT_DOUBLE_EQ(rough.mm2, 4.0);
    EXPECT_NEAR(rough.mm2_sigma, std::hypot(0.4, area.mm2_sigma), 1e-12);
    // Twice the scale is four times the area, and its uncertainty.
    auto const large = measure_area(trace, {0.2, 0.01});
    EXPECT_NEAR(large.mm2_sigma, 4.0 * rough.mm2_sigma, 1e-12);
}

// Cells whose middle lies in a disc that fell anywhere: their number scatters less than stated, as neighbours of
// the border are not independent, and not by more than a factor of three.
TEST(MeasureArea, StatesTheGrainOfTheBorderNotTooSmall) {
    for (double const radius : {1.5, 4.0, 12.0}) {
        cmq::Random random{31, 1, 0};
        double const truth = 3.14159265358979 * radius * radius;
        double squares = 0.0;
        double stated = 0.0;
        constexpr int discs = 2000; // a standard deviation to 1.6 %
        for (int i = 0; i < discs; ++i) {
            double const cx = random.uniform();
            double const cy = random.uniform();
            Trace trace;
            for (int y = -20; y <= 20; ++y) {
                for (int x = -20; x <= 20; ++x) {
                    trace.area_cells += std::hypot(x - cx, y - cy) < radius ? 1 : 0;
                }
            }
            auto const area = measure_area(trace, {.mm_per_photosite = 0.5}); // a cell is 1 mm2
            squares += (area.mm2 - truth) * (area.mm2 - truth) / discs;
            stated += area.mm2_sigma / discs;
        }
        EXPECT_LT(std::sqrt(squares), 1.1 * stated) << radius;
        EXPECT_GT(std::sqrt(squares), stated / 3.0) << radius;
    }
}

} // namespace
