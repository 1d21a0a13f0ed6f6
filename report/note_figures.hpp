// SPDX-License-Identifier: GPL-3.0-or-later

/// \file
/// Figures of the note beside those of an evaluation (note_writer.hpp): routes, detection, blanks, sizes, colours. Each
/// with its numbers as a table and an alternative text; lines are told apart by their dashes too.

#pragma once

#include "report/note_writer.hpp"

#include <optional>
#include <variant>
#include <vector>

namespace cmq::report {

/// Lanes of zones and objects over time, with what each compared proposition includes; none where none includes
/// a delivery, an event or an examination.
[[nodiscard]] std::optional<Chart> make_routes_chart(NoteWriter const& writer);

/// For each compared proposition that includes anything: a drawing of the routes of the marker, or their table where
/// they are too many to be drawn (more than 12 boxes, 16 steps or 24 lines). Numbers are those of account_steps.
[[nodiscard]] std::vector<std::variant<Chart, TableBlock>> make_networks(NoteWriter const& writer);

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

/// What a caption adds where only so many of all traces are drawn; "" where all of them are.
[[nodiscard]] std::string brightest(NoteWriter const& writer, std::size_t drawn, std::size_t all);

/// The ratio of the colour of each of the brightest traces with its range over the other materials, and its verdict;
/// none where no trace has a ratio.
[[nodiscard]] std::optional<Chart> make_colour_ratios_chart(NoteWriter const& writer,
                                                            NoteDetection const& detection);

} // namespace cmq::report
