// SPDX-License-Identifier: GPL-3.0-or-later

#include "capture/to_lossless_jpeg.hpp"

#include "capture/decode.hpp"
#include "capture/write_dng.hpp"
#include "core/error.hpp"
#include "core/random.hpp"

#include <gtest/gtest.h>
#include <queue>

#include <algorithm>
#include <array>
#include <bit>
#include <cstdlib>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <utility>

namespace {

using namespace cmq;
using namespace cmq::capture;

struct Picture {
    Shape shape;
    std::vector<std::uint16_t> values;

    [[nodiscard]] ImageView<std::uint16_t const> view() const {
        return {values.data(), shape, shape.width};
    }
};

Picture make_picture(Shape shape, std::function<unsigned(std::size_t)> const& value) {
    Picture picture{shape, std::vector<std::uint16_t>(static_cast<std::size_t>(shape.area()))};
    for (std::size_t i = 0; i < picture.values.size(); ++i) {
        picture.values[i] = static_cast<std::uint16_t>(value(i));
    }
    return picture;
}

Picture make_noise(Shape shape, unsigned bits, std::uint64_t draw = 0) {
    Random random{1, 1, draw};
    return make_picture(shape, [&](std::size_t) { return random.bits32() >> (32U - bits); });
}

// ---- a decoder as T.81 describes it, bit by bit: annexes B, C, F.2.2.3, H.2

/// (length of a code, the code) to category.
using Codes = std::map<std::pair<unsigned, unsigned>, unsigned>;

struct Decoded {
    int precision = 0;
    std::size_t components = 0;
    Picture picture;
    std::vector<Codes> codes;                              ///< of each component
    std::vector<std::map<unsigned, std::uint64_t>> counts; ///< how often each category occurred
};

class SlowDecoder {
public:
    explicit SlowDecoder(std::vector<std::byte> const& bytes) : bytes_{bytes} {}

    Decoded run() {
        require(word() == 0xffd8, "SOI");
        for (unsigned marker = word(); marker != 0xffda; marker = word()) {
            segment(marker);
        }
        scan_header();
        rows();
        require(word() == 0xffd9 && place_ == bytes_.size(), "EOI at the end");
        return result_;
    }

private:
    static void require(bool good, std::string const& what) {
        if (!good) {
            throw std::runtime_error{what};
        }
    }

    unsigned byte() { return std::to_integer<unsigned>(bytes_.at(place_++)); }

    unsigned word() {
        unsigned const high = byte();
        return high << 8U | byte();
    }

    void segment(unsigned marker) {
        std::size_t const end = place_ + word();
        if (marker == 0xffc3) {
            result_.precision = static_cast<int>(byte());
            result_.picture.shape.height = static_cast<std::ptrdiff_t>(word());
            columns_ = word();
            result_.components = byte();
            for (std::size_t c = 0; c < result_.components; ++c) {
                names_.push_back(byte());
                require(byte() == 0x11 && byte() == 0, "a component that is not subsampled");
            }
        } else {
            require(marker == 0xffc4, "a marker that is not known");
            while (place_ < end) {
                read_table();
            }
        }
        require(place_ == end, "the length of a segment");
    }

    void read_table() {
        unsigned const name = byte();
        std::array<unsigned, 17> count{};
        for (std::size_t length = 1; length <= 16; ++length) {
            count.at(length) = byte();
        }
        unsigned code = 0;
        for (unsigned length = 1; length <= 16; ++length, code *= 2) {
            for (unsigned i = 0; i < count.at(length); ++i, ++code) {
                require(code + 1 < 1U << length, "a code of ones alone");
                tables_[name][{length, code}] = byte();
            }
        }
    }

    void scan_header() {
        require(word() == 6 + 2 * result_.components && byte() == result_.components, "SOS");
        for (std::size_t c = 0; c < result_.components; ++c) {
            require(byte() == names_.at(c), "the order of the components");
            result_.codes.push_back(tables_.at(byte() >> 4U));
        }
        require(byte() == 1 && byte() == 0 && byte() == 0, "predictor 1");
        result_.counts.resize(result_.components);
        result_.picture.shape.width = static_cast<std::ptrdiff_t>(columns_ * result_.components);
        result_.picture.values.resize(static_cast<std::size_t>(result_.picture.shape.area()));
    }

    unsigned bit() {
        if (left_ == 0) {
            held_ = byte();
            require(held_ != 0xff || byte() == 0, "a zero after a byte of ones");
            left_ = 8;
        }
        return held_ >> --left_ & 1U;
    }

