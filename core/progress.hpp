// SPDX-License-Identifier: GPL-3.0-or-later

/// \file
/// How a long computation reports back and is told to stop, with no user interface in sight.

#pragma once

#include "core/sentence.hpp"

#include <functional>
#include <stop_token>

namespace cmq {

/// Called from the computing thread, with a share of the work in [0, 1] and what is being done.
using Report = std::function<void(double done, Sentence const& doing)>;

/// What a long function takes as its last parameter. The default says nothing and never stops.
struct Progress {
    Report report = [](double, Sentence const&) {};
    std::stop_token stop;
};

} // namespace cmq
