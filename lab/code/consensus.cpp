// SPDX-License-Identifier: GPL-3.0-or-later

#include "lab/code/consensus.hpp"

#include "core/error.hpp"

#include <algorithm>
#include <tuple>

namespace cmq::lab {

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
        std::string near = identifier;
        for (std::size_t i = 0; i < near.size(); ++i) {
            for (char const base : {'\0', '\1', '\2', '\3'}) {
                near[i] = base;
                auto const known = merged.find(near);
                if (known == merged.end() || near == identifier) {
                    continue;
                }
                std::uint64_t const reads = counts.at(near);
                if (reads + 1 >= 2 * count && reads > root_count) {
                    root = known->second;
                    root_count = reads;
                }
            }
            near[i] = identifier[i];
        }
        merged.emplace(identifier, root);
    }
    return merged;
}

} // namespace cmq::lab
