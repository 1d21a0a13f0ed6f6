// SPDX-License-Identifier: GPL-3.0-or-later

#include "casefile/purge.hpp"
#include "casefile/purge_parts.hpp"

#include <algorithm>
#include <set>
#include <utility>

namespace cmq::casefile {
namespace {

bool contains(std::vector<std::string> const& all, std::string_view one) {
    return std::ranges::find(all, one) != all.end();
}

/// What is decided about the tables of one file.
class TablePurge {
public:
    TablePurge(std::string_view text,
               std::string const& file,
               PurgedPerson const& person,
               PurgedIds const& gone)
        : text_{text}
        , file_{file}
        , person_{person}
        , top_{parse_toml(text, file)} {
        out_.ids = gone;
    }

    Purged run() {
        drop_tables_of_person();
        drop_references();
        prune_shares("delivery");
        prune_shares("contamination");
        drop_events();
        prune_propositions();
        drop_comparisons();
        drop_assigned();
        prune_examination();
        drop_account();
        name_what_lost_its_use();
        purge_texts(top_, file_, person_, edits_, out_);
        out_.text = without_comments_on(edit_toml(text_, edits_), file_, person_, out_);
        name_what_still_speaks(parse_toml(out_.text, file_), {file_, 0, ""}, person_, out_.left);
        return std::move(out_);
    }

private:
    [[nodiscard]] bool is_of_person(std::string_view zone) const {
        return zone == person_.code || zone.starts_with(person_.code + ".");
    }

    [[nodiscard]] std::vector<Node> const& tables(std::string_view name) const {
        static std::vector<Node> const none;
        Node const* const list = top_.find(name);
        return list == nullptr ? none : list->items;
    }

    [[nodiscard]] Place place_of(std::string_view name, std::size_t i) const {
        return {file_, tables(name)[i].line, std::string{name} + '[' + std::to_string(i + 1) + ']'};
    }

    [[nodiscard]] bool is_dropped(std::string_view name, std::size_t i) const {
        return std::ranges::any_of(edits_, [&](Edit const& edit) {
            return edit.path == NodePath{std::string{name}, i};
        });
    }

    void drop(std::string_view name, std::size_t i, Sentence const& why) {
        if (!is_dropped(name, i)) {
            edits_.push_back({{std::string{name}, i}, {}});
            std::string const id = text_of(tables(name)[i], "id");
            out_.removed.push_back(
                {place_of(name, i), id.empty() ? why : Sentence{{"{} : {}", "{}: {}"}, id, why}});
        }
    }

    void drop_tables_of_person() {
        Sentence const why{{"zone de {}", "zone of {}"}, person_.code};
        for (std::size_t i = 0; i < tables("carrier").size(); ++i) {
            std::string const id = text_of(tables("carrier")[i], "id");
            if (is_of_person(id)) {
                out_.ids.carriers.push_back(id);
                drop("carrier", i, why);
            }
        }
        for (std::string const name : {"capture", "observation", "reading", "planned", "seal"}) {
            for (std::size_t i = 0; i < tables(name).size(); ++i) {
                if (is_of_person(text_of(tables(name)[i], "zone"))) {
                    drop(name, i, why);
                    found_ = found_ || (name != "planned" && name != "seal");
                    if (name == "capture") {
                        note_capture(tables(name)[i]);
                    }
                }
            }
        }
        for (std::size_t i = 0; i < tables("capture").size(); ++i) {
            Node const& capture = tables("capture")[i];
            if (contains(out_.ids.captures, text_of(capture, "of"))) {
                drop("capture",
                     i,
                     Sentence{{"sert la capture {}", "serves capture {}"}, text_of(capture, "of")});
                note_capture(capture);
            }
        }
    }

    void drop_references() {
        for (std::size_t i = 0; i < tables("reference").size(); ++i) {
            std::string const capture = text_of(tables("reference")[i], "capture");
            if (contains(out_.ids.captures, capture)) {
                drop("reference",
                     i,
                     Sentence{{"taches de la capture {}", "spots of capture {}"}, capture});
            }
        }
    }

    void note_capture(Node const& capture) {
        out_.ids.captures.push_back(text_of(capture, "id"));
        out_.pictures.push_back(text_of(capture, "file"));
    }

