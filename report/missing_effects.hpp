// SPDX-License-Identifier: GPL-3.0-or-later

/// \file
/// How far what is missing could move a value, by what the evaluation has already computed.

#pragma once

#include "report/missing.hpp"

#include <cstddef>
#include <string>
#include <vector>

namespace cmq::report {

/// The parameter that a missing thing would settle and that moves one comparison's value most: the bar of the tornado.
struct MissingEffect {
    std::size_t evaluation = 0; ///< index in NoteInput::evaluations
    std::string parameter;
    double low = 0.0; ///< of the parameter, in its unit
    double high = 0.0;
    double log10_lr_at_low = 0.0; ///< of h1 over h2
    double log10_lr_at_high = 0.0;
};

/// One entry at most for each comparison with a value; none where no single parameter stands for the item (what a
/// zone would show, who touched whom): `report --filing` weighs the case again for those.
[[nodiscard]] std::vector<MissingEffect> find_missing_effects(NoteInput const& input,
                                                              MissingItem item);

} // namespace cmq::report
