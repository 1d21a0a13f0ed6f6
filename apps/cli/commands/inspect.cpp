// SPDX-License-Identifier: GPL-3.0-or-later

#include "apps/cli/command.hpp"
#include "apps/cli/find_programs.hpp"
#include "apps/cli/options.hpp"
#include "apps/cli/speaker.hpp"
#include "capture/identifying.hpp"
#include "capture/metadata.hpp"
#include "capture/read_capture.hpp"
#include "core/columns.hpp"
#include "core/error.hpp"
#include "core/number_text.hpp"
#include "report/json_envelope.hpp"
#include "report/json_inspect.hpp"
#include "system/file.hpp"

#include <boost/program_options/options_description.hpp>
#include <boost/program_options/variables_map.hpp>

#include <algorithm>
#include <numeric>
#include <optional>
#include <ostream>
#include <utility>

namespace cmq::cli {
namespace {

namespace po = boost::program_options;
using capture::Capture;
using capture::CaptureWarning;

struct Settings {
    bool help = false;
    bool json = false;
    bool identifying = false;
    std::optional<std::string> output;
    std::vector<std::string> files;
};

po::options_description options(Language language) {
    Speaker const say{language};
    po::options_description all{
        say({"emploi : contremarque inspect FICHIER... [OPTIONS]\n\n"
             "Dit ce qu’est et ce que vaut un fichier brut (RAW) : dimensions, niveau de noir,\n"
             "saturation, bruit, pose, empreinte numérique SHA-256, et ses points "
             "faibles.\n\nOptions\u00A0",
             "usage: contremarque inspect FILE... [OPTIONS]\n\n"
             "Says what a camera RAW file is and is worth: sizes, black level, saturation,\n"
             "noise, exposure, SHA-256, and what speaks against it.\n\nOptions"})};
    OptionAdder const add{all, language};
    add("help,h", {"afficher ce texte", "show this text"});
    add("json",
        {"afficher du JSON : un résultat par fichier lu",
         "print JSON: one result for each file that was read"});
    add("identifying",
        {"afficher aussi ce qui désigne quelqu’un : GPS, numéros de série, propriétaire",
         "print what points to someone too: GPS, serial numbers, owner"});
    add("output,o",
        po::value<std::string>()->value_name(say({"FICHIER", "FILE"})),
        {"écrire dans ce fichier plutôt qu’à l’écran", "write there instead"});
    return all;
}

Settings parse(std::vector<std::string> const& arguments) {
    po::options_description all = options(Language::english);
    all.add_options()("file", po::value<std::vector<std::string>>());
    auto const values = parse_options(arguments, all, "file");
    Settings settings;
    settings.help = values.count("help") > 0;
    settings.json = values.count("json") > 0;
    settings.identifying = values.count("identifying") > 0;
    if (values.count("output") > 0) {
        settings.output = values["output"].as<std::string>();
    }
    if (values.count("file") > 0) {
        settings.files = values["file"].as<std::vector<std::string>>();
    }
    if (!settings.help && settings.files.empty()) {
        throw Error{ErrorKind::usage,
                    {"nommer au moins un fichier d’appareil photo ; voir --help",
                     "name at least one camera file; see --help"}};
    }
    return settings;
}

// ---- text

Words words(CaptureWarning warning) {
    switch (warning) {
    case CaptureWarning::no_masked_photosites:
        return {"pas de photosites masqués : niveau de noir indiqué, et non mesuré",
                "no masked photosites: the black level is as stated, not measured"};
    case CaptureWarning::auto_exposure:
        return {"pose automatique : les réglages peuvent différer au sein d’une même série",
                "automatic exposure: settings may differ between captures of one set"};
    case CaptureWarning::unnamed_camera:
        return {"le fichier ne nomme aucun appareil : aucune référence ne peut lui répondre",
                "the file names no camera: references cannot be matched to it"};
    case CaptureWarning::perhaps_lossy:
        return {"peu de bits par photosite : peut-être comprimé avec perte, bruit minoré",
                "few bits a photosite: perhaps compressed with loss, noise then too low"};
    case CaptureWarning::noise_uncertain:
        return {"cette image seule détermine mal son bruit",
                "this frame alone does not determine its noise well"};
    case CaptureWarning::black_is_zero:
        return {"noir indiqué à 0 : le bruit au-dessous est coupé, ou l’indication est fausse",
                "black is stated as 0: noise below it is cut off, or it is not true"};
    case CaptureWarning::dark_exposure_differs:
        return {"temps de pose autre que celui des vues d’obscurité : variance augmentée",
                "exposure unlike that of the dark frames: variance is larger for it"};
    }
    return {"avertissement", "warning"};
}

// One line: a label of fixed width, then what it says.
std::string line(std::string const& label, std::string const& value) {
    constexpr std::size_t column = 18;
    std::size_t const taken = columns_of(label) + 2;
    return "  " + label + std::string(taken < column ? column - taken : 1, ' ') + value + '\n';
}

std::string plane_line(
    Speaker const& say, Words label, PerPlane<double> const& values, int decimals, Words unit) {
    constexpr std::size_t width = 10;
    std::string cells;
    for (double const value : values) {
        std::string const cell = say.figure(fixed_text(value, decimals));
        cells += std::string(cell.size() < width ? width - cell.size() : 1, ' ') + cell;
    }
    return line(say(label), cells + "  " + say(unit));
}

std::string exposure_text(Speaker const& say, capture::Metadata const& said) {
    std::vector<std::string> parts;
    if (said.exposure_s) {
        parts.push_back(say.figure(significant_text(*said.exposure_s, 3)) + " s");
    }
    if (said.f_number) {
        parts.push_back("f/" + say.figure(significant_text(*said.f_number, 2)));
    }
    if (said.iso) {
        parts.push_back("ISO " + significant_text(*said.iso, 3));
    }
    if (said.focal_length_mm) {
        parts.push_back(say.figure(significant_text(*said.focal_length_mm, 3)) + " mm");
    }
    if (said.auto_exposure) {
        parts.push_back(*said.auto_exposure ? say({"automatique", "automatic"})
                                            : say({"manuelle", "manual"}));
    }
    std::string text;
    for (std::string const& part : parts) {
        text += (text.empty() ? "" : ", ") + part;
    }
    return text.empty() ? say({"non précisée", "not stated"}) : text;
}

std::string camera_text(Speaker const& say, capture::Metadata const& said) {
    std::string name =
        said.make + (said.make.empty() || said.model.empty() ? "" : " ") + said.model;
    if (name.empty()) {
        name = said.unique_model;
    }
    constexpr std::size_t longest = 60;
    if (name.size() > longest) {
        name = capture::to_printable(name.substr(0, longest)) + "...";
    }
    return name.empty() ? say({"non nommé", "not named"}) : name;
}

std::string noise_text(Speaker const& say, Capture const& capture) {
    switch (capture.frame.noise.origin) {
    case NoiseOrigin::profile:
        return say({"d’après un profil de l’appareil", "from a camera profile"});
    case NoiseOrigin::dng_tag:
        return say(
            {"d’après l’étiquette NoiseProfile du fichier", "from the file's NoiseProfile tag"});
    case NoiseOrigin::estimated:
        break;
    }
    bool const shared =
        std::ranges::find(capture.gain_is_shared, true) != capture.gain_is_shared.end();
    return shared ? say({"estimé sur cette image, le gain sur tous les plans ensemble",
                         "estimated from this frame, the gain from all planes together"})
                  : say({"estimé sur cette image", "estimated from this frame"});
}

std::string saturation_text(Speaker const& say, Capture const& capture) {
    auto const total = std::accumulate(
        capture.saturated_photosites.begin(), capture.saturated_photosites.end(), std::size_t{0});
    double const percent =
        100.0 * static_cast<double>(total) / static_cast<double>(capture.frame.shape.area());
    return say({"{} photosites, {} %", "{} photosites, {} %"},
               total,
               total == 0 ? std::string{"0"} : say.figure(significant_text(percent, 2)));
}

std::string size_text(Shape shape) {
    return std::to_string(shape.width) + " x " + std::to_string(shape.height);
}

std::string levels_text(Speaker const& say, Capture const& capture) {
    Frame const& frame = capture.frame;
    bool const measured = capture.black_origin == capture::BlackOrigin::masked_photosites;
    std::string text = line("", "         r        g1        g2         b");
    text += plane_line(say,
                       {"noir", "black"},
                       frame.black_dn,
                       2,
                       measured ? Words{"DN, mesuré", "DN, measured"}
                                : Words{"DN, indiqué", "DN, as stated"});
    if (measured) {
        text += plane_line(
            say, {"  incertitude", "  uncertainty"}, frame.black_dn_sigma, 2, {"DN", "DN"});
        text +=
            plane_line(say, {"  indiqué", "  as stated"}, capture.stated_black_dn, 2, {"DN", "DN"});
    }
    text += plane_line(say,
                       {"saturation", "saturation"},
                       frame.saturation_dn,
                       0,
                       {"DN au-dessus du noir", "DN above black"});
    text += plane_line(
        say, {"bruit de lecture", "read noise"}, frame.noise.read_noise_dn, 2, {"DN", "DN"});
    text += plane_line(
        say, {"gain", "gain"}, frame.noise.gain_dn, 4, {"DN par électron", "DN per electron"});
    if (frame.noise.origin == NoiseOrigin::estimated) {
        text += plane_line(say,
                           {"  incertitude", "  uncertainty"},
                           frame.noise.gain_dn_sigma,
                           4,
                           {"DN par électron", "DN per electron"});
    }
    return text + line(say({"modèle de bruit", "noise model"}), noise_text(say, capture));
}

std::string inspect_text(Speaker const& say, Capture const& capture, std::string const& file) {
    capture::Metadata const& said = capture.metadata;
    std::string text = capture::to_printable(file) + '\n';
    if (said.simulated) {
        text += line(say({"SIMULÉ", "SIMULATED"}),
                     say({"d’après ses étiquettes : jamais une preuve hors démonstration",
                          "by its own tags: never evidence outside a demonstration"}));
    }
    text += line(say({"appareil", "camera"}), camera_text(say, said));
    text += line(say({"prise de vue", "taken"}),
                 said.taken_at.empty()
                     ? say({"non précisée", "not stated"})
                     : say({"{}, horloge de l’appareil", "{}, camera's clock"}, said.taken_at));
    text += line(say({"pose", "exposure"}), exposure_text(say, said));
    text += line("photosites",
                 say({"{} {}, sur les {} du capteur", "{} {}, of {} on the sensor"},
                     size_text(capture.frame.shape),
                     capture.frame.cfa.name(),
                     size_text(capture.raw_shape)));
    text += line(say({"fichier", "file"}),
                 say({"{} octets, {} bits par photosite", "{} bytes, {} bits a photosite"},
                     capture.file_bytes,
                     say.figure(fixed_text(capture.bits_per_photosite, 1))));
    text += line("SHA-256", capture.sha256.substr(0, 32));
    text += line("", capture.sha256.substr(32));
    text += line(say({"décodeur", "decoder"}), "LibRaw " + capture.decoder);
    text += levels_text(say, capture);
    text += line(say({"saturés", "saturated"}), saturation_text(say, capture));
    text += line(say({"écartés", "left out"}),
                 say({"{} chauds, {} morts, {} sans données", "{} hot, {} dead, {} without data"},
                     capture.hot_photosites,
                     capture.dead_photosites,
                     capture.no_data_photosites));
    for (auto const warning : capture.warnings) {
        text += "  ! " + say(words(warning)) + '\n';
    }
    return text;
}

std::string identifying_text(Speaker const& say, report::Identifying const& identifying) {
    std::string const label = say({"identifiants", "identifying"});
    if (!identifying.tags) {
        return line(label,
                    say({"non lus : ce fichier n’est pas bâti comme un TIFF",
                         "not read: this file is not built as a TIFF"}));
    }
    if (identifying.tags->empty()) {
        return line(label, say({"aucun", "none"}));
    }
    std::string text;
    for (capture::IdentifyingTag const& tag : *identifying.tags) {
        text += line(text.empty() ? label : "", tag.name + ": " + tag.value);
    }
    return text;
}

struct Inspected {
    Capture capture;
    std::optional<report::Identifying> identifying;
};

/// Both from the same bytes: the file could change in between.
Inspected
inspect_file(std::string const& file, capture::ReadSettings const& reading, bool identifying) {
    if (!identifying) {
        return {capture::read_capture(file, reading), {}};
    }
    auto bytes = read_file(file, reading.max_file_bytes);
    report::Identifying found;
    if (capture::has_readable_tags(bytes)) {
        found.tags = capture::read_identifying(bytes);
    }
    return {capture::to_capture(std::move(bytes), file, reading), std::move(found)};
}

int run_inspect(std::vector<std::string> const& arguments, Streams streams) {
    Settings const settings = parse(arguments);
    if (settings.help) {
        streams.out << options(streams.language);
        return 0;
    }
    capture::ReadSettings const reading{.decoder = find_decoder()};
    Speaker const say{streams.language};
    int status = 0;

    std::vector<std::string> results;
    for (std::string const& file : settings.files) {
        try {
            Inspected const seen = inspect_file(file, reading, settings.identifying);
            results.push_back(
                settings.json
                    ? report::json_inspect(seen.capture, file, seen.identifying)
                    : inspect_text(say, seen.capture, file) +
                          (seen.identifying ? identifying_text(say, *seen.identifying) : ""));
        } catch (Error const& error) {
            status = std::max(status, report_error("inspect", error, streams));
        }
    }
    std::string text;
    for (std::string const& result : results) {
        text += (text.empty() ? "" : "\n") + result;
    }
    if (settings.json || !text.empty()) {
        write_result(
            settings.output, settings.json ? report::json_envelope(results) : text, streams);
    }
    return status;
}

} // namespace

extern Command const inspect_command{"inspect",
                                     {"dire ce qu’est et ce que vaut un fichier brut (RAW)",
                                      "say what a camera file is and is worth"},
                                     run_inspect};

} // namespace cmq::cli
