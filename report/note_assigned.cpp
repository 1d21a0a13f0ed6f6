// SPDX-License-Identifier: GPL-3.0-or-later

#include "report/note_writer.hpp"
#include "report/phrases/assigned.hpp"
#include "report/phrases/value.hpp"

#include <algorithm>
#include <utility>

namespace cmq::report {

namespace {

std::string why_text(NoteWriter const& writer, lab::Assigned const& assigned) {
    std::string const& reasons =
        writer.language() == Language::french ? assigned.reasons_fr : assigned.reasons_en;
    if (assigned.date.empty()) {
        return writer.say(phrases::assigned_by_undated,
                          {{"author", assigned.author}, {"reasons", reasons}});
    }
    return writer.say(phrases::assigned_by_on,
                      {{"author", assigned.author},
                       {"date", date_text(assigned.date, writer.language())},
                       {"reasons", reasons}});
}

std::string probability_text(NoteWriter const& writer, lab::Assigned const& assigned) {
    std::string const value = writer.rounded(assigned.probability, 2);
    if (!assigned.low && !assigned.high) {
        return value;
    }
    return writer.say(phrases::assigned_range,
                      {{"value", value},
                       {"low", writer.rounded(assigned.low.value_or(assigned.probability), 2)},
                       {"high", writer.rounded(assigned.high.value_or(assigned.probability), 2)}});
}

std::string ratios_text(NoteWriter const& writer,
                        lab::Evaluation const& evaluation,
                        lab::AssignedTerm const& term) {
    if (!term.assigned.low && !term.assigned.high) {
        return writer.say(phrases::no_range_stated);
    }
    if (!term.log10_lr_at_low || !term.log10_lr_at_high) {
        return writer.say(phrases::not_given);
    }
    int const digits = evaluation.printed.significant_figures;
    auto const [least, most] = std::minmax(*term.log10_lr_at_low, *term.log10_lr_at_high);
    return writer.say(phrases::assigned_ratio_range,
                      {{"low", capped_ratio(writer, least, digits)},
                       {"high", capped_ratio(writer, most, digits)}});
}

void add_sentences(NoteWriter& writer, lab::Evaluation const& evaluation) {
    auto const& terms = evaluation.assigned;
    bool const all_of_both =
        terms.size() == 2 && terms[0].assigned.zones.empty() && terms[1].assigned.zones.empty();
    if (all_of_both) {
        writer.paragraph(writer.say(phrases::assigned_both));
        return;
    }
    for (lab::AssignedTerm const& term : terms) {
        if (!term.assigned.zones.empty()) {
            writer.paragraph(writer.say(
                phrases::assigned_part,
                {{"assigned", term.proposition}, {"zones", writer.zones(term.assigned.zones)}}));
        } else if (terms.size() == 2) {
            writer.paragraph(writer.say(phrases::assigned_whole, {{"assigned", term.proposition}}));
        } else {
            writer.paragraph(writer.say(
                phrases::assigned_one,
                {{"assigned", term.proposition},
                 {"modelled", term.proposition == evaluation.h1 ? evaluation.h2 : evaluation.h1}}));
        }
    }
}

struct Stated {
    std::string what;
    double probability = 1.0;
    casefile::Reasons const* reasons = nullptr;
};

/// What the case states of entries that the compared propositions name; certain ones only with reasons.
std::vector<Stated> stated_probabilities(NoteWriter const& writer) {
    casefile::Case const& file = writer.file();
    std::vector<Stated> result;
    auto const named = [&](std::string const& id, auto const& member) {
        return std::ranges::any_of(file.propositions, [&](casefile::Proposition const& each) {
            return is_compared(file, *each.id) &&
                   std::ranges::any_of(each.*member,
                                       [&](auto const& other) { return *other == id; });
        });
    };
    auto const add = [&](std::string what, double probability, casefile::Reasons const& reasons) {
        std::string const& text = text_in(reasons.text, writer.language());
        if (probability < 1.0 || !text.empty() || !reasons.author.empty()) {
            result.push_back({std::move(what), probability, &reasons});
        }
    };
    for (casefile::Delivery const& each : file.deliveries) {
        if (named(*each.id, &casefile::Proposition::deliveries)) {
            add(delivery_text(writer, *each.id), *each.probability, each.reasons);
        }
    }
    for (casefile::Event const& each : file.events) {
        if (named(*each.id, &casefile::Proposition::events)) {
            add(event_text(writer, *each.id), *each.probability, each.reasons);
        }
    }
    for (casefile::Contamination const& each : file.contaminations) {
        add(delivery_text(writer, *each.id), *each.probability, each.reasons);
    }
    return result;
}

} // namespace

void add_assigned(NoteWriter& writer, lab::Evaluation const& evaluation) {
    if (evaluation.assigned.empty()) {
        return;
    }
    add_sentences(writer, evaluation);
    TableBlock table;
    table.caption = writer.say(phrases::assigned_caption);
    table.columns = {writer.column(phrases::proposition, 0.8),
                     writer.column(phrases::assigned_findings, 1.0),
                     writer.column(phrases::assigned_probability, 1.0, Alignment::right),
                     writer.column(phrases::assigned_by, 2.2),
                     writer.column(phrases::assigned_ratios, 0.9, Alignment::right)};
    for (lab::AssignedTerm const& term : evaluation.assigned) {
        table.rows.push_back(
            {plain(term.proposition),
             plain(term.assigned.zones.empty()
                       ? writer.say(phrases::assigned_all)
                       : writer.say(phrases::assigned_given,
                                    {{"zones", writer.zones(term.assigned.zones)}})),
             plain(probability_text(writer, term.assigned)),
             plain(why_text(writer, term.assigned)),
             plain(ratios_text(writer, evaluation, term))});
    }
    writer.add(std::move(table));
}

void add_stated_probabilities(NoteWriter& writer) {
    TableBlock table;
    table.caption = writer.say(phrases::stated_caption);
    table.columns = {writer.column(phrases::stated_event, 1.5),
                     writer.column(phrases::stated_probability, 0.8, Alignment::right),
                     writer.column(phrases::stated_why, 2.2)};
    for (Stated const& each : stated_probabilities(writer)) {
        std::string const& reasons = text_in(each.reasons->text, writer.language());
        table.rows.push_back(
            {plain(each.what),
             plain(writer.rounded(each.probability, 2)),
             plain(writer.say(
                 phrases::assigned_by_undated,
                 {{"author",
                   each.reasons->author.empty() ? writer.say(phrases::stated_no_author)
                                                : each.reasons->author},
                  {"reasons",
                   reasons.empty() ? writer.say(phrases::stated_no_reasons) : reasons}}))});
    }
    if (!table.rows.empty() && !writer.input().evaluations.empty()) {
        writer.add(std::move(table));
    }
}

} // namespace cmq::report
