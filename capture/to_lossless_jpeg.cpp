// SPDX-License-Identifier: GPL-3.0-or-later

#include "capture/to_lossless_jpeg.hpp"

#include "core/error.hpp"

#include <algorithm>
#include <array>
#include <bit>
#include <initializer_list>
#include <string>

namespace cmq::capture {
namespace {

/// SSSS of T.81 table H.2: how many bits the size of a difference needs.
constexpr std::size_t category_count = 17;
constexpr std::size_t longest_code = 16;

using Counts = std::array<std::uint64_t, category_count>;

void check(Shape shape, int precision) {
    if (precision < 2 || precision > 16) {
        throw Error{ErrorKind::domain,
                    {"un JPEG sans perte a 2 à 16 bits par valeur, et non {}",
                     "a lossless JPEG has 2 to 16 bits a value, not {}"},
                    precision};
    }
    std::ptrdiff_t const most = shape.width % 2 == 0 ? 131070 : 65535;
    if (shape.height < 1 || shape.height > 65535 || shape.width < 1 || shape.width > most) {
        throw Error{ErrorKind::shape,
                    {"un JPEG sans perte a 1 à 65 535 lignes et colonnes (131 070 colonnes si leur "
                     "nombre est pair) ; cette image a {} x {}",
                     "a lossless JPEG has 1 to 65535 rows and columns (131070 columns if even); "
                     "this picture is {} x {}"},
                    shape.height,
                    shape.width};
    }
}

void check_values(ImageView<std::uint16_t const> image, int precision) {
    unsigned all = 0;
    for (std::ptrdiff_t y = 0; y < image.shape().height; ++y) {
        for (std::uint16_t const value : image.row(y)) {
            all |= value;
        }
    }
    auto const bits = static_cast<int>(std::bit_width(all));
    if (bits > precision) {
        throw Error{ErrorKind::domain,
                    {"l’image contient une valeur de {} bits, plus que les {} demandés",
                     "the picture has a value of {} bits, more than the {} asked for"},
                    bits,
                    precision};
    }
}

/// Calls use(component, difference) for each value in the order of the stream; differences are modulo
/// 2^16 (T.81 H.1.2.1), -32768 standing for 32768.
template <class Use>
void for_each_difference(ImageView<std::uint16_t const> image, int precision, Use&& use) {
    std::size_t const components = image.shape().width % 2 == 0 ? 2 : 1;
    std::array<std::uint16_t, 2> first{};
    first.fill(static_cast<std::uint16_t>(1U << static_cast<unsigned>(precision - 1)));
    for (std::ptrdiff_t y = 0; y < image.shape().height; ++y) {
        auto const row = image.row(y);
        std::array<std::uint16_t, 2> left = first;
        for (std::size_t x = 0; x < row.size(); x += components) {
            for (std::size_t c = 0; c < components; ++c) {
                use(c, static_cast<std::int16_t>(row[x + c] - left[c]));
                left[c] = row[x + c];
            }
        }
        std::copy_n(row.begin(), components, first.begin());
    }
}

unsigned category(std::int16_t difference) noexcept {
    int const wide = difference;
    return static_cast<unsigned>(std::bit_width(static_cast<unsigned>(wide < 0 ? -wide : wide)));
}

/// A Huffman table: for each category its code and the length of that, 0 where it does not occur.
struct Table {
    std::array<std::uint8_t, longest_code + 1> codes_of_length{}; ///< [0] unused
    std::vector<std::uint8_t> categories;                         ///< by length, then by number
    std::array<std::uint32_t, category_count> code{};
    std::array<std::uint8_t, category_count> length{};
};

/// Lengths of codes by T.81 figure K.1: one more entry than categories, counted once, will have the
/// longest code, the one of ones alone, and be taken away.
std::array<std::size_t, category_count + 1> code_sizes(Counts const& counts) {
    std::array<std::uint64_t, category_count + 1> weight{};
    std::ranges::copy(counts, weight.begin());
    weight[category_count] = 1;
    std::array<std::size_t, category_count + 1> size{};
    std::array<std::size_t, category_count + 1> tree{}; // which tree an entry belongs to
    for (std::size_t i = 0; i < tree.size(); ++i) {
        tree[i] = i;
    }
    auto const lightest = [&](std::size_t but) {
        std::size_t best = weight.size();
        for (std::size_t i = 0; i < weight.size(); ++i) {
            // Of equals the last: so the extra entry goes first and deepest.
            bool const better = best == weight.size() || weight[i] <= weight[best];
            if (i != but && weight[i] > 0 && better) {
                best = i;
            }
        }
        return best;
    };
    for (;;) {
        std::size_t const one = lightest(weight.size());
        std::size_t const other = lightest(one);
        if (other == weight.size()) {
            return size;
        }
        weight[other] += weight[one];
        weight[one] = 0;
        for (std::size_t i = 0; i < tree.size(); ++i) {
            if (tree[i] == one || tree[i] == other) {
                tree[i] = other;
                ++size[i];
            }
        }
    }
}

/// How many codes there are of each length, none above 16 (T.81 figures K.2 and K.3).
std::array<std::uint8_t, longest_code + 1> to_code_counts(Counts const& counts) {
    std::array<std::uint8_t, category_count + 1> bits{};
    for (std::size_t const size : code_sizes(counts)) {
        ++bits[size]; // at most category_count, the depth of a tree with one leaf more
    }
    bits[0] = 0; // categories that do not occur
    for (std::size_t i = longest_code + 1; bits[i] > 0;) {
        std::size_t j = i - 2;
        while (bits[j] == 0) {
            --j;
        }
        bits[i] = static_cast<std::uint8_t>(bits[i] - 2);
        ++bits[i - 1];
        bits[j + 1] = static_cast<std::uint8_t>(bits[j + 1] + 2);
        --bits[j];
    }
    std::size_t last = longest_code;
    while (bits[last] == 0) {
        --last;
    }
    --bits[last];
    std::array<std::uint8_t, longest_code + 1> result{};
    std::copy_n(bits.begin(), result.size(), result.begin());
    return result;
}

Table make_table(Counts const& counts) {
    Table table;
    for (std::size_t i = 0; i < category_count; ++i) {
        if (counts[i] > 0) {
            table.categories.push_back(static_cast<std::uint8_t>(i));
        }
    }
    // Shorter codes to what occurs more often; the stable order keeps equals by number.
    std::ranges::stable_sort(table.categories, std::ranges::greater{}, [&](std::uint8_t category) {
        return counts[category];
    });
    table.codes_of_length = to_code_counts(counts);
    // T.81 annex C: codes of one length are consecutive numbers.
    std::uint32_t code = 0;
    std::size_t next = 0;
    for (std::size_t length = 1; length <= longest_code; ++length, code <<= 1U) {
        for (unsigned i = 0; i < table.codes_of_length[length]; ++i, ++code, ++next) {
            table.code[table.categories[next]] = code;
            table.length[table.categories[next]] = static_cast<std::uint8_t>(length);
        }
    }
    return table;
}

/// Bits, highest first; a zero byte follows each byte of ones, lest it look like a marker.
class BitWriter {
public:
    explicit BitWriter(std::vector<std::byte>& bytes) : bytes_{bytes} {}

