// SPDX-License-Identifier: GPL-3.0-or-later

/// \file
/// Known errors of versions of this program, as dated data. Format: docs/formats/known_issues.toml.md.

#pragma once

#include "casefile/case.hpp"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace cmq::casefile {

/// What a report must hold for an error to touch it.
enum class Touches : std::uint8_t {
    every_report,
    captures,              ///< a camera file was measured
    noise_estimated,       ///< of a capture, from the capture itself
    nothing_found,         ///< a capture of role evidence without a trace
    measured_not_examined, ///< a capture of role evidence whose zone counts as not examined
    comparisons,           ///< a likelihood ratio was computed
    ratio_if_marker,       ///< one is given on condition that the mark is the marker
};

struct KnownIssue {
    Place place;
    std::string id;
    std::string found;                ///< ISO 8601 day
    std::string from;                 ///< first version with the error
    std::string mended_in;            ///< first version without it; "": none yet
    std::vector<std::string> results; ///< which: "ratio", "traces", "amount", "finding", "note"
    Touches touches = Touches::every_report;
    Bilingual what;
    Bilingual effect;    ///< on results
    Bilingual recognise; ///< how a reader tells whether the report is touched
};

struct KnownIssues {
    std::string as_of; ///< ISO 8601 day
    std::vector<KnownIssue> issues;
};

/// \throws Error format  each mistake with its place: an id twice, a version that is none
[[nodiscard]] KnownIssues parse_known_issues(std::string_view text, std::string const& file);

/// The list of this program.
[[nodiscard]] KnownIssues read_known_issues();

/// Whether "0.2.0" is before "0.10.0": by numbers, part by part; a part that is missing counts as 0.
/// \pre both are versions: digits and points
[[nodiscard]] bool is_before(std::string_view version, std::string_view other);

/// Digits and points, a digit at either end: "0.1.0".
[[nodiscard]] bool is_version(std::string_view text);

/// from <= version < mended_in. \pre is_version(version)
[[nodiscard]] bool has_error(KnownIssue const& issue, std::string_view version);

} // namespace cmq::casefile
