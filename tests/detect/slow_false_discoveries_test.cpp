// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/error.hpp"
#include "tests/detect/count_false_discoveries.hpp"
#include "tests/detect/synthetic.hpp"

#include <gtest/gtest.h>

namespace {

// A part of the study docs/studies/false_discoveries.md, on frames that it does not use. With 8 frames some 2 000
// traces are found: at q = 0.10 the ratio is known to 7 %, three of which lie between the bar of 1.1 and 1.3.
TEST(SlowFalseDiscoveries, AreNoMoreThanTheShareThatWasAskedFor) {
    std::uint64_t number = 0;
    for (auto const& level : false_discoveries::levels) {
        std::array<false_discoveries::Count, 3> counts{};
        for (int i = 0; i < 8; ++i) {
            false_discoveries::add_frame(level, number++, counts);
        }
        ASSERT_GT(counts[2].found, 1500.0);
        double const ratio =
            false_discoveries::ratio_of(counts[2], false_discoveries::shares[2]).point;
        EXPECT_LT(ratio, 1.3) << level.electrons;
        EXPECT_GT(ratio, 0.5) << level.electrons; // less would give droplets away
    }
}

TEST(FalseDiscoveryRate, RefusesAShareThatIsNone) {
    for (double const share : {0.0, -0.1, 0.51}) {
        cmq::detect::Settings settings;
        settings.false_discovery_rate = share;
        try {
            (void)cmq::detect::detect_traces(synthetic::make_frame({}), settings);
            ADD_FAILURE() << share;
        } catch (cmq::Error const& error) {
            EXPECT_EQ(error.kind(), cmq::ErrorKind::domain);
        }
    }
}

TEST(KnownColour, RefusesAColourWithoutLight) {
    for (cmq::PerPlane<double> const& colour :
         {cmq::PerPlane<double>{0.0, 0.0, 0.0, 0.0}, cmq::PerPlane<double>{1.0, -1.0, 1.0, 1.0}}) {
        cmq::detect::Settings settings;
        settings.colour = colour;
        try {
            (void)cmq::detect::detect_traces(synthetic::make_frame({}), settings);
            ADD_FAILURE();
        } catch (cmq::Error const& error) {
            EXPECT_EQ(error.kind(), cmq::ErrorKind::domain);
        }
    }
}

// Light of the known colour is found fainter, at one promise: one degree of freedom instead of four, and one sign.
TEST(KnownColour, FindsFainterLightOfThatColour) {
    synthetic::Recipe recipe{.shape = {512, 512}, .seed = 31};
    std::vector<synthetic::Spot> spots;
    for (int y = 40; y < 500; y += 72) {
        for (int x = 40; x < 500; x += 72) {
            spots.push_back({x + 0.5, y + 0.5, {55.0, 100.0, 100.0, 25.0}, 2.0});
        }
    }
    auto const frame = synthetic::make_frame(recipe, spots);
    cmq::detect::Settings settings;
    std::size_t const blind = cmq::detect::detect_traces(frame, settings).traces.size();
    settings.colour = {0.55, 1.0, 1.0, 0.25};
    auto const aware = cmq::detect::detect_traces(frame, settings);
    EXPECT_GT(aware.traces.size(), blind + 5);
    for (auto const& trace : aware.traces) {
        double nearest = 1e9;
        for (auto const& spot : spots) {
            nearest = std::min(nearest, std::hypot(trace.x - spot.x, trace.y - spot.y));
        }
        EXPECT_LT(nearest, 4.0); // 0.01 false ones expected
    }
    settings.colour = {0.0, 0.0, 0.0, 1.0}; // light of another colour is passed over
    EXPECT_LT(cmq::detect::detect_traces(frame, settings).traces.size(), blind);
}

// Two droplets side by side are two traces, down to some two and a half standard deviations of their filtered picture
// (2.8 photosites for a blur of 2): 10 photosites apart, but not 4.
TEST(TouchingDroplets, AreToldApart) {
    for (double const apart : {4.0, 10.0}) {
        synthetic::Recipe const recipe{.shape = {256, 256}, .seed = 32};
        cmq::PerPlane<double> const light{900.0, 1500.0, 1500.0, 600.0};
        auto const frame = synthetic::make_frame(
            recipe, {{128.5, 128.5, light, 2.0}, {128.5 + apart, 128.5, light, 2.0}});
        auto const traces = cmq::detect::detect_traces(frame, {}).traces;
        ASSERT_EQ(traces.size(), apart > 5.0 ? 2U : 1U);
        if (apart > 5.0) {
            EXPECT_GT(traces[0].group, 0);
            EXPECT_EQ(traces[0].group, traces[1].group);
            EXPECT_NEAR(std::min(traces[0].x, traces[1].x),
                        128.5,
                        1.0); // cut at the saddle: outwards by less than half a cell
            EXPECT_NEAR(std::max(traces[0].x, traces[1].x), 138.5, 1.0);
            double const sum = traces[0].flux_dn[1] + traces[1].flux_dn[1];
            EXPECT_NEAR(sum,
                        3000.0,
                        4.0 * std::hypot(traces[0].flux_dn_sigma[1], traces[1].flux_dn_sigma[1]));
        } else {
            EXPECT_EQ(traces[0].group, 0);
        }
    }
}

} // namespace
