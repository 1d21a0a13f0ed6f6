// SPDX-License-Identifier: GPL-3.0-or-later

/// \file
/// The steps of simulate_scene, for its own sources only.

#pragma once

#include "capture/simulate_scene.hpp"

#include <cstdint>
#include <functional>
#include <vector>

namespace cmq::capture {

/// Second name of each stream of random numbers: one list, so that no two uses share a stream.
namespace simulation_task {
inline constexpr std::uint32_t placement = 101;
inline constexpr std::uint32_t yarns = 102;
inline constexpr std::uint32_t waves = 103;
inline constexpr std::uint32_t mottle = 104; // and the two after it
inline constexpr std::uint32_t fixed_pattern = 110;
inline constexpr std::uint32_t hot = 111;
inline constexpr std::uint32_t shot = 120;
inline constexpr std::uint32_t row = 121;
} // namespace simulation_task

/// Throws as simulate_scene says.
void check_scene(SceneSettings const& settings);

/// A rectangle of whole photosites, [top, bottom) x [left, right).
struct Box {
    std::ptrdiff_t top = 0;
    std::ptrdiff_t left = 0;
    std::ptrdiff_t bottom = 0;
    std::ptrdiff_t right = 0;
};

/// Where the letters stand in a visible area of that shape.
[[nodiscard]] Box mark_box(Shape visible);

/// Calls paint(y, x) for each photosite of the letters.
void for_each_mark_photosite(Shape visible,
                             std::function<void(std::ptrdiff_t, std::ptrdiff_t)> const& paint);

/// What multiplies the light of the surface: mean near 1, above 0.
class Texture {
public:
    Texture(Background const& background, Shape shape, std::uint64_t seed);

    [[nodiscard]] double at(double y, double x) const;

private:
    struct Wave {
        double kx;
        double ky;
        double phase;
    };

    /// Normal deviates on a square grid, to be interpolated.
    struct Lattice {
        double period;
        double weight;
        std::ptrdiff_t columns;
        std::vector<double> values;
    };

    [[nodiscard]] double weave(double y, double x) const;
    [[nodiscard]] double folds(double y, double x) const;
    [[nodiscard]] double mottle(double y, double x) const;

    Background background_;
    Shape shape_;
    double cosine_;
    double sine_;
    std::vector<Wave> fold_waves_;
    std::vector<Wave> bends_;
    std::vector<double> warp_;
    std::vector<double> weft_;
    std::vector<Lattice> lattices_;
};

/// One droplet as drawn from its group, before optics.
struct Droplet {
    std::size_t group = 0;
    DropletKind kind = DropletKind::disc;
    double x = 0.0; ///< of the middle
    double y = 0.0;
    double half_length = 0.0; ///< photosites
    double half_width = 0.0;
    double angle_rad = 0.0;
    double flux_electrons = 0.0;
};

/// \throws Error domain  no room within the region
[[nodiscard]] std::vector<Droplet> place_droplets(SceneSettings const& settings);

/// Share of a droplet's flux that falls on each photosite of a box, were all of one plane; sums to 1.
struct Footprint {
    Box box;
    std::vector<double> share;
    double x = 0.0; ///< flux-weighted centre
    double y = 0.0;
    double area = 0.0; ///< before blur, photosites
};

[[nodiscard]] Footprint draw_droplet(Droplet const& droplet, Lens const& lens);

/// Mean electrons of every photosite of the visible area, and the truth table.
struct Light {
    std::vector<float> electrons;
    Table truth;
};

[[nodiscard]] Light simulate_light(SceneSettings const& settings, unsigned threads);

/// Which photosites are hot: the same in every frame of a sensor.
[[nodiscard]] std::vector<HotPhotosite> hot_photosites(SceneSettings const& settings);

/// Raw values of the whole area from the light of the visible one.
[[nodiscard]] std::vector<std::uint16_t> simulate_sensor(SceneSettings const& settings,
                                                         std::vector<float> const& electrons,
                                                         std::vector<HotPhotosite> const& hot,
                                                         unsigned threads);

[[nodiscard]] constexpr std::uint16_t white_dn(Sensor const& sensor) noexcept {
    return static_cast<std::uint16_t>((1U << static_cast<unsigned>(sensor.bits)) - 1U);
}

} // namespace cmq::capture
