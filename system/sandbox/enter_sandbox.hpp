// SPDX-License-Identifier: GPL-3.0-or-later

/// \file
/// The system calls that are left to a program once it touches foreign bytes.

#pragma once

namespace cmq {

/// From here on: memory, reading and writing open descriptors, ending. Opening a file fails with
/// "permission denied"; any other call ends the program.
/// \return false when the machine has no such filter; then nothing may be read
[[nodiscard]] bool enter_sandbox() noexcept;

} // namespace cmq
