// SPDX-License-Identifier: GPL-3.0-or-later

#include "apps/pipeline/join_light.hpp"

#include "core/error.hpp"

namespace cmq::pipeline {
namespace {

// Light can only be joined where nothing but lamp, filter and exposure differ.
void check_joins(capture::Metadata const& file, capture::Metadata const& other) {
    if (file.make != other.make || file.model != other.model || file.iso != other.iso ||
        file.f_number != other.f_number) {
        throw Error{ErrorKind::domain,
                    {"prise par un autre appareil, ou avec une autre sensibilité ou un autre "
                     "diaphragme que l’image examinée : leurs lumières ne peuvent être jointes",
                     "taken by another camera, or with another ISO setting or f-number than the "
                     "file: their light cannot be joined"}};
    }
    if (!file.exposure_s || !other.exposure_s) {
        throw Error{ErrorKind::domain,
                    {"temps de pose non précisé par l’une des images : leurs lumières ne peuvent "
                     "être comparées",
                     "one of the captures does not state its exposure: their light cannot be "
                     "compared"}};
    }
}

} // namespace

LightJoiner::LightJoiner(capture::Capture const& file,
                         detect::Detection const& detection,
                         unsigned threads)
    : file_{file}
    , detection_{detection}
    , threads_{threads}
    , places_{detect::measure_places(file.frame, {}, detection, threads)} {}

void LightJoiner::check(capture::Capture const& other) const {
    check_joins(file_.metadata, other.metadata);
}

void LightJoiner::add(capture::Capture const& other, detect::Transform const& to_other) {
    check(other);
    places_.push_back(detect::measure_places(other.frame, to_other, detection_, threads_));
    factors_.push_back(*file_.metadata.exposure_s / *other.metadata.exposure_s);
}

std::vector<std::optional<detect::JoinedLight>> LightJoiner::light() const {
    return detect::join_places(places_, factors_);
}

} // namespace cmq::pipeline
