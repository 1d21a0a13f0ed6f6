// SPDX-License-Identifier: GPL-3.0-or-later

// contremarque-code-reader: compressed reads, or with the argument "trace" an SCF or ZTR trace, with "abif" an ABIF file, with "rdml" an RDML file, behind
// descriptor 3 to text behind descriptor 4. Started by run_limited_child; enters the sandbox before it looks at a byte.

#include "lab/code/reader/unpack_abif.hpp"
#include "lab/code/reader/unpack_rdml.hpp"
#include "lab/code/reader/unpack_reads.hpp"
#include "lab/code/reader/unpack_trace.hpp"
#include "system/sandbox/enter_sandbox.hpp"

#include <span>
#include <string_view>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

namespace {

constexpr int input = 3;
constexpr int output = 4;

bool write_all(std::string_view bytes) {
    while (!bytes.empty()) {
        ssize_t const written = ::write(output, bytes.data(), bytes.size());
        if (written <= 0) {
            return false;
        }
        bytes.remove_prefix(static_cast<std::size_t>(written));
    }
    return true;
}

// The head is written last, over its place: a child that dies leaves none.
bool write_head(cmq::lab::ReaderStatus status) {
    cmq::lab::ReaderAnswer const head{.status = status};
    return ::pwrite(output, &head, sizeof head, 0) == sizeof head;
}

// The input as memory that its reader may write to; none where it cannot be had.
std::span<char> map_input() {
    struct stat facts {};

    if (::fstat(input, &facts) != 0 || facts.st_size <= 0) {
        return {};
    }
    auto const size = static_cast<std::size_t>(facts.st_size);
    void* const bytes = ::mmap(nullptr, size, PROT_READ | PROT_WRITE, MAP_PRIVATE, input, 0);
    return bytes == MAP_FAILED ? std::span<char>{} : std::span{static_cast<char*>(bytes), size};
}

} // namespace

int main(int count, char** arguments) {
    cmq::lab::ReaderAnswer const room{.magic = 0};
    if (!write_all({reinterpret_cast<char const*>(&room), sizeof room})) {
        return 1;
    }
    std::string_view const task = count > 1 ? arguments[1] : "";
    auto const bytes = task.empty() ? std::span<char>{} : map_input();
    auto status = cmq::lab::ReaderStatus::no_filter;
    if (cmq::enter_sandbox()) {
        status = task == "trace"  ? cmq::lab::unpack_trace(bytes, write_all)
                 : task == "abif" ? cmq::lab::unpack_abif(bytes, write_all)
                 : task == "rdml" ? cmq::lab::unpack_rdml(bytes, write_all)
                                  : cmq::lab::unpack_reads(input, write_all);
    }
    // Nothing that a hostile file set up runs afterwards.
    ::_exit(write_head(status) ? 0 : 1);
}
