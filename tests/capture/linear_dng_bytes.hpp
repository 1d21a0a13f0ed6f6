// SPDX-License-Identifier: GPL-3.0-or-later

/// \file
/// Linear (demosaiced) DNG files put together byte by byte, for tests.

#pragma once

#include "core/image_view.hpp"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <initializer_list>
#include <vector>

namespace cmq::test {

struct LinearForm {
    unsigned bits = 16; ///< packed, highest bit first, where neither 8 nor 16
    std::uint32_t samples = 3;
    std::uint32_t compression = 1;
    std::uint32_t tile = 0;  ///< side; 0: strips of five rows
    std::uint32_t white = 0; ///< WhiteLevel; 0: no tag
    bool big_endian = false;
    bool in_main = false; ///< in the first directory; else below a thumbnail of 2 x 2 pixels
    bool reduced = false; ///< its NewSubfileType says so
    std::uint32_t photometric = 34892;
    std::uint32_t stated_width = 0; ///< a lie; 0: the width
    std::uint32_t stated_height = 0;
    unsigned predictor = 1; ///< of lossless JPEG
    unsigned jpeg_components = 3;
    Shape smaller{0, 0}; ///< another linear picture, of zeros, stands before it
};

/// What each block (strip or tile) holds.
using Encode = std::vector<std::byte> (*)(std::vector<std::uint16_t> const& values,
                                          std::size_t width,
                                          LinearForm const& form);

class LinearDng {
public:
    LinearDng(Shape shape,
              std::vector<std::uint16_t> const& values,
              LinearForm const& form,
              Encode encode)
        : form_{form} {
        add(form.big_endian ? 0x4d4d : 0x4949, 2);
        add(42, 2);
        add(0, 4); // patched
        std::vector<std::uint32_t> linear;
        if (form.smaller.area() > 0) {
            std::vector<std::uint16_t> const zeros(static_cast<std::size_t>(form.smaller.area()) *
                                                   form.samples);
            LinearForm plain = form;
            plain.stated_width = plain.stated_height = 0;
            linear.push_back(add_linear(form.smaller, zeros, plain, encode, {}));
        }
        Field const version{50706, 1, 4, form.big_endian ? 0x01040000U : 0x00000401U};
        if (form.in_main) {
            patch(4, add_linear(shape, values, form, encode, {version}));
            return;
        }
        linear.push_back(add_linear(shape, values, form, encode, {}));
        patch(4, add_thumbnail(version, linear));
    }

    [[nodiscard]] std::vector<std::byte> const& bytes() const noexcept { return bytes_; }

private:
    struct Field {
        std::uint32_t tag;
        std::uint32_t type; // 1 byte, 3 short, 4 long
        std::uint32_t count;
        std::uint32_t value; // or its place
    };

    void add(std::uint32_t value, unsigned size) {
        for (unsigned i = 0; i < size; ++i) {
            unsigned const shift = 8 * (form_.big_endian ? size - 1 - i : i);
            bytes_.push_back(static_cast<std::byte>(value >> shift & 0xffU));
        }
    }

    void patch(std::size_t place, std::uint32_t value) {
        std::vector<std::byte> const kept{bytes_.begin() + static_cast<std::ptrdiff_t>(place) + 4,
                                          bytes_.end()};
        bytes_.resize(place);
        add(value, 4);
        bytes_.insert(bytes_.end(), kept.begin(), kept.end());
    }

    std::uint32_t add_numbers(std::vector<std::uint32_t> const& numbers, unsigned size) {
        auto const place = static_cast<std::uint32_t>(bytes_.size());
        for (std::uint32_t const number : numbers) {
            add(number, size);
        }
        return place;
    }

    // One value stands in the entry itself, a short at its beginning.
    Field field(std::uint32_t tag, std::vector<std::uint32_t> const& numbers, bool is_short) {
        auto const count = static_cast<std::uint32_t>(numbers.size());
        std::uint32_t const value = count > 1 ? add_numbers(numbers, is_short ? 2 : 4)
                                    : is_short && form_.big_endian ? numbers[0] << 16U
                                                                   : numbers[0];
        return {tag, is_short ? 3U : 4U, count, value};
    }

