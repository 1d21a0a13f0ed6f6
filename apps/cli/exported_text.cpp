// SPDX-License-Identifier: GPL-3.0-or-later

#include "apps/cli/exported_text.hpp"

#include "apps/cli/speaker.hpp"
#include "core/columns.hpp"
#include "core/number_text.hpp"

#include <cmath>

namespace cmq::cli {
namespace {

std::string lines_of(std::string const& text) {
    return wrapped(text, 80) + '\n';
}

std::string item(std::string const& text) {
    return wrapped(text, 80, "  - ", "    ") + '\n';
}

// A logarithm: the two values agree further than either may be quoted as a ratio.
std::string compared(Speaker const& say, double log10_value) {
    if (!std::isfinite(log10_value)) {
        return log10_value < 0.0 ? say({"moins l’infini", "minus infinity"})
                                 : say({"l’infini", "infinity"});
    }
    return say.figure(fixed_text(log10_value, 4));
}

std::string apart(Speaker const& say, double difference) {
    constexpr double least = 1e-6;
    return std::abs(difference) < least
               ? say({"moins de {}", "less than {}"}, say.figure("0.000001"))
               : say.figure(significant_text(std::abs(difference), 2));
}

} // namespace

std::string network_text(pipeline::ExportedNetwork const& network,
                         pipeline::ExportedRatio const& ratio,
                         Language language) {
    Speaker const say{language};
    std::string text =
        '\n' + lines_of(say({"Réseau {} : {} nœuds, {} nombres, {} tirages des paramètres.",
                             "Network {}: {} nodes, {} numbers, {} draws of the parameters."},
                            network.file.string(),
                            network.nodes,
                            network.numbers,
                            network.draws));
    std::string const in_network = compared(say, ratio.log10_network);
    text += lines_of(
        ratio.log10_engine
            ? say({"{} / {}, log10 du rapport : {} dans le réseau relu, {} pour l’évaluation, "
                   "écart "
                   "{} (annoncé : au plus {}).",
                   "{} / {}, log10 of the ratio: {} in the network as read back, {} in the "
                   "evaluation, {} apart (stated: at most {})."},
                  ratio.h1,
                  ratio.h2,
                  in_network,
                  compared(say, *ratio.log10_engine),
                  apart(say, ratio.log10_network - *ratio.log10_engine),
                  say.figure(significant_text(ratio.stated_error, 2)))
            : say({"{} / {}, log10 du rapport : {} dans le réseau relu.",
                   "{} / {}, log10 of the ratio: {} in the network as read back."},
                  ratio.h1,
                  ratio.h2,
                  in_network));
    text += lines_of(say({"Le rapport y est le quotient des probabilités des constats, le nœud "
                          "« {} » étant fixé à l’une puis à l’autre proposition. À y entrer comme "
                          "constaté :",
                          "There the ratio is the quotient of the probabilities of the findings, "
                          "with the node '{}' set to one proposition and then to the other. To be "
                          "entered as found:"},
                         network.proposition));
    for (std::string const& each : network.evidence) {
        text += item(each);
    }
    if (!network.summed.empty()) {
        text += lines_of(say({"Événements incertains sans nœud à eux, sommés dans les tables :",
                              "Uncertain events without a node of their own, summed in the "
                              "tables:"}));
        for (std::string const& each : network.summed) {
            text += item(each);
        }
    }
    return text;
}

} // namespace cmq::cli