    /// \pre value < 2^length, length <= 32
    void put(std::uint64_t value, unsigned length) {
        held_ = held_ << length | value;
        count_ += length;
        while (count_ >= 8) {
            count_ -= 8;
            auto const byte = static_cast<std::byte>(held_ >> count_ & 0xffU);
            bytes_.push_back(byte);
            if (byte == std::byte{0xff}) {
                bytes_.push_back(std::byte{0});
            }
        }
    }

    /// Fills the last byte with ones (T.81 F.1.2.3).
    void finish() {
        if (count_ > 0) {
            put((1U << (8 - count_)) - 1U, 8 - count_);
        }
    }

private:
    std::vector<std::byte>& bytes_;
    std::uint64_t held_ = 0;
    unsigned count_ = 0;
};

void append(std::vector<std::byte>& bytes, std::initializer_list<std::size_t> values) {
    for (std::size_t const value : values) {
        bytes.push_back(static_cast<std::byte>(value & 0xffU));
    }
}

void append_table(std::vector<std::byte>& bytes, Table const& table, std::size_t number) {
    append(bytes, {0xff, 0xc4, 0, 2 + 1 + longest_code + table.categories.size(), number});
    for (std::size_t length = 1; length <= longest_code; ++length) {
        append(bytes, {table.codes_of_length[length]});
    }
    for (std::uint8_t const category : table.categories) {
        append(bytes, {category});
    }
}

void append_headers(std::vector<std::byte>& bytes,
                    Shape shape,
                    int precision,
                    std::vector<Table> const& tables) {
    std::size_t const components = tables.size();
    auto const height = static_cast<std::size_t>(shape.height);
    std::size_t const width = static_cast<std::size_t>(shape.width) / components;
    append(bytes, {0xff, 0xd8});                          // SOI
    append(bytes, {0xff, 0xc3, 0, 8 + 3 * components});   // SOF3: lossless, Huffman
    append(bytes, {static_cast<std::size_t>(precision)}); //
    append(bytes, {height >> 8U, height, width >> 8U, width, components});
    for (std::size_t c = 0; c < components; ++c) {
        append(bytes, {c, 0x11, 0}); // not subsampled, no quantization
    }
    for (std::size_t c = 0; c < components; ++c) {
        append_table(bytes, tables[c], c);
    }
    append(bytes, {0xff, 0xda, 0, 6 + 2 * components, components}); // SOS
    for (std::size_t c = 0; c < components; ++c) {
        append(bytes, {c, c << 4U});
    }
    append(bytes, {1, 0, 0}); // predictor 1, no point transform
}

} // namespace

std::vector<std::byte> to_lossless_jpeg(ImageView<std::uint16_t const> image, int precision) {
    check(image.shape(), precision);
    check_values(image, precision);
    std::vector<Counts> counts(image.shape().width % 2 == 0 ? 2 : 1);
    for_each_difference(image, precision, [&](std::size_t component, std::int16_t difference) {
        ++counts[component][category(difference)];
    });
    std::vector<Table> tables;
    std::uint64_t bits = 0;
    for (Counts const& of : counts) {
        tables.push_back(make_table(of));
        for (std::size_t i = 0; i < category_count; ++i) {
            bits += of[i] * (tables.back().length[i] + i);
        }
    }
    std::vector<std::byte> bytes;
    bytes.reserve(bits / 8 + bits / 1024 + 256); // one byte in 256 gets a zero after it
    append_headers(bytes, image.shape(), precision, tables);
    BitWriter writer{bytes};
    for_each_difference(image, precision, [&](std::size_t component, std::int16_t difference) {
        Table const& table = tables[component];
        unsigned const size = category(difference);
        // T.81 table H.2: a negative difference is written less one; 32768 has no bits of its own.
        unsigned const own = size == 16 ? 0 : size;
        int const low = difference < 0 ? difference - 1 : difference;
        std::uint64_t const tail = static_cast<std::uint64_t>(low) & ((1U << own) - 1U);
        writer.put(std::uint64_t{table.code[size]} << own | tail, table.length[size] + own);
    });
    writer.finish();
    append(bytes, {0xff, 0xd9}); // EOI
    return bytes;
}

} // namespace cmq::capture
