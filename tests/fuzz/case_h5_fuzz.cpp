// SPDX-License-Identifier: GPL-3.0-or-later

// case.h5 as its reader program sees it, and what that program answers as its parent sees it.

#include "casefile/kept/kept_case.hpp"
#include "casefile/kept/reader/case_kind.hpp"
#include "casefile/kept/reader/load.hpp"
#include "system/h5/handle.hpp"
#include "system/h5/scan.hpp"
#include "tests/fuzz/fuzz_target.hpp"

#include <hdf5.h>

#include <vector>

namespace {

using namespace cmq;
using namespace cmq::casefile;

bool prepared() {
    return H5PLset_loading_state(0) >= 0 && H5Eset_auto2(H5E_DEFAULT, nullptr, nullptr) >= 0;
}

void read(std::vector<std::byte> bytes) {
    H5Handle const access{H5Pcreate(H5P_FILE_ACCESS), H5Pclose, "access"};
    h5_check(H5Pset_fapl_core(access.get(), 4096, false), "memory file");
    h5_check(H5Pset_file_image(access.get(), bytes.data(), bytes.size()), "image");
    H5Handle const file{H5Fopen("fuzz.h5", H5F_ACC_RDONLY, access.get()), H5Fclose, "file"};
    scan_h5(file.get(), casefile::case_kind);
    auto const content = to_bytes(load(file.get()));
    static_cast<void>(to_kept_case(content));
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size) {
    static bool const ready = prepared();
    auto const bytes = cmq::fuzz::bytes_of(data, size);
    if (ready && size > 0) {
        cmq::fuzz::refuse_or_read([&] { read({bytes.begin(), bytes.end()}); });
        cmq::fuzz::refuse_or_read([&] { static_cast<void>(to_kept_case(bytes)); });
    }
    return 0;
}
