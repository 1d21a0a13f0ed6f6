// SPDX-License-Identifier: GPL-3.0-or-later

#include "capture/camera_profile.hpp"
#include "capture/read_capture.hpp"

namespace cmq::capture {

std::string_view to_text(BlackOrigin origin) noexcept {
    switch (origin) {
    case BlackOrigin::masked_photosites:
        return "masked_photosites";
    case BlackOrigin::file:
        return "file";
    }
    return "";
}

std::string_view to_text(CaptureWarning warning) noexcept {
    switch (warning) {
    case CaptureWarning::no_masked_photosites:
        return "no_masked_photosites";
    case CaptureWarning::auto_exposure:
        return "auto_exposure";
    case CaptureWarning::unnamed_camera:
        return "unnamed_camera";
    case CaptureWarning::perhaps_lossy:
        return "perhaps_lossy";
    case CaptureWarning::noise_uncertain:
        return "noise_uncertain";
    case CaptureWarning::black_is_zero:
        return "black_is_zero";
    case CaptureWarning::dark_exposure_differs:
        return "dark_exposure_differs";
    }
    return "";
}

std::string_view to_text(ProfileNote note) noexcept {
    switch (note) {
    case ProfileNote::few_levels:
        return "few_levels";
    case ProfileNote::linearity_unknown:
        return "linearity_unknown";
    case ProfileNote::saturation_unknown:
        return "saturation_unknown";
    case ProfileNote::black_as_stated:
        return "black_as_stated";
    case ProfileNote::rounding_hides_noise:
        return "rounding_hides_noise";
    case ProfileNote::levels_left_out:
        return "levels_left_out";
    case ProfileNote::lamp_corrected:
        return "lamp_corrected";
    case ProfileNote::iso_unknown:
        return "iso_unknown";
    case ProfileNote::flat_left_out:
        return "flat_left_out";
    case ProfileNote::exposure_unknown:
        return "exposure_unknown";
    }
    return "";
}

} // namespace cmq::capture
