// SPDX-License-Identifier: GPL-3.0-or-later

#include "report/facts.hpp"

#include "core/error.hpp"

#include <algorithm>

namespace cmq::report {

namespace {

template <class Entry>
Entry const* find_by_id(std::vector<Entry> const& entries, std::string_view id) {
    auto const found = std::find_if(
        entries.begin(), entries.end(), [&](Entry const& entry) { return *entry.id == id; });
    return found == entries.end() ? nullptr : &*found;
}

} // namespace

bool has_reported_code(casefile::Case const& file) {
    return std::any_of(
        file.observations.begin(), file.observations.end(), [](casefile::Observation const& each) {
            return *each.kind == casefile::ObservationKind::reading && !each.code.empty();
        });
}

bool has_reading(casefile::Case const& file) {
    return has_reported_code(file) || !file.readings.empty();
}

bool has_code(NoteInput const& input) {
    return has_reported_code(input.file) ||
           std::ranges::any_of(input.readings.readings, [](NoteReading const& reading) {
               return reading.verdict == lab::CodeVerdict::match;
           });
}

bool is_compared(casefile::Case const& file, std::string_view proposition) {
    return std::any_of(
        file.comparisons.begin(), file.comparisons.end(), [&](casefile::Comparison const& each) {
            return *each.h1 == proposition || *each.h2 == proposition;
        });
}

bool says_if_marker(lab::Evaluation const& evaluation) {
    auto const& reasons = evaluation.printed.reasons;
    return std::any_of(reasons.begin(), reasons.end(), [](lab::PrintReasonEntry const& entry) {
        return entry.reason == lab::PrintReason::look_alike_without_data;
    });
}

bool look_alike_has_data(NoteInput const& input) {
    auto const& classes = input.file.lookalikes;
    return !classes.empty() &&
           std::all_of(
               classes.begin(),
               classes.end(),
               [](casefile::Lookalike const& each) { return each.prevalence.has_value(); }) &&
           std::none_of(input.evaluations.begin(), input.evaluations.end(), says_if_marker);
}

std::vector<lab::Parameter> used_parameters(NoteInput const& input) {
    std::vector<lab::Parameter> result;
    for (lab::Evaluation const& evaluation : input.evaluations) {
        for (lab::Parameter const& parameter : evaluation.parameters) {
            bool const known =
                std::any_of(result.begin(), result.end(), [&](lab::Parameter const& each) {
                    return each.name == parameter.name;
                });
            if (!known) {
                result.push_back(parameter);
            }
        }
    }
    return result;
}

double rule_of_three(int checked) {
    return std::min(1.0, 3.0 / static_cast<double>(checked));
}

GradeCount count_grades(std::vector<lab::Parameter> const& parameters) {
    GradeCount count;
    count.all = parameters.size();
    for (lab::Parameter const& parameter : parameters) {
        switch (parameter.grade) {
        case lab::Grade::measured_on_product:
            ++count.product;
            break;
        case lab::Grade::measured_on_proxy:
            ++count.proxy;
            break;
        case lab::Grade::expert_judgement:
            ++count.judgement;
            break;
        }
    }
    return count;
}

NamedSides name_sides(lab::Evaluation const& evaluation) {
    bool const h1_first =
        evaluation.printed.supports == lab::Supports::h1 ||
        (evaluation.printed.supports == lab::Supports::neither && evaluation.h1 < evaluation.h2);
    return h1_first ? NamedSides{evaluation.h1, evaluation.h2}
                    : NamedSides{evaluation.h2, evaluation.h1};
}

OrientedRange orient_range(lab::Evaluation const& evaluation) {
    CMQ_EXPECTS(evaluation.sensitivity.has_value());
    NamedSides const sides = name_sides(evaluation);
    bool const forward = sides.winner == evaluation.h1;
    lab::Sensitivity const& range = *evaluation.sensitivity;
    return {sides.winner,
            sides.loser,
            forward ? range.low : -range.high,
            forward ? range.high : -range.low};
}

casefile::Capture const* find_capture(casefile::Case const& file, std::string_view id) {
    return find_by_id(file.captures, id);
}

casefile::Carrier const* find_carrier(casefile::Case const& file, std::string_view id) {
    return find_by_id(file.carriers, id);
}

casefile::Observation const* find_observation(casefile::Case const& file, std::string_view id) {
    return find_by_id(file.observations, id);
}

casefile::Proposition const* find_proposition(casefile::Case const& file, std::string_view id) {
    return find_by_id(file.propositions, id);
}

NoteCapture const* find_note_capture(NoteInput const& input, std::string_view id) {
    auto const found = std::find_if(input.captures.begin(),
                                    input.captures.end(),
                                    [&](NoteCapture const& capture) { return capture.id == id; });
    return found == input.captures.end() ? nullptr : &*found;
}

std::optional<double> evidence_total(NoteInput const& input, NoteBlanks const& blanks) {
    if (blanks.evidence_total_dn) {
        return blanks.evidence_total_dn;
    }
    for (NoteFinding const& finding : input.findings) {
        auto const& captures = finding.captures;
        if (std::find(captures.begin(), captures.end(), blanks.evidence) != captures.end()) {
            return finding.total_dn;
        }
    }
    return std::nullopt;
}

std::string const& text_in(casefile::Bilingual const& text, Language language) {
    return language == Language::french ? text.fr : text.en;
}

std::string zone_label(casefile::Case const& file, std::string_view id, Language language) {
    casefile::Carrier const* const carrier = find_carrier(file, id);
    bool const has_label = carrier != nullptr && !text_in(carrier->label, language).empty();
    return has_label ? text_in(carrier->label, language) : std::string{id};
}

} // namespace cmq::report
