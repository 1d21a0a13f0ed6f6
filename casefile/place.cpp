// SPDX-License-Identifier: GPL-3.0-or-later

#include "casefile/place.hpp"

namespace cmq::casefile {

std::string to_text(Place const& place) {
    std::string text = place.file;
    if (place.line > 0) {
        text += " line " + std::to_string(place.line);
    }
    if (!place.key.empty()) {
        text += ", key " + place.key;
    }
    return text;
}

Error make_error(ErrorKind kind, Place const& place, std::string const& sentence) {
    return Error{kind, to_text(place) + ": " + sentence};
}

} // namespace cmq::casefile
