// SPDX-License-Identifier: GPL-3.0-or-later

#include "lab/code/amplicon_reads.hpp"

#include "core/error.hpp"

#include <algorithm>

namespace cmq::lab {
namespace {

class Lines {
public:
    explicit Lines(std::string_view text) : rest_{text} {}

    [[nodiscard]] bool is_done() const { return rest_.empty(); }

    [[nodiscard]] std::size_t number() const { return number_; }

    std::string_view next() {
        ++number_;
        std::size_t const end = std::min(rest_.find('\n'), rest_.size());
        std::string_view line = rest_.substr(0, end);
        rest_.remove_prefix(std::min(end + 1, rest_.size()));
        if (line.ends_with('\r')) {
            line.remove_suffix(1);
        }
        return line;
    }

private:
    std::string_view rest_;
    std::size_t number_ = 0;
};

[[noreturn]] void refuse(Lines const& lines, Form<1> form) {
    throw Error{ErrorKind::format, form, lines.number()};
}

bool are_letters(std::string_view bases) {
    return std::ranges::all_of(bases, [](char c) {
        return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || c == '.' || c == '-' || c == '*';
    });
}

bool are_qualities(std::string_view qualities) {
    return std::ranges::all_of(qualities, [](char c) { return c >= '!' && c <= '~'; });
}

AmpliconRead next_read(Lines& lines) {
    std::string_view header = lines.next();
    if (!header.starts_with('@') || header.size() < 2) {
        refuse(lines,
               {"ligne {} : attendu, « @ » et le nom d’une lecture",
                "line {}: expected '@' and the name of a read"});
    }
    header.remove_prefix(1);
    AmpliconRead read{.name = header.substr(0, header.find_first_of(" \t")),
                      .bases = lines.next(),
                      .qualities = {}};
    if (!are_letters(read.bases)) {
        refuse(lines, {"ligne {} : attendu, des bases", "line {}: expected bases"});
    }
    if (read.bases.size() > longest_read) {
        throw Error{
            ErrorKind::limits,
            {"ligne {} : une lecture de plus de {} bases", "line {}: a read of more than {} bases"},
            lines.number(),
            longest_read};
    }
    if (!lines.next().starts_with('+')) {
        refuse(lines, {"ligne {} : attendu, « + »", "line {}: expected '+'"});
    }
    read.qualities = lines.next();
    if (read.qualities.size() != read.bases.size() || !are_qualities(read.qualities)) {
        refuse(lines,
               lines.is_done()
                   ? Form<1>{"ligne {}, la dernière : attendu, une qualité (de « ! » à « ~ ») pour "
                             "chaque base ; le fichier est peut-être coupé",
                             "line {}, the last: expected one quality (from '!' to '~') for each "
                             "base; the file may be cut short"}
                   : Form<1>{"ligne {} : attendu, une qualité (de « ! » à « ~ ») pour chaque base",
                             "line {}: expected one quality (from '!' to '~') for each base"});
    }
    return read;
}

} // namespace

std::vector<AmpliconRead> parse_fastq(std::string_view text) {
    std::vector<AmpliconRead> reads;
    reads.reserve(text.size() / 160);
    Lines lines{text};
    while (!lines.is_done()) {
        reads.push_back(next_read(lines));
    }
    if (reads.empty()) {
        throw Error{ErrorKind::insufficient, {"aucune lecture", "no reads"}};
    }
    return reads;
}

} // namespace cmq::lab
