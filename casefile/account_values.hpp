// SPDX-License-Identifier: GPL-3.0-or-later

/// \file
/// The tables of which accounts are made, from their checked form to values. A case file and counsel's own file
/// write them alike.

#pragma once

#include "casefile/case.hpp"
#include "casefile/fields.hpp"

#include <string_view>
#include <vector>

namespace cmq::casefile {

[[nodiscard]] Reasons to_reasons(Fields const& from);
[[nodiscard]] Carrier to_carrier(Fields const& from);
[[nodiscard]] Delivery to_delivery(Fields const& from);
[[nodiscard]] Event to_event(Fields const& from);
[[nodiscard]] Contamination to_contamination(Fields const& from);
[[nodiscard]] Lookalike to_lookalike(Fields const& from);
[[nodiscard]] Proposition to_proposition(Fields const& from);
[[nodiscard]] Comparison to_comparison(Fields const& from);

/// Each table of a list of the file.
template <class Value>
[[nodiscard]] std::vector<Value>
each(Fields const& file, std::string_view key, Value (*to_value)(Fields const&)) {
    std::vector<Value> values;
    for (Fields const& table : file.tables(key)) {
        values.push_back(to_value(table));
    }
    return values;
}

} // namespace cmq::casefile
