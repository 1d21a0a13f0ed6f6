// SPDX-License-Identifier: GPL-3.0-or-later

#include "casefile/toml_text.hpp"

namespace cmq::casefile {

std::string to_toml_text(std::string_view text) {
    constexpr std::string_view digits = "0123456789abcdef";
    std::string out{'"'};
    for (char const c : text) {
        auto const byte = static_cast<unsigned char>(c);
        if (c == '"' || c == '\\') {
            out += '\\';
            out += c;
        } else if (c == '\n') {
            out += "\\n";
        } else if (c == '\t') {
            out += "\\t";
        } else if (byte < 0x20U || byte == 0x7fU) {
            out += "\\u00";
            out += digits[byte >> 4U];
            out += digits[byte & 0xfU];
        } else {
            out += c;
        }
    }
    return out + '"';
}

} // namespace cmq::casefile
