// SPDX-License-Identifier: GPL-3.0-or-later

/// \file
/// Quantification cycles of wells as comma-separated text.

#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace cmq::lab {

/// One well of one target.
struct QpcrWell {
    std::size_t line = 0; ///< of the text, the header being line 1
    std::string well;
    std::string sample;
    std::string target;
    std::optional<double> cq;     ///< none: not detected
    std::optional<double> copies; ///< of a standard; none: not a standard
    bool is_blank = false;        ///< a no-template control
};

struct QpcrTable {
    std::vector<QpcrWell> wells;
};

inline constexpr std::size_t most_wells = 100'000;

/// Whether a text begins as such a table: a first line with a column Cq, Ct or Cp.
[[nodiscard]] bool is_qpcr_table(std::string_view text) noexcept;

/// Columns, in any order and case: Cq (also Ct, Cp), and optionally Well, Sample, Target (also Gene), SQ (also Quantity,
/// Copies: of standards); others are passed over. A Cq that is empty, NaN, NA, N/A or Undetermined is not detected, SQ
/// likewise no standard. No-template controls: SQ 0, or a sample whose name begins with NTC, NC, NEG, BLANK or H2O.
/// \throws Error format        no CSV, no column Cq, a cell that is no number, a Cq not in (0, 100], copies below 0; the
///                             sentence names line and column
/// \throws Error insufficient  no wells
/// \throws Error limits        more than most_wells
[[nodiscard]] QpcrTable parse_qpcr(std::string_view text);

} // namespace cmq::lab
