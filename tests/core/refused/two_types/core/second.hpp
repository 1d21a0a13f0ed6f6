// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

namespace cmq {

struct Twice {
    double b;
};

/// Which of the two is printed is for the linker to say.
inline constexpr int twice_said{2};

} // namespace cmq
