// SPDX-License-Identifier: GPL-3.0-or-later

#include "lab/code/write_abif.hpp"

#include "core/error.hpp"

#include <cstddef>

namespace cmq::lab {
namespace {

constexpr std::size_t head_bytes = 128;
constexpr int version = 101;
constexpr int directory_type = 1023;
constexpr int entry_bytes = 28;
constexpr std::size_t inline_bytes = 4; // as much stands in the entry itself

} // namespace

void add_big_endian(std::string& bytes, std::uint64_t value, int size) {
    for (int i = size - 1; i >= 0; --i) {
        bytes += static_cast<char>(value >> (8 * i) & 0xffU);
    }
}

std::string to_abif_shorts(std::span<int const> values) {
    std::string bytes;
    for (int const value : values) {
        add_big_endian(bytes, static_cast<std::uint16_t>(value), 2);
    }
    return bytes;
}

std::string to_abif_text(std::string const& text) {
    CMQ_EXPECTS(text.size() < 256);
    return static_cast<char>(text.size()) + text;
}

std::string to_abif_entry(AbifValue const& value, std::size_t offset) {
    std::string entry = value.name;
    add_big_endian(entry, static_cast<std::uint32_t>(value.number), 4);
    add_big_endian(entry, static_cast<std::uint16_t>(value.type), 2);
    add_big_endian(entry, static_cast<std::uint16_t>(value.size), 2);
    add_big_endian(entry, value.data.size() / static_cast<std::size_t>(value.size), 4);
    add_big_endian(entry, value.data.size(), 4);
    if (value.data.size() <= inline_bytes) {
        entry += value.data + std::string(inline_bytes - value.data.size(), '\0');
    } else {
        add_big_endian(entry, offset, 4);
    }
    add_big_endian(entry, 0, 4);
    return entry;
}

std::string to_abif(std::span<AbifValue const> values) {
    std::string data;
    std::string directory;
    for (AbifValue const& value : values) {
        CMQ_EXPECTS(value.name.size() == 4 && value.size > 0);
        directory += to_abif_entry(value, head_bytes + data.size());
        data += value.data;
    }
    std::string bytes = "ABIF";
    add_big_endian(bytes, version, 2);
    bytes += "tdir";
    add_big_endian(bytes, 1, 4);
    add_big_endian(bytes, directory_type, 2);
    add_big_endian(bytes, entry_bytes, 2);
    add_big_endian(bytes, values.size(), 4);
    add_big_endian(bytes, directory.size(), 4);
    add_big_endian(bytes, head_bytes + data.size(), 4);
    bytes.resize(head_bytes, '\0');
    return bytes + data + directory;
}

} // namespace cmq::lab
