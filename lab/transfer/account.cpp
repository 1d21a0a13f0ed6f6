// SPDX-License-Identifier: GPL-3.0-or-later

#include "lab/transfer/account.hpp"

#include "core/error.hpp"

#include <algorithm>
#include <cmath>
#include <map>
#include <set>
#include <string_view>

namespace cmq::lab {

namespace {

constexpr Words carrier_word{"zone", "carrier"};
constexpr Words delivery_word{"apport", "delivery"};
constexpr Words event_word{"événement", "event"};
constexpr Words look_alike_word{"fluorescence semblable", "look-alike"};

template <class... Texts>
[[noreturn]] void
refuse(Words what, std::string const& id, Form<sizeof...(Texts)> why, Texts const&... texts) {
    throw Error{ErrorKind::domain,
                {"{} {} : {}", "{} {}: {}"},
                Sentence{what},
                id.empty() ? Sentence{{"sans identifiant", "without an id"}}
                           : Sentence::verbatim(id),
                Sentence{why, texts...}};
}

bool is_probability(double value) {
    return value >= 0.0 && value <= 1.0; // false for NaN
}

void check_instant(Words what, std::string const& id, Instant const& when) {
    if (!std::isfinite(when.minutes) || !std::isfinite(when.half_width) || when.half_width < 0.0) {
        refuse(what,
               id,
               {"son heure doit être finie et sa demi-largeur ne pas être négative",
                "its time must be finite and its half-width not negative"});
    }
}

std::size_t carriers_of(EventKind kind) {
    switch (kind) {
    case EventKind::contact:
    case EventKind::wear:
    case EventKind::search:
    case EventKind::handcuffing:
    case EventKind::package:
        return 2;
    case EventKind::wash:
    case EventKind::swab:
    case EventKind::glove_change:
        return 1;
    }
    return 0;
}

class Checker {
public:
    explicit Checker(Account const& account) : account_{account} {}

    void run() {
        for (Carrier const& carrier : account_.carriers) {
            if (carrier.id.empty() || !carriers_.insert(carrier.id).second) {
                refuse(carrier_word,
                       carrier.id,
                       {"un identifiant est nécessaire, une seule fois",
                        "an id must be given, and only once"});
            }
        }
        for (Delivery const& delivery : account_.deliveries) {
            add_entry(
                delivery_word, delivery.id, delivery.when, delivery.probability, delivery.cause);
            check_delivery(delivery);
        }
        for (Event const& event : account_.events) {
            add_entry(event_word, event.id, event.when, event.probability, event.cause);
            check_event(event);
        }
        for (Event const& event : account_.events) {
            check_order(event);
        }
        check_no_circle();
        check_look_alikes();
    }

private:
    void add_entry(Words what,
                   std::string const& id,
                   Instant const& when,
                   double probability,
                   std::string const& cause) {
        if (id.empty() || !entries_.emplace(id, when).second) {
            refuse(what,
                   id,
                   {"un identifiant est nécessaire, une seule fois parmi les apports et les "
                    "événements",
                    "an id must be given, and only once among deliveries and events"});
        }
        check_instant(what, id, when);
        if (!is_probability(probability)) {
            refuse(what,
                   id,
                   {"sa probabilité doit être comprise entre 0 et 1",
                    "its probability must lie between 0 and 1"});
        }
        if (!cause.empty()) {
            auto const [known, added] = causes_.emplace(cause, probability);
            if (!added && known->second != probability) {
                refuse(what,
                       id,
                       {"il partage la cause {} avec une entrée d’une autre probabilité",
                        "it shares the cause {} with an entry of another probability"},
                       cause);
            }
        }
    }

