// SPDX-License-Identifier: GPL-3.0-or-later

/// \file
/// Where the places of one capture lie in another of the same scene.

#pragma once

#include "core/frame.hpp"
#include "core/sentence.hpp"
#include "detect/register_frames.hpp"

#include <optional>
#include <string>

namespace cmq::pipeline {

struct Placement {
    detect::Transform to_other;
    std::optional<double> residual; ///< photosites; nothing: the user's word that nothing moved
};

/// \param name       of the other capture, for the error
/// \param otherwise  what the user may do instead, behind the reasons; may be empty
/// \throws Error domain  the capture cannot be aligned so that it could be trusted, with the reasons
[[nodiscard]] Placement place_capture(Frame const& frame,
                                      std::string const& name,
                                      Frame const& other,
                                      unsigned threads,
                                      Sentence const& otherwise = {});

/// Why an alignment cannot be trusted, in words.
[[nodiscard]] Words doubt_words(detect::RegistrationDoubt doubt);

} // namespace cmq::pipeline
