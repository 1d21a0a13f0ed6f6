// SPDX-License-Identifier: GPL-3.0-or-later

#include "lab/code/abif.hpp"

#include "core/error.hpp"
#include "tests/lab/code/trace_bytes.hpp"

#include <gtest/gtest.h>

namespace {

using namespace cmq::lab;
using namespace cmq::lab::test;
using cmq::Error;
using cmq::ErrorKind;

std::span<std::byte const> bytes_of(std::string const& text) {
    return std::as_bytes(std::span{text});
}

TEST(Abif, GivesValuesOfEachKind) {
    auto const file = sanger_abif("ACGTACGT", std::string(8, '\x20'));
    Abif const abif{bytes_of(file)};
    EXPECT_EQ(abif.entries().size(), 12U);
    EXPECT_EQ(abif.characters("PBAS", 2), "ACGTACGT");
    EXPECT_EQ(abif.text("SMPL", 1), "sample");
    EXPECT_EQ(abif.text("MODL", 1), "3730"); // within its entry
    EXPECT_EQ(abif.moment(1), "2010-01-27 09:52:45");
    EXPECT_EQ(abif.moment(2), "");
    EXPECT_EQ(abif.shorts("PLOC", 2).at(1), 20);
    EXPECT_EQ(abif.text("NONE", 1), "");
    EXPECT_TRUE(abif.shorts("PBAS", 2).empty());
    EXPECT_EQ(abif.find("PBAS", 1), nullptr);
}

// As files of the 3500 series are built: the first directory leads to hidden types.
TEST(Abif, FindsThePlainDirectoryBehindAHiddenOne) {
    std::vector<AbifValue> const plain{{"DATA", 1, 4, 2, shorts_of({1, 2, 3})},
                                       {"DyeN",
                                        1,
                                        18,
                                        1,
                                        "\x05"
                                        "6-FAM"}};
    std::vector<AbifValue> hidden{{"xxxx", 1, 28, 1, "secret stuff"}};
    std::string file = abif_of(hidden);
    std::size_t const start = file.size();
    std::string data;
    std::string directory;
    for (AbifValue const& value : plain) {
        directory += abif_entry(value, start + data.size());
        data += value.data;
    }
    file += data + directory + "trailing bytes";
    Abif const abif{bytes_of(file)};
    EXPECT_EQ(abif.shorts("DATA", 1), (std::vector<std::int16_t>{1, 2, 3}));
    EXPECT_EQ(abif.text("DyeN", 1), "6-FAM");
}

TEST(FlatAbif, ComesBackAsItWas) {
    auto const file =
        abif_of({{"DATA", 1, 4, 2, shorts_of({1, -2, 3})},
                 {"OfSc", 1, 5, 4, std::string{"\x00\x00\x00\x07\xff\xff\xff\xff", 8}},
                 {"SMPL", 1, 18, 1, "\x02hi"}});
    Abif const abif{bytes_of(file)};
    auto const flat = flat_abif(abif);
    auto const back = Abif::from_flat(bytes_of(flat));
    ASSERT_EQ(back.entries().size(), 3U);
    EXPECT_EQ(back.shorts("DATA", 1), (std::vector<std::int16_t>{1, -2, 3}));
    EXPECT_EQ(back.longs("OfSc", 1), (std::vector<std::int32_t>{7, -1}));
    EXPECT_TRUE(back.longs("DATA", 1).empty());
    EXPECT_EQ(back.text("SMPL", 1), "hi");
    EXPECT_TRUE(Abif::from_flat({}).entries().empty());
    for (std::size_t size = 1; size < flat.size(); ++size) {
        auto const cut = flat.substr(0, size);
        try {
            EXPECT_LT(Abif::from_flat(bytes_of(cut)).entries().size(), 3U);
        } catch (Error const& error) {
            EXPECT_EQ(error.kind(), ErrorKind::format);
        }
    }
}

TEST(Abif, RefusesWhatIsNot) {
    for (std::string const& file :
         {std::string{}, std::string{"ABIF"}, std::string{"This is a fake trace file\n"}}) {
        try {
            Abif const abif{bytes_of(file)};
            FAIL();
        } catch (Error const& error) {
            EXPECT_EQ(error.kind(), ErrorKind::format);
        }
    }
}

TEST(Abif, RefusesValuesOutsideTheFile) {
    auto const file = sanger_abif("ACGTACGT", std::string(8, '\x20'));
    for (std::size_t size = 34; size < file.size(); size += 7) {
        auto const cut = file.substr(0, size);
        EXPECT_THROW(Abif{bytes_of(cut)}, Error) << size;
    }
    // Any byte of the directory may be anything: an error, or values within the file.
    for (std::size_t at = 0; at < file.size(); ++at) {
        auto broken = file;
        broken[at] = static_cast<char>(0xff);
        try {
            Abif const abif{bytes_of(broken)};
            for (AbifEntry const& entry : abif.entries()) {
                EXPECT_LE(entry.data.size(), broken.size());
            }
        } catch (Error const& error) {
            EXPECT_EQ(error.kind(), ErrorKind::format);
        }
    }
}

} // namespace
