// SPDX-License-Identifier: GPL-3.0-or-later

#include "apps/pipeline/to_case_text.hpp"

#include "apps/pipeline/draft_accounts.hpp"
#include "casefile/drafted.hpp"
#include "casefile/toml_text.hpp"
#include "core/error.hpp"

#include <algorithm>
#include <array>
#include <optional>
#include <vector>

namespace cmq::pipeline {
namespace {

using casefile::Answers;
using casefile::RequestTexts;
using casefile::to_toml_text;

// Hours in police papers are rounded; nobody states how well they are known.
constexpr int examination_uncertainty_min = 10;

std::string person_zone(std::string_view zone) {
    return "P1." + std::string{zone};
}

std::string_view surface_of(std::string_view zone) {
    constexpr std::array<std::string_view, 5> skin{
        "right_hand", "left_hand", "face", "neck", "hair"};
    return std::ranges::find(skin, zone) != skin.end() ? "skin" : "porous";
}

casefile::Bilingual const& zone_name(RequestTexts const& texts, std::string_view zone) {
    auto const found = std::ranges::find(
        texts.zones, zone, [](auto const& row) -> auto const& { return row.first; });
    CMQ_EXPECTS(found != texts.zones.end());
    return found->second;
}

std::string bilingual(casefile::Bilingual const& text) {
    return "{ fr = " + to_toml_text(text.fr) + ", en = " + to_toml_text(text.en) + " }";
}

/// Writes the tables one after the other.
class CaseText {
public:
    CaseText(Answers const& answers, RequestTexts const& texts, std::string_view today)
        : answers_{answers}
        , texts_{texts}
        , today_{today} {
        glow_ = chosen("zones_glow");
        nothing_ = chosen("zones_nothing");
        // What is said to glow is not also a zone where nothing was seen.
        std::erase_if(nothing_, [&](std::string const& zone) { return contains(glow_, zone); });
        if (auto const at = casefile::known_answer(answers, "marking_time")) {
            marking_ = casefile::day_and_time(*at);
        }
        if (auto const at = casefile::known_answer(answers, "examination_time")) {
            examination_ = casefile::day_and_time(*at);
        }
    }

    [[nodiscard]] std::string write() {
        head();
        carriers();
        search();
        for (std::string const& zone : glow_) {
            observation(zone, "detected");
        }
        for (std::string const& zone : nothing_) {
            observation(zone, "not_detected");
        }
        reading();
        if (is_weighed()) {
            out_ += draft_accounts(draft());
        }
        return std::move(out_);
    }

private:
    static bool contains(std::vector<std::string> const& all, std::string_view one) {
        return std::ranges::find(all, one) != all.end();
    }

    [[nodiscard]] std::optional<std::string> known(std::string_view prompt) const {
        return casefile::known_answer(answers_, prompt);
    }

    [[nodiscard]] std::vector<std::string> chosen(std::string_view prompt) const {
        auto const kept = known(prompt);
        return kept ? casefile::words_of(*kept) : std::vector<std::string>{};
    }

    [[nodiscard]] bool is_dated() const {
        return marking_ && examination_ && !marking_->time.empty() && !examination_->time.empty() &&
               marking_->day + marking_->time < examination_->day + examination_->time;
    }

    /// There is something to weigh, and an order of events.
    [[nodiscard]] bool is_weighed() const { return is_dated() && !glow_.empty(); }

    void head() {
        out_ += "# Fichier de l’affaire, établi à partir des réponses à « contremarque requests ». "
                "Clés : docs/formats/case.toml.md.\n"
                "# Aucun nom de personne ici : P1 est la personne contrôlée.\n"
                "schema = 1\n\n[case]\n";
        out_ += "id = " + to_toml_text(known("reference").value_or("")) + '\n';
        out_ += "language = \"fr\"\n";
        out_ += "stage = " + to_toml_text(known("stage").value_or("")) + '\n';
        std::string const day = marking_       ? marking_->day
                                : examination_ ? examination_->day
                                               : std::string{};
        if (!day.empty()) {
            out_ += "day = " + day + '\n';
        }
        std::vector<std::string> const held = chosen("held");
        if (!held.empty()) {
            out_ += "held = [";
            for (std::size_t i = 0; i < held.size(); ++i) {
                out_ += (i == 0 ? "" : ", ") + to_toml_text(held[i]);
            }
            out_ += "]\n";
        }
        out_ += "\n[report]\ndate = " + std::string{today_} +
                "\nrole = \"party\"\nauthor = \"\"\n" +
                (is_weighed()
                     ? "propositions_chosen_by = \"" + std::string{casefile::drafted_by} + "\"\n"
                     : "") +
                "results_known_before = true\n";
    }

