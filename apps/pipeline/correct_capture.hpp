// SPDX-License-Identifier: GPL-3.0-or-later

/// \file
/// What is taken off a capture that was read: camera profile or dark frames, then light of the room.

#pragma once

#include "capture/camera_profile.hpp"
#include "capture/mean_dark.hpp"
#include "capture/read_capture.hpp"

#include <cstddef>
#include <span>
#include <vector>

namespace cmq::pipeline {

/// Dark frames sorted by camera, ISO setting, size and exposure.
class DarkFrames {
public:
    /// \return  the kind it belongs to, counted from 0; a new one where it fits none
    /// \throws Error  as make_mean_dark
    std::size_t add(capture::Capture dark);

    [[nodiscard]] std::size_t kinds() const noexcept { return kinds_.size(); }

    /// \throws Error  as make_mean_dark
    [[nodiscard]] capture::MeanDark mean(std::size_t kind) const;

private:
    std::vector<std::vector<capture::Capture>> kinds_;
};

/// The first of them that speaks of the capture; null where none does.
[[nodiscard]] capture::MeanDark const* find_dark(std::span<capture::MeanDark const> darks,
                                                 capture::Capture const& capture);

/// Applies the profile (borrowed, null without one), or else takes off the dark frames that fit, if any.
/// \throws Error  as apply_profile
void correct_capture(capture::CameraProfile const* profile,
                     std::span<capture::MeanDark const> darks,
                     unsigned threads,
                     capture::Capture& capture);

/// Whether dark frames of its exposure, within a tenth, are there: in the profile that was applied, else among these.
[[nodiscard]] bool has_dark(std::span<capture::MeanDark const> darks,
                            capture::Capture const& capture);

/// Takes the light of the room off, by the two stated exposures.
/// \throws Error  as subtract_ambient
void take_off_ambient(capture::Capture const& dim, capture::Capture& lit);

} // namespace cmq::pipeline
