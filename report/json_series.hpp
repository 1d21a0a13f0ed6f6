// SPDX-License-Identifier: GPL-3.0-or-later

/// \file
/// Numbers of a series of captures as JSON values, for commands that put them together.

#pragma once

#include "capture/fit_fading.hpp"
#include "capture/measure_region.hpp"
#include "report/json_applied.hpp"

#include <optional>
#include <string>
#include <vector>

namespace cmq::report {

/// One region of one capture as `contremarque series --json` tells it.
struct SeriesEntry {
    std::string file;
    std::string sha256;
    std::optional<double> time_s;
    double exposure_s = 0;
    std::optional<capture::LampDrift> lamp; ///< nothing without a target
    capture::RegionLight light;
    PerPlane<std::optional<capture::WithSigma>> to_target;
    PerPlane<std::optional<capture::WithSigma>> radiance; ///< absolute, by a certificate
    Applied applied;
    capture::WithSigma per_s;
};

/// A region with its captures: name, units, certificate, captures, dose {exposed_s, under_lamp_s or null}, fading or why
/// there is none.
[[nodiscard]] std::string
json_series(std::string const& region,
            std::vector<SeriesEntry> const& entries,
            std::optional<capture::Fading> const& fading,
            std::string const& why_no_fading,
            std::optional<capture::TargetCertificate> const& certificate = {});

} // namespace cmq::report
