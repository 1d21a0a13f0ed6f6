// SPDX-License-Identifier: GPL-3.0-or-later

/// \file
/// What contremarque-code-reader writes: this head, then bytes.

#pragma once

#include <cstdint>

namespace cmq::lab {

inline constexpr std::uint32_t reader_magic = 0x31444352; ///< "RCD1"

enum class ReaderStatus : std::uint32_t {
    done,         ///< FASTQ text follows
    broken,       ///< damaged or cut short
    no_qualities, ///< a BAM file without qualities
    no_filter,    ///< the machine has no filter of system calls; nothing was read
};

struct ReaderAnswer {
    std::uint32_t magic = reader_magic;
    ReaderStatus status = ReaderStatus::broken;
};

} // namespace cmq::lab
