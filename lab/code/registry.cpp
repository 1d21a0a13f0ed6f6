// SPDX-License-Identifier: GPL-3.0-or-later

#include "lab/code/registry.hpp"

#include "core/error.hpp"
#include "lab/code/bases.hpp"
#include "lab/code/code_scanner.hpp"

#include <algorithm>
#include <edlib.h>
#include <tuple>
#include <unordered_map>

namespace cmq::lab {
namespace {

std::string_view without_blanks(std::string_view line) {
    auto const is_blank = [](char c) { return c == ' ' || c == '\t' || c == '\r'; };
    while (!line.empty() && is_blank(line.front())) {
        line.remove_prefix(1);
    }
    while (!line.empty() && is_blank(line.back())) {
        line.remove_suffix(1);
    }
    return line;
}

/// Reads the lines of a list of codes one after the other.
class CodeList {
public:
    void add_line(std::string_view line) {
        ++line_;
        line = without_blanks(line);
        if (line.empty()) {
            return;
        }
        if (line.front() == '>') {
            begin_record(line.substr(1));
        } else {
            add_bases(line);
        }
    }

    Registry take() {
        close_record();
        if (registry_.lots.empty()) {
            throw Error{ErrorKind::format,
                        {"aucun code ; attendu : un fichier FASTA ou une séquence par ligne",
                         "no code: expected FASTA, or one sequence a line"}};
        }
        return std::move(registry_);
    }

private:
    void begin_record(std::string_view header) {
        close_record();
        std::string_view const name = header.substr(0, header.find_first_of(" \t"));
        if (name.empty() || name.size() > 100) {
            throw Error{ErrorKind::format,
                        {"ligne {} : attendu, un nom d’au plus 100 octets après « > »",
                         "line {}: expected a name of at most 100 bytes after '>'"},
                        line_};
        }
        in_fasta_ = true;
        add_lot(std::string{name}, "");
    }

    void add_bases(std::string_view bases) {
        if (!is_sequence(bases)) {
            throw Error{ErrorKind::format,
                        {"ligne {} : attendu, une séquence faite de A, C, G et T seulement (un "
                         "registre est un fichier TOML avec schema = 1, du FASTA, ou une séquence "
                         "par ligne)",
                         "line {}: expected a sequence of A, C, G and T only (a registry is TOML "
                         "with schema = 1, FASTA, or one sequence a line)"},
                        line_};
        }
        if (in_fasta_) {
            registry_.lots.back().sequence += to_upper(bases);
        } else {
            add_lot("c" + std::to_string(registry_.lots.size()), to_upper(bases));
        }
        if (registry_.lots.back().sequence.size() > longest_code) {
            throw Error{
                ErrorKind::limits,
                {"ligne {} : un code de plus de {} bases", "line {}: a code of more than {} bases"},
                line_,
                longest_code};
        }
    }

    void add_lot(std::string name, std::string sequence) {
        if (registry_.lots.size() == most_lots) {
            throw Error{ErrorKind::limits, {"plus de {} codes", "more than {} codes"}, most_lots};
        }
        auto const [first, is_new] = lines_.try_emplace(name, line_);
        if (!is_new) {
            throw Error{ErrorKind::format,
                        {"ligne {} : le nom « {} » figure déjà à la ligne {}",
                         "line {}: the name '{}' was given on line {} already"},
                        line_,
                        name,
                        first->second};
        }
        Lot lot;
        lot.name = std::move(name);
        lot.sequence = std::move(sequence);
        registry_.lots.push_back(std::move(lot));
    }

    void close_record() const {
        if (in_fasta_ && registry_.lots.back().sequence.empty()) {
            throw Error{ErrorKind::format,
                        {"« {} » n’a pas de séquence", "'{}' has no sequence"},
                        registry_.lots.back().name};
        }
    }

