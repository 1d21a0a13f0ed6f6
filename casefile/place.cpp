// SPDX-License-Identifier: GPL-3.0-or-later

#include "casefile/place.hpp"

namespace cmq::casefile {

Sentence to_sentence(Place const& place) {
    bool const has_line = place.line > 0;
    bool const has_key = !place.key.empty();
    if (has_line && has_key) {
        return Sentence{
            {"{}, ligne {}, clé {}", "{} line {}, key {}"}, place.file, place.line, place.key};
    }
    if (has_line) {
        return Sentence{{"{}, ligne {}", "{} line {}"}, place.file, place.line};
    }
    if (has_key) {
        return Sentence{{"{}, clé {}", "{}, key {}"}, place.file, place.key};
    }
    return Sentence::verbatim(place.file);
}

std::string to_text(Place const& place) {
    return to_sentence(place).english();
}

Error make_error(ErrorKind kind, Place const& place, Sentence const& sentence) {
    return Error{kind, {"{} : {}", "{}: {}"}, to_sentence(place), sentence};
}

} // namespace cmq::casefile
