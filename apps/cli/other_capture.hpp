// SPDX-License-Identifier: GPL-3.0-or-later

/// \file
/// A further capture of a file's scene, and where the file's places lie in it.

#pragma once

#include "apps/pipeline/calibrator.hpp"
#include "apps/pipeline/place_capture.hpp"
#include "capture/read_capture.hpp"

#include <string>

namespace cmq::cli {

struct OtherCapture {
    std::string name; ///< without its folder
    capture::Capture capture;
};

/// \throws Error  as read_capture, with the file
[[nodiscard]] OtherCapture read_other(std::string const& file, pipeline::Readers const& readers);

/// \param unmoved  the user's word: no alignment is sought
/// \throws Error domain  the capture cannot be aligned so that it could be trusted, with the reasons; or it is said
///                       not to have moved and has another size
[[nodiscard]] pipeline::Placement
place_other(Frame const& frame, OtherCapture const& other, bool unmoved, unsigned threads);

} // namespace cmq::cli
