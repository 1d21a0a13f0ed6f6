// SPDX-License-Identifier: GPL-3.0-or-later

/// \file
/// What the captures of a case are corrected with.

#pragma once

#include "apps/pipeline/measure_captures.hpp"
#include "capture/camera_profile.hpp"
#include "capture/mean_dark.hpp"
#include "casefile/case.hpp"

#include <map>
#include <string>
#include <vector>

namespace cmq::pipeline {

/// Reads the dark captures and the profiles of a case once; used from any thread.
class CaseCorrections {
public:
    /// \throws Error  as read_entry, make_mean_dark, read_profile, with the place in the case file
    CaseCorrections(casefile::Case const& of, MeasureSettings const& settings);

    /// Everything that is taken off the numbers before anybody looks for traces, but light of the room.
    /// \throws Error  as apply_profile, with the place in the case file
    void correct(casefile::Capture const& entry, capture::Capture& capture) const;

    /// For a capture that is looked at, not measured: applies the profile that the case names for it.
    /// \return  whether dark frames of its exposure are in the case or in the profile
    /// \throws Error  as correct
    [[nodiscard]] bool apply_to_examined(casefile::Capture const& entry,
                                         capture::Capture& capture) const;

private:
    void apply_profile(casefile::Capture const& entry, capture::Capture& capture) const;

    unsigned threads_;
    std::vector<capture::MeanDark> darks_; // one a camera, ISO setting and exposure
    std::map<std::string, capture::CameraProfile> profiles_; // by the name in the case
};

} // namespace cmq::pipeline
