// SPDX-License-Identifier: GPL-3.0-or-later

#include "casefile/request_texts.hpp"

#include "casefile/place.hpp"
#include "casefile/problems.hpp"
#include "casefile/toml_node.hpp"
#include "casefile/words.hpp"
#include "core/error.hpp"

#include <algorithm>
#include <array>
#include <set>

namespace cmq::casefile {

std::string_view requests_toml();    // casefile/data/requests.toml, compiled in
std::string_view requests_fr_toml(); // casefile/data/requests.fr.toml
std::string_view requests_en_toml(); // casefile/data/requests.en.toml

namespace {

constexpr std::size_t most_prompts = 15; // more than that nobody answers in half an hour

template <class... Texts>
[[noreturn]] void
refuse(std::string const& where, Form<sizeof...(Texts)> form, Texts const&... texts) {
    throw Error{ErrorKind::format, {"{} : {}", "{}: {}"}, where, Sentence{form, texts...}};
}

std::string line_of(Node const& table) {
    return "requests.toml line " + std::to_string(table.line);
}

/// The words of one language, by the path of their keys: "request.blanks.ask".
class Words {
public:
    Words(std::string_view text, std::string file) : file_{std::move(file)} {
        collect(parse_toml(text, file_), "");
    }

    std::string const& take(std::string const& path) {
        auto const found = std::ranges::find(texts_, path, &Row::path);
        if (found == texts_.end() || found->text.empty()) {
            refuse(
                file_, {"le texte {} manque ou est vide", "the text {} is missing or empty"}, path);
        }
        found->taken = true;
        return found->text;
    }

    [[nodiscard]] std::size_t list_size(std::string const& path) const {
        auto const count = std::ranges::count_if(
            texts_, [&](Row const& row) { return row.path.starts_with(path + "["); });
        return static_cast<std::size_t>(count);
    }

    [[nodiscard]] std::vector<std::string> paths_below(std::string const& path) const {
        std::vector<std::string> names;
        for (Row const& row : texts_) {
            if (row.path.starts_with(path + ".")) {
                names.push_back(row.path.substr(path.size() + 1));
            }
        }
        return names;
    }

    void check_all_taken() const {
        auto const left = std::ranges::find(texts_, false, &Row::taken);
        if (left != texts_.end()) {
            refuse(file_, {"rien ne nomme le texte {}", "nothing names the text {}"}, left->path);
        }
    }

private:
    struct Row {
        std::string path;
        std::string text;
        bool taken = false;
    };

    void collect(Node const& node, std::string const& path) {
        if (node.kind == NodeKind::text) {
            texts_.push_back({path, node.text, false});
        }
        for (Entry const& entry : node.entries) {
            collect(entry.node, path.empty() ? entry.key : path + '.' + entry.key);
        }
        for (std::size_t i = 0; i < node.items.size(); ++i) {
            collect(node.items[i], path + '[' + std::to_string(i) + ']');
        }
    }

    std::string file_;
    std::vector<Row> texts_;
};

/// Takes each text from both languages.
class Both {
public:
    Both(std::string_view french, std::string_view english)
        : french_{french, "requests.fr.toml"}
        , english_{english, "requests.en.toml"} {
        check_head(french_, "fr");
        check_head(english_, "en");
    }

    Bilingual operator()(std::string const& path) {
        return {french_.take(path), english_.take(path)};
    }

    std::vector<Bilingual> list(std::string const& path) {
        std::size_t const size = french_.list_size(path);
        if (size == 0 || english_.list_size(path) != size) {
            refuse("requests.en.toml",
                   {"la liste {} n’a pas la longueur de la liste française",
                    "the list {} differs in length from the French one"},
                   path);
        }
        std::vector<Bilingual> all;
        for (std::size_t i = 0; i < size; ++i) {
            all.push_back((*this)(path + '[' + std::to_string(i) + ']'));
        }
        return all;
    }

    std::vector<std::pair<std::string, Bilingual>> all_below(std::string const& path) {
        std::vector<std::pair<std::string, Bilingual>> all;
        for (std::string const& name : french_.paths_below(path)) {
            if (name.find('[') == std::string::npos) {
                all.emplace_back(name, (*this)(path + '.' + name));
            }
        }
        return all;
    }

