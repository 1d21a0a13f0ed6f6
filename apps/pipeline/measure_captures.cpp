// SPDX-License-Identifier: GPL-3.0-or-later

#include "apps/pipeline/measure_captures.hpp"

#include "apps/pipeline/correct_capture.hpp"
#include "capture/make_frame.hpp"
#include "capture/read_profile.hpp"
#include "core/error.hpp"
#include "system/in_order.hpp"

#include <algorithm>
#include <map>
#include <utility>

namespace cmq::pipeline {
namespace {

using casefile::CaptureRole;

bool is_shown(CaptureRole role) {
    return role == CaptureRole::evidence || role == CaptureRole::blank ||
           role == CaptureRole::visible || role == CaptureRole::ambient;
}

} // namespace

bool is_searched(CaptureRole role) {
    return role == CaptureRole::evidence || role == CaptureRole::blank ||
           role == CaptureRole::reference || role == CaptureRole::ambient;
}

void check_origin(casefile::Case const& of,
                  casefile::Capture const& entry,
                  std::string const& sha256,
                  bool is_simulated) {
    if (entry.sha256 && *entry.sha256 != sha256) {
        throw Error{
            ErrorKind::integrity,
            {"l’empreinte numérique SHA-256 du fichier est {}, l’affaire indique {} : ce n’est pas "
             "le fichier qui a été enregistré",
             "the file's SHA-256 is {}, the case states {}: it is not the file that was recorded"},
            sha256,
            *entry.sha256};
    }
    if (is_simulated && !of.demonstration) {
        throw Error{ErrorKind::domain,
                    {"le fichier est simulé et ne peut être un élément de preuve ; une affaire qui "
                     "montre le fonctionnement du programme porte demonstration = true",
                     "the file is simulated and cannot be evidence; a case that shows how the "
                     "program works says demonstration = true"}};
    }
}

namespace {

capture::Capture
read(casefile::Case const& of, casefile::Capture const& entry, MeasureSettings const& settings) {
    capture::Capture capture =
        capture::read_capture(casefile::resolve_path(of, *entry.file),
                              {.decoder = settings.decoder, .threads = settings.threads});
    check_origin(of, entry, capture.sha256, capture.metadata.simulated);
    return capture;
}

// Mean dark frames, one a camera, ISO setting and exposure.
std::vector<capture::MeanDark> read_darks(casefile::Case const& of,
                                          MeasureSettings const& settings) {
    DarkFrames frames;
    std::vector<casefile::Capture const*> first;
    for (casefile::Capture const& entry : of.captures) {
        if (*entry.role != CaptureRole::dark) {
            continue;
        }
        try {
            if (frames.add(read(of, entry, settings)) == first.size()) {
                first.push_back(&entry);
            }
        } catch (Error& error) {
            error.at(casefile::to_sentence(entry.file.place));
            throw;
        }
    }
    std::vector<capture::MeanDark> darks;
    for (std::size_t kind = 0; kind < frames.kinds(); ++kind) {
        try {
            darks.push_back(frames.mean(kind));
        } catch (Error& error) {
            error.at(casefile::to_sentence(first[kind]->file.place));
            throw;
        }
    }
    return darks;
}

// What captures are corrected with, read before the first of them.
struct Prepared {
    std::vector<capture::MeanDark> darks;
    std::map<std::string, capture::CameraProfile> profiles; ///< by the name in the case
};

Prepared prepare(casefile::Case const& of, MeasureSettings const& settings) {
    Prepared prepared{.darks = read_darks(of, settings), .profiles = {}};
    auto const reader = settings.decoder.parent_path() / "contremarque-profile-reader";
    for (casefile::Capture const& entry : of.captures) {
        if (!entry.profile || prepared.profiles.contains(**entry.profile)) {
            continue;
        }
        try {
            prepared.profiles.emplace(
                **entry.profile,
                capture::read_profile(casefile::resolve_path(of, **entry.profile), reader));
        } catch (Error& error) {
            error.at(casefile::to_sentence(entry.profile->place));
            throw;
        }
    }
    return prepared;
}

void calibrate(casefile::Capture const& entry,
               Prepared const& with,
               MeasureSettings const& settings,
               capture::Capture& capture) {
    if (!entry.profile) {
        correct_capture(nullptr, with.darks, settings.threads, capture);
        return;
    }
    try {
        correct_capture(&with.profiles.at(**entry.profile), with.darks, settings.threads, capture);
    } catch (Error& error) {
        error.at(casefile::to_sentence(entry.profile->place));
        throw;
    }
}

// The ambient capture is read once more: two frames at a time are enough for any number of them.
void take_off_ambient(casefile::Case const& of,
                      casefile::Capture const& entry,
                      Prepared const& with,
                      MeasureSettings const& settings,
                      MeasuredCapture& measured) {
    auto const ambient = std::ranges::find(
        of.captures, **entry.subtract, [](casefile::Capture const& one) { return *one.id; });
    capture::Capture dim = read(of, *ambient, settings);
    calibrate(*ambient, with, settings, dim);
    try {
        pipeline::take_off_ambient(dim, measured.capture);
    } catch (Error& error) {
        error.at(casefile::to_sentence(entry.subtract->place));
        throw;
    }
    measured.without_ambient = **entry.subtract;
}

MeasuredCapture measure(casefile::Case const& of,
                        std::size_t index,
                        Prepared const& with,
                        MeasureSettings const& settings) {
    casefile::Capture const& entry = of.captures[index];
    MeasuredCapture measured;
    measured.index = index;
    try {
        measured.capture = read(of, entry, settings);
        if (is_searched(*entry.role)) {
            calibrate(entry, with, settings, measured.capture);
            if (entry.subtract) {
                take_off_ambient(of, entry, with, settings, measured);
            }
            measured.detection = detect::detect_traces(
                measured.capture.frame,
                {.false_traces_expected = false_traces_expected(of), .threads = settings.threads});
        }
    } catch (Error& error) {
        error.at(casefile::to_sentence(entry.file.place));
        throw;
    }
    if (!is_shown(*entry.role)) {
        // Nine bytes a photosite that nobody will look at again.
        capture::drop_photosites(measured.capture.frame);
    }
    return measured;
}

} // namespace

double false_traces_expected(casefile::Case const& of) {
    bool const stated = of.examination && of.examination->false_traces;
    return stated ? **of.examination->false_traces : detect::Settings{}.false_traces_expected;
}

std::vector<MeasuredCapture> measure_captures(casefile::Case const& of,
                                              MeasureSettings const& settings,
                                              Progress const& progress) {
    std::vector<std::filesystem::path> paths;
    for (casefile::Capture const& entry : of.captures) {
        paths.emplace_back(casefile::resolve_path(of, *entry.file));
    }
    Prepared const prepared = prepare(of, settings);
    InOrder<MeasuredCapture> measured{
        paths.size(), capture::captures_at_once(paths, settings.threads), [&](std::size_t i) {
            return measure(of, i, prepared, settings);
        }};
    std::vector<MeasuredCapture> all;
    all.reserve(of.captures.size());
    for (std::size_t i = 0; i < of.captures.size(); ++i) {
        progress.report(static_cast<double>(i) / static_cast<double>(of.captures.size()),
                        Sentence{{"lecture de {}", "reading {}"}, *of.captures[i].file});
        all.push_back(measured.next());
    }
    return all;
}

} // namespace cmq::pipeline
