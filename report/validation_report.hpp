// SPDX-License-Identifier: GPL-3.0-or-later

/// \file
/// A validation as a document: what each measure says, for a reader of the law, and what it cannot show.

#pragma once

#include "lab/validation/validate.hpp"
#include "report/document.hpp"

#include <string>

namespace cmq::report {

struct ValidationInput {
    std::string file;   ///< name of the table, without its folder
    std::string sha256; ///< of its bytes
    std::string date;   ///< ISO 8601; "" for none: no clock is read
    std::string program;
    lab::LrTable const& table;
    lab::Validation const& validation;
};

/// Table, measures with one sentence each, misleading results, warnings, figures, limits, how it was computed.
[[nodiscard]] Document make_validation_report(ValidationInput const& input, Language language);

/// One figure on a page of its own.
[[nodiscard]] Document
make_figure_page(Chart const& chart, ValidationInput const& input, Language language);

} // namespace cmq::report
