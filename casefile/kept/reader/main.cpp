// SPDX-License-Identifier: GPL-3.0-or-later

/// \file
/// contremarque-case-reader: reads case.h5 from descriptor 3, writes an answer and the content to
/// descriptor 4. Started by run_limited_child, which sets its limits; of no use by hand.

#include "casefile/kept/reader/case_kind.hpp"
#include "casefile/kept/reader/load.hpp"
#include "system/h5/reader/serve.hpp"

int main() {
    cmq::serve_h5(cmq::casefile::case_kind,
                  [](hid_t file) { return to_bytes(cmq::casefile::load(file)); });
}
