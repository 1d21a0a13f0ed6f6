// SPDX-License-Identifier: GPL-3.0-or-later

#include "detect/plane_summary.hpp"

#include "detect/detect_traces.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace {

using cmq::Language;
using testing::HasSubstr;

TEST(WarningsOf, FiguresHaveTheDecimalSignOfTheLanguage) {
    cmq::detect::Detection detection;
    detection.tail_factor = 1.5129; // 1.23 squared
    detection.planes[3].spread_ratio = 2.5;
    auto const warnings = cmq::detect::warnings_of(detection);
    ASSERT_EQ(warnings.size(), 2U);
    EXPECT_THAT(warnings[0].in(Language::english), HasSubstr("a factor of 1.23 "));
    EXPECT_THAT(warnings[0].in(Language::french), HasSubstr("facteur 1,23 "));
    EXPECT_THAT(warnings[1].in(Language::english), HasSubstr(" 2.50 times"));
    EXPECT_THAT(warnings[1].in(Language::french), HasSubstr(" 2,50 fois"));
}

TEST(WarningsOf, TellThatHotPhotositesMayPassForDarkMarksOnTexture) {
    cmq::detect::Detection detection;
    detection.darker = true;
    EXPECT_TRUE(cmq::detect::warnings_of(detection).empty()); // even surfaces: none was seen
    detection.textured_share = 0.5;
    auto const warnings = cmq::detect::warnings_of(detection);
    ASSERT_EQ(warnings.size(), 2U); // the other: of the texture itself
    EXPECT_THAT(warnings[1].in(Language::english), HasSubstr("may pass for a dark mark"));
    EXPECT_THAT(warnings[1].in(Language::french), HasSubstr("peut passer pour une marque sombre"));
    detection.noise_origin = cmq::NoiseOrigin::profile; // names them
    EXPECT_EQ(cmq::detect::warnings_of(detection).size(), 1U);
    detection.noise_origin = cmq::NoiseOrigin::estimated;
    detection.darker = false;
    EXPECT_EQ(cmq::detect::warnings_of(detection).size(), 1U);
}

} // namespace
