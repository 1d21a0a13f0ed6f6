// SPDX-License-Identifier: GPL-3.0-or-later

/// \file
/// Words compared as people read them: without regard to case, accents or the form of their encoding.

#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace cmq {

enum class WordParts : std::uint8_t {
    letters,            ///< "evidence_Dupont2" has the words evidence and dupont
    letters_and_digits, ///< "shot_at_P1" has the words shot, at and p1
};

/// The words of a text in their order, folded: lower case, Latin letters without accents and ligatures, whether
/// the accents stand in the letter (NFC) or behind it (NFD). Spaces, hyphens, underscores, apostrophes and all
/// other punctuation end a word. Bytes that are no UTF-8 are parts of words.
///
/// Limits: case and accents are folded in Latin, Greek (case only) and Cyrillic (case only); words of other
/// scripts are compared as they are written.
/// Source of the Latin letters: Unicode 14 decompositions, U+00C0 to U+024F and U+1E00 to U+1EFF.
[[nodiscard]] std::vector<std::string> folded_words(std::string_view text, WordParts parts);

/// Whether the words of `part` stand in `whole` one after the other. No words stand nowhere.
[[nodiscard]] bool holds_words(std::span<std::string const> whole,
                               std::span<std::string const> part);

} // namespace cmq
