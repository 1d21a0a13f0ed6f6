// SPDX-License-Identifier: GPL-3.0-or-later

/// \file
/// From a frame to its traces, with a promise on the number of false ones.

#pragma once

#include "core/frame.hpp"
#include "core/progress.hpp"
#include "core/table.hpp"

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace cmq::detect {

/// What may be chosen. The defaults are those of the command line.
struct Settings {
    /// Expected number of false traces in the frame, over all planes, scales and both polarities
    /// tested; above 0, at most 100.
    double false_traces_expected = 0.01;
    /// Instead of that: the expected share of false traces among those found, above 0, at most 0.5
    /// (Benjamini and Hochberg's rule on the segments of the frame).
    std::optional<double> false_discovery_rate = std::nullopt;
    /// Share of the marker's light in each plane (or any multiple), where it is known: only light of that
    /// colour is sought then, and found fainter.
    std::optional<PerPlane<double>> colour = std::nullopt;
    unsigned threads = 0; ///< 0: one for each core; the result has the same bits for any number
    bool keep_significance = false; ///< fill Detection::significance
    bool keep_apertures = false;    ///< fill Detection::aperture
};

/// Light above the background that noise would rarely make. A cell is a 2 x 2 block of photosites.
struct Trace {
    std::int64_t id = 0; ///< 1, 2, ... from the top of the frame down, then from the left
    double x = 0.0;      ///< centroid, photosites of the visible area, top-left one = (0, 0)
    double y = 0.0;
    std::int64_t area_cells = 0;      ///< cells above the lower threshold
    PerPlane<double> flux_dn{};       ///< light above the background, summed over the trace, DN
    PerPlane<double> flux_dn_sigma{}; ///< its standard uncertainty: noise, texture, background
    /// Of the sum of the four fluxes. On cloth, whose light is in all planes at once, more than the
    /// squares of flux_dn_sigma would add up to.
    double total_flux_dn_sigma = 0.0;
    /// Of flux_dn, DN^2: upper triangle row by row. On its diagonal the squares of flux_dn_sigma; all of
    /// its entries, those off the diagonal twice, add up to the square of total_flux_dn_sigma.
    std::array<double, 10> flux_covariance_dn2{};
    double snr = 0.0;       ///< largest signal-to-noise of the filtered, whitened planes
    double log10_nfa = 0.0; ///< log10 of the number of false traces as strong expected in the frame
    bool saturated = false; ///< a photosite of it is saturated: flux is then a lower limit
    std::int64_t masked_photosites = 0; ///< photosites in it that took no part
    std::array<std::int64_t, 4> box{};  ///< first x, first y, last x, last y; photosites, inclusive
    /// Root of the larger second moment of the filtered picture above the lower threshold, photosites:
    /// tells long from round, not how large a droplet is.
    double semi_major = 0.0;
    double semi_minor = 0.0;
    double angle_rad = 0.0;   ///< of the long axis, from +x towards +y, in (-pi/2, pi/2]
    double scale_cells = 0.0; ///< sigma of the filter that answered most, cells
    std::int64_t group = 0;   ///< traces that touch share a number above 0; 0: stands alone
};

/// Background and noise of one plane, over the good photosites outside the traces.
struct PlaneSummary {
    double level_dn = 0.0;     ///< mean background
    double level_low_dn = 0.0; ///< lowest and highest of the background mesh
    double level_high_dn = 0.0;
    double noise_dn = 0.0;          ///< root mean square of the noise model's sd
    double measured_noise_dn = 0.0; ///< measured spread between neighbouring photosites
    double spread_ratio = 0.0;      ///< measured_noise_dn / noise_dn
    double saturation_dn = 0.0; ///< level above black at and beyond which a photosite is saturated
    std::int64_t saturated_photosites = 0;
    std::int64_t hot_photosites = 0; ///< masked as hot by the frame, or found here
    std::int64_t masked_photosites = 0;
};

/// What turns the filtered planes of one place into a significance; see docs/methods/detect.md.
struct SignificanceForm {
    std::array<float, 10> inverse{}; ///< of the covariance of z, upper triangle row by row; the
                                     ///< colour of strong texture is left out
    PerPlane<float> skewness{};      ///< of z, from the noise model
    PerPlane<float> spread{};  ///< measured variance of z, texture included; 1 = as the model says
    float degrees = 1e6F;      ///< independent samples behind the covariance
    int dimensions = 4;        ///< of z that are left
    PerPlane<float> texture{}; ///< unit vector of strong texture in z; 0 where there is none
    PerPlane<float> second_texture{}; ///< a second one, at right angles
    float noise_slope = 0.0F;         ///< relative growth of the noise variance with texture . z
    bool any_sign = false;            ///< texture hides whether a trace is brighter or darker
    /// Where the marker's colour is known, what makes of z the one signal-to-noise of that colour;
    /// dimensions is 1 then, 0 where texture has that very colour.
    PerPlane<float> response{};
};

/// One place of the frame where the chance of finding a droplet can be worked out: the noise that was
/// really there after filtering. For limit_flux.
struct LimitSite {
    static constexpr std::size_t side = 5;   ///< places of a patch, each way
    static constexpr std::size_t scales = 3; ///< filters
    /// (y, x) of the middle of each filter's patch from the droplet, in steps of its lattice.
    std::array<std::array<double, 2>, scales> middle{};
    std::array<std::array<PerPlane<float>, side * side>, scales> z{}; ///< in sd of the noise model
    std::array<PerPlane<float>, scales> z_per_dn{}; ///< z for one DN of filter output
    std::array<SignificanceForm, scales> form{};
    /// What borders of texture let through there, on top of the forms' noise; detect/border_leak.hpp.
    std::array<std::array<PerPlane<float>, 2>, scales> leak{};
    double background_cells =
        1.0; ///< that share in the background here: it takes a part of a droplet
};

/// Everything detect_traces has to say.
struct Detection {
    Shape shape; ///< photosites: height, width
    Cfa cfa;
    double false_traces_expected =
        0.0; ///< at the threshold; with false_discovery_rate, what it came to
    std::optional<double> false_discovery_rate; ///< as it was asked for
    std::vector<Trace> traces;
    PerPlane<PlaneSummary> planes{};
    NoiseOrigin noise_origin = NoiseOrigin::estimated;
    double textured_share =
        0.0; ///< share of the frame where the colour of its texture was projected out
    double threshold = 0.0; ///< signal-to-noise that a trace must reach
    double tail_factor =
        1.0; ///< how much the threshold was raised because the frame's dark side has
             ///< a heavier tail than the model; 1 = not at all
    std::array<double, LimitSite::scales> scales_cells{}; ///< sigma of the filters
    double low_threshold = 0.0; ///< signal-to-noise at the border of a trace
    std::vector<LimitSite> limit_sites;
    /// Signal-to-noise of each cell, row by row, height / 2 of width / 2; 0 below low_threshold and
    /// where the frame is darker than its background. Empty unless Settings::keep_significance.
    std::vector<float> significance;
    /// Id of the trace whose light a cell counts to, row by row; 0: none. Empty unless
    /// Settings::keep_apertures.
    std::vector<std::int32_t> aperture;
    bool darker =
        false; ///< traces take light away (detect_darker_traces): fluxes are what they take
    std::vector<std::string> warnings; ///< English; warnings_of() says them in both languages
};

/// Finds and measures all traces.
///
/// \param frame     at least 64 x 64 photosites; an odd last row or column is left out
/// \return          traces in the order of their id
///
/// \throws Error  domain        false_traces_expected or false_discovery_rate out of range; a colour that is negative, no number or
///                              without light; a value or variance of a good
///                              photosite is not finite, or its variance is not above zero
/// \throws Error  shape         the frame's vectors do not fit its shape, or it is below 64 x 64
/// \throws Error  insufficient  fewer than half the photosites are good
/// \throws Error  limits        stopped through progress.stop
///
/// Method, sources and limits: docs/methods/detect.md.
[[nodiscard]] Detection
detect_traces(Frame const& frame, Settings const& settings, Progress const& progress = {});

/// One row a trace: id, x, y, area_cells, flux_r ... flux_b, flux_sigma_r ..., snr, log10_nfa,
/// saturated (0 or 1), masked_photosites, box, axes, angle.
[[nodiscard]] Table to_table(Detection const& detection);

} // namespace cmq::detect
