// SPDX-License-Identifier: GPL-3.0-or-later

#include "lab/code/size_standard.hpp"

#include "core/error.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <functional>

namespace {

using namespace cmq::lab;
using cmq::Error;
using cmq::ErrorKind;
using testing::HasSubstr;

double parabola(double size) {
    return 100.0 + 15.0 * size + 0.002 * size * size;
}

std::vector<SignalPeak> run_of(std::vector<double> const& sizes,
                               std::function<double(double)> const& scan,
                               double height = 500.0) {
    std::vector<SignalPeak> peaks;
    for (double const size : sizes) {
        peaks.push_back({.scan = scan(size), .height = height, .area = 1.0, .width = 10.0});
    }
    return peaks;
}

void put_in_order(std::vector<SignalPeak>& peaks) {
    std::ranges::sort(peaks, {}, &SignalPeak::scan);
}

std::string why(std::vector<SignalPeak> const& peaks, SizeStandard const* standard = nullptr) {
    try {
        (void)fit_size_standard(peaks, standard);
    } catch (Error const& error) {
        EXPECT_EQ(error.kind(), ErrorKind::insufficient);
        return error.full_text();
    }
    return "";
}

TEST(FitSizeStandard, KnowsEachStandardByItself) {
    for (SizeStandard const& standard : size_standards()) {
        auto const fitted = fit_size_standard(run_of(standard.sizes, parabola), nullptr);
        EXPECT_EQ(fitted.standard->sizes, standard.sizes) << standard.name;
        EXPECT_EQ(fitted.curve.points().size(), standard.sizes.size());
        EXPECT_LT(fitted.curve.error(), 0.2);
    }
}

TEST(FitSizeStandard, PassesOverOtherPeaksAndEndsThatLack) {
    auto const* const standard = find_size_standard("ils-600");
    ASSERT_NE(standard, nullptr);
    auto peaks = run_of(standard->sizes, parabola);
    peaks.resize(peaks.size() - 2); // the run ends early
    peaks.erase(peaks.begin());     // 60 bp lies among the primers
    for (double const size : {40.0, 43.0, 77.0, 212.0, 333.0}) {
        peaks.push_back({.scan = parabola(size), .height = 200.0, .area = 1.0, .width = 9.0});
    }
    peaks.push_back({.scan = 5.0, .height = 8000.0, .area = 1.0, .width = 9.0});
    put_in_order(peaks);
    auto const fitted = fit_size_standard(peaks, nullptr);
    EXPECT_EQ(fitted.standard->name, standard->name);
    EXPECT_EQ(fitted.curve.points().front().size, 80.0);
    EXPECT_EQ(fitted.curve.points().back().size, 500.0);
    EXPECT_EQ(fitted.curve.points().size(), 19U);
    // 250 and 340 of LIZ-500 run beside their length and are not used.
    auto of_liz = run_of(find_size_standard("LIZ-500")->sizes, parabola);
    of_liz.push_back({.scan = parabola(245.0), .height = 500.0, .area = 1.0, .width = 9.0});
    of_liz.push_back({.scan = parabola(338.0), .height = 500.0, .area = 1.0, .width = 9.0});
    put_in_order(of_liz);
    EXPECT_EQ(fit_size_standard(of_liz, find_size_standard("LIZ-500")).curve.points().size(), 14U);
}

TEST(FitSizeStandard, RefusesTooFewFragments) {
    auto const* const standard = find_size_standard("ILS-600");
    auto peaks = run_of(standard->sizes, parabola);
    EXPECT_THAT(why({}), HasSubstr("does not fit"));
    peaks.resize(6);
    EXPECT_THAT(why(peaks, standard), HasSubstr("6 fragments of the standard recognised of 22"));
}

// Equal gaps say nothing of where the standard begins: the lengths could be off by a whole gap throughout.
TEST(FitSizeStandard, RefusesWhatWouldFitElsewhereToo) {
    auto const* const standard = find_size_standard("ILS-600");
    std::vector<SignalPeak> peaks;
    for (std::size_t i = 0; i < 10; ++i) {
        peaks.push_back({.scan = 1000.0 + 400.0 * static_cast<double>(i),
                         .height = 500.0,
                         .area = 1.0,
                         .width = 10.0});
    }
    EXPECT_THAT(why(peaks, standard), HasSubstr("evenly"));
}

TEST(FitSizeStandard, RefusesAFragmentThatLiesElsewhere) {
    auto const* const ils = find_size_standard("ILS-600");
    auto peaks = run_of(ils->sizes, parabola);
    peaks[10].scan = parabola(ils->sizes[10] + 3.5);
    EXPECT_THAT(why(peaks, ils), HasSubstr("none of its fragments"));
    auto const* const liz = find_size_standard("LIZ-500");
    peaks = run_of(liz->sizes, parabola);
    peaks[8].scan = parabola(303.5);
    EXPECT_THAT(why(peaks, liz), HasSubstr("fragment of 300 bp lies"));
    for (std::size_t i = 7; i < 12; ++i) {
        peaks[i].scan = parabola(liz->sizes[i] + (i % 2 == 0 ? 0.8 : -0.8));
    }
    EXPECT_THAT(why(peaks, liz), HasSubstr("error of sizes"));
}

// Whatever runs and whatever is named: wrong lengths are given for none.
TEST(FitSizeStandard, RefusesAnotherStandard) {
    for (SizeStandard const& run : size_standards()) {
        for (SizeStandard const& named : size_standards()) {
            auto const peaks = run_of(run.sizes, parabola);
            std::optional<FittedStandard> fitted;
            try {
                fitted = fit_size_standard(peaks, &named);
            } catch (Error const&) {
                continue;
            }
            for (double size = 100.0; size < 440.0; size += 9.0) {
                auto const found = fitted->curve.size_at(parabola(size));
                EXPECT_NEAR(found.value_or(size), size, 1.0) << run.name << ' ' << named.name;
            }
        }
    }
    EXPECT_EQ(find_size_standard("none"), nullptr);
}

} // namespace
