// SPDX-License-Identifier: GPL-3.0-or-later

/// \file
/// The bench's capture sheet: one page to print and fill in by hand.

#pragma once

#include "report/document.hpp"

namespace cmq::report {

/// What to note of exhibit and settings, and the steps in their order: photographs, then the swab, what alters the
/// mark last. The roles of captures are those of the case file and of `inspect --set`.
[[nodiscard]] Document make_capture_sheet(Language language);

} // namespace cmq::report
