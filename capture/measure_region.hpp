// SPDX-License-Identifier: GPL-3.0-or-later

/// \file
/// Light of a part of a frame, and against a target.

#pragma once

#include "core/frame.hpp"

#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace cmq::capture {

/// Rows and columns of the visible area: [y, y + height), [x, x + width).
struct FrameRegion {
    std::ptrdiff_t x = 0;
    std::ptrdiff_t y = 0;
    std::ptrdiff_t width = 0;
    std::ptrdiff_t height = 0;
};

/// \throws Error domain  the region is empty or reaches beyond the frame
void check_region(Frame const& frame, FrameRegion const& region);

/// A number and its standard uncertainty.
struct WithSigma {
    double value = 0;
    double sigma = 0;
};

/// Mean signal of the good photosites of a region.
struct RegionLight {
    PerPlane<WithSigma> mean_dn;  ///< noise of the photosites and uncertainty of the black level
    PerPlane<double> spread_dn{}; ///< standard deviation over the region: texture and noise
    PerPlane<std::size_t> photosites{};
    double masked_share = 0; ///< of the region's photosites
};

/// \throws Error domain        the region reaches beyond the frame
/// \throws Error insufficient  fewer than 16 good photosites in a plane, or more than a tenth masked
[[nodiscard]] RegionLight measure_region(Frame const& frame, FrameRegion const& region);

/// Radiance of a region over that of a target, each per second of its exposure; per plane.
/// sigma: both relative uncertainties in quadrature. Nothing where the target gave no light beyond its uncertainty.
[[nodiscard]] PerPlane<std::optional<WithSigma>> relative_radiance(RegionLight const& region,
                                                                   double exposure_s,
                                                                   RegionLight const& target,
                                                                   double target_exposure_s);

/// A calibrated target: what its certificate states. Without one there are no absolute units.
struct TargetCertificate {
    PerPlane<double> radiance{}; ///< in `unit`, in the band of each plane under this lamp, above 0
    PerPlane<double> sigma{};    ///< standard uncertainty
    std::string unit;
    std::string source; ///< certificate, laboratory, date
};

/// Relative radiance times the certificate's, its uncertainty included.
/// \throws Error domain  a radiance not above 0, a negative uncertainty, no unit or no source
[[nodiscard]] PerPlane<std::optional<WithSigma>>
absolute_radiance(PerPlane<std::optional<WithSigma>> const& relative,
                  TargetCertificate const& certificate);

/// Output of the lamp in one capture over that in the first.
struct LampDrift {
    WithSigma relative{1, 0}; ///< all planes, weighted by their variances
    double chi2 =
        0; ///< of the planes about it, 3 degrees of freedom: large when the colour changed
    bool drifted = false;        ///< further from 1 than three standard uncertainties
    bool colour_changed = false; ///< chi2 above 16.3, which chance exceeds once in 1000
};

/// One entry a capture, the first being 1 by definition.
/// \param targets, exposures_s  of the same target; as many as captures
/// \throws Error insufficient  the target gives no light in the first capture
[[nodiscard]] std::vector<LampDrift> measure_drift(std::span<RegionLight const> targets,
                                                   std::span<double const> exposures_s);

} // namespace cmq::capture
