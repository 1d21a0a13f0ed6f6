// SPDX-License-Identifier: GPL-3.0-or-later

#include "apps/cli/command.hpp"
#include "apps/cli/options.hpp"
#include "apps/cli/parameters_text.hpp"
#include "apps/cli/speaker.hpp"
#include "apps/pipeline/parameter_entries.hpp"
#include "core/error.hpp"
#include "report/json_envelope.hpp"
#include "report/json_parameters.hpp"

#include <boost/program_options/options_description.hpp>
#include <boost/program_options/variables_map.hpp>

#include <optional>
#include <ostream>

namespace cmq::cli {
namespace {

namespace po = boost::program_options;

struct Settings {
    bool help = false;
    bool json = false;
    std::optional<std::string> output;
    std::vector<std::string> names; ///< of `show`; none: `list`
    std::optional<std::string> candidate;
};

po::options_description options(Language language) {
    Speaker const say{language};
    po::options_description visible{
        say({"emploi : contremarque parameters list [OPTIONS]\n"
             "         contremarque parameters show NOM... [OPTIONS]\n\n"
             "La bibliothèque de paramètres sur laquelle repose toute évaluation : chaque\n"
             "valeur avec ce pour quoi elle vaut, sa source, son fondement et sa date, et à\n"
             "côté ce que d’autres disent de la même grandeur.\n\nOptions\u00A0",
             "usage: contremarque parameters list [OPTIONS]\n"
             "       contremarque parameters show NAME... [OPTIONS]\n\n"
             "The library of parameters on which every evaluation rests: each value with\n"
             "what it holds for, its source, grade and date, and beside it what others say\n"
             "of the same quantity.\n\nOptions"})};
    OptionAdder const add{visible, language};
    add("help,h", {"afficher ce texte", "show this text"});
    add("json", {"afficher du JSON au lieu de texte", "print JSON instead of text"});
    add("candidate",
        po::value<std::string>()->value_name("ID"),
        {"avec show et un seul nom : la table [[parameter]] qui fait prendre cette autre valeur à "
         "une affaire",
         "with show and one name: the [[parameter]] table that makes a case take this other "
         "value"});
    add_output_option(add, language);
    return visible;
}

Settings parse(std::vector<std::string> const& arguments) {
    po::options_description all = options(Language::english);
    all.add_options()("word", po::value<std::vector<std::string>>());
    auto const values = parse_options(arguments, all, "word");
    Settings settings;
    settings.help = values.count("help") > 0;
    if (settings.help) {
        return settings;
    }
    settings.json = values.count("json") > 0;
    settings.output = text_option(values, "output");
    settings.candidate = text_option(values, "candidate");
    std::vector<std::string> words;
    if (values.count("word") > 0) {
        words = values["word"].as<std::vector<std::string>>();
    }
    bool const lists = words.size() == 1 && words.front() == "list";
    bool const shows = words.size() > 1 && words.front() == "show";
    if (!lists && !shows) {
        throw Error{ErrorKind::usage,
                    {"écrire « parameters list », ou « parameters show » avec un nom ; voir --help",
                     "say 'parameters list', or 'parameters show' with a name; see --help"}};
    }
    settings.names.assign(words.begin() + 1, words.end());
    if (settings.candidate && (settings.names.size() != 1 || settings.json)) {
        throw Error{ErrorKind::usage,
                    {"--candidate va avec « show », un seul nom, et sans --json",
                     "--candidate goes with 'show', a single name, and without --json"}};
    }
    return settings;
}

std::string candidate_table(lab::LibraryEntry const& entry, std::string const& id) {
    std::string known;
    for (lab::ParameterCandidate const& candidate : entry.candidates) {
        if (candidate.id == id) {
            return pipeline::to_case_table(candidate.parameter);
        }
        known += (known.empty() ? "" : ", ") + candidate.id;
    }
    if (known.empty()) {
        throw Error{ErrorKind::domain,
                    {"le paramètre {} n’a pas d’autre valeur dans la bibliothèque",
                     "parameter {} has no other value in the library"},
                    entry.parameter.name};
    }
    throw Error{ErrorKind::domain,
                {"le paramètre {} n’a pas d’autre valeur du nom de {} ; il y a : {}",
                 "parameter {} has no other value called {}; there are: {}"},
                entry.parameter.name,
                id,
                known};
}

int run_parameters(std::vector<std::string> const& arguments, Streams streams) {
    Settings const settings = parse(arguments);
    if (settings.help) {
        streams.out << options(streams.language);
        return 0;
    }
    std::vector<lab::LibraryEntry> entries;
    for (std::string const& name : settings.names) {
        entries.push_back(pipeline::parameter_entry(name));
    }
    bool const lists = settings.names.empty();
    if (lists) {
        entries = pipeline::parameter_entries();
    }
    std::string text;
    if (settings.json) {
        std::vector<std::string> results;
        results.reserve(entries.size());
        for (lab::LibraryEntry const& entry : entries) {
            results.push_back(report::json_parameter_entry(entry));
        }
        text = report::json_envelope(results);
    } else if (settings.candidate) {
        text = candidate_table(entries.front(), *settings.candidate);
    } else if (lists) {
        text = parameters_list(entries, streams.language);
    } else {
        for (lab::LibraryEntry const& entry : entries) {
            text += (text.empty() ? "" : "\n") + parameter_text(entry, streams.language);
        }
    }
    write_result(settings.output, text, streams);
    return 0;
}

} // namespace

extern Command const parameters_command{
    "parameters",
    {"la bibliothèque de valeurs et de taux, avec sources et fondements",
     "the library of priors and rates, with sources and grades"},
    run_parameters};

} // namespace cmq::cli
