// SPDX-License-Identifier: GPL-3.0-or-later

/// \file
/// Where a value was written: file, line and key, kept beside the value for every later message.

#pragma once

#include "core/error.hpp"

#include <string>

namespace cmq::casefile {

/// A spot in a TOML file. Tables of a list are counted from 1: capture[2] is the second [[capture]].
struct Place {
    std::string file; ///< as the file was named by the caller
    int line = 0;     ///< from 1; 0 when the value was not written but is a default
    std::string key;  ///< "capture[2].role"; "" for the file as a whole

    friend bool operator==(Place const&, Place const&) = default;
};

/// "case.toml line 12, key capture[2].role"; line and key are left out where there is none.
[[nodiscard]] Sentence to_sentence(Place const& place);
[[nodiscard]] std::string to_text(Place const& place); ///< the English one

/// An error whose sentence begins with its place: "case.toml line 12, key capture[2].role: expected ...".
[[nodiscard]] Error make_error(ErrorKind kind, Place const& place, Sentence const& sentence);

template <class... Texts>
[[nodiscard]] Error
make_error(ErrorKind kind, Place const& place, Form<sizeof...(Texts)> form, Texts const&... texts) {
    return make_error(kind, place, Sentence{form, texts...});
}

/// A value and where it was written.
template <class T>
struct Placed {
    T value{};
    Place place;

    [[nodiscard]] T const& operator*() const noexcept { return value; }

    [[nodiscard]] T const* operator->() const noexcept { return &value; }
};

} // namespace cmq::casefile
