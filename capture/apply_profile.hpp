// SPDX-License-Identifier: GPL-3.0-or-later

/// \file
/// A camera profile applied to a capture.

#pragma once

#include "capture/camera_profile.hpp"
#include "capture/read_capture.hpp"

namespace cmq::capture {

/// The noise model of raw numbers that a profile measured: rounding included, fixed pattern as prnu.
[[nodiscard]] NoiseModel to_noise_model(CameraProfile const& profile);

/// Refuses a capture that the profile says nothing about.
/// \throws Error domain  another make, model or ISO setting; simulated on one side only; another white level
/// \throws Error shape   another visible area or colour pattern
void check_profile_fits(CameraProfile const& profile, Capture const& capture);

/// Dark, curvature, flat and defects of the profile, its noise model and its saturation, put into the frame of a
/// capture that was read without any of them. Sets capture.profile.
///
/// The dark map is taken off as it is where the exposures are within a tenth of each other, and where they are not:
/// what it then leaves over is at most the spread of the dark level times the relative difference, which is added
/// to the variance, and a warning says so (dark_exposure_differs).
/// \pre capture.profile is empty: dark frames are never taken off twice
/// \throws Error  as check_profile_fits
void apply_profile(CameraProfile const& profile, Capture& capture, unsigned threads);

} // namespace cmq::capture
