// SPDX-License-Identifier: GPL-3.0-or-later

// A laboratory's table of blanks, and what is computed of it.

#include "lab/blanks/measure_limits.hpp"
#include "tests/fuzz/fuzz_target.hpp"

#include <cmath>

namespace {

void measure(std::string_view text) {
    auto const limits = cmq::lab::measure_limits(cmq::lab::parse_blanks(text));
    CMQ_EXPECTS(std::isfinite(limits.critical.value) && std::isfinite(limits.critical.degrees));
    CMQ_EXPECTS(std::isfinite(limits.chart.centre) && std::isfinite(limits.chart.sd));
    CMQ_EXPECTS(std::isfinite(limits.skewness.value) && std::isfinite(limits.skewness.z));
    CMQ_EXPECTS(!limits.dilution.minimum || std::isfinite(limits.dilution.minimum->value));
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size) {
    cmq::fuzz::refuse_or_read([&] { measure(cmq::fuzz::text_of(data, size)); });
    return 0;
}
