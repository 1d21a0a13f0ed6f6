// SPDX-License-Identifier: GPL-3.0-or-later

/// \file
/// Readings of a code that may be wrong together.

#pragma once

#include "lab/transfer/simulate.hpp"

#include <cstddef>
#include <span>
#include <vector>

namespace cmq::lab {

/// The examined zones, with what is known of the readings that err together: in one state of them.
struct CodeState {
    double log_weight = 0.0; ///< ln of the state's probability
    std::vector<ExaminedZone> zones{};
};

/// Laboratory, run or examiner is the same, or not stated for one of them.
[[nodiscard]] bool err_together(CodeEvidence const& a, CodeEvidence const& b);

/// Beyond this, all readings count as one group.
inline constexpr std::size_t most_code_states = 64;

/// The states whose mixture is the joint probability: p(findings) = sum over states of weight * p(findings | state).
///
/// Two readings err together where laboratory, run or examiner is the same, or not stated for one of them. In such a group
/// one error takes all with it that are as likely to err: reading i is wrong where U < error_i, with one uniform U. So the
/// ratio of a group is bounded by the error of its best reading, each reading alone is weighed as if it were alone, and
/// the order of readings plays no part. One state, the zones as they are, where no two readings err together.
[[nodiscard]] std::vector<CodeState> make_code_states(std::span<ExaminedZone const> zones);

} // namespace cmq::lab
