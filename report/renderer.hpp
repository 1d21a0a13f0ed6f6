// SPDX-License-Identifier: GPL-3.0-or-later

/// \file
/// What turns parts of a document into bytes; made in render/, handed to the pipeline as functions.

#pragma once

#include "report/document.hpp"
#include "report/overlay_sheet.hpp"

#include <cstddef>
#include <functional>
#include <string>
#include <vector>

namespace cmq::report {

/// Empty functions mean that this build cannot draw: HTML then gives each chart as its table of
/// numbers and leaves pictures out with a sentence that says so, and asking for a PDF is an Error of
/// kind unsupported.
struct Renderer {
    std::function<std::vector<std::byte>(Document const&)> pdf;
    std::function<std::vector<std::byte>(Picture const&)>
        png; ///< with marks and scale bar drawn in
    std::function<std::string(Chart const&, Language)>
        svg; ///< one <svg> element with title and desc
    std::function<std::vector<std::byte>(PictureSheet const&)> sheet; ///< a PNG file
    std::function<std::vector<std::byte>(Chart const&, Language)> chart_png = {};
    bool attaches = true; ///< pdf puts the document's attachments into the file
};

} // namespace cmq::report
