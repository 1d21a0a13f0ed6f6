// SPDX-License-Identifier: GPL-3.0-or-later

/// \file
/// Smooth surfaces through values at the middles of a mesh's blocks. Internal.

#pragma once

#include "detect/cell_loops.hpp"
#include "detect/cells.hpp"

#include <array>
#include <vector>

namespace cmq::detect {

/// How values between nodes come about.
enum class Between : std::uint8_t {
    cubic,  ///< Catmull-Rom; straight lines beyond the outer nodes
    linear, ///< constant beyond the outer nodes
};

/// Evaluates node values along rows of cells.
class NodeRows {
public:
    NodeRows(std::vector<double> const& nodes, Mesh const& mesh, Between between);

    /// Fills out (mesh.cells.width entries) for cell row y. scratch is reused between calls.
    void row(std::ptrdiff_t y, std::vector<float>& scratch, float* out) const;

    /// The same in two steps: what a row needs, and some of its columns (out[0] is column 0).
    void begin_row(std::ptrdiff_t y, std::vector<float>& scratch) const;
    void columns(Span columns, std::vector<float> const& scratch, float* out) const;

    /// The value at one cell.
    [[nodiscard]] float at(std::ptrdiff_t y, std::ptrdiff_t x) const;

private:
    // Weights of four neighbouring nodes for each cell along one axis, with nodes padded by two at
    // each end.
    struct Axis {
        std::vector<std::size_t> first; // of the four padded nodes
        std::array<std::vector<float>, 4> weight;
    };

    void fill(NodeRun const* runs, std::size_t count, float const* nodes, float* out) const;
    [[nodiscard]] static Axis
    make_axis(std::ptrdiff_t cells, std::ptrdiff_t blocks, Between between);

    Between between_;
    std::size_t pitch_; // padded nodes a row
    std::vector<float> padded_;
    Axis down_;
    Axis across_;
    std::vector<NodeRun> runs_; // of each row
};

} // namespace cmq::detect
