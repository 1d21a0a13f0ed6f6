// SPDX-License-Identifier: GPL-3.0-or-later

/// \file
/// A small case whose evaluation needs no picture, for the tests of the pipeline and the commands.

#pragma once

#include "casefile/read_case.hpp"
#include "core/error.hpp"

#include <string>

namespace cmq::pipeline::test {

/// Two hands, one of which was hit, and the handshake between them.
inline std::string two_hands(std::string const& shot,
                             std::string const& handshake,
                             std::string const& uncertainty_min) {
    return R"([[carrier]]
id = "P1.hand"
surface = "skin"
[[carrier]]
id = "P2.hand"
surface = "skin"
[[delivery]]
id = "shot_1"
kind = "pellet"
at = { time = ")" +
           shot + R"(", uncertainty_min = )" + uncertainty_min + R"( }
zones = { "P1.hand" = 0.2 }
[[delivery]]
id = "shot_2"
kind = "pellet"
at = { time = ")" +
           shot + R"(", uncertainty_min = )" + uncertainty_min + R"( }
zones = { "P2.hand" = 0.2 }
[[event]]
id = "handshake"
kind = "contact"
between = ["P2.hand", "P1.hand"]
at = { time = ")" +
           handshake + R"(", uncertainty_min = )" + uncertainty_min + R"( }
after = "shot_2"
)";
}

/// P1's hand was hit, or shook the hand that was.
inline std::string const hit_or_handshake = R"([[proposition]]
id = "Hp"
side = "prosecution"
deliveries = ["shot_1"]
events = []
[[proposition]]
id = "Hd"
side = "defence"
deliveries = ["shot_2"]
events = ["handshake"]
[[comparison]]
h1 = "Hp"
h2 = "Hd"
)";

/// One glow seen in the street, and the two accounts of it.
inline std::string const two_accounts = R"(schema = 1
[case]
id = "two-accounts"
language = "fr"
[report]
date = 2026-11-21
role = "party"
[settings]
seed = 7
draws = 4096
)" + two_hands("12:00", "12:04", "1") +
                                        R"([[observation]]
id = "seen"
zone = "P1.hand"
kind = "detected"
at = { time = "16:00", uncertainty_min = 5 }
source = { document = "PV 12", page = 3, words = "fluorescence observée" }
)" + hit_or_handshake;

/// The text with one part replaced. The part must occur.
inline std::string with(std::string text, std::string const& part, std::string const& replacement) {
    auto const at = text.find(part);
    CMQ_EXPECTS(at != std::string::npos);
    return text.replace(at, part.size(), replacement);
}

inline casefile::Case read(std::string const& text) {
    casefile::Case of = casefile::parse_case(text, "case.toml");
    casefile::check_references(of);
    return of;
}

} // namespace cmq::pipeline::test
