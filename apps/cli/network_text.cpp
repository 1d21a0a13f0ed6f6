// SPDX-License-Identifier: GPL-3.0-or-later

#include "apps/cli/network_text.hpp"

#include "core/columns.hpp"
#include "core/number_text.hpp"

#include <algorithm>
#include <cmath>
#include <set>
#include <utility>

namespace cmq::cli {
namespace {

using lab::Answers;
using lab::Network;
using lab::OneWay;

constexpr std::size_t most_functions = 10;

std::string lines(std::string const& sentence) {
    return wrapped(sentence, 80, "  ", "    ") + '\n';
}

std::string warning(std::string const& sentence) {
    return wrapped(sentence, 80, "  ! ", "    ") + '\n';
}

// Four digits; a power of ten where zeros would hide them.
std::string figure(Speaker const& say, double value) {
    if (std::isnan(value)) {
        return say({"aucune valeur", "no value"});
    }
    if (std::isinf(value)) {
        return say({"infini", "infinite"});
    }
    double const size = std::abs(value);
    if (value == 0.0 || (size >= 1e-4 && size < 1e6)) {
        return say.figure(significant_text(value, 4));
    }
    double const power = std::floor(std::log10(size));
    return say.figure(significant_text(value / std::pow(10.0, power), 4)) + "\u00A0×\u00A010^" +
           fixed_text(power, 0);
}

// The same of a number kept as its logarithm: it may be beyond a double.
std::string figure_of_log10(Speaker const& say, double log10) {
    if (!std::isfinite(log10) || std::abs(log10) < 300.0) {
        return figure(say, std::pow(10.0, log10));
    }
    double const power = std::floor(log10);
    return say.figure(significant_text(std::pow(10.0, log10 - power), 4)) + "\u00A0×\u00A010^" +
           fixed_text(power, 0);
}

std::string head_text(Speaker const& say, std::string const& file, lab::ReadNetwork const& read) {
    std::size_t arrows = 0;
    for (auto const& node : read.network.nodes) {
        arrows += node.parents.size();
    }
    std::string text = wrapped(say({"{} : {} nœuds, {} flèches", "{}: {} nodes, {} arrows"},
                                   file,
                                   read.network.nodes.size(),
                                   arrows),
                               80) +
                       '\n';
    for (Sentence const& one : read.warnings) {
        text += warning(one.in(say.language()));
    }
    return text;
}

std::string evidence_lines(Speaker const& say, Network const& network, Answers const& answers) {
    if (answers.evidence.empty()) {
        return lines(say({"aucune constatation", "no findings"}));
    }
    std::string text = lines(say({"constatations :", "findings:"}));
    for (auto const& item : answers.evidence) {
        text += wrapped(lab::evidence_text(network, item), 80, "    ", "      ") + '\n';
    }
    text += lines(say({"probabilité de les faire : {}", "probability of making them: {}"},
                      figure_of_log10(say, answers.log10_p_evidence)));
    if (answers.conflict) {
        std::string const value = say.figure(fixed_text(*answers.conflict, 2));
        text += lines(
            *answers.conflict > 0.0
                ? say({"conflit : {} ; au-dessus de 0, les constatations se contredisent sous ce "
                       "réseau",
                       "conflict: {}; above 0, the findings speak against each other under this "
                       "network"},
                      value)
                : say({"conflit : {} ; les constatations vont ensemble",
                       "conflict: {}; the findings go together"},
                      value));
    }
    return text;
}

std::string filled(std::string const& text, std::size_t width) {
    std::size_t const columns = columns_of(text);
    return text + std::string(columns < width ? width - columns : 0, ' ');
}

std::string posteriors_text(Speaker const& say, Network const& network, Answers const& answers) {
    std::size_t width = 0;
    for (auto const& one : answers.posteriors) {
        for (std::string const& state : network.nodes[one.node].states) {
            width = std::max(width, columns_of(state));
        }
    }
    width = std::min<std::size_t>(width, 60);
    std::string text;
    for (auto const& one : answers.posteriors) {
        text += '\n' + wrapped(one.called, 80) + '\n';
        for (std::size_t s = 0; s < one.p.size(); ++s) {
            text += "  " + filled(first_columns(network.nodes[one.node].states[s], width), width) +
                    "  " + figure(say, one.p[s]) + '\n';
        }
    }
    return text;
}

std::string joint_text(Speaker const& say, Network const& network, Answers const& answers) {
    std::string text;
    for (auto const& one : answers.joint) {
        std::string names;
        for (std::size_t const node : one.nodes) {
            names += (names.empty() ? "" : ", ") + network.nodes[node].name;
        }
        text += '\n' + wrapped(say({"ensemble : {}", "together: {}"}, names), 80) + '\n';
        for (std::size_t i = 0; i < one.p.size(); ++i) {
            std::vector<std::string> parts(one.nodes.size());
            std::size_t rest = i;
            for (std::size_t n = parts.size(); n-- > 0;) {
                auto const& found = network.nodes[one.nodes[n]];
                parts[n] = found.states[rest % found.states.size()];
                rest /= found.states.size();
            }
            std::string states;
            for (std::string const& part : parts) {
                states += states.empty() ? "" : ", ";
                states += part;
            }
            text += wrapped(states + " : " + figure(say, one.p[i]), 80, "  ", "    ") + '\n';
        }
    }
    return text;
}

std::string ratio_text(Speaker const& say, Network const& network, lab::RatioAnswer const& one) {
    auto const& node = network.nodes[one.node];
    std::string const& h1 = node.states[one.h1];
    std::string const& h2 = node.states[one.h2];
    std::string text = '\n' +
                       wrapped(say({"rapport de vraisemblance, {} : {} contre {}",
                                    "likelihood ratio, {}: {} against {}"},
                                   node.name,
                                   h1,
                                   h2),
                               80) +
                       '\n';
    text += lines(
        say({"probabilité des constatations si {} : {}", "probability of the findings if {}: {}"},
            h1,
            figure_of_log10(say, one.ratio.log10_p_h1)));
    text += lines(
        say({"probabilité des constatations si {} : {}", "probability of the findings if {}: {}"},
            h2,
            figure_of_log10(say, one.ratio.log10_p_h2)));
    double const log10 = one.ratio.log10_lr;
    if (std::isinf(log10)) {
        return text +
               warning(say(
                   {"le réseau exclut les constatations si {} : le rapport n’a pas de valeur "
                    "finie ; voir si une erreur ou une contamination manque au réseau",
                    "the network excludes the findings if {}: the ratio has no finite value; see "
                    "whether an error or a contamination is missing from the network"},
                   log10 > 0.0 ? h2 : h1));
    }
    bool const first = log10 >= 0.0;
    return text + lines(say({"les constatations sont {} fois plus probables si {} que si {}",
                             "the findings are {} times more probable if {} than if {}"},
                            figure_of_log10(say, std::abs(log10)),
                            first ? h1 : h2,
                            first ? h2 : h1));
}

std::string
function_text(Speaker const& say, Network const& network, OneWay const& one, double tipping) {
    auto const& node = network.nodes[one.entry.node];
    std::string const given = lab::row_text(network, one.entry.node, one.entry.row);
    std::string const name = given.empty()
                                 ? node.name + " = " + node.states[one.entry.state]
                                 : node.name + " = " + node.states[one.entry.state] + " | " + given;
    std::string text = lines(say({"{} : {}", "{}: {}"}, name, figure(say, one.value)));
    std::string points;
    for (double const t : one.crossings(tipping)) {
        points += (points.empty() ? "" : " ; ") + figure(say, t);
    }
    text += wrapped(say({"pente {} ; de {} (à 0) à {} (à 1) ; bascule : {}",
                         "slope {}; from {} (at 0) to {} (at 1); tipping point: {}"},
                        figure(say, one.slope),
                        figure(say, one.at(0.0)),
                        figure(say, one.at(1.0)),
                        points.empty() ? say({"aucune", "none"}) : points),
                    80,
                    "    ",
                    "      ") +
            '\n';
    return text;
}

std::string
sensitivity_text(Speaker const& say, Network const& network, lab::SensitivityAnswer const& answer) {
    auto const& node = network.nodes[answer.node];
    std::string const what =
        answer.other ? say({"du rapport {} : {} contre {}", "of the ratio {}: {} against {}"},
                           node.name,
                           node.states[answer.state],
                           node.states[*answer.other])
                     : node.name + " = " + node.states[answer.state];
    std::string text =
        '\n' +
        wrapped(say({"sensibilité, {} (bascule à {})", "sensitivity, {} (tipping at {})"},
                    what,
                    figure(say, answer.tipping)),
                80) +
        '\n';
    if (answer.functions.empty()) {
        return text + lines(say({"aucun nombre des tables ne la déplace",
                                 "no number of the tables moves it"}));
    }
    std::set<std::pair<std::size_t, std::size_t>>
        rows; // of two states, the second says nothing more
    std::size_t told = 0;
    for (OneWay const& one : answer.functions) {
        bool const two = network.nodes[one.entry.node].states.size() == 2;
        if (two && !rows.insert({one.entry.node, one.entry.row}).second) {
            continue;
        }
        if (told++ < most_functions) {
            text += function_text(say, network, one, answer.tipping);
        }
    }
    if (told > most_functions) {
        text += lines(say({"et {} autres nombres de pente moindre : tous avec --json",
                           "and {} other numbers of lesser slope: all of them with --json"},
                          told - most_functions));
    }
    return text;
}

} // namespace

std::string network_text(Speaker const& say,
                         std::string const& file,
                         lab::ReadNetwork const& read,
                         Answers const& answers) {
    std::string text = head_text(say, file, read) + evidence_lines(say, read.network, answers) +
                       posteriors_text(say, read.network, answers) +
                       joint_text(say, read.network, answers);
    for (lab::RatioAnswer const& one : answers.ratios) {
        text += ratio_text(say, read.network, one);
    }
    for (lab::SensitivityAnswer const& one : answers.sensitivity) {
        text += sensitivity_text(say, read.network, one);
    }
    if (!answers.evidence.empty()) {
        text +=
            '\n' +
            wrapped(
                say({"Les probabilités des états dépendent des probabilités de départ que le "
                     "fichier "
                     "donne ; le poids des constatations entre deux états est un rapport de "
                     "vraisemblance (--lr).",
                     "Probabilities of states depend on the starting probabilities that the file "
                     "gives; the weight of findings between two states is a likelihood ratio "
                     "(--lr)."}),
                80) +
            '\n';
    }
    return text;
}

} // namespace cmq::cli
