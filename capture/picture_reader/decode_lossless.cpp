// SPDX-License-Identifier: GPL-3.0-or-later

#include "capture/picture_reader/decode_lossless.hpp"

#include <algorithm>
#include <array>
#include <optional>
#include <vector>

namespace cmq::capture {
namespace {

// Markers: T.81 table B.1.
constexpr unsigned start_of_image = 0xd8;
constexpr unsigned lossless_frame = 0xc3;
constexpr unsigned huffman_tables = 0xc4;
constexpr unsigned start_of_scan = 0xda;
constexpr unsigned restart_interval = 0xdd;
constexpr std::size_t most_components = 4;
constexpr unsigned longest_code = 16;
constexpr unsigned greatest_category = 16; // table H.2

// For the next 16 bits: length of the code that they begin with (0: none), and its category.
struct Code {
    std::uint8_t length = 0;
    std::uint8_t category = 0;
};

using Table = std::vector<Code>; // of 65536; empty: not defined

struct Header {
    unsigned precision = 0;
    std::size_t height = 0;
    std::size_t width = 0;
    std::size_t components = 0;
    std::array<unsigned, most_components> ids{};
    std::array<Table, most_components> tables;
    std::array<std::size_t, most_components> table_of{}; // by component
    unsigned predictor = 0;
};

unsigned pair(Bytes bytes, std::size_t at) {
    return bytes[at] * 256U + bytes[at + 1];
}

// One segment may define several. false: damaged.
bool read_tables(Bytes segment, Header& header) {
    while (!segment.empty()) {
        if (segment.size() < 1 + longest_code || segment[0] >= most_components) {
            return false; // a class of 1 is for other processes
        }
        std::size_t symbols = 0;
        for (unsigned length = 1; length <= longest_code; ++length) {
            symbols += segment[length];
        }
        if (segment.size() < 1 + longest_code + symbols) {
            return false;
        }
        Table table(std::size_t{1} << longest_code);
        std::size_t first = 0; // of the entries that the next code takes (T.81 annex C)
        std::size_t next = 1 + longest_code;
        for (unsigned length = 1; length <= longest_code; ++length) {
            std::size_t const taken = std::size_t{1} << (longest_code - length);
            for (unsigned i = 0; i < segment[length]; ++i, first += taken, ++next) {
                if (first + taken > table.size() || segment[next] > greatest_category) {
                    return false;
                }
                std::fill_n(table.begin() + static_cast<std::ptrdiff_t>(first),
                            taken,
                            Code{static_cast<std::uint8_t>(length), segment[next]});
            }
        }
        header.tables[segment[0]] = std::move(table);
        segment = segment.subspan(next);
    }
    return true;
}

LosslessEnd read_frame(Bytes segment, Header& header) {
    if (header.components != 0 || segment.size() < 6 ||
        segment.size() != 6 + 3 * std::size_t{segment[5]}) {
        return LosslessEnd::damaged;
    }
    header.precision = segment[0];
    header.height = pair(segment, 1);
    header.width = pair(segment, 3);
    header.components = segment[5];
    if (header.components == 0 || header.components > most_components || header.precision < 2 ||
        header.precision > 16) {
        return LosslessEnd::damaged;
    }
    for (std::size_t c = 0; c < header.components; ++c) {
        header.ids[c] = segment[6 + 3 * c];
        if (segment[7 + 3 * c] != 0x11) {
            return LosslessEnd::other_form;
        }
    }
    return LosslessEnd::done;
}

LosslessEnd read_scan(Bytes segment, Header& header) {
    std::size_t const n = header.components;
    if (n == 0 || segment.empty() || segment[0] > n) {
        return LosslessEnd::damaged;
    }
    if (segment[0] != n) { // components one after the other
        return LosslessEnd::other_form;
    }
    if (segment.size() != 4 + 2 * n) {
        return LosslessEnd::damaged;
    }
    for (std::size_t c = 0; c < n; ++c) {
        header.table_of[c] = segment[2 + 2 * c] >> 4U;
        if (segment[1 + 2 * c] != header.ids[c] || header.table_of[c] >= most_components ||
            header.tables[header.table_of[c]].empty()) {
            return LosslessEnd::damaged;
        }
    }
    header.predictor = segment[1 + 2 * n];
    if (header.predictor < 1 || header.predictor > 7) {
        return LosslessEnd::damaged;
    }
    return (segment[3 + 2 * n] & 0xfU) == 0 ? LosslessEnd::done : LosslessEnd::other_form;
}

// One segment of the header that is not the scan's.
LosslessEnd read_segment(unsigned marker, Bytes segment, Header& header) {
    bool const other_frame = marker >= 0xc0 && marker <= 0xcf && marker != 0xc8;
    if (marker == lossless_frame) {
        return read_frame(segment, header);
    }
    if (marker == huffman_tables) {
        return read_tables(segment, header) ? LosslessEnd::done : LosslessEnd::damaged;
    }
    if (marker == restart_interval) {
        bool const none = segment.size() == 2 && pair(segment, 0) == 0;
        return none ? LosslessEnd::done : LosslessEnd::other_form;
    }
    return other_frame ? LosslessEnd::other_form : LosslessEnd::done;
}

// Up to the end of the scan's header; `place` is then where its bits begin.
LosslessEnd read_header(Bytes stream, Header& header, std::size_t& place) {
    if (stream.size() < 2 || stream[0] != 0xff || stream[1] != start_of_image) {
        return LosslessEnd::damaged;
    }
    place = 2;
    while (place + 4 <= stream.size() && stream[place] == 0xff) {
        unsigned const marker = stream[place + 1];
        std::size_t const length = pair(stream, place + 2);
        if (length < 2 || length > stream.size() - place - 2) {
            return LosslessEnd::damaged;
        }
        Bytes const segment = stream.subspan(place + 4, length - 2);
        place += 2 + length;
        if (marker == start_of_scan) {
            return read_scan(segment, header);
        }
        if (auto const end = read_segment(marker, segment, header); end != LosslessEnd::done) {
            return end;
        }
    }
    return LosslessEnd::damaged;
}

// Bits, highest first; behind the end zeros, which is_beyond() tells.
class Bits {
public:
    explicit Bits(Bytes bytes) : bytes_{bytes} {}

