// SPDX-License-Identifier: GPL-3.0-or-later

/// \file
/// What the layout of a group of traces says of how it came about, against reference patterns that the user supplies.

#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace cmq::lab {

/// A way in which patterns come about, as references show it: a spray from some metres, a contact print, a splash.
struct PatternClass {
    std::string name;
    /// How often it is this class where it is not the first; above 0. Not used of the first.
    double weight = 1.0;
    /// One vector of features for each independent reference, all of one length and meaning
    /// (detect::to_features gives one).
    std::vector<std::vector<double>> references;
    bool same_conditions =
        false; ///< surface, distance, lamp and detection limit are those of the question
};

struct PatternSources {
    std::vector<double> features; ///< of the pattern in question
    PatternClass first;           ///< the class of the first proposition
    std::vector<PatternClass> rivals;
    double unknown_weight = 0.0; ///< share of ways that nobody took references of; above 0
};

/// Why a pattern says nothing.
enum class PatternDoubt : std::uint8_t {
    few_references, ///< fewer than 10 of a class, or than three times the number of features
    other_conditions, ///< references made on another surface or in another manner than the question asks
    no_rival,         ///< nothing but the unknown stands against the first class
    no_spread,        ///< the references of a class do not spread in every direction
    unlike_all,       ///< no class explains the pattern as well as the unknown does
    near_one,         ///< the ratio lies between 1/10 and 10
    feature_missing, ///< a feature of the pattern in question cannot be told: weigh_pattern is not asked
};

[[nodiscard]] std::string_view to_text(PatternDoubt doubt) noexcept;

enum class PatternVerdict : std::uint8_t { for_first, for_rivals, indeterminate };

[[nodiscard]] std::string_view to_text(PatternVerdict verdict) noexcept;

struct PatternRatio {
    PatternVerdict verdict = PatternVerdict::indeterminate;
    /// log10 of p(features | first) / p(features | rivals or unknown); nothing with any doubt but near_one and unlike_all.
    std::optional<double> log10_lr;
    std::vector<PatternDoubt> doubts;    ///< in the order above, each once
    std::vector<std::string> of_classes; ///< that the doubts about references speak of
};

inline constexpr std::size_t least_pattern_references = 10;

/// The ratio of the first class against the mixture of rivals and the unknown, weights divided by their sum.
///
/// Each class predicts the features of one further pattern by a multivariate t distribution (n references of d
/// features: n - d degrees of freedom, scale (1 + 1/n) (n - 1)/(n - d) times their covariance). The unknown is
/// a t distribution of 3 degrees of freedom about the mean of the classes' means, its scale four times the covariance of all
/// classes together (each counted alike): it lies over all of them and twice beyond.
///
/// \throws Error shape   vectors of unlike lengths, or empty
/// \throws Error domain  a number that is not finite; a weight that is not above 0
///
/// Limits: features are taken as jointly normal within a class, references as independent. The references decide:
/// how they were made is the user's to tell. No library of patterns comes with the program.
/// Source: S. Geisser, J. Cornfield, J. Royal Stat. Soc. B 25 (1963) 368.
/// Checked in: tests/lab/source/pattern_ratio_test.cpp. docs/methods/pattern.md.
[[nodiscard]] PatternRatio weigh_pattern(PatternSources const& sources);

} // namespace cmq::lab
