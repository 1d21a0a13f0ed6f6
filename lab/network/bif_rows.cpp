// SPDX-License-Identifier: GPL-3.0-or-later

#include "lab/network/bif_rows.hpp"

#include <algorithm>
#include <cmath>

namespace cmq::lab::parse {

void BifRows::check_length(std::vector<double> const& values,
                           std::size_t wanted,
                           std::size_t line) const {
    if (values.size() != wanted) {
        refuse({ErrorKind::format,
                {"{} nombres au lieu de {} (nœud « {} »)", "{} numbers instead of {} (node '{}')"},
                values.size(),
                wanted,
                shown(node_.name)},
               line);
    }
}

void BifRows::put(std::size_t row, std::vector<double> const& values, std::size_t line) {
    check_length(values, node_.states.size(), line);
    if (given_[row]) {
        refuse({ErrorKind::format,
                {"une ligne de la table du nœud « {} » est donnée deux fois",
                 "a row of the table of the node '{}' is given twice"},
                shown(node_.name)},
               line);
    }
    given_[row] = true;
    std::ranges::copy(values,
                      node_.table.begin() + static_cast<std::ptrdiff_t>(row * values.size()));
}

// Node's states slowest, last parent fastest.
void BifRows::put_all(std::vector<double> const& values, std::size_t line) {
    check_length(values, node_.table.size(), line);
    std::size_t const rows = given_.size();
    for (std::size_t row = 0; row < rows; ++row) {
        std::vector<double> one;
        for (std::size_t s = 0; s < node_.states.size(); ++s) {
            one.push_back(values[s * rows + row]);
        }
        put(row, one, line);
    }
    check_order(values, line);
}

// A table written row by row would be read wrongly in silence: its sums tell.
void BifRows::check_order(std::vector<double> const& values, std::size_t line) const {
    auto const off = [&](std::size_t step, std::size_t stride) {
        double worst = 0.0;
        for (std::size_t row = 0; row < given_.size(); ++row) {
            double sum = 0.0;
            for (std::size_t s = 0; s < node_.states.size(); ++s) {
                sum += values[row * step + s * stride];
            }
            worst = std::max(worst, std::abs(sum - 1.0));
        }
        return worst;
    };
    if (off(1, given_.size()) > 1e-3 && off(node_.states.size(), 1) < 1e-3) {
        refuse(
            {ErrorKind::format,
             {"« table » du nœud « {} » énumère les états du nœud en dernier ; ce format les veut "
              "en premier (ou une ligne par combinaison des parents)",
              "'table' of the node '{}' runs through the node's states last; this format wants "
              "them first (or a row for each combination of the parents)"},
             shown(node_.name)},
            line);
    }
}

std::size_t BifRows::row_of(std::vector<std::string> const& states,
                            std::string_view label,
                            std::size_t line) const {
    if (states.size() != node_.parents.size()) {
        refuse({ErrorKind::format,
                {"« ({}) » ne nomme pas un état pour chacun des {} parents",
                 "'({})' does not name one state for each of the {} parents"},
                shown(label),
                node_.parents.size()},
               line);
    }
    std::size_t row = 0;
    for (std::size_t p = 0; p < states.size(); ++p) {
        NetworkNode const& parent = network_.nodes[node_.parents[p]];
        auto const state = find_state(parent, states[p]);
        if (!state) {
            refuse({ErrorKind::format,
                    {"le parent « {} » n’a pas d’état « {} »", "the parent '{}' has no state '{}'"},
                    shown(parent.name),
                    shown(states[p])},
                   line);
        }
        row = row * parent.states.size() + *state;
    }
    return row;
}

void BifRows::finish(std::size_t line) {
    for (std::size_t row = 0; row < given_.size(); ++row) {
        if (!given_[row] && otherwise_.empty()) {
            refuse({ErrorKind::format,
                    {"la ligne {} de la table du nœud « {} » manque, sur {}",
                     "row {} of the table of the node '{}' is missing, of {}"},
                    row + 1,
                    shown(node_.name),
                    given_.size()},
                   line);
        }
        if (!given_[row]) {
            put(row, otherwise_, line);
        }
    }
}

void BifRows::set_default(std::vector<double> const& values, std::size_t line) {
    check_length(values, node_.states.size(), line);
    otherwise_ = values;
}

} // namespace cmq::lab::parse
