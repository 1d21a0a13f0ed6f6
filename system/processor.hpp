// SPDX-License-Identifier: GPL-3.0-or-later

/// \file
/// Loops that are built twice, for AVX2 and for any processor, and which of them this processor runs.

#pragma once

#include <cstddef>

// What stands before a function that is built for AVX2. glibc 2.36's header does not compile under clang, which only
// checks and fuzzes this code.
#if defined(__x86_64__) && defined(__GLIBC__) && !defined(__clang__)
#define CMQ_AVX2 [[gnu::target("avx2")]]
#else
#define CMQ_AVX2
#endif

namespace cmq {

/// By glibc's list of processor features, which GLIBC_TUNABLES can cut. False where functions marked with CMQ_AVX2 are built
/// for any processor.
[[nodiscard]] bool has_avx2() noexcept;

/// The `table` of loops of one of two types, which must give the same bits.
template <class AnyProcessor, class WithAvx2>
[[nodiscard]] auto const& loops_for_this_processor() noexcept {
    static bool const wide = has_avx2();
    return wide ? WithAvx2::table : AnyProcessor::table;
}

} // namespace cmq
