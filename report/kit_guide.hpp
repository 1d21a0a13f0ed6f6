// SPDX-License-Identifier: GPL-3.0-or-later

/// \file
/// The page that tells the other side's expert how to compute a case again without this program.

#pragma once

#include "core/sentence.hpp"
#include "report/json_exported.hpp"
#include "report/note.hpp"

#include <optional>
#include <string>
#include <vector>

namespace cmq::report {

struct KitGuide {
    NoteInput const& input;
    std::vector<ExportedText> networks; ///< one a comparison, or empty: no network was written
    Sentence why_no_network;            ///< where there is none
};

/// One page. \pre networks is empty, or has one entry for each evaluation of the input
[[nodiscard]] Document make_kit_guide(KitGuide const& guide, Language language);

} // namespace cmq::report
