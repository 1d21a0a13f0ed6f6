// SPDX-License-Identifier: GPL-3.0-or-later

#include "lab/source/pattern_ratio.hpp"

#include "core/error.hpp"
#include "core/random.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <limits>
#include <numbers>

namespace {

using namespace cmq::lab; // NOLINT(google-build-using-namespace): a test of one header
using testing::ElementsAre;

using Vector = std::vector<double>;

/// Independent normal features about a middle.
std::vector<Vector> draws(std::size_t count, Vector const& middle, double sd, std::uint64_t seed) {
    cmq::Random random{seed, 940, 0};
    std::vector<Vector> all;
    for (std::size_t i = 0; i < count; ++i) {
        Vector one;
        for (double const m : middle) {
            one.push_back(m + sd * random.normal());
        }
        all.push_back(std::move(one));
    }
    return all;
}

PatternSources two_classes(std::size_t references, std::uint64_t seed, double apart = 3.0) {
    PatternSources sources;
    sources.features = {0.0, 0.0, 0.0};
    sources.first = {"spray", 1.0, draws(references, {0.0, 0.0, 0.0}, 1.0, seed), true};
    sources.rivals = {
        {"contact", 0.9, draws(references, {apart, 0.0, 0.0}, 1.0, seed + 7777), true}};
    sources.unknown_weight = 0.1;
    return sources;
}

TEST(WeighPattern, IsTheClosedFormInOneDimension) {
    // Student's t: density of x after n values with mean m, variance s^2 is that of (x - m) / (s sqrt(1 + 1/n)) with
    // n - 1 degrees of freedom. For 10 values the odd numbers -9 to 9: m = 0, s^2 = 330/9; for 10 about 20: the same.
    PatternSources sources;
    sources.features = {3.0};
    for (int i = -9; i <= 9; i += 2) {
        sources.first.references.push_back({1.0 * i});
    }
    sources.first.same_conditions = true;
    PatternClass rival{"b", 3.0, {}, true};
    for (int i = 11; i <= 29; i += 2) {
        rival.references.push_back({1.0 * i});
    }
    sources.rivals = {rival};
    sources.unknown_weight = 1.0;
    auto const t = [](double x, double nu, double scale2) {
        return std::exp(std::lgamma(0.5 * (nu + 1.0)) - std::lgamma(0.5 * nu)) /
               std::sqrt(nu * std::numbers::pi * scale2) *
               std::pow(1.0 + x * x / (nu * scale2), -0.5 * (nu + 1.0));
    };
    double const s2 = 330.0 / 9.0;
    // The unknown: about 10, within 330/9 and between 100 (means 10 to each side), times 4.
    double const others =
        0.75 * t(3.0 - 20.0, 9.0, 1.1 * s2) + 0.25 * t(3.0 - 10.0, 3.0, 4.0 * (s2 + 100.0));
    auto const ratio = weigh_pattern(sources);
    ASSERT_TRUE(ratio.log10_lr);
    EXPECT_NEAR(*ratio.log10_lr, std::log10(t(3.0, 9.0, 1.1 * s2) / others), 1e-12);
}

TEST(WeighPattern, DoesNotDependOnTheUnitsOfFeatures) {
    auto sources = two_classes(20, 1);
    sources.features = {0.4, -0.2, 0.7};
    auto const before = weigh_pattern(sources);
    // Any linear map of all features multiplies every density by one number.
    auto const change = [](Vector& v) {
        v = {10.0 * v[0] + 1.0, v[1] - 3.0 * v[0], 0.1 * v[2] + v[1]};
    };
    change(sources.features);
    for (auto& one : sources.first.references) {
        change(one);
    }
    for (auto& one : sources.rivals[0].references) {
        change(one);
    }
    auto const after = weigh_pattern(sources);
    EXPECT_NEAR(*after.log10_lr, *before.log10_lr, 1e-9);
    EXPECT_EQ(after.verdict, before.verdict);
}

TEST(WeighPattern, DoesNotDependOnHowWeightsAreCounted) {
    auto sources = two_classes(20, 2);
    auto const before = weigh_pattern(sources);
    sources.unknown_weight *= 50.0;
    sources.rivals[0].weight *= 50.0;
    EXPECT_NEAR(*weigh_pattern(sources).log10_lr, *before.log10_lr, 1e-12);
}

TEST(WeighPattern, IsSeldomMisledAndTellsFarClassesApart) {
    int misled = 0;
    int told = 0;
    constexpr int runs = 1000;
    for (std::uint64_t seed = 0; seed < runs; ++seed) {
        auto sources = two_classes(10, 20 * seed, 5.0);
        cmq::Random random{seed, 941, 0};
        sources.features = {
            5.0 + random.normal(), random.normal(), random.normal()}; // of the rival
        auto const against = weigh_pattern(sources);
        misled += against.verdict == PatternVerdict::for_first ? 1 : 0;
        told += against.verdict == PatternVerdict::for_rivals ? 1 : 0;
    }
    // A calibrated ratio above 10 against a true rival: at most one in ten; here far less, as the classes are far apart.
    EXPECT_LE(misled, 0.02 * runs);
    EXPECT_GE(told, 0.5 * runs);
}

TEST(WeighPattern, SaysNothingWhereAPatternIsLikeNoReference) {
    auto sources = two_classes(20, 3);
    sources.features = {-60.0, 80.0, 0.0};
    auto const ratio = weigh_pattern(sources);
    EXPECT_EQ(ratio.verdict, PatternVerdict::indeterminate);
    EXPECT_THAT(ratio.doubts, testing::Contains(PatternDoubt::unlike_all));
}

TEST(WeighPattern, GivesNoRatioBelowTenReferencesOrThreeAFeature) {
    auto sources = two_classes(10, 4);
    EXPECT_TRUE(weigh_pattern(sources).log10_lr);
    sources.rivals[0].references.pop_back();
    auto const few = weigh_pattern(sources);
    EXPECT_FALSE(few.log10_lr);
    EXPECT_EQ(few.verdict, PatternVerdict::indeterminate);
    EXPECT_THAT(few.doubts, ElementsAre(PatternDoubt::few_references));
    EXPECT_THAT(few.of_classes, ElementsAre("contact"));
    PatternSources wide;
    wide.features.assign(6, 0.0);
    wide.first = {"a", 1.0, draws(17, wide.features, 1.0, 5), true};
    wide.rivals = {{"b", 1.0, draws(18, wide.features, 1.0, 6), true}};
    wide.unknown_weight = 0.1;
    EXPECT_THAT(weigh_pattern(wide).doubts, ElementsAre(PatternDoubt::few_references));
}

TEST(WeighPattern, GivesNoRatioWithoutRivalsConditionsOrSpread) {
    auto sources = two_classes(12, 5);
    sources.first.same_conditions = false;
    EXPECT_THAT(weigh_pattern(sources).doubts, ElementsAre(PatternDoubt::other_conditions));
    sources = two_classes(12, 5);
    sources.rivals.clear();
    EXPECT_THAT(weigh_pattern(sources).doubts, ElementsAre(PatternDoubt::no_rival));
    sources = two_classes(12, 5);
    for (auto& one : sources.rivals[0].references) {
        one[2] = one[0] - one[1]; // one feature follows from the others
    }
    auto const flat = weigh_pattern(sources);
    EXPECT_FALSE(flat.log10_lr);
    EXPECT_THAT(flat.doubts, ElementsAre(PatternDoubt::no_spread));
    EXPECT_THAT(flat.of_classes, ElementsAre("contact"));
}

TEST(WeighPattern, SaysNearOneBetweenATenthAndTen) {
    auto sources = two_classes(30, 6, 0.5);
    auto const ratio = weigh_pattern(sources);
    ASSERT_TRUE(ratio.log10_lr);
    EXPECT_LT(std::abs(*ratio.log10_lr), 1.0);
    EXPECT_EQ(ratio.verdict, PatternVerdict::indeterminate);
    EXPECT_THAT(ratio.doubts, ElementsAre(PatternDoubt::near_one));
}

template <class Change>
cmq::ErrorKind refusal(Change const& change) {
    auto sources = two_classes(12, 7);
    change(sources);
    try {
        static_cast<void>(weigh_pattern(sources));
    } catch (cmq::Error const& error) {
        return error.kind();
    }
    return cmq::ErrorKind::internal;
}

TEST(WeighPattern, RefusesVectorsOfUnlikeLengths) {
    EXPECT_EQ(refusal([](auto& s) { s.features.pop_back(); }), cmq::ErrorKind::shape);
    EXPECT_EQ(refusal([](auto& s) { s.rivals[0].references[3].push_back(1.0); }),
              cmq::ErrorKind::shape);
    EXPECT_EQ(refusal([](auto& s) { s.features.clear(); }), cmq::ErrorKind::shape);
}

TEST(WeighPattern, RefusesNumbersAndWeightsThatAreNone) {
    double const nan = std::numeric_limits<double>::quiet_NaN();
    EXPECT_EQ(refusal([=](auto& s) { s.features[1] = nan; }), cmq::ErrorKind::domain);
    EXPECT_EQ(refusal([=](auto& s) { s.first.references[1][0] = nan; }), cmq::ErrorKind::domain);
    EXPECT_EQ(refusal([](auto& s) { s.unknown_weight = 0.0; }), cmq::ErrorKind::domain);
    EXPECT_EQ(refusal([](auto& s) { s.rivals[0].weight = -1.0; }), cmq::ErrorKind::domain);
}

} // namespace
