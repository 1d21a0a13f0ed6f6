// SPDX-License-Identifier: GPL-3.0-or-later

#include "apps/cli/command.hpp"
#include "apps/cli/options.hpp"
#include "apps/cli/simulate_case.hpp"
#include "apps/cli/simulate_groups.hpp"
#include "apps/cli/simulate_run.hpp"
#include "apps/cli/speaker.hpp"
#include "capture/simulate_scene.hpp"
#include "core/error.hpp"
#include "system/csv.hpp"
#include "system/file.hpp"
#include "system/sha256.hpp"

#include <boost/program_options/options_description.hpp>
#include <boost/program_options/variables_map.hpp>

#include <charconv>
#include <optional>
#include <ostream>
#include <span>

namespace cmq::cli {
namespace {

namespace po = boost::program_options;

struct Settings {
    bool help = false;
    std::string output;
    std::optional<std::string> truth;
    unsigned threads = 0;
    capture::DngCompression compression = capture::DngCompression::none;
    capture::SceneSettings scene;
};

// ---- reading values

std::uint64_t count_option(po::variables_map const& values, std::string const& name) {
    auto const& text = values[name].as<std::string>();
    std::uint64_t count = 0;
    auto const* const end = text.data() + text.size();
    auto const result = std::from_chars(text.data(), end, count);
    if (result.ec != std::errc{} || result.ptr != end) {
        throw Error{
            ErrorKind::usage,
            {"--{} demande un nombre entier, et non « {} »", "--{} needs a whole number, not '{}'"},
            name,
            text};
    }
    return count;
}

std::ptrdiff_t size_option(po::variables_map const& values, std::string const& name) {
    std::uint64_t const count = count_option(values, name);
    if (count > 1'000'000) {
        throw Error{ErrorKind::usage, {"--{} est trop grand", "--{} is too large"}, name};
    }
    return static_cast<std::ptrdiff_t>(count);
}

PerPlane<double> planes_option(po::variables_map const& values, std::string const& name) {
    return to_planes(values[name].as<std::string>(), "--" + name);
}

template <class Enum>
Enum name_option(po::variables_map const& values,
                 std::string const& name,
                 std::initializer_list<Enum> allowed) {
    auto const& text = values[name].as<std::string>();
    std::string names;
    for (Enum const value : allowed) {
        if (capture::to_text(value) == text) {
            return value;
        }
        names += (names.empty() ? "" : ", ") + std::string{capture::to_text(value)};
    }
    throw Error{ErrorKind::usage,
                {"--{} est un mot parmi {}, et non « {} »", "--{} is one of {}, not '{}'"},
                name,
                names,
                text};
}

// ---- options

po::options_description visible_options(Language language) {
    Speaker const say{language};
    auto const text = [] { return po::value<std::string>()->value_name("X"); };
    auto const number = [&](char const* standard) { return text()->default_value(standard); };
    po::options_description all{
        say({"emploi : contremarque simulate scene -o FICHIER.dng [OPTIONS]\n"
             "         contremarque simulate case --help : des affaires de vérité connue\n"
             "         contremarque simulate run --help : des fichiers de lecture du code\n\n"
             "Écrit un fichier d’appareil photo de vérité connue, marqué SIMULATED dans ses\n"
             "étiquettes et ses pixels. Longueurs en photosites, lumière en électrons ; les\n"
             "mêmes options donnent les mêmes octets. PLANES : r,g,b ou r,g1,g2,b ou un seul\n"
             "nombre\u00A0",
             "usage: contremarque simulate scene -o FILE.dng [OPTIONS]\n"
             "       contremarque simulate case --help: cases of known truth\n"
             "       contremarque simulate run --help: files of instruments that read a code\n\n"
             "Writes a camera file of known truth, marked SIMULATED in its tags and pixels.\n"
             "Lengths are in photosites, light in electrons; the same options give the same\n"
             "bytes. PLANES is r,g,b or r,g1,g2,b or one number for all"})};
    po::options_description main{say({"Options\u00A0", "Options"})};
    OptionAdder{main, language}("help,h", {"afficher ce texte", "show this text"})(
        "output,o", text(), {"le fichier DNG à écrire", "the DNG file to write"})(
        "truth",
        text(),
        {"écrire les gouttelettes dans ce fichier CSV", "write the droplets to this CSV file"})(
        "compression",
        number("none"),
        {"none ou lossless-jpeg : mêmes photosites", "none or lossless-jpeg: the same photosites"})(
        "seed",
        number("1"),
        {"bruit (sans --scene-seed : tout)", "noise (without --scene-seed: all)"})(
        "scene-seed", text(), {"texture et gouttelettes", "texture and droplets"})(
        "sensor-seed",
        number("1"),
        {"motif fixe et photosites chauds", "fixed pattern and hot photosites"})(
        "width", number("1500"), {"de la partie visible, pair", "of the visible area, even"})(
        "height", number("1000"), {"de la partie visible, pair", "of the visible area, even"})(
        "cfa", number("RGGB"), {"RGGB, BGGR, GRBG ou GBRG", "RGGB, BGGR, GRBG or GBRG"})(
        "masked-columns",
        number("48"),
        {"colonnes noires, à gauche", "optically black, at the left"})(
        "exposure-s", number("2"), {"inscrit dans le fichier", "stated in the file"})(
        "iso", number("800"), {"inscrit dans le fichier", "stated in the file"})(
        "threads", number("0"), {"0 : un par cœur du processeur", "0: one for each core"});
    po::options_description surface{say({"Surface\u00A0", "Surface"})};
    OptionAdder{surface, language}(
        "background",
        number("flat"),
        {"flat, gradient, woven, skin ou printed", "flat, gradient, woven, skin or printed"})(
        "background-electrons",
        number("60,90,180"),
        {"PLANES, avant texture", "PLANES, before texture"})(
        "lamp-falloff",
        number("0"),
        {"part de lumière perdue dans les coins", "share of light lost in the corners"})(
        "gradient",
        number("0.5"),
        {"(maximum - minimum) / moyenne", "(largest - smallest) / mean"})(
        "angle-deg", number("20"), {"de la rampe, des fils", "of the ramp, of the yarns"})(
        "weave-period", number("10"), {"de fil à fil", "from yarn to yarn"})(
        "weave-depth", number("0.15"), {"relative", "relative"})(
        "fold-period", number("400"), {"de pli à pli", "from fold to fold"})(
        "fold-depth", number("0.25"), {"relative", "relative"})(
        "mottle-depth", number("0.25"), {"de la peau, relative", "of skin, relative"})(
        "print-pattern",
        number("motifs"),
        {"dots, stripes ou motifs, de printed", "dots, stripes or motifs, of printed"})(
        "print-period", number("60"), {"de motif à motif", "from one to the next"})(
        "print-depth",
        number("0.7,0.5,0.2"),
        {"PLANES, part de lumière retirée ; < 0 : ajoutée",
         "PLANES, share of light taken; < 0: added"});
    po::options_description droplets{
        say({"Gouttelettes, traînées, taches\u00A0", "Droplets, smears, stains"})};
    add_group_options(droplets, language);
    po::options_description camera{say({"Objectif et capteur\u00A0", "Lens and sensor"})};
    OptionAdder{camera,
                language}("defocus",
                          number("1"),
                          {"rayon du disque de confusion", "radius of the disc of confusion"})(
        "blur", number("0.7"), {"écart-type du flou", "standard deviation of the blur"})(
        "bits", number("14"), {"12, 14 ou 16", "12, 14 or 16"})(
        "black", number("512"), {"PLANES, unités brutes (DN)", "PLANES, raw units (DN)"})(
        "gain-dn", number("0.5"), {"DN par électron", "DN per electron"})(
        "full-well", number("60000"), {"électrons", "electrons"})(
        "read-noise", number("3"), {"électrons", "electrons"})(
        "row-noise", number("0.2"), {"électrons", "electrons"})(
        "prnu",
        number("0.006"),
        {"dispersion relative de la réponse", "relative spread of response"})(
        "dsnu",
        number("0.5"),
        {"dispersion du niveau d’obscurité, électrons", "spread of the dark level, electrons"})(
        "hot-share", number("2e-5"), {"part de photosites chauds", "share of hot photosites"})(
        "hot-electrons",
        number("2000"),
        {"leur charge moyenne en plus", "their mean extra charge"});
    all.add(main).add(surface).add(droplets).add(camera);
    return all;
}

// ---- settings

capture::Background to_background(po::variables_map const& values) {
    using capture::BackgroundKind;
    capture::Background background;
    background.kind = name_option(values,
                                  "background",
                                  {BackgroundKind::flat,
                                   BackgroundKind::gradient,
                                   BackgroundKind::woven,
                                   BackgroundKind::skin,
                                   BackgroundKind::printed});
    background.electrons = planes_option(values, "background-electrons");
    background.lamp_falloff = number_option(values, "lamp-falloff");
    background.gradient = number_option(values, "gradient");
    background.angle_deg = number_option(values, "angle-deg");
    background.weave_period = number_option(values, "weave-period");
    background.weave_depth = number_option(values, "weave-depth");
    background.fold_period = number_option(values, "fold-period");
    background.fold_depth = number_option(values, "fold-depth");
    background.mottle_depth = number_option(values, "mottle-depth");
    using capture::PrintPattern;
    background.print_pattern = name_option(
        values, "print-pattern", {PrintPattern::dots, PrintPattern::stripes, PrintPattern::motifs});
    background.print_period = number_option(values, "print-period");
    background.print_depth = planes_option(values, "print-depth");
    return background;
}

capture::Sensor to_sensor(po::variables_map const& values) {
    capture::Sensor sensor;
    sensor.bits = static_cast<int>(size_option(values, "bits"));
    sensor.black_dn = planes_option(values, "black");
    sensor.gain_dn = number_option(values, "gain-dn");
    sensor.full_well_electrons = number_option(values, "full-well");
    sensor.read_noise_electrons = number_option(values, "read-noise");
    sensor.row_noise_electrons = number_option(values, "row-noise");
    sensor.prnu = number_option(values, "prnu");
    sensor.dsnu_electrons = number_option(values, "dsnu");
    sensor.hot_share = number_option(values, "hot-share");
    sensor.hot_electrons = number_option(values, "hot-electrons");
    return sensor;
}

capture::SceneSettings to_scene(po::variables_map const& values) {
    capture::SceneSettings scene;
    scene.shape = {size_option(values, "height"), size_option(values, "width")};
    scene.cfa = make_cfa(values["cfa"].as<std::string>());
    scene.masked_columns = size_option(values, "masked-columns");
    scene.background = to_background(values);
    scene.droplets = to_groups(values);
    scene.lens = {number_option(values, "defocus"), number_option(values, "blur")};
    scene.sensor = to_sensor(values);
    scene.exposure_s = number_option(values, "exposure-s");
    scene.iso = static_cast<int>(size_option(values, "iso"));
    scene.seed = count_option(values, "seed");
    if (values.count("scene-seed") > 0) {
        scene.scene_seed = count_option(values, "scene-seed");
    }
    scene.sensor_seed = count_option(values, "sensor-seed");
    return scene;
}

Settings parse(std::vector<std::string> const& arguments) {
    po::options_description options = visible_options(Language::english);
    options.add_options()("word", po::value<std::vector<std::string>>());
    auto const values = parse_options(arguments, options, "word");
    Settings settings;
    settings.help = values.count("help") > 0;
    if (settings.help) {
        return settings;
    }
    if (values.count("word") == 0 ||
        values["word"].as<std::vector<std::string>>() != std::vector<std::string>{"scene"}) {
        throw Error{
            ErrorKind::usage,
            {"le premier mot dit quoi simuler : scene (un fichier d’appareil photo), case (des "
             "affaires) ou run (des fichiers de lecture du code)",
             "what to simulate is the first word: scene (a camera file), case (cases) or run "
             "(files of instruments that read a code)"}};
    }
    if (values.count("output") == 0) {
        throw Error{ErrorKind::usage,
                    {"--output manque : le fichier DNG à écrire",
                     "--output is missing: the DNG file to write"}};
    }
    settings.output = values["output"].as<std::string>();
    if (values.count("truth") > 0) {
        settings.truth = values["truth"].as<std::string>();
    }
    settings.threads =
        static_cast<unsigned>(std::min<std::ptrdiff_t>(size_option(values, "threads"), 256));
    using capture::DngCompression;
    settings.compression =
        name_option(values, "compression", {DngCompression::none, DngCompression::lossless_jpeg});
    settings.scene = to_scene(values);
    return settings;
}

int run_simulate(std::vector<std::string> const& arguments, Streams streams) {
    if (!arguments.empty() && arguments.front() == "case") {
        return run_simulate_case(arguments, streams);
    }
    if (!arguments.empty() && arguments.front() == "run") {
        return run_simulate_run(arguments, streams);
    }
    Settings const settings = parse(arguments);
    if (settings.help) {
        streams.out << visible_options(streams.language);
        return 0;
    }
    auto const scene = capture::simulate_scene(settings.scene, settings.threads);
    capture::DngPicture picture = capture::to_dng_picture(scene);
    picture.compression = settings.compression;
    auto const dng = capture::to_dng(picture);
    if (settings.truth) {
        write_file(*settings.truth, to_csv(scene.truth));
    }
    write_file(settings.output, dng);
    streams.err << Speaker{streams.language}(
        {"{} écrit : {} x {} photosites, {} gouttelettes, {} octets, empreinte numérique SHA-256 "
         "{}\n",
         "wrote {}: {} x {} photosites, {} droplets, {} bytes, SHA-256 {}\n"},
        settings.output,
        scene.settings.shape.width,
        scene.settings.shape.height,
        scene.truth.rows(),
        dng.size(),
        sha256_hex(dng));
    return 0;
}

} // namespace

extern Command const simulate_command{
    "simulate",
    {"fabriquer des fichiers de vérité connue, marqués comme simulés",
     "make camera files of known truth, marked as simulated"},
    run_simulate};

} // namespace cmq::cli
