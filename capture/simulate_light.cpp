// SPDX-License-Identifier: GPL-3.0-or-later

#include "capture/simulate_parts.hpp"
#include "system/parallel.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>
#include <numeric>
#include <string>

namespace cmq::capture {

namespace {

constexpr std::ptrdiff_t rows_per_block = 16;
constexpr std::size_t droplets_per_batch = 1024; // bounds what footprints hold in memory

std::vector<float> simulate_background(SceneSettings const& settings, unsigned threads) {
    std::ptrdiff_t const height = settings.shape.height;
    std::ptrdiff_t const width = settings.shape.width;
    Texture const texture{
        settings.background, settings.shape, settings.scene_seed.value_or(settings.seed)};
    std::vector<float> electrons(static_cast<std::size_t>(settings.shape.area()));
    auto const blocks = static_cast<std::size_t>((height + rows_per_block - 1) / rows_per_block);
    parallel_blocks(blocks, threads, [&](std::size_t block) {
        std::ptrdiff_t const first = static_cast<std::ptrdiff_t>(block) * rows_per_block;
        for (std::ptrdiff_t y = first; y < std::min(first + rows_per_block, height); ++y) {
            for (std::ptrdiff_t x = 0; x < width; ++x) {
                auto const plane = static_cast<std::size_t>(settings.cfa.at(y, x));
                electrons[static_cast<std::size_t>(y * width + x)] =
                    static_cast<float>(settings.background.electrons[plane] *
                                       texture.at(static_cast<double>(y), static_cast<double>(x)));
            }
        }
    });
    return electrons;
}

/// Electrons that a droplet adds to a photosite of each plane where its share is 1.
PerPlane<double> plane_flux(Droplet const& droplet, DropletGroup const& group) {
    double const sum = std::accumulate(group.colour.begin(), group.colour.end(), 0.0);
    PerPlane<double> flux{};
    std::ranges::transform(group.colour, flux.begin(), [&](double share) {
        // A plane has one photosite in four, so its light is spread over a fourth of the area.
        return 4.0 * droplet.flux_electrons * share / sum;
    });
    return flux;
}

/// One droplet as it falls on the frame.
struct Landed {
    Footprint footprint;
    PerPlane<double> electrons{}; ///< within the frame
    double peak = 0.0;
    double snr = 0.0;
};

/// Calls visit(index, plane, electrons) for each photosite of the frame that gets light.
template <class Visit>
void for_each_photosite(Footprint const& footprint,
                        PerPlane<double> const& flux,
                        SceneSettings const& settings,
                        Visit const& visit) {
    auto const [height, width] = settings.shape;
    Box const& box = footprint.box;
    for (std::ptrdiff_t y = std::max<std::ptrdiff_t>(box.top, 0); y < std::min(box.bottom, height);
         ++y) {
        for (std::ptrdiff_t x = std::max<std::ptrdiff_t>(box.left, 0);
             x < std::min(box.right, width);
             ++x) {
            auto const plane = static_cast<std::size_t>(settings.cfa.at(y, x));
            std::ptrdiff_t const inner = (y - box.top) * (box.right - box.left) + (x - box.left);
            double const share = footprint.share[static_cast<std::size_t>(inner)];
            visit(static_cast<std::size_t>(y * width + x), plane, flux[plane] * share);
        }
    }
}

Landed
land(Droplet const& droplet, SceneSettings const& settings, std::vector<float> const& background) {
    Landed landed{draw_droplet(droplet, settings.lens), {}, 0.0, 0.0};
    double const dark = settings.sensor.read_noise_electrons * settings.sensor.read_noise_electrons;
    double snr2 = 0.0;
    for_each_photosite(landed.footprint,
                       plane_flux(droplet, settings.droplets[droplet.group]),
                       settings,
                       [&](std::size_t i, std::size_t plane, double electrons) {
                           landed.electrons[plane] += electrons;
                           landed.peak = std::max(landed.peak, electrons);
                           double const variance = static_cast<double>(background[i]) + dark;
                           snr2 += variance > 0.0 ? electrons * electrons / variance : 0.0;
                       });
    landed.snr = std::sqrt(snr2);
    return landed;
}

/// The columns of the truth table while they grow.
struct TruthColumns {
    std::vector<std::int64_t> id;
    std::vector<std::int64_t> group;
    std::vector<std::string> kind;
    std::vector<double> x;
    std::vector<double> y;
    PerPlane<std::vector<double>> electrons;
    PerPlane<std::vector<double>> dn;
    std::vector<double> peak;
    std::vector<double> area;
    std::vector<double> axis_ratio;
    std::vector<double> angle;
    std::vector<double> snr;

