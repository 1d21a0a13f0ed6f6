// SPDX-License-Identifier: GPL-3.0-or-later

#include "apps/cli/series_options.hpp"

#include "apps/cli/calibration_options.hpp"
#include "apps/cli/speaker.hpp"
#include "capture/metadata.hpp"
#include "core/error.hpp"
#include "core/number_text.hpp"

#include <boost/program_options/options_description.hpp>
#include <boost/program_options/variables_map.hpp>

#include <algorithm>
#include <array>
#include <charconv>
#include <iterator>

namespace cmq::cli {

namespace po = boost::program_options;

namespace {

using pipeline::NamedRegion;

// The certificate's numbers come with its unit and source or not at all.
constexpr std::array<char const*, 5> certificate_words{
    "target-radiance", "target-uncertainty", "coverage-factor", "target-unit", "target-source"};

void add_certificate_options(OptionAdder const& add, Language language) {
    Speaker const say{language};
    std::string const planes = say({"R,V,B", "R,G,B"});
    std::string const text = say({"TEXTE", "TEXT"});
    add("target-radiance",
        po::value<std::string>()->value_name(planes),
        {"luminance énergétique certifiée de la cible dans la bande de chaque plan, sous cette "
         "lampe et ce filtre ; quatre valeurs pour R,V1,V2,B",
         "certified radiance of the target in the band of each plane, under this lamp and "
         "filter; four values for R,G1,G2,B"});
    add("target-uncertainty",
        po::value<std::string>()->value_name(planes),
        {"incertitude de chacune, comme le certificat la donne",
         "uncertainty of each, as the certificate states it"});
    add("coverage-factor",
        po::value<std::string>()->value_name("K"),
        {"facteur d’élargissement de ces incertitudes : 1 pour des incertitudes-types",
         "coverage factor of these uncertainties: 1 for standard ones"});
    add("target-unit",
        po::value<std::string>()->value_name(text),
        {"unité de ces valeurs", "unit of these values"});
    add("target-source",
        po::value<std::string>()->value_name(text),
        {"certificat, laboratoire et date", "certificate, laboratory and date"});
}

std::vector<std::string_view> parts_of(std::string_view text) {
    std::vector<std::string_view> parts;
    while (true) {
        std::size_t const comma = text.find(',');
        parts.push_back(text.substr(0, comma));
        if (comma == std::string_view::npos) {
            return parts;
        }
        text.remove_prefix(comma + 1);
    }
}

capture::FrameRegion to_region(std::string const& text) {
    std::vector<std::ptrdiff_t> numbers;
    for (std::string_view const part : parts_of(text)) {
        std::ptrdiff_t number = 0;
        auto const [end, error] = std::from_chars(part.data(), part.data() + part.size(), number);
        if (error == std::errc{} && end == part.data() + part.size()) {
            numbers.push_back(number);
        }
    }
    if (numbers.size() != 4 || parts_of(text).size() != 4) {
        throw Error{
            ErrorKind::usage,
            {"« {} » n’est pas une zone : quatre nombres entiers X,Y,LARGEUR,HAUTEUR sont attendus",
             "'{}' is no region: four whole numbers X,Y,WIDTH,HEIGHT are expected"},
            text};
    }
    return {numbers[0], numbers[1], numbers[2], numbers[3]};
}

NamedRegion to_named_region(std::string const& text) {
    std::size_t const sign = text.find('=');
    if (sign == std::string::npos || sign == 0) {
        throw Error{ErrorKind::usage,
                    {"« {} » n’a pas la forme NOM=X,Y,LARGEUR,HAUTEUR",
                     "'{}' has not the form NAME=X,Y,WIDTH,HEIGHT"},
                    text};
    }
    return {text.substr(0, sign), to_region(text.substr(sign + 1))};
}

// Three numbers, green for both its planes, or four.
PerPlane<double> to_planes(std::string const& option, std::string const& text) {
    std::vector<double> numbers;
    for (std::string_view const part : parts_of(text)) {
        auto const number = parse_number(part);
        if (!number || !(*number > 0)) {
            throw Error{ErrorKind::usage,
                        {"--{} : « {} » n’est pas un nombre supérieur à 0",
                         "--{}: '{}' is no number above 0"},
                        option,
                        part};
        }
        numbers.push_back(*number);
    }
    if (numbers.size() == 3) {
        numbers.insert(numbers.begin() + 1, numbers[1]);
    }
    if (numbers.size() != plane_count) {
        throw Error{ErrorKind::usage,
                    {"--{} demande trois nombres (R,V,B) ou quatre (R,V1,V2,B)",
                     "--{} needs three numbers (R,G,B) or four (R,G1,G2,B)"},
                    option};
    }
    PerPlane<double> planes{};
    std::ranges::copy(numbers, planes.begin());
    return planes;
}

std::string short_text(po::variables_map const& values, char const* option) {
    auto text = values[option].as<std::string>();
    if (text.empty() || text.size() > 1000 || capture::to_printable(text) != text) {
        throw Error{
            ErrorKind::usage,
            {"--{} demande un texte court sur une ligne", "--{} needs a short text on one line"},
            option};
    }
    return text;
}

std::optional<capture::TargetCertificate> to_certificate(po::variables_map const& values) {
    auto const given = std::ranges::count_if(
        certificate_words, [&](char const* word) { return values.count(word) > 0; });
    if (given == 0) {
        return {};
    }
    if (given < std::ssize(certificate_words) || values.count("target") == 0) {
        throw Error{
            ErrorKind::usage,
            {"une cible étalonnée demande --target, --target-radiance, --target-uncertainty, "
             "--coverage-factor, --target-unit et --target-source ensemble",
             "a calibrated target needs --target, --target-radiance, --target-uncertainty, "
             "--coverage-factor, --target-unit and --target-source together"}};
    }
    double const factor = number_option(values, "coverage-factor");
    if (!(factor >= 1 && factor <= 10)) {
        throw Error{ErrorKind::usage,
                    {"--coverage-factor demande un nombre de 1 à 10",
                     "--coverage-factor needs a number from 1 to 10"}};
    }
    capture::TargetCertificate certificate;
    certificate.radiance =
        to_planes("target-radiance", values["target-radiance"].as<std::string>());
    certificate.sigma =
        to_planes("target-uncertainty", values["target-uncertainty"].as<std::string>());
    for (double& sigma : certificate.sigma) {
        sigma /= factor;
    }
    certificate.unit = short_text(values, "target-unit");
    certificate.source = short_text(values, "target-source");
    return certificate;
}

std::vector<double> to_times(std::string const& text, std::size_t files) {
    std::vector<double> times;
    for (std::string_view const part : parts_of(text)) {
        auto const number = parse_number(part);
        if (!number || *number < 0 || (!times.empty() && *number < times.back())) {
            throw Error{
                ErrorKind::usage,
                {"--times : « {} » n’est pas un nombre de secondes, ou vient avant le précédent",
                 "--times: '{}' is no number of seconds, or comes before the one ahead of it"},
                part};
        }
        times.push_back(*number);
    }
    if (times.size() != files) {
        throw Error{
            ErrorKind::usage,
            {"--times donne {} valeurs pour {} fichiers", "--times gives {} values for {} files"},
            times.size(),
            files};
    }
    return times;
}

} // namespace

po::options_description series_options(Language language) {
    Speaker const say{language};
    po::options_description all{
        say({"emploi : contremarque series FICHIER... --region NOM=X,Y,L,H [OPTIONS]\n"
             "         contremarque series --merge FICHIER... --region NOM=X,Y,L,H [OPTIONS]\n\n"
             "Suit des zones d’une même scène d’une image à l’autre : lumière par seconde avec\n"
             "son incertitude, dérive de la lampe d’après une cible, décroissance dans le\n"
             "temps ; avec --merge, mesure ces zones dans plusieurs poses réunies. Ni\n"
             "l’appareil ni la scène ne doivent avoir bougé.\n\nOptions\u00A0",
             "usage: contremarque series FILE... --region NAME=X,Y,W,H [OPTIONS]\n"
             "       contremarque series --merge FILE... --region NAME=X,Y,W,H [OPTIONS]\n\n"
             "Follows parts of one scene from capture to capture: light per second with its\n"
             "uncertainty, drift of the lamp by a target, fading over time; with --merge,\n"
             "measures these parts in several exposures put together. Camera and scene must\n"
             "not have moved.\n\nOptions"})};
    OptionAdder const add{all, language};
    add("help,h", {"afficher ce texte", "show this text"});
    add("merge",
        {"réunir les poses d’une scène, chacune selon son poids",
         "put exposures of one scene together, each by its weight"});
    add("region",
        po::value<std::vector<std::string>>()->value_name(say({"NOM=X,Y,L,H", "NAME=X,Y,W,H"})),
        {"zone à suivre, en photosites à partir du coin supérieur gauche ; peut être répété",
         "part to follow, in photosites from the top left corner; may be repeated"});
    add("target",
        po::value<std::string>()->value_name(say({"X,Y,L,H", "X,Y,W,H"})),
        {"zone d’une cible qui ne change pas : elle donne la dérive de la lampe",
         "part that shows a target that does not change: it gives the drift of the lamp"});
    add_certificate_options(add, language);
    add("times",
        po::value<std::string>()->value_name("T,T,..."),
        {"secondes passées sous la lampe, une valeur par fichier ; sinon l’horloge de l’appareil",
         "seconds under the lamp, one a file; else the camera's clock"});
    add_calibration_options(add, language);
    add_threads_option(add);
    add("json",
        {"afficher du JSON : un résultat par zone, ou un seul avec --merge",
         "print JSON: one result for each region, or a single one with --merge"});
    add_output_option(add, language);
    return all;
}

SeriesOptions parse_series(std::vector<std::string> const& arguments) {
    auto const values = parse_with_files(arguments, series_options(Language::english));
    SeriesOptions settings;
    settings.help = values.count("help") > 0;
    if (settings.help) {
        return settings;
    }
    settings.json = values.count("json") > 0;
    settings.merge = values.count("merge") > 0;
    settings.output = text_option(values, "output");
    if (values.count("file") == 0 || values.count("region") == 0) {
        throw Error{ErrorKind::usage,
                    {"nommer au moins un fichier et une zone (--region) ; voir --help",
                     "name at least one file and one region (--region); see --help"}};
    }
    if (settings.merge && values.count("times") > 0) {
        throw Error{ErrorKind::usage,
                    {"--times ne va pas avec --merge : des poses réunies n’ont pas d’ordre",
                     "--times does not go with --merge: exposures put together have no order"}};
    }
    auto& series = settings.series;
    for (std::string const& file : values["file"].as<std::vector<std::string>>()) {
        series.files.emplace_back(file);
    }
    for (std::string const& region : values["region"].as<std::vector<std::string>>()) {
        series.regions.push_back(to_named_region(region));
    }
    if (values.count("target") > 0) {
        series.target = to_region(values["target"].as<std::string>());
    }
    if (values.count("times") > 0) {
        series.times_s = to_times(values["times"].as<std::string>(), series.files.size());
    }
    series.certificate = to_certificate(values);
    series.calibration = calibration_option(values);
    series.readers.threads = threads_option(values);
    return settings;
}

} // namespace cmq::cli
