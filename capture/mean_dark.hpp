// SPDX-License-Identifier: GPL-3.0-or-later

/// \file
/// Dark frames of a case without a camera profile: their mean, taken off.

#pragma once

#include "capture/read_capture.hpp"

#include <optional>
#include <span>
#include <vector>

namespace cmq::capture {

struct MeanDark {
    Shape shape;
    Cfa cfa;
    std::string make;
    std::string model;
    std::optional<double> iso;
    std::optional<double> exposure_s;
    std::vector<float> dn;       ///< mean above black, DN
    PerPlane<double> sigma_dn{}; ///< standard uncertainty of one photosite
    PerPlane<double> mean_dn{};  ///< over the plane
    PerPlane<double> mean_dn_sigma{};
    std::size_t frames = 0;
};

/// Mean of frames taken with the lens covered, one camera, ISO setting and exposure.
///
/// sigma_dn is read_noise / sqrt(frames), with the read noise of the frames' own model: dark current adds to it.
/// \pre not empty; none was corrected
/// \throws Error shape   frames differ in size or pattern
/// \throws Error domain  another camera, ISO setting or exposure; a frame that is not dark: its mean lies more than
///                       a hundredth of the white level above black in some plane
[[nodiscard]] MeanDark make_mean_dark(std::span<Capture const> frames);

/// Whether the dark frames speak of this capture: same camera, ISO setting, size, and an exposure within a tenth.
[[nodiscard]] bool fits(MeanDark const& dark, Capture const& capture);

/// Takes the mean off; the capture keeps its own noise model.
/// \pre fits(dark, capture); neither a profile nor dark frames were applied to it
void subtract_dark(MeanDark const& dark, Capture& capture, unsigned threads);

} // namespace cmq::capture
