// SPDX-License-Identifier: GPL-3.0-or-later

/// \file
/// How many times as many trials a study makes as every test run does.

#pragma once

#include <cstdlib>
#include <string>

namespace cmq {

/// The environment's CMQ_TIMES; 1 without it.
inline int study_times() {
    char const* const text = std::getenv("CMQ_TIMES");
    return text != nullptr ? std::stoi(text) : 1;
}

} // namespace cmq
