// SPDX-License-Identifier: GPL-3.0-or-later

/// \file
/// Several readings of the code of what one zone bears.

#pragma once

#include "lab/transfer/code_evidence.hpp"

#include <span>

namespace cmq::lab {

/// One of them.
struct ZoneReading {
    CodeEvidence code;
    /// The part of its error that all readings of the zone share, whoever made them: a wrong label on the swab that they were
    /// made of, another code that lies near by chance. The rest is its laboratory's own. [0, code.error]
    double common = 0.0;
};

/// What they say together, as one reading.
///
/// The readings are looks at one swab. With independent uniform numbers U and U_g, reading i is wrong where U < common_i, or
/// where U_g < own_i, own_i = 1 - (1 - error_i) / (1 - common_i); g is the group of readings of which any two share laboratory,
/// run or examiner, or state none. A reading that is wrong says nothing (factor 1), one that is right has the factor given_i:
///
///     p(results | source) = E over U of the product over groups of E over U_g of the product over the right i of given_i.
///
/// So an error that readings share is counted once, however many there are: the result is bounded by the best reading of a
/// laboratory, and by the common error whatever the number of laboratories. One reading gives itself; the order plays no part.
/// The result keeps what is alike in laboratory, run and examiner, and states none where they differ, so that it errs together
/// with readings of other zones.
/// \pre at least one reading; 0 <= common <= error <= 1
/// Cost: the square of the number of readings.
[[nodiscard]] CodeEvidence combine_zone_readings(std::span<ZoneReading const> readings);

} // namespace cmq::lab
