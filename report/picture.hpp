// SPDX-License-Identifier: GPL-3.0-or-later

/// \file
/// Frames as 8-bit pictures for people: binned, stretched the same way, cropped, with a scale.
///
/// Nothing is measured on these pictures. Each 2 x 2 cell becomes red, mean of the two greens, blue, in
/// the sensor's own colours: no white balance, no demosaicing, no sharpening, no noise filter.

#pragma once

#include "core/frame.hpp"
#include "report/document.hpp"

#include <cstddef>
#include <optional>
#include <span>

namespace cmq::report {

/// Part of a frame's visible area, in photosites; all four numbers are even.
struct Region {
    std::ptrdiff_t y = 0;
    std::ptrdiff_t x = 0;
    std::ptrdiff_t height = 0;
    std::ptrdiff_t width = 0;

    friend bool operator==(Region, Region) = default;
};

/// The frame without an odd last row or column.
[[nodiscard]] Region whole(Shape shape) noexcept;

/// Where something was found, in photosites.
struct Spot {
    double x = 0.0;
    double y = 0.0;
    double radius = 0.0;
};

/// The smallest region that holds all spots with a margin of one of their radii, at least least_side
/// photosites a side where the frame allows; the whole frame when there are no spots.
/// \pre shape has at least one 2 x 2 cell
[[nodiscard]] Region
crop_around(Shape shape, std::span<Spot const> spots, std::ptrdiff_t least_side = 256);

/// From DN above black to what a screen shows: 255 * clamp((v - low) / (high - low), 0, 1)^(1/gamma),
/// the same for the three colours.
struct Stretch {
    double low_dn = 0.0;
    double high_dn = 1.0;
    double gamma = 2.2;
};

/// A frame and the part of it that will be shown.
struct View {
    Frame const* frame = nullptr;
    Region region;
};

/// One stretch for pictures that are to be compared: the 1 % and 99.95 % quantiles of the good photosites
/// of all views together (of every k-th row and column where there are more than a million).
/// \pre each view has a frame, and its region lies in it
[[nodiscard]] Stretch measure_stretch(std::span<View const> views);

/// The picture of a region, and where its pixels lie in the frame.
struct FramePicture {
    Pixels pixels;
    Region region;
    int photosites_per_pixel = 2; ///< side of the square of photosites behind one pixel; even
    Stretch stretch;
    bool has_no_data = false; ///< some pixels are drawn in no_data_colour
};

inline constexpr int no_data_red = 196;
inline constexpr int no_data_green = 0;
inline constexpr int no_data_blue = 120;

/// Draws a region. Where it is wider than widest_pixels, squares of 2k x 2k photosites are averaged.
/// Saturated, hot and dead photosites are shown as they were recorded; photosites without data (the
/// letters SIMULATED among them) in a purple that no stretch makes.
/// \pre view.frame is set and the region lies in it; widest_pixels >= 1
[[nodiscard]] FramePicture
to_picture(View const& view, Stretch const& stretch, int widest_pixels = 900);

/// A ring around a spot of the frame, in pixels of the picture; at least 6 pixels in radius, so that it
/// does not cover what it shows.
[[nodiscard]] Mark to_mark(Spot const& spot, FramePicture const& picture, std::string label);

/// A bar of 1, 2 or 5 times a power of ten, at most a quarter of the width: in millimetres where the scale
/// is known, else in photosites.
[[nodiscard]] ScaleBar make_scale_bar(FramePicture const& picture,
                                      std::optional<double> mm_per_photosite,
                                      Language language);

} // namespace cmq::report
