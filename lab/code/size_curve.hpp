// SPDX-License-Identifier: GPL-3.0-or-later

/// \file
/// From scans to lengths of fragments.

#pragma once

#include <optional>
#include <vector>

namespace cmq::lab {

/// Scan and length of one fragment of the standard.
struct SizedPoint {
    double scan = 0.0;
    double size = 0.0;   ///< base pairs
    double height = 0.0; ///< RFU
    /// Length that the others give at its scan less its own; none for the first and the last.
    std::optional<double> left_out;
};

/// From scans to lengths: two hyperbolas through three neighbouring points each, averaged (local Southern).
/// Source: J. K. Elder, E. M. Southern, Anal. Biochem. 128 (1983) 227.
class SizeCurve {
public:
    /// \pre at least four points, scans and sizes rising
    explicit SizeCurve(std::vector<SizedPoint> points);

    [[nodiscard]] std::vector<SizedPoint> const& points() const noexcept { return points_; }

    /// None outside the standard: lengths are not continued beyond it.
    [[nodiscard]] std::optional<double> size_at(double scan) const;

    /// Root mean square of SizedPoint::left_out, base pairs: the error of a length, rather too large, as each fragment left
    /// out makes the gap over which it is found again twice as wide as those in use.
    [[nodiscard]] double error() const noexcept { return error_; }

private:
    std::vector<SizedPoint> points_;
    double error_ = 0.0;
};

} // namespace cmq::lab
