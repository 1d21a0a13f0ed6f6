// SPDX-License-Identifier: GPL-3.0-or-later

/// \file
/// What a lawyer must know before anything of a pending investigation leaves the office.

#pragma once

#include "apps/cli/command.hpp"
#include "apps/pipeline/analyse.hpp"
#include "casefile/case.hpp"

namespace cmq::cli {

/// At stage "instruction" prints on standard error, in the language of the terminal, what may be handed to
/// third parties; the text is data with a day (casefile/data/requests.toml). At other stages prints nothing.
void warn_if_instruction(casefile::Case const& of, Streams streams);

/// The same, for commands that compute first: told of the case before anything is written.
[[nodiscard]] pipeline::BeforeWriting warn_before_writing(Streams streams);

} // namespace cmq::cli