    Registry registry_;
    std::unordered_map<std::string, std::size_t> lines_;
    std::size_t line_ = 0;
    bool in_fasta_ = false;
};

// Codes beyond the scanner's words; close_distance bounds the work.
std::size_t long_distance(std::string const& a, std::string const& b) {
    std::size_t const least = a.size() > b.size() ? a.size() - b.size() : b.size() - a.size();
    if (least >= close_distance) {
        return close_distance;
    }
    auto config = edlibDefaultAlignConfig();
    config.k = static_cast<int>(close_distance) - 1;
    auto const aligned = edlibAlign(
        a.data(), static_cast<int>(a.size()), b.data(), static_cast<int>(b.size()), config);
    int const distance = aligned.editDistance;
    edlibFreeAlignResult(aligned);
    return distance < 0 ? close_distance : static_cast<std::size_t>(distance);
}

struct Sequences {
    std::vector<std::size_t> lots; ///< of the registry
    std::vector<std::string> codes;
};

/// Each lot with the first that has its code.
void add_equal_pairs(Sequences const& sequences, std::vector<ClosePair>& pairs) {
    std::unordered_map<std::string_view, std::size_t> first_lots;
    for (std::size_t i = 0; i < sequences.codes.size(); ++i) {
        auto const [first, is_new] = first_lots.try_emplace(sequences.codes[i], sequences.lots[i]);
        if (!is_new) {
            pairs.push_back({first->second, sequences.lots[i], 0});
        }
    }
}

void add_short_pairs(Sequences const& sequences, std::vector<ClosePair>& pairs) {
    if (sequences.codes.empty()) {
        return;
    }
    if (sequences.codes.size() > most_compared_lots) {
        add_equal_pairs(sequences, pairs);
        return;
    }
    CodeScanner const scanner{sequences.codes};
    std::vector<std::uint16_t> distances;
    std::vector<std::uint8_t> bases;
    for (std::size_t i = 0; i < sequences.codes.size(); ++i) {
        bases.clear();
        std::ranges::transform(sequences.codes[i], std::back_inserter(bases), base_number);
        scanner.measure(bases, CodeEnds::whole, distances);
        for (std::size_t j = i + 1; j < distances.size(); ++j) {
            if (distances[j] < close_distance) {
                pairs.push_back({sequences.lots[i], sequences.lots[j], distances[j]});
            }
        }
    }
}

bool is_same_code(Lot const& a, Lot const& b) {
    return a.kind == b.kind && a.fragments == b.fragments && a.fragment_dyes == b.fragment_dyes &&
           a.text == b.text;
}

void add_pairs_of(std::size_t i, Registry const& registry, std::vector<ClosePair>& pairs) {
    Lot const& lot = registry.lots[i];
    for (std::size_t j = 0; j < registry.lots.size(); ++j) {
        Lot const& other = registry.lots[j];
        if (lot.kind != CodeKind::sequence) {
            if (j > i && is_same_code(lot, other)) {
                pairs.push_back({i, j, 0});
            }
        } else if (other.kind == CodeKind::sequence && j != i &&
                   (j > i || other.sequence.size() <= longest_scanned_code)) {
            std::size_t const distance = long_distance(lot.sequence, other.sequence);
            if (distance < close_distance) {
                pairs.push_back({std::min(i, j), std::max(i, j), distance});
            }
        }
    }
}

} // namespace

std::string_view name_of(CodeKind kind) noexcept {
    switch (kind) {
    case CodeKind::sequence:
        return "sequence";
    case CodeKind::fragments:
        return "fragments";
    case CodeKind::particle:
        return "particle";
    case CodeKind::other:
        break;
    }
    return "other";
}

Registry parse_code_list(std::string_view text) {
    if (text.starts_with("\xEF\xBB\xBF")) {
        text.remove_prefix(3);
    }
    CodeList list;
    while (!text.empty()) {
        std::size_t const end = std::min(text.find('\n'), text.size());
        list.add_line(text.substr(0, end));
        text.remove_prefix(std::min(end + 1, text.size()));
    }
    return list.take();
}

std::vector<ClosePair> find_close_pairs(Registry const& registry) {
    std::vector<ClosePair> pairs;
    Sequences shorts;
    for (std::size_t i = 0; i < registry.lots.size(); ++i) {
        Lot const& lot = registry.lots[i];
        if (lot.kind == CodeKind::sequence && lot.sequence.size() <= longest_scanned_code) {
            shorts.lots.push_back(i);
            shorts.codes.push_back(lot.sequence);
        } else {
            add_pairs_of(i, registry, pairs);
        }
    }
    add_short_pairs(shorts, pairs);
    std::ranges::sort(pairs, {}, [](ClosePair const& pair) {
        return std::tuple{pair.distance, pair.first, pair.second};
    });
    return pairs;
}

} // namespace cmq::lab
