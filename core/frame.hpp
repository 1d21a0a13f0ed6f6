// SPDX-License-Identifier: GPL-3.0-or-later

/// \file
/// A linear picture of photosites with what is known of each: value, variance, mask.

#pragma once

#include "core/image_view.hpp"

#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace cmq {

/// The four photosite planes of a Bayer sensor; also the index into every per-plane array.
enum class Plane : std::uint8_t {
    red = 0,
    green1 = 1, ///< green on a red row
    green2 = 2, ///< green on a blue row
    blue = 3,
};

inline constexpr std::size_t plane_count = 4;
inline constexpr std::array<std::string_view, plane_count> plane_names{"r", "g1", "g2", "b"};

template <class T>
using PerPlane = std::array<T, plane_count>;

/// Which plane each photosite of the 2 x 2 cell at the top left of the visible area belongs to.
struct Cfa {
    std::array<Plane, 4> cell{
        Plane::red, Plane::green1, Plane::green2, Plane::blue}; ///< row by row

    friend bool operator==(Cfa const&, Cfa const&) = default;

    [[nodiscard]] Plane at(std::ptrdiff_t y, std::ptrdiff_t x) const noexcept {
        return cell[static_cast<std::size_t>((y & 1) * 2 + (x & 1))];
    }

    /// Offset (y, x) of a plane's photosite within the cell.
    [[nodiscard]] std::array<std::ptrdiff_t, 2> offset(Plane plane) const noexcept;

    /// "RGGB", "BGGR", "GRBG" or "GBRG".
    [[nodiscard]] std::string name() const;
};

/// Makes a Cfa from "RGGB" and the like.
/// \throws Error unsupported  any other text
[[nodiscard]] Cfa make_cfa(std::string_view name);

/// Bits of Frame::mask. A photosite with any bit set takes no part in a measurement.
namespace mask_bit {
inline constexpr std::uint8_t saturated = 1;
inline constexpr std::uint8_t hot = 2;
inline constexpr std::uint8_t dead = 4;
inline constexpr std::uint8_t edge = 8;
inline constexpr std::uint8_t no_data = 16;
inline constexpr std::uint8_t blooming =
    32; ///< beside a saturated photosite, whose charge may have run over
} // namespace mask_bit

/// Where the noise model of a frame comes from, best first.
enum class NoiseOrigin : std::uint8_t {
    profile,   ///< a camera profile measured by photon transfer
    dng_tag,   ///< the NoiseProfile tag of the file (0xc761)
    estimated, ///< estimated from this one frame
};

[[nodiscard]] std::string_view to_text(NoiseOrigin origin) noexcept;

/// variance = read_noise_dn^2 + gain_dn * max(signal, 0) + (prnu * signal)^2, in DN^2, per plane.
struct NoiseModel {
    NoiseOrigin origin = NoiseOrigin::estimated;
    PerPlane<double> read_noise_dn{}; ///< standard deviation in the dark, DN
    PerPlane<double>
        read_noise_dn_sigma{};  ///< its standard uncertainty; 0 when the origin gives none
    PerPlane<double> gain_dn{}; ///< DN per electron
    PerPlane<double> gain_dn_sigma{};
    PerPlane<double> prnu{}; ///< relative spread of photosite response

    [[nodiscard]] double variance(Plane plane, double signal_dn) const noexcept;
};

/// Linear photosites of the visible area, black subtracted, not demosaiced.
///
/// All three vectors hold shape.area() entries, row by row; 9 bytes a photosite in all.
struct Frame {
    Shape shape; ///< photosites of the visible area: height, width
    Cfa cfa;
    std::vector<float> value;       ///< DN above black; may be negative
    std::vector<float> variance;    ///< DN^2, from noise
    std::vector<std::uint8_t> mask; ///< mask_bit values; 0 = good
    PerPlane<double> black_dn{};    ///< black level that was subtracted
    PerPlane<double>
        black_dn_sigma{}; ///< standard uncertainty of black_dn; 0 when the file only states it
    PerPlane<double>
        saturation_dn{}; ///< level above black at and beyond which a photosite counts as saturated
    NoiseModel noise;

    [[nodiscard]] ImageView<float const> values() const {
        return {value.data(), shape, shape.width};
    }

    [[nodiscard]] ImageView<float const> variances() const {
        return {variance.data(), shape, shape.width};
    }

    [[nodiscard]] ImageView<std::uint8_t const> masks() const {
        return {mask.data(), shape, shape.width};
    }
};

} // namespace cmq
