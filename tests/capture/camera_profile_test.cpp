// SPDX-License-Identifier: GPL-3.0-or-later

#include "capture/camera_profile.hpp"

#include <gtest/gtest.h>

#include <set>
#include <string>

namespace {

using namespace cmq::capture;

// Names are what profile files keep: each note has one of its own, and it leads back to the note.
TEST(ProfileNotes, HaveNamesThatLeadBack) {
    std::set<std::string_view> names;
    for (unsigned i = 0; i <= static_cast<unsigned>(ProfileNote::exposure_unknown); ++i) {
        auto const note = static_cast<ProfileNote>(i);
        EXPECT_FALSE(to_text(note).empty()) << i;
        EXPECT_TRUE(names.insert(to_text(note)).second) << to_text(note);
        EXPECT_EQ(to_profile_note(to_text(note)), note);
    }
}

TEST(ProfileNotes, HaveNoNameBeyondTheLast) {
    auto const beyond =
        static_cast<ProfileNote>(static_cast<unsigned>(ProfileNote::exposure_unknown) + 1);
    EXPECT_EQ(to_text(beyond), "");
    for (std::string const text : {"", "few", "few_levels ", "FEW_LEVELS", "profile"}) {
        EXPECT_EQ(to_profile_note(text), std::nullopt) << text;
    }
}

} // namespace
