// SPDX-License-Identifier: GPL-3.0-or-later

/// \file
/// The noise of real camera files, laid on simulated cloth in place of the simulator's read noise.
///
/// No public camera file shows an empty surface, so the noise comes from where no light fell: the optically masked
/// border of a Canon EOS D30, and a dark frame of a fluorescence camera. What they bring that the simulator has not:
/// their own distribution, hot photosites, banding of rows, neighbours that are correlated (the dark frame: read out by
/// interlaced rows, with a pattern of columns, and cut off at 0), whole numbers of the real converter.
///
///     auto const sheet = real_noise::read_d30_border(programs);       // nothing where the file is not there
///     if (!sheet) { GTEST_SKIP() << real_noise::no_data; }
///     cmq::Frame const frame = real_noise::lay_on(settings, *sheet, {.noise_electrons = 3.0}, number);

#pragma once

#include "capture/simulate_scene.hpp"
#include "core/frame.hpp"

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

namespace real_noise {

inline constexpr char const* no_data = "../shared/data holds no real file to take the noise from";

/// Noise of a real file: its standard deviation is 1 by construction (banding included), its mean 0 in each of the
/// four places of a 2 x 2 cell and in each neighbourhood of 64 x 64.
struct Sheet {
    std::string name;
    cmq::Shape shape;
    std::vector<float> rest;  ///< shape.area() values, without what a row has in common
    std::vector<float> bands; ///< shape.height: what each row has in common
    double sd_dn = 0.0;       ///< of one photosite in the file, DN
    double bands_sd_dn =
        0.0; ///< of the rows' shifts alone, less what single photosites add to their means
    /// Share of photosites at the least value of the file: cut off there (the dark frame; 0 of the border).
    double cut_off_share = 0.0;
};

/// Where the programs are that decode: CMQ_BINARY_DIR "/bin".
using Programs = std::filesystem::path;

/// The masked columns at the left of raw/Canon_EOS_D30.CRW (5 s, ISO 100): 48 x 1448 photosites under the file's own
/// Bayer phase. Nothing where ../shared/data does not hold it.
[[nodiscard]] std::optional<Sheet> read_d30_border(Programs const& programs);

/// pictures/plantcv_FLUO_TV_dark.png: 1388 x 1038 photosites of a camera without a mosaic.
[[nodiscard]] std::optional<Sheet> read_plantcv_dark(Programs const& programs);

struct Laying {
    double noise_electrons = 3.0; ///< standard deviation of the noise that is laid on, electrons
    bool own_noise_model = true;  ///< as the product reads a file: estimate_noise, mark_defects
};

/// A simulated frame whose read noise, row noise, dark pattern and hot photosites are the sheet's.
///
/// Light, photon noise, PRNU and the converter's steps are simulate_scene's. The sheet is laid in blocks of its own
/// width or 256, of 64 rows, each from an even place drawn at random, so that Bayer phase and correlation within
/// a block stay; rows keep the bands of that many real rows in their order, common to the whole row.
/// Values are whole raw numbers above black.
///
/// A sheet of 48 x 1448 photosites in a frame of 1500 x 1000 is used 22 times over: an extreme value returns as often,
/// each time under another photon noise. Counts of false traces may spread more than a Poisson law has it where the
/// laid noise is much above the photon noise.
///
/// \param seed  of the places; the scene has its own seeds
[[nodiscard]] cmq::Frame lay_on(cmq::capture::SceneSettings settings,
                                Sheet const& sheet,
                                Laying const& laying,
                                std::uint64_t seed);

/// The noise model that the frame itself gives, and its variances (as count_false_traces.hpp has it).
void estimate_own_noise(cmq::Frame& frame);

} // namespace real_noise
