// SPDX-License-Identifier: GPL-3.0-or-later

/// \file
/// RDML files (a zip of XML) to a table of cycles.

#pragma once

#include "lab/code/reader/unpack_reads.hpp"

#include <span>

namespace cmq::lab {

/// Writes the wells as the CSV that parse_qpcr reads: Well, Sample, Target, Cq, SQ.
///
/// Cycles that are not above 0 count as not detected. SQ: quantities of samples of type std in copies ("cop"); other units
/// are left out. Samples of type ntc, nac and ntp have SQ 0.
/// Source: RDML 1.1 to 1.3, S. Lefever et al., Nucleic Acids Res. 37 (2009) 2065, rdml.org.
[[nodiscard]] ReaderStatus unpack_rdml(std::span<char const> bytes, TextSink const& sink);

} // namespace cmq::lab