    unsigned difference(std::size_t component) {
        unsigned code = 0;
        for (unsigned length = 1; length <= 16; ++length) {
            code = code * 2 + bit();
            auto const found = result_.codes.at(component).find({length, code});
            if (found != result_.codes.at(component).end()) {
                ++result_.counts.at(component)[found->second];
                return extend(found->second);
            }
        }
        throw std::runtime_error{"a code that is in no table"};
    }

    // T.81 F.2.2.1 and table H.2, modulo 2^32.
    unsigned extend(unsigned category) {
        if (category == 16) {
            return 32768;
        }
        unsigned value = 0;
        for (unsigned i = 0; i < category; ++i) {
            value = value * 2 + bit();
        }
        bool const negative = category > 0 && value < 1U << (category - 1);
        return negative ? value + 1 - (1U << category) : value;
    }

    void rows() {
        auto& values = result_.picture.values;
        std::size_t const n = result_.components;
        for (std::size_t i = 0; i < values.size(); ++i) {
            std::size_t const x = i % (columns_ * n);
            bool const first_row = i < columns_ * n;
            unsigned const predicted = x >= n      ? values[i - n]
                                       : first_row ? 1U << unsigned(result_.precision - 1)
                                                   : values[i - columns_ * n];
            values[i] = static_cast<std::uint16_t>(predicted + difference(x % n));
        }
        while (left_ > 0) {
            require(bit() == 1, "ones to the end of the last byte");
        }
    }

