// SPDX-License-Identifier: GPL-3.0-or-later

/// \file
/// The raw plane of a camera file, decoded in a program of its own.

#pragma once

#include "capture/decoder/answer.hpp"
#include "capture/read_capture.hpp"
#include "core/image_view.hpp"
#include "system/limited_child.hpp"

#include <cstddef>
#include <cstdint>
#include <span>

namespace cmq::capture {

/// A checked answer: sizes agree with the bytes, the visible area lies in the raw area, colours are
/// a Bayer cell, numbers are finite, texts end. The photosites lie in memory shared with the child that is gone.
struct Decoded {
    Answer answer;
    ChildOutput output;

    [[nodiscard]] ImageView<std::uint16_t const> plane() const;
};

/// Runs the decoder program on the bytes of a file.
/// Limits: 3 s of processor time below 1 MB, else 10 s and 1 s for each 10 MB; memory by max_photosites.
/// \throws Error format, unsupported, limits  see read_capture
/// \throws Error io  the decoder cannot be started
[[nodiscard]] Decoded decode(std::span<std::byte const> bytes, ReadSettings const& settings);

/// Refuses an answer that contradicts itself, the length of the output or that of the file.
/// \throws Error format, unsupported, limits  the decoder's own refusal, as a sentence
/// \throws Error internal  an answer that no working decoder gives
void check_answer(Answer const& answer, std::size_t output_bytes, std::size_t file_bytes);

/// Refuses a plane that ends in rows without any variation: what LibRaw makes of missing data.
/// \throws Error format
void check_last_rows(ImageView<std::uint16_t const> plane, std::uint32_t white_level);

} // namespace cmq::capture
