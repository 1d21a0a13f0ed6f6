// SPDX-License-Identifier: GPL-3.0-or-later

#include "apps/cli/command.hpp"
#include "apps/cli/instruction_warning.hpp"
#include "apps/cli/key_warning.hpp"
#include "apps/cli/options.hpp"
#include "apps/cli/speaker.hpp"
#include "apps/pipeline/freeze_case.hpp"
#include "casefile/answers.hpp"
#include "casefile/read_case.hpp"
#include "core/columns.hpp"
#include "core/error.hpp"

#include <boost/program_options/options_description.hpp>
#include <boost/program_options/value_semantic.hpp>
#include <boost/program_options/variables_map.hpp>

#include <array>
#include <ctime>
#include <ostream>
#include <random>
#include <string>
#include <string_view>
#include <vector>

namespace cmq::cli {
namespace {

namespace po = boost::program_options;

po::options_description options(Language language) {
    Speaker const say{language};
    po::options_description all{
        say({"emploi : contremarque freeze AFFAIRE.toml [-o FICHIER] [OPTIONS]\n\n"
             "Date les propositions et le plan d’examen et en calcule l’empreinte, avant les\n"
             "résultats, et écrit une demande d’horodatage extérieur (RFC 3161).\n\nOptions\u00A0",
             "usage: contremarque freeze CASE.toml [-o FILE] [OPTIONS]\n\n"
             "Hashes and dates the propositions and the examination plan, before the\n"
             "results, and writes a request for an outside time stamp (RFC 3161).\n\nOptions"})};
    OptionAdder const add{all, language};
    add("help,h", {"afficher ce texte", "show this text"});
    add("output,o",
        po::value<std::string>()->value_name(say({"FICHIER", "FILE"})),
        {"au lieu de AFFAIRE.frozen.toml, seul fichier que trouve analyse",
         "instead of CASE.frozen.toml, the only one that analyse finds"});
    add("again",
        {"ajouter au fichier existant, sans rien en ôter",
         "add to a file that is there; its entries stay"});
    add("date",
        po::value<std::string>()->value_name(say({"JOUR", "DAY"})),
        {"jour énoncé au lieu de celui de l’horloge : 2026-11-21",
         "as stated, instead of this machine's clock: 2026-11-21"});
    add("nonce",
        {"mettre un nombre aléatoire dans la demande", "put a random number into the request"});
    add_language_option(add);
    return all;
}

/// The day of this machine's clock, local time: freezing is an act in time, not a result.
std::string day_of_clock() {
    std::time_t const now = std::time(nullptr);
    std::tm local{};
    localtime_r(&now, &local);
    std::array<char, 16> text{};
    return {text.data(), std::strftime(text.data(), text.size(), "%Y-%m-%d", &local)};
}

std::uint64_t random_nonce() {
    std::random_device source;
    return (std::uint64_t{source()} << 32U | source()) >> 1U; // positive in any reader
}

std::string told(pipeline::Frozen const& frozen, Language language) {
    std::string const request = frozen.request.filename().string();
    std::string text;
    for (Sentence const& line :
         {Sentence{{"{} : entrée {}, du {}{}", "{}: entry {}, of {}{}"},
                   frozen.file.string(),
                   frozen.number,
                   frozen.entry.on,
                   Sentence{frozen.entry.is_stated
                                ? Words{" (jour énoncé)", " (as stated)"}
                                : Words{" (horloge de cette machine)", " (this machine’s clock)"}}},
          Sentence{{"SHA-256 : {}", "SHA-256: {}"}, frozen.entry.sha256},
          Sentence{{"{} : à envoyer à un prestataire d’horodatage, qui rend un jeton (.tsr) "
                    "prouvant que ce texte "
                    "existait à son heure. Exemple :",
                    "{}: to be sent to a time-stamping authority, which gives back a token (.tsr) "
                    "that proves that this "
                    "text existed at its time. For instance:"},
                   frozen.request.string()}}) {
        text += wrapped(line.in(language), 80, "", "  ") + '\n';
    }
    std::string response = frozen.request.filename().replace_extension(".tsr").string();
    text += "  curl -H 'Content-Type: application/timestamp-query' \\\n    --data-binary @" +
            request + " URL -o " + response + "\n  openssl ts -verify -in " + response +
            " \\\n    -queryfile " + request + " -CAfile CA.pem\n";
    return text;
}

int run_freeze(std::vector<std::string> const& arguments, Streams streams) {
    auto const values = parse_with_files(arguments, options(Language::english));
    if (values.count("help") > 0) {
        streams.out << options(streams.language);
        return 0;
    }
    auto const case_file = one_word(
        values,
        "file",
        {"indiquer le fichier d’une affaire ; voir --help", "give one case file; see --help"});
    Language const language = language_option(values, streams.language);
    pipeline::FreezeSettings settings;
    settings.case_file = case_file;
    if (values.count("output") > 0) {
        settings.output = values["output"].as<std::string>();
    }
    settings.again = values.count("again") > 0;
    settings.is_stated = values.count("date") > 0;
    settings.day = settings.is_stated ? values["date"].as<std::string>() : day_of_clock();
    if (!casefile::is_day(settings.day)) {
        throw Error{ErrorKind::usage,
                    {"--date veut un jour tel que 2026-11-21, et non « {} »",
                     "--date needs a day such as 2026-11-21, not '{}'"},
                    settings.day};
    }
    if (values.count("nonce") > 0) {
        settings.nonce = random_nonce();
    }
    warn_if_key_locked(settings.case_file, streams);
    warn_if_instruction(casefile::read_case(settings.case_file), streams);
    write_result(std::nullopt, told(pipeline::freeze_case(settings), language), streams);
    return 0;
}

} // namespace

extern Command const freeze_command{"freeze",
                                    {"dater les propositions avant les résultats",
                                     "hash and date the propositions, before the results"},
                                    run_freeze};

} // namespace cmq::cli
