// SPDX-License-Identifier: GPL-3.0-or-later

/// \file
/// SCF and ZTR traces to lines of text, by io_lib.

#pragma once

#include "lab/code/reader/unpack_reads.hpp"

#include <span>

namespace cmq::lab {

/// Lines "name", "machine", "bases", "qualities", "positions", "A", "C", "G", "T", each with its values behind a blank.
/// \param bytes  of the file; io_lib takes them over as they are
[[nodiscard]] ReaderStatus unpack_trace(std::span<char> bytes, TextSink const& sink);

} // namespace cmq::lab
