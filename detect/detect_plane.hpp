// SPDX-License-Identifier: GPL-3.0-or-later

/// \file
/// From one plane of photosites to its traces, fast: monochrome sensors, single planes, screening pictures.

#pragma once

#include "core/image_view.hpp"
#include "core/table.hpp"
#include "detect/plane_background.hpp"

#include <array>
#include <cstdint>
#include <limits>
#include <vector>

namespace cmq::detect {

struct PlaneSettings {
    /// Expected number of false traces in the picture, over both scales; above 0, at most 100.
    double false_traces_expected = 0.01;
    unsigned threads = 0; ///< 0: one for each core; the result has the same bits for any number
    PlaneNoise noise;     ///< unknown: measured on the picture
    double saturation_dn = std::numeric_limits<double>::infinity(); ///< at and beyond: saturated
};

/// Light above the background that noise would rarely make.
struct PlaneTrace {
    std::int64_t id = 0; ///< 1, 2, ... from the top down, then from the left
    double x = 0.0;      ///< photosites, the centre of the top-left one = (0, 0)
    double y = 0.0;
    double snr = 0.0; ///< largest signal-to-noise of the filtered plane
    double log10_nfa =
        0.0; ///< log10 of the number of false traces as strong expected in the picture
    /// Light above the background: of a round trace within a circle about its centre (4.5 photosites, more
    /// where it is wide), of any other and on texture over the trace and 3 photosites around.
    double flux_dn = 0.0;
    double flux_dn_sigma = 0.0; ///< its standard uncertainty
    std::int64_t area = 0;      ///< photosites where the filtered plane reaches signal-to-noise 4
    std::array<std::int64_t, 4> box{}; ///< of the area: first x, first y, last x, last y, inclusive
    /// Roots of the second moments of the filtered plane above its lower bound, photosites: tell long
    /// from round, not how large a droplet is.
    double semi_major = 0.0;
    double semi_minor = 0.0;
    double angle_rad = 0.0; ///< of the long axis, from +x towards +y, in (-pi/2, pi/2]
    bool saturated = false; ///< a photosite of it is saturated: flux is then a lower limit
    std::int64_t masked_photosites = 0; ///< in it, without a value
    double scale = 0.0; ///< standard deviation of the filter that answered most, photosites
};

struct PlaneDetection {
    Shape shape;
    double false_traces_expected = 0.0;
    std::vector<PlaneTrace> traces;
    double threshold = 0.0;    ///< signal-to-noise that a trace must reach
    double tail_factor = 1.0;  ///< how much it was raised because the dark side has a heavier tail
    bool textured = false;     ///< the plane was whitened: see docs/methods/detection.md
    double spread_ratio = 0.0; ///< median over blocks: measured spread by that of the noise model
    std::int64_t hot_photosites = 0;    ///< sharper than any lens: not among the traces
    std::int64_t masked_photosites = 0; ///< without a value
};

/// Finds and measures all traces of one plane.
///
/// \param values  DN above black, at least 64 x 64; not a number: this photosite takes no part
/// \return        traces in the order of their id
///
/// \throws Error  domain        false_traces_expected out of range; a noise figure is negative or not finite
/// \throws Error  shape         smaller than 64 x 64
/// \throws Error  insufficient  fewer than half the photosites have a value
///
/// Cost: 2 to 4 ns a photosite on one core on even surfaces, by the processor, 0.2 microseconds on cloth; memory for
/// some 30 rows a thread and what was found.
/// Method, sources and limits: docs/methods/detection.md.
[[nodiscard]] PlaneDetection detect_plane(ImageView<float const> values,
                                          PlaneSettings const& settings);

/// One row a trace.
[[nodiscard]] Table to_table(PlaneDetection const& detection);

} // namespace cmq::detect
