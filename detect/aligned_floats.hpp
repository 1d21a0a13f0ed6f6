// SPDX-License-Identifier: GPL-3.0-or-later

/// \file
/// Zeros in memory that starts with a cache line: rows that the widest registers read and write whole. Internal.

#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdlib>
#include <memory>
#include <new>

namespace cmq::detect {

class AlignedFloats {
public:
    static constexpr std::size_t line = 64; ///< bytes

    AlignedFloats() = default;

    /// \throws std::bad_alloc
    explicit AlignedFloats(std::size_t count) {
        std::size_t const bytes = std::max(line, (count * sizeof(float) + line - 1) / line * line);
        first_.reset(static_cast<float*>(std::aligned_alloc(line, bytes)));
        if (!first_) {
            throw std::bad_alloc{};
        }
        std::fill_n(first_.get(), bytes / sizeof(float), 0.0F);
    }

    [[nodiscard]] float* data() noexcept { return first_.get(); }

    [[nodiscard]] float const* data() const noexcept { return first_.get(); }

private:
    struct Free {
        void operator()(float* memory) const noexcept { std::free(memory); }
    };

    std::unique_ptr<float, Free> first_;
};

} // namespace cmq::detect
