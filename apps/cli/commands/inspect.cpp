// SPDX-License-Identifier: GPL-3.0-or-later

#include "apps/cli/command.hpp"
#include "apps/cli/find_programs.hpp"
#include "apps/cli/options.hpp"
#include "capture/metadata.hpp"
#include "capture/read_capture.hpp"
#include "core/error.hpp"
#include "core/number_text.hpp"
#include "report/json_envelope.hpp"
#include "report/json_inspect.hpp"

#include <boost/program_options/options_description.hpp>
#include <boost/program_options/variables_map.hpp>

#include <algorithm>
#include <numeric>
#include <optional>
#include <ostream>

namespace cmq::cli {
namespace {

namespace po = boost::program_options;
using capture::Capture;
using capture::CaptureWarning;

struct Settings {
    bool help = false;
    bool json = false;
    std::optional<std::string> output;
    std::vector<std::string> files;
};

po::options_description options() {
    po::options_description all{
        "usage: contremarque inspect FILE... [OPTIONS]\n\n"
        "Says what a camera RAW file is and is worth: sizes, black level, saturation,\n"
        "noise, exposure, SHA-256, and what speaks against it.\n\nOptions"};
    auto add = all.add_options();
    add("help,h", "show this text");
    add("json", "print JSON: one result for each file that was read");
    add("output,o", po::value<std::string>()->value_name("FILE"), "write there instead");
    return all;
}

Settings parse(std::vector<std::string> const& arguments) {
    po::options_description all = options();
    all.add_options()("file", po::value<std::vector<std::string>>());
    auto const values = parse_options(arguments, all, "file");
    Settings settings;
    settings.help = values.count("help") > 0;
    settings.json = values.count("json") > 0;
    if (values.count("output") > 0) {
        settings.output = values["output"].as<std::string>();
    }
    if (values.count("file") > 0) {
        settings.files = values["file"].as<std::vector<std::string>>();
    }
    if (!settings.help && settings.files.empty()) {
        throw Error{ErrorKind::usage, "name at least one camera file; see --help"};
    }
    return settings;
}

// ---- text

std::string_view words(CaptureWarning warning) {
    switch (warning) {
    case CaptureWarning::no_masked_photosites:
        return "no masked photosites: the black level is as stated, not measured";
    case CaptureWarning::auto_exposure:
        return "automatic exposure: settings may differ between captures of one set";
    case CaptureWarning::unnamed_camera:
        return "the file names no camera: references cannot be matched to it";
    case CaptureWarning::perhaps_lossy:
        return "few bits a photosite: perhaps compressed with loss, noise then too low";
    case CaptureWarning::noise_uncertain:
        return "this frame alone does not determine its noise well";
    case CaptureWarning::black_is_zero:
        return "black is stated as 0: noise below it is cut off, or it is not true";
    }
    return "";
}

// One line: a label of fixed width, then what it says.
std::string line(std::string_view label, std::string const& value) {
    constexpr std::size_t column = 18;
    std::string text = "  " + std::string{label};
    text.resize(std::max(column, text.size() + 1), ' ');
    return text + value + '\n';
}

std::string plane_line(std::string_view label,
                       PerPlane<double> const& values,
                       int decimals,
                       std::string_view unit) {
    constexpr std::size_t width = 10;
    std::string cells;
    for (double const value : values) {
        std::string const cell = fixed_text(value, decimals);
        cells += std::string(cell.size() < width ? width - cell.size() : 1, ' ') + cell;
    }
    return line(label, cells + "  " + std::string{unit});
}

std::string exposure_text(capture::Metadata const& said) {
    std::vector<std::string> parts;
    if (said.exposure_s) {
        parts.push_back(significant_text(*said.exposure_s, 3) + " s");
    }
    if (said.f_number) {
        parts.push_back("f/" + significant_text(*said.f_number, 2));
    }
    if (said.iso) {
        parts.push_back("ISO " + significant_text(*said.iso, 3));
    }
    if (said.focal_length_mm) {
        parts.push_back(significant_text(*said.focal_length_mm, 3) + " mm");
    }
    if (said.auto_exposure) {
        parts.emplace_back(*said.auto_exposure ? "automatic" : "manual");
    }
    std::string text;
    for (std::string const& part : parts) {
        text += (text.empty() ? "" : ", ") + part;
    }
    return text.empty() ? "not stated" : text;
}

std::string camera_text(capture::Metadata const& said) {
    std::string name =
        said.make + (said.make.empty() || said.model.empty() ? "" : " ") + said.model;
    if (name.empty()) {
        name = said.unique_model;
    }
    constexpr std::size_t longest = 60;
    if (name.size() > longest) {
        name = capture::to_printable(name.substr(0, longest)) + "...";
    }
    return name.empty() ? "not named" : name;
}

std::string noise_text(Capture const& capture) {
    switch (capture.frame.noise.origin) {
    case NoiseOrigin::profile:
        return "from a camera profile";
    case NoiseOrigin::dng_tag:
        return "from the file's NoiseProfile tag";
    case NoiseOrigin::estimated:
        break;
    }
    bool const shared =
        std::ranges::find(capture.gain_is_shared, true) != capture.gain_is_shared.end();
    return shared ? "estimated from this frame, the gain from all planes together"
                  : "estimated from this frame";
}

std::string saturation_text(Capture const& capture) {
    auto const total = std::accumulate(
        capture.saturated_photosites.begin(), capture.saturated_photosites.end(), std::size_t{0});
    double const percent =
        100.0 * static_cast<double>(total) / static_cast<double>(capture.frame.shape.area());
    return std::to_string(total) + " photosites, " +
           (total == 0 ? "0" : significant_text(percent, 2)) + " %";
}

std::string size_text(Shape shape) {
    return std::to_string(shape.width) + " x " + std::to_string(shape.height);
}

std::string levels_text(Capture const& capture) {
    Frame const& frame = capture.frame;
    bool const measured = capture.black_origin == capture::BlackOrigin::masked_photosites;
    std::string text = line("", "         r        g1        g2         b");
    text += plane_line("black", frame.black_dn, 2, measured ? "DN, measured" : "DN, as stated");
    if (measured) {
        text += plane_line("  uncertainty", frame.black_dn_sigma, 2, "DN");
        text += plane_line("  as stated", capture.stated_black_dn, 2, "DN");
    }
    text += plane_line("saturation", frame.saturation_dn, 0, "DN above black");
    text += plane_line("read noise", frame.noise.read_noise_dn, 2, "DN");
    text += plane_line("gain", frame.noise.gain_dn, 4, "DN per electron");
    if (frame.noise.origin == NoiseOrigin::estimated) {
        text += plane_line("  uncertainty", frame.noise.gain_dn_sigma, 4, "DN per electron");
    }
    return text + line("noise model", noise_text(capture));
}

std::string inspect_text(Capture const& capture, std::string const& file) {
    capture::Metadata const& said = capture.metadata;
    std::string text = capture::to_printable(file) + '\n';
    if (said.simulated) {
        text += line("SIMULATED", "by its own tags: never evidence outside a demonstration");
    }
    text += line("camera", camera_text(said));
    text +=
        line("taken", said.taken_at.empty() ? "not stated" : said.taken_at + ", camera's clock");
    text += line("exposure", exposure_text(said));
    text += line("photosites",
                 size_text(capture.frame.shape) + " " + capture.frame.cfa.name() + ", of " +
                     size_text(capture.raw_shape) + " on the sensor");
    text += line("file",
                 std::to_string(capture.file_bytes) + " bytes, " +
                     fixed_text(capture.bits_per_photosite, 1) + " bits a photosite");
    text += line("SHA-256", capture.sha256.substr(0, 32));
    text += line("", capture.sha256.substr(32));
    text += line("decoder", "LibRaw " + capture.decoder);
    text += levels_text(capture);
    text += line("saturated", saturation_text(capture));
    text += line("left out",
                 std::to_string(capture.hot_photosites) + " hot, " +
                     std::to_string(capture.dead_photosites) + " dead, " +
                     std::to_string(capture.no_data_photosites) + " without data");
    for (auto const warning : capture.warnings) {
        text += "  ! " + std::string{words(warning)} + '\n';
    }
    return text;
}

int run_inspect(std::vector<std::string> const& arguments, Streams streams) {
    Settings const settings = parse(arguments);
    if (settings.help) {
        streams.out << options();
        return 0;
    }
    capture::ReadSettings const reading{.decoder = find_decoder()};
    int status = 0;
    std::vector<std::string> results;
    for (std::string const& file : settings.files) {
        try {
            Capture const capture = read_capture(file, reading);
            results.push_back(settings.json ? report::json_inspect(capture, file)
                                            : inspect_text(capture, file));
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

extern Command const inspect_command{
    "inspect", "say what a camera file is and is worth", run_inspect};

} // namespace cmq::cli
