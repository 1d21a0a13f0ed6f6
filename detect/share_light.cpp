// SPDX-License-Identifier: GPL-3.0-or-later

#include "detect/share_light.hpp"

#include "detect/filled_residual.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <map>

namespace cmq::detect {
namespace {

constexpr int most_rounds = 60;
constexpr double settled = 1e-3;        // photosites
constexpr double farthest = 4.0;        // photosites from the peak: else it is another light
constexpr double least_variance = 0.25; // photosites^2: below, a single photosite
constexpr double reach = 25.0; // squared distance in widths: beyond, no light worth a share

// Photosites by droplets: beyond it a group would take seconds, and keeps the cut between its droplets.
constexpr std::size_t most_pairs = 1'000'000;

// A photosite of a group.
struct Photosite {
    double x = 0.0;
    double y = 0.0;
    double light = 0.0;  // above the background, DN
    double weight = 0.0; // of its plane in places and widths: one over the background's variance
    std::size_t plane = 0;
    std::size_t owner = 0; // the droplet whose aperture it lies in
};

struct Droplet {
    double x = 0.0;
    double y = 0.0;
    double xx = 0.0; // second moments, photosites^2
    double yy = 0.0;
    double xy = 0.0;
    PerPlane<double> flux{};
    double peak_x = 0.0;
    double peak_y = 0.0;
};

// What one round gathers for a droplet.
struct Sums {
    PerPlane<double> flux{};
    double light = 0.0; // under its window, as all below
    double x = 0.0;
    double y = 0.0;
    double xx = 0.0;
    double yy = 0.0;
    double xy = 0.0;
};

// Squared distance in widths.
double distance2(Droplet const& d, double dx, double dy) {
    double const determinant = d.xx * d.yy - d.xy * d.xy;
    return (d.yy * dx * dx - 2.0 * d.xy * dx * dy + d.xx * dy * dy) / determinant;
}

void gather(std::vector<Photosite> const& photosites,
            std::vector<Droplet> const& droplets,
            std::vector<Sums>& sums) {
    std::ranges::fill(sums, Sums{});
    std::vector<double> window(droplets.size());
    std::vector<double> expected(droplets.size());
    for (Photosite const& site : photosites) {
        double all = 0.0;
        for (std::size_t i = 0; i < droplets.size(); ++i) {
            Droplet const& d = droplets[i];
            double const r2 = distance2(d, site.x - d.x, site.y - d.y);
            window[i] = r2 < reach ? std::exp(-0.5 * r2) : 0.0;
            expected[i] = std::max(0.0, d.flux[site.plane]) * window[i] /
                          std::sqrt(d.xx * d.yy - d.xy * d.xy);
            all += expected[i];
        }
        for (std::size_t i = 0; i < droplets.size(); ++i) {
            // Where no profile reaches, light is that of the droplet that it lies nearest to.
            double const share = all > 0.0 ? expected[i] / all : (site.owner == i ? 1.0 : 0.0);
            double const light = share * site.light;
            Sums& to = sums[i];
            to.flux[site.plane] += light;
            double const seen = site.weight * light * window[i];
            double const dx = site.x - droplets[i].x;
            double const dy = site.y - droplets[i].y;
            to.light += seen;
            to.x += seen * dx;
            to.y += seen * dy;
            to.xx += seen * dx * dx;
            to.yy += seen * dy * dy;
            to.xy += seen * dx * dy;
        }
    }
}

// The droplet that a round's sums speak of: under a window of its own width a Gaussian shows half of its distance and
// half of its variance. Nothing where there is no light, or no width.
std::optional<Droplet> moved(Droplet droplet, Sums const& sums) {
    if (!(sums.light > 0.0)) {
        return std::nullopt;
    }
    double const dx = sums.x / sums.light;
    double const dy = sums.y / sums.light;
    droplet.x += 2.0 * dx;
    droplet.y += 2.0 * dy;
    droplet.xx = 2.0 * (sums.xx / sums.light - dx * dx);
    droplet.yy = 2.0 * (sums.yy / sums.light - dy * dy);
    droplet.xy = 2.0 * (sums.xy / sums.light - dx * dy);
    droplet.flux = sums.flux;
    double const least =
        0.5 * (droplet.xx + droplet.yy) - std::hypot(0.5 * (droplet.xx - droplet.yy), droplet.xy);
    bool const near = std::hypot(droplet.x - droplet.peak_x, droplet.y - droplet.peak_y) < farthest;
    return least >= least_variance && near ? std::optional{droplet} : std::nullopt;
}

// Rounds until nothing moves; false where a droplet is lost.
bool settle(std::vector<Photosite> const& photosites, std::vector<Droplet>& droplets) {
    std::vector<Sums> sums(droplets.size());
    for (int round = 0; round < most_rounds; ++round) {
        gather(photosites, droplets, sums);
        double most = 0.0;
        for (std::size_t i = 0; i < droplets.size(); ++i) {
            auto const next = moved(droplets[i], sums[i]);
            if (!next) {
                return false;
            }
            most = std::max(most, std::hypot(next->x - droplets[i].x, next->y - droplets[i].y));
            droplets[i] = *next;
        }
        if (most < settled) {
            break;
        }
    }
    return true;
}

// One group: its droplets as their segments show them, and its photosites.
class Group {
public:
    Group(Frame const& frame, Cells const& cells, Background const& background)
        : frame_{frame}
        , cells_{cells}
        , background_{background} {}