    void check_delivery(Delivery const& delivery) const {
        double sum = 0.0;
        std::set<std::string_view> seen;
        for (ZoneShare const& zone : delivery.zones) {
            if (!carriers_.contains(zone.carrier)) {
                refuse(delivery_word,
                       delivery.id,
                       {"la zone {} n’existe pas", "there is no carrier {}"},
                       zone.carrier);
            }
            if (!seen.insert(zone.carrier).second) {
                refuse(delivery_word,
                       delivery.id,
                       {"la zone {} figure deux fois parmi les siennes",
                        "carrier {} stands twice in its zones"},
                       zone.carrier);
            }
            if (!is_probability(zone.share)) {
                refuse(delivery_word,
                       delivery.id,
                       {"la part d’une zone doit être comprise entre 0 et 1",
                        "a zone's share must lie between 0 and 1"});
            }
            sum += zone.share;
        }
        if (sum > 1.0 + 1e-9) { // shares written with few decimals may sum to a little more
            refuse(delivery_word,
                   delivery.id,
                   {"la somme des parts de ses zones dépasse 1",
                    "its zones' shares sum to more than 1"});
        }
        if (delivery.mean_load_dl &&
            !(*delivery.mean_load_dl > 0.0 && std::isfinite(*delivery.mean_load_dl))) {
            refuse(delivery_word,
                   delivery.id,
                   {"sa charge moyenne doit être supérieure à 0", "its mean load must be above 0"});
        }
        check_distances(delivery);
    }

    static void check_distances(Delivery const& delivery) {
        auto const need = [&](bool holds, Words what) {
            if (!holds) {
                refuse(delivery_word, delivery.id, what);
            }
        };
        bool const is_beside = std::ranges::any_of(
            delivery.zones, [](ZoneShare const& zone) { return zone.offset_m > 0.0; });
        bool const spreads =
            delivery.kind == DeliveryKind::spray || delivery.kind == DeliveryKind::drone;
        need(std::isfinite(delivery.distance_m) && delivery.distance_m >= 0.0,
             {"sa distance doit être supérieure à 0", "its distance must be above 0"});
        for (ZoneShare const& zone : delivery.zones) {
            need(std::isfinite(zone.offset_m) && zone.offset_m >= 0.0,
                 {"l’écart d’une zone doit être fini et ne pas être négatif",
                  "a zone's offset must be finite and not negative"});
        }
        need(!is_beside || (delivery.kind != DeliveryKind::contamination &&
                            delivery.kind != DeliveryKind::crowd),
             {"un écart n’a de sens que pour une bille, un jet, une douche ou un drone",
              "an offset has a meaning only for a pellet, a spray, a shower or a drone"});
        need(!is_beside || !spreads || delivery.distance_m > 0.0,
             {"un écart demande la distance de la buse, ou la hauteur du drone",
              "an offset needs the distance of the nozzle, or the height of the drone"});
        if (delivery.aim) {
            need(delivery.kind == DeliveryKind::pellet && delivery.distance_m > 0.0,
                 {"un point visé demande une bille et la distance du tir",
                  "an aim needs a pellet and the distance of the shot"});
            need(std::isfinite(delivery.aim->offset_m) && delivery.aim->offset_m >= 0.0 &&
                     std::isfinite(delivery.aim->half_width_m) && delivery.aim->half_width_m > 0.0,
                 {"un point visé demande un écart qui ne soit pas négatif et une demi-largeur "
                  "supérieure à 0",
                  "an aim needs an offset that is not negative and a half-width above 0"});
        }
        need((delivery.kind == DeliveryKind::crowd) == (delivery.contacts > 0),
             {"le nombre de contacts, 1 ou plus, accompagne une foule, et elle seule",
              "the number of contacts, 1 or more, goes with a crowd, and with nothing else"});
        need((!delivery.aim && delivery.contacts == 0) || delivery.cause.empty(),
             {"une probabilité qui vient de distances ou de contacts ne partage pas de cause",
              "a probability that follows from distances or contacts shares no cause"});
    }

