// SPDX-License-Identifier: GPL-3.0-or-later

/// \file
/// Photosites brighter or darker than the light of the texture that runs past them. Internal.

#pragma once

#include "detect/background.hpp"
#include "detect/cells.hpp"
#include "detect/hot_photosites.hpp"
#include "detect/whitening.hpp"

#include <vector>

namespace cmq::detect {

/// Photosites that stand alone on texture, where a hot or a dead one has the look of a trace of any colour and
/// sign: above or below what the 40 photosites around their eight neighbours, in all planes, let expect there (a
/// surface of fourth order, by which texture that multiplies all planes alike is followed down to some 8 photosites a
/// wave) by 6 times what is left over in their block and 9.5 standard deviations of noise, while neighbours and ring show
/// little but noise. docs/methods/detect.md, section 2.
///
/// Those nearer than 3 photosites to the border of the frame or to one that takes no part are not judged.
///
/// \param forms  of the finest level; blocks where texture hides the sign of a trace are looked in
/// \return       block by block
[[nodiscard]] std::vector<HotPhotosite>
find_lone_photosites(Frame const& frame,
                     Background const& background,
                     Cells const& cells,
                     std::vector<SignificanceForm> const& forms,
                     unsigned threads);

} // namespace cmq::detect
