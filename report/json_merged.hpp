// SPDX-License-Identifier: GPL-3.0-or-later

/// \file
/// Exposures of one scene put together: what is known of each, and of the regions that were measured.

#pragma once

#include "capture/measure_region.hpp"
#include "capture/series.hpp"
#include "report/json_applied.hpp"

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

namespace cmq::report {

struct MergedExposure {
    std::string file;
    std::string sha256;
    double exposure_s = 0;
    std::optional<capture::LampDrift> lamp; ///< against the first file; nothing without a target
    capture::ExposureShare share;           ///< of the whole frame
    Applied applied;
};

/// One region in one of the exposures, alone.
struct SingleLight {
    capture::ExposureShare share;              ///< of the region
    std::optional<capture::RegionLight> light; ///< nothing: too few photosites measure it
    std::optional<capture::WithSigma> per_s;   ///< four planes together, lamp allowed for
};

/// One region in all of them together; nothing where too few photosites measure it in any.
struct MergedRegion {
    std::string name;
    std::vector<SingleLight> single; ///< as the exposures
    std::optional<capture::RegionLight>
        light; ///< in DN of the longest exposure; black's uncertainty as weighed
    std::optional<capture::WithSigma> per_s;               ///< as of the single ones
    PerPlane<std::optional<capture::WithSigma>> to_target; ///< relative radiance
    PerPlane<std::optional<capture::WithSigma>> radiance;  ///< absolute, by the certificate
};

struct Merged {
    std::vector<MergedExposure> exposures;
    double longest_s = 0; ///< exposure times lamp: what DN of the merged frame are in
    PerPlane<double> chi2_per_dof{};
    PerPlane<double> dof{};
    bool agrees = true;
    std::size_t measured_nowhere = 0; ///< photosites that no exposure measures
    bool iso_is_stated = true;
    bool has_target = false;
    std::optional<capture::TargetCertificate> certificate;
    std::vector<MergedRegion> regions;
};

/// One object: exposures, merged, regions, units, certificate (docs/cli/series.md).
[[nodiscard]] std::string json_merged(Merged const& merged);

} // namespace cmq::report
