// SPDX-License-Identifier: GPL-3.0-or-later

/// \file
/// Time stamps and signatures that lie beside a file: note.fr.pdf.tsr, note.fr.pdf.p7s.

#pragma once

#include "apps/pipeline/verify.hpp"
#include "report/note.hpp"

#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace cmq::pipeline {

/// The file that an attestation's name is of: "a.pdf.tsr", "a.pdf.tsq" and "a.pdf.p7s" are of "a.pdf"; "" for others.
[[nodiscard]] std::string attested_file(std::string_view name);

/// What lies beside a file, each against its bytes: .tsq without .tsr, .tsr, .p7s, in this order. Nothing where
/// nothing lies there.
/// \param authorities_pem  as in check_timestamp
/// \throws Error format  authorities_pem holds no certificate
[[nodiscard]] std::vector<Check>
check_attestations(std::filesystem::path const& file,
                   std::optional<std::string> const& authorities_pem);

/// The certificates of a file, of a MiB at most.
/// \throws Error io      the file cannot be read
/// \throws Error format  it holds no certificate; the sentence names the file
[[nodiscard]] std::string read_authorities(std::filesystem::path const& file);

/// The time stamp of what was frozen: `NAME.frozen.tsr` (from the second time on `NAME.frozen.2.tsr` and so on) of the
/// folder against the hash of the frozen text; else its request. Where neither lies there, or no folder is given, that
/// it was not checked.
/// \param case_name  "case.toml"
/// \throws Error format  as check_attestations
[[nodiscard]] Check check_frozen_stamp(std::optional<std::filesystem::path> const& folder,
                                       std::string const& case_name,
                                       report::NoteFrozen const& frozen,
                                       std::optional<std::string> const& authorities_pem);

struct Stamped {
    std::filesystem::path file;
    std::optional<std::filesystem::path> request; ///< written now
    std::vector<Check> checks; ///< of what lay beside the file, and of the request
};

/// Writes the request for a time stamp, FILE.tsq, beside a file where there is neither a reply (FILE.tsr) nor a request,
/// and checks what lies beside it. Of a folder that analyse or report wrote, its manifest.json, which names the hashes
/// of all its files.
/// \throws Error io     the file cannot be read, a folder has no manifest, or the request cannot be written
/// \throws Error        as check_attestations; nothing is written then
[[nodiscard]] Stamped stamp_file(std::filesystem::path const& file_or_folder,
                                 std::optional<std::string> const& authorities_pem);

} // namespace cmq::pipeline
