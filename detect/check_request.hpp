// SPDX-License-Identifier: GPL-3.0-or-later

/// \file
/// What detect_traces refuses before it begins. Internal.

#pragma once

#include "core/frame.hpp"
#include "detect/detect_traces.hpp"

namespace cmq::detect {

/// \throws Error  domain, shape  as detect_traces has it, but for values and variances
void check_request(Frame const& frame, Settings const& settings);

} // namespace cmq::detect
