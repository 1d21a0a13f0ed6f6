// SPDX-License-Identifier: GPL-3.0-or-later

/// \file
/// The light of the same traces in several captures of a scene.

#pragma once

#include "capture/read_capture.hpp"
#include "detect/joined_light.hpp"

#include <optional>
#include <vector>

namespace cmq::pipeline {

/// Measures the traces of one capture in further ones; exposures are brought to that of the first.
class LightJoiner {
public:
    /// \param file       borrowed, with its photosites
    /// \param detection  of the file, with apertures; borrowed
    LightJoiner(capture::Capture const& file, detect::Detection const& detection, unsigned threads);

    /// Whether light of the two can be joined; worth asking before the capture is aligned.
    /// \throws Error domain  another camera, ISO setting or f-number, or an exposure is not stated
    void check(capture::Capture const& other) const;

    /// \param to_other  from places of the file
    /// \throws Error  as check
    void add(capture::Capture const& other, detect::Transform const& to_other);

    /// One a trace; nothing where a capture gives none.
    [[nodiscard]] std::vector<std::optional<detect::JoinedLight>> light() const;

private:
    capture::Capture const& file_;
    detect::Detection const& detection_;
    unsigned threads_;
    std::vector<double> factors_{1.0};
    std::vector<std::vector<std::optional<detect::PlaceLight>>> places_;
};

} // namespace cmq::pipeline
