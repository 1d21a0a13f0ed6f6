// SPDX-License-Identifier: GPL-3.0-or-later

#include "apps/pipeline/keep_frozen.hpp"

#include "apps/pipeline/check_row.hpp"
#include "apps/pipeline/keep_parts.hpp"
#include "casefile/frozen.hpp"

#include <algorithm>
#include <string_view>

namespace cmq::pipeline {
namespace {

RowMap<report::NoteFrozen> frozen_map() {
    RowMap<report::NoteFrozen> map;
    map.add(
        "on", "", "day of the last time", [](auto& r) -> auto& { return r.on; });
    map.add(
        "is_stated", "", "1: by the user; 0: by the machine's clock", [](auto& r) -> auto& {
            return r.is_stated;
        });
    map.add(
        "sha256", "", "of the frozen text", [](auto& r) -> auto& { return r.sha256; });
    map.add(
        "first_on", "", "day of the first time", [](auto& r) -> auto& { return r.first_on; });
    map.add(
        "times", "", "how often", [](auto& r) -> auto& { return r.times; });
    return map;
}

bool is_day(std::string_view text) {
    constexpr std::string_view form = "0000-00-00";
    return std::ranges::equal(text, form, [](char c, char wanted) {
        return wanted == '0' ? c >= '0' && c <= '9' : c == wanted;
    });
}

void check_frozen(report::NoteFrozen const& frozen) {
    CheckedRow const row{"frozen", 0};
    row.expects(is_day(frozen.on), "on");
    row.expects(is_day(frozen.first_on), "first_on");
    row.expects(frozen.sha256.size() == 64 &&
                    frozen.sha256.find_first_not_of("0123456789abcdef") == std::string::npos,
                "sha256");
    row.expects_in(static_cast<double>(frozen.times), 1.0, 1e6, "times");
    auto const known = casefile::split_frozen_text("");
    for (std::size_t i = 0; i < frozen.changed.size(); ++i) {
        bool const is_table =
            std::ranges::find(known, frozen.changed[i], &casefile::FrozenTable::name) !=
            known.end();
        CheckedRow{"frozen_changes", i}.expects(is_table, "text");
    }
}

} // namespace

void keep_frozen(std::optional<report::NoteFrozen> const& frozen, casefile::KeptCase& kept) {
    if (!frozen) {
        return;
    }
    std::vector<TextRow> changes;
    for (std::string const& table : frozen->changed) {
        changes.push_back({0, table});
    }
    put(kept, "frozen", frozen_map(), std::vector{*frozen});
    put(kept, "frozen_changes", text_map("frozen", "table changed since"), changes);
}

std::optional<report::NoteFrozen> restore_frozen(casefile::KeptCase const& kept) {
    bool const is_there = std::ranges::any_of(
        kept.tables, [](casefile::KeptTable const& table) { return table.name == "frozen"; });
    if (!is_there) {
        return std::nullopt;
    }
    auto rows = frozen_map().to_rows(table_of(kept, "frozen"));
    CheckedRow{"frozen", 0}.expects(rows.size() == 1, "on");
    for (TextRow& row : text_map("frozen", "").to_rows(table_of(kept, "frozen_changes"))) {
        parent(rows, row.parent).changed.push_back(std::move(row.text));
    }
    check_frozen(rows.front());
    return rows.front();
}

} // namespace cmq::pipeline
