// SPDX-License-Identifier: GPL-3.0-or-later

#include "lab/code/size_curve.hpp"

#include <gtest/gtest.h>

#include <functional>

namespace {

using namespace cmq::lab;

/// A hyperbola: what local Southern reproduces exactly.
double hyperbola(double size) {
    return 9000.0 - 2.7e6 / (size + 310.0);
}

std::vector<SizedPoint> points_of(std::function<double(double)> const& scan) {
    std::vector<SizedPoint> points;
    for (double const size : {75.0, 100.0, 139.0, 200.0, 300.0, 350.0}) {
        points.push_back({.scan = scan(size), .size = size, .height = 1.0, .left_out = {}});
    }
    return points;
}

TEST(SizeCurve, GivesHyperbolasExactly) {
    SizeCurve const curve{points_of(hyperbola)};
    for (double const size : {75.0, 80.5, 150.0, 299.0, 325.0, 350.0}) {
        EXPECT_NEAR(*curve.size_at(hyperbola(size)), size, 1e-8) << size;
    }
    EXPECT_NEAR(curve.error(), 0.0, 1e-8);
    EXPECT_FALSE(curve.size_at(hyperbola(74.9)));
    EXPECT_FALSE(curve.size_at(hyperbola(350.1)));
}

TEST(SizeCurve, GivesStraightLinesExactly) {
    SizeCurve const curve{points_of([](double size) { return 10.0 * size; })};
    EXPECT_NEAR(*curve.size_at(2555.0), 255.5, 1e-9);
}

TEST(SizeCurve, SaysWhatAMisplacedFragmentDoes) {
    auto points = points_of(hyperbola);
    points[2].scan = hyperbola(140.0);
    SizeCurve const curve{points};
    EXPECT_FALSE(curve.points().front().left_out);
    EXPECT_NEAR(*curve.points()[2].left_out, 1.0, 1e-6); // the others are right
    EXPECT_GT(curve.error(), 0.5);
}

} // namespace
