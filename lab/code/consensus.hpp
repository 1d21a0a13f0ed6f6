// SPDX-License-Identifier: GPL-3.0-or-later

/// \file
/// What several reads of one code say together, base by base.

#pragma once

#include "lab/code/code_alignment.hpp"

#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace cmq::lab {

/// What one read says at each base of a code: a base number, missing_base or unknown_base; and whether bases stand
/// before it, or behind the last, that the code lacks.
struct CodeVotes {
    std::vector<std::uint8_t> bases;
    std::vector<std::uint8_t> inserted; ///< one more than bases
};

inline constexpr std::uint8_t missing_base = 4;
inline constexpr std::uint8_t unknown_base = 5;

[[nodiscard]] CodeVotes votes_of(CodeAlignment const& aligned, BaseSpan code, BaseSpan text);

/// The votes of reads that agree with the code throughout.
[[nodiscard]] CodeVotes votes_of(BaseSpan code);

/// Adds up votes.
class CodePile {
public:
    explicit CodePile(std::size_t code_bases);

    void add(CodeVotes const& votes);

    /// Most votes win, of equal ones the code's own base; bases are put in where more than half say so.
    [[nodiscard]] CodeVotes consensus(BaseSpan code) const;

    [[nodiscard]] std::size_t size() const noexcept { return size_; }

private:
    std::size_t size_ = 0;
    std::vector<std::array<std::uint32_t, 6>> bases_;
    std::vector<std::uint32_t> inserted_;
};

/// Edits between a code and what was voted.
[[nodiscard]] std::size_t count_differences(CodeVotes const& votes, BaseSpan code);

/// The voted bases as text; a place with an insertion holds an N.
[[nodiscard]] std::string to_bases(CodeVotes const& votes);

/// Molecules by their identifiers: one that differs in one base from another with at least twice its reads less one, or by
/// one base lost or gained (which moves the others by one place) from one with at least twice its reads, is taken for a
/// wrong copy of it. Gives for each identifier the one that stands for its molecule.
/// Source: T. Smith, A. Heger, I. Sudbery, Genome Res. 27 (2017) 491 (directional).
[[nodiscard]] std::unordered_map<std::string, std::string>
merge_identifiers(std::unordered_map<std::string, std::uint64_t> const& counts);

} // namespace cmq::lab
