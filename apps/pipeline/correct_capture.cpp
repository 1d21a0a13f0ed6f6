// SPDX-License-Identifier: GPL-3.0-or-later

#include "apps/pipeline/correct_capture.hpp"

#include "capture/apply_profile.hpp"
#include "capture/series.hpp"

#include <algorithm>
#include <cmath>
#include <utility>

namespace cmq::pipeline {

std::size_t DarkFrames::add(capture::Capture dark) {
    auto const kind = std::ranges::find_if(kinds_, [&](auto const& frames) {
        return capture::fits(capture::make_mean_dark({frames.data(), 1}), dark);
    });
    auto const index = static_cast<std::size_t>(kind - kinds_.begin());
    if (index == kinds_.size()) {
        kinds_.emplace_back();
    }
    kinds_[index].push_back(std::move(dark));
    return index;
}

capture::MeanDark DarkFrames::mean(std::size_t kind) const {
    return capture::make_mean_dark(kinds_.at(kind));
}

capture::MeanDark const* find_dark(std::span<capture::MeanDark const> darks,
                                   capture::Capture const& capture) {
    auto const dark =
        std::ranges::find_if(darks, [&](auto const& one) { return capture::fits(one, capture); });
    return dark == darks.end() ? nullptr : &*dark;
}

void correct_capture(capture::CameraProfile const* profile,
                     std::span<capture::MeanDark const> darks,
                     unsigned threads,
                     capture::Capture& capture) {
    if (profile != nullptr) {
        capture::apply_profile(*profile, capture, threads);
    } else if (auto const* const dark = find_dark(darks, capture)) {
        capture::subtract_dark(*dark, capture, threads);
    }
}

bool has_dark(std::span<capture::MeanDark const> darks, capture::Capture const& capture) {
    constexpr double near_enough = 0.1; // as of dark frames without a profile
    if (capture.profile) {
        auto const& ratio = capture.profile->dark_exposure_ratio;
        return ratio && std::abs(*ratio - 1) <= near_enough;
    }
    return find_dark(darks, capture) != nullptr;
}

void take_off_ambient(capture::Capture const& dim, capture::Capture& lit) {
    lit.frame = capture::subtract_ambient({&lit.frame, lit.metadata.exposure_s.value_or(0)},
                                          {&dim.frame, dim.metadata.exposure_s.value_or(0)});
}

} // namespace cmq::pipeline
