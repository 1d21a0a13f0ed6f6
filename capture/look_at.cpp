// SPDX-License-Identifier: GPL-3.0-or-later

#include "capture/profile_checks.hpp"
#include "core/error.hpp"

namespace cmq::capture {
namespace {

struct Counts {
    double sum = 0;
    double photosites = 0;
    double saturated = 0;
    double zero = 0;
};

// One row of one plane.
void count_row(
    Frame const& frame, std::size_t first, std::size_t end, double black, Counts& counts) {
    auto const lowest = static_cast<float>(0.5 - black);
    for (std::size_t at = first; at < end; at += 2) {
        if ((frame.mask[at] & mask_bit::no_data) == 0) {
            counts.sum += static_cast<double>(frame.value[at]);
            counts.photosites += 1;
            counts.saturated += (frame.mask[at] & mask_bit::saturated) != 0 ? 1 : 0;
            counts.zero += frame.value[at] < lowest ? 1 : 0;
        }
    }
}

PerPlane<Counts> count(Frame const& frame) {
    PerPlane<Counts> counts;
    auto const width = static_cast<std::size_t>(frame.shape.width);
    for (std::size_t y = 0; y < static_cast<std::size_t>(frame.shape.height); ++y) {
        for (std::size_t first = 0; first < 2; ++first) {
            auto const p = static_cast<std::size_t>(
                frame.cfa.at(static_cast<std::ptrdiff_t>(y), static_cast<std::ptrdiff_t>(first)));
            count_row(frame, y * width + first, (y + 1) * width, frame.black_dn[p], counts[p]);
        }
    }
    return counts;
}

} // namespace

Seen look_at(Capture const& capture, std::string const& name) {
    Frame const& frame = capture.frame;
    Seen seen{.name = name,
              .sha256 = capture.sha256,
              .said = capture.metadata,
              .shape = frame.shape,
              .cfa = frame.cfa,
              .raw_shape = capture.raw_shape,
              .white_level_dn = capture.white_level_dn,
              .black_dn = frame.black_dn,
              .black_sigma_dn = frame.black_dn_sigma,
              .black_origin = capture.black_origin,
              .mean_dn = {},
              .saturated_share = {},
              .zero_share = {},
              .bits_per_photosite = capture.bits_per_photosite};
    PerPlane<Counts> const counts = count(frame);
    for (std::size_t p = 0; p < plane_count; ++p) {
        if (!(counts[p].photosites > 0)) {
            throw Error{ErrorKind::insufficient,
                        {"« {} » n’a aucun photosite exploitable dans un plan",
                         "'{}' has no usable photosite in one plane"},
                        name};
        }
        seen.mean_dn[p] = counts[p].sum / counts[p].photosites;
        seen.saturated_share[p] = counts[p].saturated / counts[p].photosites;
        seen.zero_share[p] = counts[p].zero / counts[p].photosites;
    }
    return seen;
}

} // namespace cmq::capture
