// SPDX-License-Identifier: GPL-3.0-or-later

/// \file
/// Light too wide to be a trace: areas that are brighter, or of another colour, than the frame around them.

#pragma once

#include "core/frame.hpp"
#include "core/sentence.hpp"
#include "detect/detect_traces.hpp"
#include "detect/trace_area.hpp"

#include <array>
#include <cstdint>
#include <optional>
#include <vector>

namespace cmq::detect {

/// Light of an area above that of the frame around it, traces within it included.
struct LargeAreaFlux {
    PerPlane<double> dn{};
    PerPlane<double>
        dn_sigma{}; ///< surroundings (texture, noise, their surface) and the area's own photons
    double total_dn = 0.0;       ///< all planes together
    double total_dn_sigma = 0.0; ///< cloth lights all planes at once: not the sum of squares
    std::int64_t saturated_photosites = 0; ///< above 0: the flux is a lower limit
};

/// An area that the background follows, so that no trace can measure it.
struct LargeArea {
    double x = 0.0; ///< its middle, photosites of the visible area
    double y = 0.0;
    std::array<std::int64_t, 4> box{}; ///< first x, first y, last x, last y; photosites, inclusive
    double share = 0.0;                ///< of the frame
    /// Mean light of a photosite above what the frame around it would have there, DN; of a coloured area on cloth
    /// it may be below 0 in a plane.
    PerPlane<double> excess_dn{};
    PerPlane<double> around_dn{}; ///< what the frame around it would have there
    bool brighter = false; ///< all planes together stand out; else it is its colour that does
    double clearest = 0.0; ///< of its blocks, in robust standard deviations of blocks elsewhere
    double in_traces =
        0.0; ///< share of its blocks whose middle lies in the box of a trace, or next to it
    /// Nothing where too little around it is free.
    std::optional<LargeAreaFlux> flux = std::nullopt;
    /// What lies above half of the light of its middle, photosites; nothing where only the colour stands out, or
    /// surroundings are too uneven.
    std::optional<double> outline_photosites = std::nullopt;
    double outline_photosites_sigma = 0.0;
    /// Traces whose middle lies among the photosites that flux sums, and among those of no area before it.
    std::int64_t traces_within = 0;
    double traces_dn = 0.0; ///< their light, which is in flux
    double traces_dn_sigma = 0.0;
    bool shares_light = false; ///< flux sums photosites that the flux of an area before it sums too
};

/// Areas of blocks of 64 x 64 photosites whose light, or whose share of red and blue, stands out from a smooth surface
/// fitted to all blocks (of second order for light, plane for shares), by their own robust spread.
///
/// \return  in the order of their first block, row by row; nothing in a frame of fewer than 40 blocks
///
/// Cost: an eighth of the photosites, once.
/// Limits: no promise is made on how many are false: neighbouring blocks of cloth are alike, and a print, another cloth
/// or a reflection is such an area. How many are found on empty frames: docs/studies/large_areas.md. Light that covers more
/// than a third of the frame passes for the frame; marks that are darker all in all are left out
/// (detect/darker.hpp seeks them).
/// Checked in: tests/detect/large_area_test.cpp.
[[nodiscard]] std::vector<LargeArea>
find_large_areas(Frame const& frame, Detection const& detection, unsigned threads);

/// Whether one of them is measured by no trace: less than half of it lies in the boxes of traces.
[[nodiscard]] bool any_unmeasured(std::vector<LargeArea> const& areas) noexcept;

[[nodiscard]] bool is_measured(LargeArea const& area) noexcept;

/// Its outline in mm2; nothing without one. The uncertainty holds that of the scale where it is stated.
/// \pre scale.mm_per_photosite > 0
[[nodiscard]] std::optional<TraceArea> measure_area(LargeArea const& area, SceneScale const& scale);

/// "An area brighter than what surrounds it covers 10 % of the frame about (700, 450); its light ..." for people, in
/// both languages; with a scale in mm2 too.
/// \param darker  it takes light away (find_darker_areas)
[[nodiscard]] Sentence to_sentence(LargeArea const& area,
                                   std::optional<SceneScale> const& scale = std::nullopt,
                                   bool darker = false);

} // namespace cmq::detect
