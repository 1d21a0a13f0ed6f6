// SPDX-License-Identifier: GPL-3.0-or-later

#include "apps/cli/command.hpp"
#include "apps/cli/find_programs.hpp"
#include "apps/cli/options.hpp"
#include "apps/cli/profile_text.hpp"
#include "apps/cli/progress_line.hpp"
#include "apps/cli/speaker.hpp"
#include "capture/measure_profile.hpp"
#include "capture/metadata.hpp"
#include "capture/read_profile.hpp"
#include "capture/write_profile.hpp"
#include "core/error.hpp"
#include "report/json_envelope.hpp"
#include "report/json_profile.hpp"

#include <boost/program_options/options_description.hpp>
#include <boost/program_options/variables_map.hpp>

#include <algorithm>
#include <filesystem>
#include <optional>
#include <ostream>
#include <string>
#include <vector>

namespace cmq::cli {
namespace {

namespace po = boost::program_options;

struct Settings {
    bool help = false;
    bool json = false;
    std::vector<std::filesystem::path> darks;
    std::vector<std::filesystem::path> flats;
    std::vector<std::string> show;
    std::string filter;
    std::string output;
    unsigned threads = 0;
};

po::options_description options(Language language) {
    Speaker const say{language};
    po::options_description all{
        say({"emploi : contremarque calibrate --dark FICHIER... --flat FICHIER... -o PROFIL\n"
             "         contremarque calibrate --show PROFIL...\n\n"
             "Fait le profil d’un appareil à un réglage, d’images d’obscurité (objectif\n"
             "couvert) et d’images uniformes (surface unie, deux au moins à chacune de trois\n"
             "poses) : gain, bruit, obscurité, saturation, linéarité, cartes, avec leur\n"
             "incertitude.\n\n"
             "Options\u00A0",
             "usage: contremarque calibrate --dark FILE... --flat FILE... -o PROFILE\n"
             "       contremarque calibrate --show PROFILE...\n\n"
             "Makes the profile of a camera at one setting from dark frames (lens covered) and\n"
             "flats (a plain surface, two at least at each of three exposures): gain, noise,\n"
             "dark, saturation, linearity and maps, each with its uncertainty.\n\nOptions"})};
    auto const files = [&] {
        return po::value<std::vector<std::string>>()->multitoken()->composing()->value_name(
            say({"FICHIER...", "FILE..."}));
    };
    OptionAdder const add{all, language};
    add("help,h", {"afficher ce texte", "show this text"});
    add("dark",
        files(),
        {"images d’obscurité d’une même pose, deux au moins",
         "dark frames of one exposure, two at least"});
    add("flat",
        files(),
        {"images uniformes, deux au moins de chaque pose", "flats, two at least of each exposure"});
    add("filter",
        po::value<std::string>()->value_name(say({"TEXTE", "TEXT"})),
        {"le filtre et la lampe, gardés dans le profil", "filter and lamp, kept in the profile"});
    add("output,o",
        po::value<std::string>()->value_name(say({"PROFIL", "PROFILE"})),
        {"le profil à écrire (HDF5)", "the profile to write (HDF5)"});
    add("show", files(), {"afficher des profils", "show profiles"});
    add("json", {"afficher du JSON", "print JSON"});
    add_threads_option(add);
    return all;
}

std::vector<std::string> words_of(po::variables_map const& values, char const* name) {
    return values.count(name) > 0 ? values[name].as<std::vector<std::string>>()
                                  : std::vector<std::string>{};
}

std::string word_of(po::variables_map const& values, char const* name) {
    return values.count(name) > 0 ? values[name].as<std::string>() : std::string{};
}

void check(Settings const& settings) {
    bool const makes = !settings.darks.empty() || !settings.flats.empty() ||
                       !settings.output.empty() || !settings.filter.empty();
    if (!settings.show.empty()) {
        if (makes) {
            throw Error{ErrorKind::usage,
                        {"--show va sans --dark, --flat, --filter ni --output",
                         "--show goes without --dark, --flat, --filter and --output"}};
        }
        return;
    }
    if (settings.darks.empty() || settings.flats.empty() || settings.output.empty()) {
        throw Error{
            ErrorKind::usage,
            {"il faut des images d’obscurité (--dark), des images uniformes (--flat) et le nom "
             "du profil (-o) ; voir --help",
             "dark frames (--dark), flats (--flat) and the name of the profile (-o) are "
             "needed; see --help"}};
    }
    if (capture::to_printable(settings.filter) != settings.filter ||
        settings.filter.size() > 1000) {
        throw Error{ErrorKind::usage,
                    {"--filter demande un texte court sur une ligne",
                     "--filter needs a short text on one line"}};
    }
}

Settings parse(std::vector<std::string> const& arguments) {
    auto const values = parse_options(arguments, options(Language::english), "");
    Settings settings;
    settings.help = values.count("help") > 0;
    settings.json = values.count("json") > 0;
    for (std::string const& file : words_of(values, "dark")) {
        settings.darks.emplace_back(file);
    }
    for (std::string const& file : words_of(values, "flat")) {
        settings.flats.emplace_back(file);
    }
    settings.show = words_of(values, "show");
    settings.filter = word_of(values, "filter");
    settings.output = word_of(values, "output");
    settings.threads = threads_option(values);
    if (!settings.help) {
        check(settings);
    }
    return settings;
}

std::string text_of(Settings const& settings,
                    Speaker const& say,
                    capture::CameraProfile const& profile,
                    std::string const& file) {
    return settings.json ? report::json_profile(profile, file) : profile_text(say, profile, file);
}

void print(Settings const& settings, std::vector<std::string> const& results, Streams streams) {
    if (settings.json) {
        streams.out << report::json_envelope(results);
        return;
    }
    for (std::size_t i = 0; i < results.size(); ++i) {
        streams.out << (i > 0 ? "\n" : "") << results[i];
    }
}

int show(Settings const& settings, Streams streams) {
    Speaker const say{streams.language};
    std::filesystem::path const reader = find_profile_reader();
    std::vector<std::string> results;
    int status = 0;
    for (std::string const& file : settings.show) {
        try {
            results.push_back(text_of(settings, say, capture::read_profile(file, reader), file));
        } catch (Error const& error) {
            status = std::max(status, report_error("calibrate", error, streams));
        }
    }
    print(settings, results, streams);
    return status;
}

// Every file is read twice, and says so when its turn comes.
class ToldReading {
public:
    ToldReading(Settings const& settings, Streams streams)
        : progress_{progress_on(streams)}
        , readings_{2 * (settings.darks.size() + settings.flats.size())}
        , reading_{.decoder = find_decoder(), .threads = settings.threads, .full_frames = true} {}