    void check_event(Event const& event) const {
        if (event.between.size() != carriers_of(event.kind)) {
            if (carriers_of(event.kind) == 2) {
                refuse(event_word, event.id, {"il demande deux zones", "it needs two carriers"});
            }
            refuse(event_word, event.id, {"il demande une zone", "it needs one carrier"});
        }
        for (std::string const& carrier : event.between) {
            if (!carriers_.contains(carrier)) {
                refuse(event_word,
                       event.id,
                       {"la zone {} n’existe pas", "there is no carrier {}"},
                       carrier);
            }
        }
        if (event.between.size() == 2 && event.between[0] == event.between[1]) {
            refuse(event_word,
                   event.id,
                   {"ses deux zones sont la même", "its two carriers are the same"});
        }
        if (!(event.area > 0.0 && std::isfinite(event.area))) {
            refuse(event_word,
                   event.id,
                   {"sa surface doit être supérieure à 0", "its area must be above 0"});
        }
    }

    void check_order(Event const& event) const {
        if (event.after.empty()) {
            return;
        }
        auto const before = entries_.find(event.after);
        if (before == entries_.end() || event.after == event.id) {
            refuse(event_word,
                   event.id,
                   {"il n’y a pas d’autre apport ou événement {}",
                    "there is no other delivery or event {}"},
                   event.after);
        }
        Instant const& first = before->second;
        if (event.when.minutes + event.when.half_width < first.minutes - first.half_width) {
            refuse(event_word,
                   event.id,
                   {"il est dit postérieur à {}, dont l’heure la plus précoce suit sa propre heure "
                    "la plus tardive",
                    "it is stated to come after {}, whose earliest time is later than its latest"},
                   event.after);
        }
    }

    /// Follows what comes before what, from each event back to one that was followed already.
    void check_no_circle() const {
        std::map<std::string_view, std::string_view> before;
        for (Event const& event : account_.events) {
            before.emplace(event.id, event.after);
        }
        std::map<std::string_view, std::size_t> followed_from; // number of the walk that came by
        for (std::size_t walk = 0; walk < account_.events.size(); ++walk) {
            std::string_view id = account_.events[walk].id;
            while (before.contains(id) && followed_from.emplace(id, walk).second) {
                id = before.at(id);
            }
            if (before.contains(id) && followed_from.at(id) == walk) {
                refuse(event_word,
                       std::string{id},
                       {"d’événement en événement, il est dit postérieur à lui-même (after : {}) ; "
                        "supprimer l’un de ces ordres",
                        "from event to event it is stated to come after itself (after: {}); take "
                        "one of these orders out"},
                       std::string{before.at(id)});
            }
        }
    }

    void check_look_alikes() const {
        double sum = 0.0;
        std::set<std::string_view> ids;
        for (LookAlike const& look_alike : account_.look_alikes) {
            if (look_alike.id.empty() || !ids.insert(look_alike.id).second) {
                refuse(look_alike_word,
                       look_alike.id,
                       {"un identifiant est nécessaire, une seule fois",
                        "an id must be given, and only once"});
            }
            if (!is_probability(look_alike.prevalence.value_or(0.0)) ||
                !is_probability(look_alike.seen.value_or(0.0))) {
                refuse(look_alike_word,
                       look_alike.id,
                       {"ses probabilités doivent être comprises entre 0 et 1",
                        "its probabilities must lie between 0 and 1"});
            }
            sum += look_alike.prevalence.value_or(0.0);
        }
        if (sum > 1.0) {
            throw Error{ErrorKind::domain,
                        {"la somme des fréquences des fluorescences semblables dépasse 1",
                         "the look-alikes' prevalences sum to more than 1"}};
        }
        if (account_.people_checked.value_or(0) < 0) {
            throw Error{ErrorKind::domain,
                        {"le nombre de personnes contrôlées est négatif",
                         "the number of people checked is negative"}};
        }
    }

    Account const& account_;
    std::set<std::string_view> carriers_;
    std::map<std::string_view, Instant> entries_;
    std::map<std::string_view, double> causes_;
};

} // namespace

void check(Account const& account) {
    Checker{account}.run();
}

} // namespace cmq::lab
