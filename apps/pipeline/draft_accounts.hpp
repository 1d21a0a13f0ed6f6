// SPDX-License-Identifier: GPL-3.0-or-later

/// \file
/// Two accounts to start from, where nobody has stated any yet.

#pragma once

#include "casefile/answers.hpp"
#include "casefile/case.hpp"

#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace cmq::pipeline {

/// What the papers say that both accounts start from.
struct AccountDraft {
    std::vector<std::pair<std::string, casefile::Bilingual>>
        zones; ///< ids that glow, with names; not empty
    std::optional<std::string>
        delivery; ///< the case file's word; none: pellets are assumed, and it says so
    casefile::DayAndTime marking;     ///< with a time
    casefile::DayAndTime examination; ///< with a time, later
};

/// Deliveries, contacts, two propositions and their comparison, as tables of a case file. Neither account is
/// favoured: each zone has a way there in both, with the same share of a shot, and neither is put into a
/// party's mouth. That nobody has chosen or measured any of it is said in a comment above.
[[nodiscard]] std::string draft_accounts(AccountDraft const& draft);

} // namespace cmq::pipeline
