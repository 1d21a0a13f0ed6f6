// SPDX-License-Identifier: GPL-3.0-or-later

#include "apps/pipeline/simulated_account.hpp"

#include "core/number_text.hpp"

#include <array>
#include <cmath>

namespace cmq::pipeline {
namespace {

constexpr int shot_at = 14 * 60; // every case begins at 14:00

std::string two_digits(int value) {
    return (value < 10 ? "0" : "") + std::to_string(value);
}

std::string clock(int minutes) {
    return two_digits(minutes / 60) + ':' + two_digits(minutes % 60);
}

/// Draws the pieces of one account one after the other.
class Writer {
public:
    explicit Writer(Random& random) : random_{random} {}

    SimulatedAccount write(std::string_view id) {
        SimulatedAccount account;
        out_ =
            "# Simulated: no person, no picture and no document of this case exists.\nschema = 1\n"
            "demonstration = true\n\n[case]\nid = \"" +
            std::string{id} +
            "\"\nlanguage = \"en\"\n\n[report]\ndate = 2026-11-23\nrole = \"party\"\n";
        carriers();
        deliveries();
        contacts();
        custody();
        propositions();
        account.text = std::move(out_);
        account.zones = {"P1.hand", "P1.jacket"};
        if (has_trousers_) {
            account.zones.emplace_back("P1.trousers");
        }
        account.examined_at = clock(shot_at + whole(100, 300));
        return account;
    }

private:
    double from(double low, double high) { return low + (high - low) * random_.uniform(); }

    int whole(int low, int high) { return static_cast<int>(std::floor(from(low, high))); }

    bool with(double probability) { return random_.uniform() < probability; }

    static std::string number(double value) { return fixed_text(value, 3); }

    void table(std::string_view name, std::string_view id) {
        out_ += "\n[[" + std::string{name} + "]]\nid = \"" + std::string{id} + "\"\n";
    }

    void key(std::string_view name, std::string const& value) {
        out_ += std::string{name} + " = " + value + '\n';
    }

    void at(int minutes, int uncertainty) {
        key("at",
            "{ time = \"" + clock(minutes) +
                "\", uncertainty_min = " + std::to_string(uncertainty) + " }");
    }

    void carriers() {
        has_trousers_ = with(0.5);
        for (auto const& [id, surface] : {std::pair{"P1.hand", "skin"},
                                          {"P1.jacket", "porous"},
                                          {"P1.trousers", "porous"},
                                          {"P2.hand", "skin"},
                                          {"P2.jacket", "porous"},
                                          {"seat", "smooth"},
                                          {"glove", "smooth"}}) {
            table("carrier", id);
            key("surface", '"' + std::string{surface} + '"');
        }
    }

    void deliveries() {
        constexpr std::array kinds{"pellet", "pellet", "pellet", "spray", "shower", "drone"};
        std::string const kind = kinds[static_cast<std::size_t>(whole(0, 6))];
        double const hand = from(0.0, 0.2);
        double const jacket = from(0.05, 0.4);
        double const trousers = from(0.0, 0.2);
        double const distance = kind == "pellet" ? from(20.0, 40.0) : from(3.0, 10.0);
        double const beside = from(0.3, 2.0);
        // The same load reaches P1, or P2 with a little beside on P1's jacket in some cases.
        bool const reaches_p1 = with(0.4);
        for (std::string const person : {"P1", "P2"}) {
            table("delivery", "on_" + person);
            key("kind", '"' + kind + '"');
            at(shot_at, 1);
            std::string zones = "{ \"" + person + ".hand\" = " + number(hand) + ", \"" + person +
                                ".jacket\" = " + number(jacket);
            if (person == "P1") {
                zones += ", \"P1.trousers\" = " + number(trousers);
            } else if (reaches_p1) {
                zones += ", \"P1.jacket\" = " + number(jacket);
            }
            key("zones", zones + " }");
            key("distance_m", number(distance));
            if (person == "P2" && reaches_p1) {
                key("offsets_m", "{ \"P1.jacket\" = " + number(beside) + " }");
            }
        }
        has_crowd_ = with(0.5);
        if (has_crowd_) {
            table("delivery", "crowd");
            key("kind", "\"crowd\"");
            at(shot_at + 20, 15);
            key("zones", R"({ "P1.jacket" = 0.6, "P1.trousers" = 0.3 })");
            key("contacts", std::to_string(whole(2, 40)));
        }
    }

    void event(std::string const& id,
               std::string_view kind,
               std::string_view first,
               std::string_view second,
               int earliest,
               int latest) {
        table("event", id);
        key("kind", '"' + std::string{kind} + '"');
        if (second.empty()) {
            key("on", '"' + std::string{first} + '"');
        } else {
            key("between", "[\"" + std::string{first} + "\", \"" + std::string{second} + "\"]");
        }
        at(shot_at + whole(earliest, latest), whole(0, 6));
        if (with(0.4)) { // each uncertain event doubles the patterns that are summed
            key("probability", number(from(0.2, 1.0)));
        }
        events_ += (events_.empty() ? "\"" : ", \"") + id + '"';
    }

    void contacts() {
        event("handshake", "contact", "P2.hand", "P1.hand", 6, 90);
        event("side_by_side", "contact", "P2.jacket", "P1.jacket", 6, 90);
        event("hand_in_pocket", "wear", "P1.hand", "P1.jacket", 6, 90);
        event("p2_sits", "contact", "P2.jacket", "seat", 6, 80);
        event("p1_sits", "contact", "P1.jacket", "seat", 10, 90);
        event("p1_leans_back", "contact", "P1.trousers", "seat", 10, 90);
        if (with(0.3)) {
            event("p1_washes", "wash", "P1.hand", "", 30, 90);
        }
    }

    void custody() {
        if (with(0.5)) {
            event("p2_searched", "search", "glove", "P2.jacket", 82, 90);
            event("p1_searched", "search", "glove", "P1.jacket", 91, 95);
        }
        if (with(0.3)) {
            table("contamination", "bench");
            key("zones", R"({ "P1.hand" = 0.3, "P1.jacket" = 0.5 })");
            at(shot_at + 96, 2);
            key("probability", number(from(0.01, 0.2)));
        }
    }

    void propositions() {
        std::string const crowd = has_crowd_ ? ", \"crowd\"" : "";
        constexpr std::array<std::array<std::string_view, 3>, 2> sides{
            {{"H1", "prosecution", "on_P1"}, {"H2", "defence", "on_P2"}}};
        for (auto const& [id, side, delivery] : sides) {
            table("proposition", id);
            key("side", '"' + std::string{side} + '"');
            key("deliveries", "[\"" + std::string{delivery} + '"' + crowd + ']');
            key("events", '[' + events_ + ']');
        }
        out_ += "\n[[comparison]]\nh1 = \"H1\"\nh2 = \"H2\"\n";
    }

    Random& random_;
    std::string out_;
    std::string events_;
    bool has_trousers_ = false;
    bool has_crowd_ = false;
};

} // namespace

SimulatedAccount simulated_account(std::string_view id, Random& random) {
    return Writer{random}.write(id);
}

std::string
simulated_observation(std::string_view zone, bool detected, std::string_view examined_at) {
    return "\n[[observation]]\nzone = \"" + std::string{zone} + "\"\nkind = \"" +
           (detected ? "detected" : "not_detected") + "\"\nat = { time = \"" +
           std::string{examined_at} +
           "\", uncertainty_min = 0 }\nsource = { document = \"SIMULATED\", page = 1, words = "
           "\"simulated\" }\n";
}

} // namespace cmq::pipeline
