// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/error.hpp"

#include <cstdio>
#include <cstdlib>

namespace cmq {

Error::Error(ErrorKind kind, std::string const& what_failed)
    : std::runtime_error{what_failed}
    , kind_{kind} {}

Error& Error::at(std::string_view place) {
    places_.emplace_back(place);
    return *this;
}

std::string Error::full_text() const {
    std::string text = what();
    for (std::string const& place : places_) {
        text += ", at " + place;
    }
    return text;
}

void contract_broken(char const* condition, char const* file, int line) noexcept {
    static_cast<void>(std::fprintf(stderr, "%s:%d: contract broken: %s\n", file, line, condition));
    std::abort();
}

} // namespace cmq
