// SPDX-License-Identifier: GPL-3.0-or-later

/// \file
/// The measured numbers of a plane by name, for files. Internal.

#pragma once

#include "capture/camera_profile.hpp"

#include <array>
#include <optional>

namespace cmq::capture {

struct ProfileField {
    char const* name;
    Measured PlaneProfile::*member;
    char const* unit;
    char const* meaning;
};

inline constexpr std::array profile_fields{
    ProfileField{"gain", &PlaneProfile::gain_dn, "DN/e-", "system gain K"},
    ProfileField{"read_noise",
                 &PlaneProfile::read_noise_dn,
                 "DN",
                 "temporal noise in the dark, rounding taken off"},
    ProfileField{"temporal_dark",
                 &PlaneProfile::temporal_dark_dn,
                 "DN",
                 "temporal noise in the dark, as it shows"},
    ProfileField{
        "dark_signal", &PlaneProfile::dark_signal_dn, "DN", "mean of the dark frames above black"},
    ProfileField{"saturation", &PlaneProfile::saturation_dn, "DN", "saturation level above black"},
    ProfileField{"prnu",
                 &PlaneProfile::prnu,
                 "1",
                 "relative spread of the response of neighbouring photosites"},
    ProfileField{"dsnu",
                 &PlaneProfile::dsnu_dn,
                 "DN",
                 "spread of the dark level of neighbouring photosites"},
    ProfileField{"row_noise",
                 &PlaneProfile::row_noise_dn,
                 "DN",
                 "shift common to a row of the plane, new in each frame"},
};

/// What the flats need not tell: NaN in the file where they do not.
struct OptionalProfileField {
    char const* name;
    std::optional<Measured> PlaneProfile::*member;
    char const* unit;
    char const* meaning;
};

inline constexpr std::array optional_profile_fields{
    OptionalProfileField{
        "linearity_error",
        &PlaneProfile::linearity_error,
        "1",
        "greatest relative departure from a line of mean against exposure; NaN: not known"},
    OptionalProfileField{"curvature",
                         &PlaneProfile::curvature_per_dn,
                         "1/DN",
                         "c of the response y = x (1 - c x); NaN: not known"},
};

} // namespace cmq::capture
