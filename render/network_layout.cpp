// SPDX-License-Identifier: GPL-3.0-or-later

#include "render/network_layout.hpp"

#include "core/error.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <map>
#include <numeric>
#include <utility>

namespace cmq::render {
namespace {

using network::apart;
using network::badge;
using network::head;
using network::stub;

constexpr double between_rows = 12.0 * pt;
constexpr double passage = 8.0 * pt; // of a line through a column
constexpr double close = 7.0 * pt;   // distance of two ends without numbers

using Arrow = report::NetworkChart::Arrow;

/// A box, or the passage of a line over several columns.
struct Slot {
    std::size_t node = 0;
    std::size_t arrow = 0;
    bool is_passage = false;
    double height = 0.0;
    double centre = 0.0;
    double order = 0.0; // among those of its column, from 0 to 1
};

/// One end of a line at the side of a box; lines of one step that leave a box together share theirs.
struct Port {
    std::vector<std::size_t> arrows;
    double towards = 0.0; // height of the other end, by which ports are sorted
    double room = close;
    double y = 0.0;
};

class Layout {
public:
    Layout(report::NetworkChart const& content,
           NetworkColumns const& columns,
           std::vector<double> const& heights)
        : content_{content}
        , columns_{columns}
        , slots_(columns.count) {
        place_slots(heights);
        sort_slots();
        stack();
        make_ports();
    }

    [[nodiscard]] NetworkLayout make() const {
        NetworkLayout layout{.boxes = {}, .routes = {}, .height = height_};
        for (std::size_t i = 0; i < content_.nodes.size(); ++i) {
            Slot const& slot = slot_of(i);
            layout.boxes.emplace_back(left(content_.nodes[i].layer),
                                      slot.centre - slot.height / 2.0,
                                      columns_.box_width,
                                      slot.height);
        }
        for (std::size_t i = 0; i < content_.arrows.size(); ++i) {
            layout.routes.push_back(is_loop(i) ? loop(i) : route(i));
        }
        return layout;
    }

private:
    [[nodiscard]] double left(std::size_t column) const {
        return static_cast<double>(column) * (columns_.box_width + columns_.gap);
    }

    [[nodiscard]] double right(std::size_t column) const {
        return left(column) + columns_.box_width;
    }

    [[nodiscard]] std::size_t layer(std::size_t node) const { return content_.nodes[node].layer; }

    /// The nodes of an arrow from left to right, whichever way it points.
    [[nodiscard]] std::pair<std::size_t, std::size_t> ends(std::size_t arrow) const {
        Arrow const& each = content_.arrows[arrow];
        return layer(each.from) <= layer(each.to) ? std::pair{each.from, each.to}
                                                  : std::pair{each.to, each.from};
    }

    [[nodiscard]] bool is_loop(std::size_t arrow) const {
        Arrow const& each = content_.arrows[arrow];
        return layer(each.from) == layer(each.to);
    }

    [[nodiscard]] Slot const& slot_of(std::size_t node) const {
        return *std::ranges::find_if(slots_[layer(node)], [&](Slot const& slot) {
            return !slot.is_passage && slot.node == node;
        });
    }

    /// Of the arrow in a column: its box there, or its passage.
    [[nodiscard]] Slot const& slot_of(std::size_t arrow, std::size_t column) const {
        auto const [first, last] = ends(arrow);
        if (column == layer(first) || column == layer(last)) {
            return slot_of(column == layer(first) ? first : last);
        }
        return *std::ranges::find_if(slots_[column], [&](Slot const& slot) {
            return slot.is_passage && slot.arrow == arrow;
        });
    }

    void place_slots(std::vector<double> const& heights) {
        for (std::size_t i = 0; i < content_.nodes.size(); ++i) {
            CMQ_EXPECTS(layer(i) < columns_.count);
            slots_[layer(i)].push_back({.node = i, .height = heights[i]});
        }
        for (std::size_t i = 0; i < content_.arrows.size(); ++i) {
            auto const [first, last] = ends(i);
            CMQ_EXPECTS(first != last);
            for (std::size_t column = layer(first) + 1; column < layer(last); ++column) {
                slots_[column].push_back({.arrow = i, .is_passage = true, .height = passage});
            }
        }
        for (auto& column : slots_) {
            number(column);
        }
    }

    static void number(std::vector<Slot>& column) {
        for (std::size_t i = 0; i < column.size(); ++i) {
            column[i].order = (static_cast<double>(i) + 0.5) / static_cast<double>(column.size());
        }
    }

