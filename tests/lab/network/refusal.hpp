// SPDX-License-Identifier: GPL-3.0-or-later

/// \file
/// What a call refuses with.

#pragma once

#include "core/error.hpp"

#include <string>

namespace cmq::lab::test {

struct Refusal {
    ErrorKind kind = ErrorKind::internal;
    std::string text{}; ///< "" when nothing was refused
};

template <class Call>
Refusal refusal_of(Call const& call) {
    try {
        call();
    } catch (Error const& error) {
        return {error.kind(), error.full_text()};
    }
    return {};
}

} // namespace cmq::lab::test
