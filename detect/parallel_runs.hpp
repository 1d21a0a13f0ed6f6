// SPDX-License-Identifier: GPL-3.0-or-later

/// \file
/// Rows of blocks in parallel, in runs long enough to share buffers. Internal.

#pragma once

#include "system/parallel.hpp"

#include <algorithm>
#include <cstddef>

namespace cmq::detect {

/// Calls work(from, to) for runs of at most 4 rows that together are [0, rows). Each row's result must not
/// depend on the run that it is in: so the bits are the same for any number of threads.
template <class Work>
void parallel_runs(std::size_t rows, unsigned threads, Work work) {
    constexpr std::size_t run = 4;
    parallel_blocks((rows + run - 1) / run, threads, [&](std::size_t i) {
        work(i * run, std::min(rows, i * run + run));
    });
}

} // namespace cmq::detect