    /// The mean place of what a slot is joined to in the column before it, or after it.
    [[nodiscard]] double mean_order(Slot const& slot, std::size_t column, bool before) const {
        double sum = 0.0;
        int count = 0;
        for (std::size_t i = 0; i < content_.arrows.size(); ++i) {
            auto const [first, last] = ends(i);
            bool const mine =
                slot.is_passage ? slot.arrow == i : first == slot.node || last == slot.node;
            bool const reaches = before ? layer(first) < column && column <= layer(last)
                                        : layer(first) <= column && column < layer(last);
            if (mine && reaches) {
                sum += slot_of(i, before ? column - 1 : column + 1).order;
                ++count;
            }
        }
        return count == 0 ? slot.order : sum / count;
    }

    /// Sweeps to the right and back, each column sorted by what it is joined to: few lines cross then.
    void sort_slots() {
        constexpr int sweeps = 4;
        auto const sort = [this](std::size_t column, bool before) {
            std::vector<double> means;
            for (Slot const& slot : slots_[column]) {
                means.push_back(mean_order(slot, column, before));
            }
            for (std::size_t i = 0; i < means.size(); ++i) {
                slots_[column][i].order = means[i];
            }
            std::ranges::stable_sort(slots_[column], {}, &Slot::order);
            number(slots_[column]);
        };
        for (int sweep = 0; sweep < sweeps; ++sweep) {
            for (std::size_t column = 1; column < slots_.size(); ++column) {
                sort(column, true);
            }
            for (std::size_t column = slots_.size() - 1; column-- > 0;) {
                sort(column, false);
            }
        }
    }

    /// Ends at the left of a box: all with numbers. At its right: those of loops have them.
    [[nodiscard]] double room_for_ends(std::size_t node) const {
        double at_left = 0.0;
        double at_right = 0.0;
        for (std::size_t i = 0; i < content_.arrows.size(); ++i) {
            auto const [first, last] = ends(i);
            at_left += !is_loop(i) && last == node ? apart : 0.0;
            at_right += is_loop(i) && (first == node || last == node) ? apart : 0.0;
            at_right += !is_loop(i) && first == node ? close : 0.0;
        }
        // Those that leave a source together share their end.
        return content_.nodes[node].is_source ? apart : std::max(at_left, at_right);
    }

    void stack() {
        std::vector<double> totals;
        for (auto& column : slots_) {
            double total = -between_rows;
            for (Slot& slot : column) {
                if (!slot.is_passage) {
                    slot.height = std::max(slot.height, room_for_ends(slot.node));
                }
                total += slot.height + between_rows;
            }
            totals.push_back(total);
            height_ = std::max(height_, total);
        }
        for (std::size_t i = 0; i < slots_.size(); ++i) {
            double y = (height_ - totals[i]) / 2.0;
            for (Slot& slot : slots_[i]) {
                slot.centre = y + slot.height / 2.0;
                y += slot.height + between_rows;
            }
        }
    }

    void make_ports() {
        for (std::size_t node = 0; node < content_.nodes.size(); ++node) {
            std::vector<Port> at_left;
            std::vector<Port> at_right;
            for (std::size_t i = 0; i < content_.arrows.size(); ++i) {
                auto const [first, last] = ends(i);
                if (first != node && last != node) {
                    continue;
                }
                if (is_loop(i)) {
                    double const other = slot_of(first == node ? last : first).centre;
                    double const end = other < slot_of(node).centre
                                           ? -std::numeric_limits<double>::infinity()
                                           : std::numeric_limits<double>::infinity();
                    at_right.push_back({.arrows = {i}, .towards = end, .room = apart});
                } else if (last == node) {
                    at_left.push_back({.arrows = {i},
                                       .towards = slot_of(i, layer(node) - 1).centre,
                                       .room = apart});
                } else {
                    add_leaving(at_right, i, node);
                }
            }
            settle(at_left, node, left_);
            settle(at_right, node, right_);
        }
    }

    void add_leaving(std::vector<Port>& ports, std::size_t arrow, std::size_t node) const {
        if (content_.nodes[node].is_source && !ports.empty()) {
            ports.front().arrows.push_back(arrow);
            return;
        }
        ports.push_back(
            {.arrows = {arrow}, .towards = slot_of(arrow, layer(node) + 1).centre, .room = close});
    }

    /// Sorted by where they lead, around the middle of the box.
    void settle(std::vector<Port>& ports,
                std::size_t node,
                std::map<std::pair<std::size_t, std::size_t>, double>& to) const {
        std::ranges::stable_sort(ports, {}, &Port::towards);
        double const all = std::transform_reduce(
            ports.begin(), ports.end(), 0.0, std::plus{}, [](Port const& port) {
                return port.room;
            });
        double y = slot_of(node).centre - all / 2.0;
        for (Port const& port : ports) {
            for (std::size_t const arrow : port.arrows) {
                to[{arrow, node}] = y + port.room / 2.0;
            }
            y += port.room;
        }
    }

