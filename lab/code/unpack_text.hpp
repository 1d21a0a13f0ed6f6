// SPDX-License-Identifier: GPL-3.0-or-later

/// \file
/// Reads from a file as FASTQ text, whatever they are packed in.

#pragma once

#include <cstddef>
#include <filesystem>
#include <span>
#include <string>
#include <vector>

namespace cmq::lab {

/// Whether the bytes begin as gzip, BAM among it.
[[nodiscard]] bool is_packed(std::span<std::byte const> bytes) noexcept;

/// Plain bytes as they are; gzip and BAM by the program contremarque-code-reader under limits of time, memory and system
/// calls. Of BAM, primary records in the direction in which they were read.
/// \throws Error format       damaged or cut short
/// \throws Error unsupported  BAM without qualities; no filter of system calls on this machine
/// \throws Error limits       more than 1 GiB unpacked, or a limit of time
/// \throws Error io           the program cannot be started
[[nodiscard]] std::string unpack_text(std::span<std::byte const> bytes,
                                      std::filesystem::path const& reader);

/// The text that the program makes of bytes with these arguments: none for reads, "trace" for SCF and ZTR.
/// \throws Error  as unpack_text
[[nodiscard]] std::string unpack_in_child(std::span<std::byte const> bytes,
                                          std::filesystem::path const& reader,
                                          std::vector<std::string> const& arguments);

} // namespace cmq::lab
