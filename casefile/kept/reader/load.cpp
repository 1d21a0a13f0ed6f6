// SPDX-License-Identifier: GPL-3.0-or-later

#include "casefile/kept/reader/load.hpp"

#include "core/error.hpp"
#include "system/h5/handle.hpp"
#include "system/h5/read.hpp"

#include <algorithm>
#include <cstdint>
#include <string>
#include <utility>
#include <vector>

namespace cmq::casefile {
namespace {

template <class... Texts>
[[noreturn]] void broken(Form<sizeof...(Texts)> why, Texts const&... texts) {
    throw Error{ErrorKind::format, Sentence{why, texts...}};
}

Column read_column(hid_t table, std::string const& name) {
    H5Handle const dataset = open_dataset(table, name);
    H5Handle const type{H5Dget_type(dataset.get()), H5Tclose, "type"};
    auto const rows = static_cast<std::size_t>(extent_of(dataset.get(), 1).front());
    Column column{.name = name,
                  .unit = text_attribute(dataset.get(), "unit"),
                  .meaning = text_attribute(dataset.get(), "meaning"),
                  .cells = {}};
    if (H5Tequal(type.get(), H5T_IEEE_F64LE) > 0) {
        column.cells = read_numbers(dataset.get(), rows);
    } else if (H5Tequal(type.get(), H5T_STD_I64LE) > 0) {
        column.cells = read_wholes(dataset.get(), rows);
    } else if (H5Tget_class(type.get()) == H5T_STRING) {
        column.cells = read_texts(dataset.get(), rows);
    } else {
        broken({"la colonne « {} » est d’un autre type", "column '{}' is of another type"}, name);
    }
    return column;
}

herr_t add_name(hid_t, char const* name, H5L_info_t const*, void* names) {
    static_cast<std::vector<std::string>*>(names)->emplace_back(name);
    return 0;
}

/// Names in a group, in the order of the attribute `position` of what they name.
std::vector<std::string> names_in_order(hid_t group) {
    std::vector<std::string> names;
    hsize_t at = 0;
    // Sorted below, not by HDF5 (system/h5/scan.cpp says why).
    h5_check(H5Literate(group, H5_INDEX_NAME, H5_ITER_NATIVE, &at, add_name, &names), "names");
    std::vector<std::pair<std::int64_t, std::string>> placed;
    for (std::string const& name : names) {
        H5Handle const object{H5Oopen(group, name.c_str(), H5P_DEFAULT), H5Oclose, "object"};
        placed.emplace_back(whole_attribute(object.get(), "position"), name);
    }
    std::ranges::sort(placed);
    for (std::size_t i = 0; i < placed.size(); ++i) {
        names[i] = placed[i].second;
    }
    return names;
}

std::vector<KeptTable> load_tables(hid_t file) {
    H5Handle const group = open_group(file, "tables");
    std::vector<KeptTable> tables;
    for (std::string const& name : names_in_order(group.get())) {
        H5Handle const entry = open_group(group.get(), name);
        KeptTable table{.name = name, .table = {}};
        for (std::string const& column : names_in_order(entry.get())) {
            table.table.add(read_column(entry.get(), column));
        }
        tables.push_back(std::move(table));
    }
    return tables;
}

std::vector<KeptPicture> load_pictures(hid_t file) {
    H5Handle const group = open_group(file, "pictures");
    std::vector<KeptPicture> pictures;
    for (std::string const& name : names_in_order(group.get())) {
        H5Handle const dataset = open_dataset(group.get(), name);
        std::vector<hsize_t> const extent = extent_of(dataset.get(), 3);
        if (extent[0] > 65535 || extent[1] > 65535 || extent[2] != 3) {
            broken({"l’image « {} » n’est pas en couleurs", "picture '{}' is no colour picture"},
                   name);
        }
        KeptPicture picture{.name = name,
                            .height = static_cast<std::uint32_t>(extent[0]),
                            .width = static_cast<std::uint32_t>(extent[1]),
                            .rgb = {}};
        picture.rgb =
            read_bytes(dataset.get(), static_cast<std::size_t>(extent[0] * extent[1] * 3));
        pictures.push_back(std::move(picture));
    }
    return pictures;
}

KeptCase load_all(hid_t file) {
    if (whole_attribute(file, "layout") != 1) {
        broken({"sa structure ne porte pas le numéro 1", "its layout has another number than 1"});
    }
    KeptCase kept;
    H5Handle const text = open_dataset(file, "case_text");
    auto const size = static_cast<std::size_t>(extent_of(text.get(), 1).front());
    std::vector<std::uint8_t> const bytes = read_bytes(text.get(), size);
    kept.case_text.assign(bytes.begin(), bytes.end());
    kept.tables = load_tables(file);
    kept.pictures = load_pictures(file);
    return kept;
}

} // namespace

KeptCase load(hid_t file) {
    try {
        return load_all(file);
    } catch (Error const& error) {
        throw Error{ErrorKind::format,
                    {"le fichier de résultats est endommagé ou d’une autre structure : {}",
                     "the case file is damaged or of another layout: {}"},
                    error.sentence()};
    }
}

} // namespace cmq::casefile
