// SPDX-License-Identifier: GPL-3.0-or-later

#include "apps/pipeline/export_network.hpp"

#include "apps/pipeline/add_places.hpp"
#include "apps/pipeline/to_network.hpp"
#include "core/error.hpp"
#include "lab/network/infer.hpp"
#include "lab/network/read_network.hpp"
#include "lab/network/write_network.hpp"
#include "system/file.hpp"

#include <algorithm>
#include <cmath>

namespace cmq::pipeline {
namespace {

constexpr double load_error =
    0.001;                     // log10; the engine's integral is good to 3e-4 of p on either side
constexpr double errors = 3.0; // standard errors

std::vector<lab::Proposition> compared(Translation const& translation,
                                       std::span<lab::Evaluation const> evaluations) {
    std::vector<lab::Proposition> all;
    for (lab::Proposition const& proposition : translation.propositions) {
        if (std::ranges::any_of(evaluations, [&](lab::Evaluation const& each) {
                return each.h1 == proposition.id || each.h2 == proposition.id;
            })) {
            all.push_back(proposition);
        }
    }
    return all;
}

lab::FindingsJoint joint_of(casefile::Case const& of,
                            Translation const& translation,
                            std::span<lab::Evaluation const> evaluations,
                            unsigned threads) {
    std::size_t draws = 0;
    for (lab::Evaluation const& each : evaluations) {
        draws = std::max(draws, each.draws);
    }
    lab::Account account = translation.account;
    heed_codes(translation.findings, account);
    try {
        return lab::make_findings_joint(
            account,
            compared(translation, evaluations),
            translation.findings,
            translation.parameters,
            {.seed = of.settings.seed, .draws = draws, .threads = threads});
    } catch (Error& error) {
        add_places(error, of);
        throw;
    }
}

ExportedRatio ratio_of(lab::Network const& network,
                       CaseNetwork const& made,
                       lab::Evaluation const& evaluation,
                       std::size_t draws) {
    ExportedRatio ratio{.h1 = evaluation.h1, .h2 = evaluation.h2, .log10_engine = {}};
    if (evaluation.log10_p_h1 && evaluation.log10_p_h2) {
        ratio.log10_engine = *evaluation.log10_p_h1 - *evaluation.log10_p_h2;
    }
    lab::Evidence evidence;
    for (CaseNetwork::Found const& found : made.found) {
        evidence.push_back(lab::observed(network, found.node, found.state));
    }
    std::size_t const node = lab::node_index(network, made.proposition);
    ratio.log10_network =
        lab::likelihood_ratio(network,
                              evidence,
                              node,
                              lab::state_index(network.nodes[node], evaluation.h1),
                              lab::state_index(network.nodes[node], evaluation.h2))
            .log10_lr;
    ratio.stated_error = load_error;
    if (draws != evaluation.draws) { // more draws of the same parameters
        ratio.stated_error += errors * evaluation.monte_carlo_se_log10;
    }
    return ratio;
}

void check_ratio(ExportedRatio const& ratio) {
    if (ratio.log10_engine &&
        !(std::abs(*ratio.log10_engine - ratio.log10_network) <= ratio.stated_error)) {
        throw Error{ErrorKind::numeric,
                    {"{} / {} : le réseau donne un log10 du rapport de {}, l’évaluation {} ; "
                     "l’écart dépasse l’erreur annoncée de {}",
                     "{} / {}: the network gives log10 of the ratio as {}, the evaluation {}; the "
                     "difference exceeds the stated error of {}"},
                    ratio.h1,
                    ratio.h2,
                    ratio.log10_network,
                    *ratio.log10_engine,
                    ratio.stated_error};
    }
}

NetworkFile network_file(CaseNetwork const& made,
                         lab::FindingsJoint const& joint,
                         std::span<lab::Evaluation const> evaluations,
                         std::filesystem::path const& file) {
    auto const format = lab::network_format(file.string());
    NetworkFile result{.about = {.file = file,
                                 .proposition = made.proposition,
                                 .evidence = {},
                                 .nodes = 0,
                                 .draws = joint.draws,
                                 .summed = {},
                                 .ratios = {}},
                       .text = lab::to_text(made.network, format)};
    lab::Network const network = lab::parse_network(result.text, format).network;
    ExportedNetwork& about = result.about;
    about.nodes = network.nodes.size();
    for (lab::NetworkNode const& node : network.nodes) {
        about.numbers += node.table.size();
    }
    for (CaseNetwork::Found const& found : made.found) {
        about.evidence.push_back(found.node + '=' + found.state);
    }
    for (lab::JointCause const& cause : joint.summed) {
        about.summed.push_back(cause.key.substr(cause.key.find(' ') + 1));
    }
    for (lab::Evaluation const& evaluation : evaluations) {
        about.ratios.push_back(ratio_of(network, made, evaluation, joint.draws));
        check_ratio(about.ratios.back());
    }
    return result;
}

} // namespace

std::vector<NetworkFile> make_network_files(casefile::Case const& of,
                                            Translation const& translation,
                                            std::span<lab::Evaluation const> evaluations,
                                            std::span<std::filesystem::path const> files,
                                            Language language,
                                            unsigned threads) {
    for (std::filesystem::path const& file : files) { // refused before anything is computed
        static_cast<void>(lab::network_format(file.string()));
    }
    lab::FindingsJoint const joint = joint_of(of, translation, evaluations, threads);
    CaseNetwork const made = to_network(of, joint, language);
    std::vector<NetworkFile> all;
    for (std::filesystem::path const& file : files) {
        all.push_back(network_file(made, joint, evaluations, file));
    }
    return all;
}

ExportedNetwork export_network(casefile::Case const& of,
                               Translation const& translation,
                               std::span<lab::Evaluation const> evaluations,
                               std::filesystem::path const& file,
                               Language language,
                               unsigned threads) {
    NetworkFile const made =
        make_network_files(of, translation, evaluations, std::span{&file, 1}, language, threads)
            .front();
    write_file(file, made.text);
    return made.about;
}

} // namespace cmq::pipeline
