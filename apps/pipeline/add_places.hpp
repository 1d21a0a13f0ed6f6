// SPDX-License-Identifier: GPL-3.0-or-later

/// \file
/// Puts the lines of the case file on errors of lab, which knows ids but no files.

#pragma once

#include "casefile/case.hpp"
#include "core/error.hpp"

namespace cmq::pipeline {

/// Adds the place of every entry that the error's sentence names ("event handshake"), in the order of
/// the sentence, each once.
void add_places(Error& error, casefile::Case const& of);

} // namespace cmq::pipeline