    std::uint32_t add_directory(std::vector<Field> fields) {
        std::ranges::sort(fields, {}, &Field::tag);
        auto const place = static_cast<std::uint32_t>(bytes_.size());
        add(static_cast<std::uint32_t>(fields.size()), 2);
        for (Field const& entry : fields) {
            add(entry.tag, 2);
            add(entry.type, 2);
            add(entry.count, 4);
            add(entry.value, 4);
        }
        add(0, 4);
        return place;
    }

    std::uint32_t add_thumbnail(Field version, std::vector<std::uint32_t> const& below) {
        std::uint32_t const place = add_numbers(std::vector<std::uint32_t>(12, 200), 1);
        return add_directory({field(254, {1}, false),
                              field(256, {2}, false),
                              field(257, {2}, false),
                              field(258, {8, 8, 8}, true),
                              field(259, {1}, true),
                              field(262, {2}, true),
                              field(273, {place}, false),
                              field(277, {3}, true),
                              field(278, {2}, false),
                              field(279, {12}, false),
                              field(330, below, false),
                              version});
    }

    std::uint32_t add_linear(Shape shape,
                             std::vector<std::uint16_t> const& values,
                             LinearForm const& form,
                             Encode encode,
                             std::vector<Field> fields) {
        auto const width = static_cast<std::size_t>(shape.width);
        auto const height = static_cast<std::size_t>(shape.height);
        std::size_t const across = form.tile != 0 ? form.tile : width;
        std::size_t const down = form.tile != 0 ? form.tile : 5;
        std::vector<std::uint32_t> places;
        std::vector<std::uint32_t> lengths;
        for (std::size_t top = 0; top < height; top += down) {
            for (std::size_t left = 0; left < width; left += across) {
                std::size_t const rows =
                    form.tile != 0 ? down : std::min(down, height - top); // tiles are always whole
                std::vector<std::uint16_t> part;
                for (std::size_t i = 0; i < rows * across * form.samples; ++i) {
                    std::size_t const y = std::min(top + i / form.samples / across, height - 1);
                    std::size_t const x = std::min(left + i / form.samples % across, width - 1);
                    part.push_back(values[(y * width + x) * form.samples + i % form.samples]);
                }
                auto const data = encode(part, across, form);
                places.push_back(static_cast<std::uint32_t>(bytes_.size()));
                lengths.push_back(static_cast<std::uint32_t>(data.size()));
                bytes_.insert(bytes_.end(), data.begin(), data.end());
            }
        }
        auto const stated = [](std::uint32_t lie, std::size_t truth) {
            return lie != 0 ? lie : static_cast<std::uint32_t>(truth);
        };
        bool const tiled = form.tile != 0;
        fields.push_back(field(254, {form.reduced ? 1U : 0U}, false));
        fields.push_back(field(256, {stated(form.stated_width, width)}, false));
        fields.push_back(field(257, {stated(form.stated_height, height)}, false));
        fields.push_back(field(258, std::vector<std::uint32_t>(form.samples, form.bits), true));
        fields.push_back(field(259, {form.compression}, true));
        fields.push_back(field(262, {form.photometric}, true));
        fields.push_back(field(277, {form.samples}, true));
        fields.push_back(field(284, {1}, true));
        if (tiled) {
            fields.push_back(field(322, {form.tile}, false));
            fields.push_back(field(323, {form.tile}, false));
        } else {
            fields.push_back(field(278, {5}, false));
        }
        fields.push_back(field(tiled ? 324 : 273, places, false));
        fields.push_back(field(tiled ? 325 : 279, lengths, false));
        if (form.white != 0) {
            fields.push_back(
                field(50717, std::vector<std::uint32_t>(form.samples, form.white), false));
        }
        return add_directory(std::move(fields));
    }

