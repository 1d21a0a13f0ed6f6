// SPDX-License-Identifier: GPL-3.0-or-later

/// \file
/// Texts of case files, and what reading one gives, for the tests of casefile.

#pragma once

#include "casefile/read_case.hpp"

#include <optional>
#include <string>

namespace cmq::casefile::test {

/// The sample that DESIGN section 2 prints: a fragment, for it names Hd and P2.right_hand and
/// declares neither.
inline std::string const sample = R"(schema = 1
demonstration = true                     # simulated files are refused as evidence without it
[case]
id = "demo-1"
language = "fr"
stage = "comparution-immediate"          # sets warnings and the texts of requests
[report]
date = 2026-11-21
role = "party"                           # court | party | laboratory
author = ""                              # none: each page says so
[population]                             # who was screened
checked = 500
glowing = 7
[[capture]]
id = "c1"
file = "evidence.dng"
role = "evidence"                        # evidence blank reference ambient visible dark flat scale
zone = "P1.right_hand"
lamp_nm = 365
filter = "LP 420"
mm_per_photosite = 0.04
[[carrier]]
id = "P1.right_hand"                     # person-zones, objects, places
surface = "skin"
[[delivery]]
id = "shot1"
kind = "pellet"                          # pellet spray shower drone; background sources are deliveries too
at = { time = "12:40", uncertainty_min = 5 }
zones = { "P1.right_hand" = 0.2 }
[[event]]
id = "handshake"
kind = "contact"                         # contact wear wash glove_change search swab package ...
between = ["P2.right_hand", "P1.right_hand"]
at = { time = "12:50", uncertainty_min = 10 }
probability = 0.5
[[observation]]                          # typed findings; captures and readings give the others
zone = "P1.right_hand"
kind = "detected"                        # detected not_detected not_examined count amount reading
source = { document = "PV 12", page = 3, words = "réagit aux UV" }
[[proposition]]
id = "Hp"
side = "prosecution"
deliveries = ["shot1"]
events = []
[[comparison]]
h1 = "Hp"
h2 = "Hd"
)";

/// Four lines that every case needs; further text starts on line 8.
inline std::string const least = R"(schema = 1
[case]
id = "a"
language = "fr"
[report]
date = 2026-11-21
role = "party"
)";

/// least and more, read as "case.toml": the error, or nothing.
inline std::optional<Error> error_of(std::string const& more, std::string const& before = least) {
    try {
        check_references(parse_case(before + more, "case.toml"));
    } catch (Error const& error) {
        return error;
    }
    return {};
}

/// What error_of says, "" when there is no error.
inline std::string message_of(std::string const& more, std::string const& before = least) {
    auto const error = error_of(more, before);
    return error ? error->what() : "";
}

} // namespace cmq::casefile::test
