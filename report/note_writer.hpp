// SPDX-License-Identifier: GPL-3.0-or-later

/// \file
/// What the parts of a note share: the input, the language, the document that grows.

#pragma once

#include "report/facts.hpp"
#include "report/missing.hpp"
#include "report/note.hpp"
#include "report/phrase.hpp"

#include <initializer_list>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

namespace cmq::report {

class NoteWriter {
public:
    NoteWriter(NoteInput const& input, Language language, NoteForm const& form = {})
        : input_{input}
        , language_{language}
        , form_{form} {
        document_.language = language;
    }

    [[nodiscard]] NoteInput const& input() const noexcept { return input_; }

    [[nodiscard]] casefile::Case const& file() const noexcept { return input_.file; }

    [[nodiscard]] Language language() const noexcept { return language_; }

    [[nodiscard]] NoteForm const& form() const noexcept { return form_; }

    [[nodiscard]] Document& document() noexcept { return document_; }

    [[nodiscard]] Document take() { return std::move(document_); }

    [[nodiscard]] std::string say(Phrase const& phrase,
                                  std::initializer_list<Blank> blanks = {}) const {
        return report::say(phrase, language_, blanks);
    }

    /// A heading of level 1 takes the next number: "3. Les observations".
    void section(Phrase const& title, std::string anchor);
    void heading(int level, std::string text, std::string anchor);
    void paragraph(std::string text, ParagraphStyle style = ParagraphStyle::body);
    void list(std::vector<std::string> const& items, bool numbered = false);

    /// Appends one block. Built in place: g++ 12 takes the other alternatives of a moved variant for
    /// uninitialized.
    template <class Part>
    void add(Part part) {
        document_.blocks.emplace_back(std::in_place_type<Part>, std::move(part));
    }

    /// A column with its heading; weight is its share of the width.
    [[nodiscard]] TableColumn
    column(Phrase const& heading, double weight = 1.0, Alignment alignment = Alignment::left) const;

    // Numbers in the note's language
    [[nodiscard]] std::string count(std::size_t value) const;
    [[nodiscard]] std::string rounded(double value, int digits) const;
    [[nodiscard]] std::string ratio(double log10_value, int digits = 1) const;
    [[nodiscard]] std::string factor(double log10_value, int digits = 1) const;

    // Names in the note's language
    [[nodiscard]] std::string zone(std::string_view id) const {
        return zone_label(file(), id, language_);
    }