    LinearForm form_;
    std::vector<std::byte> bytes_;
};

/// Samples as they are: 8 bits, 16 bits in the file's order, else packed; each row ends with a byte.
inline std::vector<std::byte>
uncompressed(std::vector<std::uint16_t> const& values, std::size_t width, LinearForm const& form) {
    std::vector<std::byte> bytes;
    std::size_t const row = width * form.samples;
    for (std::size_t first = 0; first < values.size(); first += row) {
        unsigned held = 0;
        unsigned count = 0;
        for (std::size_t i = first; i < first + row; ++i) {
            bool const swapped = form.bits == 16 && !form.big_endian;
            unsigned const value =
                swapped ? (values[i] & 0xffU) << 8U | values[i] >> 8U : values[i];
            held = held << form.bits | value;
            for (count += form.bits; count >= 8; count -= 8) {
                bytes.push_back(static_cast<std::byte>(held >> (count - 8) & 0xffU));
            }
            held &= (1U << count) - 1;
        }
        if (count > 0) {
            bytes.push_back(static_cast<std::byte>(held << (8 - count) & 0xffU));
        }
    }
    return bytes;
}

/// A lossless JPEG (ITU-T T.81 process 14) with one table of 17 codes of 5 bits for every component.
inline std::vector<std::byte>
lossless_jpeg(std::vector<std::uint16_t> const& values, std::size_t width, LinearForm const& form) {
    std::size_t const row = width * form.samples;
    std::size_t const rows = values.size() / row;
    std::size_t const n = form.jpeg_components;
    std::vector<std::byte> bytes;
    auto const add = [&](std::initializer_list<std::size_t> some) {
        for (std::size_t const one : some) {
            bytes.push_back(static_cast<std::byte>(one & 0xffU));
        }
    };
    std::size_t const across = row / n;
    add({0xff, 0xd8, 0xff, 0xc3, 0, 8 + 3 * n, form.bits});
    add({rows >> 8U, rows, across >> 8U, across, n});
    for (std::size_t c = 0; c < n; ++c) {
        add({c, 0x11, 0});
    }
    add({0xff, 0xc4, 0, 2 + 1 + 16 + 17, 0});
    for (std::size_t length = 1; length <= 16; ++length) {
        add({length == 5 ? 17U : 0U});
    }
    for (std::size_t category = 0; category <= 16; ++category) {
        add({category});
    }
    add({0xff, 0xda, 0, 6 + 2 * n, n});
    for (std::size_t c = 0; c < n; ++c) {
        add({c, 0});
    }
    add({form.predictor, 0, 0});
    std::uint64_t held = 0;
    unsigned count = 0;
    auto const put = [&](std::uint64_t value, unsigned length) {
        held = held << length | value;
        for (count += length; count >= 8; count -= 8) {
            auto const byte = static_cast<std::size_t>(held >> (count - 8) & 0xffU);
            add({byte});
            if (byte == 0xff) {
                add({0});
            }
        }
        held &= (std::uint64_t{1} << count) - 1;
    };
    for (std::size_t i = 0; i < values.size(); ++i) {
        std::size_t const x = i % row;
        bool const top = i < row;
        auto const before = [&](std::size_t back) { return static_cast<int>(values[i - back]); };
        int base = 1 << (form.bits - 1);
        if (x < n) {
            base = top ? base : before(row);
        } else if (top) {
            base = before(n);
        } else {
            int const a = before(n);
            int const b = before(row);
            int const c = before(row + n);
            int const of[8]{
                0, a, b, c, a + b - c, a + ((b - c) >> 1), b + ((a - c) >> 1), (a + b) >> 1};
            base = of[form.predictor];
        }
        int difference = (values[i] - base) & 0xffff; // modulo 2^16
        difference = difference > 32768 ? difference - 65536 : difference;
        unsigned category = 0;
        while (category < 16 && (difference < 0 ? -difference : difference) >> category != 0) {
            ++category;
        }
        put(category, 5);
        if (category > 0 && category < 16) {
            int const low = difference < 0 ? difference - 1 : difference;
            put(static_cast<std::uint64_t>(low) & ((1U << category) - 1), category);
        }
    }
    if (count > 0) {
        put((1U << (8 - count)) - 1U, 8 - count);
    }
    add({0xff, 0xd9});
    return bytes;
}

inline std::vector<std::byte> make_linear_dng(Shape shape,
                                              std::vector<std::uint16_t> const& values,
                                              LinearForm const& form = {},
                                              Encode encode = uncompressed) {
    return LinearDng{shape, values, form, encode}.bytes();
}

} // namespace cmq::test
