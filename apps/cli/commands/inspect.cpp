// SPDX-License-Identifier: GPL-3.0-or-later

#include "apps/cli/command.hpp"
#include "apps/cli/find_programs.hpp"
#include "apps/cli/inspect_text.hpp"
#include "apps/cli/options.hpp"
#include "apps/cli/speaker.hpp"
#include "capture/examine_file.hpp"
#include "capture/identifying.hpp"
#include "core/error.hpp"
#include "report/json_envelope.hpp"
#include "report/json_inspect.hpp"
#include "system/file.hpp"
#include "system/in_order.hpp"

#include <boost/program_options/options_description.hpp>
#include <boost/program_options/variables_map.hpp>

#include <algorithm>
#include <filesystem>
#include <iterator>
#include <optional>
#include <ostream>
#include <span>
#include <utility>

namespace cmq::cli {
namespace {

namespace po = boost::program_options;

struct Settings {
    bool help = false;
    bool json = false;
    bool identifying = false;
    std::optional<std::string> output;
    std::optional<capture::AccountTime> at;
    std::vector<std::string> files;
};

po::options_description options(Language language) {
    Speaker const say{language};
    po::options_description all{
        say({"emploi : contremarque inspect FICHIER... [OPTIONS]\n\n"
             "Dit ce que vaut un fichier d’appareil photo et pourquoi, d’après ses étiquettes\n"
             "et ses pixels, puis ses nombres : niveau de noir, saturation, bruit, SHA-256. Un\n"
             "fichier brut (RAW) se mesure ; JPEG, PNG et TIFF ne servent qu’à un premier tri.\n\n"
             "Options\u00A0",
             "usage: contremarque inspect FILE... [OPTIONS]\n\n"
             "Says what a camera file is worth and why, from its tags and its pixels, then its\n"
             "numbers: black level, saturation, noise, SHA-256. A RAW file can be measured;\n"
             "JPEG, PNG and TIFF are for screening only.\n\nOptions"})};
    OptionAdder const add{all, language};
    add("help,h", {"afficher ce texte", "show this text"});
    add("json",
        {"afficher du JSON : un résultat par fichier lu",
         "print JSON: one result for each file that was read"});
    add("identifying",
        {"afficher aussi ce qui désigne quelqu’un : GPS, numéros de série, propriétaire",
         "print what points to someone too: GPS, serial numbers, owner"});
    add("at",
        po::value<std::string>()->value_name(say({"MOMENT", "TIME"})),
        {"le moment que donne un récit, comme \"2026-11-21 12:40\" : l’horloge de l’appareil lui "
         "est comparée",
         "the time that an account gives, as \"2026-11-21 12:40\": the camera's clock is "
         "compared with it"});
    add("within",
        po::value<std::string>()->value_name("MIN"),
        {"écart sans intérêt avec --at, en minutes (5)",
         "difference from --at that is no finding, in minutes (5)"});
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
    if (values.count("at") > 0) {
        settings.at = capture::to_account_time(
            values["at"].as<std::string>(),
            values.count("within") > 0 ? number_option(values, "within") : 5.0);
    } else if (values.count("within") > 0) {
        throw Error{ErrorKind::usage,
                    {"--within n’a de sens qu’avec --at ; voir --help",
                     "--within has a meaning with --at only; see --help"}};
    }
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

struct Inspected {
    capture::Examination seen;
    std::optional<report::Identifying> identifying;
};

// Of files built as TIFF by our own reader, which loses nothing to another's opinion of a tag; the rest by Exiv2.
report::Identifying identify(std::span<std::byte const> bytes, capture::Tags const& tags) {
    report::Identifying found;
    bool const own = capture::has_readable_tags(bytes);
    if (own) {
        found.tags = capture::read_identifying(bytes);
    }
    if (tags.state == capture::TagsState::read) {
        auto more = capture::identifying_of(tags, own);
        if (!found.tags) {
            found.tags.emplace();
        }
        std::ranges::move(more, std::back_inserter(*found.tags));
    }
    return found;
}

// Error of a file that was looked at and found wanting; the others stand as they are.
Error refused(Error const& error) {
    switch (error.kind()) {
    case ErrorKind::format:
    case ErrorKind::unsupported:
    case ErrorKind::insufficient:
    case ErrorKind::limits:
        return Error{error.kind(), {"refusé : {}", "refused: {}"}, error.sentence()};
    default:
        return error;
    }
}

/// All from the same bytes: the file could change in between.
Inspected
inspect_file(std::string const& file, capture::ExamineSettings settings, bool identifying) {
    auto bytes = read_file(file, settings.reading.max_file_bytes);
    settings.worth.file_name = std::filesystem::path{file}.filename().string();
    try {
        if (!identifying) {
            return {capture::examine_file(std::move(bytes), file, settings), {}};
        }
        auto const copy = bytes;
        Inspected result{capture::examine_file(std::move(bytes), file, settings), {}};
        result.identifying = identify(copy, result.seen.tags);
        return result;
    } catch (Error const& error) {
        throw refused(error);
    }
}

int run_inspect(std::vector<std::string> const& arguments, Streams streams) {
    Settings const settings = parse(arguments);
    if (settings.help) {
        streams.out << options(streams.language);
        return 0;
    }
    capture::ExamineSettings const examining{
        .reading = {.decoder = find_decoder()},
        .pictures = {.reader = find_picture_reader()},
        .worth = {.file_name = {}, .has_dark = false, .at = settings.at}};
    Speaker const say{streams.language};
    int status = 0;

    // The words are found while the frame is there: it is not kept for the next file's.
    auto const tell = [&](std::size_t i) {
        std::string const& file = settings.files[i];
        Inspected const seen = inspect_file(file, examining, settings.identifying);
        return settings.json
                   ? report::json_inspect(seen.seen, file, seen.identifying)
                   : inspect_text(say, seen.seen, file) +
                         (seen.identifying ? identifying_text(say, *seen.identifying) : "");
    };
    std::vector<std::filesystem::path> const paths{settings.files.begin(), settings.files.end()};
    InOrder<std::string> told{
        paths.size(), capture::captures_at_once(paths, examining.reading.threads), tell};
    std::vector<std::string> results;
    for (std::size_t i = 0; i < paths.size(); ++i) {
        try {
            results.push_back(told.next());
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
                                     {"dire ce qu’est et ce que vaut un fichier d’appareil photo",
                                      "say what a camera file is and is worth"},
                                     run_inspect};

} // namespace cmq::cli
