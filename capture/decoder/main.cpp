// SPDX-License-Identifier: GPL-3.0-or-later

/// \file
/// contremarque-decoder: reads a camera file from descriptor 3, writes an Answer and the raw plane to
/// descriptor 4. Started by run_limited_child, which sets its limits; of no use by hand.

#include "capture/decoder/answer.hpp"
#include "capture/decoder/unpack.hpp"
#include "system/sandbox/enter_sandbox.hpp"

#include <charconv>
#include <cstring>
#include <ctime>
#include <string_view>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

namespace {

using cmq::capture::Answer;
using cmq::capture::AnswerStatus;

constexpr int input = 3;
constexpr int output = 4;

bool write_answer(Answer const& answer) noexcept {
    return ::pwrite(output, &answer, sizeof(answer), 0) == ssize_t{sizeof(answer)};
}

std::uint32_t number(std::string_view text) noexcept {
    std::uint32_t value = 0;
    auto const [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    return error == std::errc{} && end == text.data() + text.size() ? value : 0;
}

} // namespace

// usage: contremarque-decoder MAX_PHOTOSITES MAX_MEMORY_MB
int main(int argc, char* argv[]) {
    if (argc != 3) {
        return 2;
    }
    // What needs more calls than the filter leaves comes first; no byte of the file is looked at yet.
    ::tzset();

    struct stat facts {};

    if (::fstat(input, &facts) != 0 || facts.st_size <= 0) {
        return 1;
    }
    auto const size = static_cast<std::size_t>(facts.st_size);
    // LibRaw wants bytes that it could write to: a private copy of each page it touches that way.
    void* const bytes = ::mmap(nullptr, size, PROT_READ | PROT_WRITE, MAP_PRIVATE, input, 0);
    if (bytes == MAP_FAILED) {
        return 1;
    }
    Answer answer;
    if (!cmq::enter_sandbox()) {
        answer.status = AnswerStatus::no_filter;
        return write_answer(answer) ? 0 : 1;
    }
    if (!write_answer(answer)) {
        return 1;
    }
    // Held to the end, and never let go of.
    auto const libraw = // NOLINT(clang-analyzer-deadcode.DeadStores)
        cmq::capture::unpack({bytes, size},
                             {.photosites = number(argv[1]), .memory_mb = number(argv[2])},
                             output,
                             answer);
    // Without the destructors of LibRaw: nothing that a hostile file set up runs after this.
    ::_exit(write_answer(answer) ? 0 : 1);
}
