// SPDX-License-Identifier: GPL-3.0-or-later

/// \file
/// A simulated sensor looking at a surface with droplets of marker: camera data of known truth.

#pragma once

#include "capture/write_dng.hpp"
#include "core/frame.hpp"
#include "core/image_view.hpp"
#include "core/table.hpp"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace cmq::capture {

/// What the surface looks like. Texture multiplies the four planes alike; only print does not.
enum class BackgroundKind : std::uint8_t {
    flat,     ///< one level
    gradient, ///< a linear ramp
    woven,    ///< a plain weave with uneven yarns, on cloth with folds
    skin,     ///< mottling on several scales
    printed,  ///< woven cloth with a pattern printed on it, in a colour of its own
};

/// What is printed on printed cloth.
enum class PrintPattern : std::uint8_t {
    dots,    ///< a square lattice of discs
    stripes, ///< parallel bands
    motifs,  ///< blobs of irregular outline, size and place, about one to a square of the period
};

/// Light of the surface, in electrons per photosite and exposure.
struct Background {
    BackgroundKind kind = BackgroundKind::flat;
    PerPlane<double> electrons{60.0, 90.0, 90.0, 180.0}; ///< mean of each plane, >= 0
    double gradient = 0.5;      ///< gradient only: (largest - smallest) / mean, [0, 2)
    double angle_deg = 20.0;    ///< direction of the ramp, of the yarns
    double weave_period = 10.0; ///< photosites from yarn to yarn, >= 4
    double weave_depth = 0.15;  ///< relative amplitude of the weave, [0, 0.5]
    double fold_period = 400.0; ///< photosites from fold to fold, >= 50
    double fold_depth = 0.25;   ///< relative amplitude of the folds, [0, 0.5]
    double mottle_depth = 0.25; ///< skin only: relative standard deviation, [0, 0.3]
    PrintPattern print_pattern = PrintPattern::motifs; ///< printed only, as the two below
    double print_period = 60.0; ///< photosites from dot to dot, stripe to stripe, >= 8
    /// Share of the light that the print takes from each plane, [-3, 0.95]; below 0 it shines.
    PerPlane<double> print_depth{0.7, 0.5, 0.5, 0.2};
    double lamp_falloff = 0.0; ///< share of the light lost from the centre to the corners, [0, 0.9]
};

enum class DropletKind : std::uint8_t {
    disc,    ///< round, evenly bright
    ellipse, ///< turned at random, evenly bright
    smear,   ///< a tapered stroke that grows fainter along its way
    stain,   ///< evenly bright, with an irregular outline; up to a tenth of a large frame and more
    print,   ///< a contact print: many small patches, each with its mirror image across a fold
};

[[nodiscard]] std::string_view to_text(BackgroundKind kind) noexcept;
[[nodiscard]] std::string_view to_text(PrintPattern pattern) noexcept;
[[nodiscard]] std::string_view to_text(DropletKind kind) noexcept;

/// A rectangle of the visible area, photosites; holds x <= column < x + width.
struct Region {
    double x = 0.0;
    double y = 0.0;
    double width = 0.0;
    double height = 0.0;
};

/// Droplets of one kind and colour. None has the shape of a filter of the detector: they are drawn
/// at 4 samples a photosite each way, blurred by the lens, and summed over each photosite.
struct DropletGroup {
    std::size_t count = 0;
    DropletKind kind = DropletKind::disc;
    /// Median over droplets of the electrons that all photosites together gather from one of them, > 0.
    double flux_electrons = 6000.0;
    double flux_log_sd = 0.6; ///< standard deviation of ln flux, >= 0
    /// Shares of the flux that go to each plane, in proportion; >= 0, at least one > 0.
    PerPlane<double> colour{0.55, 1.0, 1.0, 0.25};
    /// What the colour is that of, for the truth table: name or short name of an emitter, or any text; "": not said.
    std::string material;
    /// Any above 0: the group takes light away instead of shining (a coloured marker in a visible frame). Share of
    /// each plane's light that is lost where a mark covers, [0, 1]; flux and colour are not used then.
    PerPlane<double> absorption{};
    /// Median radius before blur, photosites, [0.25, 100]; a smear's half width. Stains and prints: [0.25, 1500], with
    /// count * radius^2 at most 1e8; a print's patches lie within this radius.
    double radius = 2.0;
    double radius_log_sd = 0.35;  ///< standard deviation of ln radius, [0, 2]
    double axis_ratio = 0.6;      ///< ellipse: short axis by long; smear: width by length; (0, 1]
    std::optional<Region> region; ///< where centres lie; whole visible area without it
    /// 0: evenly spread. Above: a cluster with this standard deviation (photosites) about the centre
    /// of the region, cut off at its edges.
    double cluster_sd = 0.0;
    double separation = 0.0; ///< least distance between centres of this group, photosites
};

