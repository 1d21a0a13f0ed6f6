// SPDX-License-Identifier: GPL-3.0-or-later

#include "lab/transfer/finding_vector.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <numbers>

namespace {

using namespace cmq::lab;

Finding finding(FindingKind kind, double value = 0.0, double sigma = 0.0) {
    Finding f;
    f.zone = "z";
    f.kind = kind;
    f.value = value;
    f.sigma = sigma;
    return f;
}

TEST(DetectionProbability, IsZeroHalfAndRising) {
    EXPECT_EQ(detection_probability(0.0, 3.0), 0.0);
    EXPECT_NEAR(detection_probability(1.0, 3.0), 0.5, 1e-15);
    EXPECT_NEAR(detection_probability(2.0, 1.0), 0.75, 1e-15);        // 1 - 2^-2
    EXPECT_NEAR(detection_probability(2.0, 2.0), 15.0 / 16.0, 1e-15); // 1 - 2^-4
    double before = 0.0;
    for (double u = 0.05; u < 3.0; u += 0.05) {
        double const now = detection_probability(u, 1.7);
        EXPECT_GT(now, before);
        before = now;
    }
}

TEST(MakeFindingVector, SeenAndNothingSeenSumToOneWhenNothingTellsLookAlikesApart) {
    ReadingModel const model{.kappa = 7.0,
                             .slope = 1.6,
                             .look_alikes = {{0.1, 0.8, 1.0}, {0.05, 0.3, 1.0}},
                             .look_alike_mean_dl = 2.0,
                             .contamination_probability = 0.2,
                             .contamination_mean_quanta = 5.0};
    FindingVector const seen = make_finding_vector(finding(FindingKind::detected), model);
    FindingVector const nothing = make_finding_vector(finding(FindingKind::not_detected), model);
    ASSERT_EQ(seen.weight.size(), nothing.weight.size());
    for (std::size_t n = 0; n < seen.weight.size(); ++n) {
        EXPECT_NEAR(seen.weight[n] + nothing.weight[n], 1.0, 1e-14);
    }
    EXPECT_NEAR(seen.tail + nothing.tail, 1.0, 1e-14);
}

TEST(MakeFindingVector, FollowsTheFormulaWithLookAlikesToldApart) {
    double const q = 0.1;
    double const d = 0.8;
    double const r = 0.25;
    ReadingModel const model{.kappa = 4.0, .slope = 2.0, .look_alikes = {{q, d, r}}};
    FindingVector const seen = make_finding_vector(finding(FindingKind::detected), model);
    for (std::size_t n : {0U, 3U, 4U, 9U}) {
        double const p = 1.0 - std::exp2(-std::pow(static_cast<double>(n) / 4.0, 2.0));
        double const expected = (1 - q) * p + q * (1 - (1 - p) * (1 - d)) * (n >= 4 ? 1.0 : r);
        EXPECT_NEAR(seen.at(n), expected, 1e-14) << n;
    }
    EXPECT_NEAR(seen.tail, 1.0, 1e-14);
}

TEST(MakeFindingVector, AddsContaminationAsAMixedGeometricNumber) {
    double const p = 0.3;
    double const mean = 2.5;
    ReadingModel model{.kappa = 3.0, .slope = 1.0};
    FindingVector const plain = make_finding_vector(finding(FindingKind::detected), model);
    model.contamination_probability = p;
    model.contamination_mean_quanta = mean;
    FindingVector const with = make_finding_vector(finding(FindingKind::detected), model);
    double const rho = mean / (1.0 + mean);
    for (std::size_t n : {0U, 2U, 11U}) {
        double sum = 0.0; // the definition, up to where rho^k < 1e-29
        for (std::size_t k = 0; k < 200; ++k) {
            sum += (1.0 - rho) * std::pow(rho, static_cast<double>(k)) * plain.at(n + k);
        }
        EXPECT_NEAR(with.at(n), (1.0 - p) * plain.at(n) + p * sum, 1e-14);
    }
}

TEST(MakeFindingVector, CountsAreOneAtTheCountAndSumToOneOverAllCounts) {
    ReadingModel model{.kappa = 1.0};
    FindingVector const two = make_finding_vector(finding(FindingKind::count, 2.0), model);
    EXPECT_EQ(two.weight, (std::vector<double>{0.0, 0.0, 1.0}));
    EXPECT_EQ(two.tail, 0.0);
    model.look_alikes = {{0.2, 0.9, 1.0}};
    model.look_alike_mean_dl = 3.0;
    double sum = 0.0; // over what may be counted when one quantum is there
    for (int count = 0; count < 200; ++count) {
        sum += make_finding_vector(finding(FindingKind::count, count), model).at(1);
    }
    EXPECT_NEAR(sum, 1.0, 1e-12); // the geometric tail beyond is (2/3)^199
}

TEST(MakeFindingVector, AmountsAreDensitiesThatIntegrateToOne) {
    ReadingModel const model{
        .kappa = 5.0, .slope = 1.0, .look_alikes = {{0.3, 0.7, 1.0}}, .look_alike_mean_dl = 2.0};
    double sum = 0.0;
    double const step = 0.05; // far below sigma: the sum is the integral to machine precision
    for (double y = -8.0; y < 90.0; y += step) {
        sum += step * make_finding_vector(finding(FindingKind::amount, y, 0.8), model).at(5);
    }
    EXPECT_NEAR(sum, 1.0, 1e-6); // a weight is cut 8.5 sigma above y
}

TEST(MakeFindingVector, AmountWithoutLookAlikesIsTheNormalDensity) {
    FindingVector const v =
        make_finding_vector(finding(FindingKind::amount, 3.0, 0.5), {.kappa = 10.0});
    double const z = (3.0 - 2.2) / 0.5;
    EXPECT_NEAR(
        v.at(22), std::exp(-z * z / 2.0) / (0.5 * std::sqrt(2.0 * std::numbers::pi)), 1e-14);
}

} // namespace
