// SPDX-License-Identifier: GPL-3.0-or-later

/// \file
/// Sequencing reads as FASTQ text.

#pragma once

#include <cstddef>
#include <string_view>
#include <vector>

namespace cmq::lab {

/// One read; views into the text that it was read from.
struct AmpliconRead {
    std::string_view name;      ///< the first word after '@'
    std::string_view bases;     ///< letters
    std::string_view qualities; ///< Phred + 33, as many
};

inline constexpr std::size_t longest_read = 20'000;

/// Reads of four lines each, as sequencers write them. A carriage return at the end of a line is passed over.
/// \throws Error format  what is not so: the sentence names the line
/// \throws Error limits  a read longer than longest_read
/// \throws Error insufficient  no read at all
[[nodiscard]] std::vector<AmpliconRead> parse_fastq(std::string_view text);

} // namespace cmq::lab
