// SPDX-License-Identifier: GPL-3.0-or-later

/// \file
/// Vectors whose new entries are not set: for planes that are filled whole. Internal.

#pragma once

#include <memory>
#include <new>
#include <type_traits>
#include <utility>
#include <vector>

namespace cmq::detect {

/// As std::allocator, but resize() leaves what is new as it is in memory: setting it to 0 costs as much as filling it.
template <class T>
struct LeaveUnset : std::allocator<T> {
    template <class U>
    void construct(U* at) noexcept(std::is_nothrow_default_constructible_v<U>) {
        ::new (static_cast<void*>(at)) U;
    }

    template <class U, class... Arguments>
    void construct(U* at, Arguments&&... arguments) {
        ::new (static_cast<void*>(at)) U(std::forward<Arguments>(arguments)...);
    }
};

using PlaneValues = std::vector<float, LeaveUnset<float>>;

} // namespace cmq::detect
