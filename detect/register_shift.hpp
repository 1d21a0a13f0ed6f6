// SPDX-License-Identifier: GPL-3.0-or-later

/// \file
/// Correlation of two small pictures at all shifts, by Fourier transform. Internal.

#pragma once

#include "detect/register_pyramid.hpp"

#include <complex>
#include <cstddef>
#include <vector>

namespace cmq::detect {

/// A shift and how much it stands out.
struct ShiftPeak {
    double x =
        0.0; ///< the moving picture shows at (x0 + x, y0 + y) what the reference shows at (x0, y0)
    double y = 0.0;
    double z = 0.0; ///< correlation there in standard deviations of that at all shifts
};

/// A picture's Fourier transform; the picture fades to its edges (Hann's window) and is padded with 0.
struct Spectrum {
    std::size_t side = 0; ///< a power of two
    std::vector<std::complex<double>> value;
};

/// \param side  a power of two, at least the picture's longer side
[[nodiscard]] Spectrum to_spectrum(Grey const& grey, std::size_t side);

/// The least power of two that holds both.
[[nodiscard]] std::size_t common_side(Shape a, Shape b);

/// All shifts of two pictures, circular.
class ShiftSurface {
public:
    /// \param whitening  0: plain correlation; 1: phase correlation (every period counts alike); between: the
    ///                   amplitudes to the power 1 - whitening
    /// \pre both have the same side
    ShiftSurface(Spectrum const& reference, Spectrum const& moving, double whitening);

    [[nodiscard]] ShiftPeak highest() const;
    /// At no shift.
    [[nodiscard]] double z_at_zero() const;
    /// The highest beyond that distance from no shift, in standard deviations.
    [[nodiscard]] double highest_beyond(double distance) const;

private:
    [[nodiscard]] double z(std::size_t row, std::size_t column) const;

    std::size_t side_;
    std::vector<double> value_;
    double mean_ = 0.0;
    double sd_ = 0.0;
};

} // namespace cmq::detect
