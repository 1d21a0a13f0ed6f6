// SPDX-License-Identifier: GPL-3.0-or-later

/// \file
/// How a group of traces is laid out: size law, density, shape, spacing, mirror symmetry. Descriptive only: what a
/// layout says of its origin is for lab/source/pattern_ratio.hpp, against references that the user supplies.

#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

namespace cmq::detect {

/// A trace of the group.
struct PatternPoint {
    double x = 0.0; ///< photosites of the visible area
    double y = 0.0;
    double flux = 0.0;     ///< its weight; below 0 it counts as 0
    double diameter = 0.0; ///< photosites, of the circle of equal area; 0: not measured
};

/// The part of the frame that was examined, whether it holds traces or not: x <= left to right of it.
struct PatternWindow {
    double x = 0.0;
    double y = 0.0;
    double width = 0.0;
    double height = 0.0;
};

struct PatternSettings {
    std::optional<double> mm_per_photosite =
        std::nullopt;             ///< lengths are in mm with it, else in photosites
    std::uint64_t seed = 1;       ///< of resampling and of the null of symmetry
    std::size_t resamples = 1000; ///< at least 100
    std::size_t null_draws = 199; ///< at least 99
    bool seek_symmetry = true;    ///< false: MirrorSymmetry is left out, which costs most
};

/// A value with its 95 % interval.
struct Ranged {
    double value = 0.0;
    double low = 0.0;
    double high = 0.0;
};

/// Diameters, in the order of spray practice: half the volume (d^3) is in spots smaller than d_v50.
struct SizeLaw {
    std::size_t count = 0; ///< of points with a diameter
    /// Of the log-normal law fitted to the diameters: a few large spots hold most of the volume, and a sample without
    /// them cannot show them. Intervals hold if the law does.
    Ranged d_v10;
    Ranged d_v50;
    Ranged d_v90;
    double found_d_v10 =
        0.0; ///< of the spots found themselves, whatever their law; low for the law's d_v90
    double found_d_v50 = 0.0;
    double found_d_v90 = 0.0;
    double mean_log = 0.0; ///< of ln diameter
    double mean_log_sigma = 0.0;
    double sd_log = 0.0;
    double sd_log_sigma = 0.0;
};

/// A ring about the flux-weighted centre; only its part within the window counts.
struct DensityRing {
    double inner = 0.0;
    double outer = 0.0;
    double area = 0.0;
    std::size_t count = 0;
    Ranged density{}; ///< points by area; interval of a Poisson count (Garwood)
};

struct Elongation {
    Ranged ratio; ///< long axis by short one, of the standard deviations of places; 1: round
    /// Of the long axis from x towards y, [0, 180); nothing where the group is not told from a round one (p > 0.05).
    std::optional<Ranged> angle_deg{};
    double p_round = 1.0; ///< that a round normal group shows as much
};

/// Mean distance to the nearest neighbour by that of points strewn at random over the window.
struct ClarkEvans {
    double ratio = 0.0; ///< 1: at random; below: clustered; above: regular, up to 2.15
    double sigma = 0.0; ///< its standard error where points are strewn at random
    double z = 0.0;     ///< (ratio - 1) / sigma
};

/// The best axis across which the group is its own mirror image, as a contact print across a fold is.
struct MirrorSymmetry {
    double angle_deg = 0.0; ///< of the axis, from x towards y, [0, 180)
    double offset =
        0.0; ///< of the axis from the centre, along the axis' normal (angle + 90 degrees)
    double score =
        0.0; ///< mean over points of exp(-(distance to the nearest image / tolerance)^2 / 2), 0 to 1
    double tolerance = 0.0;
    double null_mean =
        0.0; ///< best scores of groups whose neighbours were turned and flipped together at random
    double null_sd = 0.0;
    double p = 1.0; ///< share of these at or above the score, (1 + count) / (1 + draws)
};

/// Least counts; below them a descriptor is nothing: it cannot be told.
inline constexpr std::size_t fewest_for_sizes = 10;
inline constexpr std::size_t fewest_for_profile = 10;
inline constexpr std::size_t fewest_for_elongation = 10;
inline constexpr std::size_t fewest_for_clark_evans = 8;
inline constexpr std::size_t fewest_for_symmetry = 16;

struct Pattern {
    std::size_t count = 0;
    Ranged
        expected_count; ///< the count, and the Poisson means that would give such a count (Garwood, 95 %)
    std::string_view unit;          ///< "mm" or "photosite"
    std::optional<double> centre_x; ///< flux-weighted, photosites; nothing without flux
    std::optional<double> centre_y;
    std::optional<SizeLaw> sizes;
    std::vector<DensityRing>
        rings; ///< from the centre outwards, equal in width; empty below fewest_for_profile
    std::optional<Elongation> elongation;
    std::optional<ClarkEvans> clark_evans;
    std::optional<MirrorSymmetry> symmetry;
};

/// Describes a group of traces.
///
/// Intervals of sizes are generalised ones of a log-normal law, that of elongation comes from resampling the points
/// (percentiles); those of counts are exact.
/// Clark-Evans with Donnelly's edge correction for a rectangle; symmetry among the 100 points of greatest flux.
///
/// \throws Error domain  a value that is not finite, a diameter below 0, a scale that is not above 0, a window without
///                       area, a point outside the window
/// \throws Error insufficient  fewer resamples or null draws than stated
///
/// Cost: some milliseconds for 100 points without symmetry, 0.7 s with it; a second for 20 000 without.
/// Limits: what was not found is not there: counts, small sizes and spacing follow the detection limit; traces that
/// touch count as one. The diameter is the spot's on cloth and not the drop's in flight. Nothing here is evidence of how a group came about.
/// Source: K. P. Donnelly, in: I. Hodder (ed.), Simulation Studies in Archaeology (1978) 91; P. J. Clark, F. C. Evans,
/// Ecology 35 (1954) 445; J. W. Mauchly, Ann. Math. Stat. 11 (1940) 204; F. Garwood, Biometrika 28 (1936) 437.
/// Checked in: tests/detect/pattern_test.cpp.
[[nodiscard]] Pattern measure_pattern(std::span<PatternPoint const> points,
                                      PatternWindow const& window,
                                      PatternSettings const& settings = {});

/// A number that patterns are compared by; nothing where it cannot be told.
struct PatternFeature {
    std::string_view name; ///< of pattern_features
    std::optional<double> value;
};

/// ln count; mean and standard deviation of ln diameter; ln elongation; ln Clark-Evans ratio; symmetry score less
/// its null mean.
inline constexpr std::array<std::string_view, 6> pattern_features{"ln_count",
                                                                  "mean_ln_diameter",
                                                                  "sd_ln_diameter",
                                                                  "ln_elongation",
                                                                  "ln_clark_evans",
                                                                  "symmetry_excess"};

/// In the order of pattern_features. Only groups measured in one unit, under one detection limit, can be compared.
[[nodiscard]] std::array<PatternFeature, pattern_features.size()>
named_features(Pattern const& pattern);

/// What references and a question are compared by (lab/source/pattern_ratio.hpp): all of named_features. Nothing
/// where one of them cannot be told.
[[nodiscard]] std::optional<std::vector<double>> to_features(Pattern const& pattern);

/// A Poisson mean's exact 95 % interval from one count.
[[nodiscard]] Ranged poisson_interval(std::size_t count);

} // namespace cmq::detect
