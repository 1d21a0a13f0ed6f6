// SPDX-License-Identifier: GPL-3.0-or-later

#include "capture/camera_profile.hpp"

namespace cmq::capture {

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

std::optional<ProfileNote> to_profile_note(std::string_view text) noexcept {
    for (std::uint8_t i = 0; !to_text(static_cast<ProfileNote>(i)).empty(); ++i) {
        if (to_text(static_cast<ProfileNote>(i)) == text) {
            return static_cast<ProfileNote>(i);
        }
    }
    return {};
}

} // namespace cmq::capture
