// SPDX-License-Identifier: GPL-3.0-or-later

#include "detect/darker.hpp"

#include "detect/plane_summary.hpp"

#include <algorithm>
#include <cmath>
#include <utility>

namespace cmq::detect {
namespace {

constexpr std::size_t sample_step = 97; // photosites; prime, so that no weave is seen in one phase
constexpr double turning_share = 0.995; // of the good photosites lie below the level of the turn

struct Levels {
    PerPlane<double> middle{};
    PerPlane<double> turn{};
};

Levels measure_levels(Frame const& frame) {
    PerPlane<std::vector<float>> values;
    auto const width = static_cast<std::size_t>(frame.shape.width);
    for (std::size_t i = 0; i < frame.value.size(); i += sample_step) {
        auto const plane = static_cast<std::size_t>(frame.cfa.at(
            static_cast<std::ptrdiff_t>(i / width), static_cast<std::ptrdiff_t>(i % width)));
        if (frame.mask[i] == 0 && std::isfinite(frame.value[i])) {
            values[plane].push_back(frame.value[i]);
        }
    }
    Levels levels;
    for (std::size_t p = 0; p < plane_count; ++p) {
        if (!values[p].empty()) { // else detect_traces refuses the frame
            std::ranges::sort(values[p]);
            auto const at = [&](double share) {
                auto const last = static_cast<double>(values[p].size() - 1);
                return static_cast<double>(values[p][static_cast<std::size_t>(share * last)]);
            };
            levels.middle[p] = at(0.5);
            // Whole numbers: raw values stay what they are when turned twice.
            levels.turn[p] = std::ceil(at(turning_share));
        }
    }
    return levels;
}

void turn(Frame& frame, PerPlane<double> const& about) {
    for (std::ptrdiff_t y = 0; y < frame.shape.height; ++y) {
        for (std::ptrdiff_t x = 0; x < frame.shape.width; ++x) {
            auto& value = frame.value[static_cast<std::size_t>(y * frame.shape.width + x)];
            value = static_cast<float>(about[static_cast<std::size_t>(frame.cfa.at(y, x))]) - value;
        }
    }
}

// The variance of a value is then that of what it was: read^2 + gain (turn - value).
NoiseModel turned(NoiseModel noise, Levels const& levels) {
    for (std::size_t p = 0; p < plane_count; ++p) {
        double const fixed = noise.prnu[p] * levels.middle[p];
        noise.read_noise_dn[p] =
            std::sqrt(noise.read_noise_dn[p] * noise.read_noise_dn[p] +
                      noise.gain_dn[p] * std::max(0.0, levels.turn[p]) + fixed * fixed);
        noise.gain_dn[p] = -noise.gain_dn[p];
        noise.prnu[p] = 0.0;
    }
    return noise;
}

// Turns the frame about these levels for as long as it lives, with the noise that it has then.
class Turned {
public:
    Turned(Frame& frame, PerPlane<double> const& about, NoiseModel const& noise)
        : frame_{frame}
        , about_{about}
        , noise_{frame.noise} {
        turn(frame, about_);
        frame.noise = noise;
    }

    Turned(Turned const&) = delete;
    Turned(Turned&&) = delete;
    Turned& operator=(Turned const&) = delete;
    Turned& operator=(Turned&&) = delete;

    ~Turned() {
        turn(frame_, about_);
        frame_.noise = noise_;
    }

private:
    Frame& frame_;
    PerPlane<double> about_;
    NoiseModel noise_;
};

// What the noise is at the middle of each plane, whatever the value.
NoiseModel noise_at(NoiseModel noise, PerPlane<double> const& middle) {
    for (std::size_t p = 0; p < plane_count; ++p) {
        noise.read_noise_dn[p] = std::sqrt(noise.variance(static_cast<Plane>(p), middle[p]));
        noise.gain_dn[p] = 0.0;
        noise.prnu[p] = 0.0;
    }
    return noise;
}

bool fits(Frame const& frame) {
    return frame.value.size() == static_cast<std::size_t>(frame.shape.area()) &&
           frame.mask.size() == frame.value.size();
}

} // namespace

Detection detect_darker_traces(Frame& frame, Settings const& settings, Progress const& progress) {
    if (!fits(frame)) {
        return detect_traces(frame, settings, progress); // says what is wrong with it
    }
    Levels const levels = measure_levels(frame);
    Turned const mirror{frame, levels.turn, turned(frame.noise, levels)};
    Detection detection = detect_traces(frame, settings, progress);
    detection.darker = true;
    for (std::size_t p = 0; p < plane_count; ++p) {
        PlaneSummary& plane = detection.planes[p];
        plane.level_dn = levels.turn[p] - plane.level_dn;
        plane.level_low_dn = levels.turn[p] - plane.level_low_dn;
        plane.level_high_dn = levels.turn[p] - plane.level_high_dn;
        std::swap(plane.level_low_dn, plane.level_high_dn);
    }
    detection.warnings.clear();
    for (Sentence const& warning : warnings_of(detection)) {
        detection.warnings.push_back(warning.english());
    }
    return detection;
}

std::vector<LargeArea>
find_darker_areas(Frame& frame, Detection const& detection, unsigned threads) {
    if (!fits(frame)) {
        return find_large_areas(frame, detection, threads);
    }
    Levels const levels = measure_levels(frame);
    // About twice the middle there is as much light as before, so that shares of planes keep their meaning.
    PerPlane<double> about{};
    for (std::size_t p = 0; p < plane_count; ++p) {
        about[p] = std::ceil(2.0 * levels.middle[p]); // whole: see measure_levels
    }
    Turned const mirror{frame, about, noise_at(frame.noise, levels.middle)};
    auto areas = find_large_areas(frame, detection, threads);
    // Texture multiplies light; in turned light it bends the shares of planes too, so they tell nothing.
    std::erase_if(areas, [](LargeArea const& area) { return !area.brighter; });
    for (LargeArea& area : areas) {
        for (std::size_t p = 0; p < plane_count; ++p) {
            area.around_dn[p] = about[p] - area.around_dn[p];
        }
    }
    return areas;
}

} // namespace cmq::detect
