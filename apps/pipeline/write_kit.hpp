// SPDX-License-Identifier: GPL-3.0-or-later

/// \file
/// The kit: all that another expert needs to compute a case again without this program, and nothing else.

#pragma once

#include "apps/pipeline/analyse.hpp"
#include "core/progress.hpp"
#include "report/document.hpp"
#include "report/renderer.hpp"

#include <filesystem>
#include <string>
#include <vector>

namespace cmq::pipeline {

struct KitSettings {
    std::filesystem::path case_h5;
    std::filesystem::path output; ///< folder; must not be there
    std::vector<report::Language> languages{report::Language::french, report::Language::english};
    std::filesystem::path case_reader;
    report::Renderer renderer; ///< empty functions: the guide as text alone
    unsigned threads = 0;
    BeforeWriting before_writing{}; ///< empty: nobody is told
};

struct Kit {
    std::vector<std::filesystem::path> files; ///< in the order of their names
    Sentence why_no_network;                  ///< empty where the network was written
    std::string json;                         ///< the text of numbers.json
};

/// Writes the folder whole or not at all: inputs.csv, frozen.txt, findings.csv, parameters.csv, numbers.json, the
/// case's network in three formats with evidence.txt and recompute.py, ledger.csv, commands.txt, the guide as text and PDF, SHA256SUMS.
/// The names of the network are in the language of the case. Where the network cannot be made (an assigned
/// probability, too many zones) the guide says why. Contents: docs/formats/kit.md.
///
/// \throws Error usage  the folder is there already
/// \throws Error        as read_case_h5, restore_case, check_against_key, write_folder
Kit write_kit(KitSettings const& settings, Progress const& progress = {});

} // namespace cmq::pipeline
