// SPDX-License-Identifier: GPL-3.0-or-later

#include "casefile/parameter_library.hpp"

#include "casefile/case_schema.hpp"
#include "casefile/check_form.hpp"
#include "casefile/check_tables.hpp"
#include "casefile/fields.hpp"
#include "casefile/words.hpp"

#include <algorithm>
#include <map>

namespace cmq::casefile {

std::string_view parameters_toml();           // casefile/data/parameters.toml, compiled in
std::string_view parameter_candidates_toml(); // casefile/data/parameter_candidates.toml

namespace {

ParameterEntry to_entry(Fields const& from) {
    auto [distribution, numbers] = from.distribution("distribution");
    return {.place = from.place(),
            .name = from.name("name"),
            .label = {from.text("label_fr"), from.text("label_en")},
            .meaning = from.text("meaning"),
            .unit = from.text("unit"),
            .distribution = std::move(distribution),
            .numbers = std::move(numbers),
            .conditions = {from.text("conditions_fr"), from.text("conditions")},
            .source = {from.text("source_fr"), from.text("source")},
            .grade = from.word<Grade>("grade", words::parameter_grade)->value,
            .date = from.text("date")};
}

ParameterCandidate to_candidate(Fields const& from) {
    auto [distribution, numbers] = from.distribution("distribution");
    return {.place = from.place(),
            .of = from.name("of"),
            .id = from.text("id"),
            .distribution = std::move(distribution),
            .numbers = std::move(numbers),
            .conditions = {from.text("conditions_fr"), from.text("conditions")},
            .source = {from.text("source_fr"), from.text("source")},
            .grade = from.word<Grade>("grade", words::parameter_grade)->value,
            .date = from.text("date")};
}

// The top of a file that has passed the check of its form.
Node read_form(std::string_view text, std::string const& file, TableSpec const& schema) {
    Node top = parse_toml(text, file);
    check_schema_number(top, file);
    Problems problems;
    check_form(top, schema, Place{file, 0, ""}, problems);
    problems.throw_if_any();
    return top;
}

} // namespace

std::vector<ParameterEntry> parse_parameters(std::string_view text, std::string const& file) {
    Node const top = read_form(text, file, parameter_schema());
    Place const place{file, 0, ""};
    Problems problems;
    std::vector<ParameterEntry> entries;
    std::map<std::string, int> lines;
    for (Fields const& table : Fields{top, place}.tables("parameter")) {
        entries.push_back(to_entry(table));
        auto const& name = entries.back().name;
        auto const [first, is_new] = lines.try_emplace(*name, name.place.line);
        if (!is_new) {
            problems.add(
                ErrorKind::format,
                name.place,
                {"attendu : chaque paramètre une seule fois ; {} figure déjà à la ligne {}",
                 "expected each parameter once, found {} again; the first is on line {}"},
                in_quotes(*name),
                first->second);
        }
    }
    problems.throw_if_any();
    return entries;
}

std::vector<ParameterEntry> read_parameter_library() {
    return parse_parameters(parameters_toml(), "parameters.toml");
}

std::vector<ParameterCandidate> parse_candidates(std::string_view text, std::string const& file) {
    Node const top = read_form(text, file, candidate_schema());
    Problems problems;
    std::vector<ParameterCandidate> candidates;
    for (Fields const& table : Fields{top, Place{file, 0, ""}}.tables("candidate")) {
        ParameterCandidate candidate = to_candidate(table);
        auto const twice = std::ranges::find_if(candidates, [&](ParameterCandidate const& other) {
            return *other.of == *candidate.of && other.id == candidate.id;
        });
        if (twice != candidates.end()) {
            problems.add(ErrorKind::format,
                         candidate.place,
                         {"attendu : chaque id une seule fois pour un paramètre ; {} figure déjà à "
                          "la ligne {}",
                          "expected each id once for a parameter, found {} again; the first is on "
                          "line {}"},
                         in_quotes(candidate.id),
                         twice->place.line);
        }
        candidates.push_back(std::move(candidate));
    }
    problems.throw_if_any();
    return candidates;
}

std::vector<ParameterCandidate> read_parameter_candidates() {
    return parse_candidates(parameter_candidates_toml(), "parameter_candidates.toml");
}

} // namespace cmq::casefile
