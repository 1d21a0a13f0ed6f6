// SPDX-License-Identifier: GPL-3.0-or-later

/// \file
/// gzip and BAM bytes made by hand: stored blocks, so that no library is needed.

#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace cmq::lab::test {

inline void add_little(std::string& bytes, std::uint64_t value, int size) {
    for (int i = 0; i < size; ++i) {
        bytes += static_cast<char>(value >> (8 * i) & 0xffU);
    }
}

inline std::uint32_t crc32(std::string_view bytes) {
    std::uint32_t crc = 0xffffffffU;
    for (char const c : bytes) {
        crc ^= static_cast<unsigned char>(c);
        for (int bit = 0; bit < 8; ++bit) {
            crc = (crc >> 1U) ^ ((crc & 1U) != 0 ? 0xedb88320U : 0U);
        }
    }
    return ~crc;
}

/// One BGZF block (RFC 1952 with the extra field "BC"), stored, and BGZF's empty last block. At most 60 000 bytes.
inline std::string bgzf_block(std::string_view content) {
    std::string bytes("\x1f\x8b\x08\x04\0\0\0\0\0\xff\x06\0BC\x02\0", 16);
    add_little(bytes, content.size() + 5 + 26 - 1, 2);
    bytes += '\x01';
    add_little(bytes, content.size(), 2);
    add_little(bytes, ~content.size() & 0xffffU, 2);
    bytes += content;
    add_little(bytes, crc32(content), 4);
    add_little(bytes, content.size(), 4);
    return bytes;
}

inline std::string gzip_of(std::string_view content) {
    return bgzf_block(content) + bgzf_block("");
}

/// A BAM file without reference sequences, up to its first record.
inline std::string bam_head() {
    std::string bytes{"BAM\x01", 4};
    add_little(bytes, 0, 4);
    add_little(bytes, 0, 4);
    return bytes;
}

/// An unaligned record; bases in BAM's numbers (A 1, C 2, G 4, T 8, N 15).
inline std::string bam_record(std::string_view name,
                              std::uint16_t flag,
                              std::vector<std::uint8_t> const& bases,
                              std::vector<std::uint8_t> const& qualities) {
    std::string body;
    add_little(body, 0xffffffffU, 4); // no reference
    add_little(body, 0xffffffffU, 4); // no position
    body += static_cast<char>(name.size() + 1);
    body += '\0';
    add_little(body, 4680, 2);
    add_little(body, 0, 2);
    add_little(body, flag | 4U, 2); // unmapped
    add_little(body, bases.size(), 4);
    add_little(body, 0xffffffffU, 4);
    add_little(body, 0xffffffffU, 4);
    add_little(body, 0, 4);
    body += name;
    body += '\0';
    for (std::size_t i = 0; i < bases.size(); i += 2) {
        body +=
            static_cast<char>(static_cast<unsigned>(bases[i]) << 4U |
                              (i + 1 < bases.size() ? static_cast<unsigned>(bases[i + 1]) : 0U));
    }
    for (std::uint8_t const quality : qualities) {
        body += static_cast<char>(quality);
    }
    std::string bytes;
    add_little(bytes, body.size(), 4);
    return bytes + body;
}

} // namespace cmq::lab::test
