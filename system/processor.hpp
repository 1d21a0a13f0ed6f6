// SPDX-License-Identifier: GPL-3.0-or-later

/// \file
/// Loops that are built several times, for any processor and for wider ones, and which of them this processor runs.

#pragma once

#include <cstddef>

// What stands before a function that is built for AVX2, or for AVX-512. glibc 2.36's header does not compile under clang, which only
// checks and fuzzes this code.
#if defined(__x86_64__) && defined(__GLIBC__) && !defined(__clang__)
#define CMQ_AVX2 [[gnu::target("avx2")]]
#define CMQ_AVX512 [[gnu::target("avx512f,avx512vl,avx512dq,avx512bw,prefer-vector-width=512")]]
#else
#define CMQ_AVX2
#define CMQ_AVX512
#endif

namespace cmq {

/// By glibc's list of processor features, which GLIBC_TUNABLES can cut. False where functions marked with CMQ_AVX2 are built
/// for any processor.
[[nodiscard]] bool has_avx2() noexcept;

/// The same for the parts of AVX-512 that CMQ_AVX512 names.
[[nodiscard]] bool has_avx512() noexcept;

/// The `table` of loops of one of two types, which must give the same bits.
template <class AnyProcessor, class WithAvx2>
[[nodiscard]] auto const& loops_for_this_processor() noexcept {
    static bool const wide = has_avx2();
    return wide ? WithAvx2::table : AnyProcessor::table;
}

/// Of three.
template <class AnyProcessor, class WithAvx2, class WithAvx512>
[[nodiscard]] auto const& loops_for_this_processor() noexcept {
    static bool const wider = has_avx512();
    return wider ? WithAvx512::table : loops_for_this_processor<AnyProcessor, WithAvx2>();
}

} // namespace cmq
