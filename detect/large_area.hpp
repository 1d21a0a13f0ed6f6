// SPDX-License-Identifier: GPL-3.0-or-later

/// \file
/// Light too wide to be a trace: areas that are brighter, or of another colour, than the frame around them.

#pragma once

#include "core/frame.hpp"
#include "core/sentence.hpp"
#include "detect/detect_traces.hpp"

#include <array>
#include <cstdint>
#include <vector>

namespace cmq::detect {

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
    bool brighter = false;  ///< all planes together stand out; else it is its colour that does
    double clearest = 0.0;  ///< of its blocks, in robust standard deviations of blocks elsewhere
    double in_traces = 0.0; ///< share of it within the boxes of traces
};

/// Areas of blocks of 64 x 64 photosites whose light, or whose share of red and blue, stands out from a smooth surface
/// fitted to all blocks (of second order for light, plane for shares), by their own robust spread.
///
/// \return  in the order of their first block, row by row; nothing in a frame of fewer than 40 blocks
///
/// Cost: an eighth of the photosites, once.
/// Limits: no promise is made on how many are false: neighbouring blocks of cloth are alike, and a print, another cloth
/// or a reflection is such an area. How many are found on empty frames: docs/studies/large_areas.md. Light that covers more
/// than a third of the frame passes for the frame; marks that are darker all in all are left out.
/// Checked in: tests/detect/large_area_test.cpp.
[[nodiscard]] std::vector<LargeArea>
find_large_areas(Frame const& frame, Detection const& detection, unsigned threads);

/// Whether one of them is measured by no trace: less than half of it lies in the boxes of traces.
[[nodiscard]] bool any_unmeasured(std::vector<LargeArea> const& areas) noexcept;

[[nodiscard]] bool is_measured(LargeArea const& area) noexcept;

/// "A bright area that covers 10 % of the frame, about (700, 450), ..." for people, in both languages.
[[nodiscard]] Sentence to_sentence(LargeArea const& area);

} // namespace cmq::detect
