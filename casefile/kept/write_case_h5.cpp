// SPDX-License-Identifier: GPL-3.0-or-later

#include "casefile/kept/case_h5.hpp"
#include "casefile/kept/reader/case_kind.hpp"
#include "core/error.hpp"
#include "system/h5/handle.hpp"
#include "system/h5/write.hpp"

#include <hdf5.h>

#include <algorithm>
#include <array>
#include <string>
#include <variant>

namespace cmq::casefile {
namespace {

void check_name(std::string const& name) {
    CMQ_EXPECTS(!name.empty() && std::ranges::all_of(name, [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_';
    }));
}

void write_tables(hid_t file, std::vector<KeptTable> const& tables) {
    H5Handle const group = make_group(file, "tables");
    std::int64_t position = 0;
    for (KeptTable const& entry : tables) {
        check_name(entry.name);
        CMQ_EXPECTS(!entry.table.columns().empty());
        H5Handle const table = make_group(group.get(), entry.name);
        write_attribute(table.get(), "position", position++);
        std::int64_t column_position = 0;
        for (Column const& column : entry.table.columns()) {
            check_name(column.name);
            H5Handle const dataset = std::visit(
                [&](auto const& cells) { return write_cells(table.get(), column.name, cells); },
                column.cells);
            write_attribute(dataset.get(), "meaning", column.meaning);
            write_attribute(dataset.get(), "position", column_position++);
            write_attribute(dataset.get(), "unit", column.unit);
        }
    }
}

void write_pictures(hid_t file, std::vector<KeptPicture> const& pictures) {
    H5Handle const group = make_group(file, "pictures");
    std::int64_t position = 0;
    for (KeptPicture const& picture : pictures) {
        check_name(picture.name);
        CMQ_EXPECTS(picture.rgb.size() == std::size_t{3} * picture.height * picture.width);
        std::array const extent{hsize_t{picture.height}, hsize_t{picture.width}, hsize_t{3}};
        H5Handle const dataset = write_dataset(
            group.get(), picture.name, H5T_STD_U8LE, H5T_NATIVE_UINT8, extent, picture.rgb.data());
        write_attribute(dataset.get(), "CLASS", std::string{"IMAGE"}); // HDF5 image specification
        write_attribute(dataset.get(), "IMAGE_SUBCLASS", std::string{"IMAGE_TRUECOLOR"});
        write_attribute(dataset.get(), "INTERLACE_MODE", std::string{"INTERLACE_PIXEL"});
        write_attribute(dataset.get(), "position", position++);
    }
}

} // namespace

std::vector<std::byte> to_case_h5(KeptCase const& kept) {
    return to_h5(case_kind, [&](hid_t file) {
        std::vector<std::uint8_t> const text{kept.case_text.begin(), kept.case_text.end()};
        std::array const extent{hsize_t{text.size()}};
        write_dataset(file, "case_text", H5T_STD_U8LE, H5T_NATIVE_UINT8, extent, text.data());
        write_tables(file, kept.tables);
        write_pictures(file, kept.pictures);
    });
}

} // namespace cmq::casefile
