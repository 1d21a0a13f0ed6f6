// SPDX-License-Identifier: GPL-3.0-or-later

#include "lab/network/elimination.hpp"

#include <algorithm>
#include <array>
#include <bit>
#include <limits>
#include <utility>

namespace cmq::lab {
namespace {

enum class Greed : std::uint8_t { fill, table, weighted_fill };

// Calls use(member) for each, ascending.
template <class Use>
void for_each_member(std::span<std::uint64_t const> row, Use const& use) {
    for (std::size_t w = 0; w < row.size(); ++w) {
        for (std::uint64_t bits = row[w]; bits != 0; bits &= bits - 1) {
            use(static_cast<std::uint32_t>(w * 64 +
                                           static_cast<std::size_t>(std::countr_zero(bits))));
        }
    }
}

std::vector<std::uint32_t> members(std::span<std::uint64_t const> row) {
    std::size_t count = 0;
    for (std::uint64_t const word : row) {
        count += static_cast<std::size_t>(std::popcount(word));
    }
    std::vector<std::uint32_t> list;
    list.reserve(count);
    for_each_member(row, [&](std::uint32_t member) { list.push_back(member); });
    return list;
}

/// How much it costs to eliminate a variable now.
struct Cost {
    double first = 0.0;
    double second = 0.0;

    friend bool operator<(Cost const& a, Cost const& b) {
        return a.first < b.first || (a.first == b.first && a.second < b.second);
    }
};

struct Turn {
    Cost cost{};
    bool stale = true; ///< the cost is to be counted again
    bool gone = false;
};

class Eliminator {
public:
    Eliminator(VariableGraph graph, std::span<std::uint32_t const> states, Greed greed)
        : graph_{std::move(graph)}
        , states_{states}
        , greed_{greed}
        , turns_(graph_.count()) {
        result_.later.resize(graph_.count());
        result_.order.reserve(graph_.count());
    }

    /// Stops where the tables take more than `most` numbers.
    Elimination run(double most) {
        while (result_.order.size() < graph_.count() && result_.numbers <= most) {
            eliminate(cheapest());
        }
        return std::move(result_);
    }

    [[nodiscard]] bool filled() const noexcept { return filled_; }

private:
    [[nodiscard]] Cost cost_of(std::size_t v) const {
        auto const mine = graph_.row(v);
        double table = states_[v];
        double fill = 0.0;
        for_each_member(mine, [&](std::uint32_t u) {
            table *= states_[u];
            auto const theirs = graph_.row(u);
            double lacking = 0.0; // u itself is always among them
            for (std::size_t w = 0; w < mine.size(); ++w) {
                std::uint64_t const bits = mine[w] & ~theirs[w];
                if (greed_ == Greed::weighted_fill) {
                    for_each_member({&bits, 1},
                                    [&](std::uint32_t k) { lacking += states_[w * 64 + k]; });
                } else {
                    lacking += std::popcount(bits);
                }
            }
            fill += greed_ == Greed::weighted_fill ? states_[u] * (lacking - states_[u])
                                                   : lacking - 1.0;
        });
        return greed_ == Greed::table ? Cost{table, fill} : Cost{fill, table};
    }

    std::size_t cheapest() {
        std::size_t best = graph_.count();
        for (std::size_t v = 0; v < graph_.count(); ++v) {
            if (turns_[v].gone) {
                continue;
            }
            if (turns_[v].stale) {
                turns_[v].cost = cost_of(v);
                turns_[v].stale = false;
            }
            if (best == graph_.count() || turns_[v].cost < turns_[best].cost) {
                best = v;
            }
        }
        return best;
    }

    void eliminate(std::size_t v) {
        auto neighbours = members(graph_.row(v));
        double table = states_[v];
        for (std::uint32_t const u : neighbours) {
            table *= states_[u];
            graph_.row(u)[v / 64] &= ~(std::uint64_t{1} << (v % 64));
            turns_[u].stale = true;
        }
        result_.numbers += table;
        double const fill = greed_ == Greed::table ? turns_[v].cost.second : turns_[v].cost.first;
        if (fill > 0.0) {
            filled_ = true;
            graph_.connect_all(neighbours);
            // Two steps away, fill counts change too.
            for (std::uint32_t const u : neighbours) {
                for_each_member(graph_.row(u), [&](std::uint32_t w) { turns_[w].stale = true; });
            }
        }
        turns_[v].gone = true;
        result_.order.push_back(static_cast<std::uint32_t>(v));
        result_.later[v] = std::move(neighbours);
    }

    VariableGraph graph_;
    std::span<std::uint32_t const> states_;
    Greed greed_;
    std::vector<Turn> turns_; ///< by variable
    Elimination result_{};
    bool filled_ = false;
};

} // namespace

void VariableGraph::connect(std::size_t a, std::size_t b) {
    if (a != b) {
        row(a)[b / 64] |= std::uint64_t{1} << (b % 64);
        row(b)[a / 64] |= std::uint64_t{1} << (a % 64);
    }
}

void VariableGraph::connect_all(std::span<std::uint32_t const> variables) {
    for (std::size_t i = 0; i < variables.size(); ++i) {
        for (std::size_t j = i + 1; j < variables.size(); ++j) {
            connect(variables[i], variables[j]);
        }
    }
}

Elimination best_elimination(VariableGraph const& graph, std::span<std::uint32_t const> states) {
    Elimination best;
    best.numbers = std::numeric_limits<double>::infinity();
    for (Greed const greed : {Greed::fill, Greed::table, Greed::weighted_fill}) {
        Eliminator eliminator{graph, states, greed};
        Elimination found = eliminator.run(best.numbers);
        if (best.order.empty() ||
            (found.order.size() == graph.count() && found.numbers < best.numbers)) {
            best = std::move(found);
        }
        if (!eliminator.filled()) {
            break;
        }
    }
    return best;
}

} // namespace cmq::lab
