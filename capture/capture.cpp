// SPDX-License-Identifier: GPL-3.0-or-later

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
    case CaptureWarning::noise_stated_low:
        return "noise_stated_low";
    case CaptureWarning::noise_stated_high:
        return "noise_stated_high";
    case CaptureWarning::dark_exposure_differs:
        return "dark_exposure_differs";
    }
    return "";
}

} // namespace cmq::capture
