// SPDX-License-Identifier: GPL-3.0-or-later

/// \file
/// Empty pictures of one plane from the simulator's surfaces, for tests and studies of detect_plane.

#pragma once

#include "capture/simulate_scene.hpp"
#include "tests/detect/plane_picture.hpp"
#include "tests/detect/processed_frame.hpp"

#include <limits>

namespace plane_picture {

/// A frame without hot photosites; the letters of its mark have no value.
inline cmq::Frame make_surface_frame(cmq::capture::BackgroundKind kind,
                                     cmq::PerPlane<double> const& electrons,
                                     std::uint64_t seed) {
    cmq::capture::SceneSettings settings;
    settings.background.kind = kind;
    settings.background.electrons = electrons;
    settings.sensor.hot_share = 0.0;
    settings.seed = seed;
    settings.sensor_seed = seed;
    return cmq::capture::to_frame(cmq::capture::simulate_scene(settings));
}

/// 1500 x 1000 photosites, all planes alike at 90 electrons.
inline Picture make_surface(cmq::capture::BackgroundKind kind, std::uint64_t seed) {
    cmq::Frame frame = make_surface_frame(kind, {90.0, 90.0, 90.0, 90.0}, seed);
    for (std::size_t i = 0; i < frame.value.size(); ++i) {
        if (frame.mask[i] != 0) {
            frame.value[i] = std::numeric_limits<float>::quiet_NaN();
        }
    }
    return {frame.shape, std::move(frame.value)};
}

/// A coloured frame through JPEG (quality 90, colour at half resolution): the mean of each cell's four
/// values, 750 x 500.
inline Picture make_screened_surface(cmq::capture::BackgroundKind kind, std::uint64_t seed) {
    cmq::Frame const frame = processed::to_jpeg_frame(
        make_surface_frame(kind, cmq::capture::Background{}.electrons, seed), {});
    Picture picture{{frame.shape.height / 2, frame.shape.width / 2}, {}};
    auto const width = static_cast<std::size_t>(frame.shape.width);
    for (std::ptrdiff_t y = 0; y < picture.shape.height; ++y) {
        for (std::ptrdiff_t x = 0; x < picture.shape.width; ++x) {
            auto const first =
                static_cast<std::size_t>(2 * y) * width + static_cast<std::size_t>(2 * x);
            float sum = 0.0F;
            bool masked = false;
            for (std::size_t const i : {first, first + 1, first + width, first + width + 1}) {
                sum += frame.value[i];
                masked = masked || frame.mask[i] != 0;
            }
            picture.value.push_back(masked ? std::numeric_limits<float>::quiet_NaN() : 0.25F * sum);
        }
    }
    return picture;
}

} // namespace plane_picture