    void add(Droplet const& droplet, Landed const& landed, double gain_dn) {
        id.push_back(static_cast<std::int64_t>(id.size()) + 1);
        group.push_back(static_cast<std::int64_t>(droplet.group) + 1);
        kind.emplace_back(to_text(droplet.kind));
        x.push_back(landed.footprint.x);
        y.push_back(landed.footprint.y);
        for (std::size_t plane = 0; plane < plane_count; ++plane) {
            electrons[plane].push_back(landed.electrons[plane]);
            dn[plane].push_back(gain_dn * landed.electrons[plane]);
        }
        peak.push_back(landed.peak);
        area.push_back(landed.footprint.area);
        axis_ratio.push_back(droplet.half_width / droplet.half_length);
        angle.push_back(droplet.angle_rad * 180.0 / std::numbers::pi);
        snr.push_back(landed.snr);
    }

    Table to_table() && {
        Table table;
        table.add({"id", "", "number of the droplet, from 1", std::move(id)});
        table.add({"group", "", "number of its group, from 1", std::move(group)});
        table.add({"kind", "", "disc, ellipse or smear", std::move(kind)});
        table.add({"x", "photosite", "flux-weighted centre, to the right", std::move(x)});
        table.add({"y", "photosite", "flux-weighted centre, downwards", std::move(y)});
        for (std::size_t plane = 0; plane < plane_count; ++plane) {
            table.add({"electrons_" + std::string{plane_names[plane]},
                       "e-",
                       "mean charge gathered by all photosites of the plane",
                       std::move(electrons[plane])});
        }
        for (std::size_t plane = 0; plane < plane_count; ++plane) {
            table.add({"dn_" + std::string{plane_names[plane]},
                       "DN",
                       "the same in raw units",
                       std::move(dn[plane])});
        }
        table.add({"peak_electrons", "e-", "charge of the brightest photosite", std::move(peak)});
        table.add({"area_photosites", "photosite^2", "area before any blur", std::move(area)});
        table.add({"axis_ratio", "", "short axis by long axis", std::move(axis_ratio)});
        table.add({"angle_deg", "deg", "long axis from x towards y", std::move(angle)});
        table.add({"snr_ideal",
                   "",
                   "signal-to-noise of a filter that knows shape, colour and background",
                   std::move(snr)});
        return table;
    }
};

} // namespace

Light simulate_light(SceneSettings const& settings, unsigned threads) {
    auto const background = simulate_background(settings, threads);
    auto const droplets = place_droplets(settings);
    Light light{background, {}};
    TruthColumns truth;
    for (std::size_t first = 0; first < droplets.size(); first += droplets_per_batch) {
        std::size_t const count = std::min(droplets_per_batch, droplets.size() - first);
        std::vector<Landed> landed(count);
        parallel_blocks(count, threads, [&](std::size_t i) {
            landed[i] = land(droplets[first + i], settings, background);
        });
        // Added in order: sums of floats depend on it.
        for (std::size_t i = 0; i < count; ++i) {
            Droplet const& droplet = droplets[first + i];
            for_each_photosite(landed[i].footprint,
                               plane_flux(droplet, settings.droplets[droplet.group]),
                               settings,
                               [&](std::size_t at, std::size_t, double electrons) {
                                   light.electrons[at] += static_cast<float>(electrons);
                               });
            truth.add(droplet, landed[i], settings.sensor.gain_dn);
        }
    }
    light.truth = std::move(truth).to_table();
    return light;
}

} // namespace cmq::capture
