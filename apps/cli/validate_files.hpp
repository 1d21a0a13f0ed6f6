// SPDX-License-Identifier: GPL-3.0-or-later

/// \file
/// The report and the figures that `contremarque validate` writes.

#pragma once

#include "core/language.hpp"
#include "report/validation_report.hpp"

#include <optional>
#include <string>

namespace cmq::cli {

struct ValidateFiles {
    std::optional<std::string> report;  ///< a .pdf or .html file
    std::optional<std::string> figures; ///< a folder
};

/// For commands that compute before they write.
/// \throws Error usage        the report's name ends in neither .pdf nor .html
/// \throws Error unsupported  this build cannot draw what is asked for
void check_validate_files(ValidateFiles const& files);

/// Writes the report, and each figure as .svg, .png and .pdf; makes the folder where it is missing.
/// \throws Error io  as write_file
void write_validate_files(ValidateFiles const& files,
                          report::ValidationInput const& input,
                          Language language);

} // namespace cmq::cli
