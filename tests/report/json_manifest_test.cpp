// SPDX-License-Identifier: GPL-3.0-or-later

#include "report/json_manifest.hpp"

#include "core/error.hpp"

#include <gtest/gtest.h>

#include <array>
#include <string>

namespace {

using namespace cmq;
using namespace cmq::report;

std::array<ManifestEntry, 2> const entries{
    {{"case.h5", 12, std::string(64, 'a')}, {"note.fr.pdf", 345, std::string(64, 'b')}}};

TEST(JsonManifest, ComesBack) {
    auto const back = read_manifest(json_manifest(entries));
    ASSERT_EQ(back.size(), 2U);
    EXPECT_EQ(back[0], entries[0]);
    EXPECT_EQ(back[1], entries[1]);
    EXPECT_TRUE(read_manifest(json_manifest({})).empty());
}

TEST(JsonManifest, RefusesEveryChangedByte) {
    std::string const good = json_manifest(entries);
    for (std::size_t i = 0; i < good.size(); ++i) {
        for (int const bit : {1, 32, 128}) {
            std::string changed = good;
            changed[i] = static_cast<char>(changed[i] ^ bit);
            try {
                (void)read_manifest(changed);
                ADD_FAILURE() << "byte " << i << ": " << changed;
            } catch (Error const& error) {
                EXPECT_EQ(error.kind(), ErrorKind::integrity);
            }
        }
    }
    EXPECT_THROW((void)read_manifest(good + " "), Error);
    EXPECT_THROW((void)read_manifest(""), Error);
}

TEST(JsonManifest, RefusesAPathOutOfItsFolder) {
    for (char const* name : {"../note.fr.pdf", "/etc/passwd", "..", ""}) {
        std::array const one{ManifestEntry{name, 1, std::string(64, 'a')}};
        EXPECT_THROW((void)read_manifest(json_manifest(one)), Error) << name;
    }
}

} // namespace
