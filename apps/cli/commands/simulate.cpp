// SPDX-License-Identifier: GPL-3.0-or-later

#include "apps/cli/command.hpp"
#include "apps/cli/options.hpp"
#include "capture/simulate_scene.hpp"
#include "core/error.hpp"
#include "core/number_text.hpp"
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
        throw Error{ErrorKind::usage, "--" + name + " needs a whole number, not '" + text + "'"};
    }
    return count;
}

std::ptrdiff_t size_option(po::variables_map const& values, std::string const& name) {
    std::uint64_t const count = count_option(values, name);
    if (count > 1'000'000) {
        throw Error{ErrorKind::usage, "--" + name + " is too large"};
    }
    return static_cast<std::ptrdiff_t>(count);
}

std::vector<double> list_option(po::variables_map const& values, std::string const& name) {
    std::string_view rest = values[name].as<std::string>();
    std::vector<double> list;
    for (;;) {
        std::size_t const comma = rest.find(',');
        auto const number = parse_number(rest.substr(0, comma));
        if (!number) {
            throw Error{ErrorKind::usage,
                        "--" + name +
                            " needs numbers with a decimal point, separated by commas, "
                            "not '" +
                            values[name].as<std::string>() + "'"};
        }
        list.push_back(*number);
        if (comma == std::string_view::npos) {
            return list;
        }
        rest.remove_prefix(comma + 1);
    }
}

/// "r,g,b", "r,g1,g2,b", or one number for all.
PerPlane<double> planes_option(po::variables_map const& values, std::string const& name) {
    auto const list = list_option(values, name);
    switch (list.size()) {
    case 1:
        return {list[0], list[0], list[0], list[0]};
    case 3:
        return {list[0], list[1], list[1], list[2]};
    case 4:
        return {list[0], list[1], list[2], list[3]};
    default:
        throw Error{ErrorKind::usage,
                    "--" + name + " needs one number, three (r,g,b) or four (r,g1,g2,b), not " +
                        std::to_string(list.size())};
    }
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
    throw Error{ErrorKind::usage, "--" + name + " is one of " + names + ", not '" + text + "'"};
}

// ---- options

po::options_description visible_options() {
    auto const text = [] { return po::value<std::string>()->value_name("X"); };
    auto const number = [&](char const* standard) { return text()->default_value(standard); };
    po::options_description all{
        "usage: contremarque simulate scene -o FILE.dng [OPTIONS]\n\n"
        "Writes a camera file of known truth, marked SIMULATED in its tags and pixels.\n"
        "Lengths are in photosites, light in electrons; the same options give the same\n"
        "bytes. PLANES is r,g,b or r,g1,g2,b or one number for all"};
    po::options_description main{"Options"};
    main.add_options()("help,h", "show this text")("output,o", text(), "the DNG file to write")(
        "truth", text(), "write the droplets to this CSV file")(
        "compression", number("none"), "none or lossless-jpeg: the same photosites")(
        "seed", number("1"), "noise (without --scene-seed: all)")(
        "scene-seed", text(), "texture and droplets")(
        "sensor-seed", number("1"), "fixed pattern and hot photosites")(
        "width", number("1500"), "of the visible area, even")(
        "height", number("1000"), "of the visible area, even")(
        "cfa", number("RGGB"), "RGGB, BGGR, GRBG or GBRG")(
        "masked-columns", number("48"), "optically black, at the left")(
        "exposure-s", number("2"), "stated in the file")(
        "iso", number("800"), "stated in the file")("threads", number("0"), "0: one for each core");
    po::options_description surface{"Surface"};
    surface.add_options()("background", number("flat"), "flat, gradient, woven or skin")(
        "background-electrons", number("60,90,180"), "PLANES, before texture")(
        "lamp-falloff", number("0"), "share of light lost in the corners")(
        "gradient", number("0.5"), "(largest - smallest) / mean")(
        "angle-deg", number("20"), "of the ramp, of the yarns")(
        "weave-period", number("10"), "from yarn to yarn")(
        "weave-depth", number("0.15"), "relative")(
        "fold-period", number("400"), "from fold to fold")(
        "fold-depth", number("0.25"), "relative")(
        "mottle-depth", number("0.25"), "of skin, relative");
    po::options_description droplets{"Droplets and smears"};
    droplets.add_options()("droplets", number("0"), "how many")(
        "droplet-kind", number("disc"), "disc, ellipse or smear")(
        "flux", number("6000"), "median electrons of a droplet")(
        "flux-log-sd", number("0.6"), "spread of ln flux")(
        "radius", number("2"), "median radius; half width of a smear")(
        "radius-log-sd", number("0.35"), "spread of ln radius")(
        "axis-ratio", number("0.6"), "of an ellipse; a smear's width by length")(
        "smears", number("0"), "how many smears beside the droplets")(
        "smear-flux", number("40000"), "median electrons of a smear")(
        "smear-radius", number("4"), "half width of a smear")(
        "smear-axis-ratio", number("0.1"), "width by length of a smear")(
        "colour", number("0.55,1,0.25"), "PLANES, in proportion")(
        "region", text(), "x,y,width,height that holds all centres")(
        "cluster-sd", number("0"), "spread about the middle; 0: even")(
        "separation", number("0"), "least distance between droplets");
    po::options_description camera{"Lens and sensor"};
    camera.add_options()("defocus", number("1"), "radius of the disc of confusion")(
        "blur", number("0.7"), "standard deviation of the blur")(
        "bits", number("14"), "12, 14 or 16")("black", number("512"), "PLANES, raw units (DN)")(
        "gain-dn", number("0.5"), "DN per electron")("full-well", number("60000"), "electrons")(
        "read-noise", number("3"), "electrons")("row-noise", number("0.2"), "electrons")(
        "prnu", number("0.006"), "relative spread of response")(
        "dsnu", number("0.5"), "spread of the dark level, electrons")(
        "hot-share", number("2e-5"), "share of hot photosites")(
        "hot-electrons", number("2000"), "their mean extra charge");
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
                                   BackgroundKind::skin});
    background.electrons = planes_option(values, "background-electrons");
    background.lamp_falloff = number_option(values, "lamp-falloff");
    background.gradient = number_option(values, "gradient");
    background.angle_deg = number_option(values, "angle-deg");
    background.weave_period = number_option(values, "weave-period");
    background.weave_depth = number_option(values, "weave-depth");
    background.fold_period = number_option(values, "fold-period");
    background.fold_depth = number_option(values, "fold-depth");
    background.mottle_depth = number_option(values, "mottle-depth");
    return background;
}

