// SPDX-License-Identifier: GPL-3.0-or-later

#include "lab/transfer/account.hpp"

#include "core/error.hpp"

#include <cmath>
#include <map>
#include <set>
#include <string_view>

namespace cmq::lab {

namespace {

[[noreturn]] void refuse(std::string_view what, std::string const& id, std::string_view why) {
    throw Error{ErrorKind::domain,
                std::string{what} + ' ' + (id.empty() ? "without an id" : id) + ": " +
                    std::string{why}};
}

bool is_probability(double value) {
    return value >= 0.0 && value <= 1.0; // false for NaN
}

void check_instant(std::string_view what, std::string const& id, Instant const& when) {
    if (!std::isfinite(when.minutes) || !std::isfinite(when.half_width) || when.half_width < 0.0) {
        refuse(what, id, "its time must be finite and its half-width not negative");
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
                refuse("carrier", carrier.id, "an id must be given, and only once");
            }
        }
        for (Delivery const& delivery : account_.deliveries) {
            add_entry("delivery", delivery.id, delivery.when, delivery.probability, delivery.cause);
            check_delivery(delivery);
        }
        for (Event const& event : account_.events) {
            add_entry("event", event.id, event.when, event.probability, event.cause);
            check_event(event);
        }
        for (Event const& event : account_.events) {
            check_order(event);
        }
        check_look_alikes();
    }

private:
    void add_entry(std::string_view what,
                   std::string const& id,
                   Instant const& when,
                   double probability,
                   std::string const& cause) {
        if (id.empty() || !entries_.emplace(id, when).second) {
            refuse(what, id, "an id must be given, and only once among deliveries and events");
        }
        check_instant(what, id, when);
        if (!is_probability(probability)) {
            refuse(what, id, "its probability must lie between 0 and 1");
        }
        if (!cause.empty()) {
            auto const [known, added] = causes_.emplace(cause, probability);
            if (!added && known->second != probability) {
                refuse(what,
                       id,
                       "it shares the cause " + cause + " with an entry of another probability");
            }
        }
    }

    void check_delivery(Delivery const& delivery) const {
        double sum = 0.0;
        std::set<std::string_view> seen;
        for (ZoneShare const& zone : delivery.zones) {
            if (!carriers_.contains(zone.carrier)) {
                refuse("delivery", delivery.id, "there is no carrier " + zone.carrier);
            }
            if (!seen.insert(zone.carrier).second) {
                refuse("delivery",
                       delivery.id,
                       "carrier " + zone.carrier + " stands twice in its zones");
            }
            if (!is_probability(zone.share)) {
                refuse("delivery", delivery.id, "a zone's share must lie between 0 and 1");
            }
            sum += zone.share;
        }
        if (sum > 1.0 + 1e-9) { // shares written with few decimals may sum to a little more
            refuse("delivery", delivery.id, "its zones' shares sum to more than 1");
        }
        if (delivery.mean_load_dl &&
            !(*delivery.mean_load_dl > 0.0 && std::isfinite(*delivery.mean_load_dl))) {
            refuse("delivery", delivery.id, "its mean load must be above 0");
        }
    }

    void check_event(Event const& event) const {
        if (event.between.size() != carriers_of(event.kind)) {
            refuse("event",
                   event.id,
                   carriers_of(event.kind) == 2 ? "it needs two carriers" : "it needs one carrier");
        }
        for (std::string const& carrier : event.between) {
            if (!carriers_.contains(carrier)) {
                refuse("event", event.id, "there is no carrier " + carrier);
            }
        }
        if (event.between.size() == 2 && event.between[0] == event.between[1]) {
            refuse("event", event.id, "its two carriers are the same");
        }
        if (!(event.area > 0.0 && std::isfinite(event.area))) {
            refuse("event", event.id, "its area must be above 0");
        }
    }

    void check_order(Event const& event) const {
        if (event.after.empty()) {
            return;
        }
        auto const before = entries_.find(event.after);
        if (before == entries_.end() || event.after == event.id) {
            refuse("event", event.id, "there is no other delivery or event " + event.after);
        }
        Instant const& first = before->second;
        if (event.when.minutes + event.when.half_width < first.minutes - first.half_width) {
            refuse("event",
                   event.id,
                   "it is stated to come after " + event.after +
                       ", whose earliest time is later than its latest");
        }
    }

    void check_look_alikes() const {
        double sum = 0.0;
        std::set<std::string_view> ids;
        for (LookAlike const& look_alike : account_.look_alikes) {
            if (look_alike.id.empty() || !ids.insert(look_alike.id).second) {
                refuse("look-alike", look_alike.id, "an id must be given, and only once");
            }
            if (!is_probability(look_alike.prevalence.value_or(0.0)) ||
                !is_probability(look_alike.seen.value_or(0.0))) {
                refuse("look-alike", look_alike.id, "its probabilities must lie between 0 and 1");
            }
            sum += look_alike.prevalence.value_or(0.0);
        }
        if (sum > 1.0) {
            throw Error{ErrorKind::domain, "the look-alikes' prevalences sum to more than 1"};
        }
        if (account_.people_checked.value_or(0) < 0) {
            throw Error{ErrorKind::domain, "the number of people checked is negative"};
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
