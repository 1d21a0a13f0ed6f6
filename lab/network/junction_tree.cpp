// SPDX-License-Identifier: GPL-3.0-or-later

#include "lab/network/junction_tree.hpp"

#include "core/error.hpp"
#include "lab/network/compiled_tree.hpp"
#include "lab/network/wide_number.hpp"

#include <algorithm>
#include <cfenv>
#include <cmath>
#include <limits>
#include <type_traits>

namespace cmq::lab {
namespace {

constexpr double impossible = -std::numeric_limits<double>::infinity();

double logarithm(double value) {
    return std::log(value);
}

double logarithm(WideNumber value) {
    return value.log();
}

bool positive(double value) {
    return value > 0.0;
}

bool positive(WideNumber value) {
    return value.positive();
}

/// Beliefs of all cliques after a pass up and a pass down.
template <class T>
struct Pass {
    std::vector<T> tables{};     ///< each sums to 1
    std::vector<T> separators{}; ///< of the way up
    double log_p = 0.0;
    bool lost = false; ///< a number left the range of T
};

/// Evidence of one use: weights of variables, and what they were divided by.
struct Applied {
    std::vector<Weights> weights{};
    double log_constant = 0.0;
};

Applied applied(CompiledTree const& tree, Evidence const& more) {
    Applied found;
    for (EvidenceItem const& item : more) {
        if (item.node >= tree.states.size() || item.weights.size() != tree.states[item.node] ||
            tree.begin[item.node] == tree.begin[item.node + 1]) {
            throw Error{ErrorKind::domain,
                        {"une constatation porte sur un nœud pour lequel l’arbre n’est pas fait",
                         "a finding is of a node that the tree was not made for"}};
        }
        if (tree.fixed_state[item.node] != no_variable) {
            found.log_constant += std::log(item.weights[tree.fixed_state[item.node]]);
            continue;
        }
        double const largest = *std::ranges::max_element(item.weights);
        if (!(largest > 0.0) || !std::isfinite(largest) ||
            std::ranges::any_of(item.weights, [](double w) { return !(w >= 0.0); })) {
            throw Error{
                ErrorKind::domain,
                {"les poids d’une constatation ne sont pas des nombres de 0 ou plus, dont un "
                 "positif",
                 "the weights of a finding are not numbers of 0 or more, one of them above 0"}};
        }
        found.weights.push_back({tree.variable_of_node[item.node], item.weights});
        for (double& weight : found.weights.back().values) {
            weight /= largest;
        }
        found.log_constant += std::log(largest);
    }
    return found;
}

// Divides by a power of two, which rounds nothing, so that the largest is at least 1/2 and below 1; returns
// the power. All zeros stay so.
long scale(double* values, std::size_t count) {
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

long scale(WideNumber* /*values*/, std::size_t /*count*/) {
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
        , heard_(tree.cliques.size())
        , shift_(tree.cliques.size()) {
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
        if (++heard_[to] % 8 == 0) {
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
        shift_[static_cast<std::size_t>(&clique - tree_.cliques.data())] =
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
            std::ldexp(1.0, shift_[static_cast<std::size_t>(&clique - tree_.cliques.data())]);
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

    CompiledTree const& tree_;
    Pass<T> pass_{};
    std::vector<T> news_{};
    long exponent_;
    std::vector<std::uint32_t> heard_; ///< by clique: by how many tables it was multiplied so far
    std::vector<int> shift_;           ///< by clique: the power of two in its message
};

template <class T>
Pass<T> pass(CompiledTree const& tree, Applied const& evidence, std::size_t without) {
    Walker<T> walker{tree, start_tables<T>(tree, without)};
    walker.apply(tree.weights);
    walker.apply(evidence.weights);
    auto result = walker.run();
    result.log_p += tree.log_constant + evidence.log_constant;
    return result;
}

// Whether a number left the range of a double since the flags were cleared: rounded below the smallest, or
// beyond the largest. A product that is 0 because a factor is 0 raises none.
bool left_range() {
    return std::fetestexcept(FE_UNDERFLOW | FE_OVERFLOW | FE_INVALID) != 0;
}

// Not inlined: the flags are read after all of it.
[[gnu::noinline]] void watched_pass(CompiledTree const& tree,
                                    Applied const& evidence,
                                    std::size_t without,
                                    Pass<double>& result) {
    result = pass<double>(tree, evidence, without);
}

/// Calls `use` with a pass that lost nothing.
template <class Use>
auto with_pass(CompiledTree const& tree,
               Evidence const& more,
               std::size_t without,
               Use const& use) {
    Applied const evidence = applied(tree, more);
    Pass<double> narrow;
    bool lost = tree.base_lost;
    if (!lost) {
        std::feclearexcept(FE_ALL_EXCEPT);
        watched_pass(tree, evidence, without, narrow);
        lost = left_range();
    }
    return lost ? use(pass<WideNumber>(tree, evidence, without)) : use(narrow);
}

template <class T>
std::vector<double> summed(CompiledTree const& tree,
                           Pass<T> const& pass,
                           std::uint32_t clique,
                           AxisRange axes,
                           std::size_t size) {
    std::vector<T> sums(size);
    add_up(pass.tables.data() + tree.cliques[clique].at, sums.data(), tree.range(axes));
    std::vector<double> values(size);
    std::ranges::transform(
        sums, values.begin(), [](T value) { return static_cast<double>(value); });
    return values;
}

template <class T>
Beliefs beliefs_of(CompiledTree const& tree, Pass<T> const& pass) {
    Beliefs beliefs;
    beliefs.log_p_evidence = pass.log_p;
    beliefs.begin = tree.begin;
    if (!beliefs.possible()) {
        return beliefs;
    }
    beliefs.values.resize(tree.begin.back());
    std::vector<T> sums;
    for (std::size_t node = 0; node < tree.states.size(); ++node) {
        double* const to = beliefs.values.data() + tree.begin[node];
        if (tree.fixed_state[node] != no_variable) {
            to[tree.fixed_state[node]] = 1.0;
        } else if (tree.variable_of_node[node] != no_variable) {
            Margin const& margin = tree.margins[tree.variable_of_node[node]];
            sums.assign(margin.size, T{});
            add_up(pass.tables.data() + tree.cliques[margin.clique].at,
                   sums.data(),
                   tree.range(margin.axes));
            std::ranges::transform(sums, to, [](T value) { return static_cast<double>(value); });
        }
    }
    return beliefs;
}

// Where of the set's table the observed nodes put all of it.
std::size_t fixed_offset(CompiledTree const& tree, std::vector<std::size_t> const& nodes) {
    std::size_t offset = 0;
    for (std::size_t const node : nodes) {
        offset *= tree.states[node];
        offset += tree.fixed_state[node] == no_variable ? 0 : tree.fixed_state[node];
    }
    return offset;
}

[[gnu::noinline]] void fill_base(CompiledTree& tree) {
    tree.base_exponent = fill_tables(tree, tree.factors.size(), tree.base);
}

} // namespace

bool Beliefs::possible() const noexcept {
    return log_p_evidence > impossible;
}

JunctionTree::JunctionTree(Network const& network, TreePurpose purpose) {
    auto tree = std::make_unique<CompiledTree>(compile_tree(network, purpose));
    tree->base.resize(static_cast<std::size_t>(tree->size.numbers));
    std::feclearexcept(FE_ALL_EXCEPT);
    fill_base(*tree);
    tree->base_lost = left_range();
    for (std::size_t i = 0; i < purpose.together.size(); ++i) {
        tree->set_offsets.push_back(fixed_offset(*tree, purpose.together[i]));
    }
    tree_ = std::move(tree);
}

JunctionTree::~JunctionTree() = default;
JunctionTree::JunctionTree(JunctionTree&&) noexcept = default;
JunctionTree& JunctionTree::operator=(JunctionTree&&) noexcept = default;

TreeSize const& JunctionTree::size() const noexcept {
    return tree_->size;
}

Beliefs JunctionTree::propagate(Evidence const& more) const {
    return with_pass(*tree_, more, tree_->factors.size(), [&](auto const& pass) {
        return beliefs_of(*tree_, pass);
    });
}

ScaledTable JunctionTree::joint(std::size_t set, Evidence const& more) const {
    if (set >= tree_->sets.size()) {
        throw Error{ErrorKind::domain,
                    {"l’arbre n’est pas fait pour cet ensemble de nœuds",
                     "the tree was not made for this set of nodes"}};
    }
    Margin const& margin = tree_->sets[set];
    std::size_t const offset = tree_->set_offsets[set];
    return with_pass(*tree_, more, tree_->factors.size(), [&](auto const& pass) {
        ScaledTable table{std::vector<double>(margin.size), pass.log_p};
        if (!(pass.log_p > impossible)) {
            return table;
        }
        if (margin.clique == no_clique) {
            table.values[offset] = 1.0;
            return table;
        }
        auto const sums = summed(*tree_, pass, margin.clique, margin.axes, margin.size - offset);
        std::ranges::copy(sums, table.values.begin() + static_cast<std::ptrdiff_t>(offset));
        return table;
    });
}

ScaledTable JunctionTree::derivatives(std::size_t node, Evidence const& more) const {
    auto const factor = std::ranges::find(tree_->factors, node, &Factor::node);
    CMQ_EXPECTS(factor != tree_->factors.end());
    auto const at = static_cast<std::size_t>(factor - tree_->factors.begin());
    std::size_t const size =
        (at + 1 < tree_->factors.size() ? tree_->factors[at + 1].at : tree_->tables.size()) -
        factor->at;
    return with_pass(*tree_, more, at, [&](auto const& pass) {
        if (!(pass.log_p > impossible)) {
            return ScaledTable{std::vector<double>(size), impossible};
        }
        return ScaledTable{summed(*tree_, pass, factor->clique, factor->axes, size), pass.log_p};
    });
}

} // namespace cmq::lab
