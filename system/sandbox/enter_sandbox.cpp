// SPDX-License-Identifier: GPL-3.0-or-later

#include "system/sandbox/enter_sandbox.hpp"

#include <seccomp.h>

#include <array>
#include <cerrno>
#include <sys/mman.h>

namespace cmq {
namespace {

bool allow_calls(scmp_filter_ctx filter) noexcept {
    constexpr std::array calls{
        SCMP_SYS(read),           SCMP_SYS(write),           SCMP_SYS(pread64),
        SCMP_SYS(pwrite64),       SCMP_SYS(lseek),           SCMP_SYS(fstat),
        SCMP_SYS(ftruncate),      SCMP_SYS(close),           SCMP_SYS(brk),
        SCMP_SYS(munmap),         SCMP_SYS(mremap),          SCMP_SYS(madvise),
        SCMP_SYS(futex),          SCMP_SYS(rt_sigaction),    SCMP_SYS(rt_sigprocmask),
        SCMP_SYS(rt_sigreturn),   SCMP_SYS(sigaltstack),     SCMP_SYS(getpid),
        SCMP_SYS(gettid),         SCMP_SYS(tgkill),          SCMP_SYS(getrandom),
        SCMP_SYS(clock_gettime),  SCMP_SYS(gettimeofday),    SCMP_SYS(time),
        SCMP_SYS(sched_yield),    SCMP_SYS(sysinfo),         SCMP_SYS(exit),
        SCMP_SYS(exit_group),     SCMP_SYS(restart_syscall), SCMP_SYS(nanosleep),
        SCMP_SYS(clock_nanosleep)}; // HDF5 waits before it reads broken metadata again
    for (int const call : calls) {
        if (seccomp_rule_add(filter, SCMP_ACT_ALLOW, call, 0) != 0) {
            return false;
        }
    }
    return true;
}

// Fails politely: the C library looks for time zones and character sets and lives without them.
bool fail_file_calls(scmp_filter_ctx filter) noexcept {
    constexpr std::array calls{SCMP_SYS(open),
                               SCMP_SYS(openat),
                               SCMP_SYS(stat),
                               SCMP_SYS(lstat),
                               SCMP_SYS(newfstatat),
                               SCMP_SYS(access),
                               SCMP_SYS(readlink),
                               SCMP_SYS(statx),
                               SCMP_SYS(getcwd)};
    for (int const call : calls) {
        if (seccomp_rule_add(filter, SCMP_ACT_ERRNO(EACCES), call, 0) != 0) {
            return false;
        }
    }
    return true;
}

// New memory may never be executable: what a hostile file writes there stays data.
bool allow_plain_memory(scmp_filter_ctx filter) noexcept {
    for (int const call : {SCMP_SYS(mmap), SCMP_SYS(mprotect)}) {
        if (seccomp_rule_add(
                filter, SCMP_ACT_ALLOW, call, 1, SCMP_A2(SCMP_CMP_MASKED_EQ, PROT_EXEC, 0)) != 0) {
            return false;
        }
    }
    return true;
}

} // namespace

bool enter_sandbox() noexcept {
    scmp_filter_ctx const filter = seccomp_init(SCMP_ACT_KILL_PROCESS);
    if (filter == nullptr) {
        return false;
    }
    bool const entered = allow_calls(filter) && fail_file_calls(filter) &&
                         allow_plain_memory(filter) && seccomp_load(filter) == 0;
    seccomp_release(filter);
    return entered;
}

} // namespace cmq
