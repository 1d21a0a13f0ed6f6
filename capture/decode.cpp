// SPDX-License-Identifier: GPL-3.0-or-later

#include "capture/decode.hpp"

#include "core/error.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstring>
#include <string>

namespace cmq::capture {
namespace {

constexpr std::uintmax_t megabyte = 1'000'000;

// Far below what any camera writes (lossy CR3 has about 2), far above a small file that claims a large picture.
constexpr double fewest_bits_per_photosite = 0.25;

ChildLimits limits_for(std::size_t file_bytes, ReadSettings const& settings) {
    ChildLimits limits;
    limits.cpu = std::chrono::seconds{
        file_bytes < megabyte ? 3 : 10 + static_cast<long>(file_bytes / (10 * megabyte))};
    // Other programs may hold the processor; this only ends what sleeps for ever.
    limits.wall = 20 * limits.cpu;
    limits.output_bytes = answer_plane_offset + std::uintmax_t{2} * settings.max_photosites;
    // The program and its libraries, the file, LibRaw's plane and the buffers of its routines.
    limits.address_space_bytes =
        400 * megabyte + file_bytes + std::uintmax_t{6} * settings.max_photosites;
    return limits;
}

template <std::size_t N>
std::string text_of(std::array<char, N> const& field) {
    return {field.data(), ::strnlen(field.data(), N)};
}

[[noreturn]] void refuse(ErrorKind kind, std::string const& sentence) {
    throw Error{kind, sentence};
}

void refuse_unless_done(Answer const& answer) {
    switch (answer.status) {
    case AnswerStatus::done:
        return;
    case AnswerStatus::no_filter:
        refuse(
            ErrorKind::unsupported,
            "this machine refuses the filter of system calls (seccomp) under which foreign files "
            "are decoded, so nothing was read");
    case AnswerStatus::not_raw:
        refuse(ErrorKind::unsupported,
               "this is no camera RAW file that LibRaw can unpack, or a part "
               "of it that names its kind is missing");
    case AnswerStatus::not_bayer:
        refuse(
            ErrorKind::unsupported,
            "the picture is no mosaic of 2 x 2 Bayer cells (already mixed into colours, X-Trans or "
            "another pattern), and only such a mosaic can be measured");
    case AnswerStatus::not_allowed:
        refuse(ErrorKind::unsupported,
               "files of this kind (LibRaw's routine " + text_of(answer.decoder) +
                   ") are not read");
    case AnswerStatus::too_large:
        refuse(ErrorKind::limits,
               "the picture (" + std::to_string(answer.raw_width) + " x " +
                   std::to_string(answer.raw_height) +
                   " photosites) is larger than the limit of this program");
    case AnswerStatus::out_of_memory:
        refuse(ErrorKind::limits, "decoding needs more memory than the limit of this program");
    case AnswerStatus::damaged:
    case AnswerStatus::started:
        break;
    }
    refuse(ErrorKind::format,
           answer.data_errors > 0
               ? "decoding met " + std::to_string(answer.data_errors) +
                     " broken places in the raw data: the file is damaged or cut short"
               : "decoding failed on damaged or missing data; ask for a complete copy of the file");
}

bool is_bayer(std::array<std::uint8_t, 4> const& colours) {
    static constexpr std::array<std::array<std::uint8_t, 4>, 4> known{
        {{0, 1, 1, 2}, {1, 0, 2, 1}, {1, 2, 0, 1}, {2, 1, 1, 0}}};
    return std::ranges::find(known, colours) != known.end();
}

bool sizes_agree(Answer const& answer, std::size_t output_bytes) {
    auto const photosites = std::uint64_t{answer.raw_width} * answer.raw_height;
    return answer.width > 1 && answer.height > 1 && answer.raw_width <= 1U << 17U &&
           answer.raw_height <= 1U << 17U &&
           std::uint64_t{answer.left_margin} + answer.width <= answer.raw_width &&
           std::uint64_t{answer.top_margin} + answer.height <= answer.raw_height &&
           output_bytes == answer_plane_offset + 2 * photosites;
}

bool numbers_are_sound(Answer const& answer) {
    auto const sound = [](double value) { return std::isfinite(value) && std::abs(value) < 1e9; };
    bool const black = std::ranges::all_of(answer.black, [&](double level) {
        return sound(level) && level >= 0 && level < answer.maximum;
    });
    return black && answer.maximum > 0 && answer.maximum <= 65535;
}

} // namespace

ImageView<std::uint16_t const> Decoded::plane() const {
    // Aligned: the mapping begins at a page and the plane at another.
    auto const* first =
        reinterpret_cast<std::uint16_t const*>(output.bytes().data() + answer_plane_offset);
    return {first, {answer.raw_height, answer.raw_width}, answer.raw_width};
}

void check_answer(Answer const& answer, std::size_t output_bytes, std::size_t file_bytes) {
    if (answer.magic != answer_magic) {
        refuse(ErrorKind::internal,
               "the decoder program does not fit this program; install both from one version");
    }
    refuse_unless_done(answer);
    if (!is_bayer(answer.colours) || !sizes_agree(answer, output_bytes)) {
        refuse(ErrorKind::format, "the sizes that the file states contradict each other");
    }
    if (!numbers_are_sound(answer)) {
        refuse(ErrorKind::format, "the black or white level that the file states is impossible");
    }
    if (answer.black_is_uniform == 0) {
        refuse(ErrorKind::unsupported,
               "the file states a black level that changes within a colour; such files are not "
               "read yet");
    }
    auto const photosites = static_cast<double>(answer.raw_width) * answer.raw_height;
    if (8.0 * static_cast<double>(file_bytes) < fewest_bits_per_photosite * photosites) {
        refuse(ErrorKind::format,
               "the file has too few bytes for the " + std::to_string(answer.raw_width) + " x " +
                   std::to_string(answer.raw_height) + " photosites that it claims");
    }
}

void check_last_rows(ImageView<std::uint16_t const> plane, std::uint32_t white_level) {
    auto const rows = plane.shape().height;
    auto const is_constant = [&](std::ptrdiff_t y) {
        // Per colour: real photosites differ by noise, unless all of them are saturated.
        auto const row = plane.row(y);
        for (std::size_t x = 2; x < row.size(); ++x) {
            if (row[x] != row[x - 2]) {
                return false;
            }
        }
        return row[0] < white_level;
    };
    std::ptrdiff_t constant = 0;
    while (constant < rows && is_constant(rows - 1 - constant)) {
        ++constant;
    }
    // A sensor may end in a few dummy rows; missing data is more than that.
    if (constant > std::max<std::ptrdiff_t>(8, rows / 100)) {
        refuse(ErrorKind::format,
               "the last " + std::to_string(constant) + " of " + std::to_string(rows) +
                   " rows hold no picture: the file is damaged or cut short");
    }
}

Decoded decode(std::span<std::byte const> bytes, ReadSettings const& settings) {
    auto const memory_mb = std::uintmax_t{2} * settings.max_photosites / megabyte + 64;
    auto const limits = limits_for(bytes.size(), settings);
    ChildResult result =
        run_limited_child(settings.decoder,
                          {std::to_string(settings.max_photosites), std::to_string(memory_mb)},
                          bytes,
                          limits);
    if (result.end == ChildEnd::limit) {
        refuse(ErrorKind::limits,
               "decoding did not end within " + std::to_string(limits.cpu.count()) +
                   " s of processor time, as happens with damaged or hostile files");
    }
    if (result.end == ChildEnd::other_signal) {
        refuse(ErrorKind::format,
               "the decoder broke off (signal " + std::to_string(result.code) +
                   "), as happens with damaged or hostile files");
    }
    auto const output = result.output.bytes();
    if (result.code != 0 || output.size() < sizeof(Answer)) {
        refuse(ErrorKind::internal,
               "the decoder program gave no answer (status " + std::to_string(result.code) + ")");
    }
    Decoded decoded;
    std::memcpy(&decoded.answer, output.data(), sizeof(Answer));
    check_answer(decoded.answer, output.size(), bytes.size());
    decoded.output = std::move(result.output);
    check_last_rows(decoded.plane(), decoded.answer.maximum);
    return decoded;
}

} // namespace cmq::capture
