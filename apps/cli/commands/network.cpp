// SPDX-License-Identifier: GPL-3.0-or-later

#include "apps/cli/command.hpp"
#include "apps/cli/network_text.hpp"
#include "apps/cli/options.hpp"
#include "apps/cli/speaker.hpp"
#include "core/error.hpp"
#include "lab/network/questions.hpp"
#include "lab/network/read_network.hpp"
#include "lab/network/templates.hpp"
#include "lab/network/write_network.hpp"
#include "report/json_envelope.hpp"
#include "report/json_network.hpp"
#include "system/file.hpp"

#include <boost/program_options/options_description.hpp>
#include <boost/program_options/variables_map.hpp>

#include <algorithm>
#include <optional>
#include <ostream>

namespace cmq::cli {
namespace {

namespace po = boost::program_options;

using Texts = std::vector<std::string>;

struct Settings {
    bool help = false;
    bool json = false;
    bool asks = false; ///< more than a conversion
    std::optional<std::string> output;
    std::optional<std::string> convert;
    std::optional<std::string> made; ///< name of a template
    lab::QuestionTexts questions;
    std::vector<std::string> files;
};

void add_question_options(OptionAdder const& add) {
    add("evidence",
        po::value<Texts>()->composing()->value_name("A=x,B=y"),
        {"ce qui a été constaté ; peut figurer plusieurs fois",
         "what was found; may be given several times"});
    add("soft",
        po::value<Texts>()->composing()->value_name("A=x:2/y:1"),
        {"constatation incertaine : sa probabilité si A est dans chaque état, à un facteur près ; "
         "les états non "
         "nommés ont 0",
         "uncertain finding: how probable it is if A is in each state, up to a factor; states not "
         "named have 0"});
    add("query",
        po::value<Texts>()->composing()->value_name("A"),
        {"nœud à afficher ; sans cela, tous", "node to print; without it, all"});
    add("joint",
        po::value<Texts>()->composing()->value_name("A,B"),
        {"nœuds dont afficher la loi jointe", "nodes whose joint distribution to print"});
    add("lr",
        po::value<Texts>()->composing()->value_name("A:x/y"),
        {"rapport de vraisemblance des constatations, A = x contre A = y",
         "likelihood ratio of the findings, A = x against A = y"});
    add("sensitivity",
        po::value<Texts>()->composing()->value_name("A=x"),
        {"comment la probabilité de A = x (ou le rapport A:x/y) varie avec chaque nombre des "
         "tables",
         "how the probability of A = x (or the ratio A:x/y) moves with each number of the tables"});
    add("tipping",
        po::value<std::string>()->value_name("V"),
        {"valeur dont chercher le franchissement ; sans cela 0.5, et 1 pour un rapport",
         "value whose crossing to look for; without it 0.5, and 1 for a ratio"});
    add("memory",
        po::value<std::string>()->value_name("MO"),
        {"mémoire permise aux tables, en Mo ; 1024 sans cela",
         "memory allowed to tables, in MB; 1024 without it"});
}

po::options_description options(Language language) {
    Speaker const say{language};
    po::options_description all{
        say({"emploi : contremarque network FICHIER... [OPTIONS]\n\n"
             "Calcule exactement dans un réseau bayésien discret : probabilités des états\n"
             "étant donné des constatations, rapport de vraisemblance, sensibilité.\n"
             "Fichiers : .xdsl (GeNIe), .net (HUGIN), .bif, .uai.\n\nOptions\u00A0",
             "usage: contremarque network FILE... [OPTIONS]\n\n"
             "Computes exactly in a discrete Bayesian network: probabilities of states given\n"
             "findings, likelihood ratio, sensitivity. Files: .xdsl (GeNIe), .net (HUGIN),\n"
             ".bif, .uai.\n\nOptions"})};
    OptionAdder const add{all, language};
    add("help,h", {"afficher ce texte", "show this text"});
    add_question_options(add);
    add("template",
        po::value<std::string>()->value_name("T"),
        {"au lieu d’un fichier, un réseau de la littérature : disputed-activity, disputed-item, "
         "contamination",
         "instead of a file, a network of the literature: disputed-activity, disputed-item, "
         "contamination"});
    add("convert",
        po::value<std::string>()->value_name("F"),
        {"écrire le réseau dans ce fichier .xdsl, .net ou .bif",
         "write the network to this file, .xdsl, .net or .bif"});
    add("json",
        {"afficher du JSON : un résultat par fichier lu",
         "print JSON: one result for each file that was read"});
    add_output_option(add, language);
    return all;
}

Texts texts_of(po::variables_map const& values, std::string const& name) {
    return values.count(name) > 0 ? values[name].as<Texts>() : Texts{};
}

lab::QuestionTexts questions_of(po::variables_map const& values) {
    lab::QuestionTexts questions;
    questions.evidence = texts_of(values, "evidence");
    questions.soft = texts_of(values, "soft");
    questions.queries = texts_of(values, "query");
    questions.joint = texts_of(values, "joint");
    questions.ratios = texts_of(values, "lr");
    questions.sensitivity = texts_of(values, "sensitivity");
    if (values.count("tipping") > 0) {
        questions.tipping = number_option(values, "tipping");
        if (!(*questions.tipping > 0.0)) {
            throw Error{
                ErrorKind::usage,
                {"--tipping demande un nombre positif", "--tipping needs a positive number"}};
        }
    }
    if (auto const megabytes = whole_option(values, "memory", 1, 1U << 20U)) {
        questions.most_bytes = 1e6 * static_cast<double>(*megabytes);
    }
    return questions;
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
    settings.convert = text_option(values, "convert");
    settings.questions = questions_of(values);
    settings.made = text_option(values, "template");
    if (settings.made) {
        if (values.count("file") > 0) {
            throw Error{ErrorKind::usage,
                        {"nommer des fichiers ou --template, non les deux",
                         "name files or --template, not both"}};
        }
        settings.files = {*settings.made};
    } else {
        settings.files = file_words(values,
                                    {"nommer au moins un fichier de réseau ; voir --help",
                                     "name at least one network file; see --help"});
    }
    settings.asks = !settings.convert || settings.json || settings.output;
    for (auto const* name : {"evidence", "soft", "query", "joint", "lr", "sensitivity"}) {
        settings.asks = settings.asks || values.count(name) > 0;
    }
    if (settings.convert && settings.files.size() > 1) {
        throw Error{ErrorKind::usage,
                    {"--convert écrit un seul réseau ; en nommer un",
                     "--convert writes a single network; name one"}};
    }
    return settings;
}

lab::ReadNetwork network_of(std::string const& file, Settings const& settings, Language language) {
    if (settings.made) {
        return {lab::make_template(*settings.made, language)};
    }
    auto const format = lab::network_format(file);
    std::string const text = read_text(file, lab::most_network_bytes); // its errors name the file
    try {
        return lab::parse_network(text, format);
    } catch (Error& error) {
        error.at(file);
        throw;
    }
}

std::string answer(std::string const& file, Settings const& settings, Streams streams) {
    auto const read = network_of(file, settings, streams.language);
    try {
        if (settings.convert) {
            write_file(*settings.convert,
                       lab::to_text(read.network, lab::network_format(*settings.convert)));
        }
        if (!settings.asks) {
            return "";
        }
        auto const answers = lab::answer_questions(read.network, settings.questions);
        return settings.json ? report::json_network(file, read, answers)
                             : network_text(Speaker{streams.language}, file, read, answers);
    } catch (Error& error) {
        error.at(file);
        throw;
    }
}

int run_network(std::vector<std::string> const& arguments, Streams streams) {
    Settings const settings = parse(arguments);
    if (settings.help) {
        streams.out << options(streams.language);
        return 0;
    }
    int status = 0;
    std::vector<std::string> results;
    for (std::string const& file : settings.files) {
        try {
            results.push_back(answer(file, settings, streams));
        } catch (Error const& error) {
            status = std::max(status, report_error("network", error, streams));
        }
    }
    if (!settings.asks || (results.empty() && !settings.json)) {
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

extern Command const network_command{
    "network",
    {"calculer exactement dans un réseau bayésien (GeNIe, HUGIN, BIF)",
     "compute exactly in a Bayesian network (GeNIe, HUGIN, BIF)"},
    run_network};

} // namespace cmq::cli
