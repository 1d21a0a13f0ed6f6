// SPDX-License-Identifier: GPL-3.0-or-later

// Pictures and tags as the picture reader program meets them. What ends that program (one picture, one process) goes
// back to the fuzzer by a jump instead: its output.cpp is compiled here with another _exit.

#include "capture/picture_reader/collect_tags.hpp"
#include "capture/picture_reader/decode_pictures.hpp"
#include "capture/picture_reader/output.hpp"
#include "tests/fuzz/fuzz_target.hpp"

#include <csetjmp>
#include <cstdlib>
#include <sys/mman.h>
#include <unistd.h>

namespace {

using namespace cmq::capture;

std::jmp_buf back;

constexpr int output = 4;
constexpr ReaderLimits limits{1U << 20U};

bool prepared() {
    int const file = ::memfd_create("fuzz", 0);
    if (file < 0 || ::dup2(file, output) != output) {
        std::abort();
    }
    prepare_exiv2();
    return true;
}

bool begins(Bytes file, std::string_view with) {
    return std::string_view{reinterpret_cast<char const*>(file.data()), file.size()}.starts_with(
        with);
}

void decode(Bytes file) {
    PictureAnswer answer;
    if (begins(file, "\xff\xd8\xff")) {
        decode_jpeg(file, limits, answer);
    } else if (begins(file, "\x89PNG\r\n\x1a\n")) {
        decode_png(file, limits, answer);
    } else if (begins(file, std::string_view{"II*\0", 4}) ||
               begins(file, std::string_view{"MM\0*", 4})) {
        decode_tiff(file, limits, answer);
    }
}

void collect(Bytes file) {
    TagAnswer answer;
    collect_tags(file, limits, answer);
}

} // namespace

extern "C" void fuzz_exit(int /*status*/) {
    std::longjmp(
        back,
        1); // NOLINT(cert-err52-cpp): the libraries are C, and nothing of theirs is used again
}

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size) {
    static bool const ready = prepared();
    if (!ready || size == 0) {
        return 0;
    }
    Bytes const file{data, size};
    if (setjmp(back) == 0) { // NOLINT(cert-err52-cpp)
        decode(file);
    }
    if (setjmp(back) == 0) { // NOLINT(cert-err52-cpp)
        collect(file);
    }
    if (::ftruncate(output, 0) != 0) {
        std::abort();
    }
    return 0;
}