    void add(Segment const& segment) {
        auto const peak = static_cast<std::ptrdiff_t>(segment.peak);
        std::ptrdiff_t const row = peak / cells_.shape.width;
        std::ptrdiff_t const column = peak % cells_.shape.width;
        Droplet droplet;
        droplet.x = droplet.peak_x = 2.0 * static_cast<double>(column) + 0.5;
        droplet.y = droplet.peak_y = 2.0 * static_cast<double>(row) + 0.5;
        // Some two widths lie within the border.
        droplet.xx = droplet.yy =
            std::max(2.0, static_cast<double>(segment.cells.size()) / 3.14159265358979);
        droplets_.push_back(droplet);
    }

    // A cell of the aperture of the droplet added as number `owner`; false where it is saturated.
    [[nodiscard]] bool add_cell(std::size_t cell, std::size_t owner) {
        if ((cells_.flags[cell] & saturated_bit) != 0) {
            return false;
        }
        Mesh const& mesh = background_.mesh;
        auto const y = static_cast<std::ptrdiff_t>(cell) / cells_.shape.width;
        auto const x = static_cast<std::ptrdiff_t>(cell) % cells_.shape.width;
        std::size_t const block = mesh.at(mesh.block_row(y), mesh.block_column(x));
        for (std::size_t p = 0; p < plane_count; ++p) {
            auto const offset = frame_.cfa.offset(static_cast<Plane>(p));
            double const light = filled_residual(cells_, p, y, x);
            photosites_.push_back({.x = static_cast<double>(2 * x + offset[1]),
                                   .y = static_cast<double>(2 * y + offset[0]),
                                   .light = light,
                                   .weight = 1.0 / background_.variance_dn2[p][block],
                                   .plane = p,
                                   .owner = owner});
            droplets_[owner].flux[p] += light;
        }
        return true;
    }

    // The droplets in the order of add(), or nothing.
    [[nodiscard]] std::optional<std::vector<Droplet>> share() {
        if (droplets_.size() * photosites_.size() > most_pairs) {
            return std::nullopt;
        }
        auto droplets = droplets_;
        return settle(photosites_, droplets) ? std::optional{droplets} : std::nullopt;
    }

private:
    Frame const& frame_;
    Cells const& cells_;
    Background const& background_;
    std::vector<Droplet> droplets_;
    std::vector<Photosite> photosites_;
};

// Segments by parent, in ascending order; those that stand alone are left out.
std::map<std::int64_t, std::vector<std::size_t>> groups_of(std::vector<Segment> const& segments) {
    std::map<std::int64_t, std::vector<std::size_t>> groups;
    for (std::size_t i = 0; i < segments.size(); ++i) {
        if (segments[i].parent > 0) {
            groups[segments[i].parent].push_back(i);
        }
    }
    return groups;
}

} // namespace

std::vector<std::optional<SharedLight>> share_light(Frame const& frame,
                                                    Cells const& cells,
                                                    Background const& background,
                                                    std::vector<Segment> const& segments,
                                                    std::vector<std::int32_t> const& aperture) {
    std::vector<std::optional<SharedLight>> shared(segments.size());
    auto const groups = groups_of(segments);
    if (groups.empty()) {
        return shared;
    }
    std::vector<std::vector<std::size_t>> owned(segments.size());
    for (std::size_t cell = 0; cell < aperture.size(); ++cell) {
        if (aperture[cell] != 0) {
            auto const owner = static_cast<std::size_t>(aperture[cell] - 1);
            if (segments[owner].parent > 0) {
                owned[owner].push_back(cell);
            }
        }
    }
    for (auto const& [parent, members] : groups) {
        Group group{frame, cells, background};
        bool saturated = false;
        for (std::size_t k = 0; k < members.size(); ++k) {
            group.add(segments[members[k]]);
            for (std::size_t const cell : owned[members[k]]) {
                saturated = !group.add_cell(cell, k) || saturated;
            }
        }
        auto const droplets = saturated ? std::nullopt : group.share();
        for (std::size_t k = 0; droplets && k < members.size(); ++k) {
            Droplet const& d = (*droplets)[k];
            shared[members[k]] = SharedLight{d.x, d.y, d.flux};
        }
    }
    return shared;
}

} // namespace cmq::detect
