// SPDX-License-Identifier: GPL-3.0-or-later

/// \file
/// One Sanger sequence with its qualities, its mixed peaks and the facts of its run.

#pragma once

#include "lab/code/abif.hpp"

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace cmq::lab {

/// A second peak under a called base.
struct MixedPeak {
    std::size_t base = 0; ///< from 0
    char second = 'N';
    double ratio = 0.0; ///< height of the second peak over that of the called base
};

struct SangerTrace {
    std::string_view format; ///< "abif", "scf", "ztr"
    std::string sample;      ///< each fact "" where the file has none
    std::string well;
    std::string dye;
    std::string instrument; ///< model
    std::string machine;
    std::string operator_name;
    std::string run;
    std::string run_start; ///< "2010-01-27 09:52:45", the instrument's clock
    std::string run_finish;
    std::string bases;                   ///< upper case; N where none was called
    std::vector<std::uint8_t> qualities; ///< Phred, one for each base
    std::size_t good_begin = 0;          ///< the part that can be read: see find_good_part
    std::size_t good_end = 0;
    std::vector<MixedPeak> mixed; ///< within that part
};

/// A second peak counts from this share of the first.
inline constexpr double least_mixed_ratio = 1.0 / 3.0;

/// Whether the bytes begin as ABIF, SCF or ZTR.
[[nodiscard]] bool is_sanger(std::span<std::byte const> bytes) noexcept;

/// What an ABIF file with called bases says. \throws Error as read_sanger
[[nodiscard]] SangerTrace to_sanger(Abif const& abif);

/// Reads .ab1 (our own reader), SCF and ZTR (io_lib) in the program contremarque-code-reader, under limits.
/// \throws Error format        damaged, or without bases or their qualities
/// \throws Error unsupported   ABIF without called bases: a run of fragments; no filter of system calls
/// \throws Error limits        reading reached a limit
[[nodiscard]] SangerTrace read_sanger(std::span<std::byte const> bytes,
                                      std::filesystem::path const& reader);

/// The part of a sequence in which the errors expected at 5 % a base are not reached: the run of bases with the
/// greatest sum of 0.05 - error probability. Empty where no base is better than that.
/// Source: R. Mott's trimming, as in phred.
struct GoodPart {
    std::size_t begin = 0;
    std::size_t end = 0;
};

[[nodiscard]] GoodPart find_good_part(std::span<std::uint8_t const> qualities) noexcept;

/// Second peaks of at least least_mixed_ratio under the bases of the good part.
/// \param traces     heights of A, C, G, T, in this order, of equal lengths
/// \param positions  where each base was called; those outside the traces are passed over
[[nodiscard]] std::vector<MixedPeak>
find_mixed_peaks(std::string_view bases,
                 std::span<std::vector<std::int32_t> const> traces,
                 std::span<std::int64_t const> positions,
                 GoodPart part);

} // namespace cmq::lab
