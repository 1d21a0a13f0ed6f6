// SPDX-License-Identifier: GPL-3.0-or-later

#include "casefile/without_comments.hpp"

#include <array>

namespace cmq::casefile {
namespace {

using std::string_view_literals::operator""sv;

/// The marks that open and close the four kinds of strings; the long ones first. Source: TOML 1.0, String.
constexpr std::array marks{R"(""")"sv, "'''"sv, R"(")"sv, "'"sv};

bool is_long(std::string_view mark) {
    return mark.size() == 3;
}

/// Where the string that begins at `from` ends: behind its closing mark, or at the line's end where a short
/// string was not closed.
std::size_t end_of_string(std::string_view text, std::size_t from, std::string_view mark) {
    bool const has_escapes = mark.front() == '"';
    std::size_t at = from + mark.size();
    while (at < text.size()) {
        if (has_escapes && text[at] == '\\') {
            at += 2;
        } else if (text.substr(at).starts_with(mark)) {
            at += mark.size();
            // Up to two of its quotation marks may stand right before the closing three.
            while (is_long(mark) && at < text.size() && text[at] == mark.front()) {
                ++at;
            }
            return at;
        } else if (text[at] == '\n' && !is_long(mark)) {
            return at;
        } else {
            ++at;
        }
    }
    return text.size();
}

std::string_view mark_at(std::string_view rest) {
    for (std::string_view const mark : marks) {
        if (rest.starts_with(mark)) {
            return mark;
        }
    }
    return {};
}

} // namespace

std::string without_comments(std::string_view text) {
    std::string kept;
    kept.reserve(text.size());
    std::size_t at = 0;
    while (at < text.size()) {
        std::string_view const mark = mark_at(text.substr(at));
        if (!mark.empty()) {
            std::size_t const end = end_of_string(text, at, mark);
            kept += text.substr(at, end - at);
            at = end;
        } else if (text[at] == '#') {
            std::size_t end = text.find('\n', at);
            end = end == std::string_view::npos ? text.size() : end;
            if (end > at && text[end - 1] == '\r') {
                --end;
            }
            kept.resize(kept.find_last_not_of(" \t") + 1); // npos + 1 == 0: nothing but blanks
            at = end;
        } else {
            kept += text[at];
            ++at;
        }
    }
    return kept;
}

} // namespace cmq::casefile
