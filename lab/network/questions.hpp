// SPDX-License-Identifier: GPL-3.0-or-later

/// \file
/// Questions to a network as a person types them, and all their answers.

#pragma once

#include "lab/network/evidence.hpp"
#include "lab/network/infer.hpp"
#include "lab/network/sensitivity.hpp"

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace cmq::lab {

/// Texts as typed. Nodes and states by name or identifier; names may hold blanks, commas, equals signs and so
/// on, as long as the whole can be read in one way only.
struct QuestionTexts {
    std::vector<std::string> evidence{};    ///< "A=x,B=y"
    std::vector<std::string> soft{};        ///< "A=x:0.7/y:0.2"
    std::vector<std::string> queries{};     ///< "A"
    std::vector<std::string> joint{};       ///< "A,B"
    std::vector<std::string> ratios{};      ///< "A:x/y"
    std::vector<std::string> sensitivity{}; ///< "A=x" or "A:x/y"
    std::optional<double>
        tipping{}; ///< value whose crossing is looked for; else 1/2, and 1 for ratios
    double most_bytes = default_tree_bytes;
};

struct NodeAnswer {
    std::string called{}; ///< as asked for
    std::size_t node = 0;
    std::vector<double> p{}; ///< by state
};

struct JointAnswer {
    std::vector<std::size_t> nodes{};
    std::vector<double> p{}; ///< the last node fastest
};

struct RatioAnswer {
    std::size_t node = 0;
    std::size_t h1 = 0;
    std::size_t h2 = 0;
    NodeRatio ratio{};
};

struct SensitivityAnswer {
    std::size_t node = 0;
    std::size_t state = 0;              ///< of a posterior; the first of a ratio
    std::optional<std::size_t> other{}; ///< the second state of a ratio
    double tipping = 0.5;
    std::vector<OneWay> functions{}; ///< the steepest first
};

struct Answers {
    Evidence evidence{};
    double log10_p_evidence = 0.0;
    std::vector<NodeAnswer> posteriors{}; ///< of all nodes where none was asked for
    std::vector<JointAnswer> joint{};
    std::vector<RatioAnswer> ratios{};
    std::optional<double> conflict{}; ///< natural logarithm
    std::vector<SensitivityAnswer> sensitivity{};
};

/// \throws Error domain  a text names no node or state, or can be read in two ways; as infer, likelihood_ratio
[[nodiscard]] Answers answer_questions(Network const& network, QuestionTexts const& texts);

/// "A=x,B=y"
/// \throws Error domain  as answer_questions
[[nodiscard]] Evidence parse_evidence(Network const& network, std::string_view text);

/// "A=x:0.7/y:0.2": weights of states, the others 0.
/// \throws Error domain  as answer_questions; as weighed
[[nodiscard]] EvidenceItem parse_soft(Network const& network, std::string_view text);

/// A combination of states of a node's parents: "B = x, C = y"; "" without parents.
[[nodiscard]] std::string row_text(Network const& network, std::size_t node, std::size_t row);

} // namespace cmq::lab
