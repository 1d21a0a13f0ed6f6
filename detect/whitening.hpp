// SPDX-License-Identifier: GPL-3.0-or-later

/// \file
/// From four filtered planes to one significance, by the covariance measured around. Internal.

#pragma once

#include "detect/background.hpp"
#include "detect/border_leak.hpp"
#include "detect/detect_traces.hpp"
#include "detect/matched_filter.hpp"
#include "detect/symmetric4.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <optional>
#include <vector>

namespace cmq::detect {

/// Scalar product.
[[nodiscard]] inline float along(PerPlane<float> const& a, PerPlane<float> const& b) noexcept {
    return a[0] * b[0] + a[1] * b[1] + a[2] * b[2] + a[3] * b[3];
}

/// A value of a skewed variable (mean 0, variance 1; a shifted gamma) as the normal value of the same
/// probability. Source: E. B. Wilson, M. M. Hilferty, PNAS 17 (1931) 684.
[[nodiscard]] inline double unskewed(double z, double skewness) noexcept {
    if (skewness < 1e-4) {
        return z;
    }
    double const u = 0.5 * z * skewness;
    if (std::abs(u) < 0.1) { // the series of the cube root; what is left out is below 1e-7 u
        double const root =
            u *
            (1.0 / 3.0 +
             u * (-1.0 / 9.0 + u * (5.0 / 81.0 + u * (-10.0 / 243.0 +
                                                      u * (22.0 / 729.0 - u * 154.0 / 6561.0)))));
        return 6.0 / skewness * root + skewness / 6.0;
    }
    return 6.0 / skewness * (std::cbrt(std::max(1e-9, 1.0 + u)) - 1.0) + skewness / 6.0;
}

/// The squared signal-to-noise of z: what a chi-square with form.dimensions degrees would have to be
/// for the same probability; its sign is negative for what is darker than the background.
/// leak: by how much more than that noise z may spread there.
[[nodiscard]] float signed_significance(SignificanceForm const& form,
                                        PerPlane<float> const& z,
                                        BorderLeak const& leak = {}) noexcept;

/// Whether a direction of z was given up to texture.
[[nodiscard]] inline bool is_textured(SignificanceForm const& form) noexcept {
    return form.texture != PerPlane<float>{};
}

/// What measure_forms is asked for.
struct FormSettings {
    bool floor_at_model =
        false; ///< a measured spread clearly below the noise model's is not believed
    std::optional<PerPlane<double>> colour =
        std::nullopt; ///< light of the marker, by plane, where it is known
    unsigned threads = 0;
};

/// One form a block, row by row, of the level that filter was made for. Cells with source_bit take no part.
[[nodiscard]] std::vector<SignificanceForm> measure_forms(Cells const& cells,
                                                          Level const& level,
                                                          Kernel const& kernel,
                                                          Background const& background,
                                                          Frame const& frame,
                                                          FormSettings const& settings);

/// What was tested at one level.
struct TestedBlocks {
    std::vector<double> places; ///< of the lattice, with data in all planes, by block
};

/// The clearest of what the levels say of each cell, the sign negative for what is darker; 0 below
/// least. Light wins over dark where both stand in a cell.
struct SignificanceMap {
    std::vector<float> value;
    float least = 9.0F; ///< smaller ones are stored as 0

    SignificanceMap(Cells const& cells, float smallest)
        : value(cells.flags.size(), 0.0F)
        , least{smallest} {}
};

/// Adds what a level says to the map; writes its number into the flags of cells where it says most.
[[nodiscard]] TestedBlocks add_significance(Level const& level,
                                            Kernel const& kernel,
                                            Background const& background,
                                            Cfa const& cfa,
                                            std::vector<SignificanceForm> const& forms,
                                            BorderLeaks const& leaks,
                                            unsigned number,
                                            unsigned threads,
                                            Cells& cells,
                                            SignificanceMap& map);

} // namespace cmq::detect
