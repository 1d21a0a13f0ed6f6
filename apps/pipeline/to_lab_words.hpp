// SPDX-License-Identifier: GPL-3.0-or-later

/// \file
/// The words of a case file in the terms of lab.

#pragma once

#include "casefile/case.hpp"
#include "lab/transfer/account.hpp"
#include "lab/transfer/finding.hpp"
#include "lab/transfer/parameters.hpp"
#include "lab/transfer/proposition.hpp"

#include <optional>

namespace cmq::pipeline {

[[nodiscard]] lab::Surface to_lab(casefile::Surface surface) noexcept;
[[nodiscard]] lab::DeliveryKind to_lab(casefile::DeliveryKind kind) noexcept;
[[nodiscard]] lab::EventKind to_lab(casefile::EventKind kind) noexcept;
[[nodiscard]] lab::Pressure to_lab(casefile::Pressure pressure) noexcept;
[[nodiscard]] lab::Side to_lab(casefile::Side side) noexcept;
[[nodiscard]] lab::Grade to_lab(casefile::Grade grade) noexcept;

/// Nothing for a reading, which lab does not weigh.
[[nodiscard]] std::optional<lab::FindingKind> to_lab(casefile::ObservationKind kind) noexcept;

} // namespace cmq::pipeline
