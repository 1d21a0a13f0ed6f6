// SPDX-License-Identifier: GPL-3.0-or-later

/// \file
/// One scene under two lights and through a known transform: frames to be aligned.

#pragma once

#include "core/frame.hpp"
#include "core/random.hpp"
#include "detect/register_frames.hpp"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <vector>

namespace two_lights {

/// A soft-edged ellipse on the cloth; what it does to either light has nothing to do with the other.
struct Patch {
    double x;
    double y;
    double a;
    double b;
    double cosine;
    double sine;
    double uv;      ///< factor of the light under ultraviolet
    double visible; ///< under visible light
};

struct Spot {
    double x;
    double y;
    double dn;
};

struct Scene {
    std::vector<Patch> patches;
    std::vector<Spot> spots; ///< of marker: under ultraviolet only
};

inline Scene make_scene(cmq::Shape shape, std::uint64_t seed, std::size_t patches) {
    cmq::Random random{seed, 910, 0};
    Scene scene;
    auto const place = [&](std::ptrdiff_t side) {
        return (1.6 * random.uniform() - 0.3) * static_cast<double>(side);
    };
    for (std::size_t i = 0; i < patches; ++i) {
        double const angle = 3.14159265358979 * random.uniform();
        double const size =
            0.012 * static_cast<double>(shape.width) * std::exp(0.8 * random.normal());
        double const x = place(shape.width);
        double const y = place(shape.height);
        scene.patches.push_back({x,
                                 y,
                                 size * 1.5 + 2.0,
                                 size + 2.0,
                                 std::cos(angle),
                                 std::sin(angle),
                                 std::exp(0.5 * random.normal()),
                                 std::exp(0.5 * random.normal())});
    }
    for (int i = 0; i < 30; ++i) {
        double const x = place(shape.width);
        double const y = place(shape.height);
        scene.spots.push_back({x, y, 3000.0});
    }
    return scene;
}

struct Exposure {
    bool ultraviolet = true;
    double level_dn = 100.0; ///< of bare cloth
    double gain_dn = 0.5;
    double read_noise_dn = 2.0;
    double depth = 1.0; ///< 0: patches are not seen
    std::uint64_t seed = 1;
};

/// What a camera sees of the scene when its photosite (x, y) looks at transform^-1 of it.
inline cmq::Frame expose(Scene const& scene,
                         cmq::Shape shape,
                         cmq::detect::Transform const& from_scene,
                         Exposure const& exposure) {
    auto const to_scene = from_scene.inverse();
    auto const area = static_cast<std::size_t>(shape.area());
    std::vector<double> light(area, exposure.level_dn);
    auto const each_near = [&](double x, double y, double reach, auto const& work) {
        double left = 1e9;
        double right = -1e9;
        double top = 1e9;
        double bottom = -1e9;
        for (double const sx : {-1.0, 1.0}) {
            for (double const sy : {-1.0, 1.0}) {
                auto const p = from_scene.map({x + sx * reach, y + sy * reach});
                left = std::min(left, p.x);
                right = std::max(right, p.x);
                top = std::min(top, p.y);
                bottom = std::max(bottom, p.y);
            }
        }
        auto const clip = [](double v, std::ptrdiff_t side) {
            return static_cast<std::ptrdiff_t>(std::clamp(v, 0.0, static_cast<double>(side)));
        };
        for (std::ptrdiff_t j = clip(top, shape.height); j < clip(bottom + 1.0, shape.height);
             ++j) {
            for (std::ptrdiff_t i = clip(left, shape.width); i < clip(right + 1.0, shape.width);
                 ++i) {
                auto const p = to_scene.map({static_cast<double>(i), static_cast<double>(j)});
                work(static_cast<std::size_t>(j * shape.width + i), p.x - x, p.y - y);
            }
        }
    };
    for (Patch const& patch : scene.patches) {
        double const factor =
            std::pow(exposure.ultraviolet ? patch.uv : patch.visible, exposure.depth);
        each_near(patch.x, patch.y, patch.a + 6.0, [&](std::size_t i, double dx, double dy) {
            double const u = (patch.cosine * dx + patch.sine * dy) / patch.a;
            double const v = (patch.cosine * dy - patch.sine * dx) / patch.b;
            // An edge some 3 photosites wide.
            double const inside = (1.0 - std::hypot(u, v)) * patch.b;
            double const cover = 1.0 / (1.0 + std::exp(-1.5 * inside));
            light[i] *= 1.0 + (factor - 1.0) * cover;
        });
    }
    if (exposure.ultraviolet) {
        for (Spot const& spot : scene.spots) {
            each_near(spot.x, spot.y, 10.0, [&](std::size_t i, double dx, double dy) {
                light[i] += spot.dn * std::exp(-(dx * dx + dy * dy) / 8.0);
            });
        }
    }
    cmq::Frame frame;
    frame.shape = shape;
    frame.saturation_dn.fill(15'000.0);
    frame.noise.gain_dn.fill(exposure.gain_dn);
    frame.noise.read_noise_dn.fill(exposure.read_noise_dn);
    frame.mask.assign(area, 0);
    // Light of each plane in proportion; the lamp fades towards the right.
    cmq::PerPlane<double> const colour = exposure.ultraviolet
                                             ? cmq::PerPlane<double>{0.4, 0.8, 0.8, 2.0}
                                             : cmq::PerPlane<double>{1.0, 1.2, 1.2, 0.8};
    cmq::Random random{exposure.seed, 911, 0};
    for (std::size_t i = 0; i < area; ++i) {
        auto const y = static_cast<std::ptrdiff_t>(i) / shape.width;
        auto const x = static_cast<std::ptrdiff_t>(i) % shape.width;
        double const lamp = 1.2 - 0.4 * static_cast<double>(exposure.ultraviolet ? x : y) /
                                      static_cast<double>(shape.width);
        double const mean = lamp * light[i] * colour[static_cast<std::size_t>(frame.cfa.at(y, x))];
        double value =
            exposure.gain_dn * static_cast<double>(random.poisson(mean / exposure.gain_dn));
        value += exposure.read_noise_dn * random.normal();
        frame.value.push_back(static_cast<float>(value));
        frame.variance.push_back(
            static_cast<float>(frame.noise.variance(cmq::Plane::red, std::max(value, 0.0))));
    }
    return frame;
}

/// Root mean square and greatest distance of two transforms over a frame, photosites of the image.
struct Difference {
    double rms = 0.0;
    double largest = 0.0;
};

inline Difference
difference(cmq::detect::Transform const& a, cmq::detect::Transform const& b, cmq::Shape shape) {
    Difference result;
    for (int j = 0; j <= 10; ++j) {
        for (int i = 0; i <= 10; ++i) {
            cmq::detect::Place const place{0.1 * i * static_cast<double>(shape.width - 1),
                                           0.1 * j * static_cast<double>(shape.height - 1)};
            auto const one = a.map(place);
            auto const other = b.map(place);
            double const d = std::hypot(one.x - other.x, one.y - other.y);
            result.rms += d * d / 121.0;
            result.largest = std::max(result.largest, d);
        }
    }
    result.rms = std::sqrt(result.rms);
    return result;
}

/// Turn (degrees), scale and shift about the middle, and perspective (change of scale from edge to edge).
inline cmq::detect::Transform make_transform(cmq::Shape shape,
                                             double turn_deg,
                                             double scale,
                                             double shift_x,
                                             double shift_y,
                                             double perspective = 0.0) {
    double const cx = 0.5 * static_cast<double>(shape.width - 1);
    double const cy = 0.5 * static_cast<double>(shape.height - 1);
    double const c = scale * std::cos(turn_deg * 3.14159265358979 / 180.0);
    double const s = scale * std::sin(turn_deg * 3.14159265358979 / 180.0);
    double const p = perspective / static_cast<double>(shape.width);
    // (x', y') = centre + shift + R (x - centre) / (1 + p (x - cx)).
    cmq::detect::Transform transform;
    double const tx = cx + shift_x;
    double const ty = cy + shift_y;
    double const w0 = 1.0 - p * cx;
    transform.matrix = {c + tx * p,
                        -s,
                        tx * w0 - c * cx + s * cy,
                        s + ty * p,
                        c,
                        ty * w0 - s * cx - c * cy,
                        p,
                        0.0,
                        w0};
    return transform;
}

} // namespace two_lights
