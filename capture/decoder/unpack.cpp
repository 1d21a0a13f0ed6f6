// SPDX-License-Identifier: GPL-3.0-or-later

#include "capture/decoder/unpack.hpp"

#include "capture/decoder/raw_file.hpp"

#include <libraw/libraw.h>

#include <algorithm>
#include <cerrno>
#include <cmath>
#include <cstring>
#include <memory>
#include <new>
#include <string_view>
#include <unistd.h>

namespace cmq::capture {
namespace {

// Routines that give one integer a photosite of a 2 x 2 mosaic and are in use by cameras one meets.
// Left out: anything that makes RGB, YCbCr, floats or several shots, and the formats of before 2000
// that nobody tests. Names: LibRaw 0.20.2.
constexpr std::array<std::string_view, 31> allowed{"android_loose_load_raw",
                                                   "android_tight_load_raw",
                                                   "broadcom_load_raw",
                                                   "canon_load_raw",
                                                   "crxLoadRaw",
                                                   "fuji_14bit_load_raw",
                                                   "fuji_compressed_load_raw",
                                                   "hasselblad_load_raw",
                                                   "leaf_hdr_load_raw",
                                                   "lossless_dng_load_raw",
                                                   "lossless_jpeg_load_raw",
                                                   "nikon_14bit_load_raw",
                                                   "nikon_load_raw",
                                                   "nokia_load_raw",
                                                   "olympus_load_raw",
                                                   "packed_dng_load_raw",
                                                   "packed_load_raw",
                                                   "panasonicC6_load_raw",
                                                   "panasonicC7_load_raw",
                                                   "panasonic_load_raw",
                                                   "pentax_load_raw",
                                                   "phase_one_load_raw",
                                                   "phase_one_load_raw_c",
                                                   "samsung2_load_raw",
                                                   "samsung3_load_raw",
                                                   "samsung_load_raw",
                                                   "sony_arw2_load_raw",
                                                   "sony_arw_load_raw",
                                                   "unpacked_load_raw",
                                                   "unpacked_load_raw_FujiDBP",
                                                   "unpacked_load_raw_reversed"};

constexpr std::string_view lossless_dng = "lossless_dng_load_raw";

template <std::size_t N>
void copy_text(std::array<char, N>& to, std::string_view from) noexcept {
    auto const length = std::min(from.size(), N - 1);
    std::copy_n(from.begin(), length, to.begin());
    to[length] = '\0';
}

// A char array of LibRaw, which may lack its zero byte.
template <class Field>
std::string_view text_of(Field const& field) noexcept {
    return {std::data(field), ::strnlen(std::data(field), std::size(field))};
}

AnswerStatus status_of(int code) noexcept {
    switch (code) {
    case LIBRAW_SUCCESS:
        return AnswerStatus::done;
    case LIBRAW_FILE_UNSUPPORTED:
    case LIBRAW_REQUEST_FOR_NONEXISTENT_IMAGE:
    case LIBRAW_NOT_IMPLEMENTED:
        return AnswerStatus::not_raw;
    case LIBRAW_UNSUFFICIENT_MEMORY:
        return AnswerStatus::out_of_memory;
    case LIBRAW_TOO_BIG:
        return AnswerStatus::too_large;
    default:
        return AnswerStatus::damaged;
    }
}

// 0 red, 1 green, 2 blue; 255 for anything else.
std::uint8_t colour_of(LibRaw& raw, int y, int x) {
    int const colour = raw.COLOR(y, x);
    char const letter = colour >= 0 && colour < 4 ? raw.imgdata.idata.cdesc[colour] : '?';
    return letter == 'R' ? 0 : letter == 'G' ? 1 : letter == 'B' ? 2 : 255;
}

// The colours of the visible cell; false without a Bayer cell of two greens on a diagonal.
bool read_cell(LibRaw& raw, std::array<std::uint8_t, 4>& colours) {
    auto const& data = raw.imgdata;
    if (data.idata.filters < 1000 || data.idata.is_foveon != 0 || data.idata.colors != 3 ||
        raw.is_fuji_rotated() != 0) {
        return false;
    }
    colours = {
        colour_of(raw, 0, 0), colour_of(raw, 0, 1), colour_of(raw, 1, 0), colour_of(raw, 1, 1)};
    for (int y = 2; y < 8; ++y) { // LibRaw's pattern has 8 rows of 2: only a repeat of 2 is Bayer
        for (int x = 0; x < 2; ++x) {
            auto const place = static_cast<std::size_t>(y % 2) * 2 + static_cast<std::size_t>(x);
            if (colour_of(raw, y, x) != colours[place]) {
                return false;
            }
        }
    }
    auto sorted = colours;
    std::ranges::sort(sorted);
    bool const diagonal = colours[0] == 1 ? colours[3] == 1 : colours[1] == 1 && colours[2] == 1;
    return diagonal && sorted == std::array<std::uint8_t, 4>{0, 1, 1, 2};
}

// What it is instead of a Bayer mosaic.
AnswerStatus other_kind(LibRaw const& raw) noexcept {
    auto const& data = raw.imgdata.idata;
    if (data.filters == 9) { // LibRaw's number for it
        return AnswerStatus::x_trans;
    }
    bool const whole = data.filters == 0 && data.colors == 3 && data.is_foveon == 0;
    return whole ? AnswerStatus::demosaiced : AnswerStatus::not_bayer;
}

void copy_sizes(LibRaw const& raw, Answer& answer) noexcept {
    auto const& sizes = raw.imgdata.sizes;
    answer.raw_height = sizes.raw_height;
    answer.raw_width = sizes.raw_width;
    answer.height = sizes.height;
    answer.width = sizes.width;
    answer.top_margin = sizes.top_margin;
    answer.left_margin = sizes.left_margin;
}

void copy_metadata(LibRaw const& raw, Answer& answer) noexcept {
    auto const& data = raw.imgdata;
    copy_text(answer.make, text_of(data.idata.make));
    copy_text(answer.model, text_of(data.idata.model));
    copy_text(answer.unique_model, text_of(data.color.UniqueCameraModel));
    copy_text(answer.software, text_of(data.idata.software));
    copy_text(answer.description, text_of(data.other.desc));
    copy_text(answer.libraw_version, LIBRAW_VERSION_STR);
    answer.raw_images = data.idata.raw_count;
    answer.is_dng = data.idata.dng_version != 0 ? 1 : 0;
    answer.timestamp = data.other.timestamp;
    answer.iso = static_cast<double>(data.other.iso_speed);
    answer.exposure_s = static_cast<double>(data.other.shutter);
    answer.f_number = static_cast<double>(data.other.aperture);
    answer.focal_length_mm = static_cast<double>(data.other.focal_len);
    answer.exposure_program = data.shootinginfo.ExposureProgram;
}

// LibRaw keeps one level, one a colour, and a repeated pattern; the sum of the three is the level.
void copy_black(LibRaw& raw, Answer& answer) {
    auto const& colour = raw.imgdata.color;
    std::uint32_t const rows = colour.cblack[4];
    std::uint32_t const columns = colour.cblack[5];
    bool const pattern = rows > 0 && columns > 0 && rows * columns <= LIBRAW_CBLACK_SIZE - 6;
    auto const level = [&](std::uint32_t y, std::uint32_t x) {
        int const plane = raw.COLOR(static_cast<int>(y), static_cast<int>(x));
        double const own = plane >= 0 && plane < 4 ? colour.cblack[plane] : 0.0;
        double const repeated = pattern ? colour.cblack[6 + y % rows * columns + x % columns] : 0.0;
        return colour.black + own + repeated;
    };
    answer.black_is_uniform = 1;
    for (std::uint32_t y = 0; y < 2 * std::max(rows, 1U) && y < 64; ++y) {
        for (std::uint32_t x = 0; x < 2 * std::max(columns, 1U) && x < 64; ++x) {
            double& known = answer.black[(y & 1U) * 2 + (x & 1U)];
            if (y < 2 && x < 2) {
                known = level(y, x);
            } else if (level(y, x) != known) {
                answer.black_is_uniform = 0;
            }
        }
    }
    answer.maximum = colour.maximum;
}

void copy_masked_areas(LibRaw const& raw, Answer& answer) noexcept {
    for (std::size_t i = 0; i < answer.masked.size(); ++i) {
        std::copy_n(
            static_cast<int const*>(raw.imgdata.sizes.mask[i]), 4, answer.masked[i].begin());
    }
}

bool write_plane(LibRaw const& raw, int descriptor) noexcept {
    auto const& sizes = raw.imgdata.sizes;
    std::size_t const row_bytes = sizes.raw_width * sizeof(ushort);
    std::size_t const pitch = std::max<std::size_t>(sizes.raw_pitch, row_bytes);
    auto const* row = reinterpret_cast<char const*>(raw.imgdata.rawdata.raw_image);
    // Rows without padding go out in one piece.
    bool const whole = pitch == row_bytes;
    std::size_t const pieces = whole ? 1 : sizes.raw_height;
    std::size_t const length = whole ? row_bytes * sizes.raw_height : row_bytes;
    auto place = static_cast<off_t>(answer_plane_offset);
    for (std::size_t i = 0; i < pieces; ++i, row += pitch) {
        std::size_t done = 0;
        while (done < length) {
            ssize_t const count = ::pwrite(descriptor, row + done, length - done, place);
            if (count < 0 && errno == EINTR) {
                continue;
            }
            if (count <= 0) {
                return false;
            }
            done += static_cast<std::size_t>(count);
            place += count;
        }
    }
    return true;
}

AnswerStatus
open(RawFile& raw, MemoryBlock file, UnpackLimits limits, int descriptor, Answer& answer) {
    raw.imgdata.params.max_raw_memory_mb = limits.memory_mb;
    raw.imgdata.params.use_rawspeed = 0;
    raw.imgdata.params.use_dngsdk = 0;
    raw.set_dataerror_handler(nullptr, nullptr); // else LibRaw writes to standard error
    answer.libraw_code = raw.open_buffer(file.first, file.size);
    if (answer.libraw_code != LIBRAW_SUCCESS) {
        return status_of(answer.libraw_code);
    }
    copy_metadata(raw, answer);
    copy_sizes(raw, answer);
    libraw_decoder_info_t routine{};
    if (raw.get_decoder_info(&routine) != LIBRAW_SUCCESS || routine.decoder_name == nullptr) {
        return AnswerStatus::not_raw;
    }
    std::string_view name{routine.decoder_name};
    if (name.ends_with("()")) {
        name.remove_suffix(2);
    }
    copy_text(answer.decoder, name);
    // The mosaic first: "no Bayer mosaic" tells a user more than the name of a routine.
    if (!read_cell(raw, answer.colours)) {
        return other_kind(raw);
    }
    if (std::ranges::find(allowed, name) == allowed.end()) {
        return AnswerStatus::not_allowed;
    }
    if (name == lossless_dng) {
        raw.prefer_own_routine({static_cast<unsigned char const*>(file.first), file.size},
                               descriptor,
                               answer_plane_offset);
    }
    auto const photosites = std::uint64_t{answer.raw_height} * answer.raw_width;
    return photosites > limits.photosites ? AnswerStatus::too_large : AnswerStatus::done;
}

AnswerStatus open_and_unpack(
    RawFile& raw, MemoryBlock file, UnpackLimits limits, int descriptor, Answer& answer) {
    if (auto const status = open(raw, file, limits, descriptor, answer);
        status != AnswerStatus::done) {
        return status;
    }
    answer.libraw_code = raw.unpack();
    answer.data_errors = static_cast<std::uint32_t>(std::max(raw.error_count(), 0));
    if (answer.libraw_code != LIBRAW_SUCCESS) {
        return status_of(answer.libraw_code);
    }
    if (answer.data_errors != 0) {
        return AnswerStatus::damaged;
    }
    if (raw.imgdata.rawdata.raw_image == nullptr) {
        return AnswerStatus::not_bayer;
    }
    if (raw.used_own_routine()) {
        copy_text(answer.decoder, "contremarque_lossless_jpeg");
    }
    copy_sizes(raw, answer); // unpacking may correct them
    copy_black(raw, answer);
    copy_masked_areas(raw, answer);
    bool const written = raw.used_own_routine() || write_plane(raw, descriptor);
    return written ? AnswerStatus::done : AnswerStatus::out_of_memory;
}

} // namespace

std::shared_ptr<void>
unpack(MemoryBlock file, UnpackLimits limits, int descriptor, Answer& answer) noexcept {
    std::shared_ptr<RawFile> raw;
    try {
        raw = std::make_shared<RawFile>();
        answer.status = open_and_unpack(*raw, file, limits, descriptor, answer);
    } catch (std::bad_alloc const&) {
        answer.status = AnswerStatus::out_of_memory;
    } catch (...) {
        answer.status = AnswerStatus::damaged;
    }
    return raw;
}

} // namespace cmq::capture
