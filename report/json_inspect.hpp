// SPDX-License-Identifier: GPL-3.0-or-later

/// \file
/// What a camera file is, as one JSON object.

#pragma once

#include "capture/examine_file.hpp"
#include "capture/identifying.hpp"
#include "capture/read_capture.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace cmq::report {

/// What --identifying was answered: the tags, or nothing where this kind of file keeps them elsewhere.
struct Identifying {
    std::optional<std::vector<capture::IdentifyingTag>> tags;
};

/// The text of one object for json_envelope: file, sha256, bytes, decoder, image, black, white_level_dn,
/// saturation, noise, masked, metadata, simulated, bits_per_photosite, warnings. Per-plane values are
/// {r, g1, g2, b}; what the file does not say is null. Keys: docs/cli/inspect.md.
/// \param identifying  where asked for: the list of {tag, value} under that key; null where they cannot be found
[[nodiscard]] std::string json_inspect(capture::Capture const& capture,
                                       std::string_view file,
                                       std::optional<Identifying> const& identifying = {});

/// The same of a file of any kind, with `worth` {grade, reasons, facts, not_found_means, at} behind `file`; of a
/// picture file, sha256, bytes, worth, picture, metadata.
[[nodiscard]] std::string json_inspect(capture::Examination const& seen,
                                       std::string_view file,
                                       std::optional<Identifying> const& identifying = {});

} // namespace cmq::report
