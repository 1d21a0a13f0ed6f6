// SPDX-License-Identifier: GPL-3.0-or-later

#include "apps/pipeline/calibrator.hpp"

#include "capture/apply_profile.hpp"
#include "capture/read_profile.hpp"
#include "capture/series.hpp"
#include "core/error.hpp"

#include <utility>

namespace cmq::pipeline {

Calibrator::Calibrator(CalibrationFiles const& files, Readers readers)
    : readers_{std::move(readers)} {
    if (files.profile && !files.darks.empty()) {
        throw Error{ErrorKind::usage,
                    {"un profil d’appareil contient déjà ses images d’obscurité ; donner l’un ou "
                     "les autres",
                     "a camera profile holds its dark frames already; give one or the other"}};
    }
    if (files.profile) {
        profile_ = capture::read_profile(*files.profile, readers_.profile_reader);
    }
    std::vector<capture::Capture> darks;
    for (auto const& path : files.darks) {
        darks.push_back(capture::read_capture(
            path, {.decoder = readers_.decoder, .threads = readers_.threads}));
    }
    if (!darks.empty()) {
        dark_ = capture::make_mean_dark(darks);
    }
    if (files.ambient) {
        ambient_ = read_lit(*files.ambient);
    }
}

capture::Capture Calibrator::read_lit(std::filesystem::path const& path) const {
    capture::Capture capture =
        capture::read_capture(path, {.decoder = readers_.decoder, .threads = readers_.threads});
    try {
        if (profile_) {
            capture::apply_profile(*profile_, capture, readers_.threads);
        }
        if (dark_ && !capture::fits(*dark_, capture)) {
            throw Error{
                ErrorKind::domain,
                {"les images d’obscurité viennent d’un autre appareil, d’une autre sensibilité ISO "
                 "ou d’un autre "
                 "temps de pose que ce fichier",
                 "the dark frames are of another camera, ISO setting or exposure than this file"}};
        }
        if (dark_) {
            capture::subtract_dark(*dark_, capture, readers_.threads);
        }
    } catch (Error& error) {
        error.at(path.string());
        throw;
    }
    return capture;
}

capture::Capture Calibrator::read(std::filesystem::path const& path) const {
    capture::Capture capture = read_lit(path);
    if (ambient_) {
        try {
            capture.frame = capture::subtract_ambient(
                {&capture.frame, capture.metadata.exposure_s.value_or(0)},
                {&ambient_->frame, ambient_->metadata.exposure_s.value_or(0)});
        } catch (Error& error) {
            error.at(path.string());
            throw;
        }
    }
    return capture;
}

} // namespace cmq::pipeline
