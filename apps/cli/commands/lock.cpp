// SPDX-License-Identifier: GPL-3.0-or-later

#include "apps/cli/command.hpp"
#include "apps/cli/options.hpp"
#include "apps/cli/read_passphrase.hpp"
#include "apps/cli/speaker.hpp"
#include "apps/cli/wrap_text.hpp"
#include "apps/pipeline/lock_files.hpp"
#include "core/error.hpp"
#include "core/typography.hpp"

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
        say({"emploi : contremarque lock FICHIER... [OPTIONS]\n\n"
             "Chiffre des fichiers sous une phrase secrète, demandée au terminal : de FICHIER\n"
             "est fait FICHIER.locked. Sans la phrase, rien n’en peut être lu, par personne.\n\n"
             "Options\u00A0",
             "usage: contremarque lock FILE... [OPTIONS]\n\n"
             "Encrypts files under a passphrase, asked for at the terminal: FILE makes\n"
             "FILE.locked. Without the passphrase nobody can read it, you included.\n\n"
             "Options"})};
    OptionAdder const add{all, language};
    add("help,h", {"afficher ce texte", "show this text"});
    add("remove",
        {"supprimer ensuite FICHIER, une fois FICHIER.locked relu",
         "remove FILE afterwards, once FILE.locked has been read back"});
    add("replace",
        {"remplacer FICHIER.locked s’il existe", "overwrite FILE.locked if it is there"});
    add_passphrase_option(add, say);
    return all;
}

int run_lock(std::vector<std::string> const& arguments, Streams streams) {
    auto const values = parse_with_files(arguments, options(Language::english));
    if (values.count("help") > 0) {
        streams.out << options(streams.language);
        return 0;
    }
    auto const files = file_words(
        values, {"nommer au moins un fichier ; voir --help", "name at least one file; see --help"});
    pipeline::LockSettings const settings{.replace = values.count("replace") > 0,
                                          .remove = values.count("remove") > 0};
    expect_any_file(files);
    Passphrase const passphrase = ask_passphrase(passphrase_file(values), true, streams.language);
    int status = 0;
    for (std::string const& file : files) {
        try {
            streams.out << pipeline::lock_file(file, passphrase, settings).string() << '\n';
        } catch (Error const& error) {
            status = std::max(status, report_error("lock", error, streams));
        }
    }
    if (settings.remove) {
        Speaker const say{streams.language};
        streams.err << wrap_text(typeset(
            say({"Un fichier supprimé peut souvent être retrouvé : dans le journal du système de "
                 "fichiers, sur un disque SSD, dans une sauvegarde. Seul un disque chiffré en "
                 "protège.",
                 "A removed file can often be recovered: from the journal of the file system, from "
                 "an "
                 "SSD, from a backup. Only an encrypted disk protects against that."}),
            streams.language));
    }
    return status;
}

} // namespace

extern Command const lock_command{
    "lock",
    {"chiffrer des fichiers sous une phrase secrète", "encrypt files under a passphrase"},
    run_lock};

} // namespace cmq::cli
