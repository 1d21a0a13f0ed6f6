// SPDX-License-Identifier: GPL-3.0-or-later

/// \file
/// Pieces of JSON that several outputs share. Not a public header: it names nlohmann-json.

#pragma once

#include "core/frame.hpp"
#include "lab/transfer/evaluate.hpp"

#include <nlohmann/json.hpp>

#include <optional>
#include <string>

namespace cmq::report {

/// Members keep the order in which they were written.
using Json = nlohmann::ordered_json;

template <class T>
[[nodiscard]] Json or_null(std::optional<T> const& value) {
    return value ? Json(*value) : Json(nullptr);
}

/// {"r": ..., "g1": ..., "g2": ..., "b": ...}
template <class T>
[[nodiscard]] Json planes_json(PerPlane<T> const& values) {
    Json json = Json::object();
    for (std::size_t i = 0; i < plane_count; ++i) {
        json[std::string{plane_names[i]}] = values[i];
    }
    return json;
}

/// Everything that an evaluation says, with log10_lr {value, sensitivity_low, sensitivity_median,
/// sensitivity_high} and printed {value, supports, at_cap, words {fr, en} or null, reasons}.
[[nodiscard]] Json evaluation_json(lab::Evaluation const& evaluation);

/// A parameter with its quantiles at 5, 50 and 95 %.
[[nodiscard]] Json parameter_json(lab::Parameter const& parameter);

} // namespace cmq::report
