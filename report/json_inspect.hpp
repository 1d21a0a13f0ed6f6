// SPDX-License-Identifier: GPL-3.0-or-later

/// \file
/// What a camera file is, as one JSON object.

#pragma once

#include "capture/read_capture.hpp"

#include <string>
#include <string_view>

namespace cmq::report {

/// The text of one object for json_envelope: file, sha256, bytes, decoder, image, black, white_level_dn,
/// saturation, noise, masked, metadata, simulated, bits_per_photosite, warnings. Per-plane values are
/// {r, g1, g2, b}; what the file does not say is null. Keys: docs/cli/inspect.md.
[[nodiscard]] std::string json_inspect(capture::Capture const& capture, std::string_view file);

} // namespace cmq::report
