// SPDX-License-Identifier: GPL-3.0-or-later

/// \file
/// The marks of a painted document made into the structure of a tagged PDF.

#pragma once

#include "render/structure.hpp"

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

class QPDF;

namespace cmq::render {

/// A page's operators with marked content in place of marks.
struct TaggedPage {
    std::string operators;
    std::vector<std::size_t> elements; ///< whose content is the sequence of number i on this page
};

/// \param operators  as Qt wrote them
/// \param tags       else the marks are taken out and nothing put in their place
/// \throws Error internal  a mark that begins within another, or never ends
[[nodiscard]] TaggedPage replace_marks(std::string_view operators, bool tags);

/// Tags the file: ISO 32000-1, 14.7 and 14.8. Links become annotations. Elements without content are left out, but for the
/// cells of tables.
/// \throws Error internal  as replace_marks
void write_structure(QPDF& pdf, Structure const& structure, PageScale const& scale);

/// Takes the marks out of a file that is not to be tagged.
/// \throws Error internal  as replace_marks
void drop_marks(QPDF& pdf);

} // namespace cmq::render
