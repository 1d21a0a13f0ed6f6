// SPDX-License-Identifier: GPL-3.0-or-later

#include "casefile/kept/reader/load.hpp"

#include "casefile/kept/h5_handle.hpp"
#include "core/error.hpp"

#include <algorithm>
#include <array>
#include <cstdint>
#include <string>
#include <utility>
#include <vector>

namespace cmq::casefile {
namespace {

template <class... Texts>
[[noreturn]] void broken(Form<sizeof...(Texts)> why, Texts const&... texts) {
    throw Error{ErrorKind::format,
                {"le fichier de résultats est endommagé ou d’une autre structure : {}",
                 "the case file is damaged or of another layout: {}"},
                Sentence{why, texts...}};
}

H5Handle open_dataset(hid_t parent, std::string const& name) {
    return {H5Dopen2(parent, name.c_str(), H5P_DEFAULT),
            H5Dclose,
            Words{"un jeu de données manque", "a dataset is missing"}};
}

H5Handle open_group(hid_t parent, std::string const& name) {
    return {H5Gopen2(parent, name.c_str(), H5P_DEFAULT),
            H5Gclose,
            Words{"un groupe manque", "a group is missing"}};
}

std::string without_padding(std::string text) {
    text.erase(std::find(text.begin(), text.end(), '\0'), text.end());
    return text;
}

std::string text_attribute(hid_t object, char const* name) {
    H5Handle const attribute{H5Aopen(object, name, H5P_DEFAULT), H5Aclose, "attribute missing"};
    H5Handle const type{H5Aget_type(attribute.get()), H5Tclose, "attribute type"};
    if (H5Tget_class(type.get()) != H5T_STRING) {
        broken({"l’attribut « {} » n’est pas un texte", "attribute '{}' is no text"}, name);
    }
    std::string text(H5Tget_size(type.get()), '\0');
    h5_check(H5Aread(attribute.get(), type.get(), text.data()), "attribute");
    return without_padding(std::move(text));
}

std::int64_t whole_attribute(hid_t object, char const* name) {
    H5Handle const attribute{H5Aopen(object, name, H5P_DEFAULT), H5Aclose, "attribute missing"};
    H5Handle const type{H5Aget_type(attribute.get()), H5Tclose, "attribute type"};
    if (H5Tequal(type.get(), H5T_STD_I64LE) <= 0) {
        broken(
            {"l’attribut « {} » n’est pas un nombre entier", "attribute '{}' is no whole number"},
            name);
    }
    std::int64_t value = 0;
    h5_check(H5Aread(attribute.get(), H5T_NATIVE_INT64, &value), "attribute");
    return value;
}

std::vector<hsize_t> extent_of(hid_t dataset, int rank) {
    H5Handle const space{H5Dget_space(dataset), H5Sclose, "extent"};
    if (H5Sget_simple_extent_ndims(space.get()) != rank) {
        broken({"un jeu de données a un autre nombre de dimensions",
                "a dataset has another number of dimensions"});
    }
    std::vector<hsize_t> extent(static_cast<std::size_t>(rank));
    h5_check(H5Sget_simple_extent_dims(space.get(), extent.data(), nullptr), "extent");
    return extent;
}

template <class T>
void read_into(hid_t dataset, hid_t type, std::vector<T>& values) {
    if (!values.empty()) {
        h5_check(H5Dread(dataset, type, H5S_ALL, H5S_ALL, H5P_DEFAULT, values.data()),
                 "a checksum fails");
    }
}

std::vector<std::uint8_t> read_bytes(hid_t dataset, std::size_t count) {
    H5Handle const type{H5Dget_type(dataset), H5Tclose, "type"};
    if (H5Tequal(type.get(), H5T_STD_U8LE) <= 0) {
        broken({"des octets sont d’un autre type", "bytes are of another type"});
    }
    std::vector<std::uint8_t> bytes(count);
    read_into(dataset, H5T_NATIVE_UINT8, bytes);
    return bytes;
}

std::vector<std::string> read_texts(hid_t dataset, hid_t type, std::size_t rows) {
    std::size_t const length = H5Tget_size(type);
    std::vector<char> padded(rows * length);
    read_into(dataset, type, padded);
    std::vector<std::string> cells;
    cells.reserve(rows);
    for (std::size_t i = 0; i < rows; ++i) {
        cells.push_back(without_padding({padded.data() + i * length, length}));
    }
    return cells;
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
        std::vector<double> cells(rows);
        read_into(dataset.get(), H5T_NATIVE_DOUBLE, cells);
        column.cells = std::move(cells);
    } else if (H5Tequal(type.get(), H5T_STD_I64LE) > 0) {
        std::vector<std::int64_t> cells(rows);
        read_into(dataset.get(), H5T_NATIVE_INT64, cells);
        column.cells = std::move(cells);
    } else if (H5Tget_class(type.get()) == H5T_STRING) {
        column.cells = read_texts(dataset.get(), type.get(), rows);
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
    h5_check(H5Literate(group, H5_INDEX_NAME, H5_ITER_INC, &at, add_name, &names), "names");
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

} // namespace

KeptCase load(hid_t file) {
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

} // namespace cmq::casefile
