// SPDX-License-Identifier: GPL-3.0-or-later

/// \file
/// The notes of a folder against those made again.

#pragma once

#include "apps/pipeline/verify.hpp"
#include "report/note.hpp"
#include "report/renderer.hpp"

#include <filesystem>
#include <vector>

namespace cmq::pipeline {

/// Makes the notes of which the folder holds any, and compares each byte; one of them at a time stands in memory.
/// A note that differs is bad where this version made the case, else not checked; so are PDF and HTML without a
/// renderer.
[[nodiscard]] std::vector<Check> check_notes(std::filesystem::path const& folder,
                                             report::NoteInput const& input,
                                             report::Renderer const& renderer);

} // namespace cmq::pipeline
