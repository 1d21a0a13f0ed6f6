// SPDX-License-Identifier: GPL-3.0-or-later

#include "casefile/check_tables.hpp"

#include "core/number_text.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <map>

namespace cmq::casefile {

void check_schema_number(Node const& file, std::string const& name) {
    Node const* const schema = file.find("schema");
    if (schema != nullptr && schema->kind == NodeKind::integer && schema->integer != 1) {
        throw make_error(ErrorKind::unsupported,
                         {name, schema->line, "schema"},
                         {"attendu : 1 ; {} ; un programme plus récent peut lire ce fichier",
                          "expected 1, {}; a newer program may read this file"},
                         found_text(*schema));
    }
}

namespace {

using Ids = std::map<std::string, Place>;

// Lists whose ids share one space are handed the same map.
void check_ids(Fields const& file, std::string_view list, Ids& ids, Problems& problems) {
    for (Fields const& table : file.tables(list)) {
        if (!table.has("id")) {
            continue;
        }
        auto const id = table.name("id");
        auto const [first, is_new] = ids.try_emplace(*id, id.place);
        if (!is_new) {
            problems.add(ErrorKind::format,
                         id.place,
                         {"attendu : un identifiant propre ; {} figure déjà dans {}, à la ligne {}",
                          "expected an id of its own, found {} again; the first is {} on line {}"},
                         in_quotes(*id),
                         first->second.key,
                         first->second.line);
        }
    }
}

void check_all_ids(Fields const& file, Problems& problems) {
    for (std::string_view const list : {"capture", "carrier", "lookalike", "proposition"}) {
        Ids ids;
        check_ids(file, list, ids, problems);
    }
    // `after` of an event may name any of these, so their ids must differ.
    Ids ids;
    for (std::string_view const list : {"delivery", "event", "contamination"}) {
        check_ids(file, list, ids, problems);
    }
    for (std::string_view const list : {"observation", "reading"}) {
        Ids own;
        check_ids(file, list, own, problems);
    }
}

void check_events(Fields const& file, Problems& problems) {
    constexpr std::array<std::string_view, 3> of_one{"swab", "wash", "glove_change"};
    for (Fields const& event : file.tables("event")) {
        std::string const kind = event.text("kind");
        bool const one = std::ranges::find(of_one, kind) != of_one.end();
        std::string_view const wanted = one ? "on" : "between";
        std::string_view const other = one ? "between" : "on";
        std::string const form = one ? R"(on = "P1.right_hand")" : R"(between = ["A", "B"])";
        require(event.has(wanted),
                event,
                wanted,
                Sentence{{"la clé manque : {} demande {}", "the key is missing: a {} needs {}"},
                         kind,
                         form},
                problems);
        require(!event.has(other),
                event,
                other,
                Sentence{{"{} a {} à la place", "a {} has {} instead"}, kind, form},
                problems);
        for (std::string_view const how : {"friction", "solvent", "pressure", "area", "one_way"}) {
            require(!one || !event.has(how),
                    event,
                    how,
                    Sentence{{"attendu seulement là où deux zones se touchent, et non pour {}",
                              "expected only where two carriers touch, not for a {}"},
                             kind},
                    problems);
        }
    }
}

void check_deliveries(Fields const& file, Problems& problems) {
    for (Fields const& delivery : file.tables("delivery")) {
        require(
            delivery.text("kind") != "other" || delivery.has("amount_dl"),
            delivery,
            "amount_dl",
            Sentence{{R"(la clé manque : la bibliothèque n’a pas de charge pour kind = "other")",
                      R"(the key is missing: the library has no load for kind = "other")"}},
            problems);
        require(
            !delivery.has("body_half_width_m") || delivery.has("aim_offset_m"),
            delivery,
            "body_half_width_m",
            Sentence{{"attendu seulement avec aim_offset_m", "expected only with aim_offset_m"}},
            problems);
        auto const zones = delivery.shares("zones");
        for (auto const& offset : delivery.shares("offsets_m")) {
            auto const names_it = [&offset](auto const& zone) {
                return *zone.first == *offset.first;
            };
            if (std::ranges::none_of(zones, names_it)) {
                problems.add(ErrorKind::format,
                             offset.first.place,
                             {"la zone {} n’est pas parmi les zones de cet apport",
                              "zone {} is not among the zones of this delivery"},
                             *offset.first);
            }
        }
    }
}

void check_counts(Fields const& table, Problems& problems) {
    auto const checked = table.integer("checked");
    auto const glowing = table.integer("glowing");
    if (checked && glowing && *glowing > *checked) {
        problems.add(ErrorKind::domain,
                     table.place_of("glowing"),
                     {"attendu : au plus les {} personnes contrôlées ; trouvé : {}",
                      "expected at most the {} who were checked, found {}"},
                     *checked,
                     *glowing);
    }
}

// What a search is told by, and what one zone is told by.
void check_search_keys(Fields const& seen, Problems& problems) {
    bool const search = seen.text("kind") == "search";
    for (std::string_view const key : {"checked", "glowing"}) {
        require(search == seen.has(key),
                seen,
                key,
                search ? Sentence{{R"(la clé manque : kind = "search" la demande)",
                                   R"(the key is missing: kind = "search" needs it)"}}
                       : Sentence{{R"(attendu seulement avec kind = "search")",
                                   R"(expected only with kind = "search")"}},
                problems);
    }
    require(search || seen.has("zone"),
            seen,
            "zone",
            Sentence{{"la clé manque : une observation porte sur une zone",
                      "the key is missing: an observation is of one zone"}},
            problems);
    for (std::string_view const key :
         {"zone", "examined_by", "colour", "size_mm", "lamp_nm", "filter", "distance_cm", "room"}) {
        require(
            !search || !seen.has(key),
            seen,
            key,
            Sentence{{"attendu seulement là où une zone a été examinée, et non pour un contrôle "
                      "de plusieurs personnes",
                      "expected only where one zone was looked at, not for a search of many "
                      "people"}},
            problems);
    }
    check_counts(seen, problems);
}

void check_observation(Fields const& seen, Problems& problems) {
    check_search_keys(seen, problems);
    std::string const kind = seen.text("kind");
    bool const numeric = kind == "count" || kind == "amount";
    require(numeric == seen.has("value"),
            seen,
            "value",
            numeric ? Sentence{{R"(la clé manque : kind = "{}" la demande)",
                                R"(the key is missing: kind = "{}" needs it)"},
                               kind}
                    : Sentence{{R"(attendu seulement avec kind = "count" ou "amount")",
                                R"(expected only with kind = "count" or "amount")"}},
            problems);
    require((kind == "amount") == seen.has("sigma"),
            seen,
            "sigma",
            kind == "amount"
                ? Sentence{{"la clé manque : une quantité (amount) demande son incertitude-type",
                            "the key is missing: an amount needs its standard uncertainty"}}
                : Sentence{{R"(attendu seulement avec kind = "amount")",
                            R"(expected only with kind = "amount")"}},
            problems);
    require((kind == "reading") == seen.has("code"),
            seen,
            "code",
            kind == "reading" ? Sentence{{"la clé manque : une lecture (reading) demande son code",
                                          "the key is missing: a reading needs its code"}}
                              : Sentence{{R"(attendu seulement avec kind = "reading")",
                                          R"(expected only with kind = "reading")"}},
            problems);
    auto const value = seen.number("value");
    if (kind == "count" && value && (*(*value) < 0.0 || std::floor(*(*value)) != *(*value))) {
        problems.add(ErrorKind::domain,
                     value->place,
                     {"attendu : un nombre entier au moins égal à 0 pour un comptage",
                      "expected a whole number of at least 0 for a count"});
    }
}

/// Each table of a list names another `what` by this key.
void check_each_once(Fields const& file,
                     std::string_view list,
                     std::string_view key,
                     Words what,
                     Problems& problems) {
    Ids names;
    for (Fields const& table : file.tables(list)) {
        auto const name = table.name(key);
        auto const [first, is_new] = names.try_emplace(*name, name.place);
        require(is_new,
                table,
                key,
                Sentence{{"attendu une seule fois ({}) : {} figure déjà à la ligne {}",
                          "expected each {} once, found {} again; the first is on line {}"},
                         Sentence{what},
                         in_quotes(*name),
                         first->second.line},
                problems);
    }
}

void check_parameters(Fields const& file, Problems& problems) {
    for (Fields const& parameter : file.tables("parameter")) {
        require(parameter.has("value") != parameter.has("distribution"),
                parameter,
                "value",
                Sentence{{"attendu : value ou distribution, mais pas les deux",
                          "expected either value or distribution, and not both"}},
                problems);
    }
    check_each_once(file, "parameter", "name", {"paramètre", "parameter"}, problems);
}

void check_assigned(Fields const& file, Problems& problems) {
    for (Fields const& assigned : file.tables("assigned")) {
        double const probability = assigned.number("probability")->value;
        auto const low = assigned.number("low");
        auto const high = assigned.number("high");
        if (low && low->value > probability) {
            problems.add(ErrorKind::domain,
                         low->place,
                         {"attendu : au plus la probabilité, {} ; trouvé : {}",
                          "expected at most the probability, {}, found {}"},
                         probability,
                         low->value);
        }
        if (high && high->value < probability) {
            problems.add(ErrorKind::domain,
                         high->place,
                         {"attendu : au moins la probabilité, {} ; trouvé : {}",
                          "expected at least the probability, {}, found {}"},
                         probability,
                         high->value);
        }
    }
    check_each_once(file, "assigned", "proposition", {"proposition", "proposition"}, problems);
}

// The marker is weighed against all the rest together; only the rest has weights.
void check_colour_classes(Fields const& file, Problems& problems) {
    for (Fields const& one : file.tables("colour_class")) {
        bool const is_marker = one.text("name") == "marker";
        require(one.text("name") != "unknown",
                one,
                "name",
                Sentence{{"attendu : un autre nom que unknown, qui désigne ce à quoi personne n’a "
                          "pensé ; son poids est unknown_weight de [colour]",
                          "expected a name other than unknown, which stands for what nobody "
                          "thought of; its weight is unknown_weight of [colour]"}},
                problems);
        require(one.has("weight") != is_marker,
                one,
                "weight",
                is_marker ? Sentence{{"attendu pour les autres sources seulement : le marqueur n’a "
                                      "pas de poids",
                                      "expected for other sources only: the marker has no weight"}}
                          : Sentence{{"la clé manque : à quelle fréquence c’est cela qui brille, "
                                      "rapportée aux autres sources",
                                      "the key is missing: how often it is this that glows, beside "
                                      "the other sources"}},
                problems);
        require(!one.has("library") || one.has("source"),
                one,
                "source",
                Sentence{{"la clé manque : d’où viennent les taches de cette bibliothèque",
                          "the key is missing: where the spots of this library come from"}},
                problems);
        require(file.has("colour"),
                one,
                "name",
                Sentence{{"la table [colour] manque, avec unknown_weight : le poids de ce à quoi "
                          "personne n’a pensé",
                          "the table [colour] is missing, with unknown_weight: the weight of what "
                          "nobody thought of"}},
                problems);
    }
    check_each_once(file, "colour_class", "name", {"classe", "class"}, problems);
}

void check_times(Fields const& file, Problems& problems) {
    for (std::string_view const list :
         {"capture", "delivery", "event", "contamination", "observation", "reading", "planned"}) {
        for (Fields const& table : file.tables(list)) {
            require(!table.lacks_day("at"),
                    table,
                    "at",
                    Sentence{{"une heure accompagnée d’une date demande le jour des heures qui "
                              "n’en ont pas : ajouter day = 2026-11-21 (par exemple) à [case]",
                              "a time with a date needs the day that times without one belong to: "
                              "add day = 2026-11-21 (say) to [case]"}},
                    problems);
        }
    }
}

// With several searches, which of them the person came out of is for the case to say.
void check_population(Fields const& file, Problems& problems) {
    check_counts(file.table("population"), problems);
    bool first = true;
    for (Fields const& seen : file.tables("observation")) {
        if (seen.text("kind") != "search") {
            continue;
        }
        require(
            first || file.has("population"),
            seen,
            "kind",
            Sentence{{"second contrôle : indiquer dans [population] combien de personnes ont été "
                      "contrôlées avec celle-ci",
                      "a second search: say in [population] how many were checked where this "
                      "person was"}},
            problems);
        first = false;
    }
}

} // namespace

void require(bool condition,
             Fields const& table,
             std::string_view key,
             Sentence const& sentence,
             Problems& problems) {
    if (!condition) {
        problems.add(ErrorKind::format, table.place_of(key), sentence);
    }
}

void check_tables(Fields const& file, Problems& problems) {
    check_all_ids(file, problems);
    check_times(file, problems);
    check_population(file, problems);
    check_captures(file, problems);
    check_colour_classes(file, problems);
    check_deliveries(file, problems);
    check_events(file, problems);
    for (Fields const& seen : file.tables("observation")) {
        check_observation(seen, problems);
    }
    check_readings(file, problems);
    check_parameters(file, problems);
    check_each_once(file, "planned", "zone", {"zone", "zone"}, problems);
    check_assigned(file, problems);
    check_seals(file, problems);
}

} // namespace cmq::casefile
