// SPDX-License-Identifier: GPL-3.0-or-later

#include "report/check_svg.hpp"

#include "core/error.hpp"

#include <algorithm>
#include <array>
#include <cctype>
#include <string_view>

namespace cmq::report {

namespace {

[[noreturn]] void refuse(std::string_view what) {
    throw Error{ErrorKind::internal,
                {"le dessin du graphique a donné un élément svg contenant {}",
                 "the chart renderer gave an svg element with {}"},
                what};
}

char lower(char c) {
    return static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
}

bool is_space(char c) {
    return std::isspace(static_cast<unsigned char>(c)) != 0;
}

void check_attribute(std::string const& name, std::string_view value) {
    if (name.starts_with("on")) {
        refuse(name);
    }
    bool const is_link = name == "href" || name.ends_with(":href") || name == "src";
    bool const is_inner = value.starts_with("#") || value.starts_with("data:image/");
    if (is_link && !is_inner) {
        refuse(name);
    }
}

/// The inside of a tag, without < and >: its name, then attributes.
void check_tag(std::string_view tag) {
    constexpr std::array<std::string_view, 4> forbidden{"script", "foreignobject", "iframe", "a"};
    std::size_t at = 0;
    auto const word = [&](std::string_view ends) {
        std::string text;
        while (at < tag.size() && !is_space(tag[at]) &&
               ends.find(tag[at]) == std::string_view::npos) {
            text += lower(tag[at++]);
        }
        return text;
    };
    std::string const name = word("/");
    if (std::ranges::find(forbidden, name) != forbidden.end()) {
        refuse("<" + name);
    }
    while (at < tag.size()) {
        std::string const attribute = word("=/");
        if (attribute.empty()) {
            ++at;
            continue;
        }
        std::string_view value;
        std::size_t const quote = tag.find_first_not_of("= \t\n\r", at);
        if (at < tag.size() && quote != std::string_view::npos &&
            (tag[quote] == '"' || tag[quote] == '\'')) {
            std::size_t const end = std::min(tag.find(tag[quote], quote + 1), tag.size());
            value = tag.substr(quote + 1, end - quote - 1);
            at = end + 1;
        }
        check_attribute(attribute, value);
    }
}

/// The end of the tag that begins at `from`: its > outside quotes.
std::size_t end_of_tag(std::string_view text, std::size_t from) {
    char quote = 0;
    for (std::size_t i = from; i < text.size(); ++i) {
        char const c = text[i];
        if (quote != 0) {
            quote = c == quote ? '\0' : quote;
        } else if (c == '"' || c == '\'') {
            quote = c;
        } else if (c == '>') {
            return i;
        }
    }
    return text.size();
}

} // namespace

std::string check_svg(std::string const& svg) {
    std::size_t const start = svg.find("<svg");
    std::size_t const end = svg.rfind("</svg>");
    if (start == std::string::npos || end == std::string::npos || end < start) {
        throw Error{ErrorKind::internal,
                    {"le dessin du graphique n’a pas donné d’élément svg",
                     "the chart renderer gave no svg element"}};
    }
    std::string element = svg.substr(start, end + 6 - start);
    std::string_view const text = element;
    for (std::size_t at = text.find('<'); at != std::string_view::npos;) {
        std::size_t const close = end_of_tag(text, at + 1);
        check_tag(text.substr(at + 1, close - at - 1));
        at = text.find('<', close);
    }
    return element;
}

} // namespace cmq::report
