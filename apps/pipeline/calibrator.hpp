// SPDX-License-Identifier: GPL-3.0-or-later

/// \file
/// Camera files read and calibrated with files that the user named.

#pragma once

#include "capture/camera_profile.hpp"
#include "capture/mean_dark.hpp"
#include "capture/read_capture.hpp"
#include "core/progress.hpp"
#include "report/json_applied.hpp"

#include <filesystem>
#include <map>
#include <optional>
#include <string>
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

/// Refuses a file that was there before, whatever its name.
class OnceEach {
public:
    /// \throws Error usage  names both
    void add(std::string const& sha256, std::string const& name);

private:
    std::map<std::string, std::string> names_; // by SHA-256
};

/// Reads profile, dark frames and ambient capture once, and captures as often as asked, from any thread.
class Calibrator {
public:
    /// Dark frames may be of several exposures: each capture takes those that fit it.
    /// \throws Error        as read_profile, read_capture, make_mean_dark, with the file
    /// \throws Error usage  both a profile and dark frames; one dark frame twice
    Calibrator(CalibrationFiles const& files, Readers readers, Progress const& progress = {});

    /// The capture, corrected by the profile, or else by dark frames that must fit; light of the room taken off.
    /// \throws Error domain  the dark frames are of another camera, ISO setting or exposure
    /// \throws Error usage   the file is the ambient capture
    /// \throws Error         as read_capture, apply_profile, subtract_ambient
    [[nodiscard]] capture::Capture read(std::filesystem::path const& path) const;

    /// For a capture that was read elsewhere to be looked at, not measured: applies the profile, and leaves dark frames
    /// where they are.
    /// \return  whether dark frames of its exposure are there
    /// \throws Error  as apply_profile
    [[nodiscard]] bool apply_to_examined(capture::Capture& capture) const;

    /// What was done to a capture that read() gave.
    [[nodiscard]] report::Applied applied(capture::Capture const& capture) const;

private:
    [[nodiscard]] capture::Capture read_plain(std::filesystem::path const& path) const;
    void correct(capture::Capture& capture) const;
    [[nodiscard]] capture::Capture read_lit(std::filesystem::path const& path) const;

    Readers readers_;
    std::optional<capture::CameraProfile> profile_;
    std::vector<capture::MeanDark> darks_;
    std::optional<capture::Capture> ambient_;
};

} // namespace cmq::pipeline
