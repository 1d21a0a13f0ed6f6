// SPDX-License-Identifier: GPL-3.0-or-later

#include "apps/cli/calibration_options.hpp"
#include "apps/cli/command.hpp"
#include "apps/cli/find_programs.hpp"
#include "apps/cli/inspect_set.hpp"
#include "apps/cli/inspect_text.hpp"
#include "apps/cli/options.hpp"
#include "apps/cli/speaker.hpp"
#include "apps/pipeline/examine_case.hpp"
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
    std::optional<std::string> case_file;
    double within_min = 5;
    pipeline::CalibrationFiles calibration;
    bool is_set = false;
    std::optional<std::string> sheet;
    pipeline::SetStated stated;
    std::vector<std::string> files;
};

po::options_description options(Language language) {
    Speaker const say{language};
    po::options_description all{
        say({"emploi : contremarque inspect FICHIER... [OPTIONS]\n"
             "         contremarque inspect --case AFFAIRE [OPTIONS]\n"
             "         contremarque inspect --set [RÔLE=]FICHIER... [--seal N] [--scale MM]\n\n"
             "Dit ce que vaut un fichier d’appareil photo et pourquoi, d’après ses étiquettes\n"
             "et ses pixels, puis ses nombres : niveau de noir, saturation, bruit, SHA-256. Un\n"
             "fichier brut (RAW) se mesure ; JPEG, PNG, TIFF et DNG linéaire ne servent\n"
             "qu’à un premier tri.\n\n"
             "Options\u00A0",
             "usage: contremarque inspect FILE... [OPTIONS]\n"
             "       contremarque inspect --case CASE [OPTIONS]\n"
             "       contremarque inspect --set [ROLE=]FILE... [--seal N] [--scale MM]\n\n"
             "Says what a camera file is worth and why, from its tags and its pixels, then its\n"
             "numbers: black level, saturation, noise, SHA-256. A RAW file can be measured;\n"
             "JPEG, PNG, TIFF and linear DNG are for screening only.\n\nOptions"})};
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
        {"écart sans intérêt avec ce moment, en minutes (5)",
         "difference from that time that is no finding, in minutes (5)"});
    add("case",
        po::value<std::string>()->value_name(say({"AFFAIRE", "CASE"})),
        {"examiner les fichiers d’une affaire (case.toml), chacun avec le moment, le profil et "
         "les images d’obscurité qu’elle lui donne",
         "look at the files of a case (case.toml), each with the time, profile and dark frames "
         "that the case gives it"});
    add("set",
        {"dire si les fichiers forment une série complète : pièce, blancs, référence du lot, "
         "lumière ambiante, échelle, numéro du scellé",
         "say whether the files are a complete set: evidence, blanks, reference of the lot, "
         "ambient light, scale, seal number"});
    add("seal",
        po::value<std::string>()->value_name("N"),
        {"avec --set, le numéro du scellé", "with --set, the seal's number"});
    add("scale",
        po::value<std::string>()->value_name("MM"),
        {"avec --set, millimètres par photosite", "with --set, millimetres a photosite"});
    add("sheet",
        po::value<std::string>()->value_name(say({"REP", "DIR"})),
        {"sans fichier : écrire la fiche de prise de vue à imprimer",
         "without a file: write the capture sheet to print"});
    add_profile_options(add, language);
    add_output_option(add, language);
    return all;
}

void check_set_options(po::variables_map const& values, Settings const& settings) {
    if (!settings.is_set && (values.count("seal") > 0 || values.count("scale") > 0)) {
        throw Error{ErrorKind::usage,
                    {"--seal et --scale vont avec --set", "--seal and --scale go with --set"}};
    }
    if (settings.is_set && (settings.case_file || settings.identifying || settings.at ||
                            values.count("profile") > 0 || values.count("dark") > 0)) {
        throw Error{ErrorKind::usage,
                    {"--set va sans --case, --at, --identifying, --profile ni --dark",
                     "--set goes without --case, --at, --identifying, --profile and --dark"}};
    }
    auto const& scale = settings.stated.mm_per_photosite;
    if (scale && !(*scale > 0.0 && *scale <= 1000.0)) {
        throw Error{ErrorKind::usage,
                    {"--scale demande un nombre de millimètres par photosite, de 0 à 1000",
                     "--scale needs a number of millimetres a photosite, from 0 to 1000"}};
    }
}

