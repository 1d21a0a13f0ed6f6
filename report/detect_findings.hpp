// SPDX-License-Identifier: GPL-3.0-or-later

/// \file
/// What is said of a searched file beside its traces: against blanks, in millimetres, by colour.

#pragma once

#include "detect/joined_light.hpp"
#include "detect/large_area.hpp"
#include "detect/limit_flux.hpp"
#include "detect/pattern.hpp"
#include "detect/total_flux.hpp"
#include "detect/trace_area.hpp"
#include "lab/blanks/minimum_detectable.hpp"
#include "lab/blanks/presence.hpp"
#include "lab/blanks/skewness.hpp"
#include "lab/source/colour_result.hpp"
#include "lab/source/pattern_result.hpp"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace cmq::report {

enum class BlanksFrom : std::uint8_t {
    nowhere,
    captures, ///< searched as the file was
    table,    ///< a laboratory's table of many days
};

/// "none", "captures", "table": the words of the JSON.
[[nodiscard]] std::string_view name_of(BlanksFrom origin) noexcept;

/// What blanks allow to be said. Totals in DN.
struct DetectLimits {
    BlanksFrom origin = BlanksFrom::nowhere;
    std::size_t blanks = 0;
    std::optional<double> critical_dn = std::nullopt; ///< nothing with fewer than two blanks
    /// In the unit of the table's known amounts.
    std::optional<double> minimum_detectable = std::nullopt;
    std::optional<lab::WhyNoMinimum> why_no_minimum = std::nullopt; ///< of a table
    lab::Lean skewness = lab::Lean::cannot_tell;
    bool in_doubt = false;         ///< blanks lean to one side, or their chart shows a signal
    bool minimum_in_doubt = false; ///< of a table: days are not alike
};

/// A capture whose light is joined to that of the file.
struct JoinedFile {
    std::string file;
    std::string sha256;
    /// Of the alignment, photosites; nothing: the user's word that nothing moved.
    std::optional<double> residual = std::nullopt;
};

/// All that `contremarque detect` says of one file beside the detection itself.
struct DetectFindings {
    detect::TotalFlux total;
    lab::Presence presence;
    DetectLimits limits;
    std::optional<detect::LimitFlux> found_by_half; ///< nothing: no light has an even chance
    std::optional<detect::SceneScale> scale = std::nullopt;
    std::vector<lab::ColourResult> colours; ///< one a trace, in their order
    lab::ColourConditions conditions;
    std::vector<JoinedFile> joined_files = {}; ///< in the order of the channels, after the file
    std::vector<std::optional<detect::JoinedLight>> joined = {}; ///< one a trace, or empty
    std::vector<detect::LargeArea> areas = {};
    detect::Pattern pattern = {}; ///< of all traces
    bool symmetry_sought = false; ///< false: nobody asked, which is no "cannot tell"
    std::optional<lab::PatternResult> pattern_weighed =
        std::nullopt; ///< where there are references
};

} // namespace cmq::report
