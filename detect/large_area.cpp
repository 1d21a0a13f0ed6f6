// SPDX-License-Identifier: GPL-3.0-or-later

#include "detect/large_area.hpp"

#include "core/error.hpp"
#include "core/number_text.hpp"
#include "detect/area_blocks.hpp"
#include "detect/area_flux.hpp"
#include "detect/robust_surface.hpp"
#include "detect/total_flux.hpp"

#include <algorithm>
#include <cmath>
#include <string>
#include <utility>

namespace cmq::detect {
namespace {

// Of blocks, photosites, large first: an area is that of the coarsest blocks that tell it.
constexpr std::array<std::ptrdiff_t, 3> sides{64, 32, 16};

// An area with what it was found by.
struct Candidate {
    FoundArea found;
    LargeArea area;
};

constexpr double around_trace = 8.0; // photosites: the light of a trace that lies outside its box

// Whether the middle of a block lies in the box of a trace, or next to it.
bool in_trace(Detection const& detection, double x, double y) {
    return std::ranges::any_of(detection.traces, [&](Trace const& trace) {
        return x >= static_cast<double>(trace.box[0]) - around_trace &&
               y >= static_cast<double>(trace.box[1]) - around_trace &&
               x <= static_cast<double>(trace.box[2]) + around_trace &&
               y <= static_cast<double>(trace.box[3]) + around_trace;
    });
}

using Box = std::array<std::int64_t, 4>; // first x, first y, last x, last y
using Boxes = std::vector<Box>;

Box box_of(AreaBlocks const& blocks, std::size_t block) {
    auto const k = static_cast<std::ptrdiff_t>(block);
    std::ptrdiff_t const left = k % blocks.shape.width * blocks.side;
    std::ptrdiff_t const top = k / blocks.shape.width * blocks.side;
    return {left, top, left + blocks.side - 1, top + blocks.side - 1};
}

LargeArea describe(std::vector<std::size_t> const& area,
                   AreaBlocks const& blocks,
                   BlockStanding const& standing,
                   Frame const& frame,
                   Detection const& detection,
                   PerPlane<RobustSurface> const& planes) {
    LargeArea result;
    auto const n = static_cast<double>(area.size());
    result.box = {frame.shape.width, frame.shape.height, 0, 0};
    for (std::size_t const i : area) {
        auto const box = box_of(blocks, i);
        double const x = 0.5 * static_cast<double>(box[0] + box[2]);
        double const y = 0.5 * static_cast<double>(box[1] + box[3]);
        result.x += x / n;
        result.y += y / n;
        result.box = {std::min(result.box[0], box[0]),
                      std::min(result.box[1], box[1]),
                      std::max(result.box[2], box[2]),
                      std::max(result.box[3], box[3])};
        for (std::size_t p = 0; p < plane_count; ++p) {
            result.excess_dn[p] += planes[p].residual[i] / n;
            result.around_dn[p] += (blocks.level[p][i] - planes[p].residual[i]) / n;
        }
        result.clearest = std::max(result.clearest, standing.clearest(i));
        result.in_traces += in_trace(detection, x, y) ? 1.0 / n : 0.0;
    }
    result.brighter = is_brighter(standing, area);
    result.share = n * static_cast<double>(blocks.side * blocks.side) /
                   static_cast<double>(frame.shape.area());
    return result;
}

bool overlap(Box const& a, Box const& b) {
    return a[0] <= b[2] && b[0] <= a[2] && a[1] <= b[3] && b[1] <= a[3];
}

// Areas of blocks of one size that no area of larger blocks tells already. Droplets that traces measure fill a few small
// blocks: those are no areas.
void add_areas(Frame const& frame,
               Detection const& detection,
               std::ptrdiff_t side,
               unsigned threads,
               std::optional<BlockSurfaces>& surfaces, // of the blocks before
               std::vector<Candidate>& all) {
    AreaBlocks const blocks = measure_area_blocks(frame, side, threads);
    auto const standing = measure_block_standing(blocks, surfaces, threads);
    if (!standing) {
        return;
    }
    surfaces = standing->surfaces;
    auto const areas = find_block_areas(blocks, *standing);
    if (areas.empty()) {
        return;
    }
    PerPlane<RobustSurface> planes;
    for (std::size_t p = 0; p < plane_count; ++p) {
        planes[p] = fit_surface(blocks.level[p], blocks.good, blocks.shape, 2);
    }
    std::size_t const coarser = all.size();
    for (auto const& area : areas) {
        auto described = describe(area, blocks, *standing, frame, detection, planes);
        bool const told =
            std::any_of(all.begin(),
                        all.begin() + static_cast<std::ptrdiff_t>(coarser),
                        [&](auto const& one) { return overlap(one.area.box, described.box); });
        bool const small = side != sides.front();
        if (told || (small && is_measured(described))) {
            continue;
        }
        all.push_back({{side, blocks.shape, area, described.brighter}, described});
    }
}

// Light of the traces whose middle lies in the box.
double light_of_traces(Detection const& detection, Box const& box) {
    double light = 0.0;
    for (Trace const& trace : detection.traces) {
        bool const inside =
            trace.x >= static_cast<double>(box[0]) && trace.x <= static_cast<double>(box[2]) &&
            trace.y >= static_cast<double>(box[1]) && trace.y <= static_cast<double>(box[3]);
        light += inside ? total_flux(trace) : 0.0;
    }
    return light;
}

bool lies_in(Boxes const& boxes, Trace const& trace) {
    return std::ranges::any_of(boxes, [&](Box const& box) {
        return trace.x > static_cast<double>(box[0]) - 0.5 &&
               trace.x <= static_cast<double>(box[2]) + 0.5 &&
               trace.y > static_cast<double>(box[1]) - 0.5 &&
               trace.y <= static_cast<double>(box[3]) + 0.5;
    });
}

// What of the area's light traces and areas before it tell too.
void add_traces(Detection const& detection,
                Boxes const& summed,
                std::vector<Boxes> const& before,
                LargeArea& area) {
    auto const in_any = [&](auto const& is_in) { return std::ranges::any_of(before, is_in); };
    area.shares_light = in_any([&](Boxes const& other) {
        return std::ranges::any_of(summed, [&](Box const& a) {
            return std::ranges::any_of(other, [&](Box const& b) { return overlap(a, b); });
        });
    });
    double variance = 0.0;
    for (Trace const& trace : detection.traces) {
        if (lies_in(summed, trace) &&
            !in_any([&](Boxes const& other) { return lies_in(other, trace); })) {
            ++area.traces_within;
            area.traces_dn += total_flux(trace);
            variance += trace.total_flux_dn_sigma * trace.total_flux_dn_sigma;
        }
    }
    area.traces_dn_sigma = std::sqrt(variance);
}

// Adds what was summed to what areas before it sum.
void add_flux(Frame const& frame,
              Detection const& detection,
              std::vector<FoundArea> const& found,
              std::size_t which,
              std::vector<Boxes>& before,
              LargeArea& area) {
    auto const flux = measure_area_flux(frame, found, which, detection.traces);
    if (!flux) {
        return;
    }
    add_traces(detection, flux->summed, before, area);
    before.push_back(flux->summed);
    area.flux = LargeAreaFlux{flux->flux_dn,
                              flux->flux_dn_sigma,
                              flux->total_dn,
                              flux->total_dn_sigma,
                              flux->saturated_photosites};
    // Traces that hold half of the light of an area measure it, even where its blocks are wider than they.
    double const most = flux->total_dn + flux->total_dn_sigma;
    double const light = light_of_traces(detection, area.box);
    if (light > 0.0 && light >= 0.5 * most) {
        area.in_traces = std::max(area.in_traces, most > 0.0 ? std::min(1.0, light / most) : 1.0);
    }
    area.outline_photosites = flux->outline_photosites;
    area.outline_photosites_sigma = flux->outline_sigma;
}

} // namespace

std::vector<LargeArea>
find_large_areas(Frame const& frame, Detection const& detection, unsigned threads) {
    std::vector<Candidate> all;
    std::optional<BlockSurfaces> surfaces;
    for (std::ptrdiff_t const side : sides) {
        add_areas(frame, detection, side, threads, surfaces, all);
    }
    std::vector<FoundArea> found;
    found.reserve(all.size());
    for (auto const& one : all) {
        found.push_back(one.found);
    }
    std::vector<LargeArea> result;
    std::vector<Boxes> summed;
    for (std::size_t i = 0; i < all.size(); ++i) {
        add_flux(frame, detection, found, i, summed, all[i].area);
        result.push_back(all[i].area);
    }
    return result;
}

bool is_measured(LargeArea const& area) noexcept {
    return area.in_traces >= 0.5;
}

bool any_unmeasured(std::vector<LargeArea> const& areas) noexcept {
    return !std::ranges::all_of(areas, is_measured);
}

std::optional<TraceArea> measure_area(LargeArea const& area, SceneScale const& scale) {
    CMQ_EXPECTS(scale.mm_per_photosite > 0.0);
    if (!area.outline_photosites) {
        return std::nullopt;
    }
    double const each = scale.mm_per_photosite * scale.mm_per_photosite;
    double const mm2 = *area.outline_photosites * each;
    double const of_scale =
        2.0 * mm2 * scale.mm_per_photosite_sigma.value_or(0.0) / scale.mm_per_photosite;
    return TraceArea{mm2, std::hypot(area.outline_photosites_sigma * each, of_scale)};
}

namespace {

// With the decimal sign of the language.
Sentence figure(double value, int digits) {
    std::string const english = significant_text(value, digits);
    std::string french = english;
    std::ranges::replace(french, '.', ',');
    return Sentence::spoken(std::move(french), english);
}

Sentence kind_of(LargeArea const& area, bool darker) {
    if (darker) {
        return Sentence{{"plus sombre que ce qui l’entoure", "darker than what surrounds it"}};
    }
    return area.brighter
               ? Sentence{{"plus claire que ce qui l’entoure", "brighter than what surrounds it"}}
               : Sentence{{"d’une autre couleur que ce qui l’entoure",
                           "of another colour than what surrounds it"}};
}

Sentence light_of(LargeArea const& area, bool darker) {
    if (!area.flux) {
        return Sentence{
            {"sa lumière n’a pu être mesurée : trop peu de fond est libre autour d’elle",
             "its light could not be measured: too little around it is free"}};
    }
    Sentence const what = darker ? Sentence{{"la lumière qu’elle prend à ce qui l’entoure",
                                             "the light that it takes from what surrounds it"}}
                                 : Sentence{{"sa lumière au-dessus de ce qui l’entoure",
                                             "its light above what surrounds it"}};
    Sentence const total = figure(area.flux->total_dn, 4);
    Sentence const sigma = figure(area.flux->total_dn_sigma, 2);
    if (area.flux->saturated_photosites > 0) {
        return Sentence{{"{} est d’au moins {} DN (incertitude type {} DN), car {} de ses "
                         "photosites sont saturés",
                         "{} is at least {} DN (standard uncertainty {} DN): {} of its photosites "
                         "are saturated"},
                        what,
                        total,
                        sigma,
                        area.flux->saturated_photosites};
    }
    return Sentence{
        {"{} est de {} DN (incertitude type {} DN)", "{} is {} DN (standard uncertainty {} DN)"},
        what,
        total,
        sigma};
}

Sentence size_of(LargeArea const& area, std::optional<SceneScale> const& scale) {
    if (!scale) {
        return {};
    }
    auto const measured = measure_area(area, *scale);
    if (!measured) {
        return Sentence{
            {", son contour n’a pu être mesuré", ", its outline could not be measured"}};
    }
    return Sentence{{", son aire de {} mm² (incertitude type {} mm²)",
                     ", its area {} mm2 (standard uncertainty {} mm2)"},
                    figure(measured->mm2, 4),
                    figure(measured->mm2_sigma, 2)};
}

// In percent.
Sentence share_of(LargeArea const& area) {
    return figure(100.0 * area.share, 2);
}

} // namespace

Sentence to_sentence(LargeArea const& area, std::optional<SceneScale> const& scale, bool darker) {
    // Blocks say where it lies to a tenth of their side; more digits would be none.
    auto const whole = [](double value) { return fixed_text(10.0 * std::round(value / 10.0), 0); };
    Sentence const measured =
        is_measured(area) ? Sentence{{"des traces la mesurent", "traces measure it"}}
                          : Sentence{{"elle n’a pas été mesurée comme trace, car le fond la suit",
                                      "it was not measured as a trace: the background follows it"}};
    Sentence const other = darker
                               ? Sentence{{"tache, ombre, pli, imprimé ou autre tissu",
                                           "a stain, a shadow, a fold, a print or another cloth"}}
                               : Sentence{{"tache, imprimé, autre tissu ou reflet",
                                           "a stain, a print, another cloth or a reflection"}};
    return Sentence{{"une zone {} couvre {} % de l’image autour de ({} ; {}) ; {}{} ; {} ; {} ne "
                     "se distinguent pas ici",
                     "an area {} covers {} % of the frame about ({}, {}); {}{}; {}; {} are not "
                     "told apart here"},
                    kind_of(area, darker),
                    share_of(area),
                    whole(area.x),
                    whole(area.y),
                    light_of(area, darker),
                    size_of(area, scale),
                    measured,
                    other};
}

} // namespace cmq::detect
