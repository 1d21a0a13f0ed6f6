// SPDX-License-Identifier: GPL-3.0-or-later

// The reader's two steps in this process, where a sanitizer sees them. What the whole program refuses stands in
// hostile_case_test.cpp.

#include "casefile/kept/reader/load.hpp"

#include "casefile/kept/case_h5.hpp"
#include "casefile/kept/reader/case_kind.hpp"
#include "system/h5/handle.hpp"
#include "system/h5/scan.hpp"
#include "tests/casefile/kept/sample_case.hpp"

#include <gtest/gtest.h>

#include <array>
#include <functional>
#include <vector>

namespace {

using namespace cmq;

/// The bytes as an HDF5 file in memory that may be changed; nothing reaches a disk.
H5Handle open_image(std::vector<std::byte> const& bytes) {
    H5Eset_auto2(H5E_DEFAULT, nullptr, nullptr);
    H5Handle const access{H5Pcreate(H5P_FILE_ACCESS), H5Pclose, "access"};
    h5_check(H5Pset_fapl_core(access.get(), 1U << 16U, 0), "memory");
    std::vector<std::byte> image = bytes; // HDF5 takes no constant, and copies
    h5_check(H5Pset_file_image(access.get(), image.data(), image.size()), "image");
    return {H5Fopen("in memory", H5F_ACC_RDWR, access.get()), H5Fclose, "file"};
}

H5Handle open_object(hid_t file, char const* path) {
    return {H5Oopen(file, path, H5P_DEFAULT), H5Oclose, path};
}

/// A dataset of checked chunks with the attributes of a column.
void put_dataset(hid_t file, char const* path, hid_t type, std::vector<hsize_t> const& extent) {
    auto const rank = static_cast<int>(extent.size());
    H5Handle const space{H5Screate_simple(rank, extent.data(), nullptr), H5Sclose, "space"};
    H5Handle const properties{H5Pcreate(H5P_DATASET_CREATE), H5Pclose, "properties"};
    H5Pset_chunk(properties.get(), rank, extent.data());
    H5Pset_fletcher32(properties.get());
    H5Handle const dataset{
        H5Dcreate2(file, path, type, space.get(), H5P_DEFAULT, properties.get(), H5P_DEFAULT),
        H5Dclose,
        "dataset"};
    std::vector<char> const zeros(4096);
    h5_check(H5Dwrite(dataset.get(), type, H5S_ALL, H5S_ALL, H5P_DEFAULT, zeros.data()), "writing");
    H5Handle const scalar{H5Screate(H5S_SCALAR), H5Sclose, "scalar"};
    H5Handle const position{
        H5Acreate2(
            dataset.get(), "position", H5T_STD_I64LE, scalar.get(), H5P_DEFAULT, H5P_DEFAULT),
        H5Aclose,
        "position"};
    std::int64_t const last = 99;
    h5_check(H5Awrite(position.get(), H5T_NATIVE_INT64, &last), "position");
    for (char const* name : {"unit", "meaning"}) {
        H5Handle const text{
            H5Acreate2(dataset.get(), name, H5T_C_S1, scalar.get(), H5P_DEFAULT, H5P_DEFAULT),
            H5Aclose,
            name};
        h5_check(H5Awrite(text.get(), H5T_C_S1, "x"), name);
    }
}

TEST(Load, GivesWhatWasWritten) {
    casefile::KeptCase const kept = casefile::test::sample_case();
    H5Handle const file = open_image(casefile::to_case_h5(kept));
    EXPECT_NO_THROW(scan_h5(file.get(), casefile::case_kind));
    EXPECT_EQ(casefile::to_bytes(casefile::load(file.get())), casefile::to_bytes(kept));
}

// All of these pass the scan: nothing in them is dangerous, and no case file has them.
TEST(Load, RefusesAnotherLayoutThanTheOneItKnows) {
    using Change = std::function<void(hid_t)>;
    std::array<Change, 8> const changes{
        [](hid_t file) { H5Ldelete(file, "tables", H5P_DEFAULT); },
        [](hid_t file) { H5Ldelete(file, "pictures", H5P_DEFAULT); },
        [](hid_t file) { H5Ldelete(file, "case_text", H5P_DEFAULT); },
        [](hid_t file) { H5Adelete(file, "layout"); },
        [](hid_t file) { H5Adelete(open_object(file, "tables/traces/x").get(), "unit"); },
        [](hid_t file) { H5Adelete(open_object(file, "tables/traces").get(), "position"); },
        [](hid_t file) { put_dataset(file, "tables/traces/y", H5T_IEEE_F32LE, {4}); },
        [](hid_t file) {
            put_dataset(file, "pictures/p2", H5T_STD_U8LE, {2, 2, 4});
        }};
    for (std::size_t i = 0; i < changes.size(); ++i) {
        H5Handle const file = open_image(casefile::to_case_h5(casefile::test::sample_case()));
        changes.at(i)(file.get());
        EXPECT_NO_THROW(scan_h5(file.get(), casefile::case_kind)) << i;
        try {
            static_cast<void>(casefile::load(file.get()));
            ADD_FAILURE() << i;
        } catch (Error const& error) {
            EXPECT_EQ(error.kind(), ErrorKind::format) << i;
        }
    }
}

TEST(Load, RefusesAColumnOfAnotherLength) {
    H5Handle const file = open_image(casefile::to_case_h5(casefile::test::sample_case()));
    put_dataset(file.get(), "tables/traces/y", H5T_IEEE_F64LE, {3}); // the others have four
    EXPECT_NO_THROW(scan_h5(file.get(), casefile::case_kind));
    EXPECT_THROW(static_cast<void>(casefile::load(file.get())), Error);
}

TEST(Scan, RefusesDataOfFourDimensions) {
    H5Handle const file = open_image(casefile::to_case_h5(casefile::test::sample_case()));
    put_dataset(file.get(), "pictures/p2", H5T_STD_U8LE, {1, 2, 2, 3});
    try {
        scan_h5(file.get(), casefile::case_kind);
        FAIL();
    } catch (Error const& error) {
        EXPECT_EQ(error.kind(), ErrorKind::unsupported);
    }
}

} // namespace
