// SPDX-License-Identifier: GPL-3.0-or-later

/// \file
/// What sharp borders of a texture leave in the filtered planes. Internal.

#pragma once

#include "detect/background.hpp"
#include "detect/cells.hpp"

#include <array>
#include <vector>

namespace cmq::detect {

/// Two directions of z, each as long as the standard deviation of what a border lets through along it: borders that run
/// down the frame part even from odd columns, borders that run across it even from odd rows.
using BorderLeak = std::array<PerPlane<float>, 2>;

/// The four planes' photosites lie at different places. A border as sharp as a photosite is therefore seen differently by
/// each, and a filter of each plane alone cannot undo it: what is too fine for the plane's lattice comes back as light
/// in the plane's own phase. How much there can be shows in what is just not too fine: the fourth differences of each
/// plane, root mean square around a bin (a Gaussian of a cell). What they are on average in the blocks around, noise and
/// weave and borders, is in the measured covariance already and taken off. docs/methods/detect.md, section 4.
class BorderLeaks {
public:
    /// Borrows all three. On a background that is no cloth (set_cloth) nothing leaks.
    /// Cost: an operation a photosite.
    BorderLeaks(Cells const& cells, Background const& background, Cfa const& cfa, unsigned threads);

    /// Of a bin of the filter's lattice. binning: cells; the widest filter lets nothing through. Cost: some 3 000 operations.
    [[nodiscard]] BorderLeak
    of_bin(std::ptrdiff_t y, std::ptrdiff_t x, std::ptrdiff_t binning) const {
        return around({binning * y, binning * (y + 1)}, {binning * x, binning * (x + 1)}, binning);
    }

    /// The same where that filter stands on a cell.
    [[nodiscard]] BorderLeak
    of_cell(std::ptrdiff_t y, std::ptrdiff_t x, std::ptrdiff_t binning) const {
        return around({y, y + 1}, {x, x + 1}, binning);
    }

private:
    [[nodiscard]] BorderLeak around(Span rows, Span columns, std::ptrdiff_t binning) const;

    using ByAxis = std::array<std::vector<double>, 2>;

    Cells const& cells_;
    Background const& background_;
    Cfa const& cfa_;
    PerPlane<ByAxis> mean_square_; // DN^2, by block; empty: no cloth
};

} // namespace cmq::detect
