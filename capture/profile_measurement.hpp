// SPDX-License-Identifier: GPL-3.0-or-later

/// \file
/// The way from dark frames and flats to a camera profile, for measure_profile's own sources only.

#pragma once

#include "capture/camera_profile.hpp"
#include "capture/estimate_plane.hpp"
#include "capture/frame_contrasts.hpp"
#include "capture/measure_profile.hpp"
#include "capture/profile_checks.hpp"
#include "core/frame.hpp"

#include <vector>

namespace cmq::capture {

/// Each step fills in what the next one needs.
class ProfileMeasurement {
public:
    ProfileMeasurement(ProfileSources const& sources, unsigned threads)
        : sources_{sources}
        , threads_{threads} {}

    CameraProfile run();

private:
    // First reading: is it fit for a profile, and the mean dark frame.
    void check_counts() const;
    Capture read_first(ProfileSource const& source, std::vector<Seen>& seen);
    void look_at_darks();
    void look_at_flats();
    void check();
    void find_hot();

    // Second reading: temporal noise, and the sum of the flats.
    [[nodiscard]] Capture read_again(ProfileSource const& source, Seen const& seen) const;
    [[nodiscard]] FrameContrasts contrasts(bool scaled) const;
    void add_darks();
    void add_flats();
    [[nodiscard]] double check_rows(Level const& level, std::size_t p) const;
    void add_to_flat(FrameContrasts const& frames, PerPlane<bool> const& in_flat);

    // Flat map, defects, fixed pattern.
    void finish_maps();
    void check_some_in_gain(std::size_t p) const;
    void normalise_flat();
    void check_flat() const;

    // Numbers and notes.
    void estimate();
    void note(bool when, ProfileNote what);
    void describe();
    void add_transfer();
    void add_notes();

    ProfileSources const& sources_;
    unsigned threads_;
    std::vector<Seen> darks_;
    std::vector<Seen> flats_;
    std::vector<Level> levels_;
    std::vector<PerPlane<bool>> in_map_;
    PerPlane<double> rough_noise_{};
    PerPlane<PlaneSums> planes_;
    PerPlane<Saturation> saturation_;
    CameraProfile profile_;
};

} // namespace cmq::capture
