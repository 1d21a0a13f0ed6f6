// SPDX-License-Identifier: GPL-3.0-or-later

/// \file
/// A further capture of a file's scene, and where the file's places lie in it.

#pragma once

#include "apps/pipeline/calibrator.hpp"
#include "capture/read_capture.hpp"
#include "core/sentence.hpp"
#include "detect/register_frames.hpp"

#include <optional>
#include <string>

namespace cmq::cli {

struct OtherCapture {
    std::string name; ///< without its folder
    capture::Capture capture;
};

/// \throws Error  as read_capture, with the file
[[nodiscard]] OtherCapture read_other(std::string const& file, pipeline::Readers const& readers);

struct Placement {
    detect::Transform to_other;
    std::optional<double> residual; ///< photosites; nothing: the user's word that nothing moved
};

/// \param unmoved  the user's word: no alignment is sought
/// \throws Error domain  the capture cannot be aligned so that it could be trusted, with the reasons; or it is said
///                       not to have moved and has another size
[[nodiscard]] Placement
place_other(Frame const& frame, OtherCapture const& other, bool unmoved, unsigned threads);

/// Why an alignment cannot be trusted, in words.
[[nodiscard]] Words doubt_words(detect::RegistrationDoubt doubt);

} // namespace cmq::cli
