// SPDX-License-Identifier: GPL-3.0-or-later

/// \file
/// A small case with everything that a case file can hold.

#pragma once

#include "casefile/kept/kept_case.hpp"

#include <cstdint>
#include <limits>
#include <string>
#include <vector>

namespace cmq::casefile::test {

inline KeptCase sample_case() {
    KeptCase kept;
    kept.case_text = "schema = 1 # déjà vu\n";
    Table traces;
    traces.add({"x",
                "photosite",
                "centre",
                std::vector<double>{1.5, -0.0, std::numeric_limits<double>::quiet_NaN(), 1e-300}});
    traces.add({"id", "", "number", std::vector<std::int64_t>{1, -2, 3, INT64_MAX}});
    traces.add({"word", "", "text", std::vector<std::string>{"", "œuvre", "a b", "n’a"}});
    kept.tables.push_back({"traces", traces});
    Table empty;
    empty.add({"value", "DN", "nothing here", std::vector<double>{}});
    empty.add({"name", "", "nothing here", std::vector<std::string>{}});
    kept.tables.push_back({"nothing_found", empty});
    KeptPicture picture{.name = "p1", .height = 3, .width = 5, .rgb = {}};
    for (unsigned i = 0; i < 45; ++i) {
        picture.rgb.push_back(static_cast<std::uint8_t>(i * 37U));
    }
    kept.pictures.push_back(picture);
    return kept;
}

} // namespace cmq::casefile::test
