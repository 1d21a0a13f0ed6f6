// SPDX-License-Identifier: GPL-3.0-or-later

#include "capture/correct_frame.hpp"

#include "core/error.hpp"
#include "system/parallel.hpp"

#include <algorithm>
#include <cmath>

namespace cmq::capture {
namespace {

// What one plane's photosites have in common.
struct PlaneTerms {
    double read2;
    double gain;
    double prnu2;
    double dark2; // of the dark map, and of what it leaves over
    double curvature;
    double flat_sigma2;
};

PlaneTerms terms_of(Corrections const& with, NoiseModel const& noise, std::size_t p) {
    double const read = noise.read_noise_dn[p];
    double const sigma = with.dark_dn.empty() ? 0.0 : with.dark_sigma_dn[p];
    double const mismatch = with.dark_dn.empty() ? 0.0 : with.dark_mismatch_dn[p];
    return {read * read,
            noise.gain_dn[p],
            with.flat.empty() ? noise.prnu[p] * noise.prnu[p] : 0.0,
            sigma * sigma + mismatch * mismatch,
            with.curvature_per_dn[p],
            with.flat.empty() ? 0.0 : with.flat_sigma[p] * with.flat_sigma[p]};
}

// Beyond it the parabola bends back, or soon will.
constexpr double furthest_bend = 0.75;

void correct_row(Corrections const& with,
                 PerPlane<PlaneTerms> const& planes,
                 Frame& frame,
                 std::ptrdiff_t y) {
    auto const width = static_cast<std::size_t>(frame.shape.width);
    auto const start = static_cast<std::size_t>(y) * width;
    for (std::size_t first = 0; first < 2; ++first) {
        PlaneTerms const& plane =
            planes[static_cast<std::size_t>(frame.cfa.at(y, static_cast<std::ptrdiff_t>(first)))];
        for (std::size_t x = first; x < width; x += 2) {
            std::size_t const at = start + x;
            double signal = static_cast<double>(frame.value[at]);
            double const bend = 4 * plane.curvature * signal;
            double slope2 = 1; // square of d straightened / d read
            if (bend > furthest_bend) {
                frame.mask[at] |= mask_bit::saturated;
            } else if (plane.curvature != 0) {
                signal = 2 * signal / (1 + std::sqrt(1 - bend));
                slope2 = 1 / (1 - bend);
            }
            signal -= with.dark_dn.empty() ? 0.0 : static_cast<double>(with.dark_dn[at]);
            double const flat = with.flat.empty() ? 1.0 : static_cast<double>(with.flat[at]);
            double const noise =
                plane.read2 + plane.gain * std::max(signal, 0.0) + plane.prnu2 * signal * signal;
            double const value = signal / flat;
            frame.value[at] = static_cast<float>(value);
            frame.variance[at] = static_cast<float>((noise * slope2 + plane.dark2) / (flat * flat) +
                                                    value * value * plane.flat_sigma2 / flat);
        }
    }
}

} // namespace

void correct_frame(Corrections const& corrections, Frame& frame, unsigned threads) {
    auto const fits = [&](std::span<float const> map) {
        return map.empty() || std::ssize(map) == frame.shape.area();
    };
    CMQ_EXPECTS(fits(corrections.dark_dn) && fits(corrections.flat));
    PerPlane<PlaneTerms> planes{};
    for (std::size_t p = 0; p < plane_count; ++p) {
        planes[p] = terms_of(corrections, frame.noise, p);
    }
    constexpr std::ptrdiff_t rows_a_block = 32;
    auto const blocks = (frame.shape.height + rows_a_block - 1) / rows_a_block;
    parallel_blocks(static_cast<std::size_t>(blocks), threads, [&](std::size_t block) {
        std::ptrdiff_t const first = static_cast<std::ptrdiff_t>(block) * rows_a_block;
        for (std::ptrdiff_t y = first; y < std::min(first + rows_a_block, frame.shape.height);
             ++y) {
            correct_row(corrections, planes, frame, y);
        }
    });
    for (std::size_t p = 0; p < plane_count; ++p) {
        frame.noise.read_noise_dn[p] = std::sqrt(planes[p].read2 + planes[p].dark2);
        if (!corrections.flat.empty()) {
            frame.noise.prnu[p] = corrections.flat_sigma[p];
        }
    }
}

} // namespace cmq::capture
