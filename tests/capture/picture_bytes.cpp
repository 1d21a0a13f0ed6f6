// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/capture/picture_bytes.hpp"

#include "system/file.hpp"

#include <tiffio.h>

#include <array>
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <filesystem>
#include <jpeglib.h>
#include <memory>
#include <numbers>
#include <png.h>
#include <unistd.h>

namespace cmq::test {
namespace {

std::vector<std::uint8_t> row_bytes(Samples const& samples, std::ptrdiff_t y) {
    std::vector<std::uint8_t> row;
    auto const across = static_cast<std::size_t>(samples.shape.width) * samples.channels;
    for (std::size_t i = 0; i < across; ++i) {
        std::uint16_t const value = samples.values[static_cast<std::size_t>(y) * across + i];
        if (samples.bits == 16) {
            row.push_back(static_cast<std::uint8_t>(value & 0xffU)); // the machine's order
            row.push_back(static_cast<std::uint8_t>(value >> 8U));
        } else {
            row.push_back(static_cast<std::uint8_t>(value));
        }
    }
    return row;
}

} // namespace

Samples make_waves(Shape shape, std::size_t channels, unsigned bits) {
    Samples samples{shape, channels, bits, {}};
    double const greatest = static_cast<double>((1U << bits) - 1);
    for (std::ptrdiff_t y = 0; y < shape.height; ++y) {
        for (std::ptrdiff_t x = 0; x < shape.width; ++x) {
            for (std::size_t c = 0; c < channels; ++c) {
                double const phase = 2 * std::numbers::pi *
                                     (static_cast<double>(x) / static_cast<double>(shape.width) +
                                      static_cast<double>(y * static_cast<std::ptrdiff_t>(c + 1)) /
                                          static_cast<double>(shape.height));
                samples.values.push_back(static_cast<std::uint16_t>(
                    std::lround(greatest * (0.5 + 0.5 * std::sin(phase)))));
            }
        }
    }
    return samples;
}

std::vector<std::byte> make_jpeg(Samples const& samples, JpegForm const& form) {
    jpeg_compress_struct jpeg{};
    jpeg_error_mgr errors{};
    jpeg.err = jpeg_std_error(&errors);
    jpeg_create_compress(&jpeg);
    unsigned char* bytes = nullptr;
    unsigned long size = 0;
    jpeg_mem_dest(&jpeg, &bytes, &size);
    jpeg.image_width = static_cast<JDIMENSION>(samples.shape.width);
    jpeg.image_height = static_cast<JDIMENSION>(samples.shape.height);
    jpeg.input_components = static_cast<int>(samples.channels);
    jpeg.in_color_space = samples.channels == 1   ? JCS_GRAYSCALE
                          : samples.channels == 3 ? JCS_RGB
                                                  : JCS_CMYK;
    jpeg_set_defaults(&jpeg);
    jpeg_set_quality(&jpeg, form.quality, TRUE);
    for (int i = 0; i < jpeg.num_components; ++i) { // no colour is averaged over pixels
        jpeg.comp_info[i].h_samp_factor = jpeg.comp_info[i].v_samp_factor = 1;
    }
    if (form.progressive) {
        jpeg_simple_progression(&jpeg);
    }
    std::array<jpeg_scan_info, 3> scans{};
    if (form.apart) {
        for (int i = 0; i < 3; ++i) {
            scans[static_cast<std::size_t>(i)] = {1, {i, 0, 0, 0}, 0, 63, 0, 0};
        }
        jpeg.scan_info = scans.data();
        jpeg.num_scans = 3;
    }
    jpeg_start_compress(&jpeg, TRUE);
    if (!form.exif.empty()) {
        std::vector<unsigned char> segment{'E', 'x', 'i', 'f', 0, 0};
        for (std::byte const byte : form.exif) {
            segment.push_back(std::to_integer<unsigned char>(byte));
        }
        jpeg_write_marker(
            &jpeg, JPEG_APP0 + 1, segment.data(), static_cast<unsigned>(segment.size()));
    }
    for (std::ptrdiff_t y = 0; y < samples.shape.height; ++y) {
        auto row = row_bytes(samples, y);
        JSAMPLE* rows = row.data();
        jpeg_write_scanlines(&jpeg, &rows, 1);
    }
    jpeg_finish_compress(&jpeg);
    auto const* first = reinterpret_cast<std::byte const*>(bytes);
    std::vector<std::byte> all{first, first + size};
    jpeg_destroy_compress(&jpeg);
    std::free(bytes); // NOLINT(cppcoreguidelines-no-malloc): libjpeg's own
    return all;
}

std::vector<std::byte> make_png(Samples const& samples, PngForm const& form) {
    std::vector<std::byte> all;
    png_structp png = png_create_write_struct(PNG_LIBPNG_VER_STRING, nullptr, nullptr, nullptr);
    png_infop info = png_create_info_struct(png);
    png_set_write_fn(
        png,
        &all,
        [](png_structp writer, png_bytep bytes, std::size_t count) {
            auto& into = *static_cast<std::vector<std::byte>*>(png_get_io_ptr(writer));
            auto const* first = reinterpret_cast<std::byte const*>(bytes);
            into.insert(into.end(), first, first + count);
        },
        [](png_structp) {});
    int const colour = samples.channels == 1
                           ? (form.alpha ? PNG_COLOR_TYPE_GRAY_ALPHA : PNG_COLOR_TYPE_GRAY)
                       : form.alpha ? PNG_COLOR_TYPE_RGB_ALPHA
                                    : PNG_COLOR_TYPE_RGB;
    png_set_IHDR(png,
                 info,
                 static_cast<png_uint_32>(samples.shape.width),
                 static_cast<png_uint_32>(samples.shape.height),
                 static_cast<int>(samples.bits),
                 colour,
                 form.interlaced ? PNG_INTERLACE_ADAM7 : PNG_INTERLACE_NONE,
                 PNG_COMPRESSION_TYPE_DEFAULT,
                 PNG_FILTER_TYPE_DEFAULT);
    png_write_info(png, info);
    png_set_packing(png);
    if (samples.bits == 16) {
        png_set_swap(png);
    }
    std::vector<std::vector<std::uint8_t>> rows;
    std::vector<png_bytep> places;
    for (std::ptrdiff_t y = 0; y < samples.shape.height; ++y) {
        auto const row = row_bytes(samples, y);
        rows.emplace_back();
        std::size_t const pixel = samples.channels * (samples.bits == 16 ? 2 : 1);
        for (std::size_t i = 0; i < row.size(); ++i) {
            rows.back().push_back(row[i]);
            if (form.alpha && i % pixel == pixel - 1) {
                rows.back().insert(rows.back().end(), samples.bits == 16 ? 2 : 1, 77);
            }
        }
    }
    for (auto& row : rows) {
        places.push_back(row.data());
    }
    png_write_image(png, places.data());
    png_write_end(png, nullptr);
    png_destroy_write_struct(&png, &info);
    return all;
}

std::vector<std::byte> make_tiff_picture(Samples const& samples, TiffForm const& form) {
    auto const path = std::filesystem::temp_directory_path() /
                      ("contremarque-picture-" + std::to_string(::getpid()) + ".tif");
    {
        std::unique_ptr<TIFF, void (*)(TIFF*)> const tiff{
            TIFFOpen(path.c_str(), form.big_endian ? "wb" : "wl"), TIFFClose};
        TIFF* const out = tiff.get();
        for (std::uint32_t page = 0; page <= form.reduced_pages; ++page) {
            bool const reduced = page < form.reduced_pages;
            auto const width = static_cast<std::uint32_t>(samples.shape.width);
            auto const height = static_cast<std::uint32_t>(samples.shape.height);
            TIFFSetField(out, TIFFTAG_SUBFILETYPE, reduced ? 1 : 0);
            TIFFSetField(out, TIFFTAG_IMAGEWIDTH, width);
            TIFFSetField(out, TIFFTAG_IMAGELENGTH, reduced ? 1 : height);
            TIFFSetField(out, TIFFTAG_BITSPERSAMPLE, samples.bits);
            TIFFSetField(out, TIFFTAG_SAMPLESPERPIXEL, static_cast<int>(samples.channels));
            TIFFSetField(out, TIFFTAG_COMPRESSION, form.compression);
            TIFFSetField(out,
                         TIFFTAG_PHOTOMETRIC,
                         samples.channels == 1 ? PHOTOMETRIC_MINISBLACK : PHOTOMETRIC_RGB);
            TIFFSetField(out,
                         TIFFTAG_PLANARCONFIG,
                         form.apart ? PLANARCONFIG_SEPARATE : PLANARCONFIG_CONTIG);
            std::size_t const sample = samples.bits / 8;
            std::size_t const planes = form.apart ? samples.channels : 1;
            std::size_t const inside = form.apart ? 1 : samples.channels;
            // A rectangle of one plane; beyond the picture zeros.
            auto const cut = [&](std::ptrdiff_t y0,
                                 std::ptrdiff_t x0,
                                 std::size_t h,
                                 std::size_t w,
                                 std::size_t plane) {
                std::vector<std::uint8_t> part(h * w * inside * sample);
                for (std::size_t i = 0; i < h * w * inside; ++i) {
                    auto const y = y0 + static_cast<std::ptrdiff_t>(i / inside / w);
                    auto const x = x0 + static_cast<std::ptrdiff_t>(i / inside % w);
                    if (y < samples.shape.height && x < samples.shape.width) {
                        std::uint16_t const value =
                            samples.values[static_cast<std::size_t>(y * samples.shape.width + x) *
                                               samples.channels +
                                           i % inside + plane];
                        std::memcpy(part.data() + i * sample, &value, sample);
                    }
                }
                return part;
            };
            if (form.tile != 0) {
                TIFFSetField(out, TIFFTAG_TILEWIDTH, form.tile);
                TIFFSetField(out, TIFFTAG_TILELENGTH, form.tile);
            } else {
                TIFFSetField(out, TIFFTAG_ROWSPERSTRIP, 7);
            }
            std::uint32_t number = 0;
            std::uint32_t const rows = reduced ? 1 : height;
            for (std::size_t plane = 0; plane < planes; ++plane) {
                std::uint32_t const step = form.tile != 0 ? form.tile : 7;
                for (std::uint32_t y = 0; y < rows; y += step) {
                    std::uint32_t const across = form.tile != 0 ? form.tile : width;
                    for (std::uint32_t x = 0; x < width; x += across, ++number) {
                        std::size_t const high =
                            form.tile != 0 ? form.tile : std::min(step, rows - y);
                        auto part = cut(y, x, high, across, plane);
                        auto const size = static_cast<tmsize_t>(part.size());
                        form.tile != 0 ? TIFFWriteEncodedTile(out, number, part.data(), size)
                                       : TIFFWriteEncodedStrip(out, number, part.data(), size);
                    }
                }
            }
            TIFFWriteDirectory(out);
        }
    }
    auto bytes = read_file(path);
    std::filesystem::remove(path);
    return bytes;
}

std::vector<std::byte> with_png_chunk(std::vector<std::byte> const& png,
                                      char const* kind,
                                      std::span<std::byte const> data) {
    std::vector<std::byte> chunk;
    auto const number = [&](std::uint32_t value) {
        for (unsigned shift = 32; shift > 0; shift -= 8) {
            chunk.push_back(static_cast<std::byte>(value >> (shift - 8) & 0xffU));
        }
    };
    number(static_cast<std::uint32_t>(data.size()));
    auto const* name = reinterpret_cast<std::byte const*>(kind);
    chunk.insert(chunk.end(), name, name + 4);
    chunk.insert(chunk.end(), data.begin(), data.end());
    std::uint32_t sum = 0xffffffffU; // CRC-32 of name and data (PNG specification, annex D)
    for (std::size_t i = 4; i < chunk.size(); ++i) {
        sum ^= std::to_integer<std::uint32_t>(chunk[i]);
        for (int bit = 0; bit < 8; ++bit) {
            sum = (sum & 1U) != 0 ? 0xedb88320U ^ sum >> 1U : sum >> 1U;
        }
    }
    number(~sum);
    constexpr std::ptrdiff_t behind_header = 8 + 25;
    std::vector<std::byte> all{png};
    all.insert(all.begin() + behind_header, chunk.begin(), chunk.end());
    return all;
}

} // namespace cmq::test
