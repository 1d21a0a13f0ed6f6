// SPDX-License-Identifier: GPL-3.0-or-later

/// \file
/// How far each cell of a frame stands out of its noise, in false colours.

#pragma once

#include "core/frame.hpp"
#include "detect/detect_traces.hpp"
#include "report/document.hpp"
#include "report/picture.hpp"

#include <array>
#include <cstdint>
#include <vector>

namespace cmq::report {

using Rgb = std::array<std::uint8_t, 3>;

/// The significance's colours: viridis, whose lightness rises throughout, so that the colour-blind and a
/// black-and-white print show the same order. 0 to 1, clamped.
/// Source: S. van der Walt, N. Smith, matplotlib 1.5 (CC0), nine of its entries with straight lines between.
[[nodiscard]] Rgb viridis(double share) noexcept;

inline constexpr Rgb below_border_colour{0xea, 0xea, 0xea}; ///< less than the border of a trace
inline constexpr Rgb no_part_colour{0x8c, 0x8c, 0x8c};      ///< took no part in the search

/// Signal-to-noise on a logarithmic scale from the border of a trace to the clearest.
struct SignificanceScale {
    double low = 1.0;
    double high = 2.0;

    /// Along the colours, 0 to 1 between low and high.
    [[nodiscard]] double share(double snr) const;
};

/// \pre detection was made with Settings::keep_significance
[[nodiscard]] SignificanceScale measure_significance_scale(detect::Detection const& detection);

/// What lies behind the pixels of a picture, row by row.
struct SignificancePixels {
    int width = 0;
    std::vector<float> snr;         ///< largest behind the pixel; 0: below the border of a trace
    std::vector<char> inside;       ///< some of it belongs to a trace
    std::vector<char> without_part; ///< all of it took no part

    [[nodiscard]] Pixels coloured(SignificanceScale const& scale) const;
};

/// Pixels of photosites_per_pixel photosites a side, as to_picture lays them over the region.
/// \pre detection is of this frame and was made with Settings::keep_significance; the region lies in it
[[nodiscard]] SignificancePixels to_significance_pixels(Frame const& frame,
                                                        detect::Detection const& detection,
                                                        Region const& region,
                                                        int photosites_per_pixel);

/// The map of the region of another picture of the frame, in its pixels; stretch.low_dn and high_dn are the ends of the
/// scale, signal-to-noise, not DN.
[[nodiscard]] FramePicture to_significance_picture(Frame const& frame,
                                                   detect::Detection const& detection,
                                                   FramePicture const& like);

/// The map with its scale as a bar above it, low on the left, and a dark line across it where a trace begins. The numbers
/// are for the caption.
/// \param threshold  signal-to-noise that a trace must reach
[[nodiscard]] Pixels with_scale_bar(FramePicture const& map, double threshold);

} // namespace cmq::report
