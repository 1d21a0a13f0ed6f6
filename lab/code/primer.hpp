// SPDX-License-Identifier: GPL-3.0-or-later

/// \file
/// Finds a primer in a read.

#pragma once

#include "lab/code/code_alignment.hpp"

#include <array>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <string_view>

namespace cmq::lab {

/// A sequence of at most 64 bases, looked for in texts by Myers's bit vectors.
class Primer {
public:
    /// \pre at most 64 bases A, C, G, T; empty is found nowhere
    explicit Primer(std::string_view sequence);

    [[nodiscard]] std::size_t size() const noexcept { return length_; }

    /// Edits up to which it counts as found: a fifth of its bases.
    [[nodiscard]] std::size_t most_edits() const noexcept { return length_ / 5; }

    struct Place {
        std::size_t distance = 0;
        std::size_t edge = 0; ///< where it ends (find_end) or begins (find_begin)
    };

    /// The best place, by where it ends; of equal ones the first.
    [[nodiscard]] Place find_end(BaseSpan text) const noexcept;

    /// The best place, by where it begins; of equal ones the last, but of neighbouring ones the first: a wrong base at
    /// its beginning belongs to it.
    [[nodiscard]] Place find_begin(BaseSpan text) const noexcept;

private:
    std::size_t length_;
    std::array<std::uint64_t, 5> masks_{};  ///< forwards
    std::array<std::uint64_t, 5> turned_{}; ///< from its end to its beginning
};

/// Where the primers stand on one strand; distances beyond what counts as found are the largest number.
struct FoundPrimers {
    static constexpr std::size_t none = std::numeric_limits<std::size_t>::max();

    Primer::Place forward;
    Primer::Place reverse;

    [[nodiscard]] bool has_forward() const { return forward.distance != none; }

    [[nodiscard]] bool has_reverse() const { return reverse.distance != none; }

    [[nodiscard]] bool is_found() const { return has_forward() || has_reverse(); }
};

/// Both primers on one strand. Where they overlap, the worse one is chance and counts as not found.
[[nodiscard]] FoundPrimers
find_primers(Primer const& forward, Primer const& reverse, BaseSpan bases) noexcept;

} // namespace cmq::lab
