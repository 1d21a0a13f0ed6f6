// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/error.hpp"

#include "core/typography.hpp"

#include <cstdio>
#include <cstdlib>
#include <utility>

namespace cmq {

Error::Error(ErrorKind kind, Sentence what_failed)
    : std::runtime_error{what_failed.english()}
    , kind_{kind}
    , sentence_{std::move(what_failed)} {}

Error& Error::at(Sentence place) {
    places_.push_back(std::move(place));
    return *this;
}

Error& Error::at(std::string_view place) {
    return at(Sentence::verbatim(std::string{place}));
}

Sentence Error::full_sentence() const {
    if (places_.empty()) {
        return sentence_;
    }
    std::string english = sentence_.english();
    for (Sentence const& place : places_) {
        english += ", at " + place.english();
    }
    std::string const places = joined(places_, std::string{narrow_no_break_space} + "; ").french();
    return Sentence::spoken(sentence_.french() + " (" + places + ")", std::move(english));
}

std::string Error::full_text() const {
    return full_sentence().english();
}

void contract_broken(char const* condition, char const* file, int line) noexcept {
    static_cast<void>(std::fprintf(stderr, "%s:%d: contract broken: %s\n", file, line, condition));
    std::abort();
}

} // namespace cmq
