// SPDX-License-Identifier: GPL-3.0-or-later

/// \file
/// Gaussian matched filters on the four planes, all centred on the middle of the bin. Internal.

#pragma once

#include "detect/background.hpp"
#include "detect/node_rows.hpp"
#include "detect/pyramid.hpp"

#include <array>
#include <memory>
#include <vector>

namespace cmq::detect {

/// A round Gaussian on the lattice of a level, sampled where the photosites of a plane lie: a quarter of
/// a cell before or behind the middle.
///
/// With the bin it works like a Gaussian of sigma = binning cells on the cells themselves.
struct Kernel {
    static constexpr std::ptrdiff_t reach =
        3; ///< taps -reach .. reach; leaves out 0.1 % of the power
    using Taps = std::array<float, 2 * reach + 1>;

    std::ptrdiff_t binning = 1;
    double sigma = 1.0;              ///< lattice steps
    std::array<Taps, 2> tap{};       ///< for photosites before, behind the middle
    double sum = 0.0;                ///< of one axis
    double sum2 = 0.0;               ///< of squares, one axis
    double sum3 = 0.0;               ///< of cubes, one axis
    std::ptrdiff_t stride = 4;       ///< lattice steps at which filtered noise is sampled
    double samples_per_degree = 1.0; ///< samples on that grid that are worth one independent one

    /// sqrt of the filter's squares over photosites: its output has that many times the standard
    /// deviation of a photosite.
    [[nodiscard]] double norm() const noexcept { return sum2 * static_cast<double>(binning); }
};

[[nodiscard]] Kernel make_kernel(std::ptrdiff_t binning);

inline constexpr float missing_steps = 1000.0F; ///< of RowFilter::missing

/// Filters a level row by row; one thread's buffers.
///
/// z is the signal-to-noise of each plane in standard deviations of the background's variance; 0 where
/// less than a quarter of the filter's weight lies on good photosites.
class RowFilter {
public:
    using Rows = PerPlane<std::vector<float>>;

    RowFilter(Level const& level,
              Kernel const& kernel,
              Background const& background,
              Cfa const& cfa);

    /// Looks up the photosites that are missing around a row of blocks.
    void enter(std::ptrdiff_t block_row);

    /// A row of the block row that was entered.
    void row(std::ptrdiff_t y, Rows& z);

    /// z of the four planes at one place, slowly.
    [[nodiscard]] PerPlane<float> at(std::ptrdiff_t y, std::ptrdiff_t x) const;

    /// What the filter lacks at the cells of a row in a block, one byte each: the root of the share of its power,
    /// of the plane that lacks most, in steps of 1 / missing_steps, rounded down, 0.255 at most; nullptr when the block lacks nothing.
    [[nodiscard]] std::uint8_t const* missing(std::ptrdiff_t y, std::ptrdiff_t block_column) const;

private:
    // What all rows share; copies of a filter, one for each thread, look into the same.
    struct Tables {
        PerPlane<NodeRows> inverse_unit;
        PerPlane<Kernel::Taps> tap_y{};
        PerPlane<Kernel::Taps> tap_x{};
        PerPlane<std::vector<float>> power_y{}; // of the filter within the frame, by row, one axis
        PerPlane<std::vector<float>> power_x{}; // by column; times the photosites of a bin
    };

    // A block whose filter lacks photosites somewhere.
    struct Tile {
        bool lacking = false;
        bool at_end = false; // part of the filter lies outside the frame
        Span columns{};
        PerPlane<Span> rows{}; // where factors are not 1, counted from the block's first row
        PerPlane<std::vector<float>> factor; // what its z has to be multiplied by
        std::vector<std::uint8_t> missing;   // see missing()
    };

    [[nodiscard]] static Tables make_tables(Level const& level,
                                            Kernel const& kernel,
                                            Background const& background,
                                            Cfa const& cfa);

    void begin_tile(Span columns, Tile& tile) const;
    void begin_plane(std::size_t plane, Tile& tile) const;
    void take_off(Missing const& missing, Tile& tile) const;
    void finish_tile(Tile& tile) const;

    Level const& level_;
    Kernel const& kernel_;
    std::shared_ptr<Tables const> tables_;
    Span rows_{};
    std::vector<Tile> tiles_;
    std::vector<float> zeros_;
    std::vector<float> down_;  // one row, summed over rows, with zeros at both ends
    std::vector<float> scale_; // what takes a row to standard deviations
    std::vector<float> scratch_;
};

} // namespace cmq::detect
