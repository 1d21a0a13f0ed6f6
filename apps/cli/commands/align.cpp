// SPDX-License-Identifier: GPL-3.0-or-later

#include "apps/cli/command.hpp"
#include "apps/cli/find_programs.hpp"
#include "apps/cli/options.hpp"
#include "apps/cli/other_capture.hpp"
#include "apps/cli/speaker.hpp"
#include "capture/read_capture.hpp"
#include "core/columns.hpp"
#include "core/error.hpp"
#include "core/number_text.hpp"
#include "detect/register_frames.hpp"
#include "report/json_envelope.hpp"
#include "report/json_registration.hpp"

#include <boost/program_options/options_description.hpp>
#include <boost/program_options/variables_map.hpp>

#include <algorithm>
#include <optional>
#include <ostream>

namespace cmq::cli {
namespace {

namespace po = boost::program_options;
using detect::Registration;
using detect::RegistrationDoubt;
using detect::RegistrationState;
using detect::TransformModel;

struct Settings {
    bool help = false;
    bool json = false;
    std::optional<std::string> output;
    std::string reference;
    std::vector<std::string> others;
    unsigned threads = 0;
};

po::options_description options(Language language) {
    Speaker const say{language};
    po::options_description all{
        say({"emploi : contremarque align UV AUTRE... [OPTIONS]\n\n"
             "Cherche où les points d’une image prise sous ultraviolet se retrouvent dans une\n"
             "autre image de la même scène (lumière visible, lumière ambiante), et dit à\n"
             "combien de photosites près, ou qu’on ne peut s’y fier.\n\nOptions\u00A0",
             "usage: contremarque align UV OTHER... [OPTIONS]\n\n"
             "Finds where the places of a capture under ultraviolet lie in another capture of\n"
             "the same scene (visible or ambient light), and says to how many photosites, or\n"
             "that it cannot be trusted.\n\nOptions"})};
    OptionAdder const add{all, language};
    add("help,h", {"afficher ce texte", "show this text"});
    add("json",
        {"afficher du JSON : un résultat par image", "print JSON: one result for each capture"});
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
    settings.output = text_option(values, "output");
    settings.threads = threads_option(values);
    Words const too_few{"nommer deux fichiers d’appareil photo au moins : l’image sous "
                        "ultraviolet, puis l’autre ; voir --help",
                        "name at least two camera files: the ultraviolet one, then the other; "
                        "see --help"};
    auto const files = file_words(values, too_few);
    if (files.size() < 2) {
        throw Error{ErrorKind::usage, too_few};
    }
    settings.reference = files.front();
    settings.others.assign(files.begin() + 1, files.end());
    return settings;
}

// ---- text, at most 80 columns

std::string lines_of(std::string const& sentence) {
    return cmq::wrapped(sentence, 80, "  ", "    ") + '\n';
}

Words words_of(TransformModel model) {
    switch (model) {
    case TransformModel::similarity:
        return {"similitude (décalage, rotation, échelle)", "similarity (shift, turn, scale)"};
    case TransformModel::affine:
        return {"application affine", "affine map"};
    case TransformModel::homography:
        break;
    }
    return {"homographie (perspective)", "homography (perspective)"};
}

std::string numbers_text(Speaker const& say, Registration const& found) {
    auto const number = [&](double value, int digits) {
        return say.figure(fixed_text(value, digits));
    };
    std::string text = lines_of(
        say({"{} ; écart résiduel de {} photosites (le plus grand : {}), mesuré sur {} parties "
             "de l’image sur {}, dont {} à l’écart",
             "{}; residual {} photosites (the largest: {}), measured on {} of {} parts of the "
             "frame, {} of them astray"},
            say(words_of(found.model)),
            number(found.residual, 2),
            number(found.largest_residual, 2),
            found.tiles.size(),
            found.tiles_tried,
            found.tiles_astray));
    text += lines_of(say({"incertitude type d’un point, si cet écart n’est que hasard : {} "
                          "photosites ; recouvrement {} % ; corrélation {}",
                          "standard uncertainty of a place, were that chance alone: {} "
                          "photosites; overlap {} %; correlation {}"},
                         number(found.transform_sigma, 2),
                         number(100.0 * found.overlap, 0),
                         number(found.correlation, 2)));
    text += say({"  de (x, y, 1) de la première image à un multiple de (x’, y’, 1) de l’autre :\n",
                 "  from (x, y, 1) of the first to a multiple of (x', y', 1) of the other:\n"});
    for (std::size_t row = 0; row < 3; ++row) {
        text += "   ";
        for (std::size_t column = 0; column < 3; ++column) {
            text +=
                "  " + say.figure(significant_text(found.to_moving.matrix[3 * row + column], 9));
        }
        text += '\n';
    }
    return text;
}

std::string
to_text(Speaker const& say, report::AlignedFiles const& files, Registration const& found) {
    std::string text = files.moving + '\n';
    if (files.simulated) {
        text += say({"  SIMULÉ\n", "  SIMULATED\n"});
    }
    if (found.state == RegistrationState::aligned) {
        text += lines_of(say({"Recalée sur « {} ».", "Aligned with '{}'."}, files.reference));
    } else {
        text += lines_of(say({"On ne peut se fier à un recalage sur « {} » :",
                              "An alignment with '{}' cannot be trusted:"},
                             files.reference));
        for (RegistrationDoubt const doubt : found.doubts) {
            text += lines_of("- " + say(pipeline::doubt_words(doubt)));
        }
    }
    // What a search that found nothing left behind is no result.
    return found.tiles.empty() ? text : text + numbers_text(say, found);
}

int run_align(std::vector<std::string> const& arguments, Streams streams) {
    Settings const settings = parse(arguments);
    if (settings.help) {
        streams.out << options(streams.language);
        return 0;
    }
    capture::ReadSettings const read{.decoder = find_decoder(), .threads = settings.threads};
    capture::Capture const reference = capture::read_capture(settings.reference, read);
    int status = 0;
    std::vector<std::string> results;
    std::string text;
    for (std::string const& file : settings.others) {
        try {
            capture::Capture const other = capture::read_capture(file, read);
            Registration const found =
                detect::register_frames(reference.frame, other.frame, settings.threads);
            report::AlignedFiles const files{settings.reference,
                                             reference.sha256,
                                             file,
                                             other.sha256,
                                             reference.metadata.simulated ||
                                                 other.metadata.simulated};
            if (settings.json) {
                results.push_back(report::to_json(found, files));
            } else {
                text +=
                    (text.empty() ? "" : "\n") + to_text(Speaker{streams.language}, files, found);
            }
        } catch (Error& error) {
            status = std::max(status, report_error("align", error.at(file), streams));
        }
    }
    write_result(settings.output, settings.json ? report::json_envelope(results) : text, streams);
    return status;
}

} // namespace

extern Command const align_command{"align",
                                   {"recaler une image visible sur une image sous ultraviolet",
                                    "align a visible capture with one under ultraviolet"},
                                   run_align};

} // namespace cmq::cli
