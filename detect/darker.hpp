// SPDX-License-Identifier: GPL-3.0-or-later

/// \file
/// Marks that take light away: a coloured marker in a visible frame.

#pragma once

#include "detect/detect_traces.hpp"
#include "detect/large_area.hpp"

#include <vector>

namespace cmq::detect {

/// What detect_traces does, on the frame's negative side: values are turned about a level above them, and the noise
/// model with them, so that what is darker than its background stands out. Promise, limit and colour as there, with
/// *light* for the light that a mark takes: fluxes are above 0 where it is darker.
///
/// Photosites that stand alone above all their neighbours take no part: they count as hot in the planes' summary.
///
/// The frame is turned in place and back again: its values are the same to the last bit of a float but for rounding of
/// the turn (1 part in 10^7 of the level).
///
/// \return  with Detection::darker set; levels of planes are those of the frame as it is
/// \throws Error  as detect_traces; the frame is then turned back too
///
/// Limits: shadows, folds, seams, print and dirt are darker too; the promise is for noise and texture. Counts lean to
/// the bright side, so noise gives fewer dark extremes than promised where light is low: the promise errs on the safe
/// side. Tests: tests/detect/darker_test.cpp.
[[nodiscard]] Detection
detect_darker_traces(Frame& frame, Settings const& settings, Progress const& progress = {});

/// What find_large_areas does, for areas that take light away: excess and flux are what they take, around_dn is the
/// light there. Areas of which only the colour stands out are not told. Turned in place and back again as above.
///
/// \param detection  by detect_darker_traces
/// Limits: as find_large_areas; shadows and folds are such areas too.
[[nodiscard]] std::vector<LargeArea>
find_darker_areas(Frame& frame, Detection const& detection, unsigned threads);

} // namespace cmq::detect