    void carrier(std::string_view id, std::string_view surface, casefile::Bilingual const& label) {
        out_ += "\n[[carrier]]\nid = " + to_toml_text(id) + "\nsurface = \"" +
                std::string{surface} + "\"\nlabel = " + bilingual(label) + '\n';
    }

    void carriers() {
        // Hands are where contact shows; a paper that does not speak of them leaves them unexamined.
        std::vector<std::string> zones = glow_;
        for (std::string const& zone : nothing_) {
            zones.push_back(zone);
        }
        for (std::string const hand : {"right_hand", "left_hand"}) {
            if (!contains(zones, hand)) {
                zones.push_back(hand);
            }
        }
        for (std::string const& zone : zones) {
            casefile::Bilingual const& name = zone_name(texts_, zone);
            carrier(person_zone(zone), surface_of(zone), {name.fr + " de P1", name.en + " of P1"});
        }
        if (is_weighed()) {
            carrier("P2.right_hand", "skin", {"main droite de P2", "right hand of P2"});
        }
    }

    /// The words quoted are those on the glow: they tell nothing else.
    void source(bool with_words) {
        casefile::NamedDocument const named = casefile::to_document(
            known("document").value_or("document non précisé / document not stated"));
        out_ += "source = { document = " + to_toml_text(named.document);
        if (named.page) {
            out_ += ", page = " + std::to_string(*named.page);
        }
        if (auto const words = known("words"); words && with_words) {
            out_ += ", words = " + to_toml_text(*words);
        }
        if (!named.author.empty()) {
            out_ += ", author = " + to_toml_text(named.author);
        }
        out_ += " }\n";
    }

    void at_examination() {
        if (examination_ && !examination_->time.empty()) {
            out_ += "at = { time = \"" + examination_->day + ' ' + examination_->time +
                    "\", uncertainty_min = " + std::to_string(examination_uncertainty_min) + " }\n";
        }
    }

    void observation(std::string const& zone, std::string_view kind) {
        out_ += "\n[[observation]]\nzone = " + to_toml_text(person_zone(zone)) + "\nkind = \"" +
                std::string{kind} + "\"\n";
        at_examination();
        auto const colour = known("appearance");
        if (colour && kind == "detected") {
            out_ += "colour = " + to_toml_text(*colour) + '\n';
        }
        if (auto const lamp = known("lamp")) {
            out_ += "lamp = " + to_toml_text(*lamp) + '\n';
        }
        source(kind == "detected");
    }

    void reading() {
        auto const laboratory = known("laboratory");
        std::vector<std::string> const words =
            laboratory ? casefile::words_of(*laboratory) : std::vector<std::string>{};
        if (words.empty() || words.front() != "code_read" || glow_.empty()) {
            return;
        }
        std::size_t const space = laboratory->find(' ');
        std::string const code =
            space == std::string::npos ? "non précisé / not stated" : laboratory->substr(space + 1);
        out_ +=
            "\n# Rattachée à la première zone ; à corriger si le prélèvement vient d’une autre.\n"
            "[[observation]]\nzone = " +
            to_toml_text(person_zone(glow_.front())) +
            "\nkind = \"reading\"\ncode = " + to_toml_text(code) +
            "\nexamined_by = \"instrument\"\n";
        source(false);
    }

    void search() {
        auto const people = known("people");
        if (!people) {
            return;
        }
        std::vector<std::string> const numbers = casefile::words_of(*people);
        out_ += "\n[[observation]]\nkind = \"search\"\nchecked = " + numbers.at(0) +
                "\nglowing = " + numbers.at(1) + '\n';
        at_examination();
        source(false);
    }

    [[nodiscard]] AccountDraft draft() const {
        AccountDraft draft{.zones = {},
                           .delivery = known("delivery"),
                           .marking = *marking_,
                           .examination = *examination_};
        for (std::string const& zone : glow_) {
            draft.zones.emplace_back(person_zone(zone), zone_name(texts_, zone));
        }
        return draft;
    }

    Answers const& answers_;
    RequestTexts const& texts_;
    std::string_view today_;
    std::vector<std::string> glow_;
    std::vector<std::string> nothing_;
    std::optional<casefile::DayAndTime> marking_;
    std::optional<casefile::DayAndTime> examination_;
    std::string out_;
};

} // namespace

std::string
to_case_text(Answers const& answers, RequestTexts const& texts, std::string_view today) {
    return CaseText{answers, texts, today}.write();
}

std::string to_counsel_text(Answers const& answers) {
    auto const account = casefile::known_answer(answers, "account");
    if (!account) {
        return {};
    }
    return "# Fichier de travail du cabinet : n’en rien joindre à un dossier.\n"
           "schema = 1\n\n[counsel]\naccount = " +
           to_toml_text(*account) + '\n';
}

} // namespace cmq::pipeline
