// SPDX-License-Identifier: GPL-3.0-or-later

/// \file
/// HDF5 identifiers that close themselves.

#pragma once

#include "core/error.hpp"

#include <hdf5.h>

#include <string>
#include <utility>

namespace cmq {

/// Owns one identifier.
class H5Handle {
public:
    using Close = herr_t (*)(hid_t);

    /// \throws Error format  the identifier is negative: the call that made it failed
    H5Handle(hid_t id, Close close, Words what) : id_{id}, close_{close} {
        if (id < 0) {
            throw Error{
                ErrorKind::format, {"échec de HDF5 : {}", "HDF5 failed: {}"}, Sentence{what}};
        }
    }

    /// The same with the name of a step, which no translation would make clearer.
    H5Handle(hid_t id, Close close, char const* step) : id_{id}, close_{close} {
        if (id < 0) {
            throw Error{ErrorKind::format, {"échec de HDF5 ({})", "HDF5 failed: {}"}, step};
        }
    }

    H5Handle(H5Handle const&) = delete;
    H5Handle& operator=(H5Handle const&) = delete;

    H5Handle(H5Handle&& other) noexcept : id_{std::exchange(other.id_, -1)}, close_{other.close_} {}

    H5Handle& operator=(H5Handle&&) = delete;

    ~H5Handle() {
        if (id_ >= 0) {
            close_(id_);
        }
    }

    [[nodiscard]] hid_t get() const noexcept { return id_; }

private:
    hid_t id_;
    Close close_;
};

/// \throws Error format  the call failed
inline void h5_check(herr_t status, char const* step) {
    if (status < 0) {
        throw Error{ErrorKind::format, {"échec de HDF5 ({})", "HDF5 failed: {}"}, step};
    }
}

} // namespace cmq
