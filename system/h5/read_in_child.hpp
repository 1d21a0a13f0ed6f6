// SPDX-License-Identifier: GPL-3.0-or-later

/// \file
/// An HDF5 file that may be hostile, read by a program of its own.

#pragma once

#include "system/h5/kind.hpp"
#include "system/limited_child.hpp"

#include <cstddef>
#include <filesystem>
#include <span>

namespace cmq {

/// What a reader program made of a file: plain bytes of its kind, hostile until checked.
struct H5Content {
    ChildOutput output;
    std::size_t offset = 0;

    [[nodiscard]] std::span<std::byte const> bytes() const {
        return output.bytes().subspan(offset);
    }
};

/// Checks the user block, then runs the reader program on the bytes under limits of time, memory and system calls.
/// \throws Error as check_user_block
/// \throws Error format       not the layout of such a file, or damaged
/// \throws Error unsupported  it uses what such a file never uses; or the machine has no filter of system calls
/// \throws Error limits       reading reached a limit
/// \throws Error io           the reader program cannot be started
/// \throws Error internal     the reader program is of another version
[[nodiscard]] H5Content read_in_child(std::span<std::byte const> bytes,
                                      H5Kind const& kind,
                                      std::filesystem::path const& program);

} // namespace cmq
