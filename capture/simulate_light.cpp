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
// Both bound what footprints hold in memory.
constexpr std::size_t droplets_per_batch = 1024;
constexpr std::ptrdiff_t photosites_per_batch = 30'000'000;

std::vector<float> simulate_background(SceneSettings const& settings, unsigned threads) {
    std::ptrdiff_t const height = settings.shape.height;
    std::ptrdiff_t const width = settings.shape.width;
    Texture const texture{
        settings.background, settings.shape, settings.scene_seed.value_or(settings.seed)};
    Print const print{settings.background,
                      settings.lens,
                      settings.shape,
                      settings.scene_seed.value_or(settings.seed)};
    bool const is_printed = settings.background.kind == BackgroundKind::printed;
    std::vector<float> electrons(static_cast<std::size_t>(settings.shape.area()));
    auto const blocks = static_cast<std::size_t>((height + rows_per_block - 1) / rows_per_block);
    parallel_blocks(blocks, threads, [&](std::size_t block) {
        std::ptrdiff_t const first = static_cast<std::ptrdiff_t>(block) * rows_per_block;
        for (std::ptrdiff_t y = first; y < std::min(first + rows_per_block, height); ++y) {
            for (std::ptrdiff_t x = 0; x < width; ++x) {
                auto const plane = static_cast<std::size_t>(settings.cfa.at(y, x));
                auto const at_y = static_cast<double>(y);
                auto const at_x = static_cast<double>(x);
                double light = settings.background.electrons[plane] * texture.at(at_y, at_x);
                if (is_printed) {
                    light *= 1.0 - settings.background.print_depth[plane] * print.at(at_y, at_x);
                }
                electrons[static_cast<std::size_t>(y * width + x)] = static_cast<float>(light);
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

bool takes_light(DropletGroup const& group) {
    return std::ranges::any_of(group.absorption, [](double share) { return share > 0.0; });
}

/// Calls visit(index, plane, share) for each photosite of the frame that the footprint reaches.
template <class Visit>
void for_each_photosite(Footprint const& footprint,
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
            visit(static_cast<std::size_t>(y * width + x),
                  plane,
                  footprint.share[static_cast<std::size_t>(inner)]);
        }
    }
}

/// What the droplet adds to a photosite of that light: below 0 where it takes some away.
class Change {
public:
    Change(Droplet const& droplet, DropletGroup const& group, Footprint const& footprint)
        : takes_{takes_light(group)}
        , per_share_{takes_ ? group.absorption : plane_flux(droplet, group)}
        , covered_{footprint.covered} {}

    [[nodiscard]] double at(std::size_t plane, double share, double light) const {
        return takes_ ? -light * per_share_[plane] * std::min(1.0, share * covered_)
                      : per_share_[plane] * share;
    }

private:
    bool takes_;
    PerPlane<double> per_share_;
    double covered_;
};

Landed
land(Droplet const& droplet, SceneSettings const& settings, std::vector<float> const& background) {
    Landed landed{draw_droplet(droplet, settings.lens), {}, 0.0, 0.0};
    double const dark = settings.sensor.read_noise_electrons * settings.sensor.read_noise_electrons;
    double snr2 = 0.0;
    Change const change{droplet, settings.droplets[droplet.group], landed.footprint};
    for_each_photosite(
        landed.footprint, settings, [&](std::size_t i, std::size_t plane, double share) {
            auto const below = static_cast<double>(background[i]);
            double const electrons = change.at(plane, share, below);
            landed.electrons[plane] += electrons;
            landed.peak = std::abs(electrons) > std::abs(landed.peak) ? electrons : landed.peak;
            double const variance = below + dark;
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
    std::vector<std::string> material;

    void add(Droplet const& droplet,
             Landed const& landed,
             DropletGroup const& its_group,
             double gain_dn) {
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
        material.push_back(its_group.material);
    }

    Table to_table() && {
        Table table;
        table.add({"id", "", "number of the droplet, from 1", std::move(id)});
        table.add({"group", "", "number of its group, from 1", std::move(group)});
        table.add({"kind", "", "disc, ellipse, smear, stain or print", std::move(kind)});
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
        // Scenes without any have the table that they always had.
        if (std::ranges::any_of(material, [](auto const& name) { return !name.empty(); })) {
            table.add({"material", "", "what the group is made of", std::move(material)});
        }
        return table;
    }
};

/// The first droplet after a batch that begins with `first`.
std::size_t
end_of_batch(std::vector<Droplet> const& droplets, std::size_t first, Lens const& lens) {
    std::ptrdiff_t photosites = 0;
    std::size_t end = first;
    while (end < droplets.size() && end - first < droplets_per_batch) {
        Box const box = box_of(droplets[end], lens);
        photosites += (box.bottom - box.top) * (box.right - box.left);
        if (end > first && photosites > photosites_per_batch) {
            break;
        }
        ++end;
    }
    return end;
}

} // namespace

Light simulate_light(SceneSettings const& settings, unsigned threads) {
    auto const background = simulate_background(settings, threads);
    auto const droplets = place_droplets(settings);
    Light light{background, {}};
    TruthColumns truth;
    for (std::size_t first = 0; first < droplets.size();) {
        std::size_t const count = end_of_batch(droplets, first, settings.lens) - first;
        std::vector<Landed> landed(count);
        parallel_blocks(count, threads, [&](std::size_t i) {
            landed[i] = land(droplets[first + i], settings, background);
        });
        // Added in order: sums of floats depend on it.
        for (std::size_t i = 0; i < count; ++i) {
            Droplet const& droplet = droplets[first + i];
            DropletGroup const& group = settings.droplets[droplet.group];
            Change const change{droplet, group, landed[i].footprint};
            for_each_photosite(landed[i].footprint,
                               settings,
                               [&](std::size_t at, std::size_t plane, double share) {
                                   float& here = light.electrons[at];
                                   here += static_cast<float>(
                                       change.at(plane, share, static_cast<double>(here)));
                               });
            truth.add(droplet, landed[i], group, settings.sensor.gain_dn);
        }
        first += count;
    }
    light.truth = std::move(truth).to_table();
    return light;
}

} // namespace cmq::capture
