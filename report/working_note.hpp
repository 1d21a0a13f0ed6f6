// SPDX-License-Identifier: GPL-3.0-or-later

/// \file
/// Counsel's working note: the accounts that were tried, what each request could change, the weak points. It is
/// covered by professional secrecy and attached to nothing.

#pragma once

#include "casefile/counsel.hpp"
#include "casefile/request_texts.hpp"
#include "report/note.hpp"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace cmq::report {

/// What an answer to a request would settle. Each has a first and a second possible answer.
enum class EffectKind : std::uint8_t {
    gloves,      ///< a route of contamination: it did not happen; it did
    zone,        ///< a zone not yet examined: something glows; nothing does
    look_alikes, ///< of the people checked few glow without marker; many do
    marker, ///< the laboratory shows that the mark is the marker; the other answer ends the question
    delivery_times, ///< every delivery at the earliest minute stated; at the latest
    parameter,      ///< a parameter measured at the low end of what is believed; at the high end
};

/// What the two answers to one request would make of the value of one comparison.
struct RequestEffect {
    EffectKind kind = EffectKind::zone;
    std::string request; ///< id of the request that asks for it
    std::string subject; ///< id of the zone, contamination or parameter; "" where there is none
    double first_value = 0.0;           ///< of a parameter or share of people: at the first answer
    double second_value = 0.0;          ///< at the second
    std::optional<double> log10_first;  ///< h1 over h2; none: no number
    std::optional<double> log10_second; ///< the same at the second answer
};

struct WorkingInput {
    NoteInput note; ///< the case with what was tried; evaluations of all its comparisons, in order
    casefile::Counsel counsel;
    std::size_t compared = 0; ///< the first so many comparisons are those of the court's note
    std::vector<std::vector<RequestEffect>> effects; ///< for each of those
};

/// Makes the working note in one language.
/// \pre note.evaluations has one for each comparison of note.file; effects has `compared` entries
[[nodiscard]] Document make_working_note(WorkingInput const& input,
                                         casefile::RequestTexts const& texts,
                                         Language language);

} // namespace cmq::report
