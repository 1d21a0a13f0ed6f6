// SPDX-License-Identifier: GPL-3.0-or-later

#include "casefile/claims.hpp"

#include "casefile/case_schema.hpp"
#include "casefile/check_form.hpp"
#include "casefile/check_tables.hpp"
#include "casefile/fields.hpp"

#include <algorithm>
#include <array>

namespace cmq::casefile {

std::string_view claims_toml(); // casefile/data/claims.toml, compiled in

namespace {

using enum ValueType;

// In the order of ClaimTopic and Standing.
constexpr std::array<std::string_view, 6> topic_words{
    "drying", "persistence", "uniqueness", "certainty", "look_alikes", "transfer"};
constexpr std::array<std::string_view, 4> standing_words{
    "contradicted", "conflicting", "no_data", "supported"};
constexpr double most_sources = 10.0;

constexpr std::array claim_keys{
    KeySpec{.name = "id", .type = name, .required = true},
    KeySpec{.name = "topic", .type = word, .required = true, .words = topic_words},
    KeySpec{.name = "checked_on", .type = date, .required = true},
    KeySpec{.name = "said", .type = bilingual, .required = true},
    KeySpec{.name = "who", .type = bilingual, .required = true},
    KeySpec{.name = "standing", .type = word, .required = true, .words = standing_words},
    KeySpec{.name = "comment", .type = bilingual, .required = true},
    KeySpec{.name = "sources", .type = names, .required = true, .low = 1.0, .high = most_sources},
    KeySpec{.name = "seen", .type = name, .required = true},
};
constexpr TableSpec claim_table{"claim", claim_keys};
constexpr std::array top_keys{
    KeySpec{.name = "schema", .type = integer, .required = true},
    KeySpec{.name = "claim", .type = tables, .required = true, .table = &claim_table},
};
constexpr TableSpec top_table{"", top_keys};

Claim to_claim(Fields const& from) {
    std::vector<std::string> sources;
    for (Placed<std::string> const& source : from.names("sources")) {
        sources.push_back(*source);
    }
    return {.id = from.name("id"),
            .topic = from.word<ClaimTopic>("topic", topic_words)->value,
            .checked_on = from.text("checked_on"),
            .said = from.bilingual("said"),
            .who = from.bilingual("who"),
            .standing = from.word<Standing>("standing", standing_words)->value,
            .comment = from.bilingual("comment"),
            .sources = std::move(sources),
            .seen = from.text("seen")};
}

} // namespace

std::vector<Claim> parse_claims(std::string_view text, std::string const& file) {
    Node const top = parse_toml(text, file);
    check_schema_number(top, file);
    Place const place{file, 0, ""};
    Problems problems;
    check_form(top, top_table, place, problems);
    problems.throw_if_any();
    std::vector<Claim> claims;
    for (Fields const& table : Fields{top, place}.tables("claim")) {
        Claim claim = to_claim(table);
        if (Claim const* const first = find_claim(claims, *claim.id)) {
            problems.add(ErrorKind::format,
                         claim.id.place,
                         {"attendu : chaque id une seule fois ; {} figure déjà à la ligne {}",
                          "expected each id once, found {} again; the first is on line {}"},
                         in_quotes(*claim.id),
                         first->id.place.line);
        }
        claims.push_back(std::move(claim));
    }
    problems.throw_if_any();
    return claims;
}

std::vector<Claim> read_claims() {
    return parse_claims(claims_toml(), "claims.toml");
}

Claim const* find_claim(std::vector<Claim> const& claims, std::string_view id) {
    auto const found =
        std::ranges::find_if(claims, [&](Claim const& claim) { return *claim.id == id; });
    return found == claims.end() ? nullptr : &*found;
}

} // namespace cmq::casefile
