// SPDX-License-Identifier: GPL-3.0-or-later

#include "system/processor.hpp"

#if defined(__x86_64__) && defined(__GLIBC__) && !defined(__clang__)
#include <sys/platform/x86.h>
#endif

namespace cmq {

bool has_avx2() noexcept {
#if defined(__x86_64__) && defined(__GLIBC__) && !defined(__clang__)
    return CPU_FEATURE_ACTIVE(AVX2);
#else
    return false;
#endif
}

bool has_avx512() noexcept {
#if defined(__x86_64__) && defined(__GLIBC__) && !defined(__clang__)
    return has_avx2() && CPU_FEATURE_ACTIVE(AVX512F) && CPU_FEATURE_ACTIVE(AVX512VL) &&
           CPU_FEATURE_ACTIVE(AVX512DQ) && CPU_FEATURE_ACTIVE(AVX512BW);
#else
    return false;
#endif
}

} // namespace cmq
