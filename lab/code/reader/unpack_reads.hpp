// SPDX-License-Identifier: GPL-3.0-or-later

/// \file
/// Compressed reads to FASTQ text, by htslib.

#pragma once

#include "lab/code/reader/answer.hpp"

#include <functional>
#include <string_view>

namespace cmq::lab {

/// Takes pieces of the text in order; false stops the reading.
using TextSink = std::function<bool(std::string_view)>;

/// The text of what the descriptor holds: gzip of any text, or BAM, of which primary records are written in the
/// direction in which they were read. Takes the descriptor over.
[[nodiscard]] ReaderStatus unpack_reads(int descriptor, TextSink const& sink);

} // namespace cmq::lab
