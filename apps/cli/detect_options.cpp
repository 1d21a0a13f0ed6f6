// SPDX-License-Identifier: GPL-3.0-or-later

#include "apps/cli/detect_options.hpp"

#include "apps/cli/calibration_options.hpp"
#include "apps/cli/speaker.hpp"
#include "apps/pipeline/colour_library.hpp"
#include "core/error.hpp"
#include "core/number_text.hpp"

#include <boost/program_options/options_description.hpp>
#include <boost/program_options/variables_map.hpp>

#include <filesystem>
#include <map>

namespace cmq::cli {

namespace po = boost::program_options;

po::options_description detect_options(Language language) {
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
    add("darker",
        {"chercher ce qui prend de la lumière (marqueur coloré, image visible)",
         "seek what takes light away (coloured marker, visible frame)"});
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
    add("joined",
        po::value<std::vector<std::string>>()->composing()->value_name("F"),
        {"image des mêmes traces sous une autre lampe ou un autre filtre : trois canaux de plus "
         "pour la couleur ; peut se répéter",
         "capture of the same traces under another lamp or filter: three more channels of colour; "
         "may be repeated"});
    add("joined-conditions",
        po::value<std::string>()->value_name("TEXT"),
        {"lampes et filtres de ces images et place des lampes, dans les mots des références",
         "lamps and filters of these and how the lamps stood, in the words of the references"});
    add("pattern-references",
        po::value<std::string>()->value_name("F.csv"),
        {"motifs de référence : ce que dit la disposition des traces",
         "reference patterns: what the layout of the traces says"});
    add("pattern-class",
        po::value<std::string>()->value_name("NAME"),
        {"la classe de la première proposition, parmi ces motifs",
         "the class of the first proposition, among these patterns"});
    add("pattern-conditions",
        po::value<std::string>()->value_name("TEXT"),
        {"surface et distance, dans les mots des motifs de référence",
         "surface and distance, in the words of the reference patterns"});
    add("pattern-symmetry",
        {"chercher aussi une symétrie en miroir (près d’une seconde par fichier)",
         "seek mirror symmetry too (up to a second a file)"});
    add("pattern-csv",
        po::value<std::string>()->value_name("F"),
        {"écrire la disposition de chaque fichier, une ligne chacun : une référence future",
         "write the layout of each file, a row each: a reference to come"});
    add("overlay",
        po::value<std::string>()->value_name("DIR"),
        {"dessiner chaque fichier dans ce répertoire, en PNG : image, traces entourées, "
         "significativité",
         "draw each file into this folder, as PNG: picture, traces outlined, significance"});
    add("visible",
        po::value<std::string>()->value_name("F"),
        {"avec --overlay, dessiner aussi les traces sur cette image de la même scène en lumière "
         "visible, recalée",
         "with --overlay, draw the traces on this visible capture of the same scene too, aligned"});
    add("unmoved",
        {"les images de la même scène ont été prises du même endroit, rien n’a bougé : les "
         "superposer sans recalage",
         "captures of the same scene were taken from the same place, nothing moved: lay them on "
         "without alignment"});
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

std::string overlay_name(std::string const& file) {
    return std::filesystem::path{file}.filename().string() + ".png";
}

namespace {

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

void parse_judging(po::variables_map const& values, DetectOptions& settings) {
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

void parse_joined(po::variables_map const& values, DetectOptions& settings) {
    if (values.count("joined") > 0) {
        settings.joined = values["joined"].as<std::vector<std::string>>();
    }
    auto const conditions = text_option(values, "joined-conditions");
    if (settings.joined.empty()) {
        if (conditions) {
            throw Error{ErrorKind::usage,
                        {"--joined-conditions décrit les images de --joined, qui manque",
                         "--joined-conditions tells of the captures of --joined, which is "
                         "missing"}};
        }
        return;
    }
    if (settings.files.size() != 1 || settings.joined.size() >= pipeline::most_joined_captures) {
        throw Error{ErrorKind::usage,
                    {"--joined va avec un seul fichier, et se répète {} fois au plus",
                     "--joined goes with one file, and is repeated at most {} times"},
                    pipeline::most_joined_captures - 1};
    }
    if (settings.darker || settings.calibration.ambient) {
        throw Error{ErrorKind::usage,
                    {"--joined ne va ni avec --darker, ni avec --ambient : la lumière ambiante "
                     "n’est pas la même sous un autre filtre",
                     "--joined goes neither with --darker nor with --ambient: the light of the "
                     "room is another behind another filter"}};
    }
    settings.conditions.captures = 1 + settings.joined.size();
    settings.conditions.joined = conditions.value_or("");
    settings.detect.keep_apertures = true;
}

void parse_patterns(po::variables_map const& values, DetectOptions& settings) {
    settings.patterns = text_option(values, "pattern-references");
    settings.pattern_class = text_option(values, "pattern-class").value_or("");
    settings.pattern_conditions = text_option(values, "pattern-conditions").value_or("");
    settings.pattern_symmetry = values.count("pattern-symmetry") > 0;
    settings.pattern_csv = text_option(values, "pattern-csv");
    if (settings.patterns.has_value() == settings.pattern_class.empty()) {
        throw Error{ErrorKind::usage,
                    {"--pattern-references et --pattern-class vont ensemble : la table, et celle "
                     "de ses classes qui est opposée aux autres",
                     "--pattern-references and --pattern-class go together: the table, and which "
                     "of its classes is set against the others"}};
    }
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

} // namespace

DetectOptions parse_detect(std::vector<std::string> const& arguments) {
    auto const values = parse_with_files(arguments, detect_options(Language::english));
    DetectOptions settings;
    settings.help = values.count("help") > 0;
    if (settings.help) {
        return settings;
    }
    settings.json = values.count("json") > 0;
    settings.darker = values.count("darker") > 0;
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
    parse_patterns(values, settings);
    settings.files = file_words(values,
                                {"nommer au moins un fichier d’appareil photo ; voir --help",
                                 "name at least one camera file; see --help"});
    parse_joined(values, settings);
    settings.overlay = text_option(values, "overlay");
    if (settings.overlay) {
        check_names(settings.files);
    }
    settings.visible = text_option(values, "visible");
    settings.unmoved = values.count("unmoved") > 0;
    if (settings.unmoved && !settings.visible && settings.joined.empty()) {
        throw Error{ErrorKind::usage,
                    {"--unmoved parle des images de --visible et de --joined, qui manquent",
                     "--unmoved speaks of the captures of --visible and --joined, which are "
                     "missing"}};
    }
    if (settings.visible && !settings.overlay) {
        throw Error{ErrorKind::usage,
                    {"--visible sert à --overlay, qui manque",
                     "--visible serves --overlay, which is missing"}};
    }
    return settings;
}

} // namespace cmq::cli
