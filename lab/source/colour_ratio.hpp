// SPDX-License-Identifier: GPL-3.0-or-later

/// \file
/// What a trace's colour says of its source: the marker, or something else that glows.

#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace cmq::lab {

/// A class of materials with references, and the trace's density under it.
struct ColourRival {
    std::string name;
    /// How often it is this class that glows where something other than the marker does; above 0.
    double weight = 0.0;
    std::size_t samples = 0;      ///< independent reference samples behind it
    bool same_conditions = false; ///< substrate, lamp, filter and camera are those of the trace
    std::optional<double> log_density; ///< nothing where the references allow none
};

struct ColourSources {
    ColourRival marker;              ///< the lot in question; its weight is not used
    std::vector<ColourRival> rivals; ///< of the population that was looked at
    double unknown_weight = 0.0;     ///< share of all that nobody thought of; above 0
    std::optional<double> unknown_log_density;
    bool saturated = false;    ///< a photosite of the trace is full: its fluxes are lower limits
    bool not_measured = false; ///< a joined capture gives no light for its place
    std::size_t channels = 3;  ///< of the trace and the references: three for each capture
};

/// Why a colour says nothing.
enum class ColourDoubt : std::uint8_t {
    saturated,
    too_faint,        ///< no density under any class
    few_references,   ///< fewer than 10 samples of the marker or of a rival
    other_conditions, ///< references on another substrate, or under another lamp, filter or camera
    no_rival,         ///< nothing but the unknown stands against the marker
    near_one,         ///< the ratio lies between 1/10 and 10
    three_channels, ///< red, green and blue of one capture: what nobody took a reference of may look like the marker
    not_measured, ///< its place in a joined capture lies outside, is masked, or has no room around it
    unlisted, ///< in more channels too, what nobody took a reference of may look like the marker
};

[[nodiscard]] std::string_view to_text(ColourDoubt doubt) noexcept;

enum class ColourVerdict : std::uint8_t {
    /// At least 10 times as probable if it is the marker. A word of the formats: no rule gives it, as in three
    /// to nine channels materials without references get such ratios too often (docs/studies/colour.md).
    for_marker,
    for_rivals, ///< at least 10 times as probable if it is something else
    indeterminate,
};

[[nodiscard]] std::string_view to_text(ColourVerdict verdict) noexcept;

struct ColourRatio {
    ColourVerdict verdict = ColourVerdict::indeterminate;
    /// log10 of p(colour | marker) / p(colour | something else that glows); nothing where it would rest on too
    /// little: any doubt but near_one, three_channels and unlisted.
    std::optional<double> log10_lr;
    std::vector<ColourDoubt> doubts; ///< in the order above, each once
    std::vector<std::string>
        of_classes; ///< classes that few_references or other_conditions speak of
};

inline constexpr std::size_t least_colour_samples = 10;

/// The ratio of the marker against the mixture of rivals and the unknown, whose weights are divided by their sum.
///
/// With fewer than 10 references a class no ratio is given. No verdict is for the marker: of simulated yellow-green
/// materials without references up to a quarter got more than 10 in three channels, and up to a third in six and nine
/// (further captures behind long-pass filters; docs/studies/colour.md). There is no such
/// reason against a verdict for something else, as the lot in question always has its references.
///
/// \throws Error domain  a weight that is not above 0 or not finite; a density that is not finite
///
/// Limits: the weights are the user's statement about the population; the ratio moves with them. It is about
/// the colour alone, and multiplies nothing outside the sum over look-alikes (docs/methods/transfer.md).
[[nodiscard]] ColourRatio weigh_colour(ColourSources const& sources);

} // namespace cmq::lab
