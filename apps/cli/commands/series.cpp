// SPDX-License-Identifier: GPL-3.0-or-later

#include "apps/cli/calibration_options.hpp"
#include "apps/cli/command.hpp"
#include "apps/cli/options.hpp"
#include "apps/cli/speaker.hpp"
#include "apps/pipeline/measure_series.hpp"
#include "core/columns.hpp"
#include "core/error.hpp"
#include "core/number_text.hpp"
#include "report/json_envelope.hpp"
#include "report/json_series.hpp"

#include <boost/program_options/options_description.hpp>
#include <boost/program_options/variables_map.hpp>

#include <algorithm>
#include <charconv>
#include <ostream>

namespace cmq::cli {
namespace {

namespace po = boost::program_options;
using pipeline::NamedRegion;
using pipeline::NoFading;
using pipeline::Series;
using pipeline::SeriesCapture;

struct Settings {
    bool help = false;
    bool json = false;
    std::optional<std::string> output;
    pipeline::SeriesSettings series;
};

po::options_description options(Language language) {
    Speaker const say{language};
    po::options_description all{
        say({"emploi : contremarque series FICHIER... --region NOM=X,Y,L,H [OPTIONS]\n\n"
             "Suit des zones d’une même scène d’une image à l’autre : lumière par seconde avec\n"
             "son incertitude, dérive de la lampe d’après une cible, décroissance dans le\n"
             "temps. Ni l’appareil ni la scène ne doivent avoir bougé.\n\nOptions\u00A0",
             "usage: contremarque series FILE... --region NAME=X,Y,W,H [OPTIONS]\n\n"
             "Follows parts of one scene from capture to capture: light per second with its\n"
             "uncertainty, drift of the lamp by a target, fading over time. Camera and scene\n"
             "must not have moved.\n\nOptions"})};
    OptionAdder const add{all, language};
    add("help,h", {"afficher ce texte", "show this text"});
    add("region",
        po::value<std::vector<std::string>>()->value_name(say({"NOM=X,Y,L,H", "NAME=X,Y,W,H"})),
        {"zone à suivre, en photosites à partir du coin supérieur gauche ; peut être répété",
         "part to follow, in photosites from the top left corner; may be repeated"});
    add("target",
        po::value<std::string>()->value_name(say({"X,Y,L,H", "X,Y,W,H"})),
        {"zone d’une cible qui ne change pas : elle donne la dérive de la lampe",
         "part that shows a target that does not change: it gives the drift of the lamp"});
    add("times",
        po::value<std::string>()->value_name("T,T,..."),
        {"secondes passées sous la lampe, une valeur par fichier ; sinon l’horloge de l’appareil",
         "seconds under the lamp, one a file; else the camera's clock"});
    add_calibration_options(add, language);
    add_threads_option(add);
    add("json",
        {"afficher du JSON : un résultat par zone", "print JSON: one result for each region"});
    add("output,o",
        po::value<std::string>()->value_name(say({"FICHIER", "FILE"})),
        {"écrire dans ce fichier plutôt qu’à l’écran", "write there instead"});
    return all;
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

Settings parse(std::vector<std::string> const& arguments) {
    po::options_description all = options(Language::english);
    all.add_options()("file", po::value<std::vector<std::string>>());
    auto const values = parse_options(arguments, all, "file");
    Settings settings;
    settings.help = values.count("help") > 0;
    if (settings.help) {
        return settings;
    }
    settings.json = values.count("json") > 0;
    if (values.count("output") > 0) {
        settings.output = values["output"].as<std::string>();
    }
    if (values.count("file") == 0 || values.count("region") == 0) {
        throw Error{ErrorKind::usage,
                    {"nommer au moins un fichier et une zone (--region) ; voir --help",
                     "name at least one file and one region (--region); see --help"}};
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
    series.calibration = calibration_option(values);
    series.readers.threads = threads_option(values);
    return settings;
}

// ---- text

std::string figures(Speaker const& say, capture::WithSigma const& number) {
    return say.figure(significant_text(number.value, 4)) + " ± " +
           say.figure(significant_text(number.sigma, 2));
}

std::string padded(std::string text, std::size_t columns) {
    std::size_t const taken = columns_of(text);
    return text + std::string(taken < columns ? columns - taken : 1, ' ');
}

Words why(NoFading reason) {
    switch (reason) {
    case NoFading::fitted:
        break;
    case NoFading::too_few:
        return {"décroissance : ne peut être dite, moins de trois images",
                "fading: cannot be told, fewer than three captures"};
    case NoFading::no_times:
        return {"décroissance : ne peut être dite, instants inconnus (--times)",
                "fading: cannot be told, times unknown (--times)"};
    case NoFading::not_positive:
        return {"décroissance : ne peut être dite, lumière non supérieure à zéro",
                "fading: cannot be told, light not above zero"};
    case NoFading::no_fit:
        return {"décroissance : aucune exponentielle ne s’en approche",
                "fading: no exponential decay comes near"};
    }
    return {"décroissance", "fading"};
}

std::string_view name_of(NoFading reason) {
    switch (reason) {
    case NoFading::fitted:
        break;
    case NoFading::too_few:
        return "too_few_captures";
    case NoFading::no_times:
        return "times_unknown";
    case NoFading::not_positive:
        return "light_not_above_zero";
    case NoFading::no_fit:
        return "no_exponential";
    }
    return "";
}

std::string fading_text(Speaker const& say, pipeline::SeriesRegion const& region) {
    if (!region.fading) {
        return "  " + say(why(region.why_not)) + '\n';
    }
    std::string text = "  " +
                       say({"décroissance : {} par seconde", "fading: {} per second"},
                           figures(say, region.fading->rate_per_s)) +
                       '\n';
    text += "  " +
            say(region.fading->fades
                    ? Words{"la lumière décroît (plus de deux écarts-types)",
                            "the light fades (by more than two standard deviations)"}
                    : Words{"aucune décroissance n’est établie", "no fading is established"}) +
            '\n';
    if (!region.fading->fits) {
        text += "  ! " +
                say({"les écarts dépassent ce que le bruit permet : ce n’est pas une exponentielle",
                     "departures are more than noise allows: it is no exponential decay"}) +
                '\n';
    }
    return text;
}

std::string lamp_text(Speaker const& say, Series const& series, SeriesCapture const& capture) {
    if (!series.has_target) {
        return "";
    }
    std::string text = figures(say, capture.lamp.relative);
    if (capture.lamp.colour_changed) {
        text += say({" ! couleur", " ! colour"});
    } else if (capture.lamp.drifted) {
        text += say({" ! dérive", " ! drift"});
    }
    return text;
}

std::string region_text(Speaker const& say, Series const& series, std::size_t index) {
    std::string text = say({"zone {}", "region {}"}, series.regions[index].name) + '\n';
    text += "  " + padded(say({"temps, s", "time, s"}), 12) +
            padded(say({"lumière, DN/s", "light, DN/s"}), 24) +
            (series.has_target ? say({"lampe", "lamp"}) : "") + '\n';
    for (SeriesCapture const& capture : series.captures) {
        std::string const time =
            capture.time_s ? say.figure(significant_text(*capture.time_s, 4)) : "?";
        std::string line = "  " + padded(time, 12) +
                           padded(figures(say, capture.regions[index].per_s), 24) +
                           lamp_text(say, series, capture);
        line.erase(line.find_last_not_of(' ') + 1);
        text += line + '\n';
    }
    return text + fading_text(say, series.regions[index]);
}

std::string json_of(Series const& series, std::size_t index) {
    std::vector<report::SeriesEntry> entries;
    for (SeriesCapture const& capture : series.captures) {
        auto const& region = capture.regions[index];
        entries.push_back({.file = capture.file,
                           .sha256 = capture.sha256,
                           .time_s = capture.time_s,
                           .exposure_s = capture.exposure_s,
                           .lamp = series.has_target ? std::optional{capture.lamp} : std::nullopt,
                           .light = region.light,
                           .to_target = region.to_target,
                           .per_s = region.per_s});
    }
    auto const& region = series.regions[index];
    return report::json_series(
        region.name, entries, region.fading, std::string{name_of(region.why_not)});
}

int run_series(std::vector<std::string> const& arguments, Streams streams) {
    Settings settings = parse(arguments);
    if (settings.help) {
        streams.out << options(streams.language);
        return 0;
    }
    find_readers(settings.series.calibration, settings.series.readers);
    Series const series = pipeline::measure_series(settings.series);
    std::vector<std::string> results;
    std::string text;
    for (std::size_t i = 0; i < series.regions.size(); ++i) {
        if (settings.json) {
            results.push_back(json_of(series, i));
        } else {
            text += (text.empty() ? "" : "\n") + region_text(Speaker{streams.language}, series, i);
        }
    }
    write_result(settings.output, settings.json ? report::json_envelope(results) : text, streams);
    return 0;
}

} // namespace

extern Command const series_command{"series",
                                    {"suivre des zones d’une scène d’une image à l’autre",
                                     "follow parts of a scene from capture to capture"},
                                    run_series};

} // namespace cmq::cli
