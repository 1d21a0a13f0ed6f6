// SPDX-License-Identifier: GPL-3.0-or-later

/// \file
/// What the parts of counsel's working note share.

#pragma once

#include "report/note_writer.hpp"
#include "report/working_note.hpp"

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

namespace cmq::report {

using casefile::RequestTexts;

/// The working note as it grows, and how it names things.
class Working {
public:
    Working(WorkingInput const& input, RequestTexts const& texts, Language language);

    [[nodiscard]] WorkingInput const& input() const noexcept { return input_; }

    [[nodiscard]] casefile::Case const& file() const noexcept { return input_.note.file; }

    [[nodiscard]] RequestTexts const& texts() const noexcept { return texts_; }

    [[nodiscard]] NoteWriter& writer() noexcept { return writer_; }

    [[nodiscard]] NoteWriter const& writer() const noexcept { return writer_; }

    [[nodiscard]] std::string say(casefile::Bilingual const& text) const;
    [[nodiscard]] std::string pair_text(lab::Evaluation const& evaluation) const;

    /// As in the note for the court: one figure, and the cap.
    [[nodiscard]] std::string ratio_text(std::optional<double> log10_value) const;
    [[nodiscard]] std::string request_title(std::string const& id) const;

    /// The request and what it is about.
    [[nodiscard]] std::string effect_name(RequestEffect const& effect) const;
    [[nodiscard]] std::string answer_text(RequestEffect const& effect, bool first) const;

    /// Whether a reader would see another number than now.
    [[nodiscard]] bool is_seen(std::optional<double> then, double now) const;
    [[nodiscard]] std::vector<RequestEffect> largest_first(std::size_t comparison,
                                                           double now) const;

private:
    [[nodiscard]] std::string subject_text(RequestEffect const& effect) const;

    WorkingInput const& input_;
    RequestTexts const& texts_;
    NoteWriter writer_;
};

/// How far the answers move the value: the larger of the two, without sign. Answers without a number move nothing.
[[nodiscard]] double largest_change(RequestEffect const& effect, double now);

void add_request_effects(Working& working);
void add_weak_points(Working& working);

} // namespace cmq::report
