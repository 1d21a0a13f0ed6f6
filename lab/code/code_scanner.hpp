// SPDX-License-Identifier: GPL-3.0-or-later

/// \file
/// Edit distances of one piece of a read to all codes of a registry at once.

#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace cmq::lab {

/// Which part of the text a code is compared with.
enum class CodeEnds : std::uint8_t {
    whole,    ///< the whole text
    at_end,   ///< the part at the end of the text that fits best: what stands before it is free
    anywhere, ///< the part that fits best, wherever it stands
};

inline constexpr std::size_t longest_scanned_code = 64;

/// Insertions, deletions and substitutions between each code and a text, all codes side by side.
///
/// Myers's bit-vector algorithm, one code in each lane of a vector: 8 lanes where no code is longer than 32 bases, else 4
/// (half of that without AVX2; the distances are the same). An unknown base of the text fits no base.
/// Cost: about 10 µs for 1000 codes of 32 bases and a text of 38 on one core of 2020.
/// Source: G. Myers, J. ACM 46 (1999) 395; H. Hyyrö, Explaining and extending the bit-parallel approximate string matching
/// algorithm of Myers, 2001.
class CodeScanner {
public:
    /// \pre at least one code; each of 1 to longest_scanned_code bases A, C, G, T
    explicit CodeScanner(std::span<std::string const> codes);

    [[nodiscard]] std::size_t size() const noexcept { return lengths_.size(); }

    /// \param bases      base numbers, 4 for unknown; at most 65 000
    /// \param distances  one for each code, in their order
    void measure(std::span<std::uint8_t const> bases,
                 CodeEnds ends,
                 std::vector<std::uint16_t>& distances) const;

private:
    template <class Lane>
    void fill(std::vector<Lane>& masks, std::span<std::string const> codes) const;

    std::vector<std::uint8_t> lengths_;
    bool is_short_ = false;              ///< no code is longer than 32
    std::vector<std::uint32_t> masks32_; ///< [group][base][lane]
    std::vector<std::uint64_t> masks64_;
};

/// The same between two texts of any length.
[[nodiscard]] std::size_t edit_distance(std::string_view a, std::string_view b);

} // namespace cmq::lab
