// SPDX-License-Identifier: GPL-3.0-or-later

/// \file
/// ABIF files to their values one after the other.

#pragma once

#include "lab/code/reader/unpack_reads.hpp"

#include <span>

namespace cmq::lab {

/// Writes flat_abif of the file.
[[nodiscard]] ReaderStatus unpack_abif(std::span<char const> bytes, TextSink const& sink);

} // namespace cmq::lab
