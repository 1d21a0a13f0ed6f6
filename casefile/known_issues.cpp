// SPDX-License-Identifier: GPL-3.0-or-later

#include "casefile/known_issues.hpp"

#include "casefile/case_schema.hpp"
#include "casefile/check_form.hpp"
#include "casefile/check_tables.hpp"
#include "casefile/fields.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <cstdint>

namespace cmq::casefile {

std::string_view known_issues_toml(); // casefile/data/known_issues.toml, compiled in

namespace {

using enum ValueType;

// In the order of Touches.
constexpr std::array<std::string_view, 7> touches_words{"every_report",
                                                        "captures",
                                                        "noise_estimated",
                                                        "nothing_found",
                                                        "measured_not_examined",
                                                        "comparisons",
                                                        "ratio_if_marker"};
constexpr std::array<std::string_view, 5> result_words{
    "ratio", "traces", "amount", "finding", "note"};

constexpr std::array issue_keys{
    KeySpec{.name = "id", .type = name, .required = true},
    KeySpec{.name = "found", .type = date, .required = true},
    KeySpec{.name = "from", .type = name, .required = true},
    KeySpec{.name = "mended_in", .type = name},
    KeySpec{.name = "results", .type = names, .required = true, .low = 1.0, .high = 5.0},
    KeySpec{.name = "touches", .type = word, .required = true, .words = touches_words},
    KeySpec{.name = "what", .type = bilingual, .required = true},
    KeySpec{.name = "effect", .type = bilingual, .required = true},
    KeySpec{.name = "recognise", .type = bilingual, .required = true},
};
constexpr TableSpec issue_table{"issue", issue_keys};
constexpr std::array top_keys{
    KeySpec{.name = "schema", .type = integer, .required = true},
    KeySpec{.name = "as_of", .type = date, .required = true},
    KeySpec{.name = "issue", .type = tables, .table = &issue_table},
};
constexpr TableSpec top_table{"", top_keys};

KnownIssue to_issue(Fields const& from) {
    std::vector<std::string> results;
    for (Placed<std::string> const& result : from.names("results")) {
        results.push_back(*result);
    }
    return {.place = from.place(),
            .id = from.text("id"),
            .found = from.text("found"),
            .from = from.text("from"),
            .mended_in = from.text("mended_in"),
            .results = std::move(results),
            .touches = from.word<Touches>("touches", touches_words)->value,
            .what = from.bilingual("what"),
            .effect = from.bilingual("effect"),
            .recognise = from.bilingual("recognise")};
}

void check_issue(KnownIssue const& issue, Problems& problems) {
    auto const expect_version = [&](std::string const& version) {
        if (!is_version(version)) {
            problems.add(ErrorKind::format,
                         issue.place,
                         {"attendu : un numéro de version comme \"0.1.0\", trouvé {}",
                          "expected the number of a version such as \"0.1.0\", found {}"},
                         in_quotes(version));
        }
    };
    expect_version(issue.from);
    if (!issue.mended_in.empty()) {
        expect_version(issue.mended_in);
    }
    for (std::string const& result : issue.results) {
        if (std::ranges::find(result_words, result) == result_words.end()) {
            problems.add(ErrorKind::format,
                         issue.place,
                         {"results, attendu : {}, trouvé {}", "results, expected {}, found {}"},
                         one_of(result_words),
                         in_quotes(result));
        }
    }
}

std::uint64_t take_part(std::string_view& version) {
    std::uint64_t part = 0;
    char const* const end = version.data() + version.size();
    auto const [next, error] = std::from_chars(version.data(), end, part);
    static_cast<void>(error); // what does not fit 64 bits counts as 0; no version is so long
    version.remove_prefix(static_cast<std::size_t>(next - version.data()));
    if (!version.empty()) {
        version.remove_prefix(1);
    }
    return part;
}

} // namespace

KnownIssues parse_known_issues(std::string_view text, std::string const& file) {
    Node const top = parse_toml(text, file);
    check_schema_number(top, file);
    Place const place{file, 0, ""};
    Problems problems;
    check_form(top, top_table, place, problems);
    problems.throw_if_any();
    Fields const fields{top, place};
    KnownIssues known{.as_of = fields.text("as_of"), .issues = {}};
    for (Fields const& table : fields.tables("issue")) {
        known.issues.push_back(to_issue(table));
        KnownIssue const& issue = known.issues.back();
        check_issue(issue, problems);
        auto const first = std::ranges::find(known.issues, issue.id, &KnownIssue::id);
        if (&*first != &issue) {
            problems.add(ErrorKind::format,
                         issue.place,
                         {"attendu : chaque id une seule fois ; {} figure déjà à la ligne {}",
                          "expected each id once, found {} again; the first is on line {}"},
                         in_quotes(issue.id),
                         first->place.line);
        }
    }
    problems.throw_if_any();
    return known;
}

KnownIssues read_known_issues() {
    return parse_known_issues(known_issues_toml(), "known_issues.toml");
}

bool is_version(std::string_view text) {
    auto const is_digit = [](char c) { return c >= '0' && c <= '9'; };
    return !text.empty() && text.size() <= 30 && is_digit(text.front()) && is_digit(text.back()) &&
           std::ranges::all_of(text, [&](char c) { return c == '.' || is_digit(c); }) &&
           text.find("..") == std::string_view::npos;
}

bool is_before(std::string_view version, std::string_view other) {
    while (!version.empty() || !other.empty()) {
        std::uint64_t const left = take_part(version);
        std::uint64_t const right = take_part(other);
        if (left != right) {
            return left < right;
        }
    }
    return false;
}

bool has_error(KnownIssue const& issue, std::string_view version) {
    return !is_before(version, issue.from) &&
           (issue.mended_in.empty() || is_before(version, issue.mended_in));
}

} // namespace cmq::casefile
