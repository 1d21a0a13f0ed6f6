// SPDX-License-Identifier: GPL-3.0-or-later

/// \file
/// Orders in which variables are eliminated from a graph, and what cliques they make.

#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace cmq::lab {

/// Undirected, without loops; rows of bits.
class VariableGraph {
public:
    explicit VariableGraph(std::size_t count)
        : count_{count}
        , words_{(count + 63) / 64}
        , bits_(count * words_) {}

    [[nodiscard]] std::size_t count() const noexcept { return count_; }

    void connect(std::size_t a, std::size_t b);

    /// Each with each.
    void connect_all(std::span<std::uint32_t const> variables);

    [[nodiscard]] std::span<std::uint64_t const> row(std::size_t a) const {
        return {bits_.data() + a * words_, words_};
    }

    [[nodiscard]] std::span<std::uint64_t> row(std::size_t a) {
        return {bits_.data() + a * words_, words_};
    }

private:
    std::size_t count_;
    std::size_t words_;
    std::vector<std::uint64_t> bits_;
};

struct Elimination {
    std::vector<std::uint32_t> order{};
    /// By variable: its neighbours when it goes, which all go later.
    std::vector<std::vector<std::uint32_t>> later{};
    double numbers = 0.0; ///< sum over variables of the size of the table of it and its neighbours
};

/// The cheapest of three greedy orders: least fill, least table, least weight of fill; ties by the lower
/// index. An order without fill is taken at once.
/// \param states  of each variable
[[nodiscard]] Elimination best_elimination(VariableGraph const& graph,
                                           std::span<std::uint32_t const> states);

} // namespace cmq::lab
