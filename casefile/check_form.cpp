// SPDX-License-Identifier: GPL-3.0-or-later

#include "casefile/check_form.hpp"

#include "casefile/clock_time.hpp"
#include "casefile/words.hpp"
#include "core/number_text.hpp"

#include <algorithm>
#include <array>
#include <cmath>

namespace cmq::casefile {

bool is_text(std::string_view text) {
    constexpr std::size_t longest = 65536;
    return text.size() <= longest && std::ranges::none_of(text, [](unsigned char c) {
               return (c < 0x20 && c != '\t' && c != '\n' && c != '\r') || c == 0x7f;
           });
}

std::vector<std::string_view> distribution_numbers(std::string_view kind) {
    if (kind == "fixed") {
        return {"value"};
    }
    if (kind == "lognormal") {
        return {"median", "gsd"};
    }
    if (kind == "beta") {
        return {"a", "b"};
    }
    if (kind == "gamma") {
        return {"shape", "rate"};
    }
    return {"low", "high"}; // uniform, log_uniform
}

std::string join_key(std::string_view parent, std::string_view name) {
    bool const bare = !name.empty() && std::ranges::all_of(name, [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
               c == '_' || c == '-';
    });
    std::string const shown = bare ? std::string{name} : in_quotes(name);
    return parent.empty() ? shown : std::string{parent} + "." + shown;
}

namespace {

struct Checker {
    Place at; ///< of the value
    Problems& problems;

    void expected(Sentence const& what, Node const& node, Sentence const& hint = {}) const {
        problems.add(ErrorKind::format,
                     at,
                     {"attendu : {} ; {}{}", "expected {}, {}{}"},
                     what,
                     found_text(node),
                     hint);
    }

    void expected(Words what, Node const& node) const { expected(Sentence{what}, node); }

