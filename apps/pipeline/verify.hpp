// SPDX-License-Identifier: GPL-3.0-or-later

/// \file
/// Whether the files of a run are those that were written, and whether they follow from the case.

#pragma once

#include "core/progress.hpp"
#include "report/renderer.hpp"

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

namespace cmq::pipeline {

enum class CheckState : std::uint8_t {
    good,
    bad,
    not_checked,
    noted, ///< nothing is wrong with the bytes, and a reader must know of it
};

/// What was looked at; `subject` of a Check names which one.
enum class CheckKind : std::uint8_t {
    manifest,          ///< manifest.json against itself
    output,            ///< a file that the manifest names, against its size and SHA-256
    stranger,          ///< a file of the folder that the manifest does not name
    case_file,         ///< case.h5 against its user block, and whether it can be read
    ledger,            ///< the chain of the ledger, and what each step made
    note,              ///< a note against the one that case.h5 gives
    case_input,        ///< case.toml against the ledger
    capture,           ///< a camera file against the ledger
    reading,           ///< a laboratory's file, or the registry of lots, against the ledger
    weighing,          ///< a comparison weighed once more
    measuring,         ///< the captures measured once more
    colour_library,    ///< a library of colours against the ledger
    known_issue,       ///< a known error of the version that made the report
    timestamp,         ///< the reply of a time-stamping authority beside a file (.tsr)
    timestamp_request, ///< a request for one (.tsq)
    signature,         ///< a detached signature beside a file (.p7s)
    frozen_timestamp,  ///< the reply for the frozen propositions beside the case, or its request
};

enum class CheckReason : std::uint8_t {
    none,
    missing,       ///< the file is not there or cannot be read
    differs,       ///< other bytes, or another number, than recorded
    not_asked,     ///< needs --inputs or --recompute
    no_renderer,   ///< this build writes no PDF
    other_program, ///< made by another version: differences are to be expected
    touches,       ///< the known error touches this report
    no_reply,      ///< a request without the authority's answer
};

struct Check {
    CheckKind kind = CheckKind::manifest;
    CheckState state = CheckState::not_checked;
    CheckReason reason = CheckReason::none;
    std::string subject; ///< a file's name, a capture's id, "Hp/Hd"
    Sentence detail;     ///< what the program says of it; may be empty
};

struct VerifySettings {
    std::filesystem::path what;                  ///< a folder of analyse(), or a case.h5
    std::optional<std::filesystem::path> inputs; ///< folder with case.toml and the captures
    bool recompute = false;
    std::optional<std::filesystem::path> known_issues; ///< a later list than this program's own
    std::optional<std::filesystem::path> authorities;  ///< certificates that are trusted, PEM
    std::filesystem::path decoder;
    std::filesystem::path case_reader;
    report::Renderer renderer; ///< empty functions: PDFs are not compared
    unsigned threads = 0;
};

/// Checks all that can be checked; what is wrong is a Check, not an Error. Numbers that are computed again
/// must agree to 1e-9 (relative; machines differ in the last digits of logarithms), printed values exactly.
///
/// \throws Error io  `what` is neither a folder nor a file that can be read; nor are known_issues, authorities
/// \throws Error     as parse_known_issues
[[nodiscard]] std::vector<Check> verify(VerifySettings const& settings,
                                        Progress const& progress = {});

} // namespace cmq::pipeline