    void prune_shares(std::string_view name) {
        for (std::size_t i = 0; i < tables(name).size(); ++i) {
            Node const* const zones = tables(name)[i].find("zones");
            if (zones == nullptr || zones->kind != NodeKind::table) {
                continue;
            }
            std::vector<Edit> shares;
            for (Entry const& share : zones->entries) {
                if (is_of_person(share.key)) {
                    shares.push_back({{std::string{name}, i, "zones", share.key}, {}});
                }
            }
            if (shares.empty()) {
                continue;
            }
            if (shares.size() == zones->entries.size()) {
                out_.ids.entries.push_back(text_of(tables(name)[i], "id"));
                drop(name, i, Sentence{{"n’atteint que {}", "reaches {} alone"}, person_.code});
                continue;
            }
            out_.changed.push_back({place_of(name, i),
                                    Sentence{{"{} n’atteint plus {}", "{} no longer reaches {}"},
                                             text_of(tables(name)[i], "id"),
                                             person_.code}});
            edits_.insert(edits_.end(), shares.begin(), shares.end());
            prune_offsets(name, i);
        }
    }

    void prune_offsets(std::string_view name, std::size_t i) {
        Node const* const offsets = tables(name)[i].find("offsets_m");
        if (offsets == nullptr) {
            return;
        }
        std::vector<Edit> gone;
        for (Entry const& offset : offsets->entries) {
            if (is_of_person(offset.key)) {
                gone.push_back({{std::string{name}, i, "offsets_m", offset.key}, {}});
            }
        }
        if (gone.size() == offsets->entries.size()) {
            gone = {{{std::string{name}, i, "offsets_m"}, {}}};
        }
        edits_.insert(edits_.end(), gone.begin(), gone.end());
    }

    void drop_events() {
        for (std::size_t i = 0; i < tables("event").size(); ++i) {
            Node const& event = tables("event")[i];
            bool touches = is_of_person(text_of(event, "on"));
            if (Node const* const between = event.find("between")) {
                touches = touches || std::ranges::any_of(between->items, [&](Node const& zone) {
                              return is_of_person(zone.text);
                          });
            }
            if (touches) {
                out_.ids.entries.push_back(text_of(event, "id"));
                drop("event", i, Sentence{{"touche {}", "touches {}"}, person_.code});
            }
        }
        for (std::size_t i = 0; i < tables("event").size(); ++i) {
            std::string const after = text_of(tables("event")[i], "after");
            if (!is_dropped("event", i) && contains(out_.ids.entries, after)) {
                edits_.push_back({{"event", i, "after"}, {}});
                out_.changed.push_back(
                    {place_of("event", i),
                     Sentence{{"{} ne suit plus {}", "{} no longer comes after {}"},
                              text_of(tables("event")[i], "id"),
                              after}});
            }
        }
    }

    /// Takes ids that are gone out of a list. \return how many stay
    std::size_t
    prune_list(Node const* list, NodePath const& path, std::vector<std::string> const& gone) {
        if (list == nullptr) {
            return 0;
        }
        std::size_t stay = 0;
        for (std::size_t k = 0; k < list->items.size(); ++k) {
            if (!contains(gone, list->items[k].text)) {
                ++stay;
                continue;
            }
            NodePath item = path;
            item.emplace_back(k);
            edits_.push_back({std::move(item), {}});
        }
        return stay;
    }

    void prune_propositions() {
        for (std::size_t i = 0; i < tables("proposition").size(); ++i) {
            Node const& proposition = tables("proposition")[i];
            std::string const id = text_of(proposition, "id");
            std::size_t const before = edits_.size();
            std::size_t stay = 0;
            for (std::string const key : {"deliveries", "events"}) {
                stay +=
                    prune_list(proposition.find(key), {"proposition", i, key}, out_.ids.entries);
            }
            bool const is_pruned = edits_.size() > before;
            Node const* const said = proposition.find("text");
            bool const speaks = said != nullptr && speaks_below(*said, person_);
            if (stay == 0 && (is_pruned || speaks)) {
                edits_.resize(before);
                out_.ids.propositions.push_back(id);
                drop("proposition",
                     i,
                     Sentence{{"ne parle que de {}", "speaks of {} alone"}, person_.code});
            } else if (is_pruned) {
                out_.changed.push_back({place_of("proposition", i),
                                        Sentence{{"{} ne nomme plus ce qui touche {}",
                                                  "{} no longer names what touches {}"},
                                                 id,
                                                 person_.code}});
                out_.left.push_back({place_of("proposition", i),
                                     Sentence{{"{} dit autre chose qu’auparavant : la relire",
                                               "{} says something else than before: read it"},
                                              id}});
            }
        }
    }

    void drop_comparisons() {
        for (std::size_t i = 0; i < tables("comparison").size(); ++i) {
            Node const& comparison = tables("comparison")[i];
            bool const lost = contains(out_.ids.propositions, text_of(comparison, "h1")) ||
                              contains(out_.ids.propositions, text_of(comparison, "h2"));
            if (lost) {
                drop("comparison",
                     i,
                     Sentence{{"{} contre {} : n’a plus ses deux côtés",
                               "{} against {}: no longer has two sides"},
                              text_of(comparison, "h1"),
                              text_of(comparison, "h2")});
            }
        }
    }

