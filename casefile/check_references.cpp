// SPDX-License-Identifier: GPL-3.0-or-later

#include "casefile/claims.hpp"
#include "casefile/problems.hpp"
#include "casefile/read_case.hpp"

#include <algorithm>

namespace cmq::casefile {
namespace {

// The ids of one kind of table, and what to call them in a message.
class Declared {
public:
    template <class Range>
    Declared(std::string_view what, Range const& range) : what_{what} {
        add(range);
    }

    template <class Range>
    void add(Range const& range) {
        for (auto const& entry : range) {
            ids_.emplace_back(*entry.id);
        }
    }

    void check(Placed<std::string> const& name, Problems& problems) const {
        if (std::ranges::find(ids_, *name) == ids_.end()) {
            Sentence const known = ids_.empty()
                                       ? Sentence{{"il n’y en a pas", "none is declared"}}
                                       : Sentence{{"déclarés : {}", "declared: {}"}, shown()};
            problems.add(ErrorKind::format,
                         name.place,
                         {"attendu : l’identifiant d’un {} ; trouvé : {} ({}){}",
                          "expected the id of a {}, found {} ({}){}"},
                         what_,
                         in_quotes(*name),
                         known,
                         did_you_mean(*name, ids_));
        }
    }

private:
    [[nodiscard]] std::string shown() const {
        constexpr std::size_t most = 12; // more than a reader scans
        std::span<std::string_view const> const all{ids_};
        return ids_.size() <= most ? listed(all) : listed(all.first(most)) + ", ...";
    }

