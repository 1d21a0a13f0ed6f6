// SPDX-License-Identifier: GPL-3.0-or-later

/// \file
/// Frames without droplets, of every kind that the promise on false traces is tried on.

#pragma once

#include "tests/detect/count_false_traces.hpp"
#include "tests/detect/processed_frame.hpp"
#include "tests/detect/real_noise.hpp"

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

namespace null_frames {

using cmq::capture::BackgroundKind;

struct Kind {
    std::string name;
    /// Nothing where the file that its noise comes from is not there.
    std::function<std::optional<cmq::Frame>(std::uint64_t number)> make;
};

/// All of them; `programs` as real_noise has it. Frames are 1500 x 1000 photosites and read as the product reads a
/// file: the noise model is what the frame itself gives.
inline std::vector<Kind> all_kinds(real_noise::Programs const& programs) {
    std::vector<Kind> kinds;
    auto const add = [&](std::string name, auto make) { kinds.push_back({std::move(name), make}); };
    auto const simulated = [](BackgroundKind background, double electrons = 0.0) {
        return [background, electrons](std::uint64_t number) -> std::optional<cmq::Frame> {
            return false_traces::make_empty_frame(background, number, electrons);
        };
    };
    auto const laid = [](std::optional<real_noise::Sheet> sheet, BackgroundKind background) {
        return [sheet, background](std::uint64_t number) -> std::optional<cmq::Frame> {
            if (!sheet) {
                return std::nullopt;
            }
            cmq::capture::SceneSettings settings;
            settings.background.kind = background;
            settings.seed = 10'000 + number;
            settings.sensor_seed = 20'000 + number;
            return real_noise::lay_on(settings, *sheet, {.noise_electrons = 3.0}, number);
        };
    };
    auto const denoised = [](BackgroundKind background, processed::Denoising form) {
        return [background, form](std::uint64_t number) -> std::optional<cmq::Frame> {
            return processed::to_denoised_frame(false_traces::make_empty_frame(background, number),
                                                form);
        };
    };
    auto const jpeg = [](BackgroundKind background) {
        return [background](std::uint64_t number) -> std::optional<cmq::Frame> {
            return processed::to_jpeg_frame(false_traces::make_empty_frame(background, number), {});
        };
    };
    add("flat", simulated(BackgroundKind::flat));
    add("gradient", simulated(BackgroundKind::gradient));
    add("woven", simulated(BackgroundKind::woven));
    add("printed", simulated(BackgroundKind::printed));
    add("skin", simulated(BackgroundKind::skin));
    for (int const electrons : {500, 2000, 9000}) {
        auto const bright = "bright, " + std::to_string(electrons) + " electrons, ";
        add(bright + "flat", simulated(BackgroundKind::flat, electrons));
        add(bright + "woven", simulated(BackgroundKind::woven, electrons));
        add(bright + "printed", simulated(BackgroundKind::printed, electrons));
        add(bright + "skin", simulated(BackgroundKind::skin, electrons));
    }
    auto const d30 = real_noise::read_d30_border(programs);
    add("flat, noise of the EOS D30's border", laid(d30, BackgroundKind::flat));
    add("woven, noise of the EOS D30's border", laid(d30, BackgroundKind::woven));
    auto const plantcv = real_noise::read_plantcv_dark(programs);
    add("flat, noise of PlantCV's dark frame", laid(plantcv, BackgroundKind::flat));
    add("woven, noise of PlantCV's dark frame", laid(plantcv, BackgroundKind::woven));
    add("flat, denoised by a Gaussian", denoised(BackgroundKind::flat, {.blur_sd = 0.7}));
    add("woven, denoised by a Gaussian", denoised(BackgroundKind::woven, {.blur_sd = 0.7}));
    add("flat, denoised, edges kept",
        denoised(BackgroundKind::flat, {.blur_sd = 1.0, .edge_sigmas = 2.0}));
    add("flat, JPEG", jpeg(BackgroundKind::flat));
    add("woven, JPEG", jpeg(BackgroundKind::woven));
    return kinds;
}

} // namespace null_frames
