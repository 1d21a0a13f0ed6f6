// SPDX-License-Identifier: GPL-3.0-or-later

#include "apps/cli/command.hpp"
#include "apps/cli/options.hpp"
#include "apps/cli/speaker.hpp"
#include "apps/cli/verify_text.hpp"
#include "apps/cli/wrap_text.hpp"
#include "apps/pipeline/check_attestations.hpp"
#include "core/error.hpp"
#include "core/typography.hpp"
#include "report/json_envelope.hpp"

#include <boost/program_options/options_description.hpp>
#include <boost/program_options/value_semantic.hpp>
#include <boost/program_options/variables_map.hpp>

#include <algorithm>
#include <ostream>

namespace cmq::cli {
namespace {

namespace po = boost::program_options;

po::options_description options(Language language) {
    Speaker const say{language};
    po::options_description all{
        say({"emploi : contremarque timestamp FICHIER|REP... [--ca FICHIER] [OPTIONS]\n\n"
             "Écrit à côté de chaque fichier la demande d’horodatage (RFC 3161, .tsq) qu’une\n"
             "autorité reçoit, et vérifie ce qui s’y trouve déjà : sa réponse (.tsr) et une\n"
             "signature détachée (CMS, .p7s). Rien n’est envoyé.\n\nOptions\u00A0",
             "usage: contremarque timestamp FILE|DIR... [--ca FILE] [OPTIONS]\n\n"
             "Writes beside each file the request for a time stamp (RFC 3161, .tsq) that an\n"
             "authority takes, and checks what lies there already: its reply (.tsr) and a\n"
             "detached signature (CMS, .p7s). Nothing is sent.\n\nOptions"})};
    OptionAdder const add{all, language};
    add("help,h", {"afficher ce texte", "show this text"});
    add("ca",
        po::value<std::string>()->value_name(say({"FICHIER", "FILE"})),
        {"certificats (PEM) des autorités auxquelles on se fie",
         "certificates (PEM) of the authorities that are trusted"});
    add_language_option(add);
    add("json", {"afficher du JSON au lieu de texte", "print JSON instead of text"});
    return all;
}

std::string request_text(Speaker const& say, std::string const& request) {
    return request + '\n' +
           wrap_text(
               typeset(say({"Cette demande s’envoie à une autorité d’horodatage, dont la réponse "
                            "s’enregistre à côté, sous le même nom avec .tsr :",
                            "This request is sent to a time-stamping authority; its reply is kept "
                            "beside it, under the same name with .tsr:"}),
                       say.language()),
               2) +
           "  curl -H 'Content-Type: application/timestamp-query' \\\n    --data-binary @" +
           request + " " + say({"ADRESSE", "ADDRESS"}) + " > " +
           request.substr(0, request.size() - 1) + "r\n";
}

std::string text_of(pipeline::Stamped const& stamped, Language language) {
    return (stamped.request ? request_text(Speaker{language}, stamped.request->string()) : "") +
           check_lines(stamped.checks, language);
}

int run_timestamp(std::vector<std::string> const& arguments, Streams streams) {
    auto const values = parse_with_files(arguments, options(Language::english));
    if (values.count("help") > 0) {
        streams.out << options(streams.language);
        return 0;
    }
    auto const files = file_words(
        values, {"nommer au moins un fichier ; voir --help", "name at least one file; see --help"});
    Language const language = language_option(values, streams.language);
    std::optional<std::string> authorities;
    if (auto const file = text_option(values, "ca")) {
        authorities = pipeline::read_authorities(*file);
    }
    std::vector<std::string> results;
    std::string text;
    int status = 0;
    for (std::string const& file : files) {
        try {
            pipeline::Stamped const stamped = pipeline::stamp_file(file, authorities);
            results.push_back(verify_json(stamped.checks));
            text += text_of(stamped, language);
            bool const is_bad = std::ranges::any_of(stamped.checks, [](auto const& check) {
                return check.state == pipeline::CheckState::bad;
            });
            status = std::max(status, is_bad ? static_cast<int>(ErrorKind::integrity) : 0);
        } catch (Error const& error) {
            status = std::max(status, report_error("timestamp", error, streams));
        }
    }
    if (values.count("json") > 0) {
        write_result(std::nullopt, report::json_envelope(results), streams);
    } else {
        streams.out << text;
    }
    return status;
}

} // namespace

extern Command const timestamp_command{"timestamp",
                                       {"demander un horodatage, et vérifier celui qui est revenu",
                                        "ask for a time stamp, and check the one that came back"},
                                       run_timestamp};

} // namespace cmq::cli
