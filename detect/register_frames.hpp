// SPDX-License-Identifier: GPL-3.0-or-later

/// \file
/// Where the places of one capture lie in another of the same scene: visible or ambient light beside ultraviolet.

#pragma once

#include "core/frame.hpp"

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

namespace cmq::detect {

/// Photosites of a visible area, centre of the top-left one = (0, 0).
struct Place {
    double x = 0.0;
    double y = 0.0;
};

/// A map of the plane onto itself, by a matrix of 3 x 3 row by row: (x, y, 1) to a multiple of (x', y', 1).
struct Transform {
    std::array<double, 9> matrix{1.0, 0.0, 0.0, 0.0, 1.0, 0.0, 0.0, 0.0, 1.0};

    [[nodiscard]] Place map(Place place) const noexcept;
    /// \pre the matrix can be inverted, as that of every Registration can
    [[nodiscard]] Transform inverse() const;
};

/// How many numbers the data support.
enum class TransformModel : std::uint8_t {
    similarity, ///< shift, turn, scale
    affine,     ///< and shear
    homography, ///< and perspective
};

enum class RegistrationState : std::uint8_t { aligned, cannot_be_trusted };

/// Why it cannot be trusted.
enum class RegistrationDoubt : std::uint8_t {
    little_structure, ///< a frame shows too little above its noise
    not_found,        ///< the search ended at no place where the pictures fit
    low_correlation,  ///< they fit hardly better than elsewhere
    ambiguous,        ///< they fit as well in another place: a repeated pattern
    tiles_disagree, ///< parts of the frame ask for other transforms, or too few parts can be compared
    implausible,    ///< a scale beyond 2, a mirror image, or hardly any overlap
};

[[nodiscard]] std::string_view to_text(TransformModel model) noexcept;
[[nodiscard]] std::string_view to_text(RegistrationState state) noexcept;
[[nodiscard]] std::string_view to_text(RegistrationDoubt doubt) noexcept;

/// What a part of the frame says when it is aligned by itself, after the whole was.
struct RegistrationTile {
    Place middle;    ///< in the reference
    double dx = 0.0; ///< how far it would still move, photosites of the reference
    double dy = 0.0;
    double correlation = 0.0;
};

struct Registration {
    RegistrationState state = RegistrationState::cannot_be_trusted;
    std::vector<RegistrationDoubt> doubts; ///< empty where aligned
    TransformModel model = TransformModel::similarity;
    Transform to_moving; ///< places of the reference (UV) to places of the other frame
    /// Root mean square of the tiles' remaining displacement (both axes together), photosites of the reference.
    /// What a place may be off: it holds the noise of the tiles' own measurement too, so it errs upwards where
    /// structure is faint; what shifts all tiles alike (a lamp from another side) it cannot see.
    double residual = 0.0;
    double largest_residual = 0.0; ///< of a tile, astray ones included
    /// Standard uncertainty of a mapped place, on average over the frame, were what remains in the tiles chance alone:
    /// residual * sqrt(numbers of the model / (2 tiles)).
    double transform_sigma = 0.0;
    std::size_t tiles_astray =
        0; ///< beyond five times the tiles' median displacement (at least 0.25): left out of residual
    double correlation = 0.0; ///< of the gradient pictures at the finest level used
    /// Correlation here in standard deviations of that at all other shifts, on the level of at most 512 cells.
    double peak_z = 0.0;
    double second_peak = 0.0; ///< the next best shift's correlation by this one's
    double overlap = 0.0;     ///< share of the reference that the other frame shows
    std::array<double, 2>
        structure{}; ///< reference, moving: share of the gradient picture that is no noise, 0 to 1
    std::ptrdiff_t finest_level =
        0; ///< 0: cells of 2 x 2 photosites; each further one twice as coarse
    std::vector<RegistrationTile> tiles;
    std::size_t tiles_tried = 0; ///< of the overlap
};

/// Estimates where places of the reference lie in another frame of the same scene under another light.
///
/// Each frame becomes a picture of luminance, one value a cell of 2 x 2 photosites: each plane by its median, bright
/// spots clipped at 99.5 %. A pyramid of it halves the size until the longer side has at most 128 cells. On each level the
/// magnitude of the gradient (smoothed by 1.5 cells, compressed so that faint and strong edges count alike, less its mean over 33 x 33) is what is compared:
/// edges stay edges where light inverts their contrast. The seed comes from phase correlation at the level of at most 512
/// over a few turns and scales; then the enhanced correlation coefficient (ECC) is maximised from level to level.
/// A similarity first; affine and homography only where parts of the frame ask for them (F-test at 1 % on tiles).
/// Last, each of up to 6 x 8 tiles is aligned alone by a shift: their spread is the residual. Frames of another size
/// are scaled by the ratio of their widths to begin with.
///
/// The numbers of the reference are never resampled: map places with Transform, or bring the other frame onto the
/// reference's grid by resample_onto for pictures.
///
/// \param threads  0: one for each core; same bits on any number
/// \return         never throws for a picture: what cannot be aligned has its doubts. The transform of a result that
///                 cannot be trusted is the best that was found, or the ratio of sizes.
///
/// \throws Error shape   a frame is smaller than 64 x 64 photosites
/// \throws Error domain  a good photosite's value is not finite
///
/// Cost: 0.6 to 1.2 s of processor time for a megapixel, up to 2 s of a scene that is not found; two frames of 24
/// megapixels read and aligned take 14 s and 0.9 GB.
/// Limits: one plane transform for the whole frame: lens distortion and relief stay in the residual. Turns beyond about
/// 14 degrees and changes of scale beyond 1.25 (after the ratio of widths) are not searched.
/// Source: G. D. Evangelidis, E. Z. Psarakis, IEEE TPAMI 30 (2008) 1858 (ECC); C. D. Kuglin, D. C. Hines, Proc. IEEE
/// Conf. Cybernetics and Society (1975) 163 (phase correlation).
/// Checked in: tests/detect/register_frames_test.cpp (simulated scenes of known transform).
[[nodiscard]] Registration
register_frames(Frame const& reference, Frame const& moving, unsigned threads = 0);

/// Colours of another frame on the reference's grid of cells, for pictures: never for measurement.
struct ResampledPicture {
    Shape cells;            ///< of the reference: half its height, half its width
    std::vector<float> red; ///< DN above black; 0 where the other frame shows nothing
    std::vector<float> green;
    std::vector<float> blue;
    std::vector<std::uint8_t> is_seen; ///< 1: within the other frame
};

/// Bilinear within each plane; masked photosites count as they are.
/// \param reference  shape of the reference's visible area, photosites
[[nodiscard]] ResampledPicture resample_onto(Shape reference,
                                             Frame const& moving,
                                             Transform const& to_moving,
                                             unsigned threads = 0);

} // namespace cmq::detect
