// SPDX-License-Identifier: GPL-3.0-or-later

#include "apps/pipeline/to_case_text.hpp"

#include "casefile/toml_text.hpp"
#include "core/error.hpp"
#include "core/number_text.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <optional>
#include <vector>

namespace cmq::pipeline {
namespace {

using casefile::Answers;
using casefile::RequestTexts;
using casefile::to_toml_text;

// Hours in police papers are rounded; nobody states how well they are known.
constexpr int marking_uncertainty_min = 15;
constexpr int examination_uncertainty_min = 10;
constexpr double longest_uncertainty_min = 1440.0; // of a moment of the case file

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
            propositions();
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
        out_ +=
            "\n[report]\ndate = " + std::string{today_} + "\nrole = \"party\"\nauthor = \"\"\n" +
            (is_weighed() ? "propositions_chosen_by = \"Contremarque (projet à revoir)\"\n" : "") +
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

    /// Half way between marking and examination, anywhere in between.
    void contact_time() {
        double const from = minutes_of(*marking_);
        double const to = minutes_of(*examination_);
        double const half = (to - from) / 2.0;
        out_ += "at = { time = \"" + moment_text(from + half) + "\", uncertainty_min = " +
                number_text(std::min(std::max(half, 1.0), longest_uncertainty_min)) + " }\n";
    }

    /// Minutes since the midnight of the day of marking.
    [[nodiscard]] double minutes_of(casefile::DayAndTime const& at) const;
    [[nodiscard]] std::string moment_text(double minutes) const;

    void contacts();
    void propositions();

    Answers const& answers_;
    RequestTexts const& texts_;
    std::string_view today_;
    std::vector<std::string> glow_;
    std::vector<std::string> nothing_;
    std::optional<casefile::DayAndTime> marking_;
    std::optional<casefile::DayAndTime> examination_;
    std::string out_;
};

double to_minutes(std::string const& time) {
    int hours = 0;
    int minutes = 0;
    std::from_chars(time.data(), time.data() + 2, hours);
    std::from_chars(time.data() + 3, time.data() + 5, minutes);
    return 60.0 * hours + minutes;
}

double CaseText::minutes_of(casefile::DayAndTime const& at) const {
    return 1440.0 * static_cast<double>(casefile::days_between(marking_->day, at.day)) +
           to_minutes(at.time);
}

std::string CaseText::moment_text(double minutes) const {
    auto const whole = static_cast<long>(minutes);
    auto const two = [](long value) { return (value < 10 ? "0" : "") + std::to_string(value); };
    return casefile::day_after(marking_->day, whole / 1440) + ' ' + two(whole % 1440 / 60) + ':' +
           two(whole % 60);
}

/// Both accounts start from the zones that glow: neither leaves one of them without a way there.
void CaseText::contacts() {
    for (std::size_t i = 0; i < glow_.size(); ++i) {
        casefile::Bilingual const& name = zone_name(texts_, glow_[i]);
        out_ += "\n[[event]]\nid = \"contact_" + std::to_string(i + 1) +
                "\"\nkind = \"contact\"\nbetween = [\"P2.right_hand\", " +
                to_toml_text(person_zone(glow_[i])) + "]\n";
        contact_time();
        out_ += "after = \"on_P2\"\nlabel = " +
                bilingual({"contact entre P2 et P1 (" + name.fr + ")",
                           "contact between P2 and P1 (" + name.en + ")"}) +
                '\n';
    }
}

void CaseText::propositions() {
    auto const stated = known("delivery");
    std::string const kind = stated.value_or("pellet");
    casefile::Bilingual const assumed =
        stated ? casefile::Bilingual{}
               : casefile::Bilingual{" (mode non précisé : tir de billes supposé)",
                                     " (means not stated: pellets assumed)"};
    std::string const at = "at = { time = \"" + marking_->day + ' ' + marking_->time +
                           "\", uncertainty_min = " + std::to_string(marking_uncertainty_min) +
                           " }\n";
    // At most half of the load on the zones together: the rest misses.
    std::string const share = number_text(0.5 / static_cast<double>(glow_.size()));
    out_ +=
        "\n# Tout ce qui suit est un point de départ écrit par le programme, que personne n’a "
        "choisi ni mesuré :\n"
        "# parts du produit, contacts, heures, énoncés. À revoir avant tout usage, au mieux avec "
        "un scientifique ;\n"
        "# indiquer ensuite qui les a choisis ([report] propositions_chosen_by) et qui les "
        "soutient (side).\n"
        "[[delivery]]\nid = \"on_P1\"\nkind = \"" +
        kind + "\"\n" + at + "zones = { ";
    for (std::size_t i = 0; i < glow_.size(); ++i) {
        out_ += (i == 0 ? "" : ", ") + to_toml_text(person_zone(glow_[i])) + " = " + share;
    }
    out_ += " }\nlabel = " +
            bilingual(
                {"produit projeté sur P1" + assumed.fr, "marker delivered onto P1" + assumed.en}) +
            "\n\n[[delivery]]\nid = \"on_P2\"\nkind = \"" + kind + "\"\n" + at +
            "zones = { \"P2.right_hand\" = 0.1 }\nlabel = " +
            bilingual(
                {"produit projeté sur P2" + assumed.fr, "marker delivered onto P2" + assumed.en}) +
            "\n\n# Heure des contacts : inconnue entre les deux.";
    contacts();
    std::string events;
    for (std::size_t i = 0; i < glow_.size(); ++i) {
        events += (i == 0 ? "\"contact_" : ", \"contact_") + std::to_string(i + 1) + '"';
    }
    out_ +=
        "\n[[proposition]]\nid = \"H1\"\nside = \"neither\"\ndeliveries = [\"on_P1\"]\n"
        "events = []\n[proposition.text]\n"
        "fr = \"P1 a été atteint directement par le produit de marquage.\"\n"
        "en = \"P1 was hit directly by the marker.\"\n"
        "\n[[proposition]]\nid = \"H2\"\nside = \"neither\"\ndeliveries = [\"on_P2\"]\n"
        "events = [" +
        events +
        "]\n[proposition.text]\n"
        "fr = \"P1 n’a pas été atteint ; une autre personne, P2, l’avait été et l’a touché de la "
        "main avant l’examen, sur chaque zone où une fluorescence est rapportée.\"\n"
        "en = \"P1 was not hit; another person, P2, had been hit and touched P1 by hand before "
        "the examination, on each zone where a glow is reported.\"\n"
        "\n[[comparison]]\nh1 = \"H1\"\nh2 = \"H2\"\n";
}

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
