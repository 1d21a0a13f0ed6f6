// SPDX-License-Identifier: GPL-3.0-or-later

/// \file
/// Pieces of JSON of series and merged exposures. Not a public header: it names nlohmann-json.

#pragma once

#include "capture/measure_region.hpp"
#include "report/json_parts.hpp"

#include <optional>
#include <string_view>

namespace cmq::report {

/// {value, sigma}
[[nodiscard]] Json json_of(capture::WithSigma const& number);

/// value, sigma, drifted, colour_changed, chi2
[[nodiscard]] Json json_of(capture::LampDrift const& lamp);

/// radiance and standard_uncertainty by plane, unit, source
[[nodiscard]] Json json_of(capture::TargetCertificate const& certificate);

template <class Value>
[[nodiscard]] Json json_or_null(std::optional<Value> const& value) {
    return value ? json_of(*value) : Json(nullptr);
}

/// By plane: mean_dn, spread_dn, photosites, to_target, radiance.
[[nodiscard]] Json planes_json(capture::RegionLight const& light,
                               PerPlane<std::optional<capture::WithSigma>> const& to_target,
                               PerPlane<std::optional<capture::WithSigma>> const& radiance);

/// "absolute", "relative_to_target", "relative"
[[nodiscard]] std::string_view units_of(bool has_target, bool has_certificate);

} // namespace cmq::report
