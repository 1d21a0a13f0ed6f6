// SPDX-License-Identifier: GPL-3.0-or-later

/// \file
/// The lots whose codes are known, and codes of them that lie too close to be told apart.

#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace cmq::lab {

/// How a lot is coded.
enum class CodeKind : std::uint8_t {
    sequence,  ///< bases of synthetic DNA
    fragments, ///< lengths of fragments of DNA, base pairs
    particle,  ///< what is engraved on particles
    other,     ///< anything that a laboratory reads: a mix of minerals, a number
};

[[nodiscard]] std::string_view name_of(CodeKind kind) noexcept;

/// One lot: everything that was made with one code. A code names a lot, never a shot or a person.
struct Lot {
    std::string name;
    CodeKind kind = CodeKind::sequence;
    std::string sequence;                   ///< A, C, G, T; of kind sequence
    std::vector<double> fragments;          ///< base pairs, rising; of kind fragments
    std::vector<std::string> fragment_dyes; ///< of each fragment; empty: not stated
    std::string text;                       ///< of the other kinds
    std::string product;
    std::string holder;
    std::optional<double> pellets;
    std::optional<double> litres;
    std::vector<std::string> opened; ///< days, YYYY-MM-DD
    std::vector<std::string> deliveries;
    std::vector<std::string> trainings;
    std::vector<std::string> demonstrations;
    std::vector<std::string> people;   ///< who handled it, by the codes that the case uses
    std::vector<std::string> vehicles; ///< that carried it
};

/// A laboratory's negative controls up to now.
struct ControlHistory {
    std::uint64_t positive = 0; ///< in which a code was read
    std::uint64_t all = 0;
};

struct Registry {
    std::vector<Lot> lots; ///< names differ
    /// Share of results that are wrong by the laboratory's own fault (exchange, contamination); none: not stated.
    std::optional<double> laboratory_error;
    std::optional<double> clerical_error; ///< wrongly written or transmitted
    std::string error_source;             ///< where these come from, in the user's words
    std::optional<ControlHistory> negative_controls;
    std::optional<double> sizing_sd; ///< of one fragment's length between runs, base pairs
    std::optional<double>
        index_hopping; ///< share of a lot's reads that turn up in another sample of the run
};

inline constexpr std::size_t most_lots = 100'000;
inline constexpr std::size_t longest_code = 2'000; ///< bases

/// FASTA (names are the first words of the headers), or one sequence a line, named c0, c1, ... in order. Empty lines are
/// passed over.
/// \throws Error format  a line that is no sequence of A, C, G, T (the sentence names the line), a name given twice, a
///                       header without a name or sequence, nothing at all
/// \throws Error limits  more than most_lots, a code longer than longest_code
[[nodiscard]] Registry parse_code_list(std::string_view text);

struct ClosePair {
    std::size_t first = 0; ///< of Registry::lots
    std::size_t second = 0;
    std::size_t distance = 0; ///< insertions, deletions and substitutions; 0: the same code
};

/// Below this, a reading with two errors can lie as near to the one as to the other.
inline constexpr std::size_t close_distance = 5;

/// Beyond this many lots only equal sequences are looked for: comparing all takes the square of the time.
inline constexpr std::size_t most_compared_lots = 20'000;

/// Pairs of lots with sequences nearer than close_distance, nearest first, then in order of the registry; and pairs
/// of other kinds with equal codes.
/// Cost: 15 ms for 1000 codes of 32 bases; grows with the square of their number.
[[nodiscard]] std::vector<ClosePair> find_close_pairs(Registry const& registry);

} // namespace cmq::lab
