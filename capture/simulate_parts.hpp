// SPDX-License-Identifier: GPL-3.0-or-later

/// \file
/// The steps of simulate_scene, for its own sources only.

#pragma once

#include "capture/simulate_scene.hpp"

#include <array>
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
inline constexpr std::uint32_t outline = 107;
inline constexpr std::uint32_t patches = 108;
inline constexpr std::uint32_t motifs = 109;
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

/// How far the pattern of printed cloth covers each place, as the lens shows it.
class Print {
public:
    /// Nothing is printed on other kinds of background.
    Print(Background const& background, Lens const& lens, Shape shape, std::uint64_t seed);

    /// 0 to 1.
    [[nodiscard]] double at(double y, double x) const;

private:
    static constexpr std::size_t waves = 4;

    struct Motif {
        double u;
        double v;
        double radius;
        std::array<double, waves> height; ///< of its outline's waves, 2 to 5 around
        std::array<double, waves> phase;
    };

    [[nodiscard]] double edge(double inside) const;
    [[nodiscard]] double motifs(double u, double v) const;

    PrintPattern pattern_;
    double period_;
    double cosine_;
    double sine_;
    double edge_sd_; ///< photosites
    std::ptrdiff_t first_u_ = 0;
    std::ptrdiff_t first_v_ = 0;
    std::ptrdiff_t columns_ = 0;
    std::ptrdiff_t rows_ = 0;
    std::vector<Motif> motifs_;
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
    std::uint64_t seed = 0;   ///< of the outline of a stain, of the patches of a print
    std::uint64_t number = 0; ///< its own among all droplets of the scene
};

/// \throws Error domain  no room within the region
[[nodiscard]] std::vector<Droplet> place_droplets(SceneSettings const& settings);

/// Share of a droplet's flux that falls on each photosite of a box, were all of one plane; sums to 1.
struct Footprint {
    Box box;
    std::vector<double> share;
    double x = 0.0; ///< flux-weighted centre
    double y = 0.0;
    double area = 0.0;    ///< before blur, photosites
    double covered = 0.0; ///< the same, each part weighted with how far it covers
};

[[nodiscard]] Footprint draw_droplet(Droplet const& droplet, Lens const& lens);

/// The box of its footprint.
[[nodiscard]] Box box_of(Droplet const& droplet, Lens const& lens);

/// Square samples over a box of photosites, row by row.
class Canvas {
public:
    Canvas(Box box, std::ptrdiff_t samples);

    [[nodiscard]] Box const& box() const { return box_; }

    [[nodiscard]] std::ptrdiff_t samples() const { return samples_; } ///< each way in a photosite

    [[nodiscard]] std::ptrdiff_t rows() const { return rows_; }

    [[nodiscard]] std::ptrdiff_t columns() const { return columns_; }

    [[nodiscard]] std::vector<double>& values() { return value_; }

    [[nodiscard]] double* row(std::ptrdiff_t y) { return value_.data() + y * columns_; }

    /// Coordinate of a sample's centre, photosites.
    [[nodiscard]] double x_of(std::ptrdiff_t column) const;
    [[nodiscard]] double y_of(std::ptrdiff_t row) const;

    /// Share of a sample inside an edge at signed distance d (photosites, inside positive).
    [[nodiscard]] double inside(double d) const;

private:
    Box box_;
    std::ptrdiff_t samples_;
    std::ptrdiff_t rows_;
    std::ptrdiff_t columns_;
    std::vector<double> value_;
};

/// How far beyond its radius a stain may reach, in radii.
inline constexpr double stain_reach = 1.8;

void draw_stain(Droplet const& droplet, Canvas& canvas);
void draw_print(Droplet const& droplet, Canvas& canvas);

/// Convolves with the lens; sums are those of before times one factor.
void blur(Canvas& canvas, Lens const& lens);

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
