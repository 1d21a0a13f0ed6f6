// SPDX-License-Identifier: GPL-3.0-or-later

/// \file
/// What a reading of the marker's code says of what glowed on a zone.

#pragma once

#include <string>

namespace cmq::lab {

/// The probability of what was read given what was read is
///
///     error + (1 - error) given_...
///
/// `error`: that the laboratory gives this result whatever the zone bears (exchange, contamination, a wrong word, a code
/// that lies near by chance). Nothing here tells a hit from a contact or from custody: they bring one lot.
struct CodeEvidence {
    double error = 0.0;           ///< [0, 1]
    double given_marker = 1.0;    ///< p(result | marker of the lot in question, no error), [0, 1]
    double given_material = 0.0;  ///< ... | nothing, or a look-alike without a code of the marker
    double given_other_lot = 0.0; ///< ... | marker of another lot
    /// Readings are independent where all three are stated and differ; else they err together.
    std::string laboratory{};
    std::string run{};
    std::string examiner{};
};

/// p(result | a source), `given` one of the three above.
[[nodiscard]] inline double p_read(CodeEvidence const& code, double given) noexcept {
    return code.error + (1.0 - code.error) * given;
}

} // namespace cmq::lab
