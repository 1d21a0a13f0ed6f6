// SPDX-License-Identifier: GPL-3.0-or-later

#include "apps/cli/joined_captures.hpp"

#include "apps/cli/other_capture.hpp"
#include "apps/pipeline/colour_library.hpp"
#include "core/error.hpp"
#include "core/number_text.hpp"

#include <cmath>
#include <filesystem>
#include <utility>

namespace cmq::cli {
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

JoinedCaptures join_captures(capture::Capture const& file,
                             detect::Detection const& detection,
                             DetectOptions const& settings,
                             pipeline::Calibrator const& calibrator) {
    unsigned const threads = settings.detect.threads;
    pipeline::OnceEach once;
    once.add(file.sha256, settings.files.front());
    JoinedCaptures joined;
    std::vector<double> factors{1.0};
    std::vector<std::vector<std::optional<detect::PlaceLight>>> places{
        detect::measure_places(file.frame, {}, detection, threads)};
    for (std::string const& name : settings.joined) {
        try {
            OtherCapture const other{std::filesystem::path{name}.filename().string(),
                                     calibrator.read(name)};
            once.add(other.capture.sha256, name);
            check_joins(file.metadata, other.capture.metadata);
            Placement const placed = place_other(file.frame, other, settings.unmoved, threads);
            places.push_back(
                detect::measure_places(other.capture.frame, placed.to_other, detection, threads));
            factors.push_back(*file.metadata.exposure_s / *other.capture.metadata.exposure_s);
            joined.files.push_back({name, other.capture.sha256, placed.residual});
        } catch (Error& error) {
            error.at(name);
            throw;
        }
    }
    joined.light = detect::join_places(places, factors);
    return joined;
}

void add_joined_columns(std::vector<std::optional<detect::JoinedLight>> const& light,
                        std::string const& conditions,
                        Table& table) {
    std::size_t channels = 0;
    for (auto const& one : light) {
        channels = one ? one->light.channels() : channels;
    }
    for (std::size_t c = 0; c < channels; ++c) {
        std::vector<std::string> flux;
        std::vector<std::string> sigma;
        for (auto const& one : light) {
            flux.push_back(one ? number_text(one->light.flux_dn[c]) : "");
            sigma.push_back(
                one ? number_text(std::sqrt(one->light.covariance_dn2[(channels + 1) * c])) : "");
        }
        std::size_t const capture = c / detect::channel_names.size() + 1;
        std::size_t const channel = c % detect::channel_names.size();
        table.add({pipeline::joined_column(capture, "flux", channel),
                   "DN",
                   "Light over the trace's aperture, at the file's exposure; 1: the file.",
                   std::move(flux)});
        table.add({pipeline::joined_column(capture, "flux_sigma", channel),
                   "DN",
                   "Its standard uncertainty.",
                   std::move(sigma)});
    }
    table.add({"joined",
               "",
               "How the joined captures were taken.",
               std::vector<std::string>(light.size(), conditions)});
}

} // namespace cmq::cli
