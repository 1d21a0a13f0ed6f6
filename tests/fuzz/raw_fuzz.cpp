// SPDX-License-Identifier: GPL-3.0-or-later

// The way of a camera file up to its raw plane: container, LibRaw, the check of what it answers.

#include "capture/check_container.hpp"
#include "capture/decode.hpp"
#include "capture/decoder/unpack.hpp"
#include "capture/metadata.hpp"
#include "capture/tiff_tags.hpp"
#include "tests/fuzz/fuzz_target.hpp"

#include <cstdlib>
#include <optional>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>
#include <vector>

namespace {

using namespace cmq;
using namespace cmq::capture;

// Small, so that a turn is short; a file that claims more is refused as in the program.
constexpr std::uint32_t most_photosites = 1U << 20U;

int output_file() {
    static int const file = ::memfd_create("fuzz", 0);
    if (file < 0 || ::ftruncate(file, 0) != 0) {
        std::abort();
    }
    return file;
}

ChildOutput map(int file) {
    struct stat facts {};

    if (::fstat(file, &facts) != 0) {
        std::abort();
    }
    auto const size = static_cast<std::size_t>(facts.st_size);
    if (size == 0) {
        return {};
    }
    void* const first = ::mmap(nullptr, size, PROT_READ, MAP_PRIVATE, file, 0);
    return ChildOutput{{static_cast<std::byte const*>(first), size}};
}

void read(std::span<std::byte const> bytes) {
    Container const container = check_container(bytes);
    std::vector<std::byte> writable{bytes.begin(), bytes.end()};
    Decoded decoded;
    int const file = output_file();
    auto const libraw = unpack({writable.data(), writable.size()},
                               {.photosites = most_photosites, .memory_mb = 64},
                               file,
                               decoded.answer);
    decoded.output = map(file);
    check_answer(decoded.answer, decoded.output.bytes().size(), bytes.size());
    check_last_rows(decoded.plane(), decoded.answer.maximum);
    std::optional<TiffFile> tiff;
    if (container == Container::tiff) {
        tiff.emplace(bytes);
    }
    static_cast<void>(to_metadata(decoded.answer, tiff ? &*tiff : nullptr));
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size) {
    if (size > 0) {
        cmq::fuzz::refuse_or_read([&] { read(cmq::fuzz::bytes_of(data, size)); });
    }
    return 0;
}
