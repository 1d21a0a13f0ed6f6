// SPDX-License-Identifier: GPL-3.0-or-later

/// \file
/// What differs from photosite to photosite in a mean dark frame or a flat map. Internal.

#pragma once

#include "capture/frame_contrasts.hpp"
#include "core/frame.hpp"

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace cmq::capture {

/// Squares about a tilted plane in blocks of 8 x 8 photosites of one plane: what differs between neighbours,
/// without lamp, lens and glow. Blocks with a photosite left out do not count.
struct ResidualSums {
    double squares = 0;
    double degrees = 0;
    double levels = 0;        ///< sum over blocks of degrees times the mean level
    double level_squares = 0; ///< sum over blocks of degrees times the mean level squared

    ResidualSums& operator+=(ResidualSums const& other) noexcept;
    ResidualSums& operator-=(ResidualSums const& other) noexcept;
};

inline constexpr double residual_degrees = 61.0; ///< of a block: 64 less a mean and two slopes
/// Share of the variance of row shifts that stays: 8 rows less a mean and a slope, 8 photosites each.
inline constexpr double row_share_in_residual = 48.0 / 61.0;

/// One entry a band.
[[nodiscard]] PerPlane<std::vector<ResidualSums>>
measure_residuals(std::vector<float> const& map,
                  Shape const& shape,
                  Cfa const& cfa,
                  std::vector<std::uint8_t> const& left_out,
                  unsigned threads);

/// Middle and spread of the photosites of one plane in one tile of up to 16 x 16 of them.
struct Tile {
    float median = 0;
    float spread = 0; ///< as a standard deviation, from the median absolute deviation
    std::size_t photosites = 0;
};

/// Tiles of a map, row by row, per plane.
struct Tiles {
    std::size_t across = 0;
    std::size_t down = 0;
    PerPlane<std::vector<Tile>> plane;

    [[nodiscard]] static std::size_t place(std::size_t pixel) noexcept;
    [[nodiscard]] Tile const& at(std::size_t p, std::size_t y, std::size_t x) const noexcept;

    /// Median over the tiles of a plane of their spread.
    [[nodiscard]] double usual_spread(std::size_t p) const;
};

[[nodiscard]] Tiles measure_tiles(std::vector<float> const& map,
                                  Shape const& shape,
                                  Cfa const& cfa,
                                  std::vector<std::uint8_t> const& left_out,
                                  unsigned threads);

/// Adds mask_bit::hot where the mean dark frame stands more than 8 robust standard deviations of the map, and
/// at least least_dn of the plane, above the median of its tile. Returns how many.
std::size_t mark_hot(std::vector<float> const& dark,
                     Shape const& shape,
                     Cfa const& cfa,
                     PerPlane<double> const& least_dn,
                     std::vector<std::uint8_t>& defects,
                     unsigned threads);

/// Adds mask_bit::dead where the flat map is less than half or more than one and a half times the median of its
/// tile, and 8 standard uncertainties of one photosite away. Returns how many.
std::size_t mark_dead(std::vector<float> const& flat,
                      Shape const& shape,
                      Cfa const& cfa,
                      PerPlane<double> const& flat_sigma,
                      std::vector<std::uint8_t>& defects,
                      unsigned threads);

} // namespace cmq::capture
