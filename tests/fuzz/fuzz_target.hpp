// SPDX-License-Identifier: GPL-3.0-or-later

/// \file
/// What every fuzz target has in common: the entry point, and the one exception that may leave a reader.

#pragma once

#include "core/error.hpp"

#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>

/// Called by libFuzzer, and by replay.cpp with each file of the corpus.
extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size);

namespace cmq::fuzz {

/// Runs a reader; an Error is a refusal and fine, anything else ends the program.
template <class Reader>
void refuse_or_read(Reader const& reader) {
    try {
        reader();
    } catch (Error const&) { // NOLINT(bugprone-empty-catch): refusing is what is asked
    }
}

inline std::span<std::byte const> bytes_of(std::uint8_t const* data, std::size_t size) {
    return std::as_bytes(std::span{data, size});
}

inline std::string_view text_of(std::uint8_t const* data, std::size_t size) {
    return {reinterpret_cast<char const*>(data), size};
}

} // namespace cmq::fuzz
