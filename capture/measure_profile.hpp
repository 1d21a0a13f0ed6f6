// SPDX-License-Identifier: GPL-3.0-or-later

/// \file
/// A camera profile from dark frames and flats by photon transfer.

#pragma once

#include "capture/camera_profile.hpp"
#include "capture/read_capture.hpp"

#include <filesystem>
#include <functional>
#include <string>
#include <vector>

namespace cmq::capture {

/// One capture that can be read again: each is read twice, so that no more than one is held at a time.
struct ProfileSource {
    std::string name; ///< for messages
    std::function<Capture()> read;
};

struct ProfileSources {
    std::vector<ProfileSource> darks;
    std::vector<ProfileSource> flats;
    std::string filter; ///< what stood before lens and lamp, as the user names it
};

/// Measures gain, read noise, dark signal, saturation, linearity error, PRNU, DSNU, row noise and maps of one camera
/// at one ISO setting, per colour plane, in the terms of EMVA 1288 (docs/methods/photon-transfer.md).
///
/// Darks: at least 2 of one exposure, lens covered. Flats: at least 2 of each exposure, of an evenly lit, blank
/// surface; one exposure is the least, 3 or more show whether the sensor is linear. Only the brightness may differ
/// between them. Intervals come from leaving out bands of rows (jackknife, Student's t); what black within a step of
/// the raw numbers leaves open is added where the noise is smaller than a step.
///
/// \return  every number is finite and every interval holds its value
/// \throws Error insufficient  too few files, a single flat of an exposure, all flats clipped or too dark, too few photosites
/// \throws Error domain        darks with light in them, flats that are not flat, a lamp that flickered, files of
///                             different cameras or settings, dark exposures that do not fit
/// \throws Error shape         frames of different sizes, or smaller than 128 x 64
/// \throws Error unsupported   compressed with loss; a black level that the camera took off before rounding
/// \throws Error integrity     a file changed while it was read
/// \throws Error               as `read` of the sources
///
/// Cost: two readings of each file and a few passes; 14 bytes a photosite beside the one capture that is held.
/// Limits: stated exposures count as true. Fixed pattern finer or coarser than 8 photosites of a plane is not told
/// apart. Noise that is the same in neighbouring rows makes the intervals too narrow.
/// Checked in: tests/capture/measure_profile_test.cpp, scripts/study_photon_transfer.
[[nodiscard]] CameraProfile measure_profile(ProfileSources const& sources, unsigned threads);

/// The same from files, read with read_capture.
[[nodiscard]] CameraProfile measure_profile(std::vector<std::filesystem::path> const& darks,
                                            std::vector<std::filesystem::path> const& flats,
                                            std::string const& filter,
                                            ReadSettings const& settings);

} // namespace cmq::capture
