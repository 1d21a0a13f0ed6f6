// SPDX-License-Identifier: GPL-3.0-or-later

/// \file
/// What a camera's own programs leave of a frame: denoised photosites, or a JPEG picture. Their noise is correlated
/// from photosite to photosite, and its level is no longer that of the photons: for studies of false traces.

#pragma once

#include "core/frame.hpp"

namespace processed {

struct Denoising {
    /// Standard deviation of a Gaussian mean over photosites of one plane, in steps of that plane (2 photosites).
    double blur_sd = 0.7;
    /// 0: the Gaussian alone. Above: only neighbours within so many standard deviations of the noise take part, as
    /// programs do that keep edges (J.-S. Lee, Digital image smoothing and the sigma filter, CVGIP 24 (1983) 255).
    double edge_sigmas = 0.0;
};

/// Each plane for itself; values rounded to whole numbers, as a file holds them. Noise and variance are what the frame
/// shows afterwards (estimate_own_noise: too low, as white noise is assumed). Masked photosites stay as they were and
/// take no part.
[[nodiscard]] cmq::Frame to_denoised_frame(cmq::Frame const& frame, Denoising const& form);

struct JpegForm {
    int quality = 90; ///< of libjpeg
    bool half_colour =
        true; ///< colour at half the resolution each way (4:2:0), as most cameras have it
    double white_dn =
        0.0; ///< DN above black that become 255; 0: four times the greatest plane's median
};

/// The frame as a picture and back: bilinear demosaicing, the sRGB curve, a JPEG of 8 bits by libjpeg, the curve
/// undone, and of each pixel the colour that the photosite there has. No white balance or colour matrix.
/// saturated: 255 in the picture. Noise and variance as in to_denoised_frame.
/// Source of the curve: IEC 61966-2-1:1999.
[[nodiscard]] cmq::Frame to_jpeg_frame(cmq::Frame const& frame, JpegForm const& form);

} // namespace processed
