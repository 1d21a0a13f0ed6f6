// SPDX-License-Identifier: GPL-3.0-or-later

#include "casefile/case.hpp"

#include <gtest/gtest.h>

namespace {

using namespace cmq::casefile;

TEST(ResolvePath, IsBelowTheFolderOfTheCaseFile) {
    Case of;
    of.file = "sample_data/demonstration/case.toml";
    EXPECT_EQ(resolve_path(of, "evidence.dng"), "sample_data/demonstration/evidence.dng");
    EXPECT_EQ(resolve_path(of, "../blanks/b1.dng"), "sample_data/blanks/b1.dng");
    EXPECT_EQ(resolve_path(of, "/tmp/x.dng"), "/tmp/x.dng");
}

TEST(ResolvePath, IsTheFileItselfForACaseInTheWorkingFolder) {
    Case of;
    of.file = "case.toml";
    EXPECT_EQ(resolve_path(of, "evidence.dng"), "evidence.dng");
}

// The words are read from the file by position, so one that stands in the wrong place would turn
// one role into another without a sound.
TEST(ToWord, GivesTheWordOfTheEnumerator) {
    EXPECT_EQ(to_word(Language::en), "en");
    EXPECT_EQ(to_word(ReportRole::court), "court");
    EXPECT_EQ(to_word(ReportRole::laboratory), "laboratory");
    EXPECT_EQ(to_word(CaptureRole::evidence), "evidence");
    EXPECT_EQ(to_word(CaptureRole::blank), "blank");
    EXPECT_EQ(to_word(CaptureRole::reference), "reference");
    EXPECT_EQ(to_word(CaptureRole::ambient), "ambient");
    EXPECT_EQ(to_word(CaptureRole::visible), "visible");
    EXPECT_EQ(to_word(CaptureRole::dark), "dark");
    EXPECT_EQ(to_word(CaptureRole::flat), "flat");
    EXPECT_EQ(to_word(CaptureRole::scale), "scale");
    EXPECT_EQ(to_word(DeliveryKind::pellet), "pellet");
    EXPECT_EQ(to_word(DeliveryKind::spray), "spray");
    EXPECT_EQ(to_word(DeliveryKind::shower), "shower");
    EXPECT_EQ(to_word(DeliveryKind::drone), "drone");
    EXPECT_EQ(to_word(DeliveryKind::other), "other");
    EXPECT_EQ(to_word(EventKind::contact), "contact");
    EXPECT_EQ(to_word(EventKind::wear), "wear");
    EXPECT_EQ(to_word(EventKind::package), "package");
    EXPECT_EQ(to_word(EventKind::search), "search");
    EXPECT_EQ(to_word(EventKind::handcuffing), "handcuffing");
    EXPECT_EQ(to_word(EventKind::swab), "swab");
    EXPECT_EQ(to_word(EventKind::wash), "wash");
    EXPECT_EQ(to_word(EventKind::glove_change), "glove_change");
    EXPECT_EQ(to_word(Pressure::light), "light");
    EXPECT_EQ(to_word(Pressure::firm), "firm");
    EXPECT_EQ(to_word(Surface::skin), "skin");
    EXPECT_EQ(to_word(Surface::smooth), "smooth");
    EXPECT_EQ(to_word(Side::prosecution), "prosecution");
    EXPECT_EQ(to_word(Side::neither), "neither");
    EXPECT_EQ(to_word(ExaminedBy::visual), "visual");
    EXPECT_EQ(to_word(ExaminedBy::instrument), "instrument");
    EXPECT_EQ(to_word(ObservationKind::detected), "detected");
    EXPECT_EQ(to_word(ObservationKind::not_detected), "not_detected");
    EXPECT_EQ(to_word(ObservationKind::not_examined), "not_examined");
    EXPECT_EQ(to_word(ObservationKind::count), "count");
    EXPECT_EQ(to_word(ObservationKind::amount), "amount");
    EXPECT_EQ(to_word(ObservationKind::reading), "reading");
    EXPECT_EQ(to_word(Grade::measured_on_product), "measured_on_product");
    EXPECT_EQ(to_word(Grade::measured_on_proxy), "measured_on_proxy");
    EXPECT_EQ(to_word(Grade::expert_judgement), "expert_judgement");
    EXPECT_EQ(to_word(Grade::reported), "reported");
}

} // namespace
