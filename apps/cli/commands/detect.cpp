// SPDX-License-Identifier: GPL-3.0-or-later

#include "apps/cli/calibration_options.hpp"
#include "apps/cli/command.hpp"
#include "apps/cli/detect_options.hpp"
#include "apps/cli/detect_text.hpp"
#include "apps/cli/joined_captures.hpp"
#include "apps/cli/make_renderer.hpp"
#include "apps/cli/other_capture.hpp"
#include "apps/cli/speaker.hpp"
#include "apps/pipeline/judge_detection.hpp"
#include "capture/make_frame.hpp"
#include "capture/read_capture.hpp"
#include "core/error.hpp"
#include "core/number_text.hpp"
#include "detect/darker.hpp"
#include "detect/detect_traces.hpp"
#include "detect/register_frames.hpp"
#include "detect/total_flux.hpp"
#include "lab/blanks/measure_limits.hpp"
#include "lab/blanks/read_blanks.hpp"
#include "report/json_detect.hpp"
#include "report/json_envelope.hpp"
#include "report/overlay_sheet.hpp"
#include "report/renderer.hpp"
#include "system/csv.hpp"
#include "system/file.hpp"
#include "system/in_order.hpp"

#include <boost/program_options/options_description.hpp>

#include <algorithm>
#include <filesystem>
#include <optional>
#include <ostream>
#include <utility>

