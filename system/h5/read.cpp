// SPDX-License-Identifier: GPL-3.0-or-later

#include "system/h5/read.hpp"

#include <algorithm>
#include <utility>

namespace cmq {
namespace {

template <class... Texts>
[[noreturn]] void broken(Form<sizeof...(Texts)> why, Texts const&... texts) {
    throw Error{ErrorKind::format, Sentence{why, texts...}};
}

std::string without_padding(std::string text) {
    text.erase(std::find(text.begin(), text.end(), '\0'), text.end());
    return text;
}

template <class T>
std::vector<T> read_values(hid_t dataset, std::size_t count, hid_t file_type, hid_t memory_type) {
    H5Handle const type{H5Dget_type(dataset), H5Tclose, "type"};
    if (H5Tequal(type.get(), file_type) <= 0) {
        broken({"des nombres sont d’un autre type", "numbers are of another type"});
    }
    std::vector<T> values(count);
    if (count > 0) {
        h5_check(H5Dread(dataset, memory_type, H5S_ALL, H5S_ALL, H5P_DEFAULT, values.data()),
                 "a checksum fails");
    }
    return values;
}

template <class T>
T number_of(hid_t object, char const* name, hid_t file_type, hid_t memory_type, Words otherwise) {
    H5Handle const attribute{H5Aopen(object, name, H5P_DEFAULT), H5Aclose, "attribute missing"};
    H5Handle const type{H5Aget_type(attribute.get()), H5Tclose, "attribute type"};
    if (H5Tequal(type.get(), file_type) <= 0) {
        broken({"l’attribut « {} » {}", "attribute '{}' {}"}, name, Sentence{otherwise});
    }
    T value = 0;
    h5_check(H5Aread(attribute.get(), memory_type, &value), "attribute");
    return value;
}

} // namespace

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
    return number_of<std::int64_t>(object,
                                   name,
                                   H5T_STD_I64LE,
                                   H5T_NATIVE_INT64,
                                   {"n’est pas un nombre entier", "is no whole number"});
}

double number_attribute(hid_t object, char const* name) {
    return number_of<double>(
        object, name, H5T_IEEE_F64LE, H5T_NATIVE_DOUBLE, {"n’est pas un nombre", "is no number"});
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

std::vector<std::uint8_t> read_bytes(hid_t dataset, std::size_t count) {
    return read_values<std::uint8_t>(dataset, count, H5T_STD_U8LE, H5T_NATIVE_UINT8);
}

std::vector<float> read_floats(hid_t dataset, std::size_t count) {
    return read_values<float>(dataset, count, H5T_IEEE_F32LE, H5T_NATIVE_FLOAT);
}

std::vector<double> read_numbers(hid_t dataset, std::size_t count) {
    return read_values<double>(dataset, count, H5T_IEEE_F64LE, H5T_NATIVE_DOUBLE);
}

std::vector<std::int64_t> read_wholes(hid_t dataset, std::size_t count) {
    return read_values<std::int64_t>(dataset, count, H5T_STD_I64LE, H5T_NATIVE_INT64);
}

std::vector<std::string> read_texts(hid_t dataset, std::size_t count) {
    H5Handle const type{H5Dget_type(dataset), H5Tclose, "type"};
    if (H5Tget_class(type.get()) != H5T_STRING) {
        broken({"des textes sont d’un autre type", "texts are of another type"});
    }
    std::size_t const length = H5Tget_size(type.get());
    std::vector<char> padded(count * length);
    if (!padded.empty()) {
        h5_check(H5Dread(dataset, type.get(), H5S_ALL, H5S_ALL, H5P_DEFAULT, padded.data()),
                 "a checksum fails");
    }
    std::vector<std::string> cells;
    cells.reserve(count);
    for (std::size_t i = 0; i < count; ++i) {
        cells.push_back(without_padding({padded.data() + i * length, length}));
    }
    return cells;
}

} // namespace cmq
