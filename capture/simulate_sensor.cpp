// SPDX-License-Identifier: GPL-3.0-or-later

#include "capture/simulate_parts.hpp"
#include "core/random.hpp"
#include "system/parallel.hpp"

#include <algorithm>
#include <cmath>
#include <tuple>

namespace cmq::capture {

namespace {

constexpr std::ptrdiff_t rows_per_block = 8;

/// What one row of the sensor needs.
struct RowTask {
    SceneSettings const& settings;
    std::ptrdiff_t y;
    float const* light;                ///< of the visible columns
    std::span<HotPhotosite const> hot; ///< of this row, by column
    std::span<std::uint16_t> raw;      ///< masked columns first
};

void simulate_row(RowTask const& task) {
    SceneSettings const& settings = task.settings;
    Sensor const& sensor = settings.sensor;
    auto const y = static_cast<std::uint64_t>(task.y);
    Random fixed{settings.sensor_seed, simulation_task::fixed_pattern, y};
    Random shot{settings.seed, simulation_task::shot, y};
    Random row{settings.seed, simulation_task::row, y};
    double const row_shift = sensor.row_noise_electrons * row.normal();
    double const white = white_dn(sensor);
    auto hot = task.hot.begin();
    for (std::size_t column = 0; column < task.raw.size(); ++column) {
        std::ptrdiff_t const x = static_cast<std::ptrdiff_t>(column) - settings.masked_columns;
        double const response = std::max(0.0, 1.0 + sensor.prnu * fixed.normal());
        double const dark_shift = sensor.dsnu_electrons * fixed.normal();
        double mean = x < 0 ? 0.0 : response * static_cast<double>(task.light[x]);
        if (hot != task.hot.end() && hot->x == x) {
            mean += hot->electrons;
            ++hot;
        }
        double const charge =
            std::min(sensor.photon_noise ? static_cast<double>(shot.poisson(mean)) : mean,
                     sensor.full_well_electrons);
        double const read =
            sensor.nonlinearity == 0.0 // the same bits as without it
                ? charge
                : charge * (1.0 - sensor.nonlinearity * charge / sensor.full_well_electrons);
        double const electrons =
            read + dark_shift + row_shift + sensor.read_noise_electrons * shot.normal();
        auto const plane = static_cast<std::size_t>(settings.cfa.at(task.y, x));
        double const dn = std::floor(sensor.black_dn[plane] + sensor.gain_dn * electrons + 0.5);
        task.raw[column] = static_cast<std::uint16_t>(std::clamp(dn, 0.0, white));
    }
}

} // namespace

std::vector<HotPhotosite> hot_photosites(SceneSettings const& settings) {
    std::ptrdiff_t const width = settings.shape.width + settings.masked_columns;
    std::ptrdiff_t const area = settings.shape.height * width;
    auto const count = static_cast<std::size_t>(
        std::llround(settings.sensor.hot_share * static_cast<double>(area)));
    std::vector<HotPhotosite> hot;
    for (std::size_t i = 0; i < count; ++i) {
        Random random{settings.sensor_seed, simulation_task::hot, i};
        auto const at = static_cast<std::ptrdiff_t>(random.uniform() * static_cast<double>(area));
        double const electrons = -settings.sensor.hot_electrons * std::log(random.uniform());
        hot.push_back({at / width, at % width - settings.masked_columns, electrons});
    }
    std::ranges::sort(hot, [](HotPhotosite const& a, HotPhotosite const& b) {
        return std::tie(a.y, a.x, a.electrons) < std::tie(b.y, b.x, b.electrons);
    });
    // A photosite drawn twice is hot once, with the smaller charge.
    auto const same = [](HotPhotosite const& one, HotPhotosite const& other) {
        return one.y == other.y && one.x == other.x;
    };
    hot.erase(std::unique(hot.begin(), hot.end(), same), hot.end());
    return hot;
}

std::vector<std::uint16_t> simulate_sensor(SceneSettings const& settings,
                                           std::vector<float> const& electrons,
                                           std::vector<HotPhotosite> const& hot,
                                           unsigned threads) {
    std::ptrdiff_t const width = settings.shape.width + settings.masked_columns;
    std::ptrdiff_t const height = settings.shape.height;
    std::vector<std::uint16_t> raw(static_cast<std::size_t>(height * width));
    auto const blocks = static_cast<std::size_t>((height + rows_per_block - 1) / rows_per_block);
    parallel_blocks(blocks, threads, [&](std::size_t block) {
        std::ptrdiff_t const first = static_cast<std::ptrdiff_t>(block) * rows_per_block;
        for (std::ptrdiff_t y = first; y < std::min(first + rows_per_block, height); ++y) {
            auto const first_of_row = std::ranges::lower_bound(hot, y, {}, &HotPhotosite::y);
            auto const end_of_row = std::ranges::upper_bound(hot, y, {}, &HotPhotosite::y);
            simulate_row({settings,
                          y,
                          electrons.data() + y * settings.shape.width,
                          {first_of_row, end_of_row},
                          std::span{raw}.subspan(static_cast<std::size_t>(y * width),
                                                 static_cast<std::size_t>(width))});
        }
    });
    return raw;
}

} // namespace cmq::capture
