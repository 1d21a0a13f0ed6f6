// SPDX-License-Identifier: GPL-3.0-or-later

#include "casefile/key_file.hpp"

#include "casefile/case_schema.hpp"
#include "casefile/check_form.hpp"
#include "casefile/check_tables.hpp"
#include "casefile/comment_blocks.hpp"
#include "casefile/fields.hpp"
#include "casefile/problems.hpp"
#include "casefile/toml_statements.hpp"
#include "core/folded_words.hpp"

#include <algorithm>
#include <array>

namespace cmq::casefile {
namespace {

constexpr std::array person_keys{
    KeySpec{.name = "code", .type = ValueType::name, .required = true},
    KeySpec{.name = "names", .type = ValueType::names, .required = true, .low = 1, .high = 1000},
    KeySpec{.name = "note", .type = ValueType::text},
};
constexpr TableSpec person_table{"person", person_keys};
constexpr std::array key_keys{
    KeySpec{.name = "schema", .type = ValueType::integer, .required = true},
    KeySpec{.name = "person", .type = ValueType::tables, .table = &person_table},
};
constexpr TableSpec key_table{"", key_keys};

std::size_t letters_in(std::vector<std::string> const& words) {
    std::size_t letters = 0;
    for (std::string const& word : words) {
        letters += static_cast<std::size_t>(std::ranges::count_if(
            word, [](char c) { return (static_cast<unsigned char>(c) & 0xc0U) != 0x80U; }));
    }
    return letters;
}

void check_person(KeyPerson const& person, Problems& problems) {
    if (!is_code(*person.code)) {
        problems.add(ErrorKind::format,
                     person.code.place,
                     {"attendu : un code comme P1 : une lettre, puis des lettres non accentuées, "
                      "des chiffres "
                      "et des « _ »",
                      "expected a code such as P1: a letter, then plain letters, digits and '_'"});
    }
    for (auto const& name : person.names) {
        if (letters_in(folded_words(*name, WordParts::letters)) < shortest_name) {
            problems.add(ErrorKind::format,
                         name.place,
                         {"moins de {} lettres : un nom aussi court se confond avec d’autres mots "
                          "; l’écrire avec "
                          "le prénom, et relire le fichier de l’affaire pour ce nom seul",
                          "fewer than {} letters: a name so short cannot be told from other words; "
                          "write it with the "
                          "first name, and read the case for the name alone"},
                         shortest_name);
        }
    }
}

/// Looks for the names in one text after the other.
class NameSearch {
public:
    explicit NameSearch(std::span<KeyPerson const> key) {
        for (KeyPerson const& person : key) {
            for (auto const& name : person.names) {
                names_.push_back({&person, &name.place, folded_words(*name, WordParts::letters)});
            }
        }
    }

    /// Adds a problem where a name stands in the text, and says whether.
    bool look_in(std::string_view text, Place const& at, Problems& problems) const {
        auto const words = folded_words(text, WordParts::letters);
        for (Name const& name : names_) {
            if (holds_words(words, name.words)) {
                problems.add(
                    ErrorKind::domain,
                    at,
                    {"un nom de {} y figure (clé : {}, ligne {}), et tout ce qui est fait du "
                     "fichier "
                     "le porterait ; écrire {} à la place, ou, si le mot désigne autre chose, "
                     "donner ce nom avec le prénom dans la clé",
                     "holds a name of {} (key: {} line {}), which everything made from the case "
                     "would carry; write {} instead or, if the word means something else, give "
                     "that "
                     "name with the first name in the key"},
                    *name.person->code,
                    name.place->file,
                    name.place->line,
                    *name.person->code);
                return true;
            }
        }
        return false;
    }

private:
    struct Name {
        KeyPerson const* person;
        Place const* place;
        std::vector<std::string> words;
    };

    std::vector<Name> names_;
};

/// Texts and keys below a node. A key with a name is told by the table that holds it: the sentence says no name.
void look_below(Node const& node, Place const& at, NameSearch const& search, Problems& problems) {
    if (node.kind == NodeKind::text) {
        search.look_in(node.text, at, problems);
    }
    for (std::size_t i = 0; i < node.items.size(); ++i) {
        Node const& item = node.items[i];
        look_below(item,
                   {at.file, item.line, at.key + '[' + std::to_string(i + 1) + ']'},
                   search,
                   problems);
    }
    for (Entry const& entry : node.entries) {
        bool const is_named =
            search.look_in(entry.key, {at.file, entry.node.line, at.key}, problems);
        look_below(entry.node,
                   {at.file, entry.node.line, is_named ? at.key : join_key(at.key, entry.key)},
                   search,
                   problems);
    }
}

/// Each comment alone, for its line; else its block, as a name may go over two lines.
void look_in_comments(std::string_view text,
                      std::string const& file,
                      NameSearch const& search,
                      Problems& problems) {
    auto const statements = to_statements(text);
    int line = 1;
    std::size_t counted = 0;
    for (auto const& block : comment_blocks(statements)) {
        auto const comments = comments_in(block);
        bool is_found = false;
        int first = 0;
        for (TextSpan const& comment : comments) {
            line += static_cast<int>(
                std::ranges::count(TextSpan{counted, comment.begin}.in(text), '\n'));
            counted = comment.begin;
            first = first == 0 ? line : first;
            is_found = search.look_in(comment.in(text), {file, line, ""}, problems) || is_found;
        }
        if (!is_found) {
            search.look_in(said_in(comments, text), {file, first, ""}, problems);
        }
    }
}

} // namespace

bool is_code(std::string_view text) {
    auto const is_letter = [](char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); };
    return !text.empty() && is_letter(text.front()) && std::ranges::all_of(text, [&](char c) {
        return is_letter(c) || (c >= '0' && c <= '9') || c == '_';
    });
}

std::vector<KeyPerson> parse_key(std::string_view text, std::string const& file) {
    Node const top = parse_toml(text, file);
    Place const place{file, 0, ""};
    check_schema_number(top, file);
    Problems problems;
    check_form(top, key_table, place, problems);
    problems.throw_if_any();
    std::vector<KeyPerson> persons;
    for (Fields const& from : Fields{top, place}.tables("person")) {
        KeyPerson person{.place = from.place(),
                         .code = from.name("code"),
                         .names = from.names("names"),
                         .note = from.text("note")};
        check_person(person, problems);
        bool const is_known = std::ranges::any_of(
            persons, [&](KeyPerson const& other) { return *other.code == *person.code; });
        if (is_known) {
            problems.add(
                ErrorKind::format,
                person.code.place,
                {"le code {} est donné deux fois ; mettre tous les noms dans une seule table",
                 "the code {} is given twice; put all names into one table"},
                *person.code);
        }
        persons.push_back(std::move(person));
    }
    problems.throw_if_any();
    return persons;
}

void check_without_names(std::string_view text,
                         std::string const& file,
                         std::span<KeyPerson const> key) {
    NameSearch const search{key};
    Problems problems;
    std::size_t const folder = file.find_last_of('/');
    search.look_in(std::string_view{file}.substr(folder == std::string::npos ? 0 : folder + 1),
                   {file, 0, ""},
                   problems);
    look_below(parse_toml(text, file), {file, 0, ""}, search, problems);
    look_in_comments(text, file, search, problems);
    problems.throw_if_any();
}

} // namespace cmq::casefile
