// SPDX-License-Identifier: GPL-3.0-or-later

#include "capture/picture_reader/decode_pictures.hpp"

#include <algorithm>
#include <bit>
#include <cstring>
#include <png.h>
#include <string>
#include <string_view>
#include <vector>

namespace cmq::capture {
namespace {

// Of chunks that are no picture: texts, profiles, what other programs left.
constexpr png_uint_32 most_chunks = 1000;
constexpr png_alloc_size_t longest_chunk = 8'000'000;

struct Job {
    Bytes rest;
    PictureAnswer* answer;
};

Job& job_of(png_voidp pointer) {
    return *static_cast<Job*>(pointer);
}

[[noreturn]] void end_by_error(png_structp png, png_const_charp words) {
    PictureAnswer& answer = *job_of(png_get_error_ptr(png)).answer;
    bool const memory = std::string_view{words}.find("memory") != std::string_view::npos;
    finish(answer, memory ? ReaderStatus::out_of_memory : ReaderStatus::damaged);
}

void take_warning(png_structp png, png_const_charp /*words*/) {
    ++job_of(png_get_error_ptr(png)).answer->warnings;
}

void read_bytes(png_structp png, png_bytep into, std::size_t count) {
    Job& job = job_of(png_get_io_ptr(png));
    if (count > job.rest.size()) {
        finish(*job.answer, ReaderStatus::damaged);
    }
    std::memcpy(into, job.rest.data(), count);
    job.rest = job.rest.subspan(count);
}

// Frames of an animation (acTL, APNG specification 1.0); 1 without it. Its first picture is the one that is read.
std::uint32_t count_frames(Bytes file) {
    auto const number = [&](std::size_t at) {
        return std::uint32_t{file[at]} << 24U | std::uint32_t{file[at + 1]} << 16U |
               std::uint32_t{file[at + 2]} << 8U | std::uint32_t{file[at + 3]};
    };
    std::size_t place = 8;
    while (file.size() >= 16 && place <= file.size() - 16) {
        std::string_view const kind{reinterpret_cast<char const*>(file.data()) + place + 4, 4};
        if (kind == "acTL") {
            return std::max(number(place + 8), 1U);
        }
        if (kind == "IDAT") {
            return 1;
        }
        place += std::size_t{number(place)} + 12;
    }
    return 1;
}

void set_form(png_structp png, png_infop info) {
    int const colour = png_get_color_type(png, info);
    if (colour == PNG_COLOR_TYPE_PALETTE) {
        png_set_palette_to_rgb(png);
    } else if (colour == PNG_COLOR_TYPE_GRAY && png_get_bit_depth(png, info) < 8) {
        png_set_expand_gray_1_2_4_to_8(png);
    }
    png_set_strip_alpha(png);
    if constexpr (std::endian::native == std::endian::little) {
        png_set_swap(png);
    }
}

} // namespace

void decode_png(Bytes file, ReaderLimits limits, PictureAnswer& answer) {
    Job job{file, &answer};
    png_structp const png =
        png_create_read_struct(PNG_LIBPNG_VER_STRING, &job, end_by_error, take_warning);
    png_infop const info = png == nullptr ? nullptr : png_create_info_struct(png);
    if (info == nullptr) {
        finish(answer, ReaderStatus::out_of_memory);
    }
    png_set_read_fn(png, &job, read_bytes);
    png_set_user_limits(png, limits.pixels, limits.pixels);
    png_set_chunk_cache_max(png, most_chunks);
    png_set_chunk_malloc_max(png, longest_chunk);
    png_read_info(png, info);

    answer.kind = PictureKind::png;
    name_library(answer, std::string{"libpng "} + png_get_libpng_ver(nullptr));
    answer.width = png_get_image_width(png, info);
    answer.height = png_get_image_height(png, info);
    answer.stated_bits = png_get_bit_depth(png, info);
    answer.bits = answer.stated_bits == 16 ? 16 : 8;
    int const colour = png_get_color_type(png, info);
    answer.channels = (colour & PNG_COLOR_MASK_COLOR) != 0 ? 3 : 1;
    answer.is_palette = colour == PNG_COLOR_TYPE_PALETTE ? 1 : 0;
    answer.has_alpha =
        (colour & PNG_COLOR_MASK_ALPHA) != 0 || png_get_valid(png, info, PNG_INFO_tRNS) != 0 ? 1
                                                                                             : 0;
    answer.pages = count_frames(file);
    begin_samples(answer, file.size(), limits);
    set_form(png, info);
    int const passes = png_set_interlace_handling(png);
    png_read_update_info(png, info);
    std::size_t const row_bytes = png_get_rowbytes(png, info);
    if (row_bytes != std::size_t{answer.width} * answer.channels * (answer.bits / 8)) {
        finish(answer, ReaderStatus::damaged);
    }
    // Interlaced rows are filled in turn, so that all of them have to be at hand.
    std::size_t const kept = passes > 1 ? answer.height : 1;
    std::vector<png_byte> rows(row_bytes * kept);
    for (int pass = 0; pass < passes; ++pass) {
        for (std::size_t y = 0; y < answer.height; ++y) {
            png_bytep const row = rows.data() + (kept > 1 ? y : 0) * row_bytes;
            png_read_row(png, row, nullptr);
            if (pass + 1 == passes) {
                put(samples_offset + y * row_bytes, row, row_bytes);
            }
        }
    }
    png_read_end(png, nullptr);
    finish(answer, ReaderStatus::done);
}

} // namespace cmq::capture