std::vector<capture::DropletGroup> to_groups(po::variables_map const& values) {
    using capture::DropletKind;
    capture::DropletGroup group;
    group.count = static_cast<std::size_t>(size_option(values, "droplets"));
    group.kind = name_option(
        values, "droplet-kind", {DropletKind::disc, DropletKind::ellipse, DropletKind::smear});
    group.flux_electrons = number_option(values, "flux");
    group.flux_log_sd = number_option(values, "flux-log-sd");
    group.colour = planes_option(values, "colour");
    group.radius = number_option(values, "radius");
    group.radius_log_sd = number_option(values, "radius-log-sd");
    group.axis_ratio = number_option(values, "axis-ratio");
    group.cluster_sd = number_option(values, "cluster-sd");
    group.separation = number_option(values, "separation");
    if (values.count("region") > 0) {
        auto const list = list_option(values, "region");
        if (list.size() != 4) {
            throw Error{ErrorKind::usage, "--region needs four numbers: x,y,width,height"};
        }
        group.region = capture::Region{list[0], list[1], list[2], list[3]};
    }
    capture::DropletGroup smears = group;
    smears.count = static_cast<std::size_t>(size_option(values, "smears"));
    smears.kind = DropletKind::smear;
    smears.flux_electrons = number_option(values, "smear-flux");
    smears.radius = number_option(values, "smear-radius");
    smears.axis_ratio = number_option(values, "smear-axis-ratio");
    return {group, smears};
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
    po::options_description options = visible_options();
    options.add_options()("word", po::value<std::vector<std::string>>());
    auto const values = parse_options(arguments, options, "word");
    Settings settings;
    settings.help = values.count("help") > 0;
    if (settings.help) {
        return settings;
    }
    if (values.count("word") == 0 ||
        values["word"].as<std::vector<std::string>>() != std::vector<std::string>{"scene"}) {
        throw Error{ErrorKind::usage,
                    "what to simulate is the first word: 'contremarque simulate scene'"};
    }
    if (values.count("output") == 0) {
        throw Error{ErrorKind::usage, "--output is missing: the DNG file to write"};
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
    Settings const settings = parse(arguments);
    if (settings.help) {
        streams.out << visible_options();
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
    streams.err << "wrote " << settings.output << ": " << scene.settings.shape.width << " x "
                << scene.settings.shape.height << " photosites, " << scene.truth.rows()
                << " droplets, " << dng.size() << " bytes, SHA-256 " << sha256_hex(dng) << '\n';
    return 0;
}

} // namespace

extern Command const simulate_command{
    "simulate", "make camera files of known truth, marked as simulated", run_simulate};

} // namespace cmq::cli
