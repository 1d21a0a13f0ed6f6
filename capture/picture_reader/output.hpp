// SPDX-License-Identifier: GPL-3.0-or-later

/// \file
/// Writing the answer. What a C library calls a fatal error ends the program at once: the answer written before says
/// how far it came, and no frame of the library is unwound.

#pragma once

#include "capture/picture_reader/answer.hpp"

#include <cstddef>
#include <span>
#include <string_view>

namespace cmq::capture {

struct ReaderLimits {
    std::uint32_t pixels;
};

/// At its place in the output; ends the program where that fails.
void put(std::size_t place, void const* bytes, std::size_t length) noexcept;

template <class Answer>
void put_answer(Answer const& answer) noexcept {
    put(0, &answer, sizeof(answer));
}

/// Ends the program with the answer as it stands.
[[noreturn]] void finish() noexcept;

/// Writes the answer with a status and ends.
[[noreturn]] void
finish(PictureAnswer& answer, ReaderStatus status, std::string_view form = {}) noexcept;

/// Who decodes, for the record.
void name_library(PictureAnswer& answer, std::string_view name) noexcept;

/// Writes the facts of a picture before its samples are decoded, as damaged until all are there.
/// Ends with too_large or too_few_bytes where the file cannot hold such a picture.
void begin_samples(PictureAnswer& answer, std::size_t file_bytes, ReaderLimits limits) noexcept;

} // namespace cmq::capture