    void out_of_range(Sentence const& what, Node const& node) const {
        problems.add(ErrorKind::domain,
                     at,
                     {"attendu : {} ; {}", "expected {}, {}"},
                     what,
                     found_text(node));
    }
};

// 1000000000, not 1e+09.
std::string bound_text(double bound) {
    constexpr double largest_exact = 9007199254740992.0; // 2^53
    bool const whole = std::floor(bound) == bound && std::abs(bound) <= largest_exact;
    return whole ? fixed_text(bound, 0) : number_text(bound);
}

Sentence range_text(KeySpec const& spec) {
    Sentence const text = spec.type == ValueType::integer
                              ? Sentence{{"un nombre entier", "a whole number"}}
                              : Sentence{{"un nombre fini", "a finite number"}};
    bool const low = std::isfinite(spec.low);
    bool const high = std::isfinite(spec.high);
    if (low && high && spec.above_low) {
        return Sentence{{"{} supérieur à {} et au plus égal à {}", "{} above {} and at most {}"},
                        text,
                        bound_text(spec.low),
                        bound_text(spec.high)};
    }
    if (low && high) {
        return Sentence{{"{} de {} à {}", "{} from {} to {}"},
                        text,
                        bound_text(spec.low),
                        bound_text(spec.high)};
    }
    if (low && spec.above_low) {
        return Sentence{{"{} supérieur à {}", "{} above {}"}, text, bound_text(spec.low)};
    }
    if (low) {
        return Sentence{{"{} au moins égal à {}", "{} of at least {}"}, text, bound_text(spec.low)};
    }
    return text;
}

bool is_name(std::string_view text) {
    constexpr std::size_t longest = 4096; // a path, the longest of them (Linux PATH_MAX)
    return !text.empty() && text.size() <= longest && text.front() != ' ' && text.back() != ' ' &&
           std::ranges::none_of(text, [](unsigned char c) { return c < 0x20 || c == 0x7f; });
}

void check_number(Node const& node, KeySpec const& spec, Checker const& check) {
    bool const whole = node.kind == NodeKind::integer;
    if (!whole && (spec.type == ValueType::integer || node.kind != NodeKind::number)) {
        check.expected(range_text(spec), node);
        return;
    }
    double const value = node.number;
    bool const inside = std::isfinite(value) && value <= spec.high &&
                        (spec.above_low ? value > spec.low : value >= spec.low);
    if (!inside) {
        check.out_of_range(range_text(spec), node);
    }
}

void check_names(Node const& node, KeySpec const& spec, Checker const& check) {
    auto const count = static_cast<double>(node.items.size());
    Sentence const what = spec.low == spec.high
                              ? Sentence{{"une liste de {} noms", "a list of {} names"}, spec.low}
                              : Sentence{{"une liste de noms", "a list of names"}};
    if (node.kind != NodeKind::list) {
        check.expected(what, node);
        return;
    }
    if (count < spec.low || count > spec.high) {
        Sentence const few_or_many =
            spec.low == spec.high
                ? what
                : Sentence{{"une liste de {} à {} noms", "a list of {} to {} names"},
                           bound_text(spec.low),
                           bound_text(spec.high)};
        check.problems.add(ErrorKind::format,
                           check.at,
                           {"attendu : {} ; trouvé : {}", "expected {}, found {}"},
                           few_or_many,
                           node.items.size());
        return;
    }
    std::vector<std::string_view> seen;
    for (std::size_t i = 0; i < node.items.size(); ++i) {
        Node const& item = node.items[i];
        Checker inner{{check.at.file, item.line, check.at.key + "[" + std::to_string(i + 1) + "]"},
                      check.problems};
        if (item.kind != NodeKind::text || !is_name(item.text)) {
            inner.expected({"un nom", "a name"}, item);
        } else if (std::ranges::find(seen, item.text) != seen.end()) {
            inner.expected({"chaque nom une seule fois", "each name once"}, item);
        } else {
            seen.emplace_back(item.text);
        }
    }
}

void check_values(Node const& node, KeySpec const& spec, Checker const& check) {
    if (node.kind != NodeKind::list || node.items.empty()) {
        check.expected({"une liste de nombres", "a list of numbers"}, node);
        return;
    }
    KeySpec const one{
        .name = spec.name, .type = ValueType::number, .low = spec.low, .high = spec.high};
    for (std::size_t i = 0; i < node.items.size(); ++i) {
        Checker const inner{
            {check.at.file, node.items[i].line, check.at.key + "[" + std::to_string(i + 1) + "]"},
            check.problems};
        check_number(node.items[i], one, inner);
    }
}

void check_shares(Node const& node, Checker const& check) {
    if (node.kind != NodeKind::table || node.entries.empty()) {
        check.expected(Sentence{{"une table de zones et de leurs parts, {}",
                                 "a table of zones and their shares, {}"},
                                R"({ "P1.right_hand" = 0.2 })"},
                       node);
        return;
    }
    KeySpec const share{.name = "share", .type = ValueType::number, .low = 0.0, .high = 1.0};
    double sum = 0.0;
    for (auto const& [zone, value] : node.entries) {
        Checker inner{{check.at.file, value.line, join_key(check.at.key, zone)}, check.problems};
        if (!is_name(zone)) {
            inner.expected({"le nom d’une zone", "the name of a zone"}, value);
        }
        check_number(value, share, inner);
        sum += value.number;
    }
    // Shares like 0.7 + 0.2 + 0.1 miss 1 by rounding.
    constexpr double rounding = 1e-12;
    if (sum > 1.0 + rounding) {
        check.problems.add(
            ErrorKind::domain,
            check.at,
            {"attendu : des parts dont la somme ne dépasse pas 1 ; trouvé : une somme de {}",
             "expected shares that sum to at most 1, found a sum of {}"},
            significant_text(sum, 6));
    }
}

void check_lengths(Node const& node, Checker const& check) {
    if (node.kind != NodeKind::table || node.entries.empty()) {
        check.expected(Sentence{{"une table de zones et de leurs écarts en mètres, {}",
                                 "a table of zones and their distances in metres, {}"},
                                R"({ "P2.left_sleeve" = 0.8 })"},
                       node);
        return;
    }
    KeySpec const length{.name = "length", .type = ValueType::number, .low = 0.0};
    for (auto const& [zone, value] : node.entries) {
        Checker const inner{{check.at.file, value.line, join_key(check.at.key, zone)},
                            check.problems};
        check_number(value, length, inner);
    }
}

void check_distribution(Node const& node, Checker const& check) {
    Node const* const kind = node.kind == NodeKind::table ? node.find("kind") : nullptr;
    Sentence const what{{"une table {}", "a table {}"},
                        R"({ kind = "lognormal", median = ..., gsd = ... })"};
    if (kind == nullptr) {
        check.expected(what, node);
        return;
    }
    Checker inner{{check.at.file, kind->line, join_key(check.at.key, "kind")}, check.problems};
    if (kind->kind != NodeKind::text ||
        std::ranges::find(words::distribution, kind->text) == words::distribution.end()) {
        inner.expected(
            one_of(words::distribution), *kind, did_you_mean(kind->text, words::distribution));
        return;
    }
    auto const needed = distribution_numbers(kind->text);
    for (std::string_view const number : needed) {
        if (node.find(number) == nullptr) {
            check.problems.add(ErrorKind::format,
                               check.at,
                               {"la clé {} manque : la loi « {} » la demande",
                                "the key {} is missing: a {} distribution needs it"},
                               number,
                               kind->text);
        }
    }
    for (auto const& [name, value] : node.entries) {
        Checker entry{{check.at.file, value.line, join_key(check.at.key, name)}, check.problems};
        // low and high also cut any distribution off.
        bool const known = name == "kind" || name == "low" || name == "high" ||
                           std::ranges::find(needed, name) != needed.end();
        if (!known) {
            entry.problems.add(
                ErrorKind::format,
                entry.at,
                {"clé inconnue ; la loi « {} » a {}, ainsi que low et high pour la tronquer",
                 "unknown key; a {} distribution has {}, and low and high to cut it off"},
                kind->text,
                listed(needed));
        } else if (name != "kind") {
            check_number(value, {.name = name, .type = ValueType::number}, entry);
        }
    }
}

void check_plain(Node const& node, KeySpec const& spec, Checker const& check) {
    if (spec.type == ValueType::flag && node.kind != NodeKind::flag) {
        check.expected({"true ou false", "true or false"}, node);
    } else if (spec.type == ValueType::text && node.kind != NodeKind::text) {
        check.expected({"un texte entre guillemets droits", "a text in quotes"}, node);
    } else if (spec.type == ValueType::text && !is_text(node.text)) {
        check.expected({"un texte d’au plus 65 536 octets, sans caractère de commande",
                        "a text of at most 65536 bytes, without control characters"},
                       node);
    } else if (spec.type == ValueType::name &&
               (node.kind != NodeKind::text || !is_name(node.text))) {
        check.expected({"un texte entre guillemets droits, non vide, sans caractère de commande",
                        "a text in quotes, not empty, without control characters"},
                       node);
    } else if (spec.type == ValueType::date && node.kind != NodeKind::date) {
        check.expected({"une date sans guillemets, comme 2026-11-21",
                        "a date without quotes, such as 2026-11-21"},
                       node);
    } else if (spec.type == ValueType::time && !to_clock_time(node)) {
        check.expected({R"(une heure locale, comme "12:40" ou "2026-11-21 12:40")",
                        R"(a local time, such as "12:40" or "2026-11-21 12:40")"},
                       node);
    } else if (spec.type == ValueType::word &&
               (node.kind != NodeKind::text ||
                std::ranges::find(spec.words, node.text) == spec.words.end())) {
        check.expected(one_of(spec.words), node, did_you_mean(node.text, spec.words));
    }
}

void check_bilingual(Node const& node, KeySpec const& spec, Checker const& check) {
    ValueType const type = spec.required ? ValueType::name : ValueType::text;
    if (node.kind == NodeKind::text) {
        check_plain(node, {.name = spec.name, .type = type}, check);
        return;
    }
    if (node.kind != NodeKind::table) {
        check.expected(
            Sentence{{"un texte, ou {}", "a text, or {}"}, R"({ fr = "...", en = "..." })"}, node);
        return;
    }
    std::array<KeySpec, 2> const keys{{
        {.name = "fr", .type = type, .required = true},
        {.name = "en", .type = type, .required = true},
    }};
    check_form(node, {spec.name, keys}, check.at, check.problems);
}

void check_tables(Node const& node, KeySpec const& spec, Checker const& check) {
    std::string const name{spec.name};
    if (node.kind == NodeKind::table) {
        check.expected(Sentence{{"[[{}]] à deux crochets, car il peut y en avoir plusieurs",
                                 "[[{}]] with two brackets, for it may occur more than once"},
                                name},
                       node);
        return;
    }
    if (node.kind != NodeKind::list) {
        check.expected(Sentence{{"des tables [[{}]]", "tables [[{}]]"}, name}, node);
        return;
    }
    constexpr std::size_t most = 10000; // far beyond any case; bounds the time on hostile text
    if (node.items.size() > most) {
        check.problems.add(
            ErrorKind::limits, check.at, {"plus de {} tables", "more than {} tables"}, most);
        return;
    }
    for (std::size_t i = 0; i < node.items.size(); ++i) {
        Checker inner{
            {check.at.file, node.items[i].line, check.at.key + "[" + std::to_string(i + 1) + "]"},
            check.problems};
        if (node.items[i].kind != NodeKind::table) {
            inner.expected({"une table", "a table"}, node.items[i]);
        } else {
            check_form(node.items[i], *spec.table, inner.at, check.problems);
        }
    }
}

void check_table(Node const& node, KeySpec const& spec, Checker const& check) {
    if (node.kind == NodeKind::list) {
        check.expected(Sentence{{"une seule table [{}], à crochets simples",
                                 "one table [{}] with single brackets"},
                                spec.name},
                       node);
    } else if (node.kind != NodeKind::table) {
        check.expected({"une table", "a table"}, node);
    } else {
        check_form(node, *spec.table, check.at, check.problems);
    }
}

void check_value(Node const& node, KeySpec const& spec, Checker const& check) {
    switch (spec.type) {
    case ValueType::integer:
    case ValueType::number:
        return check_number(node, spec, check);
    case ValueType::names:
        return check_names(node, spec, check);
    case ValueType::values:
        return check_values(node, spec, check);
    case ValueType::shares:
        return check_shares(node, check);
    case ValueType::lengths:
        return check_lengths(node, check);
    case ValueType::numbers:
        return check_distribution(node, check);
    case ValueType::bilingual:
        return check_bilingual(node, spec, check);
    case ValueType::table:
        return check_table(node, spec, check);
    case ValueType::tables:
        return check_tables(node, spec, check);
    default:
        return check_plain(node, spec, check);
    }
}

} // namespace

void check_form(Node const& table, TableSpec const& schema, Place const& at, Problems& problems) {
    std::vector<std::string_view> known;
    for (KeySpec const& spec : schema.keys) {
        known.push_back(spec.name);
        Place const place{at.file, at.line, join_key(at.key, spec.name)};
        Node const* const node = table.find(spec.name);
        if (node != nullptr) {
            check_value(*node, spec, {{at.file, node->line, place.key}, problems});
        } else if (spec.required) {
            problems.add(ErrorKind::format, place, {"la clé manque", "the key is missing"});
        }
    }
    for (auto const& [name, node] : table.entries) {
        if (std::ranges::find(known, name) == known.end()) {
            Sentence const where =
                at.key.empty() ? Sentence{{"le fichier", "the file"}} : Sentence::verbatim(at.key);
            problems.add(ErrorKind::format,
                         {at.file, node.line, join_key(at.key, name)},
                         {"clé inconnue ; {} peut contenir {}{}", "unknown key; {} may hold {}{}"},
                         where,
                         listed(known),
                         did_you_mean(name, known));
        }
    }
}

} // namespace cmq::casefile
