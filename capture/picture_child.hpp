// SPDX-License-Identifier: GPL-3.0-or-later

/// \file
/// How the picture reader program is started, for tags and for samples alike.

#pragma once

#include "capture/read_tags.hpp"
#include "core/error.hpp"
#include "system/limited_child.hpp"

#include <cstddef>
#include <span>

namespace cmq::capture {

enum class ReaderTask : std::uint8_t { tags, samples };

[[nodiscard]] ChildLimits
picture_limits(std::size_t file_bytes, PictureSettings const& settings, ReaderTask task);

/// \throws Error io        it cannot be started
/// \throws Error internal  it ended by itself without an answer
[[nodiscard]] ChildResult run_picture_reader(std::span<std::byte const> bytes,
                                             PictureSettings const& settings,
                                             ReaderTask task);

/// \throws Error unsupported
[[noreturn]] void refuse_without_filter();

/// \throws Error internal
[[noreturn]] void refuse_other_version();

} // namespace cmq::capture
