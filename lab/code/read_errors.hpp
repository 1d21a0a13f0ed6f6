// SPDX-License-Identifier: GPL-3.0-or-later

/// \file
/// How an amplicon is built, and how often the reads of its run go wrong.

#pragma once

#include "lab/code/amplicon_reads.hpp"
#include "lab/code/code_alignment.hpp"
#include "lab/code/primer.hpp"

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace cmq::lab {

/// How the amplicon is built: forward primer, molecular identifier, code, reverse primer.
struct AmpliconLayout {
    std::string forward; ///< A, C, G, T; empty: not known
    std::string reverse; ///< as it stands behind the code; empty: not known
    std::size_t umi = 0; ///< bases of the identifier; 0: none
};

inline constexpr std::size_t shortest_primer = 8;
inline constexpr std::size_t longest_primer = 64;

/// A read on the strand of its code: numbers of its bases, and Phred qualities.
struct StrandedRead {
    std::vector<std::uint8_t> bases;
    std::vector<std::uint8_t> qualities;
};

void to_stranded(AmpliconRead const& read, bool is_reversed, StrandedRead& into);

/// How the errors of a run are measured: on the primers, whose bases are known.
/// At most the first 2000 reads with a primer are used; without primers the errors are assumed (ReadErrors).
[[nodiscard]] ReadErrors measure_read_errors(std::span<AmpliconRead const> reads,
                                             AmpliconLayout const& layout);

/// The layout with the reverse primer as it stands in the reads: primers are often ordered as the other strand.
/// Told from the first 2000 reads; where neither form is seen, it stays as it was given.
struct OrientedLayout {
    AmpliconLayout layout;
    bool was_turned = false;
};

[[nodiscard]] OrientedLayout orient_reverse(std::span<AmpliconRead const> reads,
                                            AmpliconLayout const& layout);

} // namespace cmq::lab
