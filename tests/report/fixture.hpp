// SPDX-License-Identifier: GPL-3.0-or-later

/// \file
/// A made-up case with everything that a note can print.

#pragma once

#include "report/note.hpp"

namespace cmq::report::fixture {

/// Hp (hit) against Hd (contact), and Hp against Hn (not the marker); one evidence capture with two traces,
/// two blanks, a typed observation, a zone not examined. log10 LR of the first pair 1.5, of the second 2.6.
[[nodiscard]] NoteInput make_input();

/// The first case with a match that has files and controls, and a code that a laboratory only reports.
[[nodiscard]] NoteInput make_readings_input();

/// The same case with nothing in it but one observation and one pair.
[[nodiscard]] NoteInput make_small_input();

/// The first pair of make_input alone, as (Hp, Hd) or turned round as (Hd, Hp).
[[nodiscard]] NoteInput make_pair_input(bool swapped);

/// All text of a document, one line a block part.
[[nodiscard]] std::string all_text(Document const& document);

/// A frame of height x width photosites at level_dn with a bright spot.
[[nodiscard]] Frame make_frame(std::ptrdiff_t height, std::ptrdiff_t width, float level_dn);

} // namespace cmq::report::fixture
