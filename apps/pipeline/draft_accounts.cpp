// SPDX-License-Identifier: GPL-3.0-or-later

#include "apps/pipeline/draft_accounts.hpp"

#include "casefile/toml_text.hpp"
#include "core/error.hpp"
#include "core/number_text.hpp"

#include <algorithm>
#include <charconv>
#include <cstddef>
#include <string_view>

namespace cmq::pipeline {
namespace {

using casefile::Bilingual;
using casefile::to_toml_text;

// Hours in police papers are rounded; nobody states how well they are known.
constexpr int marking_uncertainty_min = 15;
constexpr double longest_uncertainty_min = 1440.0; // of a moment of the case file

double to_minutes(std::string const& time) {
    int hours = 0;
    int minutes = 0;
    std::from_chars(time.data(), time.data() + 2, hours);
    std::from_chars(time.data() + 3, time.data() + 5, minutes);
    return 60.0 * hours + minutes;
}

/// So many minutes after midnight of the day.
std::string moment_text(std::string const& day, double minutes) {
    auto const whole = static_cast<long>(minutes);
    auto const two = [](long value) { return (value < 10 ? "0" : "") + std::to_string(value); };
    return casefile::day_after(day, whole / 1440) + ' ' + two(whole % 1440 / 60) + ':' +
           two(whole % 60);
}

std::string bilingual(Bilingual const& text) {
    return "{ fr = " + to_toml_text(text.fr) + ", en = " + to_toml_text(text.en) + " }";
}

std::string delivery(AccountDraft const& draft,
                     std::string_view person,
                     std::vector<std::string> const& zones,
                     std::string const& share) {
    Bilingual const assumed = draft.delivery
                                  ? Bilingual{}
                                  : Bilingual{" (mode non précisé : tir de billes supposé)",
                                              " (means not stated: pellets assumed)"};
    std::string const whom{person};
    std::string text =
        "[[delivery]]\nid = \"on_" + whom + "\"\nkind = \"" + draft.delivery.value_or("pellet") +
        "\"\nat = { time = \"" + draft.marking.day + ' ' + draft.marking.time +
        "\", uncertainty_min = " + std::to_string(marking_uncertainty_min) + " }\nzones = { ";
    for (std::size_t i = 0; i < zones.size(); ++i) {
        text += (i == 0 ? "" : ", ") + to_toml_text(zones[i]) + " = " + share;
    }
    return text + " }\nlabel = " +
           bilingual({"produit projeté sur " + whom + assumed.fr,
                      "marker delivered onto " + whom + assumed.en}) +
           '\n';
}

/// Half way between marking and examination, anywhere in between.
std::string contact_time(AccountDraft const& draft) {
    double const from = to_minutes(draft.marking.time);
    double const to = 1440.0 * static_cast<double>(casefile::days_between(draft.marking.day,
                                                                          draft.examination.day)) +
                      to_minutes(draft.examination.time);
    double const half = (to - from) / 2.0;
    return "at = { time = \"" + moment_text(draft.marking.day, from + half) +
           "\", uncertainty_min = " +
           number_text(std::min(std::max(half, 1.0), longest_uncertainty_min)) + " }\n";
}

std::string contact(AccountDraft const& draft, std::size_t i) {
    auto const& [zone, name] = draft.zones[i];
    return "\n[[event]]\nid = \"contact_" + std::to_string(i + 1) +
           "\"\nkind = \"contact\"\nbetween = [\"P2.right_hand\", " + to_toml_text(zone) + "]\n" +
           contact_time(draft) + "after = \"on_P2\"\nlabel = " +
           bilingual({"contact entre P2 et P1 (" + name.fr + ")",
                      "contact between P2 and P1 (" + name.en + ")"}) +
           '\n';
}

constexpr std::string_view warning =
    "\n# Tout ce qui suit est un point de départ écrit par le programme, que personne n’a choisi "
    "ni "
    "mesuré :\n"
    "# parts du produit, contacts, heures, énoncés. À revoir avant tout usage, au mieux avec un "
    "scientifique ;\n"
    "# indiquer ensuite qui les a choisis ([report] propositions_chosen_by) et qui les soutient "
    "(side).\n";

std::string propositions(std::string const& contacts) {
    return "\n[[proposition]]\nid = \"H1\"\nside = \"neither\"\ndeliveries = [\"on_P1\"]\n"
           "events = []\n[proposition.text]\n"
           "fr = \"P1 a été atteint directement par le produit de marquage.\"\n"
           "en = \"P1 was hit directly by the marker.\"\n"
           "\n[[proposition]]\nid = \"H2\"\nside = \"neither\"\ndeliveries = [\"on_P2\"]\n"
           "events = [" +
           contacts +
           "]\n[proposition.text]\n"
           "fr = \"P1 n’a pas été atteint ; une autre personne, P2, l’avait été et l’a touché de "
           "la "
           "main avant l’examen, sur chaque zone où une fluorescence est rapportée.\"\n"
           "en = \"P1 was not hit; another person, P2, had been hit and touched P1 by hand before "
           "the examination, on each zone where a glow is reported.\"\n"
           "\n[[comparison]]\nh1 = \"H1\"\nh2 = \"H2\"\n";
}

} // namespace

std::string draft_accounts(AccountDraft const& draft) {
    CMQ_EXPECTS(!draft.zones.empty());
    std::vector<std::string> zones;
    std::string contacts;
    std::string contact_ids;
    for (std::size_t i = 0; i < draft.zones.size(); ++i) {
        zones.push_back(draft.zones[i].first);
        contacts += contact(draft, i);
        contact_ids += (i == 0 ? "\"contact_" : ", \"contact_") + std::to_string(i + 1) + '"';
    }
    // At most half of the load on the zones together: the rest misses. P2's hand gets as much as one of them.
    std::string const share = number_text(0.5 / static_cast<double>(zones.size()));
    return std::string{warning} + delivery(draft, "P1", zones, share) + '\n' +
           delivery(draft, "P2", {"P2.right_hand"}, share) +
           "\n# Heure des contacts : inconnue entre les deux." + contacts +
           propositions(contact_ids);
}

} // namespace cmq::pipeline
