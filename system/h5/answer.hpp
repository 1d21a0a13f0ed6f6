// SPDX-License-Identifier: GPL-3.0-or-later

/// \file
/// What a program that reads HDF5 files hands to its parent: this, then the content or a sentence.

#pragma once

#include <cstddef>
#include <cstdint>

namespace cmq {

enum class H5Status : std::uint32_t {
    done = 0,      ///< the content follows, as plain bytes
    refused = 1,   ///< a sentence follows: something that no such file holds
    broken = 2,    ///< a sentence follows: damaged, or another layout
    no_filter = 3, ///< this machine has no filter of system calls; nothing was read
};

inline constexpr std::uint64_t h5_answer_magic = 0x3130304835514d43; // "CMQ5H001"

struct H5Answer {
    std::uint64_t magic = h5_answer_magic;
    H5Status status = H5Status::broken;
    std::uint32_t french_bytes = 0; ///< of a sentence: so many bytes in French, then the English
};

inline constexpr std::size_t h5_answer_bytes = sizeof(H5Answer);

} // namespace cmq
