// SPDX-License-Identifier: GPL-3.0-or-later

#include "system/parallel.hpp"

#include <oneapi/tbb/parallel_for.h>
#include <oneapi/tbb/task_arena.h>

#include <exception>
#include <vector>

namespace cmq {

void parallel_blocks(std::size_t blocks,
                     unsigned threads,
                     std::function<void(std::size_t)> const& work) {
    // Exceptions are kept by block: which of two would reach the caller must not depend on timing.
    std::vector<std::exception_ptr> failures(blocks);
    auto const guarded = [&](std::size_t i) {
        try {
            work(i);
        } catch (...) {
            failures[i] = std::current_exception();
        }
    };
    if (threads == 1) {
        for (std::size_t i = 0; i < blocks; ++i) {
            guarded(i);
        }
    } else {
        tbb::task_arena arena{threads == 0 ? tbb::task_arena::automatic
                                           : static_cast<int>(threads)};
        arena.execute(
            [&] { tbb::parallel_for(std::size_t{0}, blocks, guarded, tbb::simple_partitioner{}); });
    }
    for (std::exception_ptr const& failure : failures) {
        if (failure) {
            std::rethrow_exception(failure);
        }
    }
}

} // namespace cmq
