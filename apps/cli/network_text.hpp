// SPDX-License-Identifier: GPL-3.0-or-later

/// \file
/// What `contremarque network` prints for people.

#pragma once

#include "apps/cli/speaker.hpp"
#include "lab/network/questions.hpp"
#include "lab/network/read_network.hpp"

#include <string>

namespace cmq::cli {

[[nodiscard]] std::string network_text(Speaker const& say,
                                       std::string const& file,
                                       lab::ReadNetwork const& read,
                                       lab::Answers const& answers);

} // namespace cmq::cli
