// SPDX-License-Identifier: GPL-3.0-or-later

/// \file
/// What the colour of one trace says, with all that it rests on.

#pragma once

#include "lab/source/colour_ratio.hpp"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace cmq::lab {

/// How a colour was taken. "" or nothing: not stated.
struct ColourConditions {
    std::string substrate = {}; ///< what lies under it: "skin", "white cotton"
    std::optional<double> lamp_nm = std::nullopt;
    std::string filter = {};  ///< before the lens
    std::string camera = {};  ///< make and model
    std::size_t captures = 1; ///< of the same traces: the file, and those joined to it
    /// With more than one: lamp and filter of the joined ones and how the lamps stood, in their maker's words.
    std::string joined = {};
};

enum class ColourCondition : std::uint8_t {
    substrate,
    lamp,
    filter,
    camera,
    joined, ///< of the captures that are joined; where there are any
};

/// "substrate", "lamp", "filter", "camera", "joined": the words of the JSON.
[[nodiscard]] std::string_view to_text(ColourCondition condition) noexcept;

/// A condition in which references of a class were not taken as the trace was, or of which that is not known.
struct ConditionDifference {
    std::string of_class;
    ColourCondition condition = ColourCondition::substrate;
    std::string trace;      ///< as stated, a wavelength in nm; "" where it is not
    std::string references; ///< the first that differs
};

/// Texts are compared without regard to case (of a to z) and to how many spaces stand; wavelengths as numbers.
/// \return  at most one entry a condition, in the order of ColourCondition; empty where there are no references
[[nodiscard]] std::vector<ConditionDifference>
compare_conditions(std::string const& of_class,
                   ColourConditions const& trace,
                   std::vector<ColourConditions> const& references);

/// One class, and the trace's density under it.
struct ColourClassDensity {
    std::string name;
    std::optional<double> weight = std::nullopt; ///< nothing for the marker, which has none
    std::size_t samples = 0;
    std::size_t spots = 0;
    std::optional<double> log_density = std::nullopt; ///< ln; nothing where there is none
};

struct ColourResult {
    std::int64_t trace = 0;                  ///< its id
    std::vector<ColourClassDensity> classes; ///< the marker first
    double unknown_weight = 0.0;
    std::optional<double> unknown_log_density = std::nullopt;
    ColourRatio ratio;
    std::vector<ConditionDifference> differences;
    bool not_measured = false; ///< a joined capture gives no light for its place
    bool saturated = false;    ///< in one of the captures
    std::size_t captures = 1;  ///< that it rests on: three channels each
};

/// The ratio that follows from densities, weights and differences of the result; its own ratio is not looked at.
/// \pre classes is not empty, and each but the first has a weight
/// \throws Error domain  as weigh_colour
[[nodiscard]] ColourRatio
ratio_of(ColourResult const& result, bool saturated, std::size_t channels = 3);

} // namespace cmq::lab
