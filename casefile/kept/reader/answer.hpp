// SPDX-License-Identifier: GPL-3.0-or-later

/// \file
/// What contremarque-case-reader hands to its parent: this, then the content or a sentence.

#pragma once

#include <cstddef>
#include <cstdint>

namespace cmq::casefile {

enum class AnswerStatus : std::uint32_t {
    done = 0,      ///< to_bytes(KeptCase) follows
    refused = 1,   ///< a sentence follows: something a case file never holds
    broken = 2,    ///< a sentence follows: damaged, or another layout
    no_filter = 3, ///< this machine has no filter of system calls; nothing was read
};

inline constexpr std::uint64_t answer_magic = 0x3245534143514d43; // "CMQCASE2"

struct Answer {
    std::uint64_t magic = answer_magic;
    AnswerStatus status = AnswerStatus::broken;
    std::uint32_t french_bytes = 0; ///< of a sentence: so many bytes in French, then the English
};

inline constexpr std::size_t answer_bytes = sizeof(Answer);

/// The most that a case file may hold, unpacked.
inline constexpr std::uint64_t most_content_bytes = std::uint64_t{1} << 29U;

} // namespace cmq::casefile
