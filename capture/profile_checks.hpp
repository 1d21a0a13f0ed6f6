// SPDX-License-Identifier: GPL-3.0-or-later

/// \file
/// Whether captures can make a profile together. Internal.

#pragma once

#include "capture/read_capture.hpp"
#include "core/frame.hpp"

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

namespace cmq::capture {

/// What is kept of a capture after the first reading.
struct Seen {
    std::string name;
    std::string sha256;
    Metadata said;
    Shape shape;
    Cfa cfa;
    Shape raw_shape;
    double white_level_dn = 0;
    PerPlane<double> black_dn{};
    PerPlane<double> black_sigma_dn{};
    BlackOrigin black_origin = BlackOrigin::file;
    PerPlane<double> mean_dn{}; ///< above black, without photosites that hold no data
    PerPlane<double> saturated_share{};
    PerPlane<double> zero_share{}; ///< of raw numbers 0
    double bits_per_photosite = 0;
};

/// Counts one capture. \throws Error insufficient  a plane without any photosite
[[nodiscard]] Seen look_at(Capture const& capture, std::string const& name);

/// \throws Error domain, shape  `one` is of another camera, setting or kind than `first`
void check_alike(Seen const& first, Seen const& one);

/// Darks: enough of them, one exposure, alike, not cut off at 0, no light in them.
/// \throws Error insufficient, domain, unsupported
void check_darks(std::vector<Seen> const& darks, PerPlane<double> const& read_noise_dn);

/// Refuses darks whose raw numbers are cut off at 0. \throws Error unsupported
void check_not_cut_off(Seen const& dark);

/// Flats of one exposure, as places in the list of flats.
struct Level {
    std::optional<double> exposure_s;
    std::vector<std::size_t> flats;
};

/// Flats by exposure, darkest first.
/// \throws Error insufficient  none, or a single flat of some exposure
/// \throws Error domain        flats of one exposure that differ too much in brightness
[[nodiscard]] std::vector<Level> to_levels(std::vector<Seen> const& flats);

/// \throws Error insufficient  flats that are no brighter than the darks
/// \throws Error domain        the darks' exposure differs from the flats' and their dark signal is too large for it
void check_against_darks(std::vector<Seen> const& darks,
                         std::vector<Seen> const& flats,
                         PerPlane<double> const& read_noise_dn);

/// \param variance_dn2  temporal, of this flat's level
/// \throws Error unsupported  fewer bits in the file than coding such noise without loss takes
void check_lossless(Seen const& flat, PerPlane<double> const& variance_dn2);

} // namespace cmq::capture
