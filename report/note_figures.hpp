// SPDX-License-Identifier: GPL-3.0-or-later

/// \file
/// Figures of the note beside those of an evaluation (note_writer.hpp): routes, detection, blanks, sizes, colours. Each
/// with its numbers as a table and an alternative text; lines are told apart by their dashes too.

#pragma once

#include "report/note_writer.hpp"

#include <optional>

namespace cmq::report {

/// Lanes of zones and objects over time, with what each compared proposition includes; none where none includes
/// a delivery, an event or an examination.
[[nodiscard]] std::optional<Chart> make_routes_chart(NoteWriter const& writer);

/// The detection curves that the computation used, for each way of examining that the findings had; none without
/// a parameter of their slopes.
[[nodiscard]] std::optional<Chart> make_detection_chart(NoteWriter const& writer);

/// Blanks, critical value and evidence; none without a critical value above 0, or without the evidence's total.
[[nodiscard]] std::optional<Chart> make_blanks_chart(NoteWriter const& writer,
                                                     NoteBlanks const& blanks);

/// Cumulative distribution of areas; none with fewer than five traces.
[[nodiscard]] std::optional<Chart> make_sizes_chart(NoteWriter const& writer,
                                                    NoteDetection const& detection);

/// Shares of green and blue of the brightest traces with their uncertainty, by verdict; none without colours.
[[nodiscard]] std::optional<Chart> make_shares_chart(NoteWriter const& writer,
                                                     NoteDetection const& detection);

} // namespace cmq::report
