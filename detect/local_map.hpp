// SPDX-License-Identifier: GPL-3.0-or-later

/// \file
/// The significance at every cell of a small part of the frame, whatever the lattice of its filter. Internal.

#pragma once

#include "detect/background.hpp"
#include "detect/node_rows.hpp"
#include "detect/whitening.hpp"

#include <array>
#include <vector>

namespace cmq::detect {

/// A part of the frame, cells.
struct Part {
    Span rows;
    Span columns;

    [[nodiscard]] std::size_t area() const noexcept {
        return static_cast<std::size_t>((rows.last - rows.first) * (columns.last - columns.first));
    }

    [[nodiscard]] std::size_t at(std::ptrdiff_t y, std::ptrdiff_t x) const noexcept {
        return static_cast<std::size_t>((y - rows.first) * (columns.last - columns.first) + x -
                                        columns.first);
    }

    [[nodiscard]] bool holds(std::ptrdiff_t y, std::ptrdiff_t x) const noexcept {
        return y >= rows.first && y < rows.last && x >= columns.first && x < columns.last;
    }
};

/// Evaluates one filter cell by cell: a Gaussian of sigma cells on the planes as they are, weighed like the
/// level of that binning.
class LocalFilter {
public:
    /// Borrows cells, background, forms and leaks.
    LocalFilter(Cells const& cells,
                Background const& background,
                Cfa const& cfa,
                std::ptrdiff_t sigma,
                std::vector<SignificanceForm> const& forms,
                BorderLeaks const& leaks);

    /// signed_significance of each cell of the part; 0 where a plane has too little data.
    ///
    /// Cost: 60 sigma operations a cell.
    [[nodiscard]] std::vector<float> significance(Part const& part) const;

private:
    void filter_plane(std::size_t plane, Part const& part, std::vector<float>& z) const;

    Cells const& cells_;
    Background const& background_;
    std::vector<SignificanceForm> const& forms_;
    BorderLeaks const& leaks_;
    std::ptrdiff_t sigma_;
    std::ptrdiff_t reach_;
    PerPlane<std::vector<float>> tap_y_;
    PerPlane<std::vector<float>> tap_x_;
    PerPlane<NodeRows> inverse_unit_;
};

} // namespace cmq::detect