    [[nodiscard]] std::string zones(std::vector<std::string> const& ids) const;
    [[nodiscard]] std::string joined(std::vector<std::string> const& items,
                                     std::string_view between = ", ") const;
    [[nodiscard]] std::string proposition_text(std::string_view id) const;
    [[nodiscard]] std::string parameter_label(std::string_view name) const;
    [[nodiscard]] std::string capture_role(casefile::Capture const& capture) const;

private:
    NoteInput const& input_;
    Language language_;
    NoteForm form_;
    Document document_;
    int sections_ = 0;
};

[[nodiscard]] inline Text plain(std::string text) {
    return {Run{std::move(text), TextStyle::normal}};
}

[[nodiscard]] inline Text bold(std::string text) {
    return {Run{std::move(text), TextStyle::bold}};
}

[[nodiscard]] inline Text mono(std::string text) {
    return {Run{std::move(text), TextStyle::mono}};
}

/// The text up to so many bytes and the end of a word, with an ellipsis where something was left out.
[[nodiscard]] std::string cut_text(std::string text, std::size_t longest);

// The parts, in the order of the note.
void add_front(NoteWriter& writer);
void add_summary(NoteWriter& writer);
void add_frozen(NoteWriter const& writer, TableBlock& about);
void add_findings(NoteWriter& writer);
/// \param people  whose zones to speak of ("P1" of "P1.right_hand"); none: of all
void add_unexamined(NoteWriter& writer, std::vector<std::string> const& people = {});
void add_reported(NoteWriter& writer);
void add_reported_table(NoteWriter& writer);
void add_capture_findings(NoteWriter& writer, NoteDetection const& detection);

/// What the colours of its traces say of their source; nothing in a case without colour classes.
void add_colours(NoteWriter& writer, NoteDetection const& detection);
void add_blanks(NoteWriter& writer);
void add_not_examined(NoteWriter& writer);

/// What the codes that were read prove and do not; nothing in a case without readings.
void add_codes(NoteWriter& writer);

/// What a reading says, in a clause: "match with lot L-12"; and what became of it: "weighed with the zone".
[[nodiscard]] std::string reading_result(NoteWriter const& writer, NoteReading const& reading);
[[nodiscard]] std::string reading_use(NoteWriter const& writer, NoteReading const& reading);

/// What the readings of codes change of a value; nothing where none is weighed.
void add_without_codes(NoteWriter& writer, lab::Evaluation const& evaluation);

/// "sample", or the kind of control.
[[nodiscard]] std::string reading_file_role(NoteWriter const& writer, NoteReadingFile const& file);
void add_meaning(NoteWriter& writer);
void add_propositions(NoteWriter& writer);
void add_value(NoteWriter& writer);
void add_evaluation(NoteWriter& writer, lab::Evaluation const& evaluation, std::size_t number);
void add_assigned(NoteWriter& writer, lab::Evaluation const& evaluation);
void add_conditional(NoteWriter& writer, lab::Evaluation const& evaluation);
void add_stated_probabilities(NoteWriter& writer);
/// One route of the first comparison for a pocket calculator: in the annex alone.
/// \pre where there is one, there is an evaluation
void add_by_hand(NoteWriter& writer);
void add_missing(NoteWriter& writer);
void add_questions(NoteWriter& writer);
void add_assumptions(NoteWriter& writer);
void add_methods(NoteWriter& writer);
void add_files(NoteWriter& writer);
/// What sources say of the claims that the case names; nothing where it names none.
void add_claims(NoteWriter& writer);
/// What the case tells beside findings; nothing where it tells nothing.
void add_circumstances(NoteWriter& writer);
/// Exhibits under seal as the case states them; where it states none, a sentence for an expert of the court.
void add_seals(NoteWriter& writer);
void add_recompute(NoteWriter& writer);
void add_glossary(NoteWriter& writer);

/// One sentence for the first `most` comparisons together, with a capital and a full stop.
[[nodiscard]] std::string lead_sentence(NoteWriter const& writer, std::size_t most);

/// What was found on a zone: "fluorescence observée", "quantité totale : ..."; "" where it was not examined.
[[nodiscard]] std::string finding_text(NoteWriter const& writer, NoteFinding const& finding);

/// What is missing, with its details in brackets.
[[nodiscard]] std::string missing_text(NoteWriter const& writer, Missing const& missing);

/// Who chose the propositions, and when.
[[nodiscard]] std::string choice_text(NoteWriter const& writer, casefile::ReportHead const& head);

/// Title, subtitle, banners and what else stands on each page.
void set_document(NoteWriter& writer);

/// The sentence with the number: which proposition the findings support and by what factor.
[[nodiscard]] std::string answer_sentence(NoteWriter const& writer,
                                          lab::Evaluation const& evaluation);

/// The sentence on the sensitivity range, or on its lack.
[[nodiscard]] std::string range_sentence(NoteWriter const& writer,
                                         lab::Evaluation const& evaluation);

/// Document, page, author, date and words of what was transcribed.
[[nodiscard]] std::string source_text(NoteWriter const& writer, casefile::Source const& source);

/// What the case calls a delivery or a route of contamination.
[[nodiscard]] std::string delivery_text(NoteWriter const& writer, std::string const& id);

/// What the case calls an event.
[[nodiscard]] std::string event_text(NoteWriter const& writer, std::string const& id);

/// Why there is no number, as a clause.
[[nodiscard]] std::string withheld_clause(NoteWriter const& writer,
                                          lab::Evaluation const& evaluation);

/// The printed value of h1 over h2 as a ratio: "30", "1/30", "plus de 100"; "non donnée".
[[nodiscard]] std::string printed_ratio(NoteWriter const& writer,
                                        lab::Evaluation const& evaluation);

/// Whether it lies beyond what a validation supports, on either side.
[[nodiscard]] bool is_beyond_cap(double log10_value);

/// A ratio that is not asserted beyond the cap: "30", "1/30", "plus de 100", "moins de 1/100".
[[nodiscard]] std::string capped_ratio(NoteWriter const& writer, double log10_value, int digits);

// Charts of an evaluation; each with its table of numbers.
[[nodiscard]] Chart make_value_chart(NoteWriter const& writer);
[[nodiscard]] Chart make_tornado_chart(NoteWriter const& writer, lab::Evaluation const& evaluation);
[[nodiscard]] Chart make_curve_chart(NoteWriter const& writer,
                                     lab::Evaluation const& evaluation,
                                     lab::Curve const& curve);

/// A parameter's value with its unit: durations as durations, shares in percent below one.
[[nodiscard]] std::string
parameter_value(NoteWriter const& writer, std::string_view name, double value);

} // namespace cmq::report
