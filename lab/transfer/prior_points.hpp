// SPDX-License-Identifier: GPL-3.0-or-later

/// \file
/// Where the draws of the population parameters lie: 32 shifted lattices, which fill the cube more evenly than
/// independent draws.

#pragma once

#include <cstddef>
#include <cstdint>

namespace cmq::lab {

/// Draws whose numbers agree modulo this belong to one lattice; the lattices are independent of each other, so that
/// an error is estimated from their means.
inline constexpr std::size_t lattices = 32;

/// The largest number of coordinates.
inline constexpr std::size_t lattice_coordinates = 64;

/// Coordinate of one draw, in (0, 1): uniform over seeds, and over the numbers of one lattice as even as a rank-1
/// lattice is, folded in the middle (x becomes |2x - 1|), so that what is not periodic is integrated as if it were. After 2^14 draws of a lattice a new one with shifts of its own goes on.
/// \pre coordinate < lattice_coordinates
/// Source: the shift, R. Cranley and T. N. L. Patterson, SIAM J. Numer. Anal. 13 (1976) 904; points in the order of
/// the reversed bits, so that any first 2^m are a lattice: R. Cools, F. Y. Kuo, D. Nuyens, SIAM J. Sci. Comput. 28
/// (2006) 2162; the fold: F. J. Hickernell, in Monte Carlo and Quasi-Monte Carlo Methods 2000 (2002) 274. The generating vector is our own (docs/decisions/0412).
[[nodiscard]] double prior_point(std::uint64_t seed, std::uint64_t number, std::size_t coordinate);

} // namespace cmq::lab
