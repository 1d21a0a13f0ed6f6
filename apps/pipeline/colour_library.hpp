// SPDX-License-Identifier: GPL-3.0-or-later

/// \file
/// Reference spots of known materials: as a table, and fitted.

#pragma once

#include "detect/colour_class.hpp"
#include "detect/joined_light.hpp"
#include "lab/source/colour_result.hpp"

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace cmq::pipeline {

/// The class of the lot in question; every other class is a rival.
inline constexpr std::string_view marker_class = "marker";

/// What no class may be called: all that nobody took a reference of.
inline constexpr std::string_view unknown_class = "unknown";

/// What is known of one class of materials.
struct ColourReferences {
    std::string name;
    std::optional<double> weight = std::nullopt; ///< nothing: not stated
    std::vector<detect::ColourReference> spots;
    std::vector<lab::ColourConditions> conditions; ///< of the spots, each once
    bool any_light = false;                        ///< some of the spots give light off
    bool any_darker = false;                       ///< some of the spots take light away
};

inline constexpr std::size_t most_colour_bytes = std::size_t{16} << 20U;
inline constexpr std::size_t most_colour_rows = 100'000;

/// Captures of one trace whose light is joined, the file itself among them.
inline constexpr std::size_t most_joined_captures = 5;

/// The column of a joined capture's channel: "joined2_flux_r" is (2, "flux", 0).
/// \param capture  1: the file itself
[[nodiscard]] std::string
joined_column(std::size_t capture, std::string_view of, std::size_t channel);

/// Reads a class library as comma-separated text: one row a reference spot. Columns: class, sample, flux_r, flux_g1,
/// flux_g2, flux_b, flux_sigma_r, ..., and optionally substrate, lamp_nm, filter, camera, weight, source, darker (1: what the spot
/// takes away). Columns
/// of `detect --csv` beside these are passed over, so that its rows can be taken as they are.
///
/// \return  classes in the order in which they first stand
/// \throws Error format        no CSV, a column missing, unknown or there twice, a cell that is no number; the places name
///                             line and column
/// \throws Error domain        an uncertainty or weight not above 0; two weights for one class; a weight for the marker
/// \throws Error insufficient  a spot that is saturated, or below detect::least_colour_snr
/// \throws Error limits        more rows than most_colour_rows
[[nodiscard]] std::vector<ColourReferences> parse_colour_library(std::string_view text,
                                                                 std::size_t captures = 1);

/// Spots that glow say nothing of what a mark takes away, nor the other way round.
/// \throws Error domain  a class has a spot of the other side
void check_side(std::vector<ColourReferences> const& classes, bool darker);

/// A class with its references summed up.
struct FittedColour {
    std::string name;
    double weight = 1.0;
    std::size_t samples = 0;
    std::size_t spots = 0;
    std::optional<detect::ColourClass> colours; ///< nothing with too few samples for a spread
    std::vector<lab::ColourConditions> conditions;
};

/// What traces are set against.
struct FittedColours {
    FittedColour marker; ///< no samples where nobody gave any
    std::vector<FittedColour> rivals;
    double unknown_weight = 1.0;
};

/// \param unknown_weight  above 0
/// A class without a stated weight has 1.
/// \throws Error as fit_colour_class, with the class; not for too few samples
[[nodiscard]] FittedColours fit_colours(std::vector<ColourReferences> const& classes,
                                        double unknown_weight);

/// What the colours of all traces say.
/// \param conditions  in which the traces were taken
/// \param joined      with conditions.captures above 1 the light of each trace in all of them, else empty
/// Cost: some 1 ms a trace and class.
[[nodiscard]] std::vector<lab::ColourResult>
weigh_colours(std::vector<detect::Trace> const& traces,
              FittedColours const& colours,
              lab::ColourConditions const& conditions,
              std::vector<std::optional<detect::JoinedLight>> const& joined = {});

} // namespace cmq::pipeline