    [[nodiscard]] bool has_loops(std::size_t column) const {
        for (std::size_t i = 0; i < content_.arrows.size(); ++i) {
            if (is_loop(i) && layer(content_.arrows[i].from) == column) {
                return true;
            }
        }
        return false;
    }

    /// How far lines run straight at the right of a column: past the numbers of its loops, if it has any.
    [[nodiscard]] double straight(std::size_t column) const {
        return has_loops(column) ? stub : head;
    }

    static void curve(QPainterPath& path, QPointF to) {
        QPointF const from = path.currentPosition();
        double const middle = (from.x() + to.x()) / 2.0;
        path.cubicTo({middle, from.y()}, {middle, to.y()}, to);
    }

    /// From left to right; the number stands before the box at the right.
    [[nodiscard]] NetworkRoute route(std::size_t arrow) const {
        auto const [first, last] = ends(arrow);
        Arrow const& each = content_.arrows[arrow];
        bool const head_right = each.both_ways || each.to == last;
        bool const head_left = each.both_ways || each.to == first;
        double const from_y = right_.at({arrow, first});
        double const to_y = left_.at({arrow, last});
        double x = right(layer(first));
        NetworkRoute route;
        route.path.moveTo(x + (head_left ? head : 0.0), from_y);
        route.path.lineTo(x + straight(layer(first)), from_y);
        for (std::size_t column = layer(first) + 1; column < layer(last); ++column) {
            double const y = slot_of(arrow, column).centre;
            curve(route.path, {left(column) - stub, y}); // past the numbers of that column
            route.path.lineTo(right(column) + straight(column), y);
        }
        x = left(layer(last));
        curve(route.path, {x - stub, to_y});
        route.path.lineTo(x - head - badge - pt, to_y);
        route.path.moveTo(x - head - pt, to_y);
        route.path.lineTo(x - (head_right ? head : 0.0), to_y);
        route.badge = {x - head - pt - badge / 2.0, to_y};
        if (head_right) {
            route.tips.emplace_back(x, to_y);
            route.directions.push_back(1.0);
        }
        if (head_left) {
            route.tips.emplace_back(right(layer(first)), from_y);
            route.directions.push_back(-1.0);
        }
        return route;
    }

    [[nodiscard]] double span(std::size_t loop) const {
        Arrow const& each = content_.arrows[loop];
        return std::abs(right_.at({loop, each.from}) - right_.at({loop, each.to}));
    }

    /// How many loops of its column are shorter: longer ones reach further out.
    [[nodiscard]] std::size_t rank(std::size_t arrow) const {
        std::size_t shorter = 0;
        for (std::size_t i = 0; i < content_.arrows.size(); ++i) {
            bool const beside =
                is_loop(i) && i != arrow &&
                layer(content_.arrows[i].from) == layer(content_.arrows[arrow].from);
            shorter += beside && span(i) < span(arrow) ? 1U : 0U;
        }
        return shorter;
    }

    /// Out of the right side of a box and back into that of another of its column.
    [[nodiscard]] NetworkRoute loop(std::size_t arrow) const {
        Arrow const& each = content_.arrows[arrow];
        double const x = right(layer(each.from));
        double const from_y = right_.at({arrow, each.from});
        double const to_y = right_.at({arrow, each.to});
        double const bulge = std::min(30.0, 12.0 + 9.0 * static_cast<double>(rank(arrow))) * pt;
        NetworkRoute route;
        route.path.moveTo(x + (each.both_ways ? head : 0.0), from_y);
        route.path.lineTo(x + stub, from_y);
        route.path.cubicTo({x + stub + bulge, from_y}, {x + stub + bulge, to_y}, {x + stub, to_y});
        route.path.lineTo(x + head + pt + badge, to_y);
        route.path.moveTo(x + head + pt, to_y);
        route.path.lineTo(x + head, to_y);
        route.badge = {x + head + pt + badge / 2.0, to_y};
        route.tips.emplace_back(x, to_y);
        route.directions.push_back(-1.0);
        if (each.both_ways) {
            route.tips.emplace_back(x, from_y);
            route.directions.push_back(-1.0);
        }
        return route;
    }

    report::NetworkChart const& content_;
    NetworkColumns columns_;
    std::vector<std::vector<Slot>> slots_;                       // by column
    std::map<std::pair<std::size_t, std::size_t>, double> left_; // (arrow, node): height of its end
    std::map<std::pair<std::size_t, std::size_t>, double> right_;
    double height_ = 0.0;
};

} // namespace

NetworkLayout lay_out_network(report::NetworkChart const& content,
                              NetworkColumns const& columns,
                              std::vector<double> const& heights) {
    CMQ_EXPECTS(heights.size() == content.nodes.size());
    return content.nodes.empty() ? NetworkLayout{} : Layout{content, columns, heights}.make();
}

} // namespace cmq::render