    std::vector<std::byte> const& bytes_;
    std::size_t place_ = 0;
    std::size_t columns_ = 0;
    std::vector<unsigned> names_;
    std::map<unsigned, Codes> tables_;
    unsigned held_ = 0;
    unsigned left_ = 0;
    Decoded result_;
};

Decoded decode_slowly(std::vector<std::byte> const& bytes) {
    return SlowDecoder{bytes}.run();
}

void expect_same(Picture const& picture, int precision) {
    auto const bytes = to_lossless_jpeg(picture.view(), precision);
    Decoded const decoded = decode_slowly(bytes);
    EXPECT_EQ(decoded.precision, precision);
    EXPECT_EQ(decoded.picture.shape, picture.shape);
    EXPECT_EQ(decoded.components, picture.shape.width % 2 == 0 ? 2U : 1U);
    EXPECT_TRUE(decoded.picture.values == picture.values)
        << picture.shape.height << " x " << picture.shape.width << ", " << precision << " bits";
}

// ---- pictures that a decoder is likely to get wrong

Picture make_constant(unsigned value) {
    return make_picture({6, 26}, [&](std::size_t) { return value; });
}

/// Differences of every size: 0, 1, -1, 2, -2, ... in each component, at 16 bits with 32768 itself.
Picture make_every_size(unsigned bits) {
    std::vector<unsigned> column;
    unsigned const mask = (1U << bits) - 1U;
    unsigned value = 1U << (bits - 1);
    for (unsigned size = 1; size < bits; ++size) {
        unsigned const step = 1U << (size - 1);
        for (unsigned const difference : {step, 2 * step - 1}) {
            column.insert(column.end(), {value & mask, (value - difference) & mask, value & mask});
        }
    }
    column.insert(column.end(), {0, mask, 0, 1U << (bits - 1), 0, mask, mask, 0});
    auto const width = static_cast<std::ptrdiff_t>(2 * column.size());
    return make_picture({2, width},
                        [&](std::size_t i) { return column.at(i / 2 % column.size()); });
}

/// One row of 16-bit values whose differences have the category k F(18 - k) times (Fibonacci's numbers,
/// F(2) = 1, F(3) = 2): with one leaf more, of weight 1, their tree is as deep as can be.
Picture make_fibonacci() {
    std::vector<std::uint16_t> values;
    unsigned value = 32768;
    unsigned count = 1;
    unsigned next = 2;
    for (unsigned category = 17; category-- > 0;) {
        for (unsigned i = 0; i < count; ++i) {
            value += category == 0 ? 0 : 1U << (category - 1);
            values.push_back(static_cast<std::uint16_t>(value));
        }
        count = std::exchange(next, next + count);
    }
    auto const width = static_cast<std::ptrdiff_t>(values.size());
    return {{1, width}, values};
}

/// Each row twice, so that both components and two rows have the same differences.
Picture make_mosaic_of(Picture const& row) {
    auto const width = static_cast<std::size_t>(row.shape.width);
    return make_picture({2, 2 * row.shape.width},
                        [&](std::size_t i) { return row.values[i / 2 % width]; });
}

std::vector<std::pair<Picture, int>> hard_pictures() {
    std::vector<std::pair<Picture, int>> pictures;
    for (unsigned const bits : {12U, 13U, 14U, 15U, 16U}) {
        int const precision = static_cast<int>(bits);
        pictures.emplace_back(make_noise({34, 50}, bits, bits), precision);
        pictures.emplace_back(make_constant(0), precision);
        pictures.emplace_back(make_constant((1U << bits) - 1U), precision);
        pictures.emplace_back(make_constant(1U << (bits - 1)), precision);
        pictures.emplace_back(make_every_size(bits), precision);
    }
    pictures.emplace_back(make_mosaic_of(make_fibonacci()), 16);
    // Every difference is 32768.
    pictures.emplace_back(
        make_picture({4, 32}, [](std::size_t i) { return i / 2 % 2 == 0 ? 0U : 32768U; }), 16);
    return pictures;
}

TEST(ToLosslessJpeg, GivesEveryPictureBackToADecoderWrittenFromTheStandard) {
    for (auto const& [picture, precision] : hard_pictures()) {
        expect_same(picture, precision);
    }
    for (unsigned bits = 2; bits <= 16; ++bits) {
        expect_same(make_noise({9, 13}, bits), static_cast<int>(bits));
    }
}

TEST(ToLosslessJpeg, TakesRowsColumnsAndOddWidths) {
    for (Shape const shape : {Shape{1, 1}, {1, 2}, {2, 1}, {1, 999}, {999, 1}, {7, 3}, {3, 8}}) {
        expect_same(make_noise(shape, 14), 14);
    }
    expect_same(make_noise({1, 131070}, 12), 12);
    expect_same(make_noise({65535, 1}, 12), 12);
}

TEST(ToLosslessJpeg, TakesAWindowOfALargerPicture) {
    Picture const whole = make_noise({20, 30}, 14);
    ImageView<std::uint16_t const> const window{whole.values.data() + 5 * 30 + 4, {10, 16}, 30};
    Decoded const decoded = decode_slowly(to_lossless_jpeg(window, 14));
    for (std::ptrdiff_t y = 0; y < 10; ++y) {
        for (std::ptrdiff_t x = 0; x < 16; ++x) {
            ASSERT_EQ(decoded.picture.view().row(y)[static_cast<std::size_t>(x)],
                      window.row(y)[static_cast<std::size_t>(x)]);
        }
    }
}

// ---- the tables

/// Cost of the best tree for these weights and one leaf more of weight 1: the sum of all inner nodes.
std::uint64_t least_cost(std::map<unsigned, std::uint64_t> const& counts) {
    std::priority_queue<std::uint64_t, std::vector<std::uint64_t>, std::greater<>> weights;
    weights.push(1);
    for (auto const& [category, count] : counts) {
        weights.push(count);
    }
    std::uint64_t cost = 0;
    while (weights.size() > 1) {
        std::uint64_t const one = weights.top();
        weights.pop();
        std::uint64_t const both = one + weights.top();
        weights.pop();
        weights.push(both);
        cost += both;
    }
    return cost;
}

struct Cost {
    std::uint64_t bits = 0;
    unsigned longest = 0;
};

Cost cost_of(Codes const& codes, std::map<unsigned, std::uint64_t> const& counts) {
    Cost cost;
    EXPECT_EQ(codes.size(), counts.size()) << "a code for each category that occurs, no other";
    for (auto const& [code, category] : codes) {
        cost.bits += code.first * counts.at(category);
        cost.longest = std::max(cost.longest, code.first);
    }
    return cost;
}

// T.81 annex K.2: the tree of least cost with one leaf more, which has the longest code.
TEST(ToLosslessJpeg, HasTheShortestTables) {
    for (unsigned scale = 0; scale < 12; ++scale) {
        Random random{2, 1, scale};
        Picture const picture = make_picture({40, 60}, [&](std::size_t) {
            double const value = 8192.0 + random.normal() * static_cast<double>(1U << scale);
            return static_cast<unsigned>(std::clamp(value, 0.0, 16383.0));
        });
        Decoded const decoded = decode_slowly(to_lossless_jpeg(picture.view(), 14));
        for (std::size_t c = 0; c < 2; ++c) {
            Cost const cost = cost_of(decoded.codes[c], decoded.counts[c]);
            ASSERT_LT(cost.longest, 16U);
            EXPECT_EQ(cost.bits + cost.longest, least_cost(decoded.counts[c])) << scale;
        }
    }
}

// Weights 1 (the leaf more), 1, 2, 3, 5, ... of 18 leaves: each sum of the first k is below the weight after
// the next, so every step joins it with one leaf, and the codes of the four lightest have 17, 17, 16 and 15
// bits. The best tree that is a level lower gives these four 16 each, which costs 3 - 1 - 1 = 1 bit more.
TEST(ToLosslessJpeg, KeepsCodesTo16Bits) {
    Decoded const decoded = decode_slowly(to_lossless_jpeg(make_fibonacci().view(), 16));
    ASSERT_EQ(decoded.counts.size(), 1U);
    ASSERT_EQ(decoded.counts[0].size(), 17U);
    Cost const cost = cost_of(decoded.codes[0], decoded.counts[0]);
    EXPECT_EQ(cost.longest, 16U);
    EXPECT_EQ(cost.bits + cost.longest, least_cost(decoded.counts[0]) + 1);
}

// ---- other decoders, through a DNG file

DngPicture to_dng_picture(Picture const& picture, int precision) {
    DngPicture dng;
    dng.shape = picture.shape;
    dng.mosaic = picture.values;
    dng.white_dn = static_cast<std::uint16_t>((1U << static_cast<unsigned>(precision)) - 1U);
    dng.unique_model = "test";
    dng.compression = DngCompression::lossless_jpeg;
    return dng;
}

/// LibRaw takes nothing below 22 rows, and a picture that ends in even rows is refused as cut short: the
/// picture's rows over and over, then two rows of noise.
Picture on_noise(Picture const& picture, unsigned bits) {
    Picture const foot = make_noise({2, picture.shape.width}, bits);
    Picture tall{{picture.shape.height, picture.shape.width}, picture.values};
    for (; tall.shape.height < 24; tall.shape.height += picture.shape.height) {
        tall.values.insert(tall.values.end(), picture.values.begin(), picture.values.end());
    }
    tall.values.insert(tall.values.end(), foot.values.begin(), foot.values.end());
    tall.shape.height += 2;
    return tall;
}

TEST(ToLosslessJpeg, IsReadBitByBitByLibRaw) {
    ReadSettings const settings{.decoder = CMQ_BINARY_DIR "/bin/contremarque-decoder"};
    for (auto const& [part, precision] : hard_pictures()) {
        Picture const picture = on_noise(part, static_cast<unsigned>(precision));
        auto const file = to_dng(to_dng_picture(picture, precision));
        auto const decoded = decode(file, settings);
        ASSERT_EQ(decoded.plane().shape(), picture.shape);
        EXPECT_TRUE(std::ranges::equal(
            std::span{decoded.plane().row(0).data(), picture.values.size()}, picture.values))
            << picture.shape.width << ", " << precision << " bits";
    }
}

// ---- refusals

std::optional<ErrorKind> refusal(Shape shape, int precision, std::uint16_t value) {
    std::vector<std::uint16_t> const values(static_cast<std::size_t>(shape.area()), value);
    try {
        static_cast<void>(to_lossless_jpeg({values.data(), shape, shape.width}, precision));
    } catch (Error const& error) {
        return error.kind();
    }
    return {};
}

TEST(ToLosslessJpeg, RefusesSidesThatAJpegCannotState) {
    EXPECT_EQ(refusal({0, 4}, 14, 0), ErrorKind::shape);
    EXPECT_EQ(refusal({4, 0}, 14, 0), ErrorKind::shape);
    EXPECT_EQ(refusal({65536, 1}, 14, 0), ErrorKind::shape);
    EXPECT_EQ(refusal({1, 65537}, 14, 0), ErrorKind::shape);
    EXPECT_EQ(refusal({1, 131072}, 14, 0), ErrorKind::shape);
    EXPECT_EQ(refusal({1, 65535}, 14, 0), std::nullopt);
}

TEST(ToLosslessJpeg, RefusesValuesOfMoreBitsThanThePrecision) {
    EXPECT_EQ(refusal({2, 2}, 1, 0), ErrorKind::domain);
    EXPECT_EQ(refusal({2, 2}, 17, 0), ErrorKind::domain);
    EXPECT_EQ(refusal({2, 2}, 12, 4096), ErrorKind::domain);
    EXPECT_EQ(refusal({2, 2}, 12, 4095), std::nullopt);
    EXPECT_EQ(refusal({2, 2}, 16, 65535), std::nullopt);
}

} // namespace
