// SPDX-License-Identifier: GPL-3.0-or-later

#include "system/keep_memory.hpp"

#include <limits>
#include <malloc.h>

namespace cmq {

void keep_freed_memory() noexcept {
#ifdef M_MMAP_MAX // glibc
    // Large blocks come from the heap, which one arena alone lets grow beyond 64 MB, and the heap never shrinks.
    (void)::mallopt(M_MMAP_MAX, 0);
    (void)::mallopt(M_ARENA_MAX, 1);
    (void)::mallopt(M_TRIM_THRESHOLD, std::numeric_limits<int>::max());
#endif
}

} // namespace cmq
