// SPDX-License-Identifier: GPL-3.0-or-later

/// \file
/// What photon transfer finds out about one camera at one setting: numbers with intervals, and maps.

#pragma once

#include "core/frame.hpp"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace cmq::capture {

/// A measured number with its standard uncertainty and its 95 % interval.
struct Measured {
    double value = 0;
    double sigma = 0;
    double low = 0;
    double high = 0;
};

/// One colour plane in the terms of EMVA 1288; DN above black unless stated.
struct PlaneProfile {
    Measured gain_dn;        ///< system gain K, DN per electron
    Measured read_noise_dn;  ///< temporal noise in the dark, rounding taken off, DN
    Measured dark_signal_dn; ///< mean of the dark frames above the black level, DN
    Measured
        saturation_dn; ///< level at which the variance falls; the white level where no flat reaches it
    bool saturation_reached = false; ///< false: saturation_dn is only what the file states
    Measured prnu;                   ///< relative spread of the response of photosites
    Measured dsnu_dn;                ///< spread of the dark level of photosites, DN
    Measured row_noise_dn;           ///< shift common to the row of a plane, new in each frame, DN
    /// Greatest departure from a straight line against exposure, relative; nothing where the exposures of the
    /// flats do not differ.
    std::optional<Measured> linearity_error;
};

/// One camera at one ISO setting; maps cover the visible area, row by row.
struct CameraProfile {
    std::string make;
    std::string model;
    std::optional<double> iso;
    std::optional<double> dark_exposure_s; ///< of the dark frames
    std::string filter;                    ///< as the user named it; "" where not named
    bool simulated = false;                ///< a file it was made from says SIMULATED
    Shape shape;                           ///< visible area
    Cfa cfa;
    double white_level_dn = 0;   ///< raw number
    PerPlane<double> black_dn{}; ///< level that the frames' own black came to, mean
    PerPlane<PlaneProfile> planes{};
    std::vector<float> dark_dn;       ///< mean of the dark frames above black, DN
    PerPlane<double> dark_sigma_dn{}; ///< standard uncertainty of one photosite of dark_dn
    std::vector<float>
        flat; ///< relative response times illumination, mean 1 in each plane; empty: not to be applied
    PerPlane<double> flat_sigma{};     ///< relative standard uncertainty of one photosite of flat
    std::vector<std::uint8_t> defects; ///< mask_bit::hot and mask_bit::dead
    std::size_t dark_frames = 0;
    std::size_t flat_pairs = 0;
    std::vector<std::string> sources; ///< SHA-256 of the files it was made from
    std::string sha256;               ///< of the profile's own file; "" before it is written
};

} // namespace cmq::capture
