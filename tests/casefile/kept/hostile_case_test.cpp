// SPDX-License-Identifier: GPL-3.0-or-later

// Case files as an opponent could make them: well-formed HDF5 under a hash that fits.

#include "casefile/kept/case_h5.hpp"
#include "core/error.hpp"
#include "system/file.hpp"
#include "system/sha256.hpp"

#include <gtest/gtest.h>
#include <hdf5.h>

#include <algorithm>
#include <array>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <string>
#include <unistd.h>
#include <vector>

namespace {

using namespace cmq;
using namespace cmq::casefile;

void write_attribute(hid_t object, char const* name, std::int64_t value) {
    hid_t const space = H5Screate(H5S_SCALAR);
    hid_t const attribute =
        H5Acreate2(object, name, H5T_STD_I64LE, space, H5P_DEFAULT, H5P_DEFAULT);
    H5Awrite(attribute, H5T_NATIVE_INT64, &value);
    H5Aclose(attribute);
    H5Sclose(space);
}

hid_t checked_properties(hsize_t chunk) {
    hid_t const properties = H5Pcreate(H5P_DATASET_CREATE);
    H5Pset_chunk(properties, 1, &chunk);
    H5Pset_fletcher32(properties);
    return properties;
}

void write_dataset(
    hid_t parent, char const* name, hid_t type, hsize_t rows, hid_t properties, void const* data) {
    hid_t const space = H5Screate_simple(1, &rows, nullptr);
    hid_t const dataset =
        H5Dcreate2(parent, name, type, space, H5P_DEFAULT, properties, H5P_DEFAULT);
    ASSERT_GE(dataset, 0) << name;
    if (data != nullptr) {
        ASSERT_GE(H5Dwrite(dataset, type, H5S_ALL, H5S_ALL, H5P_DEFAULT, data), 0);
    }
    write_attribute(dataset, "position", 0);
    H5Dclose(dataset);
    H5Sclose(space);
    H5Pclose(properties);
}

using Change = std::function<void(hid_t file)>;

/// An empty case file to which `change` adds something, with a user block that fits.
std::vector<std::byte> make_case(Change const& change) {
    std::string const path =
        std::string{testing::TempDir()} + "hostile_" + std::to_string(::getpid()) + ".h5";
    hid_t const access = H5Pcreate(H5P_FILE_ACCESS);
    H5Pset_libver_bounds(access, H5F_LIBVER_V110, H5F_LIBVER_V110);
    hid_t const create = H5Pcreate(H5P_FILE_CREATE);
    H5Pset_userblock(create, 512);
    hid_t const file = H5Fcreate(path.c_str(), H5F_ACC_TRUNC, create, access);
    write_attribute(file, "layout", 1);
    std::uint8_t const text = 'x';
    write_dataset(file, "case_text", H5T_STD_U8LE, 1, checked_properties(1), &text);
    for (char const* name : {"tables", "pictures"}) {
        H5Gclose(H5Gcreate2(file, name, H5P_DEFAULT, H5P_DEFAULT, H5P_DEFAULT));
    }
    change(file);
    H5Fclose(file);
    H5Pclose(access);
    H5Pclose(create);
    std::vector<std::byte> bytes = read_file(path);
    std::filesystem::remove(path);

    std::string block =
        "CONTREMARQUE CASE 1\n"
        "An HDF5 file begins at byte 512. SHA-256 of the bytes from there to the end:\n" +
        sha256_hex(std::span{bytes}.subspan(512)) + "\n";
    block.resize(512, '\n');
    std::ranges::copy(std::as_bytes(std::span{block}), bytes.begin());
    return bytes;
}

struct Answered {
    ErrorKind kind = ErrorKind::internal;
    std::string sentence;
    std::string french;
};

Answered answer_to(std::vector<std::byte> const& bytes) {
    try {
        (void)to_kept_case_from_h5(bytes, CMQ_BINARY_DIR "/bin/contremarque-case-reader");
    } catch (Error const& error) {
        return {error.kind(), error.what(), error.sentence().french()};
    }
    return {};
}

void expect_refused(Change const& change, std::string const& part) {
    Answered const answered = answer_to(make_case(change));
    EXPECT_EQ(answered.kind, ErrorKind::unsupported) << answered.sentence;
    EXPECT_NE(answered.sentence.find(part), std::string::npos) << answered.sentence;
}

TEST(HostileCase, TheHarmlessOneIsRead) {
    KeptCase const kept = to_kept_case_from_h5(make_case([](hid_t) {}),
                                               CMQ_BINARY_DIR "/bin/contremarque-case-reader");
    EXPECT_EQ(kept.case_text, "x");
    EXPECT_TRUE(kept.tables.empty());
}

// The sentence crosses from the reader program in both languages, accents and no-break spaces whole.
TEST(HostileCase, IsRefusedInFrenchToo) {
    Answered const answered = answer_to(make_case([](hid_t file) {
        H5Gclose(H5Gcreate2(file, "tables/a", H5P_DEFAULT, H5P_DEFAULT, H5P_DEFAULT));
        H5Gclose(H5Gcreate2(file, "tables/a/b", H5P_DEFAULT, H5P_DEFAULT, H5P_DEFAULT));
    }));
    EXPECT_EQ(answered.sentence,
              "the case file holds groups inside groups, which no case file of this program does; "
              "nothing was "
              "read from it");
    EXPECT_EQ(answered.french,
              "le fichier de résultats contient des groupes dans des groupes, ce qu’aucun fichier "
              "de résultats "
              "de ce programme "
              "ne contient\u202F; rien n’en a été lu");
}

TEST(HostileCase, RefusesDataInAnotherFile) {
    expect_refused(
        [](hid_t file) {
            hid_t const properties = H5Pcreate(H5P_DATASET_CREATE);
            H5Pset_external(properties, "/etc/passwd", 0, 100);
            write_dataset(file, "stolen", H5T_STD_U8LE, 100, properties, nullptr);
        },
        "lies in another file");
}

TEST(HostileCase, RefusesVirtualData) {
    expect_refused(
        [](hid_t file) {
            hid_t const properties = H5Pcreate(H5P_DATASET_CREATE);
            hsize_t const rows = 10;
            hid_t const space = H5Screate_simple(1, &rows, nullptr);
            H5Pset_virtual(properties, space, "/tmp/other.h5", "data", space);
            H5Sclose(space);
            write_dataset(file, "stolen", H5T_STD_U8LE, rows, properties, nullptr);
        },
        "another layout than chunks");
}

TEST(HostileCase, RefusesLinksToElsewhere) {
    expect_refused(
        [](hid_t file) {
            H5Lcreate_external("/etc/passwd", "/", file, "out", H5P_DEFAULT, H5P_DEFAULT);
        },
        "a link to elsewhere");
    expect_refused(
        [](hid_t file) { H5Lcreate_soft("/tables", file, "again", H5P_DEFAULT, H5P_DEFAULT); },
        "a link to elsewhere");
}

TEST(HostileCase, RefusesACircleOfGroups) {
    expect_refused(
        [](hid_t file) {
            hid_t const group = H5Gopen2(file, "tables", H5P_DEFAULT);
            H5Lcreate_hard(file, "/", group, "root", H5P_DEFAULT, H5P_DEFAULT);
            H5Gclose(group);
        },
        "groups inside groups");
}

TEST(HostileCase, RefusesForeignFilters) {
    expect_refused(
        [](hid_t file) {
            hid_t const properties = checked_properties(16);
            H5Pset_scaleoffset(properties, H5Z_SO_INT, 8);
            std::array<std::uint8_t, 16> const data{};
            write_dataset(file, "packed", H5T_STD_U8LE, 16, properties, data.data());
        },
        "foreign filter");
}

TEST(HostileCase, RefusesDataWithoutChecksums) {
    expect_refused(
        [](hid_t file) {
            hid_t const properties = H5Pcreate(H5P_DATASET_CREATE);
            hsize_t const chunk = 4;
            H5Pset_chunk(properties, 1, &chunk);
            std::array<std::uint8_t, 4> const data{};
            write_dataset(file, "loose", H5T_STD_U8LE, 4, properties, data.data());
        },
        "without checksums");
}

TEST(HostileCase, RefusesMoreThanItCanHold) {
    expect_refused(
        [](hid_t file) {
            write_dataset(file,
                          "large",
                          H5T_STD_U8LE,
                          hsize_t{1} << 40U,
                          checked_properties(1U << 16U),
                          nullptr);
        },
        "more data than the limit");
}

TEST(HostileCase, RefusesDataThatIsNotThere) {
    expect_refused(
        [](hid_t file) {
            write_dataset(file, "hollow", H5T_IEEE_F64LE, 1000, checked_properties(10), nullptr);
        },
        "not there");
}

TEST(HostileCase, RefusesTextOfVariableLength) {
    expect_refused(
        [](hid_t file) {
            hid_t const type = H5Tcopy(H5T_C_S1);
            H5Tset_size(type, H5T_VARIABLE);
            char const* const text = "heap";
            hid_t const properties = H5Pcreate(H5P_DATASET_CREATE); // no checksum over a heap
            hsize_t const chunk = 1;
            H5Pset_chunk(properties, 1, &chunk);
            write_dataset(file, "text", type, 1, properties, &text);
            H5Tclose(type);
        },
        "variable length");
}

TEST(HostileCase, RefusesOtherTypes) {
    expect_refused(
        [](hid_t file) {
            hid_t const type = H5Tcreate(H5T_COMPOUND, 8);
            H5Tinsert(type, "a", 0, H5T_STD_I64LE);
            std::int64_t const value = 1;
            write_dataset(file, "mixed", type, 1, checked_properties(1), &value);
            H5Tclose(type);
        },
        "neither numbers nor text");
    expect_refused(
        [](hid_t file) {
            hid_t const type = H5Tcopy(H5T_STD_I64LE);
            H5Tcommit2(file, "named", type, H5P_DEFAULT, H5P_DEFAULT, H5P_DEFAULT);
            H5Tclose(type);
        },
        "a named type");
}

TEST(HostileCase, RefusesLargeOrManyAttributes) {
    expect_refused(
        [](hid_t file) {
            for (char const* name : {"a", "b", "c", "d", "e", "f", "g", "h"}) {
                write_attribute(file, name, 1);
            }
        },
        "more than 8 attributes");
    expect_refused(
        [](hid_t file) {
            hsize_t const rows = 4;
            hid_t const space = H5Screate_simple(1, &rows, nullptr);
            H5Aclose(H5Acreate2(file, "list", H5T_STD_I64LE, space, H5P_DEFAULT, H5P_DEFAULT));
            H5Sclose(space);
        },
        "an attribute that is a list");
    expect_refused(
        [](hid_t file) {
            hid_t const type = H5Tcopy(H5T_C_S1);
            H5Tset_size(type, 20'000);
            hid_t const space = H5Screate(H5S_SCALAR);
            H5Aclose(H5Acreate2(file, "long", type, space, H5P_DEFAULT, H5P_DEFAULT));
            H5Sclose(space);
            H5Tclose(type);
        },
        "more than 8 kilobytes");
}

TEST(HostileCase, RefusesTooManyObjects) {
    expect_refused(
        [](hid_t file) {
            hid_t const group = H5Gopen2(file, "tables", H5P_DEFAULT);
            for (int i = 0; i < 20'001; ++i) {
                std::string const name = "t" + std::to_string(i);
                H5Gclose(H5Gcreate2(group, name.c_str(), H5P_DEFAULT, H5P_DEFAULT, H5P_DEFAULT));
            }
            H5Gclose(group);
        },
        "20000 objects");
}

TEST(HostileCase, CallsAnotherLayoutDamaged) {
    EXPECT_EQ(answer_to(make_case([](hid_t file) { H5Adelete(file, "layout"); })).kind,
              ErrorKind::format);
    EXPECT_EQ(
        answer_to(make_case([](hid_t file) { H5Ldelete(file, "pictures", H5P_DEFAULT); })).kind,
        ErrorKind::format);
    EXPECT_EQ(answer_to(make_case([](hid_t file) {
                  hid_t const group = H5Gopen2(file, "pictures", H5P_DEFAULT);
                  std::uint8_t const data = 1;
                  write_dataset(group, "p", H5T_STD_U8LE, 1, checked_properties(1), &data);
                  H5Gclose(group);
              })).kind,
              ErrorKind::format);
}

} // namespace
