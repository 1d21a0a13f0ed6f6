// SPDX-License-Identifier: GPL-3.0-or-later

#include "casefile/counsel.hpp"

#include "casefile/account_values.hpp"
#include "casefile/case_schema.hpp"
#include "casefile/check_form.hpp"
#include "casefile/check_tables.hpp"
#include "casefile/clock_time.hpp"
#include "casefile/problems.hpp"
#include "casefile/read_case.hpp"
#include "casefile/words.hpp"
#include "system/file.hpp"

#include <algorithm>

namespace cmq::casefile {
namespace {

// The words are the first ones of `side`, in its order.
static_assert(words::counsel_side[0] == words::side[0] && words::counsel_side[1] == words::side[1]);

WeakPoint to_weak_point(Fields const& from) {
    return {.text = from.text("text"), .answer = from.text("answer")};
}

template <class Entries>
void append(Entries& to, Entries const& more, Problems& problems) {
    for (auto const& entry : more) {
        auto const same =
            std::ranges::find_if(to, [&](auto const& other) { return *other.id == *entry.id; });
        if (same != to.end()) {
            problems.add(ErrorKind::format,
                         entry.id.place,
                         {"attendu : un identifiant propre ; {} figure déjà dans {}",
                          "expected an id of its own, found {} again; the first is in {}"},
                         in_quotes(*entry.id),
                         to_sentence(same->id.place));
        }
        to.push_back(entry);
    }
}

} // namespace

Counsel parse_counsel(std::string_view text, std::string const& file, Case const& of) {
    Node const top = parse_toml(text, file);
    Place const place{file, 0, ""};
    check_schema_number(top, file);
    Problems problems;
    check_form(top, counsel_schema(), place, problems);
    problems.throw_if_any();
    Fields const fields{top, place, to_day_number(of.head.day)};
    check_tables(fields, problems);
    problems.throw_if_any();
    Fields const head = fields.table("counsel");
    auto const side = head.word<Side>("side", words::counsel_side);
    return {.file = file,
            .side = side ? side->value : Side::defence,
            .is_side_stated = side.has_value(),
            .account = head.text("account"),
            .carriers = each(fields, "carrier", to_carrier),
            .deliveries = each(fields, "delivery", to_delivery),
            .events = each(fields, "event", to_event),
            .propositions = each(fields, "proposition", to_proposition),
            .comparisons = each(fields, "comparison", to_comparison),
            .weak_points = each(fields, "weak_point", to_weak_point)};
}

Counsel read_counsel(std::filesystem::path const& path, Case const& of) {
    return parse_counsel(read_text(path, case_size_limit), path.string(), of);
}

std::filesystem::path counsel_path(std::filesystem::path const& case_file) {
    return case_file.parent_path() / "counsel.toml";
}

Case with_counsel(Case const& of, Counsel const& counsel) {
    Case both = of;
    Problems problems;
    append(both.carriers, counsel.carriers, problems);
    append(both.deliveries, counsel.deliveries, problems);
    append(both.events, counsel.events, problems);
    append(both.propositions, counsel.propositions, problems);
    problems.throw_if_any();
    both.comparisons.insert(
        both.comparisons.end(), counsel.comparisons.begin(), counsel.comparisons.end());
    check_references(both);
    return both;
}

} // namespace cmq::casefile
