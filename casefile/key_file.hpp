// SPDX-License-Identifier: GPL-3.0-or-later

/// \file
/// The key of a case: who stands behind a code, in a file of its own, and the check that no name of it stands in
/// the case. Format: docs/formats/key.toml.md.

#pragma once

#include "casefile/place.hpp"

#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace cmq::casefile {

struct KeyPerson {
    Place place;
    Placed<std::string> code;               ///< "P1": a letter, then letters, digits and '_'
    std::vector<Placed<std::string>> names; ///< each spelling
    std::string note;                       ///< "" when not given
};

/// Letters that a name needs: shorter ones stand in too many words to be told from them.
inline constexpr std::size_t shortest_name = 3;

/// Whether a text may be a code.
[[nodiscard]] bool is_code(std::string_view text);

/// \throws Error format       not such a file, each mistake with its place; a code given twice; a name with fewer than
///                            shortest_name letters
/// \throws Error unsupported  another schema number
[[nodiscard]] std::vector<KeyPerson> parse_key(std::string_view text, std::string const& file);

/// Refuses a TOML text with a name of the key in a text, a key, a comment, or the last part of its file's name.
/// Compared are whole words without
/// regard to case and accents (core/folded_words.hpp). The sentences name the code and never the name, as they
/// may end in a log.
/// \throws Error domain  up to 20 lines, each with the place of the name
/// \throws Error         as parse_toml
void check_without_names(std::string_view text,
                         std::string const& file,
                         std::span<KeyPerson const> key);

} // namespace cmq::casefile
