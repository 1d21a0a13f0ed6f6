// SPDX-License-Identifier: GPL-3.0-or-later

#include "capture/picture_reader/output.hpp"

#include <algorithm>
#include <cerrno>
#include <unistd.h>

namespace cmq::capture {
namespace {

constexpr int output = 4;

// An even picture in the sparsest form has 0.01 (deflate) to 0.1 bits a pixel (baseline JPEG), a photograph with
// its noise above 0.1: below this it is not one, and the pixels would cost a thousand times the file.
constexpr double fewest_bits_per_pixel = 0.02;

template <std::size_t N>
void copy_text(std::array<char, N>& to, std::string_view from) noexcept {
    auto const length = std::min(from.size(), N - 1);
    std::copy_n(from.begin(), length, to.begin());
    to[length] = '\0';
}

} // namespace

void put(std::size_t place, void const* bytes, std::size_t length) noexcept {
    auto const* from = static_cast<char const*>(bytes);
    while (length > 0) {
        ssize_t const count = ::pwrite(output, from, length, static_cast<off_t>(place));
        if (count < 0 && errno == EINTR) {
            continue;
        }
        if (count <= 0) {
            ::_exit(1);
        }
        from += count;
        place += static_cast<std::size_t>(count);
        length -= static_cast<std::size_t>(count);
    }
}

void finish() noexcept {
    // Without any destructor: nothing that a hostile file set up runs after this.
    ::_exit(0);
}

void finish(PictureAnswer& answer, ReaderStatus status, std::string_view form) noexcept {
    answer.status = status;
    copy_text(answer.form, form);
    put_answer(answer);
    finish();
}

void name_library(PictureAnswer& answer, std::string_view name) noexcept {
    copy_text(answer.library, name);
}

void begin_samples(PictureAnswer& answer, std::size_t file_bytes, ReaderLimits limits) noexcept {
    auto const pixels = std::uint64_t{answer.width} * answer.height;
    if (pixels == 0) {
        finish(answer, ReaderStatus::damaged);
    }
    if (pixels > limits.pixels) {
        finish(answer, ReaderStatus::too_large);
    }
    if (8.0 * static_cast<double>(file_bytes) <
        fewest_bits_per_pixel * static_cast<double>(pixels)) {
        finish(answer, ReaderStatus::too_few_bytes);
    }
    answer.status = ReaderStatus::damaged;
    put_answer(answer);
}

} // namespace cmq::capture
