// SPDX-License-Identifier: GPL-3.0-or-later

/// \file
/// The only code of the project that calls LibRaw.

#pragma once

#include "capture/decoder/answer.hpp"

#include <cstddef>
#include <cstdint>
#include <memory>

namespace cmq::capture {

struct MemoryBlock {
    void* first;
    std::size_t size;
};

struct UnpackLimits {
    std::uint32_t photosites;
    std::uint32_t memory_mb;
};

/// Opens and unpacks, no more; writes the raw plane to the descriptor behind answer_plane_offset, and
/// fills the answer, status included. Throws nothing.
/// \return what LibRaw set up; its destructors run when the caller lets go of it, which the decoder never does
[[nodiscard]] std::shared_ptr<void>
unpack(MemoryBlock file, UnpackLimits limits, int descriptor, Answer& answer) noexcept;

} // namespace cmq::capture
