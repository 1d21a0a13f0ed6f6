// SPDX-License-Identifier: GPL-3.0-or-later

/// \file
/// The noise model of one frame: from that frame alone, or from its DNG tag.

#pragma once

#include "core/frame.hpp"

#include <cstddef>
#include <optional>
#include <span>

namespace cmq::capture {

struct NoiseEstimate {
    NoiseModel model;
    bool well_determined = false; ///< relative uncertainty of gain at most 0.25 in every plane
    PerPlane<std::size_t> blocks_used{};
    PerPlane<double> signal_dn{}; ///< median over the blocks: where the model is known best
    PerPlane<bool>
        gain_is_shared{}; ///< the plane alone did not determine it: all planes together did
};

/// Estimates read noise and gain of each plane from the frame's values.
///
/// Each plane is cut into blocks of 8 x 8 photosites, and each block is split by a discrete cosine
/// transform (orthonormal: the coefficients of white noise are independent and have the variance of one
/// photosite). The nine finest (periods up to 3.2 photosites of the plane along both axes) are noise;
/// texture, edges and gradients show first in the others. So the blocks are sorted by mean signal into up
/// to 32 classes; in each, the twentieth with the least mean square of the others and the rest of the
/// smoothest quarter give one point each: mean square of the nine as the variance at their mean signal.
/// Chosen by one, measured by the other: no bias of selection.
///
/// A line variance = read^2 + gain * signal is fitted with weights 1 / var(variance). As texture
/// lifts points and nothing lowers them, it starts from the line through two points that has the
/// least truncated misfit, and leaves out what lies more than three standard deviations above it.
/// Blocks with a masked photosite or a raw 0 are left out. Where a plane's range of signal does not
/// determine its gain, the gain is fitted to all planes at once, as they share one converter; where
/// read^2 comes out below that of rounding, 1/12 DN^2 stands.
///
/// \param frame    shape, cfa, value, mask and black_dn are read
/// \return         uncertainties from the fit, widened by sqrt(chi2/dof) where that exceeds 1
///
/// \throws Error insufficient  fewer than 16 usable blocks in a plane
///
/// Cost: one pass; 24 bytes for each block.
/// Limits: what one frame cannot tell apart counts as noise: texture as fine as three photosites of a plane, and fixed
/// pattern; prnu is 0. Row banding is not among the nine and not in read_noise_dn. Where a file was denoised or
/// compressed with loss, the result is too low. A dark, even frame determines read noise, not gain.
/// Checked in: tests/capture/estimate_noise_test.cpp (simulated sensor of known gain).
[[nodiscard]] NoiseEstimate estimate_noise(Frame const& frame, unsigned threads);

/// What a frame shows of its noise, beside what another model states. DN^2, at one signal of each plane.
struct NoiseComparison {
    PerPlane<double> signal_dn{}; ///< the frame's median
    PerPlane<double> shown_dn2{}; ///< variance by estimate_noise
    PerPlane<double> stated_dn2{};

    /// Some plane shows over twice, or under half, what is stated. Less can be the estimate's own error: texture of the
    /// finest cloth brings up to 1.7 (docs/methods/noise.md).
    [[nodiscard]] bool stated_too_low() const noexcept;
    [[nodiscard]] bool stated_too_high() const noexcept;
};

/// Compares a stated noise model with the frame it is stated for.
/// \return nothing where a plane has fewer than 64 usable blocks
[[nodiscard]] std::optional<NoiseComparison>
compare_noise(NoiseModel const& stated, Frame const& frame, unsigned threads);

/// The DNG NoiseProfile tag: pairs (S, O) for each colour, or one pair for all; the normalised signal x
/// has variance S x + O, so gain = S range and read^2 = O range^2 with range = white - black.
/// Source: DNG specification 1.4, tag 51041.
/// \param pairs  2 numbers, or 2 for each of red, green, blue, or 2 for each plane in cell order
/// \return       nothing where the tag does not fit or gives a variance that is not positive
[[nodiscard]] std::optional<NoiseModel> to_noise_model(std::span<double const> pairs,
                                                       PerPlane<double> const& range_dn);

} // namespace cmq::capture
