// SPDX-License-Identifier: GPL-3.0-or-later

#include "apps/cli/calibration_options.hpp"
#include "apps/cli/command.hpp"
#include "apps/cli/detect_text.hpp"
#include "apps/cli/make_renderer.hpp"
#include "apps/cli/options.hpp"
#include "apps/cli/speaker.hpp"
#include "apps/pipeline/judge_detection.hpp"
#include "capture/make_frame.hpp"
#include "capture/read_capture.hpp"
#include "core/error.hpp"
#include "core/number_text.hpp"
#include "detect/detect_traces.hpp"
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
#include <boost/program_options/variables_map.hpp>

#include <algorithm>
#include <filesystem>
#include <map>
#include <optional>
#include <ostream>
#include <utility>

namespace cmq::cli {
namespace {

namespace po = boost::program_options;
using detect::Detection;

struct Settings {
    bool help = false;
    bool json = false;
    std::optional<std::string> csv;
    std::optional<std::string> output;
    std::vector<std::string> files;
    pipeline::CalibrationFiles calibration;
    detect::Settings detect;
    std::vector<std::string> blanks;
    std::optional<std::string> limits;
    std::optional<std::string> colours;
    double unknown_weight = 1.0;
    std::optional<detect::SceneScale> scale;
    lab::ColourConditions conditions;
    std::optional<std::string> overlay;
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
    add("false-discovery-rate",
        po::value<std::string>()->value_name("Q"),
        {"à la place : part attendue de fausses traces parmi celles trouvées, au plus 0,5",
         "instead: expected share of false traces among those found, at most 0.5"});
    add("colour",
        po::value<std::string>()->value_name("R,G,B"),
        {"lumière du marqueur dans les plans rouge, vert et bleu : ne chercher que celle-là, plus "
         "faible",
         "light of the marker in red, green and blue: look for that alone, and fainter"});
    add_calibration_options(add, language);
    add("blank",
        po::value<std::vector<std::string>>()->composing()->value_name("F"),
        {"blanc, pris comme les fichiers ; à répéter, au moins deux : ce que les traces doivent "
         "dépasser",
         "blank, taken as the files were; repeat, at least two: what traces must exceed"});
    add("limits",
        po::value<std::string>()->value_name("F.csv"),
        {"la même chose d’après un tableau de blancs (limits), totaux en DN",
         "the same from a table of blanks (limits), totals in DN"});
    add("scale",
        po::value<std::string>()->value_name("MM[+-U]"),
        {"millimètres par photosite, et leur incertitude type : donne les aires en mm²",
         "millimetres a photosite, and their standard uncertainty: gives areas in mm2"});
    add("colour-classes",
        po::value<std::string>()->value_name("F.csv"),
        {"taches de matières connues : ce que dit la couleur de chaque trace",
         "spots of known materials: what the colour of each trace says"});
    add("unknown-weight",
        po::value<std::string>()->value_name("W")->default_value("1"),
        {"poids de ce dont personne n’a pris de référence",
         "weight of what nobody took a reference of"});
    add("substrate",
        po::value<std::string>()->value_name("TEXT"),
        {"sur quoi sont les traces, dans les mots des références",
         "what the traces lie on, in the words of the references"});
    add("lamp-nm",
        po::value<std::string>()->value_name("N"),
        {"longueur d’onde de la lampe", "wavelength of the lamp"});
    add("filter",
        po::value<std::string>()->value_name("TEXT"),
        {"filtre devant l’objectif", "filter before the lens"});
    add("overlay",
        po::value<std::string>()->value_name("DIR"),
        {"dessiner chaque fichier dans ce répertoire, en PNG : image, traces entourées, "
         "significativité",
         "draw each file into this folder, as PNG: picture, traces outlined, significance"});
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

// MM or MM+-U.
detect::SceneScale scale_of(std::string const& text) {
    auto const sign = text.find("+-");
    auto const mm = parse_number(text.substr(0, sign));
    auto const sigma =
        sign == std::string::npos ? std::optional{0.0} : parse_number(text.substr(sign + 2));
    if (!mm || !sigma || !(*mm >= 1e-6 && *mm <= 1000.0) || !(*sigma >= 0.0 && *sigma < *mm)) {
        throw Error{ErrorKind::usage,
                    {"--scale attend des millimètres par photosite, au plus 1000, et au choix leur "
                     "incertitude : 0.04 ou 0.04+-0.001 ; trouvé : {}",
                     "--scale expects millimetres a photosite, at most 1000, and optionally their "
                     "uncertainty: 0.04 or 0.04+-0.001; found: {}"},
                    text};
    }
    return {*mm, sign == std::string::npos ? std::nullopt : sigma};
}

// R,G,B as light of a photosite of each plane.
PerPlane<double> colour_of(std::string const& text) {
    auto const first = text.find(',');
    auto const second = first == std::string::npos ? first : text.find(',', first + 1);
    if (second != std::string::npos) {
        auto const r = parse_number(text.substr(0, first));
        auto const g = parse_number(text.substr(first + 1, second - first - 1));
        auto const b = parse_number(text.substr(second + 1));
        if (r && g && b && *r >= 0.0 && *g >= 0.0 && *b >= 0.0 && *r + *g + *b > 0.0) {
            return {*r, *g, *g, *b};
        }
    }
    throw Error{ErrorKind::usage,
                {"--colour attend trois nombres, aucun négatif et pas tous nuls, par exemple "
                 "0.55,1,0.25 ; trouvé : {}",
                 "--colour expects three numbers, none negative and not all zero, such as "
                 "0.55,1,0.25; found: {}"},
                text};
}

double number_above_zero(po::variables_map const& values, std::string const& name) {
    double const number = number_option(values, name);
    if (!(number >= 1e-9 && number <= 1e9)) {
        throw Error{
            ErrorKind::usage, {"--{} doit être supérieur à 0", "--{} must be above 0"}, name};
    }
    return number;
}

void parse_judging(po::variables_map const& values, Settings& settings) {
    if (values.count("blank") > 0) {
        settings.blanks = values["blank"].as<std::vector<std::string>>();
    }
    settings.limits = text_option(values, "limits");
    if (!settings.blanks.empty() && settings.limits) {
        throw Error{ErrorKind::usage,
                    {"--blank et --limits disent la même chose : donner l’un ou l’autre",
                     "--blank and --limits say the same: give one of them"}};
    }
    if (auto const scale = text_option(values, "scale")) {
        settings.scale = scale_of(*scale);
    }
    settings.colours = text_option(values, "colour-classes");
    settings.unknown_weight = number_above_zero(values, "unknown-weight");
    settings.conditions.substrate = text_option(values, "substrate").value_or("");
    settings.conditions.filter = text_option(values, "filter").value_or("");
    if (values.count("lamp-nm") > 0) {
        settings.conditions.lamp_nm = number_above_zero(values, "lamp-nm");
    }
}

std::string overlay_name(std::string const& file) {
    return std::filesystem::path{file}.filename().string() + ".png";
}

// Overlays of two folders go to one.
void check_names(std::vector<std::string> const& files) {
    std::map<std::string, std::string> names;
    for (std::string const& file : files) {
        auto const [other, is_new] = names.emplace(overlay_name(file), file);
        if (!is_new) {
            throw Error{ErrorKind::usage,
                        {"--overlay écrirait {} et {} sous un même nom",
                         "--overlay would write {} and {} under one name"},
                        other->second,
                        file};
        }
    }
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
    if (auto const share = text_option(values, "false-discovery-rate")) {
        settings.detect.false_discovery_rate = parse_number(*share);
        if (!settings.detect.false_discovery_rate ||
            !(*settings.detect.false_discovery_rate > 0.0) ||
            *settings.detect.false_discovery_rate > 0.5 || !values["false-traces"].defaulted()) {
            throw Error{ErrorKind::usage,
                        {"--false-discovery-rate doit être supérieur à 0 et au plus égal à 0,5, et "
                         "ne va pas avec --false-traces",
                         "--false-discovery-rate must be above 0 and at most 0.5, and does not go "
                         "with --false-traces"}};
        }
    }
    if (auto const colour = text_option(values, "colour")) {
        settings.detect.colour = colour_of(*colour);
    }
    settings.detect.threads = threads_option(values);
    parse_judging(values, settings);
    settings.files = file_words(values,
                                {"nommer au moins un fichier d’appareil photo ; voir --help",
                                 "name at least one camera file; see --help"});
    settings.overlay = text_option(values, "overlay");
    if (settings.overlay) {
        check_names(settings.files);
    }
    return settings;
}

struct Detected {
    capture::Capture capture; ///< without photosites
    Detection detection;
    report::Applied applied;
    report::DetectFindings findings;
    std::optional<report::PictureSheet> sheet;
};

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

// With language: the sheet of pictures, which need the photosites, is made too.
Detected detect_file(std::filesystem::path const& path,
                     pipeline::Calibrator const& calibrator,
                     Settings const& settings,
                     std::optional<Language> sheet_in) {
    Detected detected{calibrator.read(path), {}, {}, {}, {}};
    detected.applied = calibrator.applied(detected.capture);
    Frame& frame = detected.capture.frame;
    detect::Settings detect = settings.detect;
    detect.keep_significance = sheet_in.has_value();
    detected.detection = detect::detect_traces(frame, detect);
    if (sheet_in) {
        report::OverlaySubject subject{.name = path.filename().string(),
                                       .simulated = detected.capture.metadata.simulated};
        if (settings.scale) {
            subject.mm_per_photosite = settings.scale->mm_per_photosite;
        }
        detected.sheet = report::make_overlay_sheet(frame, detected.detection, subject, *sheet_in);
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

report::Renderer overlay_renderer(Settings const& settings) {
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

void search_blanks(Settings const& settings,
                   pipeline::Calibrator const& calibrator,
                   pipeline::OnceEach& once,
                   pipeline::Judging& judging) {
    std::vector<std::filesystem::path> const paths{settings.blanks.begin(), settings.blanks.end()};
    InOrder<Detected> all{
        paths.size(),
        capture::captures_at_once(paths, settings.detect.threads),
        [&](std::size_t i) { return detect_file(paths[i], calibrator, settings, {}); }};
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

pipeline::Judging make_judging(Settings const& settings,
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
                return pipeline::fit_colours(pipeline::parse_colour_library(text),
                                             settings.unknown_weight);
            });
    }
    search_blanks(settings, calibrator, once, judging);
    return judging;
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
    pipeline::OnceEach once; // a blank that is a file too would count against itself
    pipeline::Judging const judging = make_judging(settings, calibrator, once);
    int status = 0;
    std::vector<std::string> results;
    std::string text;
    std::string csv;
    std::vector<std::filesystem::path> const paths{settings.files.begin(), settings.files.end()};
    auto const renderer = overlay_renderer(settings);
    auto const sheet_in = settings.overlay ? std::optional{streams.language} : std::nullopt;
    InOrder<Detected> all{
        paths.size(),
        capture::captures_at_once(paths, settings.detect.threads),
        [&](std::size_t i) { return detect_file(paths[i], calibrator, settings, sheet_in); }};
    for (std::string const& file : settings.files) {
        try {
            Detected detected = all.next();
            if (!settings.blanks.empty()) {
                once.add(detected.capture.sha256, file);
            }
            detected.findings =
                pipeline::judge_detection(detected.detection, detected.capture.metadata, judging);
            if (detected.sheet) {
                write_overlay(*settings.overlay, file, *detected.sheet, renderer);
            }
            append_csv(csv, file, detected.detection);
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
    write_result(settings.output, settings.json ? report::json_envelope(results) : text, streams);
    return status;
}

} // namespace

extern Command const detect_command{"detect",
                                    {"détecter et mesurer des traces dans des fichiers bruts (RAW)",
                                     "find and measure traces in camera RAW files"},
                                    run_detect};

} // namespace cmq::cli
