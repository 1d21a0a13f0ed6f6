// SPDX-License-Identifier: GPL-3.0-or-later

/// \file
/// Matched filters for a plane whose background is textured: what repeats itself is filtered out. Internal.

#pragma once

#include "detect/plane_relief.hpp"
#include "detect/plane_segments.hpp"

namespace cmq::detect {

/// Photosites at the edges of the picture, and around those without a value, that are not examined.
inline constexpr std::ptrdiff_t whitening_margin = 8;

/// The scan of scan_plane, with filters template / power: the power spectrum of the plane is the median
/// over windows of 64 x 64, so that no trace enters it. Values of the second scale stand for 2 x 2
/// photosites. Values are divided by the relief as well as by the noise: texture grows with the light.
/// Everything with |z| at or above `low` is kept, whatever its share.
/// Cost: 0.2 microseconds a photosite.
[[nodiscard]] PlaneScan scan_whitened(ImageView<float const> values,
                                      PlaneMesh const& mesh,
                                      PlaneSurface const& level,
                                      PlaneSurface const& weight,
                                      PlaneRelief const& relief,
                                      float low,
                                      unsigned threads);

} // namespace cmq::detect
