// SPDX-License-Identifier: GPL-3.0-or-later

/// \file
/// Options that are lists of words: "fr,en".

#pragma once

#include "core/error.hpp"

#include <algorithm>
#include <array>
#include <sstream>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace cmq::cli {

/// Turns "fr,en" into values by a table, each once, in the order given.
/// \throws Error usage  a word outside the table, or none at all
template <class Value, std::size_t n>
[[nodiscard]] std::vector<Value>
parse_list(std::string const& option,
           std::string const& list,
           std::array<std::pair<std::string_view, Value>, n> const& table) {
    std::vector<Value> values;
    std::istringstream stream{list};
    for (std::string word; std::getline(stream, word, ',');) {
        auto const found =
            std::ranges::find(table, word, &std::pair<std::string_view, Value>::first);
        if (found == table.end()) {
            throw Error{
                ErrorKind::usage,
                {"--{} ne connaît pas « {} » ; voir --help", "--{} does not know '{}'; see --help"},
                option,
                word};
        }
        if (std::ranges::find(values, found->second) == values.end()) {
            values.push_back(found->second);
        }
    }
    if (values.empty()) {
        throw Error{ErrorKind::usage,
                    {"--{} ne nomme rien ; voir --help", "--{} names nothing; see --help"},
                    option};
    }
    return values;
}

} // namespace cmq::cli
