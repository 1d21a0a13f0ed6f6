// SPDX-License-Identifier: GPL-3.0-or-later

#include "casefile/check_tables.hpp"

#include "core/number_text.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <map>

namespace cmq::casefile {

void check_schema_number(Node const& file, std::string const& name) {
    Node const* const schema = file.find("schema");
    if (schema != nullptr && schema->kind == NodeKind::integer && schema->integer != 1) {
        throw make_error(ErrorKind::unsupported,
                         {name, schema->line, "schema"},
                         "expected 1, " + found_text(*schema) +
                             "; a newer program may read this file");
    }
}

namespace {

using Ids = std::map<std::string, Place>;

// Lists whose ids share one space are handed the same map.
void check_ids(Fields const& file, std::string_view list, Ids& ids, Problems& problems) {
    for (Fields const& table : file.tables(list)) {
        if (!table.has("id")) {
            continue;
        }
        auto const id = table.name("id");
        auto const [first, is_new] = ids.try_emplace(*id, id.place);
        if (!is_new) {
            problems.add(ErrorKind::format,
                         id.place,
                         "expected an id of its own, found " + in_quotes(*id) +
                             " again; the first is " + first->second.key + " on line " +
                             std::to_string(first->second.line));
        }
    }
}

void check_all_ids(Fields const& file, Problems& problems) {
    for (std::string_view const list : {"capture", "carrier", "lookalike", "proposition"}) {
        Ids ids;
        check_ids(file, list, ids, problems);
    }
    // `after` of an event may name any of these, so their ids must differ.
    Ids ids;
    for (std::string_view const list : {"delivery", "event", "contamination"}) {
        check_ids(file, list, ids, problems);
    }
    Ids observations;
    check_ids(file, "observation", observations, problems);
}

void require(bool condition,
             Fields const& table,
             std::string_view key,
             std::string const& sentence,
             Problems& problems) {
    if (!condition) {
        problems.add(ErrorKind::format, table.place_of(key), sentence);
    }
}

void check_captures(Fields const& file, Problems& problems) {
    for (Fields const& capture : file.tables("capture")) {
        std::string const role = capture.text("role");
        require(role != "evidence" || capture.has("zone"),
                capture,
                "zone",
                "the key is missing: evidence shows one zone",
                problems);
        require(role != "evidence" || !capture.has("of"),
                capture,
                "of",
                "expected only where the role is not evidence: it names the evidence that this "
                "capture serves",
                problems);
        std::string const hash = capture.text("sha256");
        bool const hexadecimal =
            hash.size() == 64 && hash.find_first_not_of("0123456789abcdef") == std::string::npos;
        require(!capture.has("sha256") || hexadecimal,
                capture,
                "sha256",
                "expected 64 hexadecimal digits in lower case, found " + in_quotes(hash),
                problems);
    }
}

void check_events(Fields const& file, Problems& problems) {
    constexpr std::array<std::string_view, 3> of_one{"swab", "wash", "glove_change"};
    for (Fields const& event : file.tables("event")) {
        std::string const kind = event.text("kind");
        bool const one = std::ranges::find(of_one, kind) != of_one.end();
        std::string_view const wanted = one ? "on" : "between";
        std::string_view const other = one ? "between" : "on";
        std::string const form = one ? R"(on = "P1.right_hand")" : R"(between = ["A", "B"])";
        require(event.has(wanted),
                event,
                wanted,
                std::string{"the key is missing: a "}.append(kind).append(" needs ").append(form),
                problems);
        require(!event.has(other),
                event,
                other,
                std::string{"a "}.append(kind).append(" has ").append(form).append(" instead"),
                problems);
        for (std::string_view const how : {"friction", "solvent", "pressure", "area", "one_way"}) {
            require(!one || !event.has(how),
                    event,
                    how,
                    "expected only where two carriers touch, not for a " + kind,
                    problems);
        }
    }
}

void check_deliveries(Fields const& file, Problems& problems) {
    for (Fields const& delivery : file.tables("delivery")) {
        require(delivery.text("kind") != "other" || delivery.has("amount_dl"),
                delivery,
                "amount_dl",
                R"(the key is missing: the library has no load for kind = "other")",
                problems);
    }
}

void check_observation(Fields const& seen, Problems& problems) {
    std::string const kind = seen.text("kind");
    bool const numeric = kind == "count" || kind == "amount";
    require(numeric == seen.has("value"),
            seen,
            "value",
            numeric ? R"(the key is missing: kind = ")" + kind + R"(" needs it)"
                    : R"(expected only with kind = "count" or "amount")",
            problems);
    require((kind == "amount") == seen.has("sigma"),
            seen,
            "sigma",
            kind == "amount" ? "the key is missing: an amount needs its standard uncertainty"
                             : R"(expected only with kind = "amount")",
            problems);
    require((kind == "reading") == seen.has("code"),
            seen,
            "code",
            kind == "reading" ? "the key is missing: a reading needs its code"
                              : R"(expected only with kind = "reading")",
            problems);
    auto const value = seen.number("value");
    if (kind == "count" && value && (*(*value) < 0.0 || std::floor(*(*value)) != *(*value))) {
        problems.add(
            ErrorKind::domain, value->place, "expected a whole number of at least 0 for a count");
    }
}

/// Each table of a list names another `what` by this key.
void check_each_once(Fields const& file,
                     std::string_view list,
                     std::string_view key,
                     std::string const& what,
                     Problems& problems) {
    Ids names;
    for (Fields const& table : file.tables(list)) {
        auto const name = table.name(key);
        auto const [first, is_new] = names.try_emplace(*name, name.place);
        require(is_new,
                table,
                key,
                "expected each " + what + " once, found " + in_quotes(*name) +
                    " again; the first is on line " + std::to_string(first->second.line),
                problems);
    }
}

void check_parameters(Fields const& file, Problems& problems) {
    for (Fields const& parameter : file.tables("parameter")) {
        require(parameter.has("value") != parameter.has("distribution"),
                parameter,
                "value",
                "expected either value or distribution, and not both",
                problems);
    }
    check_each_once(file, "parameter", "name", "parameter", problems);
}

void check_assigned(Fields const& file, Problems& problems) {
    for (Fields const& assigned : file.tables("assigned")) {
        double const probability = assigned.number("probability")->value;
        auto const low = assigned.number("low");
        auto const high = assigned.number("high");
        if (low && low->value > probability) {
            problems.add(ErrorKind::domain,
                         low->place,
                         "expected at most the probability, " + number_text(probability) +
                             ", found " + number_text(low->value));
        }
        if (high && high->value < probability) {
            problems.add(ErrorKind::domain,
                         high->place,
                         "expected at least the probability, " + number_text(probability) +
                             ", found " + number_text(high->value));
        }
    }
    check_each_once(file, "assigned", "proposition", "proposition", problems);
}

void check_times(Fields const& file, Problems& problems) {
    for (std::string_view const list :
         {"capture", "delivery", "event", "contamination", "observation", "planned"}) {
        for (Fields const& table : file.tables(list)) {
            require(!table.lacks_day("at"),
                    table,
                    "at",
                    "a time with a date needs the day that times without one belong to: add "
                    "day = 2026-11-21 (say) to [case]",
                    problems);
        }
    }
}

void check_population(Fields const& file, Problems& problems) {
    Fields const population = file.table("population");
    auto const checked = population.integer("checked");
    auto const glowing = population.integer("glowing");
    if (checked && glowing && *glowing > *checked) {
        problems.add(ErrorKind::domain,
                     population.place_of("glowing"),
                     "expected at most the " + std::to_string(*checked) +
                         " who were checked, found " + std::to_string(*glowing));
    }
}

} // namespace

void check_tables(Fields const& file, Problems& problems) {
    check_all_ids(file, problems);
    check_times(file, problems);
    check_population(file, problems);
    check_captures(file, problems);
    check_deliveries(file, problems);
    check_events(file, problems);
    for (Fields const& seen : file.tables("observation")) {
        check_observation(seen, problems);
    }
    check_parameters(file, problems);
    check_each_once(file, "planned", "zone", "zone", problems);
    check_assigned(file, problems);
}

} // namespace cmq::casefile