    void drop_assigned() {
        for (std::size_t i = 0; i < tables("assigned").size(); ++i) {
            Node const& assigned = tables("assigned")[i];
            Node const* const zones = assigned.find("zones");
            bool const names_person =
                zones != nullptr && std::ranges::any_of(zones->items, [&](Node const& zone) {
                    return is_of_person(zone.text);
                });
            std::string const proposition = text_of(assigned, "proposition");
            if (names_person || found_ || contains(out_.ids.propositions, proposition)) {
                drop("assigned",
                     i,
                     Sentence{
                         {"probabilité énoncée pour {} sur des résultats dont une partie disparaît",
                          "probability stated for {} of findings of which some go"},
                         proposition});
            }
        }
    }

    void prune_examination() {
        Node const* const examination = top_.find("examination");
        if (examination == nullptr) {
            return;
        }
        std::size_t const before = edits_.size();
        prune_list(examination->find("blanks"), {"examination", "blanks"}, out_.ids.captures);
        if (contains(out_.ids.captures, text_of(*examination, "reference"))) {
            edits_.push_back({{"examination", "reference"}, {}});
        }
        if (edits_.size() > before) {
            out_.changed.push_back({{file_, examination->line, "examination"},
                                    Sentence{{"captures supprimées : plus nommées",
                                              "captures that go: no longer named"}}});
        }
    }

    /// What the person says, in counsel's file: in the first person, so that no code need stand in it.
    void drop_account() {
        Node const* const counsel = top_.find("counsel");
        Node const* const account = counsel == nullptr ? nullptr : counsel->find("account");
        if (account == nullptr) {
            return;
        }
        Place const place{file_, account->line, "counsel.account"};
        if (person_.code == interviewed_code) {
            edits_.push_back({{"counsel", "account"}, {}});
            out_.removed.push_back(
                {place, Sentence{{"le récit de {}", "the account of {}"}, person_.code}});
        } else if (!speaks_below(*account, person_)) {
            out_.left.push_back({place,
                                 Sentence{{"un récit qui ne nomme personne : le relire",
                                           "an account that names nobody: read it"}}});
        }
    }

    /// Of a table that stays, whether one of `others` still names it.
    void name_unused(std::string_view name, std::set<std::string> const& used, Words what) {
        for (std::size_t i = 0; i < tables(name).size(); ++i) {
            std::string const id = text_of(tables(name)[i], "id");
            if (!is_dropped(name, i) && !used.contains(id)) {
                out_.left.push_back(
                    {place_of(name, i), Sentence{{"{} : {}", "{}: {}"}, id, Sentence{what}}});
            }
        }
    }

    /// Only where something went: a file may hold unused tables on purpose.
    void name_what_lost_its_use() {
        if (edits_.empty()) {
            return;
        }
        std::set<std::string> compared;
        for (std::size_t i = 0; i < tables("comparison").size(); ++i) {
            if (!is_dropped("comparison", i)) {
                compared.insert(text_of(tables("comparison")[i], "h1"));
                compared.insert(text_of(tables("comparison")[i], "h2"));
            }
        }
        std::set<std::string> named;
        for (std::size_t i = 0; i < tables("proposition").size(); ++i) {
            for (std::string const key : {"deliveries", "events"}) {
                Node const* const list = tables("proposition")[i].find(key);
                if (list != nullptr && !is_dropped("proposition", i)) {
                    for (Node const& item : list->items) {
                        named.insert(item.text);
                    }
                }
            }
        }
        for (Node const& event : tables("event")) {
            named.insert(text_of(event, "after"));
        }
        name_unused("proposition",
                    compared,
                    {"plus comparée à rien ; à retirer ou à comparer",
                     "no longer compared with anything; remove it or compare it"});
        for (std::string_view const name : {"delivery", "event"}) {
            name_unused(
                name,
                named,
                {"aucune proposition ne la nomme plus", "no proposition names it any more"});
        }
    }

    std::string_view text_;
    std::string file_;
    PurgedPerson const& person_;
    Node top_;
    std::vector<Edit> edits_;
    Purged out_;
    bool found_ = false; ///< a finding of the person goes
};

} // namespace

Purged purge_tables(std::string_view text,
                    std::string const& file,
                    PurgedPerson const& person,
                    PurgedIds const& gone) {
    return TablePurge{text, file, person, gone}.run();
}

} // namespace cmq::casefile
