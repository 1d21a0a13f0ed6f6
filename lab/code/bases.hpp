// SPDX-License-Identifier: GPL-3.0-or-later

/// \file
/// Sequences of bases as text.

#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace cmq::lab {

/// Number of a base: A 0, C 1, G 2, T 3, in either case; U counts as T; everything else is 4, unknown.
[[nodiscard]] std::uint8_t base_number(char base) noexcept;

/// Whether a text is one or more of A, C, G, T, in either case.
[[nodiscard]] bool is_sequence(std::string_view text) noexcept;

/// In upper case.
[[nodiscard]] std::string to_upper(std::string_view sequence);

/// The other strand, read in its own direction; what is no base becomes N.
[[nodiscard]] std::string reverse_complement(std::string_view sequence);

} // namespace cmq::lab
