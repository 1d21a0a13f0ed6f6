// SPDX-License-Identifier: GPL-3.0-or-later

/// \file
/// Work in numbered blocks on several threads.

#pragma once

#include <cstddef>
#include <functional>

namespace cmq {

/// Calls work(i) for every i in [0, blocks), at most `threads` at a time (0: one for each core).
///
/// The caller gives each block its own output slot and joins the slots in order afterwards; so the
/// result has the same bits for any number of threads. The first exception, by block number, is
/// thrown again after all blocks have ended.
void parallel_blocks(std::size_t blocks,
                     unsigned threads,
                     std::function<void(std::size_t)> const& work);

} // namespace cmq
