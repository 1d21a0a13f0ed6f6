// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

namespace cmq {

struct Twice {
    double b;
};

} // namespace cmq
