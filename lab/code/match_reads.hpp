// SPDX-License-Identifier: GPL-3.0-or-later

/// \file
/// Which code each read of an amplicon run bears, if any.

#pragma once

#include "lab/code/amplicon_reads.hpp"
#include "lab/code/code_alignment.hpp"
#include "lab/code/code_scanner.hpp"
#include "lab/code/read_errors.hpp"

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace cmq::lab {

enum class ReadState : std::uint8_t {
    assigned,
    no_primers, ///< neither primer was found on either strand
    too_far,    ///< farther from every code than may be
    ambiguous,  ///< another code explains it nearly as well
    chimera,    ///< begins as one code and ends as another
};

/// What was made of one read.
struct ReadMatch {
    ReadState state = ReadState::no_primers;
    std::uint32_t lot = 0; ///< the nearest code; of an assigned or ambiguous read
    std::uint32_t rival =
        0; ///< the next nearest, of these; the same as lot where there is one code only
    std::uint16_t distance = 0; ///< to the nearest code; of an assigned, ambiguous or far read
    std::uint16_t rival_distance = 0; ///< of a read without its exact code
    double log10_lr = 0.0;    ///< that code against the better of its rival and random bases
    double log10_rival = 0.0; ///< that code against the rival alone
    bool is_reversed = false; ///< the read runs against the code
    std::uint32_t begin =
        0; ///< where the piece begins that was compared, on the strand of the code
    std::uint32_t end = 0;
    CodeEnds ends = CodeEnds::anywhere; ///< how the code may stand in that piece
};

/// What a read must reach.
struct MatchLimits {
    std::size_t most_distance = 0; ///< edits to the nearest code
    double least_log10_lr = 2.0;   ///< against its rival and against random bases
};

/// Assigns reads one by one; the same read gives the same answer in any order and on any thread.
///
/// Exact codes are looked up; every other read is compared with all codes (CodeScanner), and the best two are weighed with
/// the qualities of the read.
class ReadMatcher {
public:
    /// \param codes  A, C, G, T, each once, at most longest_scanned_code bases
    /// \pre primers are empty or of shortest_primer to longest_primer bases A, C, G, T
    ReadMatcher(std::vector<std::string> codes,
                AmpliconLayout const& layout,
                ReadErrors const& errors,
                MatchLimits limits);
    ~ReadMatcher();
    ReadMatcher(ReadMatcher const&) = delete;
    ReadMatcher& operator=(ReadMatcher const&) = delete;

    /// Where a worker keeps its memory between reads.
    struct Workplace {
        StrandedRead read;
        std::vector<std::uint16_t> distances;
    };

    /// Leaves the read, on the strand of its code, in the workplace.
    [[nodiscard]] ReadMatch match(AmpliconRead const& read, Workplace& workplace) const;

private:
    struct Parts;
    std::unique_ptr<Parts const> parts_;
};

} // namespace cmq::lab
