// SPDX-License-Identifier: GPL-3.0-or-later

// The directories of a TIFF file, with those that point to people and places.

#include "capture/check_container.hpp"
#include "capture/identifying.hpp"
#include "capture/tiff_tags.hpp"
#include "tests/fuzz/fuzz_target.hpp"

namespace {

using namespace cmq::capture;

void read(std::span<std::byte const> bytes) {
    TiffFile const file{bytes, TiffScope::all};
    for (TiffDirectory const& directory : file.directories()) {
        for (TiffEntry const& entry : directory.entries) {
            static_cast<void>(file.number(&entry));
            static_cast<void>(file.whole(&entry, entry.count - 1));
            static_cast<void>(file.text(&entry));
            static_cast<void>(file.bytes(entry));
        }
    }
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size) {
    auto const bytes = cmq::fuzz::bytes_of(data, size);
    cmq::fuzz::refuse_or_read([&] { static_cast<void>(check_container(bytes)); });
    if (TiffFile::is_tiff(bytes)) {
        cmq::fuzz::refuse_or_read([&] { read(bytes); });
    }
    if (has_readable_tags(bytes)) {
        cmq::fuzz::refuse_or_read([&] { static_cast<void>(read_identifying(bytes)); });
    }
    return 0;
}
