// SPDX-License-Identifier: GPL-3.0-or-later

/// \file
/// What document and JSON both work out from a NoteInput, so that they cannot differ.

#pragma once

#include "report/note.hpp"

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace cmq::report {

/// An observation of the case transcribes a code.
[[nodiscard]] bool has_reported_code(casefile::Case const& file);

/// The same, or a [[reading]] of the case tells of a laboratory's work, whatever it found.
[[nodiscard]] bool has_reading(casefile::Case const& file);

/// A code was read, by an observation or in a [[reading]].
[[nodiscard]] bool has_code(NoteInput const& input);

/// The proposition stands in a comparison; others stay with whoever wrote them.
[[nodiscard]] bool is_compared(casefile::Case const& file, std::string_view proposition);

/// Every look-alike of the case has a prevalence, there is at least one, and no evaluation says otherwise.
[[nodiscard]] bool look_alike_has_data(NoteInput const& input);

/// "if the mark is the marker" belongs into the sentence with the number.
[[nodiscard]] bool says_if_marker(lab::Evaluation const& evaluation);

/// The parameters of all evaluations, each name once, in the order of first use.
[[nodiscard]] std::vector<lab::Parameter> used_parameters(NoteInput const& input);

/// Of so many people none was counted: the share that would still give none in 1 of 20 surveys is about
/// this. Source: J. A. Hanley, A. Lippman-Hand, JAMA 249 (1983) 1743. \pre checked >= 1
[[nodiscard]] double rule_of_three(int checked);

struct GradeCount {
    std::size_t all = 0;
    std::size_t product = 0;
    std::size_t proxy = 0;
    std::size_t judgement = 0;
};

[[nodiscard]] GradeCount count_grades(std::vector<lab::Parameter> const& parameters);

/// A range of log10 ratios seen from the side that the value supports: low is the end furthest from it.
struct OrientedRange {
    std::string winner;
    std::string loser;
    double low = 0.0; ///< log10 in favour of winner
    double high = 0.0;
};

/// The range as it is told: the same for (h1, h2) as for (h2, h1).
/// \pre evaluation.sensitivity has a value
[[nodiscard]] OrientedRange orient_range(lab::Evaluation const& evaluation);

/// The two propositions in the order in which the answer names them: the supported one first; where
/// neither is, by id. The same for (h1, h2) as for (h2, h1).
struct NamedSides {
    std::string winner;
    std::string loser;
};

[[nodiscard]] NamedSides name_sides(lab::Evaluation const& evaluation);

/// What was found, by whether it is dated after the day on which the propositions were frozen. Each is the
/// id of an observation, of a reading, or of a capture of role evidence.
struct ResultsByDay {
    std::vector<std::string> after;
    std::vector<std::string> before;
    std::vector<std::string> same_day; ///< dates have no hours here: the order cannot be told
    std::vector<std::string> undated;
};

/// An observation has the day of its examination where the case gives one, and that of its document; the
/// earlier one counts. A capture has the day of the camera's clock.
/// \pre input.frozen has a value
[[nodiscard]] ResultsByDay results_by_day(NoteInput const& input);

/// The case says of its propositions what the frozen file or the dates of its results contradict.
enum class Contradiction : std::uint8_t {
    chosen_after_frozen,
    results_unknown_but_before,
    results_known_but_none_before,
};

/// \pre input.frozen has a value
[[nodiscard]] std::vector<Contradiction> find_contradictions(NoteInput const& input);

/// The entry of that id, or nullptr.
[[nodiscard]] casefile::Capture const* find_capture(casefile::Case const& file,
                                                    std::string_view id);
[[nodiscard]] casefile::Carrier const* find_carrier(casefile::Case const& file,
                                                    std::string_view id);
[[nodiscard]] casefile::Observation const* find_observation(casefile::Case const& file,
                                                            std::string_view id);
[[nodiscard]] casefile::Proposition const* find_proposition(casefile::Case const& file,
                                                            std::string_view id);
[[nodiscard]] NoteCapture const* find_note_capture(NoteInput const& input, std::string_view id);

/// The total that the blanks are compared with: as given, else that of the finding measured on the capture.
[[nodiscard]] std::optional<double> evidence_total(NoteInput const& input,
                                                   NoteBlanks const& blanks);

[[nodiscard]] std::string const& text_in(casefile::Bilingual const& text, Language language);

/// The zone's label where the case gives one, else its id.
[[nodiscard]] std::string
zone_label(casefile::Case const& file, std::string_view id, Language language);

} // namespace cmq::report
