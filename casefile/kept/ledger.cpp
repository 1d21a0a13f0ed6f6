// SPDX-License-Identifier: GPL-3.0-or-later

#include "casefile/kept/ledger.hpp"

#include "core/error.hpp"
#include "system/sha256.hpp"

#include <algorithm>
#include <array>
#include <span>
#include <utility>
#include <variant>

namespace cmq::casefile {
namespace {

struct Field {
    char const* name;
    char const* meaning;
    std::string LedgerEntry::*member;
};

// In the order in which they are hashed; the hash itself comes last and is left out of that.
constexpr std::array<Field, 8> fields{{
    {"step", "what was done", &LedgerEntry::step},
    {"inputs", "SHA-256 of each input", &LedgerEntry::inputs},
    {"parameters", "settings that change the result", &LedgerEntry::parameters},
    {"program", "name and version of the program", &LedgerEntry::program},
    {"libraries", "libraries that had a part in the numbers", &LedgerEntry::libraries},
    {"made", "SHA-256 of what the step made", &LedgerEntry::made},
    {"previous", "hash of the entry before, 64 zeros for the first", &LedgerEntry::previous},
    {"hash", "SHA-256 of the fields before, each followed by one line feed", &LedgerEntry::hash},
}};

std::string hash_of(LedgerEntry const& entry) {
    std::string text;
    for (Field const& field : std::span{fields}.first(fields.size() - 1)) {
        text += entry.*field.member + '\n';
    }
    return sha256_hex(std::as_bytes(std::span{text}));
}

} // namespace

void Ledger::append(LedgerEntry entry) {
    for (Field const& field : fields) {
        CMQ_EXPECTS((entry.*field.member).find('\n') == std::string::npos);
    }
    entry.previous = head();
    entry.hash = hash_of(entry);
    entries_.push_back(std::move(entry));
}

std::string Ledger::head() const {
    return entries_.empty() ? std::string(64, '0') : entries_.back().hash;
}

LedgerEntry const* Ledger::find(std::string_view step) const {
    auto const found = std::find_if(entries_.rbegin(),
                                    entries_.rend(),
                                    [&](LedgerEntry const& entry) { return entry.step == step; });
    return found != entries_.rend() ? &*found : nullptr;
}

Table to_table(Ledger const& ledger) {
    Table table;
    for (Field const& field : fields) {
        std::vector<std::string> cells;
        for (LedgerEntry const& entry : ledger.entries()) {
            cells.push_back(entry.*field.member);
        }
        table.add({field.name, "", field.meaning, std::move(cells)});
    }
    return table;
}

Ledger to_ledger(Table const& table) {
    std::vector<LedgerEntry> entries(table.rows());
    for (Field const& field : fields) {
        bool known = false;
        for (Column const& column : table.columns()) {
            auto const* cells = std::get_if<std::vector<std::string>>(&column.cells);
            if (column.name == field.name && cells != nullptr) {
                known = true;
                for (std::size_t i = 0; i < entries.size(); ++i) {
                    entries[i].*field.member = (*cells)[i];
                }
            }
        }
        if (!known) {
            throw Error{ErrorKind::format,
                        {"le registre n’a pas de colonne « {} » de texte",
                         "the ledger has no column '{}' of text"},
                        field.name};
        }
    }
    Ledger ledger;
    for (std::size_t i = 0; i < entries.size(); ++i) {
        LedgerEntry const& entry = entries[i];
        if (entry.previous != ledger.head() || entry.hash != hash_of(entry)) {
            throw Error{ErrorKind::integrity,
                        {"l’entrée {} du registre (« {} ») ne découle pas de la précédente : elle "
                         "a été modifiée, ou une autre a été retirée",
                         "entry {} of the ledger ('{}') does not follow from the one before: it "
                         "was changed, or one was taken out"},
                        i + 1,
                        entry.step};
        }
        // A line feed would let text move from one field to the next under the same hash.
        if ((entry.step + entry.inputs + entry.parameters + entry.program + entry.libraries +
             entry.made)
                .find('\n') != std::string::npos) {
            throw Error{ErrorKind::integrity,
                        {"un texte du registre contient un saut de ligne",
                         "a text of the ledger holds a line break"}};
        }
        ledger.append(entry);
    }
    return ledger;
}

} // namespace cmq::casefile