/// What the lens does to a point, the same for every plane.
struct Lens {
    double defocus_radius = 1.0; ///< disc of confusion, photosites, [0, 20]
    double blur_sd = 0.7;        ///< Gaussian, photosites, [0, 20]
};

/// The simulated sensor. Raw value = black + gain * (electrons + noise), rounded, clipped to [0, white].
struct Sensor {
    int bits = 14; ///< 12, 14 or 16; white = 2^bits - 1
    PerPlane<double> black_dn{512.0, 512.0, 512.0, 512.0};
    double gain_dn = 0.5;                  ///< DN per electron, > 0
    double full_well_electrons = 60'000.0; ///< electrons above it are lost
    double read_noise_electrons = 3.0;
    double prnu = 0.006;              ///< relative spread of the response of photosites, [0, 0.1]
    double dsnu_electrons = 0.5;      ///< spread of the dark level of photosites
    double row_noise_electrons = 0.2; ///< shift common to a row, new in each frame
    double hot_share = 2e-5;          ///< share of photosites that are hot, [0, 0.01]
    double hot_electrons = 2000.0;    ///< mean of their (exponential) extra dark charge
    /// Share of the signal that is lost at full well: a charge q is read as q (1 - nonlinearity q / full well),
    /// [-0.2, 0.2].
    double nonlinearity = 0.0;
    bool photon_noise = true; ///< false: the mean itself, for tests of the optics
};

/// Everything that decides the bytes of a frame.
struct SceneSettings {
    Shape shape{1000, 1500}; ///< visible area; even sides, 16 to 20000
    Cfa cfa;
    std::ptrdiff_t masked_columns = 48; ///< optically black columns at the left, even, 0 to 1000
    Background background;
    std::vector<DropletGroup> droplets;
    Lens lens;
    Sensor sensor;
    double exposure_s = 2.0; ///< stated in the file only: light is given in electrons
    int iso = 800;           ///< stated in the file only
    std::uint64_t seed = 1;  ///< photon, read and row noise
    std::optional<std::uint64_t> scene_seed; ///< texture and droplets; seed without it
    std::uint64_t sensor_seed = 1;           ///< what stays the same in every frame of one sensor
    /// The word SIMULATED as letters of raw value 0 in the bottom left corner. Only studies of pure
    /// noise leave it out; what is written to a file always has it.
    bool burn_mark = true;
};

/// A photosite with extra dark charge, in coordinates of the visible area (x < 0: masked column).
struct HotPhotosite {
    std::ptrdiff_t y = 0;
    std::ptrdiff_t x = 0;
    double electrons = 0.0; ///< mean extra charge of one exposure
};

/// A frame and the truth about it.
struct SimulatedScene {
    SceneSettings settings;
    Shape raw_shape;                ///< masked columns included, at the left
    std::vector<std::uint16_t> raw; ///< raw_shape.area() values, row by row
    /// One row a droplet: id, group, kind, x, y (flux-weighted centre; photosites, centre of the
    /// top-left visible photosite = (0,0)), electrons_r/g1/g2/b and dn_r/g1/g2/b (sum over the plane's
    /// photosites of the light's mean), peak_electrons, area_photosites and axis_ratio (before blur),
    /// angle_deg (of a print: the fold's), snr_ideal (see docs/methods/simulate.md), and material where a group
    /// names one. Marks that take light away have electrons, DN and peak below 0.
    Table truth;
    std::vector<HotPhotosite> hot;
};

/// Simulates one frame. Same settings, same bits, on any number of threads (0: one for each core).
///
/// Cost: 0.3 to 0.45 microseconds a photosite on one core, and 0.1 to 10 ms a droplet by its size; stains and prints
/// 0.5 to 1 microseconds a photosite of the box about them.
/// Limits: no demosaicing, optics the same over the field, no cross-talk between photosites;
/// texture is evaluated at centres of photosites.
///
/// \throws Error shape   a side is odd or out of range; with burn_mark, a frame smaller than 128 x 48
/// \throws Error domain  a setting out of the range stated beside it; a black level that read noise could
///                       bring to 0 (less than 8 standard deviations) while burn_mark; droplets that do not fit their region
[[nodiscard]] SimulatedScene simulate_scene(SceneSettings const& settings, unsigned threads = 0);

/// The visible area as a Frame with the true black and noise model (origin: profile), letters masked as
/// no_data, full photosites as saturated, hot ones as hot: what a perfect reader would give. For tests and studies.
[[nodiscard]] Frame to_frame(SimulatedScene const& scene);

/// The frame as a file: every tag that names a camera says SIMULATED. Borrows scene.raw.
/// \pre scene.settings.burn_mark
[[nodiscard]] DngPicture to_dng_picture(SimulatedScene const& scene);
DngPicture to_dng_picture(SimulatedScene&&) = delete; // would outlive the pixels

} // namespace cmq::capture
