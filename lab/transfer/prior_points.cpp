// SPDX-License-Identifier: GPL-3.0-or-later

#include "lab/transfer/prior_points.hpp"

#include "core/error.hpp"
#include "core/random.hpp"

#include <algorithm>
#include <array>
#include <cmath>

namespace cmq::lab {

namespace {

constexpr unsigned bits = 14;
constexpr std::uint64_t points = std::uint64_t{1} << bits;

constexpr std::array<std::uint32_t, lattice_coordinates> generating{
    1,    3535, 7335, 1253, 3735, 2539, 6007, 1375, 1523, 7115, 1977, 3963, 111,  1393, 7059, 6431,
    937,  6221, 2239, 5163, 477,  153,  4023, 4305, 4995, 7231, 5177, 8027, 4529, 6711, 2345, 7517,
    5255, 4541, 7705, 3565, 2363, 395,  2401, 3725, 6941, 2063, 5505, 731,  2221, 7151, 5127, 1367,
    5751, 5601, 2641, 2471, 7269, 3551, 4363, 7825, 3171, 1207, 1281, 1171, 3891, 231,  1117, 6259};

std::uint64_t reversed(std::uint64_t index) {
    std::uint64_t result = 0;
    for (unsigned b = 0; b < bits; ++b) {
        result |= (index >> b & 1U) << (bits - 1 - b);
    }
    return result;
}

} // namespace

double prior_point(std::uint64_t seed, std::uint64_t number, std::size_t coordinate) {
    CMQ_EXPECTS(coordinate < lattice_coordinates);
    std::uint64_t const index = number / lattices;
    std::uint64_t const lattice = number % lattices + lattices * (index / points);
    double const shift = Random{seed, static_cast<std::uint32_t>(coordinate), lattice}.uniform();
    std::uint64_t const place = generating[coordinate] * reversed(index % points) % points;
    double const at = static_cast<double>(place) / static_cast<double>(points) + shift;
    double const folded = std::abs(2.0 * (at < 1.0 ? at : at - 1.0) - 1.0);
    return std::clamp(folded, 0x1p-60, 1.0 - 0x1p-53);
}

} // namespace cmq::lab
