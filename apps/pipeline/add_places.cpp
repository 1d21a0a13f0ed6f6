// SPDX-License-Identifier: GPL-3.0-or-later

#include "apps/pipeline/add_places.hpp"

#include <algorithm>
#include <map>
#include <string>
#include <vector>

namespace cmq::pipeline {
namespace {

using casefile::Case;
using casefile::Place;

// "event handshake" and the like, as lab's sentences call the entries, with their places.
std::map<std::string, Place> names_of(Case const& of) {
    std::map<std::string, Place> names;
    auto const add = [&](std::string const& what, auto const& entries) {
        for (auto const& entry : entries) {
            names.emplace(what + " " + *entry.id, entry.id.place);
        }
    };
    add("carrier", of.carriers);
    add("delivery", of.deliveries);
    add("delivery", of.contaminations);
    add("event", of.events);
    add("after", of.deliveries); // "... is stated to come after shot1": both lines are named
    add("after", of.contaminations);
    add("after", of.events);
    add("look-alike", of.lookalikes);
    add("finding", of.observations);
    add("finding", of.captures);
    add("proposition", of.propositions);
    for (auto const& parameter : of.parameters) {
        names.emplace("parameter " + *parameter.name, parameter.name.place);
    }
    return names;
}

} // namespace

void add_places(Error& error, Case const& of) {
    std::string const sentence = error.full_text();
    std::map<std::size_t, std::pair<std::size_t, Place>> found;
    for (auto const& [name, place] : names_of(of)) {
        for (auto at = sentence.find(name); at != std::string::npos;
             at = sentence.find(name, at + 1)) {
            char const next = at + name.size() < sentence.size() ? sentence[at + name.size()] : ':';
            bool const ends = next == ':' || next == ',' || next == ' ' || next == ';';
            auto& best = found[at]; // of "event a" and "event a b" the longer one is meant
            if (ends && name.size() > best.first) {
                best = {name.size(), place};
            }
        }
    }
    std::vector<Place> told;
    for (auto const& [at, match] : found) {
        if (match.first > 0 && std::ranges::find(told, match.second) == told.end()) {
            told.push_back(match.second);
            error.at(casefile::to_sentence(match.second));
        }
    }
}

} // namespace cmq::pipeline
