// SPDX-License-Identifier: GPL-3.0-or-later

/// \file
/// What sets one kind of HDF5 file of this program apart, and the most that it may hold.

#pragma once

#include "core/sentence.hpp"

#include <cstddef>
#include <cstdint>
#include <string_view>

namespace cmq {

/// All names are masculine in French.
struct H5Kind {
    std::string_view
        title; ///< first line of the file, version and line feed included: "CONTREMARQUE CASE 1\n"
    std::string_view program; ///< that reads it
    std::string_view example; ///< "case.h5"
    Words name;               ///< {"fichier de résultats", "case file"}
    Words file;               ///< {"le fichier de résultats", "the case file"}
    int levels = 3;           ///< of groups, the root counted
    std::size_t objects = 1;
    std::uint64_t bytes = 0; ///< of all datasets, unpacked
};

} // namespace cmq
