// SPDX-License-Identifier: GPL-3.0-or-later

/// \file
/// Dates the propositions and the examination plan of a case, and finds them again.

#pragma once

#include "casefile/frozen.hpp"
#include "report/note.hpp"

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

namespace cmq::pipeline {

struct FreezeSettings {
    std::filesystem::path case_file;
    std::optional<std::filesystem::path> output; ///< none: CASE.frozen.toml beside the case
    std::string day;                             ///< ISO 8601
    bool is_stated = false;                      ///< the user stated the day
    bool again = false;                          ///< add to a file that is there
    std::optional<std::uint64_t> nonce;          ///< of the request for a time stamp
};

struct Frozen {
    std::filesystem::path file;
    std::filesystem::path request;
    casefile::FrozenEntry entry;
    std::size_t number = 1; ///< of the entry in the file
    std::vector<casefile::FrozenTable> tables;
};

/// Where `freeze` puts its file: case.toml gives case.frozen.toml in the same folder.
[[nodiscard]] std::filesystem::path frozen_path(std::filesystem::path const& case_file);

/// Writes the file, each former entry kept, and beside it the request for a time stamp (RFC 3161, .tsq;
/// from the second entry on .2.tsq and so on).
///
/// \throws Error usage         the file is there, and `again` is not set
/// \throws Error domain        nothing that is frozen has changed since the last entry
/// \throws Error insufficient  the case compares nothing
/// \throws Error limits        the text is longer than the format holds
/// \throws Error               what load_case, parse_frozen and write_file throw
Frozen freeze_case(FreezeSettings const& settings);

/// Of the file beside the case; nothing where there is none.
/// \throws Error  what read_text and parse_frozen throw
[[nodiscard]] std::optional<std::vector<casefile::FrozenEntry>>
find_frozen(std::filesystem::path const& case_file);

/// What the note says of frozen entries. \pre at least one entry
[[nodiscard]] report::NoteFrozen to_note_frozen(std::vector<casefile::FrozenEntry> const& entries,
                                                std::string const& case_text,
                                                std::string const& case_name);

} // namespace cmq::pipeline
