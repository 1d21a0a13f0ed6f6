// SPDX-License-Identifier: GPL-3.0-or-later

/// \file
/// From a raw plane, its levels and its noise to a frame.

#pragma once

#include "capture/measure_levels.hpp"
#include "core/frame.hpp"

#include <cstddef>
#include <cstdint>
#include <functional>

namespace cmq::capture {

/// What is subtracted and where a plane saturates.
struct Levels {
    PerPlane<double> black_dn{};
    PerPlane<double> black_dn_sigma{};
    PerPlane<std::uint32_t> saturation{}; ///< raw value, black included
};

using RowsFilled = std::function<void(Frame const& frame, std::size_t first, std::size_t last)>;

/// Everything a frame holds, in one pass over the raw plane: value, variance by the noise model, and in mask
/// saturated, and no_data where zero_is_missing and the raw value is 0.
/// \param cfa  of the raw area's top left corner
/// \param filled  called for rows [first, last), each once and maybe from several threads, as soon as they and the three rows
///                behind them are there, while they are in the cache; the frame's vectors still grow
/// Cost: 15 bytes of memory traffic a photosite; allocates the frame alone.
[[nodiscard]] Frame make_frame(ImageView<std::uint16_t const> raw,
                               Area const& visible,
                               Cfa const& cfa,
                               Levels const& levels,
                               NoiseModel const& noise,
                               unsigned threads,
                               RowsFilled const& filled = {});

/// A raw 0 is missing data, and no faint light, where black lies more than 8 standard deviations of read noise
/// above it.
[[nodiscard]] PerPlane<bool> zero_is_missing(Levels const& levels, NoiseModel const& noise);

/// A part of the visible area, for estimate_noise: blocks of 16 x 16 photosites on a regular lattice, as many as fit
/// below most_blocks, side by side; all blocks where there are no more. Variance is empty, mask holds saturated alone.
[[nodiscard]] Frame make_sample(ImageView<std::uint16_t const> raw,
                                Area const& visible,
                                Cfa const& cfa,
                                Levels const& levels,
                                std::size_t most_blocks);

/// Gives back the nine bytes a photosite and keeps what is said of the whole.
void drop_photosites(Frame& frame) noexcept;

/// The cell that a raw area starts with, given the visible area's and its margins.
[[nodiscard]] Cfa shift_cfa(Cfa const& visible, std::ptrdiff_t top, std::ptrdiff_t left);

} // namespace cmq::capture
