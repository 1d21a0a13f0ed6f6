// SPDX-License-Identifier: GPL-3.0-or-later

/// \file
/// Camera files read and calibrated with files that the user named.

#pragma once

#include "capture/camera_profile.hpp"
#include "capture/mean_dark.hpp"
#include "capture/read_capture.hpp"

#include <filesystem>
#include <optional>
#include <vector>

namespace cmq::pipeline {

/// What is named beside the captures; at most one of profile and darks.
struct CalibrationFiles {
    std::optional<std::filesystem::path> profile;
    std::vector<std::filesystem::path> darks;
    std::optional<std::filesystem::path> ambient;
};

/// The programs that meet foreign bytes.
struct Readers {
    std::filesystem::path decoder; ///< contremarque-decoder
    std::filesystem::path
        profile_reader;   ///< contremarque-profile-reader; needed for a profile only
    unsigned threads = 0; ///< 0: one for each core; no effect on the result
};

/// Reads profile, dark frames and ambient capture once, and captures as often as asked.
class Calibrator {
public:
    /// \throws Error        as read_profile, read_capture, make_mean_dark, with the file
    /// \throws Error usage  both a profile and dark frames
    Calibrator(CalibrationFiles const& files, Readers readers);

    /// The capture, corrected by the profile, or else by dark frames that must fit; light of the room taken off.
    /// \throws Error domain  the dark frames are of another camera, ISO setting or exposure
    /// \throws Error         as read_capture, apply_profile, subtract_ambient
    [[nodiscard]] capture::Capture read(std::filesystem::path const& path) const;

    /// Whether an ambient capture is taken off.
    [[nodiscard]] bool takes_off_ambient() const noexcept { return ambient_.has_value(); }

private:
    [[nodiscard]] capture::Capture read_lit(std::filesystem::path const& path) const;

    Readers readers_;
    std::optional<capture::CameraProfile> profile_;
    std::optional<capture::MeanDark> dark_;
    std::optional<capture::Capture> ambient_;
};

} // namespace cmq::pipeline