    // The next 16, not taken yet.
    unsigned peek() {
        while (count_ < 32) {
            held_ = held_ << 8U | next_byte();
            count_ += 8;
        }
        return static_cast<unsigned>(held_ >> (count_ - 16) & 0xffffU);
    }

    // \pre  peek() came before, length <= 16
    void take(unsigned length) { count_ -= length; }

    [[nodiscard]] bool is_beyond() const { return beyond_ * 8 > count_; }

private:
    unsigned next_byte() {
        bool const marker = place_ < bytes_.size() && bytes_[place_] == 0xff &&
                            (place_ + 1 >= bytes_.size() || bytes_[place_ + 1] != 0);
        if (place_ >= bytes_.size() || marker) {
            ++beyond_;
            return 0;
        }
        unsigned const byte = bytes_[place_];
        place_ += byte == 0xff ? 2 : 1; // a zero byte follows each byte of ones
        return byte;
    }

    Bytes bytes_;
    std::size_t place_ = 0;
    std::uint64_t held_ = 0;
    std::size_t count_ = 0;
    std::size_t beyond_ = 0;
};

// T.81 table H.2; nothing where no code begins like this.
std::optional<int> difference(Bits& bits, Table const& table) {
    Code const code = table[bits.peek()];
    if (code.length == 0) {
        return {};
    }
    bits.take(code.length);
    if (code.category == 0 || code.category == 16) {
        return code.category == 0 ? 0 : 32768;
    }
    unsigned const own = code.category;
    auto const value = static_cast<int>(bits.peek() >> (16 - own));
    bits.take(own);
    return value < 1 << (own - 1) ? value - (1 << own) + 1 : value;
}

// T.81 table H.1, from the samples at the left, above, and above at the left.
int predicted(unsigned predictor, int a, int b, int c) {
    switch (predictor) {
    case 1:
        return a;
    case 2:
        return b;
    case 3:
        return c;
    case 4:
        return a + b - c;
    case 5:
        return a + ((b - c) >> 1);
    case 6:
        return b + ((a - c) >> 1);
    default:
        return (a + b) >> 1;
    }
}

// \param above  the row before, empty for the first
bool decode_row(Header const& header,
                std::span<std::uint16_t const> above,
                Bits& bits,
                std::span<std::uint16_t> row) {
    std::size_t const n = header.components;
    for (std::size_t i = 0; i < row.size(); ++i) {
        auto const found = difference(bits, header.tables[header.table_of[i % n]]);
        if (!found) {
            return false;
        }
        int base = 1 << (header.precision - 1); // the first of all
        if (i >= n && above.empty()) {
            base = row[i - n];
        } else if (i >= n) {
            base = predicted(header.predictor, row[i - n], above[i], above[i - n]);
        } else if (!above.empty()) {
            base = above[i];
        }
        unsigned const value = static_cast<unsigned>(base + *found) & 0xffffU; // H.1.2.1
        if (value >> header.precision != 0) {
            return false;
        }
        row[i] = static_cast<std::uint16_t>(value);
    }
    return !bits.is_beyond();
}

} // namespace

LosslessEnd decode_lossless(Bytes stream, LosslessForm form, std::span<std::uint16_t> samples) {
    Header header;
    std::size_t place = 0;
    if (auto const end = read_header(stream, header, place); end != LosslessEnd::done) {
        return end;
    }
    if (form.row_samples == 0 || header.width * header.components != form.row_samples ||
        header.height * form.row_samples != samples.size() || header.precision > form.bits) {
        return LosslessEnd::damaged;
    }
    Bits bits{stream.subspan(place)};
    std::span<std::uint16_t const> above;
    for (std::size_t y = 0; y < header.height; ++y) {
        auto const row = samples.subspan(y * form.row_samples, form.row_samples);
        if (!decode_row(header, above, bits, row)) {
            return LosslessEnd::damaged;
        }
        above = row;
    }
    return LosslessEnd::done;
}

} // namespace cmq::capture
