// SPDX-License-Identifier: GPL-3.0-or-later

/// \file
/// What a camera profile's file is called, and the most that it may hold.

#pragma once

#include "system/h5/kind.hpp"

#include <cstdint>

namespace cmq::capture {

inline constexpr std::uint64_t most_profile_photosites = 200'000'000; ///< as ReadSettings

inline constexpr H5Kind profile_kind{
    .title = "CONTREMARQUE PROFILE 1\n",
    .program = "contremarque-profile-reader",
    .example = "profile.h5",
    .name = {"profil d’appareil", "camera profile"},
    .file = {"le profil d’appareil", "the camera profile"},
    .levels = 2,    // root, a group of datasets
    .objects = 100, // 4 groups and their datasets
    .bytes = 9 * most_profile_photosites + (std::uint64_t{1} << 22U),
};

} // namespace cmq::capture
