// SPDX-License-Identifier: GPL-3.0-or-later

/// \file
/// How probable the colour of a trace is if it belongs to a class of materials that references show.

#pragma once

#include "detect/colour.hpp"

#include <cstddef>
#include <span>
#include <string>
#include <vector>

namespace cmq::detect {

/// One measured spot of known material.
struct ColourReference {
    std::string sample; ///< spots of one sample share its name
    ColourLight light;
};

/// What references say of the colours that their material shows: a multivariate t distribution of the
/// channels' shares in the total.
struct ColourClass {
    std::size_t samples = 0; ///< n: independent ones
    std::size_t spots = 0;
    std::vector<double> mean_shares; ///< one a channel, sum 1
    /// Squared scale of the prediction for one spot of a further sample, in orthonormal coordinates of the
    /// shares: (channels - 1) x (channels - 1), row by row.
    std::vector<double> scale2;
    double degrees = 0.0; ///< n - channels + 1
};

/// Total light over its standard uncertainty that a spot needs: fainter, its shares say too little.
inline constexpr double least_colour_snr = 5.0;

/// Learns a class from spots of known material.
///
/// The scale holds the spread between samples and, where samples have several spots, that within them; the spots' own
/// measurement noise is part of both and is not taken off, so the class is never drawn too narrow.
///
/// \throws Error shape         spots of unlike numbers of channels
/// \throws Error insufficient  fewer than channels + 2 samples: no spread can be told; a spot below
///                             least_colour_snr; all samples of one colour to the last digit
/// \throws Error domain        a value is not finite
///
/// Source: S. Geisser, J. Cornfield, J. Royal Stat. Soc. B 25 (1963) 368 (prediction under the reference prior).
/// Limits: samples are taken as independent and alike; a normal spread of shares. docs/methods/colour.md.
[[nodiscard]] ColourClass fit_colour_class(std::span<ColourReference const> references);

/// ln of the density of the trace's light if it is of this class: its own noise, the class's spread, and an amount
/// that may be anything (flat above 0). Comparable with the same of other classes and of the unknown; alone it means
/// nothing, as it has the unit of DN to the power of 1 - channels.
///
/// \throws Error shape         other numbers of channels
/// \throws Error insufficient  the trace is below least_colour_snr
/// \throws Error domain        flux or covariance not finite, covariance not positive definite
///
/// Cost: some 4000 factorisations of channels x channels, 1 ms with three.
[[nodiscard]] double log_density(ColourClass const& colours, ColourLight const& trace);

/// The same for a material of which nothing is known: every share of the channels is as probable as every other.
/// Integrated over 4096 draws of the trace's noise, the same ones each time, each taken where light is above 0 in every
/// channel and weighed by the chance of that.
///
/// \throws Error as log_density; insufficient too where a channel lies more than five standard uncertainties below 0
[[nodiscard]] double log_density_of_unknown(ColourLight const& trace);

} // namespace cmq::detect
