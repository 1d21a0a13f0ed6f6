// SPDX-License-Identifier: GPL-3.0-or-later

#include "lab/validation/validate.hpp"

#include "apps/cli/command.hpp"
#include "apps/cli/options.hpp"
#include "apps/cli/speaker.hpp"
#include "apps/cli/validate_files.hpp"
#include "apps/cli/validate_text.hpp"
#include "core/error.hpp"
#include "report/json_envelope.hpp"
#include "report/json_validation.hpp"
#include "system/file.hpp"
#include "system/sha256.hpp"

#include <boost/program_options/options_description.hpp>
#include <boost/program_options/variables_map.hpp>

#include <algorithm>
#include <cctype>
#include <filesystem>
#include <optional>
#include <ostream>
#include <span>

namespace cmq::cli {
namespace {

namespace po = boost::program_options;

constexpr std::uint64_t most_tables = 100'000;

struct Settings {
    bool help = false;
    bool json = false;
    std::optional<std::string> output;
    ValidateFiles written;
    std::string date;
    std::optional<Language> language; // of the report and the figures
    lab::ValidationSettings validation;
    std::vector<std::string> files;
};

po::options_description options(Language language) {
    Speaker const say{language};
    po::options_description all{
        say({"emploi : contremarque validate RV.csv... [OPTIONS]\n\n"
             "Dit, d’après des rapports de vraisemblance dont la vérité est connue, ce que\n"
             "vaut la méthode qui les a donnés : coût (Cllr), calibration, résultats\n"
             "trompeurs, et jusqu’où le tableau porte (ELUB). Colonnes : truth (h1 ou h2,\n"
             "1 ou 0, true ou false), lr ou log10_lr, et au choix group (résultats qui vont\n"
             "ensemble).\n\nOptions\u00A0",
             "usage: contremarque validate LRS.csv... [OPTIONS]\n\n"
             "Says from likelihood ratios of known truth what the method that gave them is\n"
             "worth: cost (Cllr), calibration, misleading results, and how far the table\n"
             "carries (ELUB). Columns: truth (h1 or h2, 1 or 0, true or false), lr or\n"
             "log10_lr, and optionally group (results that belong together).\n\nOptions"})};
    OptionAdder const add{all, language};
    add("help,h", {"afficher ce texte", "show this text"});
    add("json",
        {"afficher du JSON : un résultat par fichier lu",
         "print JSON: one result for each file that was read"});
    add_output_option(add, language);
    add("tables",
        po::value<std::string>()->value_name("N"),
        {"tableaux retirés au sort pour les fourchettes (par défaut : 300 ; 0 : aucune)",
         "tables drawn again for the ranges (default: 300; 0: none)"});
    add("seed",
        po::value<std::string>()->value_name("N"),
        {"graine du tirage (par défaut : 1)", "seed of the draws (default: 1)"});
    add_threads_option(add);
    add("report",
        po::value<std::string>()->value_name(say({"FICHIER", "FILE"})),
        {"écrire aussi une note, .pdf ou .html ; un seul tableau",
         "write a report too, .pdf or .html; a single table"});
    add("figures",
        po::value<std::string>()->value_name(say({"REP", "DIR"})),
        {"écrire aussi les courbes dans ce dossier, chacune en SVG, PNG et PDF ; un seul tableau",
         "write the curves to this folder too, each as SVG, PNG and PDF; a single table"});
    add("date",
        po::value<std::string>()->value_name(say({"AAAA-MM-JJ", "YYYY-MM-DD"})),
        {"date que portent la note et les PDF (par défaut : aucune)",
         "date that the report and PDF files bear (default: none)"});
    add_language_option(add);
    return all;
}

// "" or a day as 2026-11-21; whether the calendar has it is the reader's matter.
std::string date_of(std::string text) {
    bool good = text.empty() || text.size() == 10;
    for (std::size_t i = 0; i < text.size() && good; ++i) {
        bool const dash = i == 4 || i == 7;
        good = dash ? text[i] == '-' : std::isdigit(static_cast<unsigned char>(text[i])) != 0;
    }
    if (!good) {
        throw Error{ErrorKind::usage,
                    {"--date {} : ce n’est pas une date comme 2026-11-21",
                     "--date {}: this is not a date like 2026-11-21"},
                    text};
    }
    return text;
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
    settings.validation.threads = threads_option(values);
    if (auto const tables = whole_option(values, "tables", 0, most_tables)) {
        settings.validation.replicates = static_cast<std::uint32_t>(*tables);
    }
    settings.validation.seed = seed_option(values).value_or(settings.validation.seed);
    settings.written = {.report = text_option(values, "report"),
                        .figures = text_option(values, "figures")};
    settings.date = date_of(text_option(values, "date").value_or(""));
    if (values.count("lang") > 0) {
        settings.language = language_option(values, Language::english);
    }
    settings.files = file_words(values,
                                {"nommer au moins un tableau de rapports (CSV) ; voir --help",
                                 "name at least one table of ratios (CSV); see --help"});
    if (settings.files.size() > 1 && (settings.written.report || settings.written.figures)) {
        throw Error{ErrorKind::usage,
                    {"--report et --figures ne portent que sur un seul tableau ; en nommer un",
                     "--report and --figures are of a single table; name one"}};
    }
    check_validate_files(settings.written);
    return settings;
}

std::string validation_of(std::string const& file, Settings const& settings, Language language) {
    std::string const text = read_text(file, lab::most_lr_bytes); // its errors name the file
    try {
        auto const table = lab::parse_lrs(text);
        auto const validation = lab::validate(table, settings.validation);
        Language const spoken = settings.language.value_or(language);
        write_validate_files(settings.written,
                             {.file = std::filesystem::path{file}.filename().string(),
                              .sha256 = sha256_hex(std::as_bytes(std::span{text})),
                              .date = settings.date,
                              .program = "Contremarque " + report::program_version(),
                              .table = table,
                              .validation = validation},
                             spoken);
        return settings.json ? report::json_validation(file, table, validation)
                             : validate_text(file, table, validation, spoken);
    } catch (Error& error) {
        error.at(file);
        throw;
    }
}

int run_validate(std::vector<std::string> const& arguments, Streams streams) {
    Settings const settings = parse(arguments);
    if (settings.help) {
        streams.out << options(streams.language);
        return 0;
    }
    int status = 0;
    std::vector<std::string> results;
    for (std::string const& file : settings.files) {
        try {
            results.push_back(validation_of(file, settings, streams.language));
        } catch (Error const& error) {
            status = std::max(status, report_error("validate", error, streams));
        }
    }
    if (results.empty() && !settings.json) {
        return status; // leaves the output file as it was
    }
    std::string text;
    for (std::string const& result : results) {
        text += (text.empty() ? "" : "\n") + result;
    }
    write_result(settings.output, settings.json ? report::json_envelope(results) : text, streams);
    return status;
}

} // namespace

extern Command const validate_command{"validate",
                                      {"ce que valent des rapports dont la vérité est connue",
                                       "what ratios of known truth are worth"},
                                      run_validate};

} // namespace cmq::cli
