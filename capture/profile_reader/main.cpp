// SPDX-License-Identifier: GPL-3.0-or-later

/// \file
/// contremarque-profile-reader: reads a camera profile from descriptor 3, writes an answer and the content to
/// descriptor 4. Started by run_limited_child, which sets its limits; of no use by hand.

#include "capture/profile_bytes.hpp"
#include "capture/profile_reader/load_profile.hpp"
#include "capture/profile_reader/profile_kind.hpp"
#include "system/h5/reader/serve.hpp"

int main() {
    cmq::serve_h5(cmq::capture::profile_kind,
                  [](hid_t file) { return to_bytes(cmq::capture::load_profile(file)); });
}
