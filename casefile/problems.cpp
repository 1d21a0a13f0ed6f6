// SPDX-License-Identifier: GPL-3.0-or-later

#include "casefile/problems.hpp"

#include <algorithm>
#include <numeric>

namespace cmq::casefile {

void Problems::add(ErrorKind kind, Place place, Sentence sentence) {
    list_.push_back({kind, std::move(place), std::move(sentence)});
}

void Problems::throw_if_any() {
    if (list_.empty()) {
        return;
    }
    std::ranges::stable_sort(list_, {}, [](Problem const& p) { return p.place.line; });
    constexpr std::size_t most = 20;
    std::vector<Sentence> lines;
    for (Problem const& problem : std::span{list_}.first(std::min(most, list_.size()))) {
        lines.emplace_back(
            Form<2>{"{} : {}", "{}: {}"}, to_sentence(problem.place), problem.sentence);
    }
    if (list_.size() > most) {
        lines.emplace_back(Form<1>{"et {} de plus", "and {} more"}, list_.size() - most);
    }
    throw Error{list_.front().kind, joined(lines, "\n")};
}

std::string in_quotes(std::string_view text) {
    constexpr std::size_t longest = 60;
    std::string out{text.substr(0, longest)};
    if (text.size() > longest) {
        // A cut in the middle of a UTF-8 character would make the message itself unreadable.
        while (!out.empty() && (static_cast<unsigned char>(text[out.size()]) & 0xc0U) == 0x80U) {
            out.pop_back();
        }
        out += "...";
    }
    std::ranges::replace_if(
        out, [](unsigned char c) { return c < 0x20 || c == 0x7f; }, '?');
    return '"' + out + '"';
}

Sentence found_text(Node const& node) {
    constexpr Form<1> found{"trouvé : {}", "found {}"};
    switch (node.kind) {
    case NodeKind::flag:
        return Sentence{found, node.flag ? "true" : "false"};
    case NodeKind::integer:
        return Sentence{found, node.integer};
    case NodeKind::number:
        return Sentence{found, node.number};
    case NodeKind::text:
        return Sentence{found, in_quotes(node.text)};
    case NodeKind::date:
        return Sentence{{"trouvé : la date {}", "found the date {}"}, node.text};
    case NodeKind::time:
        return Sentence{{"trouvé : l’heure {}", "found the time {}"}, node.text};
    case NodeKind::moment:
        return Sentence{{"trouvé : la date et l’heure {}", "found the date and time {}"},
                        node.text};
    case NodeKind::list:
        return Sentence{{"trouvé : une liste", "found a list"}};
    case NodeKind::table:
        break;
    }
    return Sentence{{"trouvé : une table", "found a table"}};
}

Sentence one_of(std::span<std::string_view const> words) {
    return Sentence{{"un mot parmi {}", "one of {}"}, listed(words)};
}

std::string listed(std::span<std::string_view const> words) {
    std::string text;
    for (std::size_t i = 0; i < words.size(); ++i) {
        text += (i > 0 ? ", " : "");
        text += words[i];
    }
    return text;
}

namespace {

// Levenshtein distance by bytes.
std::size_t distance(std::string_view a, std::string_view b) {
    std::vector<std::size_t> row(b.size() + 1);
    std::iota(row.begin(), row.end(), std::size_t{0});
    for (std::size_t i = 0; i < a.size(); ++i) {
        std::size_t diagonal = row[0];
        row[0] = i + 1;
        for (std::size_t j = 0; j < b.size(); ++j) {
            std::size_t const above = row[j + 1];
            row[j + 1] = std::min({above + 1, row[j] + 1, diagonal + (a[i] == b[j] ? 0U : 1U)});
            diagonal = above;
        }
    }
    return row[b.size()];
}

} // namespace

Sentence did_you_mean(std::string_view written, std::span<std::string_view const> words) {
    constexpr std::size_t longest = 100; // names are no longer; also bounds the cost
    if (written.empty() || written.size() > longest) {
        return {};
    }
    std::string_view best;
    // Two slips in a long word are likely; in a short one they make another word.
    std::size_t least = 1 + std::min<std::size_t>(written.size() / 4, 2);
    for (std::string_view const word : words) {
        std::size_t const apart = distance(written, word);
        if (apart > 0 && apart <= least && apart < word.size()) {
            if (apart < least || best.empty()) {
                best = word;
            }
            least = apart;
        }
    }
    return best.empty() ? Sentence{}
                        : Sentence{{" ; peut-être {} ?", "; did you mean {}?"}, in_quotes(best)};
}

} // namespace cmq::casefile
