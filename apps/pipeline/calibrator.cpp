// SPDX-License-Identifier: GPL-3.0-or-later

#include "apps/pipeline/calibrator.hpp"

#include "apps/pipeline/correct_capture.hpp"
#include "capture/read_profile.hpp"
#include "core/error.hpp"

#include <utility>

namespace cmq::pipeline {

void OnceEach::add(std::string const& sha256, std::string const& name) {
    auto const [first, is_new] = names_.emplace(sha256, name);
    if (!is_new) {
        throw Error{ErrorKind::usage,
                    {"« {} » et « {} » sont le même fichier (SHA-256 {}) : chacun ne compte "
                     "qu’une fois",
                     "'{}' and '{}' are the same file (SHA-256 {}): each counts once only"},
                    first->second,
                    name,
                    sha256};
    }
}

Calibrator::Calibrator(CalibrationFiles const& files, Readers readers, Progress const& progress)
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
    DarkFrames darks;
    OnceEach once;
    for (auto const& path : files.darks) {
        progress.report(0, Sentence{{"lecture de {}", "reading {}"}, path.string()});
        capture::Capture dark = read_plain(path);
        once.add(dark.sha256, path.string());
        darks.add(std::move(dark));
    }
    for (std::size_t kind = 0; kind < darks.kinds(); ++kind) {
        darks_.push_back(darks.mean(kind));
    }
    if (files.ambient) {
        progress.report(0, Sentence{{"lecture de {}", "reading {}"}, files.ambient->string()});
        ambient_ = read_lit(*files.ambient);
    }
}

capture::Capture Calibrator::read_plain(std::filesystem::path const& path) const {
    return capture::read_capture(path, {.decoder = readers_.decoder, .threads = readers_.threads});
}

void Calibrator::correct(capture::Capture& capture) const {
    if (!darks_.empty() && find_dark(darks_, capture) == nullptr) {
        throw Error{ErrorKind::domain,
                    {"les images d’obscurité viennent d’un autre appareil, d’une autre sensibilité "
                     "ISO ou d’un autre temps de pose que ce fichier",
                     "the dark frames are of another camera, ISO setting or exposure than this "
                     "file"}};
    }
    correct_capture(profile_ ? &*profile_ : nullptr, darks_, readers_.threads, capture);
}

capture::Capture Calibrator::read_lit(std::filesystem::path const& path) const {
    capture::Capture capture = read_plain(path);
    try {
        correct(capture);
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
            if (capture.sha256 == ambient_->sha256) {
                throw Error{ErrorKind::usage,
                            {"ce fichier est aussi celui de --ambient : il ne resterait rien",
                             "this file is that of --ambient as well: nothing would be left"}};
            }
            take_off_ambient(*ambient_, capture);
        } catch (Error& error) {
            error.at(path.string());
            throw;
        }
    }
    return capture;
}

bool Calibrator::apply_to_examined(capture::Capture& capture) const {
    correct_capture(profile_ ? &*profile_ : nullptr, {}, readers_.threads, capture);
    return has_dark(darks_, capture);
}

report::Applied Calibrator::applied(capture::Capture const& capture) const {
    return {.profile = capture.profile,
            .dark_frames = capture.dark_frames,
            .ambient_sha256 = ambient_ ? ambient_->sha256 : std::string{}};
}

} // namespace cmq::pipeline
