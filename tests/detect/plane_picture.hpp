// SPDX-License-Identifier: GPL-3.0-or-later

/// \file
/// Pictures of one plane with known truth, for tests and studies of detect_plane.

#pragma once

#include "core/image_view.hpp"
#include "core/random.hpp"
#include "detect/plane_background.hpp"

#include <cmath>
#include <vector>

namespace plane_picture {

constexpr double gain_dn = 0.5;
constexpr double read_noise_electrons = 3.0;
inline cmq::detect::PlaneNoise const noise{gain_dn * read_noise_electrons, gain_dn, 0.0};

struct Picture {
    cmq::Shape shape;
    std::vector<float> value; ///< DN

    [[nodiscard]] cmq::ImageView<float const> view() const {
        return {value.data(), shape, shape.width};
    }
};

struct Spot {
    double x = 0.0;
    double y = 0.0;
    double electrons = 0.0;
    double sd = 1.35; ///< photosites
};

/// Electrons of the background at the left and right edge.
struct Surface {
    double left = 90.0;
    double right = 90.0;
};

/// Light of round Gaussian spots on a surface, as Poisson counts with read noise.
inline Picture make_picture(cmq::Shape shape,
                            Surface surface,
                            std::vector<Spot> const& spots,
                            std::uint64_t seed) {
    Picture picture{shape, std::vector<float>(static_cast<std::size_t>(shape.area()))};
    std::vector<double> light(picture.value.size());
    for (std::ptrdiff_t y = 0; y < shape.height; ++y) {
        for (std::ptrdiff_t x = 0; x < shape.width; ++x) {
            light[static_cast<std::size_t>(y * shape.width + x)] =
                surface.left + (surface.right - surface.left) * static_cast<double>(x) /
                                   static_cast<double>(shape.width - 1);
        }
    }
    for (Spot const& spot : spots) {
        auto const reach = static_cast<std::ptrdiff_t>(std::ceil(6.0 * spot.sd));
        auto const cx = static_cast<std::ptrdiff_t>(std::lround(spot.x));
        auto const cy = static_cast<std::ptrdiff_t>(std::lround(spot.y));
        // The share of a Gaussian that falls on a photosite, exactly.
        auto const share = [&spot](std::ptrdiff_t i, double centre) {
            auto const edge = [&](double at) {
                return std::erf((at - centre) / (spot.sd * std::sqrt(2.0)));
            };
            return 0.5 * (edge(static_cast<double>(i) + 0.5) - edge(static_cast<double>(i) - 0.5));
        };
        for (std::ptrdiff_t y = std::max<std::ptrdiff_t>(0, cy - reach);
             y < std::min(shape.height, cy + reach + 1);
             ++y) {
            for (std::ptrdiff_t x = std::max<std::ptrdiff_t>(0, cx - reach);
                 x < std::min(shape.width, cx + reach + 1);
                 ++x) {
                light[static_cast<std::size_t>(y * shape.width + x)] +=
                    spot.electrons * share(x, spot.x) * share(y, spot.y);
            }
        }
    }
    cmq::Random random{seed, 1, 0};
    for (std::size_t i = 0; i < light.size(); ++i) {
        double const electrons =
            static_cast<double>(random.poisson(light[i])) + read_noise_electrons * random.normal();
        picture.value[i] = static_cast<float>(gain_dn * electrons);
    }
    return picture;
}

/// Spots on a grid, each off it by less than a photosite.
inline std::vector<Spot>
make_grid(cmq::Shape shape, std::ptrdiff_t pitch, double electrons, std::uint64_t seed) {
    std::vector<Spot> spots;
    cmq::Random random{seed, 2, 0};
    for (std::ptrdiff_t y = pitch / 2; y < shape.height - pitch / 2; y += pitch) {
        for (std::ptrdiff_t x = pitch / 2; x < shape.width - pitch / 2; x += pitch) {
            spots.push_back({static_cast<double>(x) + random.uniform() - 0.5,
                             static_cast<double>(y) + random.uniform() - 0.5,
                             electrons});
        }
    }
    return spots;
}

} // namespace plane_picture
