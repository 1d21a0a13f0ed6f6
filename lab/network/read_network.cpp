// SPDX-License-Identifier: GPL-3.0-or-later

#include "lab/network/read_network.hpp"

#include "lab/network/parse_parts.hpp"

namespace cmq::lab {
namespace {

using parse::Draft;
using parse::refuse;

// How many bytes the character at the beginning takes; 0 where it is none of UTF-8.
std::size_t character_size(std::string_view text) {
    auto const byte = [&](std::size_t i) { return static_cast<unsigned char>(text[i]); };
    unsigned char const first = byte(0);
    if (first < 0x80) {
        return 1;
    }
    std::size_t const size = first >= 0xf0 ? 4 : first >= 0xe0 ? 3 : 2;
    bool whole = first >= 0xc2 && first <= 0xf4 && size <= text.size();
    for (std::size_t i = 1; whole && i < size; ++i) {
        whole = (byte(i) & 0xc0U) == 0x80U;
    }
    bool const overlong =
        whole && ((first == 0xe0 && byte(1) < 0xa0) || (first == 0xf0 && byte(1) < 0x90));
    bool const beyond =
        whole && ((first == 0xed && byte(1) >= 0xa0) || (first == 0xf4 && byte(1) >= 0x90));
    return whole && !overlong && !beyond ? size : 0;
}

bool is_utf8(std::string_view text) {
    while (!text.empty()) {
        std::size_t const size = character_size(text);
        if (size == 0) {
            return false;
        }
        text.remove_prefix(size);
    }
    return true;
}

std::string from_latin_1(std::string_view text) {
    std::string utf8;
    for (char const c : text) {
        auto const byte = static_cast<unsigned char>(c);
        if (byte < 0x80) {
            utf8 += c;
        } else {
            utf8 += static_cast<char>(0xc0U | (byte >> 6U));
            utf8 += static_cast<char>(0x80U | (byte & 0x3fU));
        }
    }
    return utf8;
}

Draft draft_of(std::string_view text, NetworkFormat format) {
    switch (format) {
    case NetworkFormat::bif:
        return parse::parse_bif(text);
    case NetworkFormat::net:
        return parse::parse_net(text);
    case NetworkFormat::xdsl:
        return parse::parse_xdsl(text);
    case NetworkFormat::uai:
        break;
    }
    return parse::parse_uai(text);
}

// Each node with its line, before the whole is judged.
void check_nodes(Draft& draft) {
    Network& network = draft.network;
    for (std::size_t i = 0; i < network.nodes.size(); ++i) {
        try {
            if (network.nodes[i].table.empty()) {
                throw Error{ErrorKind::format,
                            {"le nœud « {} » n’a pas de table de probabilités",
                             "the node '{}' has no table of probabilities"},
                            parse::shown(network.nodes[i].name)};
            }
            auto const warnings = normalise_rows(network.nodes[i]);
            draft.warnings.insert(draft.warnings.end(), warnings.begin(), warnings.end());
            check_node(network, i);
        } catch (Error const& error) {
            refuse(error, draft.lines[i]);
        }
    }
}

} // namespace

ReadNetwork parse_network(std::string_view text, NetworkFormat format) {
    if (text.size() > most_network_bytes) {
        throw Error{ErrorKind::limits,
                    {"le fichier a plus de {} octets", "the file has more than {} bytes"},
                    most_network_bytes};
    }
    if (text.starts_with("\xEF\xBB\xBF")) {
        text.remove_prefix(3);
    }
    std::string converted;
    bool const latin_1 = !is_utf8(text);
    if (latin_1) {
        converted = from_latin_1(text);
        text = converted;
    }
    if (text.find('\0') != std::string_view::npos) {
        throw Error{ErrorKind::format,
                    {"ce n’est pas un fichier de texte", "this is no text file"}};
    }
    Draft draft = draft_of(text, format);
    check_nodes(draft);
    check_network(draft.network);
    if (latin_1) {
        draft.warnings.emplace_back(
            Form<0>{"les caractères ne sont pas en UTF-8 : lus comme ISO 8859-1",
                    "the characters are not UTF-8: read as ISO 8859-1"});
    }
    return {std::move(draft.network), std::move(draft.warnings)};
}

} // namespace cmq::lab
