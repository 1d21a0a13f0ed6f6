// SPDX-License-Identifier: GPL-3.0-or-later

#include "report/kit_guide.hpp"

#include "tests/report/fixture.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <limits>

namespace cmq::report {
namespace {

using testing::AllOf;
using testing::HasSubstr;
using testing::Not;

std::vector<ExportedText> two_networks() {
    ExportedText first{.file = "network.xdsl",
                       .proposition = "Proposition",
                       .evidence = {"Finding – hand=detected"},
                       .nodes = 3,
                       .numbers = 12,
                       .draws = 64,
                       .summed = {},
                       .log10_engine = 1.5,
                       .log10_network = 1.50012,
                       .stated_error = 0.001};
    ExportedText second = first;
    second.log10_network = std::numeric_limits<double>::infinity();
    return {first, second};
}

TEST(MakeKitGuide, SaysHowAndWhatToExpectInBothLanguages) {
    NoteInput const input = fixture::make_input();
    std::string const french =
        fixture::all_text(make_kit_guide({input, two_networks(), {}}, Language::french));
    EXPECT_THAT(french,
                AllOf(HasSubstr("evidence.txt"),
                      HasSubstr("«\u00A0Proposition\u00A0»"),
                      HasSubstr("1,5001"),
                      HasSubstr("0,0010"),
                      HasSubstr("non donné")));
    std::string const english =
        fixture::all_text(make_kit_guide({input, two_networks(), {}}, Language::english));
    EXPECT_THAT(english,
                AllOf(HasSubstr("“Proposition”"), HasSubstr("1.5001"), HasSubstr("not given")));
}

TEST(MakeKitGuide, SaysWhyThereIsNoNetwork) {
    NoteInput const input = fixture::make_input();
    Sentence const why{{"une probabilité est assignée.", "a probability is assigned."}};
    Document const guide = make_kit_guide({input, {}, why}, Language::english);
    EXPECT_THAT(
        fixture::all_text(guide),
        AllOf(HasSubstr("could not be written for this case: a probability is assigned. The"),
              Not(HasSubstr("network.xdsl")),
              Not(HasSubstr("recompute.py"))));
}

TEST(MakeKitGuide, MarksADemonstrationOnEachPage) {
    NoteInput input = fixture::make_input();
    input.file.demonstration = true;
    EXPECT_EQ(make_kit_guide({input, {}, {}}, Language::french).banners.size(), 1U);
    input.file.demonstration = false;
    EXPECT_TRUE(make_kit_guide({input, {}, {}}, Language::french).banners.empty());
}

} // namespace
} // namespace cmq::report
