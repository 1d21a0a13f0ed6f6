// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/detect/real_noise.hpp"

#include "capture/decode.hpp"
#include "capture/estimate_noise.hpp"
#include "capture/mark_defects.hpp"
#include "capture/read_picture.hpp"
#include "core/random.hpp"
#include "system/file.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <numeric>

namespace real_noise {

namespace {

using cmq::Shape;

constexpr std::ptrdiff_t mesh = 64; // photosites, of the mean that is taken away
constexpr std::uint32_t task_places = 901;

std::filesystem::path data(char const* name) {
    return std::filesystem::path{CMQ_SOURCE_DIR "/../shared/data"} / name;
}

double mean_of(std::vector<double> const& values) {
    return std::accumulate(values.begin(), values.end(), 0.0) / static_cast<double>(values.size());
}

double variance_of(std::vector<double> const& values) {
    double const mean = mean_of(values);
    double sum = 0.0;
    for (double const value : values) {
        sum += (value - mean) * (value - mean);
    }
    return sum / static_cast<double>(values.size() - 1);
}

/// Takes away the mean of each place of the 2 x 2 cell in each tile: levels of planes, glow, slopes. Values far above
/// the tile's median (hot photosites) take no part in it, and stay.
void take_tile_means(std::vector<double>& value, Shape shape) {
    for (std::ptrdiff_t top = 0; top < shape.height; top += mesh) {
        for (std::ptrdiff_t left = 0; left < shape.width; left += mesh) {
            std::array<std::vector<std::size_t>, 4> places;
            for (std::ptrdiff_t y = top; y < std::min(top + mesh, shape.height); ++y) {
                for (std::ptrdiff_t x = left; x < std::min(left + mesh, shape.width); ++x) {
                    places[static_cast<std::size_t>((y & 1) * 2 + (x & 1))].push_back(
                        static_cast<std::size_t>(y * shape.width + x));
                }
            }
            for (auto const& place : places) {
                std::vector<double> some;
                for (std::size_t const i : place) {
                    some.push_back(value[i]);
                }
                std::ranges::sort(some);
                double const middle = some[some.size() / 2];
                double const reach = 6.0 * (some[some.size() * 84 / 100] - middle);
                std::erase_if(some, [&](double v) { return std::abs(v - middle) > reach; });
                double const level = mean_of(some);
                for (std::size_t const i : place) {
                    value[i] -= level;
                }
            }
        }
    }
}

Sheet make_sheet(std::string name, std::vector<double> value, Shape shape) {
    double const least = *std::ranges::min_element(value);
    auto const at_least = static_cast<double>(std::ranges::count(value, least));
    take_tile_means(value, shape);
    Sheet sheet;
    sheet.name = std::move(name);
    sheet.shape = shape;
    // A single photosite or two at the least value are its noise; a heap of them is a limit.
    double const share = at_least / static_cast<double>(value.size());
    sheet.cut_off_share = share > 1e-3 ? share : 0.0;

    auto const n = static_cast<std::size_t>(shape.width);
    std::vector<double> bands;
    for (std::ptrdiff_t y = 0; y < shape.height; ++y) {
        auto const first = value.begin() + y * shape.width;
        std::vector<double> row(first, first + shape.width);
        std::ranges::sort(row);
        // The middle nine tenths: hot photosites must not make bands.
        double const band = mean_of({row.begin() + shape.width / 20, row.end() - shape.width / 20});
        bands.push_back(band);
        std::for_each(first, first + shape.width, [&](double& v) { v -= band; });
    }
    double const single = variance_of(value);
    double const of_means = variance_of(bands);
    // Means of single photosites vary too: only the rest is what rows have in common. Its variance is kept, and given
    // to the measured bands; what taking the means away took from the single ones is given back.
    double const common = std::max(0.0, of_means - single / static_cast<double>(n - 1));
    double const total =
        std::sqrt(single * static_cast<double>(n) / static_cast<double>(n - 1) + common);
    double const band_scale = std::sqrt(common / of_means) / total;
    double const rest_scale =
        std::sqrt(static_cast<double>(n) / static_cast<double>(n - 1)) / total;
    sheet.sd_dn = total;
    sheet.bands_sd_dn = std::sqrt(common);
    for (double const band : bands) {
        sheet.bands.push_back(static_cast<float>(band * band_scale));
    }
    for (double const v : value) {
        sheet.rest.push_back(static_cast<float>(v * rest_scale));
    }
    return sheet;
}

/// Even places only: the Bayer phase stays.
std::ptrdiff_t draw_even(cmq::Random& random, std::ptrdiff_t most) {
    return 2 * static_cast<std::ptrdiff_t>(random.uniform() * static_cast<double>(most / 2 + 1));
}

void set_variances(cmq::Frame& frame) {
    for (std::ptrdiff_t y = 0; y < frame.shape.height; ++y) {
        for (std::ptrdiff_t x = 0; x < frame.shape.width; ++x) {
            auto const i = static_cast<std::size_t>(y * frame.shape.width + x);
            frame.variance[i] = static_cast<float>(
                frame.noise.variance(frame.cfa.at(y, x), static_cast<double>(frame.value[i])));
        }
    }
}

/// The sheet over a frame, standard deviation 1.
std::vector<double> tile(Sheet const& sheet, Shape shape, std::uint64_t seed) {
    std::ptrdiff_t const rows = std::min<std::ptrdiff_t>(64, sheet.shape.height / 2 * 2);
    std::ptrdiff_t const columns = std::min<std::ptrdiff_t>(256, sheet.shape.width / 2 * 2);
    std::vector<double> noise(static_cast<std::size_t>(shape.area()));
    std::uint64_t block = 0;
    for (std::ptrdiff_t top = 0; top < shape.height; top += rows) {
        for (std::ptrdiff_t left = 0; left < shape.width; left += columns) {
            cmq::Random random{seed, task_places, ++block};
            std::ptrdiff_t const from_y = draw_even(random, sheet.shape.height - rows);
            std::ptrdiff_t const from_x = draw_even(random, sheet.shape.width - columns);
            for (std::ptrdiff_t y = top; y < std::min(top + rows, shape.height); ++y) {
                for (std::ptrdiff_t x = left; x < std::min(left + columns, shape.width); ++x) {
                    std::ptrdiff_t const at =
                        (from_y + y - top) * sheet.shape.width + from_x + x - left;
                    noise[static_cast<std::size_t>(y * shape.width + x)] =
                        static_cast<double>(sheet.rest[static_cast<std::size_t>(at)]);
                }
            }
        }
    }
    cmq::Random random{seed, task_places, 0};
    std::ptrdiff_t const first = draw_even(random, sheet.shape.height - 2);
    for (std::ptrdiff_t y = 0; y < shape.height; ++y) {
        double const band = static_cast<double>(
            sheet.bands[static_cast<std::size_t>((first + y) % sheet.shape.height)]);
        for (std::ptrdiff_t x = 0; x < shape.width; ++x) {
            noise[static_cast<std::size_t>(y * shape.width + x)] += band;
        }
    }
    return noise;
}

} // namespace

std::optional<Sheet> read_d30_border(Programs const& programs) {
    auto const path = data("raw/Canon_EOS_D30.CRW");
    if (!std::filesystem::exists(path)) {
        return std::nullopt;
    }
    auto const bytes = cmq::read_file(path);
    auto const decoded =
        cmq::capture::decode(bytes, {.decoder = programs / "contremarque-decoder"});
    auto const [top, left, bottom, right] = decoded.answer.masked[0];
    auto const raw = decoded.plane();
    Shape const shape{bottom - top, right - left};
    std::vector<double> value;
    for (std::ptrdiff_t y = top; y < bottom; ++y) {
        for (std::ptrdiff_t x = left; x < right; ++x) {
            value.push_back(raw.row(y)[static_cast<std::size_t>(x)]);
        }
    }
    return make_sheet("Canon EOS D30, masked columns", std::move(value), shape);
}

std::optional<Sheet> read_plantcv_dark(Programs const& programs) {
    auto const path = data("pictures/plantcv_FLUO_TV_dark.png");
    if (!std::filesystem::exists(path)) {
        return std::nullopt;
    }
    auto const picture =
        cmq::capture::read_picture(path, {.reader = programs / "contremarque-picture-reader"});
    std::vector<double> value;
    for (std::ptrdiff_t y = 0; y < picture.shape.height; ++y) {
        for (std::ptrdiff_t x = 0; x < picture.shape.width; ++x) {
            value.push_back(picture.at(y, x, 0));
        }
    }
    return make_sheet("PlantCV, dark frame", std::move(value), picture.shape);
}

cmq::Frame lay_on(cmq::capture::SceneSettings settings,
                  Sheet const& sheet,
                  Laying const& laying,
                  std::uint64_t seed) {
    settings.sensor.read_noise_electrons = 0.0;
    settings.sensor.row_noise_electrons = 0.0;
    settings.sensor.dsnu_electrons = 0.0;
    settings.sensor.hot_share = 0.0;
    cmq::Frame frame = cmq::capture::to_frame(cmq::capture::simulate_scene(settings));
    auto const noise = tile(sheet, frame.shape, seed);
    double const scale = laying.noise_electrons * settings.sensor.gain_dn;
    frame.noise.read_noise_dn.fill(std::sqrt(scale * scale + 1.0 / 12.0));
    for (std::size_t i = 0; i < noise.size(); ++i) {
        if (frame.mask[i] == 0) {
            frame.value[i] += static_cast<float>(std::floor(scale * noise[i] + 0.5));
        }
    }
    if (laying.own_noise_model) {
        estimate_own_noise(frame);
        static_cast<void>(cmq::capture::mark_defects(frame, 0));
    } else {
        set_variances(frame);
    }
    return frame;
}

void estimate_own_noise(cmq::Frame& frame) {
    frame.noise = cmq::capture::estimate_noise(frame, 0).model;
    set_variances(frame);
}

} // namespace real_noise
