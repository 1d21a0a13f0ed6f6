// SPDX-License-Identifier: GPL-3.0-or-later

#include "apps/pipeline/measure_captures.hpp"

#include "apps/pipeline/calibrator.hpp"
#include "apps/pipeline/case_corrections.hpp"
#include "apps/pipeline/correct_capture.hpp"
#include "apps/pipeline/join_light.hpp"
#include "apps/pipeline/place_capture.hpp"
#include "capture/make_frame.hpp"
#include "core/error.hpp"
#include "detect/darker.hpp"
#include "system/in_order.hpp"

#include <algorithm>
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

bool is_corrected(CaptureRole role) {
    return is_searched(role) || role == CaptureRole::joined;
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

capture::Capture read_entry(casefile::Case const& of,
                            casefile::Capture const& entry,
                            MeasureSettings const& settings) {
    capture::Capture capture =
        capture::read_capture(casefile::resolve_path(of, *entry.file),
                              {.decoder = settings.decoder, .threads = settings.threads});
    check_origin(of, entry, capture.sha256, capture.metadata.simulated);
    return capture;
}

namespace {

// The ambient capture is read once more: two frames at a time are enough for any number of them.
void take_off_ambient(casefile::Case const& of,
                      casefile::Capture const& entry,
                      CaseCorrections const& with,
                      MeasureSettings const& settings,
                      MeasuredCapture& measured) {
    auto const ambient = std::ranges::find(
        of.captures, **entry.subtract, [](casefile::Capture const& one) { return *one.id; });
    capture::Capture dim = read_entry(of, *ambient, settings);
    with.correct(*ambient, dim);
    try {
        pipeline::take_off_ambient(dim, measured.capture);
    } catch (Error& error) {
        error.at(casefile::to_sentence(entry.subtract->place));
        throw;
    }
    measured.without_ambient = **entry.subtract;
}

// On the side of the background that the case states.
void search(casefile::Case const& of,
            casefile::Capture const& entry,
            unsigned threads,
            MeasuredCapture& measured) {
    detect::Settings const how{.false_traces_expected = false_traces_expected(of),
                               .threads = threads,
                               .keep_significance =
                                   *entry.role == casefile::CaptureRole::evidence, // is drawn
                               .keep_apertures = !casefile::joined_to(of, entry).empty()};
    Frame& frame = measured.capture.frame;
    if (casefile::seeks_darker(entry)) {
        measured.detection = detect::detect_darker_traces(frame, how);
        measured.areas = detect::find_darker_areas(frame, *measured.detection, threads);
    } else {
        measured.detection = detect::detect_traces(frame, how);
        measured.areas = detect::find_large_areas(frame, *measured.detection, threads);
    }
}

detect::Transform transform_to(casefile::Capture const& other,
                               capture::Capture const& joined,
                               capture::Capture const& file,
                               unsigned threads) {
    if (!other.unmoved) {
        return place_capture(
                   file.frame,
                   *other.id,
                   joined.frame,
                   threads,
                   Sentence{
                       {" ; si rien n’a bougé entre les deux captures, le dire par unmoved = true",
                        "; if nothing moved between the two captures, say so by unmoved = true"}})
            .to_other;
    }
    if (joined.frame.shape != file.frame.shape) {
        throw Error{ErrorKind::domain,
                    {"la capture est dite prise sans que rien ne bouge (unmoved), et n’a pas la "
                     "taille de celle à "
                     "laquelle elle est jointe",
                     "the capture is said to be taken with nothing moved (unmoved), and has not "
                     "the size of the one "
                     "that it is joined to"}};
    }
    return {};
}

// Read once more, as an ambient capture is.
void join_captures(casefile::Case const& of,
                   casefile::Capture const& entry,
                   CaseCorrections const& with,
                   MeasureSettings const& settings,
                   MeasuredCapture& measured) {
    auto const joined = casefile::joined_to(of, entry);
    if (joined.empty()) {
        return;
    }
    OnceEach once;
    once.add(measured.capture.sha256, *entry.id);
    LightJoiner joiner{measured.capture, *measured.detection, settings.threads};
    for (std::size_t const i : joined) {
        casefile::Capture const& other = of.captures[i];
        try {
            capture::Capture capture = read_entry(of, other, settings);
            with.correct(other, capture);
            once.add(capture.sha256, *other.id);
            joiner.check(capture);
            joiner.add(capture, transform_to(other, capture, measured.capture, settings.threads));
        } catch (Error& error) {
            error.at(casefile::to_sentence(other.of->place));
            throw;
        }
    }
    measured.joined = joiner.light();
    measured.detection->aperture = {};
}

MeasuredCapture measure(casefile::Case const& of,
                        std::size_t index,
                        CaseCorrections const& with,
                        MeasureSettings const& settings) {
    casefile::Capture const& entry = of.captures[index];
    MeasuredCapture measured;
    measured.index = index;
    try {
        measured.capture = read_entry(of, entry, settings);
        if (is_corrected(*entry.role)) {
            with.correct(entry, measured.capture);
        }
        if (is_searched(*entry.role)) {
            if (entry.subtract) {
                take_off_ambient(of, entry, with, settings, measured);
            }
            search(of, entry, settings.threads, measured);
            join_captures(of, entry, with, settings, measured);
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
    CaseCorrections const prepared{of, settings};
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
