// SPDX-License-Identifier: GPL-3.0-or-later

#include "casefile/parameter_library.hpp"

#include "casefile/case_schema.hpp"
#include "casefile/check_form.hpp"
#include "casefile/check_tables.hpp"
#include "casefile/fields.hpp"
#include "casefile/words.hpp"

#include <map>

namespace cmq::casefile {

std::string_view parameters_toml(); // casefile/data/parameters.toml, compiled in

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
            .grade = from.word<Grade>("grade", words::parameter_grade)->value};
}

} // namespace

std::vector<ParameterEntry> parse_parameters(std::string_view text, std::string const& file) {
    Node const top = parse_toml(text, file);
    Place const place{file, 0, ""};
    check_schema_number(top, file);
    Problems problems;
    check_form(top, parameter_schema(), place, problems);
    problems.throw_if_any();
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

} // namespace cmq::casefile