    std::string_view what_;
    std::vector<std::string_view> ids_;
};

template <class Shares>
void check_zones(Shares const& zones, Declared const& carriers, Problems& problems) {
    for (auto const& [zone, share] : zones) {
        carriers.check(zone, problems);
    }
}

// What is corrected is what is searched for traces.
void check_profile(Capture const& capture, Problems& problems) {
    bool const searched =
        *capture.role == CaptureRole::evidence || *capture.role == CaptureRole::blank ||
        *capture.role == CaptureRole::reference || *capture.role == CaptureRole::ambient ||
        *capture.role == CaptureRole::joined;
    if (capture.profile && !searched) {
        problems.add(
            ErrorKind::format,
            capture.profile->place,
            {R"(un profil ne s’applique qu’aux captures evidence, blank, reference, ambient et joined ; celle-ci a role = "{}")",
             R"(a profile is for captures of role evidence, blank, reference, ambient and joined; this one has role = "{}")"},
            to_word(*capture.role));
    }
}

// Light of the room is taken off what the lamp lit, by one capture of it.
void check_subtracted(Case const& of,
                      Declared const& captures,
                      Capture const& capture,
                      Problems& problems) {
    if (!capture.subtract) {
        return;
    }
    captures.check(*capture.subtract, problems);
    bool const lit = *capture.role == CaptureRole::evidence ||
                     *capture.role == CaptureRole::blank || *capture.role == CaptureRole::reference;
    bool const other = std::ranges::any_of(of.captures, [&](Capture const& one) {
        return *one.id == **capture.subtract && *one.role != CaptureRole::ambient;
    });
    if (!lit || other) {
        problems.add(
            ErrorKind::format,
            capture.subtract->place,
            {R"(attendu : l’identifiant d’une capture dont role = "ambient", à retrancher d’une capture evidence, blank ou reference ; trouvé : {})",
             R"(expected the id of a capture with role = "ambient", to be taken off one of role evidence, blank or reference; found {})"},
            in_quotes(**capture.subtract));
    }
}

// Totals, blanks, limits and reference colours are compared with one another, and amounts of all zones are told in
// one detection limit: light given off and light taken away are not of one kind.
void check_sides(Case const& of, Problems& problems) {
    Capture const* first = nullptr;
    for (Capture const& capture : of.captures) {
        bool const measured = *capture.role == CaptureRole::evidence ||
                              *capture.role == CaptureRole::blank ||
                              *capture.role == CaptureRole::reference;
        if (!measured) {
            continue;
        }
        if (first == nullptr) {
            first = &capture;
        } else if (seeks_darker(*first) != seeks_darker(capture)) {
            problems.add(
                ErrorKind::format,
                capture.marks ? capture.marks->place : capture.id.place,
                {R"(les marques recherchées dans {} sont marks = "{}", ici marks = "{}" : la lumière émise et la lumière prise ne se comparent ni ne s’additionnent ; donner la même valeur à toutes les captures evidence, blank et reference, ou faire deux affaires)",
                 R"(marks sought in {} are marks = "{}", here marks = "{}": light given off and light taken away can neither be compared nor summed; give all captures of role evidence, blank and reference the same, or make two cases)"},
                in_quotes(*first->id),
                to_word(seeks_darker(*first) ? Marks::darker : Marks::lighter),
                to_word(seeks_darker(capture) ? Marks::darker : Marks::lighter));
        }
    }
}

void check_captures(Case const& of, Declared const& carriers, Problems& problems) {
    Declared const captures{"[[capture]]", of.captures};
    for (Capture const& capture : of.captures) {
        check_profile(capture, problems);
        check_subtracted(of, captures, capture, problems);
        if (capture.zone) {
            carriers.check(*capture.zone, problems);
        }
        if (!capture.of) {
            continue;
        }
        captures.check(*capture.of, problems);
        bool const joined = *capture.role == CaptureRole::joined;
        bool const serves_evidence = std::ranges::none_of(of.captures, [&](Capture const& other) {
            bool const may_serve = *other.role == CaptureRole::evidence ||
                                   (joined && *other.role == CaptureRole::reference);
            return *other.id == **capture.of && !may_serve;
        });
        if (!serves_evidence && joined) {
            problems.add(
                ErrorKind::format,
                capture.of->place,
                {R"(attendu : l’identifiant d’une capture dont role = "evidence" ou "reference" ; trouvé : {})",
                 R"(expected the id of a capture with role = "evidence" or "reference", found {})"},
                in_quotes(**capture.of));
        } else if (!serves_evidence) {
            problems.add(
                ErrorKind::format,
                capture.of->place,
                {R"(attendu : l’identifiant d’une capture dont role = "evidence" ; trouvé : {})",
                 R"(expected the id of a capture with role = "evidence", found {})"},
                in_quotes(**capture.of));
        }
    }
}

// A colour is compared with colours of as many channels, and joined captures give nothing but colour.
void check_joined(Case const& of, Problems& problems) {
    std::size_t const most = colour_captures(of);
    if (most == 1) {
        return;
    }
    constexpr std::size_t most_captures = 5; // pipeline::most_joined_captures
    for (Capture const& capture : of.captures) {
        auto const joined = joined_to(of, capture);
        bool const is_reference = std::ranges::any_of(
            of.references, [&](Reference const& one) { return *one.capture == *capture.id; });
        bool const compared = *capture.role == CaptureRole::evidence || is_reference;
        if (compared && 1 + joined.size() != most) {
            problems.add(
                ErrorKind::format,
                capture.id.place,
                {R"({} captures de role = "joined" sont jointes à celle-ci, {} à une autre : une couleur ne se compare qu’à celles d’autant de captures ; en joindre autant à chaque capture evidence et à chaque capture nommée dans [[reference]])",
                 R"({} captures with role = "joined" are joined to this one, {} to another: a colour is compared only with those of as many captures; join as many to each capture of role evidence and to each that a [[reference]] names)"},
                joined.size(),
                most - 1);
        }
        if (1 + joined.size() > most_captures) {
            problems.add(ErrorKind::format,
                         of.captures[joined[most_captures - 1]].of->place,
                         {"attendu : au plus {} captures jointes à une autre",
                          "expected at most {} captures joined to one"},
                         most_captures - 1);
        }
        if (!joined.empty() && (seeks_darker(capture) || capture.subtract)) {
            problems.add(
                ErrorKind::format,
                of.captures[joined.front()].of->place,
                {R"(une capture ne se joint ni à des marques "darker", ni à une capture dont la lumière ambiante est retranchée (subtract) : cette lumière n’est pas la même derrière un autre filtre)",
                 R"(a capture is joined neither to "darker" marks nor to a capture from which light of the room is taken off (subtract): that light is another behind another filter)"});
        }
        if (!joined.empty() && of.colour_classes.empty()) {
            problems.add(
                ErrorKind::format,
                of.captures[joined.front()].of->place,
                {"une capture jointe ne sert qu’à la couleur : déclarer des [[colour_class]]",
                 "a joined capture serves colour alone: declare [[colour_class]] tables"});
        }
    }
}

void check_role(Case const& of,
                Placed<std::string> const& id,
                CaptureRole role,
                Problems& problems) {
    auto const found = std::ranges::find(of.captures, *id, [](Capture const& c) { return *c.id; });
    if (found != of.captures.end() && *found->role != role) {
        problems.add(ErrorKind::format,
                     id.place,
                     {R"(attendu : une capture dont role = "{}", mais {} a role = "{}")",
                      R"(expected a capture with role = "{}", but {} has role = "{}")"},
                     to_word(role),
                     in_quotes(*id),
                     to_word(*found->role));
    }
}

void check_examination(Case const& of, Problems& problems) {
    if (!of.examination) {
        return;
    }
    Declared const captures{"[[capture]]", of.captures};
    for (Placed<std::string> const& blank : of.examination->blanks) {
        captures.check(blank, problems);
        check_role(of, blank, CaptureRole::blank, problems);
    }
    if (auto const& reference = of.examination->reference) {
        captures.check(*reference, problems);
        check_role(of, *reference, CaptureRole::reference, problems);
    }
}

void check_colour_references(Case const& of, Problems& problems) {
    Declared const captures{"[[capture]]", of.captures};
    Declared const classes{"[[colour_class]]", of.colour_classes};
    for (Reference const& reference : of.references) {
        classes.check(reference.of_class, problems);
        captures.check(reference.capture, problems);
        check_role(of, reference.capture, CaptureRole::reference, problems);
    }
}

void check_account(Case const& of, Declared const& carriers, Problems& problems) {
    for (Delivery const& delivery : of.deliveries) {
        check_zones(delivery.zones, carriers, problems);
    }
    for (Contamination const& contamination : of.contaminations) {
        check_zones(contamination.zones, carriers, problems);
    }
    Declared all{"[[delivery]], [[event]] or [[contamination]]", of.deliveries};
    all.add(of.events);
    all.add(of.contaminations);
    for (Event const& event : of.events) {
        for (Placed<std::string> const& carrier : event.carriers) {
            carriers.check(carrier, problems);
        }
        if (event.after) {
            all.check(*event.after, problems);
        }
    }
}

void check_propositions(Case const& of, Problems& problems) {
    Declared const deliveries{"[[delivery]]", of.deliveries};
    Declared const events{"[[event]]", of.events};
    for (Proposition const& proposition : of.propositions) {
        for (Placed<std::string> const& id : proposition.deliveries) {
            deliveries.check(id, problems);
        }
        for (Placed<std::string> const& id : proposition.events) {
            events.check(id, problems);
        }
    }
    Declared const propositions{"[[proposition]]", of.propositions};
    for (Comparison const& comparison : of.comparisons) {
        propositions.check(comparison.h1, problems);
        propositions.check(comparison.h2, problems);
        if (*comparison.h1 == *comparison.h2) {
            problems.add(ErrorKind::domain,
                         comparison.h2.place,
                         {"attendu : une autre proposition que h1 ; trouvé : {}",
                          "expected a proposition other than h1, found {}"},
                         in_quotes(*comparison.h2));
        }
    }
}

void check_assigned(Case const& of, Declared const& carriers, Problems& problems) {
    Declared const propositions{"[[proposition]]", of.propositions};
    for (Assigned const& assigned : of.assigned) {
        propositions.check(assigned.proposition, problems);
        for (Placed<std::string> const& zone : assigned.zones) {
            carriers.check(zone, problems);
        }
    }
}

} // namespace

void check_references(Case const& of) {
    Problems problems;
    Declared const carriers{"[[carrier]]", of.carriers};
    check_captures(of, carriers, problems);
    check_sides(of, problems);
    check_joined(of, problems);
    check_examination(of, problems);
    check_colour_references(of, problems);
    check_account(of, carriers, problems);
    for (Observation const& seen : of.observations) {
        carriers.check(seen.zone, problems);
    }
    for (Reading const& reading : of.readings) {
        carriers.check(reading.zone, problems);
    }
    for (Planned const& planned : of.planned) {
        carriers.check(planned.zone, problems);
    }
    if (!of.claims.empty()) {
        std::vector<Claim> const library = read_claims();
        Declared const known{"claim (claims.toml)", library};
        for (StatedClaim const& claim : of.claims) {
            known.check(claim.id, problems);
        }
    }
    for (Seal const& seal : of.seals) {
        if (seal.zone) {
            carriers.check(*seal.zone, problems);
        }
    }
    check_propositions(of, problems);
    check_assigned(of, carriers, problems);
    problems.throw_if_any();
}

} // namespace cmq::casefile
