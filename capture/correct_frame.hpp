// SPDX-License-Identifier: GPL-3.0-or-later

/// \file
/// A frame corrected photosite by photosite, its variance carried along.

#pragma once

#include "core/frame.hpp"

#include <span>

namespace cmq::capture {

/// What is taken off and divided by; an empty span leaves that step out. Spans hold frame.shape.area() values.
struct Corrections {
    std::span<float const> dark_dn;   ///< mean dark frame above black, DN
    PerPlane<double> dark_sigma_dn{}; ///< standard uncertainty of one photosite of dark_dn
    /// Standard deviation of what dark_dn leaves over where its exposure was not that of the frame, DN.
    PerPlane<double> dark_mismatch_dn{};
    /// y = x (1 - curvature x): the response bends by this much, per DN; 0 for a straight line.
    PerPlane<double> curvature_per_dn{};
    std::span<float const> flat; ///< relative response, mean 1
    PerPlane<double>
        flat_sigma{}; ///< relative standard uncertainty of one photosite where flat is 1
};

/// Computes anew value and variance of every photosite, from a value y above black:
///
///     x = 2 y / (1 + sqrt(1 - 4 c y))             straightened, c the curvature
///     v = (x - dark) / flat
///     var v = (noise(x - dark) / (1 - 4 c y) + dark_sigma^2 + dark_mismatch^2) / flat^2 + (v flat_sigma)^2 / flat
///
/// with noise = read^2 + gain max(x - dark, 0) + (prnu (x - dark))^2 of frame.noise, whose read noise is that of the
/// raw numbers. A flat of n frames is known to flat_sigma / sqrt(flat) where light alone makes its noise.
///
/// frame.noise then speaks of the corrected frame at flat = 1: read noise with dark_sigma and dark_mismatch in it,
/// prnu that of the flat map where it was divided by one.
///
/// \pre spans are empty or fit; flat > 0; values are raw numbers minus black, corrected by nothing yet
/// Photosites where 4 c y exceeds 0.75 are masked as saturated: there the straightened value is no measurement.
void correct_frame(Corrections const& corrections, Frame& frame, unsigned threads);

} // namespace cmq::capture
