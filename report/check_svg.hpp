// SPDX-License-Identifier: GPL-3.0-or-later

/// \file
/// A drawing that may stand in a page: nothing in it runs or fetches.

#pragma once

#include <string>

namespace cmq::report {

/// The one <svg> element of the text; what comes before it (an XML declaration) is left out. Texts in it may say what they
/// like, "javascript:" too.
///
/// \throws Error internal  no such element; or an element script, foreignObject, iframe or a, an attribute that begins
///                         with "on", or a link to anything but a place within the drawing or embedded data
[[nodiscard]] std::string check_svg(std::string const& svg);

} // namespace cmq::report
