// SPDX-License-Identifier: GPL-3.0-or-later

/// \file
/// The table of one node of a BIF file while its entries are read.

#pragma once

#include "lab/network/parse_parts.hpp"

namespace cmq::lab::parse {

/// Every row once: by the states of the parents, by `default`, or all of them by `table`.
class BifRows {
public:
    /// The node's table has its length already.
    BifRows(NetworkNode& node, Network const& network)
        : node_{node}
        , network_{network}
        , given_(node.table.size() / node.states.size()) {}

    [[nodiscard]] NetworkNode const& node() const noexcept { return node_; }

    /// \throws Error format  another number of values, or a row that is there already
    void put(std::size_t row, std::vector<double> const& values, std::size_t line);

    /// The node's states slowest, the last parent fastest.
    /// \throws Error format  as put; the numbers are in the order row by row, as their sums tell
    void put_all(std::vector<double> const& values, std::size_t line);

    /// \throws Error format  another number of values
    void set_default(std::vector<double> const& values, std::size_t line);

    /// The row of these states of the parents; `label` is how the file writes them.
    /// \throws Error format  not one for each parent, or a state that the parent does not have
    [[nodiscard]] std::size_t
    row_of(std::vector<std::string> const& states, std::string_view label, std::size_t line) const;

    /// Fills what is missing with the default.
    /// \throws Error format  there is none
    void finish(std::size_t line);

private:
    void
    check_length(std::vector<double> const& values, std::size_t wanted, std::size_t line) const;
    void check_order(std::vector<double> const& values, std::size_t line) const;

    NetworkNode& node_;
    Network const& network_;
    std::vector<bool> given_;
    std::vector<double> otherwise_{};
};

} // namespace cmq::lab::parse
