// SPDX-License-Identifier: GPL-3.0-or-later

#include "apps/cli/calibration_options.hpp"
#include "apps/cli/command.hpp"
#include "apps/cli/options.hpp"
#include "apps/cli/speaker.hpp"
#include "capture/make_frame.hpp"
#include "capture/read_capture.hpp"
#include "core/columns.hpp"
#include "core/error.hpp"
#include "core/number_text.hpp"
#include "detect/detect_traces.hpp"
#include "detect/plane_summary.hpp"
#include "report/json_detect.hpp"
#include "report/json_envelope.hpp"
#include "system/csv.hpp"
#include "system/in_order.hpp"

#include <boost/program_options/options_description.hpp>
#include <boost/program_options/variables_map.hpp>

#include <algorithm>
#include <filesystem>
#include <optional>
#include <ostream>
#include <utility>

namespace cmq::cli {
namespace {

namespace po = boost::program_options;
using detect::Detection;
using detect::PlaneSummary;
using detect::Trace;

struct Settings {
    bool help = false;
    bool json = false;
    std::optional<std::string> csv;
    std::optional<std::string> output;
    std::vector<std::string> files;
    pipeline::CalibrationFiles calibration;
    detect::Settings detect;
};

po::options_description options(Language language) {
    Speaker const say{language};
    po::options_description all{
        say({"emploi : contremarque detect FICHIER... [OPTIONS]\n\n"
             "Détecte des traces lumineuses dans des fichiers bruts (RAW) et les mesure, avec\n"
             "une promesse sur le nombre de fausses traces.\n\nOptions\u00A0",
             "usage: contremarque detect FILE... [OPTIONS]\n\n"
             "Finds traces of light in camera RAW files and measures them, with a promise on\n"
             "the number of false ones.\n\nOptions"})};
    OptionAdder const add{all, language};
    add("help,h", {"afficher ce texte", "show this text"});
    add("false-traces",
        po::value<std::string>()->value_name("A")->default_value("0.01"),
        {"fausses traces attendues dans une image, au plus 100",
         "false traces expected in a frame, at most 100"});
    add_calibration_options(add, language);
    add("csv",
        po::value<std::string>()->value_name("F"),
        {"écrire toutes les traces dans ce fichier CSV", "write all traces to this CSV file"});
    add("json",
        {"afficher du JSON : un résultat par fichier lu",
         "print JSON: one result for each file that was read"});
    add_output_option(add, language);
    add_threads_option(add);
    return all;
}

// Opens no file.
Settings parse(std::vector<std::string> const& arguments) {
    auto const values = parse_with_files(arguments, options(Language::english));
    Settings settings;
    settings.help = values.count("help") > 0;
    if (settings.help) {
        return settings;
    }
    settings.json = values.count("json") > 0;
    settings.csv = text_option(values, "csv");
    settings.output = text_option(values, "output");
    settings.calibration = calibration_option(values);
    settings.detect.false_traces_expected = number_option(values, "false-traces");
    if (!(settings.detect.false_traces_expected > 0.0) ||
        settings.detect.false_traces_expected > 100.0) {
        throw Error{ErrorKind::usage,
                    {"--false-traces doit être supérieur à 0 et au plus égal à 100",
                     "--false-traces must be above 0 and at most 100"}};
    }
    settings.detect.threads = threads_option(values);
    settings.files = file_words(values,
                                {"nommer au moins un fichier d’appareil photo ; voir --help",
                                 "name at least one camera file; see --help"});
    return settings;
}

struct Detected {
    capture::Capture capture; ///< without photosites
    Detection detection;
    report::Applied applied;
};

// ---- text, at most 80 columns

std::string right(std::string const& text, std::size_t width) {
    std::size_t const taken = columns_of(text);
    return taken >= width ? ' ' + text : std::string(width - taken, ' ') + text;
}

// A sentence on lines of at most 80 columns, the first after `first`, others indented.
std::string lines_of(std::string const& first, std::string const& sentence) {
    return cmq::wrapped(sentence, 80, first, "    ") + '\n';
}

std::string promise(Speaker const& say, Detection const& detection) {
    std::size_t const count = detection.traces.size();
    std::string const found =
        count == 0   ? say({"Aucune trace n’a été détectée.", "No trace was found."})
        : count == 1 ? say({"Une trace a été détectée.", "One trace was found."})
                     : say({"{} traces ont été détectées.", "{} traces were found."}, count);
    return found + say({" Dans une image qui n’en aurait aucune, le bruit en donnerait {} en "
                        "moyenne ; une trace demande un rapport signal sur bruit de {}.",
                        " In a frame without any, {} would be expected from noise; a trace needs a "
                        "signal-to-noise of {}."},
                       say.figure(number_text(detection.false_traces_expected)),
                       say.figure(fixed_text(detection.threshold, 1)));
}

std::string trace_lines(Speaker const& say, std::vector<Trace> const& traces) {
    std::string text = say({"    id      x      y cell.    S/B  lg NFA  flux r, v1, v2, b (DN)\n",
                            "    id      x      y cells    S/N  lg NFA  flux r, g1, g2, b (DN)\n"});
    for (Trace const& trace : traces) {
        text += right(number_text(static_cast<double>(trace.id)), 6) +
                right(say.figure(fixed_text(trace.x, 1)), 7) +
                right(say.figure(fixed_text(trace.y, 1)), 7) +
                right(number_text(static_cast<double>(trace.area_cells)), 6) +
                right(say.figure(fixed_text(trace.snr, 1)), 7) +
                right(say.figure(fixed_text(trace.log10_nfa, 1)), 8);
        for (double const flux : trace.flux_dn) {
            text += right(fixed_text(flux, 0), 9);
        }
        text += trace.saturated ? " *\n" : "\n";
    }
    bool const any = std::ranges::any_of(traces, &Trace::saturated);
    return text + (any ? say({"  * saturée : son flux est une limite inférieure\n",
                              "  * saturated: its flux is a lower limit\n"})
                       : "");
}

std::string plane_lines(Speaker const& say, PerPlane<PlaneSummary> const& planes) {
    std::string text =
        say({"  plan        fond  bruit (modèle)  mesuré/modèle    saturés chauds\n",
             "  plane background  noise (model)  measured/model  saturated    hot\n"});
    for (std::size_t p = 0; p < plane_count; ++p) {
        text += "  " + std::string{plane_names[p]} + std::string(5 - plane_names[p].size(), ' ') +
                right(say.figure(fixed_text(planes[p].level_dn, 2)), 11) +
                right(say.figure(fixed_text(planes[p].noise_dn, 2)), 15) +
                right(say.figure(fixed_text(planes[p].spread_ratio, 3)), 16) +
                right(number_text(static_cast<double>(planes[p].saturated_photosites)), 11) +
                right(number_text(static_cast<double>(planes[p].hot_photosites)), 7) + '\n';
    }
    return text;
}

Words words_of(NoiseOrigin origin) {
    switch (origin) {
    case NoiseOrigin::profile:
        return {"profil de l’appareil", "profile"};
    case NoiseOrigin::dng_tag:
        return {"étiquette DNG", "dng_tag"};
    case NoiseOrigin::estimated:
        break;
    }
    return {"estimé", "estimated"};
}

std::string applied_text(Speaker const& say, report::Applied const& applied) {
    std::string done;
    auto const add = [&](std::string const& what) { done += (done.empty() ? "" : ", ") + what; };
    if (applied.profile) {
        add(say({"profil {}", "profile {}"}, applied.profile->sha256.substr(0, 12)));
        if (applied.profile->flat) {
            add(say({"champ uniforme", "flat"}));
        }
    }
    if (applied.dark_frames > 0) {
        add(applied.dark_frames == 1
                ? say({"une image d’obscurité", "one dark frame"})
                : say({"{} images d’obscurité", "{} dark frames"}, applied.dark_frames));
    }
    if (!applied.ambient_sha256.empty()) {
        add(say({"lumière ambiante {}", "light of the room {}"},
                applied.ambient_sha256.substr(0, 12)));
    }
    return done.empty()
               ? ""
               : lines_of("  ", say({"corrigé d’après\u00A0: {}", "corrected by: {}"}, done));
}

std::string to_text(Speaker const& say, std::string const& file, Detected const& detected) {
    auto const& [capture, d, applied] = detected;
    std::string text = file + '\n';
    std::string const mark = capture.metadata.simulated ? say({", SIMULÉ", ", SIMULATED"}) : "";
    text += say({"  {} x {} photosites, {}{} ; modèle de bruit : {}\n",
                 "  {} x {} photosites, {}{}; noise model: {}\n"},
                d.shape.width,
                d.shape.height,
                d.cfa.name(),
                mark,
                say(words_of(d.noise_origin)));
    text += applied_text(say, applied);
    text += lines_of("  ", promise(say, d));
    text += d.traces.empty() ? "" : trace_lines(say, d.traces);
    text += plane_lines(say, d.planes);
    for (Sentence const& warning : detect::warnings_of(d)) {
        text += lines_of(say({"  remarque : ", "  note: "}), warning.in(say.language()));
    }
    return text;
}

// ---- tables

// The rows of all files, with the file in front; the header once.
void append_csv(std::string& csv, std::string const& file, Detection const& detection) {
    Table const traces = to_table(detection);
    Table table;
    table.add({"file", "", "Camera file.", std::vector<std::string>(traces.rows(), file)});
    for (Column const& column : traces.columns()) {
        table.add(column);
    }
    std::string const text = to_csv(table);
    csv += csv.empty() ? text : text.substr(text.find('\n') + 1);
}

Detected detect_file(std::filesystem::path const& path,
                     pipeline::Calibrator const& calibrator,
                     detect::Settings const& settings) {
    Detected detected{calibrator.read(path), {}, {}};
    detected.applied = calibrator.applied(detected.capture);
    Frame& frame = detected.capture.frame;
    detected.detection = detect::detect_traces(frame, settings);
    // Nobody looks at them again, and another frame may be in memory beside this one.
    capture::drop_photosites(frame);
    return detected;
}

int run_detect(std::vector<std::string> const& arguments, Streams streams) {
    Settings const settings = parse(arguments);
    if (settings.help) {
        streams.out << options(streams.language);
        return 0;
    }
    pipeline::Readers readers;
    readers.threads = settings.detect.threads;
    find_readers(settings.calibration, readers);
    pipeline::Calibrator const calibrator{settings.calibration, readers};
    int status = 0;
    std::vector<std::string> results;
    std::string text;
    std::string csv;
    std::vector<std::filesystem::path> const paths{settings.files.begin(), settings.files.end()};
    InOrder<Detected> all{
        paths.size(),
        capture::captures_at_once(paths, settings.detect.threads),
        [&](std::size_t i) { return detect_file(paths[i], calibrator, settings.detect); }};
    for (std::string const& file : settings.files) {
        try {
            Detected const detected = all.next();
            append_csv(csv, file, detected.detection);
            if (settings.json) {
                results.push_back(report::to_json(
                    detected.detection, file, detected.capture.sha256, detected.applied));
            } else {
                text +=
                    (text.empty() ? "" : "\n") + to_text(Speaker{streams.language}, file, detected);
            }
        } catch (Error& error) {
            status = std::max(status, report_error("detect", error.at(file), streams));
        }
    }
    if (settings.csv && !csv.empty()) {
        write_result(settings.csv, csv, streams);
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
