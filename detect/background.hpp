// SPDX-License-Identifier: GPL-3.0-or-later

/// \file
/// Level and noise of the background of each plane, from a mesh of means. Internal.

#pragma once

#include "core/frame.hpp"
#include "detect/block_level.hpp"
#include "detect/cells.hpp"
#include "detect/node_rows.hpp"

#include <vector>

namespace cmq::detect {

/// Node values sit at the middles of the mesh's blocks.
struct Background {
    Mesh mesh;
    PerPlane<std::vector<double>> level_dn;
    PerPlane<std::vector<double>> variance_dn2; ///< of one photosite at that level
    /// Of z, the filtered planes: the noise of a photosite; on cloth, in the same ratio from plane to plane everywhere.
    PerPlane<std::vector<double>> unit_dn;
    bool cloth = false;                          ///< set_cloth was called
    PerPlane<std::vector<double>> photosites;    ///< that stand behind the level
    PerPlane<std::vector<double>> extra_dn2;     ///< of the frame's variance, above its noise model
    PerPlane<std::vector<PlausibleRange>> range; ///< of the first look
    PerPlane<std::vector<double>>
        left_out; ///< photosites that take part, but lay outside that range
    std::vector<std::uint8_t>
        unsettled; ///< blocks where photosites behind the level take part no more
};

/// Robust levels (block_level.hpp) of all blocks: before any trace is known. Where nothing is left out, plain means.
/// Nodes without enough photosites are filled from their neighbours.
[[nodiscard]] Background measure_first_background(Frame const& frame,
                                                  Cells const& cells,
                                                  Mesh const& mesh,
                                                  unsigned threads);

/// Strong texture all over the frame. Units get the same ratio from plane to plane in all blocks, so that the colour of
/// the texture has one direction wherever it is printed or shaded; measure_again keeps it so.
void set_cloth(Background& background);

/// The chosen blocks (one byte each, not 0: chosen) get the plain mean outside traces: unbiased whatever the
/// shape of the noise.
[[nodiscard]] Background measure_again(Frame const& frame,
                                       Cells const& cells,
                                       Background const& before,
                                       std::vector<std::uint8_t> const& chosen,
                                       unsigned threads);

/// The block of a cell becomes unsettled.
void unsettle(std::size_t cell, Background& background);

/// A photosite takes part no more: its block becomes unsettled if its level stands on it.
void take_from_level(Frame const& frame,
                     std::size_t cell,
                     std::size_t plane,
                     Background& background);

/// Blocks whose level is not the plain mean of the photosites that take part now: to be measured again.
[[nodiscard]] std::vector<std::uint8_t> unsettled_blocks(Background const& background);

/// 1 / (norm unit_dn) of a plane, straight between the nodes: from DN of a filter to z. mesh: that of the filter's lattice.
[[nodiscard]] NodeRows
scale_rows(Background const& background, std::size_t plane, Mesh const& mesh, double norm);

/// The background between the nodes: Catmull-Rom, straight beyond the outer ones.
class SurfaceRows {
public:
    /// One thread's.
    struct Buffers {
        PerPlane<std::vector<float>> level;
        std::vector<float> scratch;
    };

    explicit SurfaceRows(Background const& background);

    /// A row of cells: residual = value - level where a photosite takes part, else 0.
    void fill_residual(Frame const& frame, std::ptrdiff_t y, Buffers& buffers, Cells& cells) const;

private:
    PerPlane<NodeRows> level_;
};

/// Columns of cells of the chosen blocks (one byte each) of a row of blocks; neighbours together.
[[nodiscard]] std::vector<Span>
chosen_columns(Mesh const& mesh, std::vector<std::uint8_t> const& chosen, std::ptrdiff_t by);

/// From residuals above one background to those above another. Cost: nothing where both agree.
/// \return one byte for each block: not 0 where something changed
std::vector<std::uint8_t> change_background(Background const& before,
                                            Background const& after,
                                            Cells& cells,
                                            unsigned threads);

} // namespace cmq::detect
