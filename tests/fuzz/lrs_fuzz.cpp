// SPDX-License-Identifier: GPL-3.0-or-later

// A table of likelihood ratios, and what is computed of it.

#include "lab/validation/validate.hpp"
#include "tests/fuzz/fuzz_target.hpp"

#include <cmath>

namespace {

void expect_sound(cmq::lab::Measured const& measured) {
    CMQ_EXPECTS(!measured.value || std::isfinite(*measured.value));
    CMQ_EXPECTS(!measured.range || measured.range->low <= measured.range->high);
    CMQ_EXPECTS(measured.value || measured.why_no_value != cmq::lab::NotGiven::given);
    CMQ_EXPECTS(measured.range || measured.why_no_range != cmq::lab::NotGiven::given);
}

void measure(std::string_view text) {
    auto const result = cmq::lab::validate(cmq::lab::parse_lrs(text), {.replicates = 5});
    expect_sound(result.cllr);
    expect_sound(result.cllr_min);
    expect_sound(result.cllr_cal);
    expect_sound(result.devpav);
    expect_sound(result.log10_lower);
    expect_sound(result.log10_upper);
    CMQ_EXPECTS(!result.cllr_min.value || *result.cllr_min.value <= 1.0 + 1e-9);
    for (auto const& point : result.ece) {
        CMQ_EXPECTS(!point.ece || std::isfinite(*point.ece));
    }
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size) {
    cmq::fuzz::refuse_or_read([&] { measure(cmq::fuzz::text_of(data, size)); });
    return 0;
}
