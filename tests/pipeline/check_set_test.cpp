// SPDX-License-Identifier: GPL-3.0-or-later

#include "apps/pipeline/check_set.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>

namespace {

using namespace cmq;
using casefile::CaptureRole;
using pipeline::check_set;
using pipeline::SetCheck;
using pipeline::SetFile;
using pipeline::SetItem;
using pipeline::SetState;
using testing::ElementsAre;
using testing::HasSubstr;

SetFile file(CaptureRole role, std::string const& name) {
    SetFile made{.role = role, .name = name, .sha256 = name, .is_raw = true, .metadata = {}};
    made.metadata.make = "Maker";
    made.metadata.model = "One";
    made.metadata.iso = 400.0;
    made.metadata.exposure_s = 0.5;
    return made;
}

std::vector<SetFile> complete_set() {
    return {file(CaptureRole::evidence, "e"),
            file(CaptureRole::blank, "b1"),
            file(CaptureRole::blank, "b2"),
            file(CaptureRole::reference, "r"),
            file(CaptureRole::ambient, "a"),
            file(CaptureRole::visible, "v"),
            file(CaptureRole::scale, "s")};
}

pipeline::SetStated const sealed{.seal = "3", .mm_per_photosite = {}};

SetCheck check_of(SetItem item,
                  std::vector<SetFile> const& files,
                  pipeline::SetStated const& stated = sealed) {
    auto const checks = check_set(files, stated);
    auto const found = std::ranges::find(checks, item, &SetCheck::item);
    EXPECT_NE(found, checks.end());
    return found == checks.end() ? SetCheck{} : *found;
}

TEST(CheckSet, FindsACompleteSetComplete) {
    auto const checks = check_set(complete_set(), sealed);
    EXPECT_TRUE(pipeline::is_complete(checks));
    EXPECT_TRUE(std::ranges::all_of(
        checks, [](SetCheck const& check) { return check.state == SetState::there; }));
}

TEST(CheckSet, MissesEachRoleThatIsNeeded) {
    struct Row {
        CaptureRole role;
        SetItem item;
    };

    for (Row const& row : {Row{CaptureRole::evidence, SetItem::evidence},
                           Row{CaptureRole::blank, SetItem::blank},
                           Row{CaptureRole::reference, SetItem::reference},
                           Row{CaptureRole::ambient, SetItem::ambient},
                           Row{CaptureRole::scale, SetItem::scale}}) {
        auto files = complete_set();
        std::erase_if(files, [&](SetFile const& each) { return each.role == row.role; });
        EXPECT_EQ(check_of(row.item, files).state, SetState::missing) << to_text(row.item);
        EXPECT_FALSE(pipeline::is_complete(check_set(files, sealed)));
    }
    auto one_blank = complete_set();
    one_blank.erase(one_blank.begin() + 1);
    EXPECT_EQ(check_of(SetItem::blank, one_blank).state, SetState::missing);
    EXPECT_EQ(check_of(SetItem::seal, complete_set(), {}).state, SetState::missing);
}

TEST(CheckSet, TakesAStatedScaleForACaptureOfOne) {
    auto files = complete_set();
    files.pop_back();
    EXPECT_EQ(check_of(SetItem::scale, files, {.seal = "3", .mm_per_photosite = 0.04}).state,
              SetState::there);
}

TEST(CheckSet, ComparesSettingsWithTheEvidence) {
    auto files = complete_set();
    files[1].metadata.iso = 800.0;
    EXPECT_THAT(check_of(SetItem::blank, files).files, ElementsAre("b1"));
    EXPECT_THAT(check_of(SetItem::blank, files).detail.english(),
                HasSubstr("ISO 800; evidence: 400"));
    files = complete_set();
    files[4].metadata.exposure_s = 0.6;
    EXPECT_EQ(check_of(SetItem::ambient, files).state, SetState::differs);
    files[4].metadata.exposure_s = 0.54; // within a tenth
    EXPECT_EQ(check_of(SetItem::ambient, files).state, SetState::there);
    files[4].metadata.exposure_s.reset(); // not stated
    EXPECT_EQ(check_of(SetItem::ambient, files).state, SetState::there);
    // A reference glows as it does: its exposure is its own, its camera is not.
    files[3].metadata.exposure_s = 3.0;
    EXPECT_EQ(check_of(SetItem::reference, files).state, SetState::there);
    files[3].metadata.model = "Two";
    EXPECT_EQ(check_of(SetItem::reference, files).state, SetState::differs);
    // A second capture of evidence with other settings: a blank of either will do.
    files.push_back(file(CaptureRole::evidence, "e2"));
    files.back().metadata.model = "Two";
    EXPECT_EQ(check_of(SetItem::reference, files).state, SetState::there);
}

TEST(CheckSet, FindsPicturesCopiesAndSimulatedFiles) {
    auto files = complete_set();
    files[5].is_raw = false; // visible: for people to look at
    EXPECT_EQ(check_of(SetItem::raw, files).state, SetState::there);
    files[2].is_raw = false;
    EXPECT_THAT(check_of(SetItem::raw, files).files, ElementsAre("b2"));
    EXPECT_EQ(check_of(SetItem::raw, files).state, SetState::differs);
    files = complete_set();
    files[2].sha256 = files[1].sha256;
    EXPECT_THAT(check_of(SetItem::copies, files).files, ElementsAre("b1", "b2"));
    files[0].metadata.simulated = true;
    EXPECT_THAT(check_of(SetItem::simulated, files).files, ElementsAre("e"));
}

TEST(CheckSet, NamesWhatWouldBeUsefulWithoutAskingForIt) {
    auto files = complete_set();
    std::erase_if(files, [](SetFile const& each) { return each.role == CaptureRole::visible; });
    EXPECT_EQ(check_of(SetItem::visible, files).state, SetState::useful);
    EXPECT_TRUE(pipeline::is_complete(check_set(files, sealed)));
    for (SetFile& each : files) {
        each.metadata.exposure_s = 2.0;
    }
    EXPECT_EQ(check_of(SetItem::dark, files).state, SetState::useful);
    EXPECT_TRUE(pipeline::is_complete(check_set(files, sealed)));
}

TEST(RoleOfName, TakesTheBeginningOfAName) {
    EXPECT_EQ(pipeline::role_of_name("blank_1.dng"), CaptureRole::blank);
    EXPECT_EQ(pipeline::role_of_name("Temoin-2.NEF"), CaptureRole::blank);
    EXPECT_EQ(pipeline::role_of_name("reference_lot.dng"), CaptureRole::reference);
    EXPECT_EQ(pipeline::role_of_name("EVIDENCE.dng"), CaptureRole::evidence);
    EXPECT_EQ(pipeline::role_of_name("obscurite.dng"), CaptureRole::dark);
    EXPECT_FALSE(pipeline::role_of_name("IMG_0001.dng"));
    EXPECT_FALSE(pipeline::role_of_name(""));
}

} // namespace
