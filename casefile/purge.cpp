// SPDX-License-Identifier: GPL-3.0-or-later

#include "casefile/purge.hpp"

#include "casefile/purge_parts.hpp"
#include "casefile/read_case.hpp"
#include "core/folded_words.hpp"

#include <algorithm>

namespace cmq::casefile {

bool speaks_of(std::string_view text, PurgedPerson const& person) {
    bool const is_coded = holds_words(folded_words(text, WordParts::letters_and_digits),
                                      folded_words(person.code, WordParts::letters_and_digits));
    if (is_coded || person.names.empty()) {
        return is_coded;
    }
    auto const words = folded_words(text, WordParts::letters);
    return std::ranges::any_of(person.names, [&](std::string const& name) {
        return holds_words(words, folded_words(name, WordParts::letters));
    });
}

namespace {

/// analyse refuses what no comparison rests on; a purge may well take the last comparison of it.
void name_what_analyse_refuses(Case const& after, Purged& out) {
    try {
        check_all_used(after);
    } catch (Error const& error) {
        out.left.push_back({{after.file, 0, ""},
                            Sentence{{"contremarque analyse refusera ce fichier tel qu’il sera ; y "
                                      "remédier d’abord :\n{}",
                                      "contremarque analyse will refuse this file as it then is; "
                                      "mend this first:\n{}"},
                                     error.full_sentence()}});
    }
}

} // namespace

Purged purge_case(std::string_view text, std::string const& file, PurgedPerson const& person) {
    check_references(parse_case(text, file));
    Purged purged = purge_tables(text, file, person);
    Case after;
    try {
        after = parse_case(purged.text, file);
        check_references(after);
    } catch (Error const& error) {
        throw Error{
            ErrorKind::domain,
            {"sans {}, le fichier de l’affaire ne pourrait plus être lu ; rien n’a été changé ; y "
             "remédier d’abord : {}",
             "without {} the case file could not be read any more; nothing was changed; mend this "
             "first: {}"},
            person.code,
            error.full_sentence()};
    }
    if (purged.did_anything()) {
        name_what_analyse_refuses(after, purged);
    }
    return purged;
}

Purged purge_key(std::string_view text, std::string const& file, PurgedPerson const& person) {
    Node const top = parse_toml(text, file);
    Purged out;
    std::vector<Edit> edits;
    if (Node const* const persons = top.find("person")) {
        for (std::size_t i = 0; i < persons->items.size(); ++i) {
            Node const& entry = persons->items[i];
            Place const place{file, entry.line, "person[" + std::to_string(i + 1) + ']'};
            Node const* const note = entry.find("note");
            if (text_of(entry, "code") == person.code) {
                edits.push_back({{"person", i}, {}});
                out.removed.push_back(
                    {place, Sentence{{"l’entrée de {}", "the entry of {}"}, person.code}});
            } else if (note != nullptr && speaks_below(*note, person)) {
                edits.push_back({{"person", i, "note"}, {}});
                out.removed.push_back(
                    {place,
                     Sentence{{"une note qui parle de {}", "a note that speaks of {}"},
                              person.code}});
            }
        }
    }
    out.text = without_comments_on(edit_toml(text, edits), file, person, out);
    return out;
}

} // namespace cmq::casefile
