// SPDX-License-Identifier: GPL-3.0-or-later

// contremarque-code-reader: compressed reads behind descriptor 3 to FASTQ text behind descriptor 4. Started by
// run_limited_child; enters the sandbox before it looks at a byte.

#include "lab/code/reader/unpack_reads.hpp"
#include "system/sandbox/enter_sandbox.hpp"

#include <string_view>
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

} // namespace

int main() {
    cmq::lab::ReaderAnswer const room{.magic = 0};
    if (!write_all({reinterpret_cast<char const*>(&room), sizeof room})) {
        return 1;
    }
    auto const status = cmq::enter_sandbox() ? cmq::lab::unpack_reads(input, write_all)
                                             : cmq::lab::ReaderStatus::no_filter;
    // Nothing that a hostile file set up runs afterwards.
    ::_exit(write_head(status) ? 0 : 1);
}
