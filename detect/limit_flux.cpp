// SPDX-License-Identifier: GPL-3.0-or-later

#include "detect/limit_flux.hpp"

#include "core/error.hpp"
#include "detect/matched_filter.hpp"
#include "detect/whitening.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numbers>
#include <vector>

namespace cmq::detect {
namespace {

constexpr auto side = static_cast<std::ptrdiff_t>(LimitSite::side);
constexpr std::ptrdiff_t middle = side / 2;

struct Droplet {
    PerPlane<double> colour; ///< shares of the flux, sum 1
    double sigma_cells;
};

// Response of a filter to one DN of a round Gaussian of light, less what the droplet adds to the
// level that is subtracted. Distances in steps of the filter's lattice.
double response(Kernel const& kernel, double sigma_cells, double dy, double dx, double cells) {
    auto const bin = static_cast<double>(kernel.binning);
    double const own = kernel.sigma * kernel.sigma;
    // The bin blurs the droplet by (bin^2 - 1) / 12 cells^2.
    double const both = own + (sigma_cells * sigma_cells + (bin * bin - 1.0) / 12.0) / (bin * bin);
    return own / both * std::exp(-0.5 * (dy * dy + dx * dx) / both) -
           2.0 * std::numbers::pi * own * bin * bin / cells;
}

using Kernels = std::array<Kernel, LimitSite::scales>;

// Largest significance that the droplet reaches at the site.
double largest_significance(Kernels const& kernels,
                            LimitSite const& site,
                            Droplet const& droplet,
                            double flux_dn) {
    double best = 0.0;
    for (std::size_t s = 0; s < LimitSite::scales; ++s) {
        if (site.form[s].dimensions == 0) {
            continue;
        }
        std::size_t k = 0;
        for (std::ptrdiff_t y = 0; y < side; ++y) {
            for (std::ptrdiff_t x = 0; x < side; ++x, ++k) {
                double const light =
                    flux_dn * response(kernels[s],
                                       droplet.sigma_cells,
                                       static_cast<double>(y - middle) + site.middle[s][0],
                                       static_cast<double>(x - middle) + site.middle[s][1],
                                       site.background_cells);
                PerPlane<float> z = site.z[s][k];
                for (std::size_t p = 0; p < plane_count; ++p) {
                    z[p] += static_cast<float>(light * droplet.colour[p]) * site.z_per_dn[s][p];
                }
                best = std::max(
                    best, static_cast<double>(signed_significance(site.form[s], z, site.leak[s])));
            }
        }
    }
    return best;
}

// The flux at which the site's droplet passes; infinite when none up to `most` does.
double passing_flux(Kernels const& kernels,
                    double needed,
                    LimitSite const& site,
                    Droplet const& droplet,
                    double most) {
    if (largest_significance(kernels, site, droplet, most) < needed) {
        return std::numeric_limits<double>::infinity();
    }
    double low = 0.0;
    double high = most;
    while (high - low > 1e-4 * high) {
        double const between = 0.5 * (low + high);
        (largest_significance(kernels, site, droplet, between) >= needed ? high : low) = between;
    }
    return high;
}

// A flux that is far above any limit: 1000 times the noise under the widest filter.
double generous_flux(LimitSite const& site) {
    double least = std::numeric_limits<double>::infinity();
    for (auto const& scale : site.z_per_dn) {
        for (float const z : scale) {
            least = std::min(least, static_cast<double>(z));
        }
    }
    return 1e4 / least;
}

} // namespace

std::optional<LimitFlux>
limit_flux(Detection const& detection, PerPlane<double> const& colour, double droplet_sigma_cells) {
    double sum = 0.0;
    for (double const share : colour) {
        if (!(share >= 0.0) || !std::isfinite(share)) {
            throw Error{ErrorKind::domain,
                        {"une composante de la couleur d’une gouttelette est négative ou n’est pas "
                         "un nombre",
                         "a share of a droplet's colour is negative or no number"}};
        }
        sum += share;
    }
    if (!(sum > 0.0)) {
        throw Error{ErrorKind::domain,
                    {"la couleur d’une gouttelette n’a de lumière dans aucun plan",
                     "a droplet's colour has no light in any plane"}};
    }
    if (!(droplet_sigma_cells >= 0.5 && droplet_sigma_cells <= 2.0)) {
        throw Error{ErrorKind::domain,
                    {"l’écart-type d’une gouttelette doit aller de 0,5 à 2 cellules",
                     "a droplet's sigma must be 0.5 to 2 cells"}};
    }
    Droplet droplet{colour, droplet_sigma_cells};
    for (double& share : droplet.colour) {
        share /= sum;
    }
    Kernels kernels;
    for (std::size_t s = 0; s < kernels.size(); ++s) {
        kernels[s] = make_kernel(std::lround(detection.scales_cells[s]));
    }
    double const needed = detection.threshold * detection.threshold;
    std::vector<double> flux;
    flux.reserve(detection.limit_sites.size());
    for (LimitSite const& site : detection.limit_sites) {
        flux.push_back(passing_flux(kernels, needed, site, droplet, generous_flux(site)));
    }
    std::sort(flux.begin(), flux.end());
    if (flux.size() < 10 || !std::isfinite(flux[flux.size() / 2])) {
        return std::nullopt;
    }
    auto const count = static_cast<double>(flux.size());
    auto const at = [&](double share) {
        double const rank = std::clamp(share * count, 0.0, count - 1.0);
        return flux[static_cast<std::size_t>(rank)];
    };
    // Order statistics one binomial standard deviation from the middle bracket the median.
    double const reach = 0.5 / std::sqrt(count);
    double const high = at(0.5 + reach);
    double const low = at(0.5 - reach);
    LimitFlux result;
    result.flux_dn = at(0.5);
    result.flux_dn_sigma = std::isfinite(high) ? 0.5 * (high - low) : result.flux_dn - low;
    result.sites = static_cast<std::int64_t>(flux.size());
    return result;
}

} // namespace cmq::detect
