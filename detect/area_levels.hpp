// SPDX-License-Identifier: GPL-3.0-or-later

/// \file
/// Levels of square blocks of a frame, a row of blocks at a time. Internal.

#pragma once

#include "core/frame.hpp"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <vector>

namespace cmq::detect {

/// Of an eighth of the photosites (a quarter of blocks of 16), the mean of those within 3 standard deviations of the noise
/// model of their median. Saturated ones count with what they show; other masked ones do not. One thread's buffers.
class AreaLevels {
public:
    /// \param side  of a block: 16, 32 or 64 photosites
    AreaLevels(Frame const& frame, std::ptrdiff_t side);

    /// Takes up a row of blocks.
    void read(std::ptrdiff_t row);

    /// Of a plane, one level for each block of the row; nothing where less than 15 % of the photosites looked at are good.
    void measure(std::size_t plane, std::vector<std::optional<double>>& levels);

private:
    struct MaskRow {
        std::uint8_t const* first = nullptr;
        bool all_count = false;
    };

    [[nodiscard]] MaskRow mask_of(std::uint8_t const* first) const;
    [[nodiscard]] MaskRow const& mask_row(std::size_t plane, std::size_t i) const;
    [[nodiscard]] bool all_count(std::size_t plane, std::size_t first, std::size_t blocks) const;
    void measure_eight(std::size_t plane, std::size_t first, std::optional<double>* levels);
    [[nodiscard]] std::optional<double> measure_one(std::size_t plane, std::size_t block);
    [[nodiscard]] float reach(std::size_t plane, float median) const;

    Frame const& frame_;
    std::ptrdiff_t side_;
    std::size_t half_; ///< photosites of a plane in a row
    std::size_t each_; ///< of a block
    std::size_t rows_; ///< of a block that are looked at, of each plane
    PerPlane<std::vector<float>> values_;
    std::vector<MaskRow> masks_; ///< of the rows of the upper planes, then of the lower
    std::vector<float> taken_;
};

} // namespace cmq::detect
