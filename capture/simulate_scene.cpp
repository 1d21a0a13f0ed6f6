// SPDX-License-Identifier: GPL-3.0-or-later

#include "capture/simulate_scene.hpp"

#include "capture/simulate_parts.hpp"
#include "core/error.hpp"

#include <algorithm>
#include <cmath>

namespace cmq::capture {

std::string_view to_text(BackgroundKind kind) noexcept {
    switch (kind) {
    case BackgroundKind::flat:
        return "flat";
    case BackgroundKind::gradient:
        return "gradient";
    case BackgroundKind::woven:
        return "woven";
    case BackgroundKind::skin:
        return "skin";
    case BackgroundKind::printed:
        return "printed";
    }
    return "";
}

std::string_view to_text(PrintPattern pattern) noexcept {
    switch (pattern) {
    case PrintPattern::dots:
        return "dots";
    case PrintPattern::stripes:
        return "stripes";
    case PrintPattern::motifs:
        return "motifs";
    }
    return "";
}

std::string_view to_text(DropletKind kind) noexcept {
    switch (kind) {
    case DropletKind::disc:
        return "disc";
    case DropletKind::ellipse:
        return "ellipse";
    case DropletKind::smear:
        return "smear";
    case DropletKind::stain:
        return "stain";
    case DropletKind::print:
        return "print";
    }
    return "";
}

SimulatedScene simulate_scene(SceneSettings const& settings, unsigned threads) {
    check_scene(settings);
    Light light = simulate_light(settings, threads);
    SimulatedScene scene;
    scene.settings = settings;
    scene.raw_shape = {settings.shape.height, settings.shape.width + settings.masked_columns};
    scene.truth = std::move(light.truth);
    scene.hot = hot_photosites(settings);
    scene.raw = simulate_sensor(settings, light.electrons, scene.hot, threads);
    if (settings.burn_mark) {
        for_each_mark_photosite(settings.shape, [&](std::ptrdiff_t y, std::ptrdiff_t x) {
            std::ptrdiff_t const at = y * scene.raw_shape.width + settings.masked_columns + x;
            scene.raw[static_cast<std::size_t>(at)] = 0;
        });
    }
    return scene;
}

namespace {

void set_noise(Frame& frame, Sensor const& sensor) {
    double const gain = sensor.gain_dn;
    double const dark =
        std::hypot(sensor.read_noise_electrons, sensor.dsnu_electrons, sensor.row_noise_electrons);
    constexpr double rounding_variance = 1.0 / 12.0; // of a value rounded to whole numbers
    frame.noise.origin = NoiseOrigin::profile;
    frame.noise.read_noise_dn.fill(std::sqrt(gain * gain * dark * dark + rounding_variance));
    frame.noise.gain_dn.fill(gain);
    frame.noise.prnu.fill(sensor.prnu);
    frame.black_dn = sensor.black_dn;
    std::ranges::transform(sensor.black_dn, frame.saturation_dn.begin(), [&](double black) {
        return std::min(white_dn(sensor) - black, gain * sensor.full_well_electrons);
    });
}

} // namespace

Frame to_frame(SimulatedScene const& scene) {
    SceneSettings const& settings = scene.settings;
    std::ptrdiff_t const height = settings.shape.height;
    std::ptrdiff_t const width = settings.shape.width;
    auto const area = static_cast<std::size_t>(settings.shape.area());
    Frame frame;
    frame.shape = settings.shape;
    frame.cfa = settings.cfa;
    frame.value.resize(area);
    frame.variance.resize(area);
    frame.mask.assign(area, 0);
    set_noise(frame, settings.sensor);
    for (std::ptrdiff_t y = 0; y < height; ++y) {
        for (std::ptrdiff_t x = 0; x < width; ++x) {
            auto const at = static_cast<std::size_t>(y * width + x);
            Plane const plane = settings.cfa.at(y, x);
            auto const p = static_cast<std::size_t>(plane);
            std::ptrdiff_t const raw_at = y * scene.raw_shape.width + settings.masked_columns + x;
            double const value = static_cast<double>(scene.raw[static_cast<std::size_t>(raw_at)]) -
                                 frame.black_dn[p];
            frame.value[at] = static_cast<float>(value);
            frame.variance[at] = static_cast<float>(frame.noise.variance(plane, value));
            if (value >= frame.saturation_dn[p]) {
                frame.mask[at] |= mask_bit::saturated;
            }
        }
    }
    for (HotPhotosite const& hot : scene.hot) {
        if (hot.x >= 0) {
            frame.mask[static_cast<std::size_t>(hot.y * width + hot.x)] |= mask_bit::hot;
        }
    }
    if (settings.burn_mark) {
        for_each_mark_photosite(settings.shape, [&](std::ptrdiff_t y, std::ptrdiff_t x) {
            frame.mask[static_cast<std::size_t>(y * width + x)] |= mask_bit::no_data;
        });
    }
    return frame;
}

DngPicture to_dng_picture(SimulatedScene const& scene) {
    SceneSettings const& settings = scene.settings;
    CMQ_EXPECTS(settings.burn_mark);
    DngPicture picture;
    picture.shape = scene.raw_shape;
    picture.mosaic = scene.raw;
    picture.cfa = settings.cfa;
    picture.masked_columns = settings.masked_columns;
    picture.black_dn = settings.sensor.black_dn;
    picture.white_dn = white_dn(settings.sensor);
    picture.exposure_s = settings.exposure_s;
    picture.iso = settings.iso;
    picture.make = "Contremarque";
    picture.model = "SIMULATED";
    picture.unique_model = "Contremarque SIMULATED";
    picture.description = "SIMULATED scene made by Contremarque, seed " +
                          std::to_string(settings.seed) + "; no camera took this picture";
    return picture;
}

} // namespace cmq::capture
