// SPDX-License-Identifier: GPL-3.0-or-later

/// \file
/// TIFF files put together by hand, entry by entry, for tests.

#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

namespace cmq::test {

struct TiffField {
    std::uint16_t tag;
    std::uint16_t type;
    std::uint32_t count;
    std::uint32_t value; ///< the value itself, or its place, as it stands in the four bytes
};

/// Header, one directory at byte 8, then `tail`; the directory takes 2 + 12 n + 4 bytes.
inline std::vector<std::byte> make_tiff(std::vector<TiffField> const& fields,
                                        std::vector<std::byte> const& tail,
                                        bool little = true) {
    std::vector<std::byte> bytes;
    auto const add = [&](std::uint32_t value, int size) {
        for (int i = 0; i < size; ++i) {
            int const shift = 8 * (little ? i : size - 1 - i);
            bytes.push_back(static_cast<std::byte>(value >> static_cast<unsigned>(shift) & 0xffU));
        }
    };
    add(little ? 0x4949 : 0x4d4d, 2);
    add(42, 2);
    add(8, 4);
    add(static_cast<std::uint32_t>(fields.size()), 2);
    for (TiffField const& field : fields) {
        add(field.tag, 2);
        add(field.type, 2);
        add(field.count, 4);
        add(field.value, 4);
    }
    add(0, 4);
    bytes.insert(bytes.end(), tail.begin(), tail.end());
    return bytes;
}

inline std::vector<std::byte> to_bytes(std::string_view text) {
    std::vector<std::byte> bytes;
    for (char const c : text) {
        bytes.push_back(static_cast<std::byte>(c));
    }
    return bytes;
}

/// Where the tail of a file with so many fields begins.
inline std::uint32_t tail_place(std::size_t fields) {
    return static_cast<std::uint32_t>(8 + 2 + 12 * fields + 4);
}

} // namespace cmq::test
