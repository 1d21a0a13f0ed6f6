// SPDX-License-Identifier: GPL-3.0-or-later

// A camera profile as its reader program sees it, and what that program answers as its parent sees it.

#include "capture/profile_bytes.hpp"
#include "capture/profile_reader/load_profile.hpp"
#include "capture/profile_reader/profile_kind.hpp"
#include "system/h5/handle.hpp"
#include "system/h5/scan.hpp"
#include "tests/fuzz/fuzz_target.hpp"

#include <hdf5.h>

#include <vector>

namespace {

using namespace cmq;
using namespace cmq::capture;

bool prepared() {
    return H5PLset_loading_state(0) >= 0 && H5Eset_auto2(H5E_DEFAULT, nullptr, nullptr) >= 0;
}

void check_answer(std::span<std::byte const> answer) {
    check_profile(to_camera_profile(answer));
}

void read(std::vector<std::byte> bytes) {
    H5Handle const access{H5Pcreate(H5P_FILE_ACCESS), H5Pclose, "access"};
    h5_check(H5Pset_fapl_core(access.get(), 4096, false), "memory file");
    h5_check(H5Pset_file_image(access.get(), bytes.data(), bytes.size()), "image");
    H5Handle const file{H5Fopen("fuzz.h5", H5F_ACC_RDONLY, access.get()), H5Fclose, "file"};
    scan_h5(file.get(), profile_kind);
    check_answer(to_bytes(load_profile(file.get())));
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size) {
    static bool const ready = prepared();
    auto const bytes = cmq::fuzz::bytes_of(data, size);
    if (ready && size > 0) {
        cmq::fuzz::refuse_or_read([&] { read({bytes.begin(), bytes.end()}); });
        cmq::fuzz::refuse_or_read([&] { check_answer(bytes); });
    }
    return 0;
}
