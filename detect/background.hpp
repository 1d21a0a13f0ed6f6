// SPDX-License-Identifier: GPL-3.0-or-later

/// \file
/// Level and noise of the background of each plane, from a mesh of means. Internal.

#pragma once

#include "core/frame.hpp"
#include "detect/cells.hpp"

#include <vector>

namespace cmq::detect {

/// Node values sit at the middles of the mesh's blocks.
struct Background {
    Mesh mesh;
    PerPlane<std::vector<double>> level_dn;
    PerPlane<std::vector<double>> variance_dn2; ///< of one photosite at that level
    PerPlane<std::vector<double>> photosites;   ///< that stand behind the level
};

/// How photosites of a block become its level.
enum class BlockLevel {
    clipped, ///< mean of those within 4 robust standard deviations of the median: before any trace
             ///< is known
    mean,    ///< plain mean outside traces: unbiased whatever the shape of the noise
};

/// Nodes without enough photosites are filled from their neighbours.
[[nodiscard]] Background measure_background(
    Frame const& frame, Cells const& cells, Mesh const& mesh, BlockLevel how, unsigned threads);

/// residual = value - level (Catmull-Rom between nodes, straight beyond the outer ones).
void subtract_background(Frame const& frame,
                         Background const& background,
                         Cells& cells,
                         unsigned threads);

/// Weights of four neighbouring nodes for each cell along one axis, with nodes padded by two at
/// each end.
struct AxisWeights {
    std::vector<std::ptrdiff_t> first; ///< index of the first of four padded nodes
    std::vector<std::array<float, 4>> weight;
};

[[nodiscard]] AxisWeights cubic_weights(std::ptrdiff_t cells, std::ptrdiff_t blocks);
[[nodiscard]] AxisWeights linear_weights(std::ptrdiff_t cells, std::ptrdiff_t blocks);

/// Evaluates node values along rows of cells.
class NodeRows {
public:
    /// cubic: Catmull-Rom, straight lines beyond the outer nodes; else linear, constant beyond.
    NodeRows(std::vector<double> const& nodes, Mesh const& mesh, bool cubic);

    /// Fills out (mesh.cells.width entries) for cell row y. scratch is reused between calls.
    void row(std::ptrdiff_t y, std::vector<float>& scratch, float* out) const;

private:
    Mesh mesh_;
    std::vector<float> padded_; // (blocks + 4) x (blocks + 4)
    AxisWeights down_;
    AxisWeights across_;
};

} // namespace cmq::detect
