// SPDX-License-Identifier: GPL-3.0-or-later

/// \file
/// Spectra of what glows under a lamp of 365 nm, seen by a camera: colours of known materials for studies.

#pragma once

#include "core/frame.hpp"

#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace cmq::capture {

/// One band of an emission: a Gaussian in wavelength.
struct EmissionBand {
    double peak_nm = 0.0;
    double sd_nm = 0.0;  ///< standard deviation; 25 nm where nothing was published
    double weight = 0.0; ///< share of the emitted photons, in proportion
};

struct Emitter {
    std::string_view name;
    std::vector<EmissionBand> bands;
    std::string_view source; ///< of the peaks; widths and most weights are invented
};

/// Response of the four planes to wavelength: Gaussians, invented, in the range of what cameras have.
struct CameraResponse {
    std::string_view name;
    PerPlane<double> peak_nm{};
    PerPlane<double> sd_nm{};
    double cut_off_nm = 0.0; ///< nothing longer passes the camera's own filter
};

/// Materials with published emission, and two invented markers (no spectrum of a marker is published).
[[nodiscard]] std::span<Emitter const> emitters();

/// A name without spaces, for options and tables: "riboflavin-after-light".
[[nodiscard]] std::string short_name(Emitter const& emitter);

/// The emitter of that name or short name; nullptr where there is none.
[[nodiscard]] Emitter const* find_emitter(std::string_view name);

/// Three invented cameras; the last one lets red beyond 700 nm pass.
[[nodiscard]] std::span<CameraResponse const> camera_responses();

/// Photons that each plane takes of one emitted photon, up to a common factor, behind a filter that passes what
/// is longer than cut_on_nm. Summed from 380 to 780 nm in steps of 1 nm.
///
/// \pre bands not empty, sd_nm > 0
[[nodiscard]] PerPlane<double> simulate_plane_response(std::span<EmissionBand const> bands,
                                                       CameraResponse const& camera,
                                                       double cut_on_nm);

} // namespace cmq::capture
