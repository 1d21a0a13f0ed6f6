// SPDX-License-Identifier: GPL-3.0-or-later

#include "apps/cli/command.hpp"
#include "apps/cli/options.hpp"
#include "apps/cli/speaker.hpp"
#include "report/json_envelope.hpp"

#include <boost/program_options/options_description.hpp>
#include <boost/program_options/variables_map.hpp>

#include <ostream>

namespace cmq::cli {
namespace {

namespace po = boost::program_options;

int run_version(std::vector<std::string> const& arguments, Streams streams) {
    Speaker const say{streams.language};
    po::options_description all{say({"emploi : contremarque version [OPTIONS]\n\nOptions\u00A0",
                                     "usage: contremarque version [OPTIONS]\n\nOptions"})};
    OptionAdder{all, streams.language}("help,h", {"afficher ce texte", "show this text"});
    if (parse_options(arguments, all, "").count("help") > 0) {
        streams.out << all;
        return 0;
    }
    streams.out << "Contremarque " << report::program_version() << '\n';
    return 0;
}

} // namespace

extern Command const version_command{
    "version", {"afficher la version", "print the version"}, run_version};

} // namespace cmq::cli