    void check_all_taken() const {
        french_.check_all_taken();
        english_.check_all_taken();
    }

private:
    static void check_head(Words& words, std::string const& language) {
        if (words.take("language") != language) {
            refuse("requests." + language + ".toml",
                   {"attendu : language = \"{}\"", "expected language = \"{}\""},
                   language);
        }
    }

    Words french_;
    Words english_;
};

// The structure, whose form is checked here: it is our own file, and a test reads it.

std::string text_of(Node const& table, std::string_view key) {
    Node const* const found = table.find(key);
    bool const is_text =
        found != nullptr && (found->kind == NodeKind::text || found->kind == NodeKind::date);
    if (!is_text || found->text.empty()) {
        refuse(line_of(table),
               {"la clé {} manque ou est vide", "the key {} is missing or empty"},
               key);
    }
    return found->text;
}

std::vector<std::string> list_of(Node const& table, std::string_view key) {
    std::vector<std::string> all;
    if (Node const* const found = table.find(key)) {
        for (Node const& item : found->items) {
            all.push_back(item.text);
        }
    }
    return all;
}

std::vector<Node> const& tables_of(Node const& top, std::string_view key) {
    Node const* const found = top.find(key);
    if (found == nullptr || found->kind != NodeKind::list) {
        refuse("requests.toml", {"la liste {} manque", "the list {} is missing"}, key);
    }
    return found->items;
}

void check_known(std::vector<std::string> const& ids,
                 std::vector<std::string> const& declared,
                 Node const& table,
                 std::string_view what) {
    for (std::string const& id : ids) {
        if (std::ranges::find(declared, id) == declared.end()) {
            refuse(line_of(table),
                   {"rien ne déclare {} ({})", "nothing declares {} ({})"},
                   in_quotes(id),
                   what);
        }
    }
}

std::vector<std::string> ids_of(std::vector<Node> const& tables) {
    std::vector<std::string> ids;
    for (Node const& table : tables) {
        std::string id = text_of(table, "id");
        if (std::ranges::find(ids, id) != ids.end()) {
            refuse(line_of(table),
                   {"l’identifiant {} est donné deux fois", "the id {} is given twice"},
                   in_quotes(id));
        }
        ids.push_back(std::move(id));
    }
    return ids;
}

PromptKind to_kind(Node const& table) {
    constexpr std::array<std::string_view, 7> kinds{
        "choice", "choice_and_text", "choices", "text", "document", "moment", "people"};
    std::string const word = text_of(table, "kind");
    auto const found = std::ranges::find(kinds, word);
    if (found == kinds.end()) {
        refuse(line_of(table),
               {"attendu : {} ; trouvé : {}", "expected one of {}, found {}"},
               listed(kinds),
               in_quotes(word));
    }
    return static_cast<PromptKind>(found - kinds.begin());
}

/// Where the label of a prompt's choice stands.
std::string choice_path(std::string const& prompt, std::string const& choice) {
    if (prompt == "stage") {
        return "stage." + choice + ".name";
    }
    if (prompt == "held") {
        return "request." + choice + ".title";
    }
    bool const zone = prompt.starts_with("zones_");
    return "choice." + (zone ? std::string{"zone"} : prompt) + '.' + choice;
}

Prompt to_prompt(Node const& table, Both& both) {
    std::string const id = text_of(table, "id");
    Prompt prompt{.id = id,
                  .kind = to_kind(table),
                  .required = false,
                  .longest = 200,
                  .ask = both("prompt." + id + ".ask"),
                  .help = both("prompt." + id + ".help"),
                  .choices = {}};
    if (Node const* const required = table.find("required")) {
        prompt.required = required->flag;
    }
    if (Node const* const longest = table.find("longest")) {
        prompt.longest = static_cast<std::size_t>(std::max<std::int64_t>(longest->integer, 1));
    }
    for (std::string const& choice : list_of(table, "choices")) {
        prompt.choices.emplace_back(choice, both(choice_path(id, choice)));
    }
    return prompt;
}

void read_requests(Node const& top, Both& both, RequestTexts& out) {
    std::vector<std::string> const stages = list_of(top, "stages");
    for (std::string const& id : stages) {
        std::string const path = "stage." + id + '.';
        out.stages.push_back({.id = id,
                              .name = both(path + "name"),
                              .title = both(path + "title"),
                              .addressee = both(path + "addressee"),
                              .opening = both(path + "opening"),
                              .closing = both(path + "closing"),
                              .demand = both(path + "demand"),
                              .advice = both(path + "advice")});
    }
    std::vector<std::string> const provisions = ids_of(tables_of(top, "reference"));
    (void)ids_of(tables_of(top, "request"));
    for (Node const& table : tables_of(top, "request")) {
        std::string const path = "request." + text_of(table, "id") + '.';
        out.requests.push_back({.id = text_of(table, "id"),
                                .stages = list_of(table, "stages"),
                                .references = list_of(table, "references"),
                                .title = both(path + "title"),
                                .ask = both(path + "ask"),
                                .why = both(path + "why")});
        check_known(out.requests.back().stages, stages, table, "stage");
        check_known(out.requests.back().references, provisions, table, "provision");
    }
    for (Node const& table : tables_of(top, "reference")) {
        std::string const path = "reference." + text_of(table, "id") + '.';
        out.provisions.push_back({.id = text_of(table, "id"),
                                  .stages = list_of(table, "stages"),
                                  .as_of = text_of(table, "as_of"),
                                  .check_by = both("check_by." + text_of(table, "check_by")),
                                  .text = both(path + "text"),
                                  .says = both(path + "says")});
        if (Node const* const is_ground = table.find("ground")) {
            out.provisions.back().is_ground = is_ground->flag;
        }
        check_known(out.provisions.back().stages, stages, table, "stage");
    }
}

void read_questions(Node const& top, Both& both, RequestTexts& out) {
    (void)ids_of(tables_of(top, "question"));
    for (Node const& table : tables_of(top, "question")) {
        std::string const id = text_of(table, "id");
        std::string const to = text_of(table, "to");
        check_known({to}, {"expert", "witness"}, table, "addressee");
        out.questions.push_back({.id = id,
                                 .to = to == "expert" ? Addressee::expert : Addressee::witness,
                                 .ask = both("question." + id + ".ask"),
                                 .why = both("question." + id + ".why")});
    }
    auto const& prompts = tables_of(top, "prompt");
    (void)ids_of(prompts);
    if (prompts.size() > most_prompts) {
        refuse("requests.toml",
               {"au plus {} questions attendues", "expected at most {} prompts"},
               most_prompts);
    }
    for (Node const& table : prompts) {
        out.prompts.push_back(to_prompt(table, both));
    }
}

template <class Value>
Value const& named(std::vector<std::pair<std::string, Value>> const& rows, std::string_view name) {
    auto const found = std::ranges::find(
        rows, name, [](auto const& row) -> auto const& { return row.first; });
    CMQ_EXPECTS(found != rows.end());
    return found->second;
}

} // namespace

Bilingual const& RequestTexts::label(std::string_view name) const {
    return named(labels, name);
}

Bilingual const& RequestTexts::aide_text(std::string_view name) const {
    return named(aide, name);
}

std::vector<Bilingual> const& RequestTexts::aide_list(std::string_view name) const {
    return named(aide_lists, name);
}

RequestStage const* RequestTexts::stage(std::string_view id) const {
    auto const found = std::ranges::find(stages, id, &RequestStage::id);
    return found == stages.end() ? nullptr : &*found;
}

RequestTexts
parse_request_texts(std::string_view structure, std::string_view french, std::string_view english) {
    Node const top = parse_toml(structure, "requests.toml");
    Both both{french, english};
    RequestTexts out;
    read_requests(top, both, out);
    read_questions(top, both, out);
    out.labels = both.all_below("label");
    out.zones = both.all_below("choice.zone");
    out.deliveries = both.all_below("choice.delivery");
    out.aide = both.all_below("aide");
    for (std::string const name : {"record", "ask", "client", "means", "balance"}) {
        out.aide_lists.emplace_back(name, both.list("aide." + name));
    }
    both.check_all_taken();
    return out;
}

RequestTexts read_request_texts() {
    return parse_request_texts(requests_toml(), requests_fr_toml(), requests_en_toml());
}

} // namespace cmq::casefile
