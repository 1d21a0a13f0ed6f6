// SPDX-License-Identifier: GPL-3.0-or-later

/// \file
/// Whether something in a sample hinders the copying: the internal control of a quantitative PCR.

#pragma once

#include "lab/code/qpcr_table.hpp"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace cmq::lab {

enum class Inhibition : std::uint8_t { not_seen, seen, unclear };

[[nodiscard]] std::string_view name_of(Inhibition inhibition) noexcept;

struct SampleInhibition {
    std::string sample;
    std::size_t wells = 0;
    std::size_t detected = 0;        ///< wells in which the internal control was found
    std::optional<double> shift;     ///< cycles later than in the wells without a sample
    std::optional<double> shift_low; ///< 95 % interval
    std::optional<double> shift_high;
    Inhibition state = Inhibition::unclear;
};

/// An internal control that runs from this many cycles on later counts as hindered: half of the copies are missed then.
/// Judgement.
inline constexpr double most_shift_cycles = 1.0;

/// The target of the table that is an internal control by its name (it begins with IPC, IAC, EIC or IC); none: there is none.
[[nodiscard]] std::optional<std::string> find_internal_control(QpcrTable const& table);

/// Each sample's internal control against that of the no-template controls (without any: of the standards), which hold the
/// same amount of it and nothing that hinders.
///
/// Difference of means, its 95 % interval by Student's t with the pooled variance. Seen: the whole interval is above
/// most_shift_cycles, or a well does not show the control at all while all of the reference do. Not seen: the whole interval
/// is below. Else, and with fewer than three degrees of freedom, unclear.
/// \param control  the target of the internal control
[[nodiscard]] std::vector<SampleInhibition> measure_inhibition(QpcrTable const& table,
                                                               std::string_view control);

} // namespace cmq::lab
