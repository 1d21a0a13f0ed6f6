// SPDX-License-Identifier: GPL-3.0-or-later

/// \file
/// What the model says of a case as a discrete Bayesian network with names that people understand.

#pragma once

#include "casefile/case.hpp"
#include "core/language.hpp"
#include "lab/network/network.hpp"
#include "lab/transfer/findings_joint.hpp"

#include <string>
#include <vector>

namespace cmq::pipeline {

struct CaseNetwork {
    lab::Network network;
    std::string proposition; ///< name of the node whose states are the propositions

    struct Found {
        std::string node;
        std::string state;
    };

    std::vector<Found> found; ///< what the case says was found: the evidence to be entered
};

/// Nodes: the propositions (a root; its even probabilities are a convention); one for each cause told apart; the
/// marker on the examined zones together; for each zone what can be detected there, given all these and the zones
/// before it; for each zone the finding, whose states anyone may change. Names, states and comments in one language,
/// from the labels of the case; none of them holds a comma, a colon, an equals sign or a slash.
/// Method: docs/methods/case-network.md.
[[nodiscard]] CaseNetwork
to_network(casefile::Case const& of, lab::FindingsJoint const& joint, Language language);

} // namespace cmq::pipeline
