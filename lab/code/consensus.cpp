// SPDX-License-Identifier: GPL-3.0-or-later

#include "lab/code/consensus.hpp"

#include "core/error.hpp"

#include <algorithm>
#include <tuple>

namespace cmq::lab {
namespace {

struct Neighbour {
    std::string bases;
    /// What it may lack in reads to twice those of its copy. More identifiers lie one lost or gained base apart by chance than
    /// one wrong base, so there one read against one does not do.
    std::uint64_t spare = 0;
};

/// What an identifier may have been copied from: with another base; with one base more, the first of what was read being
/// the primer's; with one base less, its first base having been taken for the primer's.
std::vector<Neighbour> neighbours(std::string const& identifier) {
    std::vector<Neighbour> near;
    near.reserve(12 * identifier.size());
    for (std::size_t i = 0; i < identifier.size(); ++i) {
        for (char const base : {'\0', '\1', '\2', '\3'}) {
            near.push_back({identifier, 1});
            near.back().bases[i] = base;
            near.push_back({identifier.substr(1), 0});
            near.back().bases.insert(i, 1, base);
            near.push_back({base + identifier, 0});
            near.back().bases.erase(i + 1, 1);
        }
    }
    return near;
}

} // namespace

CodeVotes votes_of(CodeAlignment const& aligned, BaseSpan code, BaseSpan text) {
    CodeVotes votes{.bases = {}, .inserted = std::vector<std::uint8_t>(code.size() + 1, 0)};
    std::size_t at = aligned.begin;
    for (AlignStep const step : aligned.steps) {
        switch (step) {
        case AlignStep::inserted:
            votes.inserted[votes.bases.size()] = 1;
            ++at;
            break;
        case AlignStep::missing:
            votes.bases.push_back(missing_base);
            break;
        case AlignStep::same:
        case AlignStep::other:
            votes.bases.push_back(text[at] < 4 ? text[at] : unknown_base);
            ++at;
            break;
        }
    }
    CMQ_EXPECTS(votes.bases.size() == code.size());
    return votes;
}

CodeVotes votes_of(BaseSpan code) {
    return {.bases = {code.begin(), code.end()},
            .inserted = std::vector<std::uint8_t>(code.size() + 1, 0)};
}

CodePile::CodePile(std::size_t code_bases) : bases_(code_bases), inserted_(code_bases + 1) {}

void CodePile::add(CodeVotes const& votes) {
    CMQ_EXPECTS(votes.bases.size() == bases_.size());
    ++size_;
    for (std::size_t i = 0; i < bases_.size(); ++i) {
        ++bases_[i][votes.bases[i]];
    }
    for (std::size_t i = 0; i < inserted_.size(); ++i) {
        inserted_[i] += votes.inserted[i];
    }
}

CodeVotes CodePile::consensus(BaseSpan code) const {
    CodeVotes votes = votes_of(code);
    for (std::size_t i = 0; i < bases_.size(); ++i) {
        for (std::uint8_t base = 0; base <= missing_base; ++base) {
            if (bases_[i][base] > bases_[i][votes.bases[i]]) {
                votes.bases[i] = base;
            }
        }
    }
    for (std::size_t i = 0; i < inserted_.size(); ++i) {
        votes.inserted[i] = 2 * std::size_t{inserted_[i]} > size_ ? 1 : 0;
    }
    return votes;
}

std::size_t count_differences(CodeVotes const& votes, BaseSpan code) {
    std::size_t differences = 0;
    for (std::size_t i = 0; i < code.size(); ++i) {
        differences += votes.bases[i] == code[i] ? 0U : 1U;
    }
    return differences + static_cast<std::size_t>(std::ranges::count(votes.inserted, 1));
}

std::string to_bases(CodeVotes const& votes) {
    std::string text;
    for (std::size_t i = 0; i < votes.inserted.size(); ++i) {
        text += votes.inserted[i] != 0 ? "N" : "";
        if (i < votes.bases.size() && votes.bases[i] != missing_base) {
            text += "ACGT-N"[votes.bases[i]];
        }
    }
    return text;
}

std::unordered_map<std::string, std::string>
merge_identifiers(std::unordered_map<std::string, std::uint64_t> const& counts) {
    std::vector<std::pair<std::string, std::uint64_t>> ordered(counts.begin(), counts.end());
    std::ranges::sort(ordered, [](auto const& a, auto const& b) {
        return std::tie(b.second, a.first) < std::tie(a.second, b.first); // most reads first
    });
    std::unordered_map<std::string, std::string> merged;
    for (auto const& [identifier, count] : ordered) {
        std::string root = identifier;
        std::uint64_t root_count = 0;
        for (Neighbour const& near : neighbours(identifier)) {
            auto const known = merged.find(near.bases);
            if (known == merged.end() || near.bases == identifier) {
                continue;
            }
            std::uint64_t const reads = counts.at(near.bases);
            if (reads + near.spare >= 2 * count && reads > root_count) {
                root = known->second;
                root_count = reads;
            }
        }
        merged.emplace(identifier, root);
    }
    return merged;
}

} // namespace cmq::lab
