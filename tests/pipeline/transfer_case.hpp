// SPDX-License-Identifier: GPL-3.0-or-later

/// \file
/// A small case whose evaluation needs no picture, for the tests of the pipeline and the commands.

#pragma once

#include "casefile/read_case.hpp"

#include <string>

namespace cmq::pipeline::test {

/// One hand, one glow seen in the street: hit, or shaken hands with one who was hit.
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
[[carrier]]
id = "P1.hand"
surface = "skin"
[[carrier]]
id = "P2.hand"
surface = "skin"
[[delivery]]
id = "shot_1"
kind = "pellet"
at = { time = "12:00", uncertainty_min = 1 }
zones = { "P1.hand" = 0.2 }
[[delivery]]
id = "shot_2"
kind = "pellet"
at = { time = "12:00", uncertainty_min = 1 }
zones = { "P2.hand" = 0.2 }
[[event]]
id = "handshake"
kind = "contact"
between = ["P2.hand", "P1.hand"]
at = { time = "12:04", uncertainty_min = 1 }
after = "shot_2"
[[observation]]
id = "seen"
zone = "P1.hand"
kind = "detected"
at = { time = "16:00", uncertainty_min = 5 }
source = { document = "PV 12", page = 3, words = "fluorescence observée" }
[[proposition]]
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
