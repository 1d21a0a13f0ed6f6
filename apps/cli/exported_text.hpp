// SPDX-License-Identifier: GPL-3.0-or-later

/// \file
/// What `contremarque transfer --export` says of the network that it wrote.

#pragma once

#include "apps/pipeline/export_network.hpp"
#include "core/language.hpp"

#include <string>

namespace cmq::cli {

/// The ratio of the exported network beside the engine's, the stated error, and what to enter in another program.
[[nodiscard]] std::string network_text(pipeline::ExportedNetwork const& network,
                                       pipeline::ExportedRatio const& ratio,
                                       Language language);

} // namespace cmq::cli
