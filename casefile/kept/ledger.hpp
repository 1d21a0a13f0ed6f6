// SPDX-License-Identifier: GPL-3.0-or-later

/// \file
/// The ledger of a case: what was done, from what, with which result, each entry chained to the one before.

#pragma once

#include "core/table.hpp"

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace cmq::casefile {

/// One step. Texts are free of line breaks.
struct LedgerEntry {
    std::string step;       ///< "measure", "weigh Hp/Hd", ...
    std::string inputs;     ///< SHA-256 of each input, with what it is
    std::string parameters; ///< settings that change the result; the seed among them
    std::string program;    ///< name and version
    std::string libraries;  ///< those that had a part in the numbers, with versions
    std::string made;       ///< SHA-256 of what the step made
    std::string previous;   ///< hash of the entry before; 64 zeros for the first
    std::string hash;       ///< SHA-256 of all the fields above
};

/// Entries in order. What is appended can not be changed.
class Ledger {
public:
    /// Adds an entry; sets its `previous` and `hash`.
    void append(LedgerEntry entry);

    [[nodiscard]] std::vector<LedgerEntry> const& entries() const noexcept { return entries_; }

    /// Hash of the last entry; 64 zeros when there is none.
    [[nodiscard]] std::string head() const;

    /// The last entry of that step, or nullptr.
    [[nodiscard]] LedgerEntry const* find(std::string_view step) const;

private:
    std::vector<LedgerEntry> entries_;
};

/// One row an entry.
[[nodiscard]] Table to_table(Ledger const& ledger);

/// \throws Error format     a column is missing or of another kind
/// \throws Error integrity  an entry's hash is not that of its fields, or does not follow the one before
[[nodiscard]] Ledger to_ledger(Table const& table);

} // namespace cmq::casefile
