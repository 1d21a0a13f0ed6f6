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

TEST(WarningsOf, TellThatSharpBordersOnStrongTextureAreNotCounted) {
    for (bool const darker : {false, true}) {
        cmq::detect::Detection detection;
        detection.darker = darker;
        detection.planes[2].spread_ratio = 2.5;
        EXPECT_EQ(cmq::detect::warnings_of(detection).size(),
                  1U); // no texture whose colour is given up
        detection.textured_share = 0.5;
        auto const warnings = cmq::detect::warnings_of(detection);
        ASSERT_EQ(warnings.size(), 3U);
        EXPECT_THAT(warnings[1].in(Language::english), HasSubstr("sharp borders of a print"));
        EXPECT_THAT(warnings[1].in(Language::french), HasSubstr("les bords nets d’un imprimé"));
        detection.planes[2].spread_ratio =
            1.7; // printed cloth whose false traces are as many as promised
        EXPECT_EQ(cmq::detect::warnings_of(detection).size(), 2U);
    }
}

} // namespace