    std::vector<capture::ProfileSource> sources(std::vector<std::filesystem::path> const& files) {
        std::vector<capture::ProfileSource> all;
        all.reserve(files.size());
        for (auto const& file : files) {
            all.push_back({file.string(), [this, file] { return read(file); }});
        }
        return all;
    }

private:
    capture::Capture read(std::filesystem::path const& file) {
        progress_.report(static_cast<double>(done_++) / static_cast<double>(readings_),
                         Sentence{{"lecture de {}", "reading {}"}, file.string()});
        return capture::read_capture(file, reading_);
    }

    Progress progress_;
    std::size_t readings_;
    std::size_t done_ = 0;
    capture::ReadSettings reading_;
};

int run_calibrate(std::vector<std::string> const& arguments, Streams streams) {
    Settings const settings = parse(arguments);
    if (settings.help) {
        streams.out << options(streams.language);
        return 0;
    }
    if (!settings.show.empty()) {
        return show(settings, streams);
    }
    ToldReading reading{settings, streams};
    capture::CameraProfile profile =
        capture::measure_profile({.darks = reading.sources(settings.darks),
                                  .flats = reading.sources(settings.flats),
                                  .filter = settings.filter},
                                 settings.threads);
    end_progress(streams);
    profile.sha256 = capture::write_profile(settings.output, profile);
    print(settings,
          {text_of(settings, Speaker{streams.language}, profile, settings.output)},
          streams);
    return 0;
}

} // namespace

extern Command const calibrate_command{
    "calibrate",
    {"faire le profil d’un appareil : gain, bruit, cartes",
     "make a camera's profile: gain, noise, maps, with their uncertainty"},
    run_calibrate};

} // namespace cmq::cli
