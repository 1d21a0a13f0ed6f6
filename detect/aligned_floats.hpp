// SPDX-License-Identifier: GPL-3.0-or-later

/// \file
/// Zeros in memory that starts with a cache line: rows that the widest registers read and write whole. Internal.

#pragma once

#include <cstddef>
#include <memory>
#include <vector>

namespace cmq::detect {

class AlignedFloats {
public:
    static constexpr std::size_t line = 64; ///< bytes

    AlignedFloats() = default;
    AlignedFloats(AlignedFloats&&) = default;
    AlignedFloats& operator=(AlignedFloats&&) = default;
    AlignedFloats(AlignedFloats const&) = delete; // a copy could start elsewhere in a line
    AlignedFloats& operator=(AlignedFloats const&) = delete;
    ~AlignedFloats() = default;

    explicit AlignedFloats(std::size_t count) : memory_(count + line / sizeof(float), 0.0F) {
        void* first = memory_.data();
        std::size_t space = memory_.size() * sizeof(float);
        std::align(line, count * sizeof(float), first, space);
        skipped_ = memory_.size() - space / sizeof(float);
    }

    [[nodiscard]] float* data() noexcept { return memory_.data() + skipped_; }

    [[nodiscard]] float const* data() const noexcept { return memory_.data() + skipped_; }

private:
    std::vector<float> memory_;
    std::size_t skipped_ = 0; // floats before the first line; a move keeps the memory where it is
};

} // namespace cmq::detect
