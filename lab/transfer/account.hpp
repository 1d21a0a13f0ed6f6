// SPDX-License-Identifier: GPL-3.0-or-later

/// \file
/// Who and what could carry marker, how marker came, and what happened in which order.

#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace cmq::lab {

enum class Surface : std::uint8_t {
    skin,   ///< hands, face, neck, hair
    porous, ///< cloth, paper, uncoated wood
    smooth, ///< glass, metal, plastic, coated gloves
};

/// A person-zone, an object or a place.
struct Carrier {
    std::string id{}; ///< "P1.right_hand"
    Surface surface = Surface::skin;
};

/// A time known to lie in [minutes - half_width, minutes + half_width], every instant alike.
struct Instant {
    double minutes = 0.0; ///< since an origin that the caller chooses
    double half_width = 0.0;

    friend bool operator==(Instant const&, Instant const&) = default;
};

enum class DeliveryKind : std::uint8_t {
    pellet,
    spray,
    shower,
    drone,
    contamination, ///< from custody or laboratory: arrives dry, and stands in every proposition
    crowd,         ///< unknown people who touched a carrier, some of them marked: arrives dry
};

/// Share of a delivery that lands on a carrier.
struct ZoneShare {
    std::string carrier{};
    double share = 0.0; ///< [0, 1]; the shares of one delivery sum to at most 1

    /// Distance from the middle of where the marker went: the share is what lands there times footprint().
    double offset_m = 0.0;

    friend bool operator==(ZoneShare const&, ZoneShare const&) = default;
};

/// Where a shot went, seen from the body whose zones the delivery names.
struct Aim {
    double offset_m =
        0.0; ///< >= 0, across: from the point aimed at to the middle of that body; 0: it was aimed at
    double half_width_m = 0.25; ///< > 0, of that body

    friend bool operator==(Aim const&, Aim const&) = default;
};

/// Marker that enters the account. Its load is Gamma distributed with mean = the parameter
/// "load.<kind>_dl" (of a crowd: "crowd.load_dl"; detection limits of the reference examination), unless mean_load_dl is
/// given.
struct Delivery {
    std::string id{};
    DeliveryKind kind = DeliveryKind::pellet;
    Instant when{};
    std::vector<ZoneShare> zones{};
    double probability = 1.0; ///< that it happened, given the proposition
    std::string cause{};      ///< what shares a cause happens together; "" = a cause of its own
    std::optional<double> mean_load_dl{}; ///< > 0, from a test shot
    double distance_m = 0.0; ///< from launcher or nozzle, or the drone's height; 0: not stated
    /// Pellet: the probability is multiplied by chance_of_mark(). Needs a distance, and no cause shared with others.
    std::optional<Aim> aim{};
    int contacts = 0; ///< crowd, >= 1: the probability is multiplied by chance_of_marked_stranger()
};

enum class EventKind : std::uint8_t {
    contact,      ///< two carriers, both ways
    wear,         ///< two carriers: a contact with light pressure
    search,       ///< two carriers: a contact with friction
    handcuffing,  ///< two carriers: a contact with friction and firm pressure
    package,      ///< two carriers: a contact with light pressure
    wash,         ///< one carrier
    swab,         ///< one carrier: takes the recovered share away
    glove_change, ///< one carrier: it is clean afterwards
};

enum class Pressure : std::uint8_t { light, normal, firm };

/// What happens to marker between delivery and examination.
struct Event {
    std::string id{};
    EventKind kind = EventKind::contact;
    std::vector<std::string> between{}; ///< ids of one or two carriers, as the kind asks
    Instant when{};
    double probability = 1.0;
    std::string cause{};                ///< as for Delivery
    std::optional<Pressure> pressure{}; ///< none: that of the kind
    bool friction = false;
    bool solvent = false; ///< wet hands, rain, gel: loosens bound marker
    double area = 1.0;    ///< relative to a palm; multiplies the odds of transfer
    bool one_way =
        false;           ///< marker moves from between[0] to between[1] only: a wipe, a fresh cloth
    std::string after{}; ///< id of a delivery or event that came before this one; "" = not stated
};

/// A material that is not the marker and glows under the lamp.
struct LookAlike {
    std::string id{};
    std::optional<double>
        prevalence{};             ///< P(zone holds it); none: parameter "look_alike.prevalence"
    std::optional<double> seen{}; ///< P(it is seen | it is there); none: "look_alike.seen"
    bool is_other_lot = false;    ///< marker of another lot: it has a code, and not this one
};

/// Everything that any proposition may pick from. Deliveries and events keep the order of the file:
/// where drawn times are equal, that order decides.
struct Account {
    std::vector<Carrier> carriers{};
    std::vector<Delivery> deliveries{};
    std::vector<Event> events{};
    std::vector<LookAlike> look_alikes{{.id = "unspecified", .prevalence = {}, .seen = {}}};
    std::optional<int> people_checked{}; ///< how many were screened under the lamp
};

/// Checks all that can be checked without propositions. Errors begin with the id of the entry, so
/// that a caller can put the place in front ("delivery shot1: ...").
///
/// \throws Error domain  an id is empty or taken; a carrier, cause or predecessor is not known; a
///                       number is out of its range; a kind has the wrong number of carriers; entries
///                       of one cause differ in probability; a stated order is impossible
void check(Account const& account);

} // namespace cmq::lab
