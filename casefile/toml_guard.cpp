// SPDX-License-Identifier: GPL-3.0-or-later

#include "casefile/toml_guard.hpp"

#include "casefile/place.hpp"
#include "casefile/read_case.hpp"

#include <algorithm>
#include <array>
#include <cstdint>

namespace cmq::casefile {
namespace {

unsigned byte_at(std::string_view text, std::size_t i) {
    return i < text.size() ? static_cast<unsigned char>(text[i]) : 0U;
}

// Length of the UTF-8 character at i; 0 when there is none. Table 3-7 of the Unicode Standard 15.
std::size_t utf8_length(std::string_view text, std::size_t i) {
    unsigned const lead = byte_at(text, i);
    if (lead < 0x80U) {
        return 1;
    }
    std::size_t length = 0;
    unsigned low = 0x80U;
    unsigned high = 0xbfU;
    if (lead >= 0xc2U && lead <= 0xdfU) {
        length = 2;
    } else if (lead >= 0xe0U && lead <= 0xefU) {
        length = 3;
        low = lead == 0xe0U ? 0xa0U : low;
        high = lead == 0xedU ? 0x9fU : high;
    } else if (lead >= 0xf0U && lead <= 0xf4U) {
        length = 4;
        low = lead == 0xf0U ? 0x90U : low;
        high = lead == 0xf4U ? 0x8fU : high;
    }
    for (std::size_t k = 1; k < length; ++k) {
        unsigned const next = byte_at(text, i + k);
        if (next < low || next > high) {
            return 0;
        }
        low = 0x80U;
        high = 0xbfU;
    }
    return length;
}

int line_of(std::string_view text, std::size_t at) {
    return 1 + static_cast<int>(
                   std::count(text.begin(), text.begin() + static_cast<std::ptrdiff_t>(at), '\n'));
}

/// What people hand over in place of a text, by how it begins.
struct Other {
    std::string_view start;
    Words what;
};

constexpr std::array others{
    Other{"%PDF", {"un PDF", "a PDF"}},
    Other{"PK\x03\x04",
          {"un document de traitement de texte ou une archive",
           "a document of a word processor, or an archive"}},
    Other{"{\\rtf", {"un document RTF", "an RTF document"}},
    Other{"\x89HDF", {"un fichier HDF5", "an HDF5 file"}},
    Other{"CONTREMARQUE CASE",
          {"un fichier de résultats (case.h5), que lisent report et verify",
           "a case file of results (case.h5), which report and verify read"}},
    Other{"CONTREMARQUE LOCKED",
          {"un fichier verrouillé ; l’ouvrir par contremarque unlock",
           "a locked file; open it with contremarque unlock"}},
};

void refuse_other_files(std::string_view text, std::string const& file) {
    for (Other const& other : others) {
        if (text.starts_with(other.start)) {
            throw make_error(ErrorKind::format,
                             {file, 0, ""},
                             {"ce n’est pas un texte TOML, c’est {}", "no TOML text, but {}"},
                             Sentence{other.what});
        }
    }
}

void check_bytes(std::string_view text, std::string const& file) {
    refuse_other_files(text, file);
    for (std::size_t i = 0; i < text.size();) {
        if (text[i] == '\0') {
            throw make_error(
                ErrorKind::format,
                {file, line_of(text, i), ""},
                {"un octet nul : ce n’est pas un fichier de texte, ou il est en UTF-16 ; "
                 "l’enregistrer en UTF-8",
                 "a NUL byte: this is not a text file, or it is UTF-16; save it as UTF-8"});
        }
        // TOML has none of them; the parser takes some for the beginning of a key, and ends the program on an assertion.
        bool const is_control = (static_cast<unsigned char>(text[i]) < 0x20 && text[i] != '\t' &&
                                 text[i] != '\n' && text[i] != '\r') ||
                                text[i] == '\x7f';
        if (is_control) {
            throw make_error(ErrorKind::format,
                             {file, line_of(text, i), ""},
                             {"un caractère de commande, que TOML ne permet pas ; l’ôter",
                              "a control character, which TOML does not allow; take it out"});
        }
        std::size_t const length = utf8_length(text, i);
        if (length == 0) {
            throw make_error(
                ErrorKind::format,
                {file, line_of(text, i), ""},
                {"des octets qui ne sont pas de l’UTF-8 ; enregistrer le fichier en UTF-8",
                 "bytes that are not UTF-8; save the file with UTF-8 encoding"});
        }
        i += length;
    }
}

} // namespace

std::size_t skip_string(std::string_view text, std::size_t i) {
    char const quote = text[i];
    std::string const triple(3, quote);
    if (text.substr(i, 3) == triple) {
        for (i += 3; i < text.size(); ++i) {
            if (quote == '"' && text[i] == '\\') {
                ++i;
            } else if (text.substr(i, 3) == triple) {
                i += 3;
                // A multi-line string may end in one or two quotes of its own.
                return std::min(text.find_first_not_of(quote, i), text.size());
            }
        }
        return text.size();
    }
    for (++i; i < text.size() && text[i] != '\n'; ++i) {
        if (quote == '"' && text[i] == '\\') {
            ++i;
        } else if (text[i] == quote) {
            return i + 1;
        }
    }
    return i;
}

namespace {

// The parser and its tree recurse once a level; a text of brackets or of dots would end the stack.
void check_nesting(std::string_view text, std::string const& file) {
    int depth = 0;
    int dots = 0;
    std::size_t i = 0;
    while (i < text.size()) {
        char const c = text[i];
        if (c == '"' || c == '\'') {
            i = skip_string(text, i);
            continue;
        }
        if (c == '#') {
            i = std::min(text.find('\n', i), text.size());
            continue;
        }
        if (c == '[' || c == '{') {
            ++depth;
        } else if (c == ']' || c == '}') {
            depth = std::max(depth - 1, 0);
        }
        if (c == '.') {
            ++dots;
        } else if (c == '\n' || c == '=' || c == ',' || c == ']' || c == '[' || c == '{') {
            dots = 0;
        }
        if (depth > deepest_nesting || dots > deepest_nesting) {
            throw make_error(ErrorKind::format,
                             {file, line_of(text, i), ""},
                             {"tables ou listes imbriquées sur plus de {} niveaux ; le fichier "
                              "d’une affaire en demande 3",
                              "tables or lists nested more than {} deep; a case file needs 3"},
                             deepest_nesting);
        }
        ++i;
    }
}

} // namespace

void guard_toml(std::string_view text, std::string const& file) {
    if (text.size() > case_size_limit) {
        throw make_error(ErrorKind::limits,
                         {file, 0, ""},
                         {"plus de {} Mio : ce n’est pas le fichier d’une affaire",
                          "longer than {} MiB: not a case file"},
                         case_size_limit >> 20U);
    }
    check_bytes(text, file);
    check_nesting(text, file);
}

} // namespace cmq::casefile