void check(po::variables_map const& values, Settings const& settings) {
    check_set_options(values, settings);
    if (settings.sheet) {
        if (!settings.files.empty() || settings.is_set || settings.case_file) {
            throw Error{ErrorKind::usage,
                        {"--sheet va sans fichier, --set ni --case",
                         "--sheet goes without a file, --set and --case"}};
        }
        return;
    }
    bool const has_case = settings.case_file.has_value();
    if (has_case && !(settings.files.empty() && values.count("at") == 0 &&
                      values.count("profile") == 0 && values.count("dark") == 0)) {
        throw Error{ErrorKind::usage,
                    {"--case va sans autre fichier, ni --at, --profile ou --dark : l’affaire les "
                     "donne",
                     "--case goes without another file and without --at, --profile and --dark: "
                     "the case gives them"}};
    }
    if (!has_case && settings.files.empty()) {
        throw Error{ErrorKind::usage,
                    {"nommer au moins un fichier d’appareil photo ; voir --help",
                     "name at least one camera file; see --help"}};
    }
    if (values.count("within") > 0 && !settings.at && !has_case) {
        throw Error{ErrorKind::usage,
                    {"--within n’a de sens qu’avec --at ou --case ; voir --help",
                     "--within has a meaning with --at or --case only; see --help"}};
    }
    if (!(settings.within_min >= 0 && settings.within_min <= 1e6)) {
        throw Error{ErrorKind::usage,
                    {"--within demande un nombre de minutes, de 0 à 1000000",
                     "--within needs a number of minutes, from 0 to 1000000"}};
    }
}

Settings parse(std::vector<std::string> const& arguments) {
    auto const values = parse_with_files(arguments, options(Language::english));
    Settings settings;
    settings.help = values.count("help") > 0;
    settings.json = values.count("json") > 0;
    settings.identifying = values.count("identifying") > 0;
    settings.case_file = text_option(values, "case");
    if (values.count("within") > 0) {
        settings.within_min = number_option(values, "within");
    }
    if (values.count("at") > 0) {
        settings.at = capture::to_account_time(values["at"].as<std::string>(), settings.within_min);
    }
    settings.calibration = calibration_option(values);
    settings.output = text_option(values, "output");
    settings.is_set = values.count("set") > 0;
    settings.sheet = text_option(values, "sheet");
    settings.stated.seal = text_option(values, "seal");
    if (values.count("scale") > 0) {
        settings.stated.mm_per_photosite = number_option(values, "scale");
    }
    if (values.count("file") > 0) {
        settings.files = values["file"].as<std::vector<std::string>>();
    }
    if (!settings.help) {
        check(values, settings);
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
Inspected inspect_file(pipeline::ExaminedFile const& file,
                       capture::ExamineSettings settings,
                       bool identifying) {
    auto bytes = read_file(file.path, settings.reading.max_file_bytes);
    settings.worth = {.file_name = file.path.filename().string(), .has_dark = false, .at = file.at};
    file.check(bytes);
    auto const copy = identifying ? bytes : std::vector<std::byte>{};
    try {
        Inspected result{capture::examine_file(std::move(bytes), file.name, settings), {}};
        pipeline::apply_what_is_known(file, settings.worth, result.seen);
        if (identifying) {
            result.identifying = identify(copy, result.seen.tags);
        }
        return result;
    } catch (Error const& error) {
        throw refused(error);
    }
}

// What the case says of its files, or the command line of those it names.
std::vector<pipeline::ExaminedFile> files_of(Settings const& settings,
                                             pipeline::Readers const& readers) {
    return settings.case_file
               ? pipeline::files_of_case(*settings.case_file, settings.within_min, readers)
               : pipeline::files_named(settings.files, settings.at, settings.calibration, readers);
}

int run_inspect(std::vector<std::string> const& arguments, Streams streams) {
    Settings const settings = parse(arguments);
    if (settings.help) {
        streams.out << options(streams.language);
        return 0;
    }
    if (settings.sheet) {
        return write_capture_sheet(*settings.sheet, streams);
    }
    pipeline::Readers readers;
    find_readers(settings.calibration, readers);
    capture::ExamineSettings const examining{.reading = {.decoder = readers.decoder},
                                             .pictures = {.reader = find_picture_reader()},
                                             .worth = {}};
    if (settings.is_set) {
        return run_inspect_set({.files = settings.files,
                                .stated = settings.stated,
                                .json = settings.json,
                                .output = settings.output},
                               examining,
                               streams);
    }
    auto const files = files_of(settings, readers);
    Speaker const say{streams.language};
    int status = 0;

    // The words are found while the frame is there: it is not kept for the next file's.
    auto const tell = [&](std::size_t i) {
        Inspected const seen = inspect_file(files[i], examining, settings.identifying);
        return settings.json
                   ? report::json_inspect(seen.seen, files[i].name, seen.identifying)
                   : inspect_text(say, seen.seen, files[i].name) +
                         (seen.identifying ? identifying_text(say, *seen.identifying) : "");
    };
    std::vector<std::filesystem::path> paths;
    std::ranges::transform(files, std::back_inserter(paths), &pipeline::ExaminedFile::path);
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
