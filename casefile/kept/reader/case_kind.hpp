// SPDX-License-Identifier: GPL-3.0-or-later

/// \file
/// What case.h5 is called, and the most that it may hold.

#pragma once

#include "system/h5/kind.hpp"

#include <cstdint>

namespace cmq::casefile {

inline constexpr H5Kind case_kind{
    .title = "CONTREMARQUE CASE 1\n",
    .program = "contremarque-case-reader",
    .example = "case.h5",
    .name = {"fichier de résultats", "case file"},
    .file = {"le fichier de résultats", "the case file"},
    .levels = 3, // root, tables, one table; its columns are no groups
    .objects = 20'000,
    .bytes = std::uint64_t{1} << 29U,
};

} // namespace cmq::casefile
