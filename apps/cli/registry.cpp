// SPDX-License-Identifier: GPL-3.0-or-later

#include "apps/cli/command.hpp"
#include "apps/cli/options.hpp"
#include "apps/cli/speaker.hpp"
#include "core/error.hpp"

#include <algorithm>
#include <array>
#include <exception>
#include <iomanip>
#include <new>
#include <ostream>

namespace cmq::cli {

#include <command_table.inc>

namespace {

int help(Streams streams) {
    Speaker const say{streams.language};
    streams.out << say(
        {"emploi : contremarque COMMANDE [OPTIONS]\n\n"
         "Évalue des observations de produits de marquage codés : à partir des fichiers\n"
         "bruts (RAW) d’un appareil photo et de la description d’une affaire, une note\n"
         "pour le juge.\n\n",
         "usage: contremarque COMMAND [OPTIONS]\n\n"
         "Weighs coded-marker evidence: camera RAW files and a case file in, a note for\n"
         "the court out.\n\n"});
    for (Command const* command : command_table) {
        streams.out << "  " << std::left << std::setw(12) << command->name << say(command->summary)
                    << '\n';
    }
    streams.out << say({"\n« contremarque COMMANDE --help » décrit une commande.\n",
                        "\n'contremarque COMMAND --help' describes one command.\n"});
    return 0;
}

} // namespace

std::vector<Command const*> commands() {
    return {command_table.begin(), command_table.end()};
}

int run(std::vector<std::string> const& command_line, Streams streams) {
    if (command_line.empty()) {
        help({streams.err, streams.err, streams.err_is_terminal, streams.language});
        return static_cast<int>(ErrorKind::usage);
    }
    std::string name = command_line.front();
    std::vector<std::string> arguments{command_line.begin() + 1, command_line.end()};
    if (name == "--version") {
        name = "version";
    }
    if (name == "help" || name == "--help" || name == "-h") {
        if (arguments.empty()) {
            return help(streams);
        }
        name = arguments.front();
        arguments = {"--help"};
    }
    auto const found = std::ranges::find(command_table, name, &Command::name);
    if (found == command_table.end()) {
        return report_error(name,
                            Error{ErrorKind::usage,
                                  {"commande inconnue ; voir « contremarque help »",
                                   "no such command; see 'contremarque help'"}},
                            streams);
    }
    try {
        return (*found)->run(arguments, streams);
    } catch (Error const& error) {
        return report_error(name, error, streams);
    } catch (std::bad_alloc const&) {
        return report_error(
            name, Error{ErrorKind::limits, {"mémoire insuffisante", "not enough memory"}}, streams);
    } catch (std::exception const& error) {
        return report_error(name,
                            Error{ErrorKind::internal,
                                  {"un défaut du programme : {}", "a fault of the program: {}"},
                                  error.what()},
                            streams);
    }
}

} // namespace cmq::cli
