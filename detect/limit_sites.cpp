// SPDX-License-Identifier: GPL-3.0-or-later

#include "detect/limit_sites.hpp"

#include "detect/whitening.hpp"

#include <algorithm>
#include <cmath>

namespace cmq::detect {
namespace {

constexpr std::ptrdiff_t sites_across = 24; // 576 sites: the median flux is known to about 1 %
constexpr auto half = static_cast<std::ptrdiff_t>(LimitSite::side / 2);

// Calls test(cell) over a patch and says whether it held for all of its cells.
template <class Test>
bool all_of_patch(Cells const& cells, std::ptrdiff_t y, std::ptrdiff_t x, Test test) {
    for (std::ptrdiff_t dy = -half; dy <= half; ++dy) {
        for (std::ptrdiff_t dx = -half; dx <= half; ++dx) {
            if (!test(cells.at(y + dy, x + dx))) {
                return false;
            }
        }
    }
    return true;
}

} // namespace

LimitSites::LimitSites(Cells const& cells, Mesh const& mesh, Background const& background)
    : cells_{cells}
    , mesh_{mesh}
    , background_{background} {
    for (std::ptrdiff_t i = 0; i < sites_across * sites_across; ++i) {
        std::ptrdiff_t const y =
            (2 * (i / sites_across) + 1) * cells.shape.height / (2 * sites_across);
        std::ptrdiff_t const x =
            (2 * (i % sites_across) + 1) * cells.shape.width / (2 * sites_across);
        if (y < half || x < half || y + half >= cells.shape.height ||
            x + half >= cells.shape.width) {
            continue;
        }
        if (!all_of_patch(cells, y, x, [&](std::size_t cell) {
                return (cells.flags[cell] & (all_planes | source_bit)) == all_planes;
            })) {
            continue;
        }
        Place place{y, x, {}, {}};
        // Evenly spread phases (M. Roberts' R2 sequence, 1/g and 1/g^2 with g the plastic number).
        double whole = 0.0;
        place.phase = {std::modf(static_cast<double>(i) * 0.7548776662466927, &whole) - 0.5,
                       std::modf(static_cast<double>(i) * 0.5698402909980532, &whole) - 0.5};
        places_.push_back(place);
    }
}

void LimitSites::add_scale(std::size_t scale,
                           Level const& level,
                           Kernel const& kernel,
                           Cfa const& cfa,
                           std::vector<SignificanceForm> const& forms,
                           BorderLeaks const& leaks) {
    RowFilter const filter{level, kernel, background_, cfa};
    auto const bin = static_cast<double>(level.binning);
    // The lattice place whose bin holds a cell, kept as far from the end as the patch reaches; and how
    // far its middle lies from a droplet in that cell.
    auto const middle_of =
        [&](std::ptrdiff_t cell, std::ptrdiff_t size, double phase, double& away) {
            auto const place = std::clamp(cell / level.binning, half, size - 1 - half);
            double const centre = bin * static_cast<double>(place) + 0.5 * (bin - 1.0);
            away = (centre - static_cast<double>(cell) - phase) / bin;
            return place;
        };
    for (Place& place : places_) {
        LimitSite& site = place.site;
        auto const y =
            middle_of(place.y, level.shape.height, place.phase[0], site.middle[scale][0]);
        auto const x = middle_of(place.x, level.shape.width, place.phase[1], site.middle[scale][1]);
        std::size_t const block = mesh_.at(mesh_.block_row(place.y), mesh_.block_column(place.x));
        site.form[scale] = forms[block];
        if (is_textured(forms[block])) {
            site.leak[scale] = leaks.of_bin(y, x, level.binning);
        }
        for (std::size_t p = 0; p < plane_count; ++p) {
            site.z_per_dn[scale][p] =
                static_cast<float>(1.0 / (kernel.norm() * background_.unit_dn[p][block]));
        }
        site.background_cells = std::max(1.0, background_.photosites[0][block]);
        std::size_t k = 0;
        for (std::ptrdiff_t dy = -half; dy <= half; ++dy) {
            for (std::ptrdiff_t dx = -half; dx <= half; ++dx, ++k) {
                site.z[scale][k] = filter.at(y + dy, x + dx);
            }
        }
    }
}

std::vector<LimitSite> LimitSites::outside(std::vector<std::int32_t> const& label) const {
    std::vector<LimitSite> sites;
    for (Place const& place : places_) {
        if (all_of_patch(
                cells_, place.y, place.x, [&](std::size_t cell) { return label[cell] == 0; })) {
            sites.push_back(place.site);
        }
    }
    return sites;
}

} // namespace cmq::detect
