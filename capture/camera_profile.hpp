// SPDX-License-Identifier: GPL-3.0-or-later

/// \file
/// What photon transfer finds out about one camera at one setting: numbers with intervals, and maps.

#pragma once

#include "core/frame.hpp"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
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
    Measured gain_dn; ///< system gain K, DN per electron
    /// Temporal noise of one photosite in the dark, the row's shift included, rounding taken off, DN.
    Measured read_noise_dn;
    Measured temporal_dark_dn; ///< the same as it shows in the files, rounding included, DN
    Measured dark_signal_dn;   ///< mean of the dark frames above the black level, DN
    Measured
        saturation_dn; ///< level at which the variance falls; the white level where no flat reaches it
    bool saturation_reached = false; ///< false: saturation_dn is only what the file states
    Measured prnu;                   ///< relative spread of the response of neighbouring photosites
    Measured dsnu_dn;                ///< spread of the dark level of neighbouring photosites, DN
    Measured row_noise_dn;           ///< shift common to the row of a plane, new in each frame, DN
    /// Greatest departure from a straight line against exposure, relative; nothing where the exposures of the
    /// flats do not differ.
    std::optional<Measured> linearity_error;
    /// c of the response y = x (1 - c x) that fits the flats best, per DN above the dark; nothing where
    /// linearity_error has nothing. apply_profile straightens by it where its interval leaves 0 out.
    std::optional<Measured> curvature_per_dn;
};

/// Flats of one exposure: a point of the photon transfer curve of each plane.
struct TransferPoint {
    std::optional<double> exposure_s;
    std::size_t frames = 0;
    PerPlane<double> mean_dn{}; ///< above the dark frames, DN
    PerPlane<double>
        variance_dn2{};       ///< temporal, the row's shift and not the rounding taken off, DN^2
    PerPlane<bool> in_gain{}; ///< the gain's line goes through it
    PerPlane<bool> in_flat{}; ///< it has a part in the flat map
};

/// What a profile leaves open, or what speaks against it.
enum class ProfileNote : std::uint8_t {
    few_levels, ///< fewer than 3 exposures: nothing shows whether the variance grows in a straight line
    linearity_unknown,  ///< the exposures stated in the flats do not differ enough
    saturation_unknown, ///< no flat reaches it: as the file states
    black_as_stated, ///< dark signal holds the error of a black level that no masked photosite confirms
    rounding_hides_noise, ///< noise in the dark below half a step of the numbers: wide intervals
    levels_left_out,      ///< some flats are too bright for the gain
    lamp_corrected,       ///< flats of one exposure differ by more than 0.5 % in brightness; scaled
    iso_unknown,          ///< no file states its ISO setting
    flat_left_out, ///< a plane got too little light below saturation for a flat map; flat is empty
    exposure_unknown, ///< a dark frame does not state its exposure
};

[[nodiscard]] std::string_view to_text(ProfileNote note) noexcept;

/// The note of that name, if there is one.
[[nodiscard]] std::optional<ProfileNote> to_profile_note(std::string_view text) noexcept;

/// One camera at one ISO setting; maps cover the visible area, row by row.
struct CameraProfile {
    std::string make;
    std::string model;
    std::string unique_model; ///< DNG UniqueCameraModel
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
    PerPlane<double> flat_sigma{}; ///< relative standard uncertainty of one photosite of flat
    /// mask_bit::hot and mask_bit::dead; no_data where no frame tells (dark_dn is 0 and flat 1 there).
    std::vector<std::uint8_t> defects;
    std::size_t hot_photosites = 0;
    std::size_t dead_photosites = 0;
    std::size_t dark_frames = 0;
    std::size_t flat_pairs = 0;          ///< independent differences of flats of one exposure
    std::vector<TransferPoint> transfer; ///< darkest first
    std::vector<ProfileNote> notes;
    std::vector<std::string> sources; ///< SHA-256 of the files it was made from
    std::string sha256;               ///< of the profile's own file; "" before it is written
};

} // namespace cmq::capture
