// SPDX-License-Identifier: GPL-3.0-or-later

/// \file
/// What `contremarque validate` prints for people.

#pragma once

#include "core/language.hpp"
#include "lab/validation/validate.hpp"

#include <string>

namespace cmq::cli {

[[nodiscard]] std::string validate_text(std::string const& file,
                                        lab::LrTable const& table,
                                        lab::Validation const& validation,
                                        Language language);

} // namespace cmq::cli
