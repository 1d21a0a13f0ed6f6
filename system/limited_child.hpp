// SPDX-License-Identifier: GPL-3.0-or-later

/// \file
/// A program run on hostile bytes with hard limits: bytes in, bytes out, nothing else.

#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <span>
#include <string>
#include <utility>
#include <vector>

namespace cmq {

/// What a child may use up. Whatever it reaches first ends it.
struct ChildLimits {
    std::chrono::seconds cpu{10};   ///< processor time
    std::chrono::seconds wall{120}; ///< time that passes; the parent kills
    std::uintmax_t address_space_bytes = std::uintmax_t{2} << 30U; ///< all its mappings together
    std::uintmax_t output_bytes = std::uintmax_t{1} << 30U;        ///< length of what it may write
};

/// How a child ended.
enum class ChildEnd : std::uint8_t {
    exited,       ///< by itself; code is its exit status
    limit,        ///< a limit of time or output was reached
    other_signal, ///< code is the signal's number
};

/// Read-only bytes shared with a child that is gone: sealed, so they can neither change nor shrink.
class ChildOutput {
public:
    ChildOutput() = default;

    /// Takes over a mapping made by mmap.
    explicit ChildOutput(std::span<std::byte const> mapping) noexcept : mapping_{mapping} {}

    ChildOutput(ChildOutput const&) = delete;
    ChildOutput& operator=(ChildOutput const&) = delete;

    ChildOutput(ChildOutput&& other) noexcept : mapping_{std::exchange(other.mapping_, {})} {}

    ChildOutput& operator=(ChildOutput&& other) noexcept {
        std::swap(mapping_, other.mapping_);
        return *this;
    }

    ~ChildOutput();

    [[nodiscard]] std::span<std::byte const> bytes() const noexcept { return mapping_; }

private:
    std::span<std::byte const> mapping_;
};

struct ChildResult {
    ChildEnd end = ChildEnd::exited;
    int code = 0;
    ChildOutput output; ///< whatever was written, whole or not: hostile until checked
};

/// The descriptors a child finds open beside standard input, output and error (all /dev/null).
inline constexpr int child_input_descriptor = 3;  ///< memory file with the input, sealed
inline constexpr int child_output_descriptor = 4; ///< empty memory file for the output

/// Runs the program with vfork and exec (safe beside threads), waits for its end, and hands back
/// what it wrote. The child has no other descriptors, an environment of TZ=UTC0, LC_ALL=C and
/// OMP_NUM_THREADS=1 only, no core dumps, no new privileges, and dies with its parent.
/// A filter of system calls is the child's own business: it knows what it needs.
///
/// \throws Error io      the program cannot be started, or the machine refuses memory files
[[nodiscard]] ChildResult run_limited_child(std::filesystem::path const& program,
                                            std::vector<std::string> const& arguments,
                                            std::span<std::byte const> input,
                                            ChildLimits const& limits);

} // namespace cmq
