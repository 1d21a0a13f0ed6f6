// SPDX-License-Identifier: GPL-3.0-or-later

/// \file
/// Symmetric positive definite matrices of a few rows. Internal.

#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <vector>

namespace cmq::detect {

/// The lower triangle L with L L' = matrix.
class Cholesky {
public:
    /// \param matrix  size x size, row by row; the lower triangle is read
    /// \return        nothing where it is not positive definite
    [[nodiscard]] static std::optional<Cholesky> of(std::span<double const> matrix,
                                                    std::size_t size);

    /// Entry of L; column <= row.
    [[nodiscard]] double at(std::size_t row, std::size_t column) const noexcept {
        return lower_[row * size_ + column];
    }

    [[nodiscard]] double log_determinant() const noexcept; ///< of the matrix
    /// L^-1 v; the sum of its squares is v' matrix^-1 v.
    [[nodiscard]] std::vector<double> whitened(std::span<double const> v) const;
    /// L v.
    [[nodiscard]] std::vector<double> coloured(std::span<double const> v) const;

private:
    explicit Cholesky(std::size_t size) : lower_(size * size), size_{size} {}

    std::vector<double> lower_;
    std::size_t size_ = 0;
};

} // namespace cmq::detect
