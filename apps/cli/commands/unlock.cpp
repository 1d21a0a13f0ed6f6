// SPDX-License-Identifier: GPL-3.0-or-later

#include "apps/cli/command.hpp"
#include "apps/cli/options.hpp"
#include "apps/cli/read_passphrase.hpp"
#include "apps/cli/speaker.hpp"
#include "apps/pipeline/lock_files.hpp"
#include "core/error.hpp"

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
        say({"emploi : contremarque unlock FICHIER.locked... [OPTIONS]\n\n"
             "Déchiffre ce que lock a chiffré : de FICHIER.locked, qui reste, est refait\n"
             "FICHIER, entier ou pas du tout.\n\nOptions\u00A0",
             "usage: contremarque unlock FILE.locked... [OPTIONS]\n\n"
             "Decrypts what lock encrypted: FILE.locked, which stays, makes FILE again, whole\n"
             "or not at all.\n\nOptions"})};
    OptionAdder const add{all, language};
    add("help,h", {"afficher ce texte", "show this text"});
    add("replace", {"remplacer FICHIER s’il existe", "overwrite FILE if it is there"});
    add_passphrase_option(add, say);
    return all;
}

int run_unlock(std::vector<std::string> const& arguments, Streams streams) {
    auto const values = parse_with_files(arguments, options(Language::english));
    if (values.count("help") > 0) {
        streams.out << options(streams.language);
        return 0;
    }
    auto const files = file_words(values,
                                  {"nommer au moins un fichier .locked ; voir --help",
                                   "name at least one .locked file; see --help"});
    expect_any_file(files);
    Passphrase const passphrase = ask_passphrase(passphrase_file(values), false, streams.language);
    int status = 0;
    for (std::string const& file : files) {
        try {
            streams.out
                << pipeline::unlock_file(file, passphrase, values.count("replace") > 0).string()
                << '\n';
        } catch (Error const& error) {
            status = std::max(status, report_error("unlock", error, streams));
        }
    }
    return status;
}

} // namespace

extern Command const unlock_command{
    "unlock", {"déchiffrer ce que lock a chiffré", "decrypt what lock encrypted"}, run_unlock};

} // namespace cmq::cli
