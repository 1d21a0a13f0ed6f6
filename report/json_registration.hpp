// SPDX-License-Identifier: GPL-3.0-or-later

/// \file
/// How one capture lies on another, as a JSON value, for commands that put them together.

#pragma once

#include "detect/register_frames.hpp"

#include <string>

namespace cmq::report {

/// The two captures by what the user called them.
struct AlignedFiles {
    std::string reference;
    std::string reference_sha256;
    std::string moving;
    std::string moving_sha256;
    bool simulated = false; ///< either is
};

/// One result of `contremarque align --json`: keys in docs/cli/align.md.
[[nodiscard]] std::string to_json(detect::Registration const& registration,
                                  AlignedFiles const& files);

} // namespace cmq::report
