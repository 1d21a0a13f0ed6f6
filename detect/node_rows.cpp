// SPDX-License-Identifier: GPL-3.0-or-later

#include "detect/node_rows.hpp"

#include <algorithm>
#include <cmath>

namespace cmq::detect {
namespace {

// The value at a padded index as a sum over one or two real nodes.
struct Padding {
    std::size_t node = 0;
    double weight = 1.0;
    std::size_t inner = 0;
    double inner_weight = 0.0;
};

Padding padding_of(std::ptrdiff_t padded, std::ptrdiff_t nodes, Between between) {
    std::ptrdiff_t const k = padded - 2;
    if (k >= 0 && k < nodes) {
        return {static_cast<std::size_t>(k), 1.0, static_cast<std::size_t>(k), 0.0};
    }
    auto const edge = static_cast<std::size_t>(k < 0 ? 0 : nodes - 1);
    if (between == Between::linear || nodes == 1) {
        return {edge, 1.0, edge, 0.0};
    }
    auto const inner = static_cast<std::size_t>(k < 0 ? 1 : nodes - 2);
    auto const beyond = static_cast<double>(k < 0 ? -k : k - (nodes - 1));
    return {edge, 1.0 + beyond, inner, -beyond};
}

std::array<double, 4> weights_at(double t, Between between) {
    if (between == Between::linear) {
        return {0.0, 1.0 - t, t, 0.0};
    }
    return {0.5 * t * ((2.0 - t) * t - 1.0),
            0.5 * (t * t * (3.0 * t - 5.0) + 2.0),
            0.5 * t * ((4.0 - 3.0 * t) * t + 1.0),
            0.5 * (t - 1.0) * t * t};
}

} // namespace

NodeRows::Axis NodeRows::make_axis(std::ptrdiff_t cells, std::ptrdiff_t blocks, Between between) {
    Axis axis;
    for (std::ptrdiff_t c = 0; c < cells; ++c) {
        double const u = (static_cast<double>(c) + 0.5) * static_cast<double>(blocks) /
                             static_cast<double>(cells) -
                         0.5;
        double const whole = std::floor(u);
        axis.first.push_back(static_cast<std::size_t>(whole + 1.0)); // two nodes of padding
        auto const weights = weights_at(u - whole, between);
        for (std::size_t k = 0; k < weights.size(); ++k) {
            axis.weight[k].push_back(static_cast<float>(weights[k]));
        }
    }
    return axis;
}

NodeRows::NodeRows(std::vector<double> const& nodes, Mesh const& mesh, Between between)
    : between_{between}
    , pitch_{static_cast<std::size_t>(mesh.blocks.width + 4)}
    , down_{make_axis(mesh.cells.height, mesh.blocks.height, between)}
    , across_{make_axis(mesh.cells.width, mesh.blocks.width, between)} {
    auto const columns = static_cast<std::size_t>(mesh.blocks.width);
    for (std::ptrdiff_t y = 0; y < mesh.blocks.height + 4; ++y) {
        Padding const py = padding_of(y, mesh.blocks.height, between);
        for (std::ptrdiff_t x = 0; x < mesh.blocks.width + 4; ++x) {
            Padding const px = padding_of(x, mesh.blocks.width, between);
            auto const along_x = [&](std::size_t row) {
                return px.weight * nodes[row * columns + px.node] +
                       px.inner_weight * nodes[row * columns + px.inner];
            };
            padded_.push_back(static_cast<float>(py.weight * along_x(py.node) +
                                                 py.inner_weight * along_x(py.inner)));
        }
    }
    for (std::size_t x = 0; x < across_.first.size(); ++x) {
        if (x == 0 || across_.first[x] != across_.first[x - 1]) {
            runs_.push_back({x, x, across_.first[x]});
        }
        ++runs_.back().end;
    }
}

void NodeRows::begin_row(std::ptrdiff_t y, std::vector<float>& scratch) const {
    auto const row = static_cast<std::size_t>(y);
    scratch.resize(pitch_);
    float const* nodes = padded_.data() + down_.first[row] * pitch_;
    for (std::size_t i = 0; i < pitch_; ++i) {
        scratch[i] = (down_.weight[0][row] * nodes[i] + down_.weight[1][row] * nodes[i + pitch_]) +
                     (down_.weight[2][row] * nodes[i + 2 * pitch_] +
                      down_.weight[3][row] * nodes[i + 3 * pitch_]);
    }
}

void NodeRows::fill(NodeRun const* runs, std::size_t count, float const* nodes, float* out) const {
    CellLoops const& loops = cell_loops();
    if (between_ == Between::linear) {
        loops.linear(runs, count, nodes, across_.weight[2].data(), out);
    } else {
        loops.cubic(runs,
                    count,
                    nodes,
                    {across_.weight[0].data(),
                     across_.weight[1].data(),
                     across_.weight[2].data(),
                     across_.weight[3].data()},
                    out);
    }
}

void NodeRows::row(std::ptrdiff_t y, std::vector<float>& scratch, float* out) const {
    begin_row(y, scratch);
    fill(runs_.data(), runs_.size(), scratch.data(), out);
}

void NodeRows::columns(Span columns, std::vector<float> const& scratch, float* out) const {
    auto const begin = static_cast<std::size_t>(columns.first);
    auto const end = static_cast<std::size_t>(columns.last);
    if (begin >= end) {
        return;
    }
    for (std::size_t i = across_.first[begin] - across_.first[0]; i < runs_.size(); ++i) {
        NodeRun const run{
            std::max(begin, runs_[i].begin), std::min(end, runs_[i].end), runs_[i].first};
        if (run.begin >= end) {
            return;
        }
        fill(&run, 1, scratch.data(), out);
    }
}

float NodeRows::at(std::ptrdiff_t y, std::ptrdiff_t x) const {
    auto const row = static_cast<std::size_t>(y);
    auto const column = static_cast<std::size_t>(x);
    float value = 0.0F;
    for (std::size_t i = 0; i < 4; ++i) {
        float const* nodes =
            padded_.data() + (down_.first[row] + i) * pitch_ + across_.first[column];
        for (std::size_t k = 0; k < 4; ++k) {
            value += down_.weight[i][row] * across_.weight[k][column] * nodes[k];
        }
    }
    return value;
}

} // namespace cmq::detect
