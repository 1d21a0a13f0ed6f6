// SPDX-License-Identifier: GPL-3.0-or-later

/// \file
/// What a case lacks and should be requested, worked out from what it holds.

#pragma once

#include "report/note.hpp"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace cmq::report {

/// In the order in which they are printed. to_text() gives the name for JSON.
enum class MissingItem : std::uint8_t {
    raw_files,
    blanks,
    lot_reference,
    dark_frame,
    ambient,
    visible,
    scale,
    lamp,
    filter,
    unexamined_zones,
    code_reading,
    lot_register,
    glove_log,
    who_fired,
    examination_time,
    population,
    look_alike_frequency,
    product_data,
    laboratory_validation,
    propositions_record,
};

[[nodiscard]] std::string_view to_text(MissingItem item) noexcept;

/// One thing that is not in the case; details are ids of the captures or zones concerned.
struct Missing {
    MissingItem item = MissingItem::raw_files;
    std::vector<std::string> details;
};

/// Works the list out: only what the case does not hold, and does not name as held ([case] held). Some things
/// no case file can hold (who fired, the register of lots, the laboratory's validation): they are on every
/// list unless so named.
[[nodiscard]] std::vector<Missing> find_missing(NoteInput const& input);

/// Zones of the case without a finding that says anything: not examined, or not reported. Objects and places
/// that only carry marker between people count too.
[[nodiscard]] std::vector<std::string> unexamined_zones(NoteInput const& input);

} // namespace cmq::report
