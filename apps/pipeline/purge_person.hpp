// SPDX-License-Identifier: GPL-3.0-or-later

/// \file
/// A person taken out of a case and of what lies beside it and was made from it.

#pragma once

#include "casefile/purge.hpp"

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

namespace cmq::pipeline {

struct PurgeSettings {
    std::filesystem::path case_file;
    std::string person; ///< the code
    std::vector<std::filesystem::path>
        outputs; ///< folders that analyse, report, requests or counsel wrote
};

/// A file as it will read, or nothing: it goes.
struct FileChange {
    std::filesystem::path path;
    std::optional<std::string> text;
};

struct PurgePlan {
    std::vector<FileChange> files;
    std::vector<casefile::PurgeLine> removed;
    std::vector<casefile::PurgeLine> changed;
    std::vector<casefile::PurgeLine> left; ///< what the program cannot do
};

/// Reads the case and what lies beside it (key, counsel.toml, answers.toml, CASE.frozen.toml, documents), and the
/// folders named; writes nothing. Of a folder only what its manifest lists and documents of known names go:
/// results are chained by hash and were computed with the person, so they cannot be edited.
/// \throws Error usage   the code is none, or nothing anywhere speaks of the person
/// \throws Error domain  the case could not be read any more without the person
/// \throws Error         as the files are read
[[nodiscard]] PurgePlan plan_purge(PurgeSettings const& settings);

/// Writes the changed files, each whole or not at all, then removes the others. Not undone where one fails.
/// \throws Error io  names the file; those before it are done
void carry_out(PurgePlan const& plan);

} // namespace cmq::pipeline
