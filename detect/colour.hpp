// SPDX-License-Identifier: GPL-3.0-or-later

/// \file
/// Light of one thing in several colour channels.

#pragma once

#include "core/frame.hpp"
#include "detect/detect_traces.hpp"

#include <array>
#include <cstddef>
#include <string_view>
#include <vector>

namespace cmq::detect {

/// Channel of each plane (R, G1, G2, B), and what each channel of a capture is called.
inline constexpr std::array<std::size_t, plane_count> channel_of{0, 1, 1, 2};
inline constexpr std::array<std::string_view, 3> channel_names{"r", "g", "b"};

/// Red, green and blue light of a trace; three channels more for each further capture of it (another
/// excitation, another filter).
///
/// The two green planes are added: they look through one filter, so that their difference is no colour, and
/// each channel less needs fewer references to know its spread.
struct ColourLight {
    std::vector<double> flux_dn;        ///< one a channel; noise may make it negative
    std::vector<double> covariance_dn2; ///< channels x channels, row by row; positive definite

    [[nodiscard]] std::size_t channels() const noexcept { return flux_dn.size(); }

    [[nodiscard]] double total_dn() const noexcept;
    [[nodiscard]] double total_sigma_dn() const noexcept;
};

/// From the four planes of one capture and the covariance of their fluxes.
[[nodiscard]] ColourLight
to_colour_light(PerPlane<double> const& flux_dn,
                std::array<PerPlane<double>, plane_count> const& covariance_dn2);

/// Of a trace: its fluxes with the covariance that texture and noise give them.
[[nodiscard]] ColourLight to_colour_light(Trace const& trace);

/// The channels of two captures of the same thing, whose noise is independent.
[[nodiscard]] ColourLight join(ColourLight const& first, ColourLight const& second);

} // namespace cmq::detect
