// SPDX-License-Identifier: GPL-3.0-or-later

/// \file
/// Several captures of one scene: light of the room taken off, exposures put together.

#pragma once

#include "capture/measure_region.hpp"
#include "core/frame.hpp"

#include <cstddef>
#include <span>
#include <vector>

namespace cmq::capture {

/// A frame with what it needs to be compared with another of the same scene.
struct Exposure {
    Frame const* frame = nullptr; ///< borrowed
    double exposure_s = 0;        ///< above 0
    double relative_lamp =
        1; ///< output of the lamp against the other frames', from a target (measure_drift)
};

/// The scene lit by the lamp alone: lit minus dim times the ratio of exposures.
///
/// `dim` was taken with the lamp off and everything else the same, camera and scene unmoved. Its variance times the
/// square of the ratio is added; a photosite that either frame masks is masked. The noise model has the dim frame's
/// part in its read noise, at its mean signal.
/// \throws Error shape   the frames differ in size or pattern
/// \throws Error domain  an exposure is not above 0
[[nodiscard]] Frame subtract_ambient(Exposure const& lit, Exposure const& dim);

struct MergedFrame {
    Frame frame; ///< in DN of the longest exposure
    /// Mean square of the differences between each frame and the merged one, over what the noise lets expect; 1 when
    /// nothing moved, faded or drifted. Above it by more than 0.1, which a noise model may be wrong by, and more than
    /// 5 / sqrt(dof / 2), something did.
    PerPlane<double> chi2_per_dof{};
    PerPlane<double> dof{};
    bool agrees = true; ///< no plane's chi2_per_dof lies that far above 1
};

/// Exposures of one scene as one frame: v = T sum(w v_i / t_i) / sum(w), with t_i = exposure x lamp, T the longest of
/// them and w = t_i^2 / var_i.
///
/// The weights come from the noise model at the signal that all frames together show, and not from each frame's own
/// value: weights that follow the noise pull the mean down. Photosites that one frame masks are taken from the others;
/// masked in all, they keep the bits of the shortest exposure.
/// Limits: within a tenth below saturation noise decides whether a frame counts, and those that do are the fainter ones:
/// the merged value is low by up to the share of noise in the signal there.
/// \throws Error insufficient  fewer than two frames
/// \throws Error shape         frames differ in size or pattern
/// \throws Error domain        an exposure or a lamp output is not above 0
[[nodiscard]] MergedFrame merge_exposures(std::span<Exposure const> exposures);

/// What one exposure gives to a region of the merged frame.
struct ExposureShare {
    PerPlane<double>
        weight{}; ///< of all weights, mean of the region's photosites that any exposure measures
    std::size_t good = 0;  ///< photosites that it measures
    std::size_t alone = 0; ///< photosites that no other exposure measures
    std::size_t saturated =
        0; ///< photosites that it leaves out as saturated, or as beside a saturated one
};

/// One entry an exposure, in their order; the weights of a plane add up to 1, or are 0 where nothing is measured.
/// \throws Error  as merge_exposures; domain: the region reaches beyond the frame
[[nodiscard]] std::vector<ExposureShare> measure_shares(std::span<Exposure const> exposures,
                                                        FrameRegion const& region);

} // namespace cmq::capture
