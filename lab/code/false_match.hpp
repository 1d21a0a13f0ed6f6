// SPDX-License-Identifier: GPL-3.0-or-later

/// \file
/// How probable it is that a code that is not in a registry is taken for one that is.

#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <vector>

namespace cmq::lab {

/// For one greatest distance: the probability that a piece of random bases lies within it of any code.
struct FalseMatch {
    std::size_t distance = 0;
    double probability = 0.0;
    double low = 0.0; ///< 95 % interval of the simulation
    double high = 0.0;
    std::uint64_t draws = 0;
};

/// From draws that are each weighed by how much more often they arise so than at random, and are 0 where they show no lot: the
/// mean with its 95 % interval.
/// \param sum, squares  of the weights and of their squares
/// \pre at least two draws
[[nodiscard]] FalseMatch to_false_match(double sum, double squares, std::uint64_t draws);

/// Counts, by simulation, the share of all sequences of some length that end with one of the codes after at most so many
/// insertions, deletions and substitutions.
///
/// The share is far too small to be met by drawing sequences at random. Instead a code is drawn and errors are put into
/// it; each such sequence is weighed by how much more often it arises so than at random, which a sum over all alignments
/// gives exactly, and divided by the number of codes in reach (Karp and Luby). Unbiased for this registry: no bound by
/// counting substitutions, which is too low by 2.6 to 128 times.
///
/// \param codes     A, C, G, T, at most longest_scanned_code bases, each once
/// \param length    of the random piece, at least that of the longest code
/// \param distance  at most that of the shortest code less one
/// \param seed      same seed, same bits
/// Cost: draws times (code times piece + one scan of the registry).
/// Limits: codes are taken as uniformly random and independent; another maker's codes may be drawn otherwise.
/// Source: R. M. Karp, M. Luby, N. Madras, J. Algorithms 10 (1989) 429.
/// Checked in: tests/lab/code/false_match_test.cpp (all sequences of a short length; plain drawing).
[[nodiscard]] FalseMatch count_false_matches(std::span<std::string const> codes,
                                             std::size_t length,
                                             std::size_t distance,
                                             std::uint64_t draws,
                                             std::uint64_t seed);

/// Of distances from 0 on: those up to the first whose probability is above `most`, that one included.
/// \pre as count_false_matches
[[nodiscard]] std::vector<FalseMatch> count_until(std::span<std::string const> codes,
                                                  std::size_t length,
                                                  double most,
                                                  std::uint64_t seed);

} // namespace cmq::lab
