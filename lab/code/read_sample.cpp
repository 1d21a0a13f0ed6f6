// SPDX-License-Identifier: GPL-3.0-or-later

#include "lab/code/read_sample.hpp"

#include "lab/code/bases.hpp"
#include "lab/code/consensus.hpp"

#include <algorithm>
#include <cmath>
#include <map>
#include <tuple>

namespace cmq::lab {
namespace {

using Numbers = std::vector<std::uint8_t>;

// Places to either side at which a code behind a forward primer alone is looked for, for the count of chances.
constexpr std::size_t slack_places = 10;

/// What one assigned read adds to its code.
struct CodeRead {
    std::string identifier; ///< base numbers; empty: none was readable
    CodeVotes votes;
    double log10_lr = 0.0;
};

CodeRead
code_read(ReadMatch const& match, StrandedRead const& read, Numbers const& code, std::size_t umi) {
    auto const piece = BaseSpan{read.bases}.subspan(match.begin, match.end - match.begin);
    CodeRead result{.identifier = {}, .votes = {}, .log10_lr = match.log10_lr};
    std::size_t begin = match.end - code.size();
    if (match.distance == 0 && match.ends == CodeEnds::at_end) {
        result.votes = votes_of(code);
    } else {
        auto const aligned = align_code(code, piece, match.ends);
        result.votes = votes_of(aligned, code, piece);
        begin = match.begin + aligned.begin;
    }
    if (umi > 0 && begin >= umi) {
        auto const first = read.bases.begin() + static_cast<std::ptrdiff_t>(begin - umi);
        result.identifier.assign(first, first + static_cast<std::ptrdiff_t>(umi));
    }
    return result;
}

/// Reads of one code as molecules: those of one identifier vote once, together.
CodeCount count_code(std::uint32_t index, Numbers const& code, std::vector<CodeRead> const& reads) {
    CodeCount count;
    count.code = index;
    count.reads = reads.size();
    std::unordered_map<std::string, std::uint64_t> identifiers;
    for (CodeRead const& read : reads) {
        if (!read.identifier.empty()) {
            ++identifiers[read.identifier];
        }
        count.best_log10_lr = std::max(count.best_log10_lr, read.log10_lr);
    }
    auto const merged = merge_identifiers(identifiers);
    std::map<std::string, CodePile> families;
    CodePile pile{code.size()};
    for (CodeRead const& read : reads) {
        if (read.identifier.empty()) {
            pile.add(read.votes);
        } else {
            families.try_emplace(merged.at(read.identifier), code.size())
                .first->second.add(read.votes);
        }
    }
    for (auto const& [identifier, family] : families) {
        pile.add(family.consensus(code));
    }
    auto const consensus = pile.consensus(code);
    count.molecules = pile.size();
    count.distance = count_differences(consensus, code);
    count.consensus = to_bases(consensus);
    return count;
}

void add_shares(AmpliconSample& sample, std::size_t codes) {
    std::vector<double> counts(codes, 0.0);
    for (CodeCount const& count : sample.codes) {
        counts[count.code] = static_cast<double>(count.molecules);
    }
    std::vector<SplitRead> split;
    for (ReadMatch const& match : sample.matches) {
        if (match.state == ReadState::ambiguous && match.rival != match.lot) {
            split.push_back({.first = match.lot,
                             .second = match.rival,
                             .odds = std::pow(10.0, std::min(match.log10_rival, 100.0))});
        }
    }
    auto const shared = split_counts(counts, split);
    double all = 0.0;
    for (double const count : shared) {
        all += count;
    }
    for (CodeCount& count : sample.codes) {
        count.share = wilson(std::min(shared[count.code], all), all);
    }
}

void count_state(ReadMatch const& match, AmpliconSample& sample) {
    switch (match.state) {
    case ReadState::assigned:
        ++sample.assigned;
        sample.reversed += match.is_reversed ? 1U : 0U;
        break;
    case ReadState::no_primers:
        ++sample.no_primers;
        break;
    case ReadState::too_far:
        ++sample.too_far;
        break;
    case ReadState::ambiguous:
        ++sample.ambiguous;
        break;
    case ReadState::chimera:
        ++sample.chimeras;
        break;
    }
}

} // namespace

CodeReach measure_reach(std::span<std::string const> codes,
                        AmpliconLayout const& layout,
                        std::size_t read_bases,
                        std::uint64_t seed) {
    std::size_t const longest = std::ranges::max(codes, {}, &std::string::size).size();
    // Where nothing anchors the code, each place of the read, on either strand, is one more chance.
    double places = 1.0;
    if (layout.reverse.empty()) {
        std::size_t const room = layout.forward.empty() ? read_bases : longest + 2 * slack_places;
        places = (layout.forward.empty() ? 2.0 : 1.0) *
                 static_cast<double>(room - std::min(room, longest) + 1);
    }
    CodeReach reach{.most_distance = 0,
                    .places = places,
                    .counted =
                        count_until(codes, longest + layout.umi, most_false_reads / places, seed)};
    for (FalseMatch& match : reach.counted) {
        match.probability = std::min(1.0, match.probability * places);
        match.low = std::min(1.0, match.low * places);
        match.high = std::min(1.0, match.high * places);
    }
    while (reach.most_distance + 1 < reach.counted.size() &&
           reach.counted[reach.most_distance + 1].probability <= most_false_reads) {
        ++reach.most_distance;
    }
    return reach;
}

AmpliconSample read_sample(std::span<AmpliconRead const> reads,
                           std::vector<std::string> const& codes,
                           AmpliconLayout const& layout,
                           ReadErrors const& errors,
                           MatchLimits limits) {
    ReadMatcher const matcher{codes, layout, errors, limits};
    ReadMatcher::Workplace workplace;
    std::vector<Numbers> numbers(codes.size());
    for (std::size_t i = 0; i < codes.size(); ++i) {
        std::ranges::transform(codes[i], std::back_inserter(numbers[i]), base_number);
    }
    AmpliconSample sample;
    sample.matches.reserve(reads.size());
    std::map<std::uint32_t, std::vector<CodeRead>> by_code;
    for (AmpliconRead const& read : reads) {
        ReadMatch const match = matcher.match(read, workplace);
        sample.matches.push_back(match);
        count_state(match, sample);
        if (match.state == ReadState::assigned) {
            by_code[match.lot].push_back(
                code_read(match, workplace.read, numbers[match.lot], layout.umi));
        }
    }
    for (auto const& [code, of] : by_code) {
        sample.codes.push_back(count_code(code, numbers[code], of));
    }
    std::ranges::stable_sort(sample.codes, [](CodeCount const& a, CodeCount const& b) {
        return a.molecules > b.molecules;
    });
    if (!sample.codes.empty()) {
        add_shares(sample, codes.size());
    }
    return sample;
}

} // namespace cmq::lab
