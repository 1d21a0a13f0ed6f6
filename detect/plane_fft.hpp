// SPDX-License-Identifier: GPL-3.0-or-later

/// \file
/// Fourier transform of square tiles. Internal.

#pragma once

#include <complex>
#include <cstddef>
#include <vector>

namespace cmq::detect {

/// Tiles of side x side values, row by row; side is a power of two. Always the same order of sums, so
/// the same bits on any machine and thread.
class TileTransform {
public:
    explicit TileTransform(std::size_t side);

    [[nodiscard]] std::size_t side() const noexcept { return side_; }

    /// In place; inverse divides by side * side.
    void forward(std::vector<std::complex<double>>& tile) const;
    void inverse(std::vector<std::complex<double>>& tile) const;

private:
    void transform(std::vector<std::complex<double>>& tile, bool inverse) const;
    void columns(std::complex<double>* tile, bool inverse) const;

    std::size_t side_;
    std::vector<std::complex<double>> root_; // exp(-2 pi i k / side)
    std::vector<std::size_t> reversed_;
};

} // namespace cmq::detect
