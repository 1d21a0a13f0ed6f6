// SPDX-License-Identifier: GPL-3.0-or-later

/// \file
/// What a masked photosite counts as. Internal.

#pragma once

#include "detect/cells.hpp"

namespace cmq::detect {

/// The residual of a plane's photosite; of a masked one, the mean of the good ones of its plane in the 3 x 3 cells
/// around, 0 without any.
[[nodiscard]] double
filled_residual(Cells const& cells, std::size_t plane, std::ptrdiff_t y, std::ptrdiff_t x);

} // namespace cmq::detect
