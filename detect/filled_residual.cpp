// SPDX-License-Identifier: GPL-3.0-or-later

#include "detect/filled_residual.hpp"

#include <algorithm>

namespace cmq::detect {

double filled_residual(Cells const& cells, std::size_t plane, std::ptrdiff_t y, std::ptrdiff_t x) {
    if (cells.is_good(cells.at(y, x), plane)) {
        return static_cast<double>(cells.residual[plane][cells.at(y, x)]);
    }
    double sum = 0.0;
    double count = 0.0;
    for (std::ptrdiff_t ny = std::max<std::ptrdiff_t>(0, y - 1);
         ny < std::min(cells.shape.height, y + 2);
         ++ny) {
        for (std::ptrdiff_t nx = std::max<std::ptrdiff_t>(0, x - 1);
             nx < std::min(cells.shape.width, x + 2);
             ++nx) {
            if (cells.is_good(cells.at(ny, nx), plane)) {
                sum += static_cast<double>(cells.residual[plane][cells.at(ny, nx)]);
                count += 1.0;
            }
        }
    }
    return count > 0.0 ? sum / count : 0.0;
}

} // namespace cmq::detect
