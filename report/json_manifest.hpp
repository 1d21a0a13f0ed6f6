// SPDX-License-Identifier: GPL-3.0-or-later

/// \file
/// manifest.json: the size and SHA-256 of every file of a run.

#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace cmq::report {

struct ManifestEntry {
    std::string file; ///< name in the folder, no path
    std::uint64_t bytes = 0;
    std::string sha256;

    friend bool operator==(ManifestEntry const&, ManifestEntry const&) = default;
};

/// The JSON text. Its last key holds the SHA-256 of version and entries, so that the manifest itself cannot
/// be changed by accident either.
[[nodiscard]] std::string json_manifest(std::span<ManifestEntry const> entries);

/// Reads it back, to the byte: a manifest that json_manifest() would write otherwise is refused.
/// \throws Error integrity  it was changed, or never was a manifest
[[nodiscard]] std::vector<ManifestEntry> read_manifest(std::string_view text);

} // namespace cmq::report
