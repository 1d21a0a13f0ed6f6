// SPDX-License-Identifier: GPL-3.0-or-later

/// \file
/// One pass through a junction tree, in doubles or in wide numbers.

#pragma once

#include "lab/network/compiled_tree.hpp"
#include "lab/network/table_walk.hpp"
#include "lab/network/wide_number.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <type_traits>
#include <vector>

namespace cmq::lab {

inline constexpr double impossible = -std::numeric_limits<double>::infinity();

inline double logarithm(double value) {
    return std::log(value);
}

inline double logarithm(WideNumber value) {
    return value.log();
}

inline bool positive(double value) {
    return value > 0.0;
}

inline bool positive(WideNumber value) {
    return value.positive();
}

/// Evidence of one use: weights of variables, and what they were divided by.
struct Applied {
    std::vector<Weights> weights{};
    double log_constant = 0.0;
};

/// Beliefs of all cliques after a pass up and a pass down.
template <class T>
struct Pass {
    std::vector<T> tables{};     ///< each sums to 1
    std::vector<T> separators{}; ///< of the way up
    double log_p = 0.0;
    bool lost = false; ///< a number left the range of T
};

// Divides by a power of two, which rounds nothing, so that the largest is at least 1/2 and below 1; returns
// the power. All zeros stay so.
inline long scale(double* values, std::size_t count) {
    double const largest = *std::max_element(values, values + count);
    int exponent = 0;
    static_cast<void>(std::frexp(largest, &exponent));
    if (exponent == 0 || !(largest > 0.0)) {
        return 0;
    }
    exponent = std::max(exponent, -1000);
    double const factor = std::ldexp(1.0, -exponent);
    for (std::size_t i = 0; i < count; ++i) {
        values[i] *= factor;
    }
    return exponent;
}

inline long scale(WideNumber* /*values*/, std::size_t /*count*/) {
    return 0;
}

// The products of the factors of each clique, without one of them; returns what they were scaled by.
template <class T>
long fill_tables(CompiledTree const& tree, std::size_t without, std::vector<T>& tables) {
    long exponent = 0;
    std::ranges::fill(tables, T{1.0});
    for (std::size_t f = 0; f < tree.factors.size(); ++f) {
        Factor const& factor = tree.factors[f];
        if (f != without) {
            Clique const& clique = tree.cliques[factor.clique];
            multiply_by(
                tables.data() + clique.at, tree.tables.data() + factor.at, tree.range(factor.axes));
            exponent += scale(tables.data() + clique.at, clique.size);
        }
    }
    return exponent;
}

/// The tables before any evidence.
template <class T>
struct Start {
    std::vector<T> tables{};
    long exponent = 0;
};

template <class T>
Start<T> start_tables(CompiledTree const& tree, std::size_t without) {
    Start<T> start;
    if (std::is_same_v<T, double> && without == tree.factors.size()) {
        if constexpr (std::is_same_v<T, double>) {
            start = {tree.base, tree.base_exponent};
        }
    } else {
        start.tables.resize(tree.base.size());
        start.exponent = fill_tables(tree, without, start.tables);
    }
    return start;
}

/// Sums and products on their way to one number.
template <class T>
class Walker {
public:
    Walker(CompiledTree const& tree, Start<T> start)
        : tree_{tree}
        , exponent_{start.exponent}
        , notes_(tree.cliques.size()) {
        pass_.tables = std::move(start.tables);
        pass_.separators.resize(tree.separators);
    }

    void apply(std::span<Weights const> list) {
        for (Weights const& weights : list) {
            Margin const& margin = tree_.margins[weights.variable];
            multiply(margin.clique, weights.values.data(), margin.axes);
        }
    }

    Pass<T> run() {
        for (std::size_t c = 0; c < tree_.cliques.size() && pass_.log_p > impossible; ++c) {
            Clique const& clique = tree_.cliques[c];
            if (clique.parent == no_clique) {
                close_root(clique);
            } else {
                send_up(clique);
            }
        }
        pass_.log_p += static_cast<double>(exponent_) * std::log(2.0);
        if (pass_.log_p > impossible) {
            for (std::size_t c = tree_.cliques.size(); c-- > 0;) {
                if (tree_.cliques[c].parent != no_clique) {
                    send_down(tree_.cliques[c]);
                }
            }
        }
        return std::move(pass_);
    }

private:
    // Scaled now and then, lest many factors just below 1 add up.
    template <class S>
    void multiply(std::uint32_t to, S const* by, AxisRange axes) {
        Clique const& clique = tree_.cliques[to];
        multiply_by(pass_.tables.data() + clique.at, by, tree_.range(axes));
        if (++notes_[to].heard % 8 == 0) {
            exponent_ += scale(pass_.tables.data() + clique.at, clique.size);
        }
    }

    void close_root(Clique const& clique) {
        T* const table = pass_.tables.data() + clique.at;
        exponent_ += scale(table, clique.size);
        T sum{};
        for (std::size_t i = 0; i < clique.size; ++i) {
            sum += table[i];
        }
        if (!positive(sum)) {
            pass_.log_p = impossible;
            return;
        }
        for (std::size_t i = 0; i < clique.size; ++i) {
            table[i] /= sum;
        }
        pass_.log_p += logarithm(sum);
    }

    void send_up(Clique const& clique) {
        T const* table = pass_.tables.data() + clique.at;
        T* const message = pass_.separators.data() + clique.separator_at;
        std::size_t const block = clique.size / clique.separator;
        for (std::size_t s = 0; s < clique.separator; ++s) {
            T sum{};
            for (std::size_t i = 0; i < block; ++i) {
                sum += table[i];
            }
            message[s] = sum;
            table += block;
        }
        long const exponent = scale(message, clique.separator);
        notes_[static_cast<std::size_t>(&clique - tree_.cliques.data())].shift =
            static_cast<int>(-exponent);
        exponent_ += exponent;
        multiply(clique.parent, message, clique.in_parent);
    }

    // What the parent knows now over what it was told.
    void send_down(Clique const& clique) {
        news_.assign(clique.separator, T{});
        add_up(pass_.tables.data() + tree_.cliques[clique.parent].at,
               news_.data(),
               tree_.range(clique.in_parent));
        // The message went out scaled; the table did not.
        double const shift =
            std::ldexp(1.0, notes_[static_cast<std::size_t>(&clique - tree_.cliques.data())].shift);
        for (T& news : news_) {
            news *= T{shift};
        }
        T const* const told = pass_.separators.data() + clique.separator_at;
        T* table = pass_.tables.data() + clique.at;
        std::size_t const block = clique.size / clique.separator;
        for (std::size_t s = 0; s < clique.separator; ++s) {
            T const ratio = positive(told[s]) ? news_[s] / told[s] : T{};
            for (std::size_t i = 0; i < block; ++i) {
                table[i] *= ratio;
            }
            table += block;
        }
    }

    struct Note {
        std::uint32_t heard = 0; ///< by how many tables the clique was multiplied so far
        int shift = 0;           ///< the power of two in its message
    };

    CompiledTree const& tree_;
    Pass<T> pass_{};
    std::vector<T> news_{};
    long exponent_;
    std::vector<Note> notes_; ///< by clique
};

} // namespace cmq::lab