namespace cmq::cli {
namespace {

using detect::Detection;

struct Detected {
    capture::Capture capture; ///< without photosites
    Detection detection;
    report::Applied applied;
    report::DetectFindings findings;
    std::optional<report::PictureSheet> sheet;
    std::vector<detect::LargeArea> areas;
    JoinedCaptures joined;
};

// ---- tables

// The rows of all files, with the file in front; the header once.
void append_csv(std::string& csv,
                std::string const& file,
                Detection const& detection,
                report::DetectFindings const& findings) {
    Table const traces = to_table(detection);
    Table table;
    table.add({"file", "", "Camera file.", std::vector<std::string>(traces.rows(), file)});
    for (Column const& column : traces.columns()) {
        table.add(column);
    }
    if (detection.darker) {
        table.add({"darker",
                   "",
                   "1: fluxes are what the mark takes away.",
                   std::vector<std::int64_t>(traces.rows(), 1)});
    }
    if (findings.conditions.captures > 1) {
        add_joined_columns(findings.joined, findings.conditions.joined, table);
    }
    std::string const text = to_csv(table);
    csv += csv.empty() ? text : text.substr(text.find('\n') + 1);
}

std::string pattern_header() {
    std::string header = "file,count,unit";
    for (std::string_view const name : detect::pattern_features) {
        header += ',' + std::string{name};
    }
    return header + '\n';
}

// A feature that cannot be told is an empty cell.
std::string pattern_row(std::string const& file, detect::Pattern const& pattern) {
    Table named;
    named.add({"file", "", "Camera file.", std::vector<std::string>{file}});
    std::string const text = to_csv(named);
    std::string row = text.substr(text.find('\n') + 1);
    row.pop_back();
    row += ',' + number_text(static_cast<double>(pattern.count)) + ',' + std::string{pattern.unit};
    for (detect::PatternFeature const& feature : detect::named_features(pattern)) {
        row += ',' + (feature.value ? number_text(*feature.value) : "");
    }
    return row + '\n';
}

// The traces on a visible capture too.
void add_visible(Frame const& frame,
                 Detection const& detection,
                 OtherCapture const& visible,
                 DetectOptions const& settings,
                 Language language,
                 report::PictureSheet& sheet) {
    unsigned const threads = settings.detect.threads;
    pipeline::Placement const placed = place_other(frame, visible, settings.unmoved, threads);
    auto const picture =
        detect::resample_onto(frame.shape, visible.capture.frame, placed.to_other, threads);
    sheet.panels.push_back(report::make_visible_panel(
        frame, detection, picture, placed.residual, visible.name, language));
    if (visible.capture.metadata.simulated && sheet.stamp.empty()) {
        sheet.stamp = Sentence{{"SIMULÉ", "SIMULATED"}}.in(language);
    }
}

// With language: the sheet of pictures, which need the photosites, is made too.
Detected detect_file(std::filesystem::path const& path,
                     pipeline::Calibrator const& calibrator,
                     DetectOptions const& settings,
                     std::optional<Language> sheet_in,
                     std::optional<OtherCapture> const& visible = std::nullopt) {
    Detected detected{calibrator.read(path), {}, {}, {}, {}, {}, {}};
    detected.applied = calibrator.applied(detected.capture);
    Frame& frame = detected.capture.frame;
    detect::Settings detect = settings.detect;
    detect.keep_significance = sheet_in.has_value();
    if (settings.darker) {
        detected.detection = detect::detect_darker_traces(frame, detect);
        detected.areas = detect::find_darker_areas(frame, detected.detection, detect.threads);
    } else {
        detected.detection = detect::detect_traces(frame, detect);
        detected.areas = detect::find_large_areas(frame, detected.detection, detect.threads);
    }
    if (detect.keep_apertures) {
        detected.joined = join_captures(detected.capture, detected.detection, settings, calibrator);
    }
    if (sheet_in) {
        report::OverlaySubject subject{.name = path.filename().string(),
                                       .simulated = detected.capture.metadata.simulated};
        if (settings.scale) {
            subject.mm_per_photosite = settings.scale->mm_per_photosite;
        }
        detected.sheet = report::make_overlay_sheet(frame, detected.detection, subject, *sheet_in);
        if (visible) {
            add_visible(frame, detected.detection, *visible, settings, *sheet_in, *detected.sheet);
        }
        detected.detection.significance = {};
    }
    // Nobody looks at them again, and another frame may be in memory beside this one.
    capture::drop_photosites(frame);
    return detected;
}

void write_overlay(std::string const& folder,
                   std::string const& file,
                   report::PictureSheet const& sheet,
                   report::Renderer const& renderer) {
    std::error_code failed;
    std::filesystem::create_directories(folder, failed);
    if (failed) {
        throw Error{
            ErrorKind::io,
            {"le répertoire « {} » ne peut être créé : {}", "the folder '{}' cannot be made: {}"},
            folder,
            failed.message()};
    }
    auto const png = renderer.sheet(sheet);
    write_file(std::filesystem::path{folder} / overlay_name(file), png);
}

report::Renderer overlay_renderer(DetectOptions const& settings) {
    auto renderer = make_renderer();
    if (settings.overlay && !renderer.sheet) {
        throw Error{ErrorKind::unsupported,
                    {"cette version du programme ne dessine pas : --overlay n’est pas disponible",
                     "this build of the program cannot draw: --overlay is not available"}};
    }
    return renderer;
}

// A file with its sentence and its name.
[[noreturn]] void rethrow(Error& error, std::string const& file) {
    error.at(file);
    throw Error{error};
}

void search_blanks(DetectOptions const& settings,
                   pipeline::Calibrator const& calibrator,
                   pipeline::OnceEach& once,
                   pipeline::Judging& judging) {
    DetectOptions alone = settings;
    alone.detect.keep_apertures = false; // what is joined to the file is not joined to its blanks
    std::vector<std::filesystem::path> const paths{settings.blanks.begin(), settings.blanks.end()};
    InOrder<Detected> all{
        paths.size(),
        capture::captures_at_once(paths, settings.detect.threads),
        [&](std::size_t i) { return detect_file(paths[i], calibrator, alone, {}); }};
    for (std::string const& file : settings.blanks) {
        try {
            Detected const blank = all.next();
            once.add(blank.capture.sha256, file);
            judging.blanks.push_back(
                {file, blank.capture.metadata, detect::total_flux(blank.detection).flux_dn});
        } catch (Error& error) {
            rethrow(error, file);
        }
    }
}

template <class Read>
auto from_table(std::string const& file, std::size_t most_bytes, Read const& read) {
    std::string const text = read_text(file, most_bytes); // its errors name the file
    try {
        return read(text);
    } catch (Error& error) {
        rethrow(error, file);
    }
}

pipeline::Judging make_judging(DetectOptions const& settings,
                               pipeline::Calibrator const& calibrator,
                               pipeline::OnceEach& once) {
    pipeline::Judging judging;
    judging.scale = settings.scale;
    judging.conditions = settings.conditions;
    judging.colours = pipeline::fit_colours({}, settings.unknown_weight);
    if (settings.limits) {
        judging.table =
            from_table(*settings.limits, lab::most_blank_bytes, [](std::string const& text) {
                return lab::measure_limits(lab::parse_blanks(text));
            });
    }
    if (settings.colours) {
        judging.colours = from_table(
            *settings.colours, pipeline::most_colour_bytes, [&](std::string const& text) {
                auto const classes =
                    pipeline::parse_colour_library(text, settings.conditions.captures);
                pipeline::check_side(classes, settings.darker);
                return pipeline::fit_colours(classes, settings.unknown_weight);
            });
    }
    judging.seek_symmetry = settings.pattern_symmetry;
    if (settings.patterns) {
        judging.patterns = from_table(
            *settings.patterns, pipeline::most_pattern_bytes, [&](std::string const& text) {
                pipeline::PatternQuestion question{pipeline::parse_pattern_library(text),
                                                   settings.pattern_class,
                                                   settings.pattern_conditions,
                                                   settings.unknown_weight};
                pipeline::check_question(question);
                return question;
            });
    }
    search_blanks(settings, calibrator, once, judging);
    return judging;
}

int run_detect(std::vector<std::string> const& arguments, Streams streams) {
    DetectOptions const settings = parse_detect(arguments);
    if (settings.help) {
        streams.out << detect_options(streams.language);
        return 0;
    }
    pipeline::Readers readers;
    readers.threads = settings.detect.threads;
    find_readers(settings.calibration, readers);
    pipeline::Calibrator const calibrator{settings.calibration, readers};
    pipeline::OnceEach once; // a blank that is a file too would count against itself
    pipeline::Judging const judging = make_judging(settings, calibrator, once);
    int status = 0;
    std::vector<std::string> results;
    std::string text;
    std::string csv;
    std::string pattern_csv;
    std::vector<std::filesystem::path> const paths{settings.files.begin(), settings.files.end()};
    auto const renderer = overlay_renderer(settings);
    auto const sheet_in = settings.overlay ? std::optional{streams.language} : std::nullopt;
    std::optional<OtherCapture> visible;
    if (settings.visible) {
        visible = read_other(*settings.visible, readers);
    }
    InOrder<Detected> all{paths.size(),
                          capture::captures_at_once(paths, settings.detect.threads),
                          [&](std::size_t i) {
                              return detect_file(paths[i], calibrator, settings, sheet_in, visible);
                          }};
    for (std::string const& file : settings.files) {
        try {
            Detected detected = all.next();
            if (!settings.blanks.empty()) {
                once.add(detected.capture.sha256, file);
            }
            detected.findings = pipeline::judge_detection(detected.detection,
                                                          detected.capture.metadata,
                                                          judging,
                                                          std::move(detected.areas),
                                                          std::move(detected.joined.light));
            detected.findings.joined_files = std::move(detected.joined.files);
            if (detected.sheet) {
                write_overlay(*settings.overlay, file, *detected.sheet, renderer);
            }
            append_csv(csv, file, detected.detection, detected.findings);
            pattern_csv += pattern_row(file, detected.findings.pattern);
            if (settings.json) {
                results.push_back(report::to_json(detected.detection,
                                                  file,
                                                  detected.capture.sha256,
                                                  detected.findings,
                                                  detected.applied));
            } else {
                text +=
                    (text.empty() ? "" : "\n") + detect_text(Speaker{streams.language},
                                                             file,
                                                             detected.capture.metadata.simulated,
                                                             detected.detection,
                                                             detected.findings,
                                                             detected.applied);
            }
        } catch (Error& error) {
            status = std::max(status, report_error("detect", error.at(file), streams));
        }
    }
    if (settings.csv && !csv.empty()) {
        write_result(settings.csv, csv, streams);
    }
    if (settings.pattern_csv && !pattern_csv.empty()) {
        write_result(settings.pattern_csv, pattern_header() + pattern_csv, streams);
    }
    write_result(settings.output, settings.json ? report::json_envelope(results) : text, streams);
    return status;
}

} // namespace

extern Command const detect_command{"detect",
                                    {"détecter et mesurer des traces dans des fichiers bruts (RAW)",
                                     "find and measure traces in camera RAW files"},
                                    run_detect};

} // namespace cmq::cli
