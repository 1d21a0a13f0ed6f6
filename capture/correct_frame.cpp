// SPDX-License-Identifier: GPL-3.0-or-later

#include "capture/correct_frame.hpp"

#include "core/error.hpp"
#include "system/parallel.hpp"

#include <algorithm>
#include <array>
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
            auto signal = static_cast<double>(frame.value[at]);
            double const bend = 4 * plane.curvature * signal;
            double slope2 = 1; // square of d straightened / d read
            if (bend > furthest_bend) {
                frame.mask[at] |= mask_bit::saturated;
            } else if (plane.curvature != 0) {
                signal = 2 * signal / (1 + std::sqrt(1 - bend));
                slope2 = 1 / (1 - bend);
            }
            signal -= with.dark_dn.empty() ? 0.0 : static_cast<double>(with.dark_dn[at]);
            // One division instead of three: they took most of the time.
            double const per_flat =
                with.flat.empty() ? 1.0 : 1.0 / static_cast<double>(with.flat[at]);
            double const noise =
                plane.read2 + plane.gain * std::max(signal, 0.0) + plane.prnu2 * signal * signal;
            double const value = signal * per_flat;
            frame.value[at] = static_cast<float>(value);
            frame.variance[at] =
                static_cast<float>((noise * slope2 + plane.dark2) * (per_flat * per_flat) +
                                   value * value * plane.flat_sigma2 * per_flat);
        }
    }
}

// The terms of the two planes of a row in turn, as often as a stretch of it is long: without a stride the loop below
// compiles to vector instructions.
constexpr std::size_t stretch = 256; // even

struct RowTerms {
    std::array<double, stretch> read2;
    std::array<double, stretch> gain;
    std::array<double, stretch> prnu2;
    std::array<double, stretch> dark2;
    std::array<double, stretch> flat_sigma2;
};

RowTerms row_terms(PerPlane<PlaneTerms> const& planes, Cfa const& cfa, std::ptrdiff_t y) {
    RowTerms terms;
    for (std::size_t x = 0; x < stretch; ++x) {
        PlaneTerms const& plane =
            planes[static_cast<std::size_t>(cfa.at(y, static_cast<std::ptrdiff_t>(x)))];
        terms.read2[x] = plane.read2;
        terms.gain[x] = plane.gain;
        terms.prnu2[x] = plane.prnu2;
        terms.dark2[x] = plane.dark2;
        terms.flat_sigma2[x] = plane.flat_sigma2;
    }
    return terms;
}

// correct_row for a straight response: the same operations in the same order, without those that change nothing.
template <bool has_dark, bool has_flat>
void correct_straight(Corrections const& with,
                      RowTerms const& terms,
                      Frame& frame,
                      std::size_t start,
                      std::size_t count) {
    float* __restrict__ value = frame.value.data() + start;
    float* __restrict__ variance = frame.variance.data() + start;
    float const* __restrict__ dark = has_dark ? with.dark_dn.data() + start : nullptr;
    float const* __restrict__ flat = has_flat ? with.flat.data() + start : nullptr;
    for (std::size_t x = 0; x < count; ++x) {
        auto signal = static_cast<double>(value[x]);
        if constexpr (has_dark) {
            signal -= static_cast<double>(dark[x]);
        }
        double const light = signal > 0.0 ? signal : 0.0;
        double const noise =
            terms.read2[x] + terms.gain[x] * light + terms.prnu2[x] * signal * signal;
        double corrected = signal;
        double scatter = noise + terms.dark2[x];
        if constexpr (has_flat) {
            double const per_flat = 1.0 / static_cast<double>(flat[x]);
            corrected = signal * per_flat;
            scatter = scatter * (per_flat * per_flat) +
                      corrected * corrected * terms.flat_sigma2[x] * per_flat;
        }
        value[x] = static_cast<float>(corrected);
        variance[x] = static_cast<float>(scatter);
    }
}

void correct_straight_row(Corrections const& with,
                          RowTerms const& terms,
                          Frame& frame,
                          std::ptrdiff_t y) {
    auto const width = static_cast<std::size_t>(frame.shape.width);
    for (std::size_t x = 0; x < width; x += stretch) {
        std::size_t const start = static_cast<std::size_t>(y) * width + x;
        std::size_t const count = std::min(stretch, width - x);
        if (with.dark_dn.empty()) {
            with.flat.empty() ? correct_straight<false, false>(with, terms, frame, start, count)
                              : correct_straight<false, true>(with, terms, frame, start, count);
        } else {
            with.flat.empty() ? correct_straight<true, false>(with, terms, frame, start, count)
                              : correct_straight<true, true>(with, terms, frame, start, count);
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
    bool const straight =
        std::ranges::all_of(planes, [](PlaneTerms const& plane) { return plane.curvature == 0; });
    std::array const terms{row_terms(planes, frame.cfa, 0), row_terms(planes, frame.cfa, 1)};
    constexpr std::ptrdiff_t rows_a_block = 32;
    auto const blocks = (frame.shape.height + rows_a_block - 1) / rows_a_block;
    parallel_blocks(static_cast<std::size_t>(blocks), threads, [&](std::size_t block) {
        std::ptrdiff_t const first = static_cast<std::ptrdiff_t>(block) * rows_a_block;
        for (std::ptrdiff_t y = first; y < std::min(first + rows_a_block, frame.shape.height);
             ++y) {
            if (straight) {
                correct_straight_row(corrections, terms[static_cast<std::size_t>(y % 2)], frame, y);
            } else {
                correct_row(corrections, planes, frame, y);
            }
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
