// SPDX-License-Identifier: GPL-3.0-or-later

#include "detect/lone_photosites.hpp"

#include "detect/cholesky.hpp"
#include "system/parallel.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <numeric>

namespace cmq::detect {
namespace {

constexpr std::ptrdiff_t reach = 3;
constexpr std::ptrdiff_t side = 2 * reach + 1; // photosites
constexpr std::size_t window = static_cast<std::size_t>(side * side);
constexpr std::size_t middle = window / 2;
constexpr int order = 4;             // of the surface
constexpr std::size_t terms = 15;    // of it
constexpr double least_bend = 4.0;   // standard deviations above the mean of its plane's next ones
constexpr double least_excess = 6.0; // of what the surface leaves over, its root of the mean square
constexpr double least_height =
    9.5; // standard deviations of noise: fainter ones alone make no trace
// Mean of the neighbours over the photosite, both above the surface, which takes up a part of what a lens spreads: half of
// what hot_photosites.cpp allows. At least two standard deviations of noise: the surface alone moves the mean by one.
constexpr double most_neighbours = 0.1;
constexpr double least_neighbours = 2.0;
// Roots of mean squares that the surface leaves among the neighbours and in the ring: standard deviations of noise, and
// shares of the photosite's height. A photosite that stands alone leaves noise there; the border of a droplet or of a
// print, and light of another colour than the texture's, more.
constexpr double most_left = 3.0;
constexpr double most_share = 0.05;
constexpr double ring_size = 40.0;
constexpr std::size_t sample_step = 13; // cells; a weave is not seen in one phase only
constexpr std::size_t least_samples = 20;
constexpr double sd_of_median = 1.4826; // of the absolute values, normal law
constexpr double least_unit = 0.01;     // of the plane that shows most
constexpr double clip = 6.0;            // of the spread of the bulk

using Window = std::array<double, window>;
using Terms = std::array<double, terms>;

constexpr std::ptrdiff_t down(std::size_t i) {
    return static_cast<std::ptrdiff_t>(i) / side - reach;
}

constexpr std::ptrdiff_t across(std::size_t i) {
    return static_cast<std::ptrdiff_t>(i) % side - reach;
}

constexpr bool is_inner(std::size_t i) {
    return down(i) >= -1 && down(i) <= 1 && across(i) >= -1 && across(i) <= 1;
}

Terms terms_at(std::size_t i) {
    double const y = static_cast<double>(down(i)) / reach;
    double const x = static_cast<double>(across(i)) / reach;
    Terms result{};
    std::size_t k = 0;
    double power_y = 1.0;
    for (int a = 0; a <= order; ++a) {
        double power = power_y;
        for (int b = 0; a + b <= order; ++b) {
            result[k++] = power;
            power *= x;
        }
        power_y *= y;
    }
    return result;
}

// The surface through the ring of a window, by least squares; photosites weigh by the inverse of their variance.
class Surface {
public:
    Surface() = default;

    explicit Surface(Window const& weight) : weight_{weight} {
        std::array<double, terms * terms> products{};
        for (std::size_t i = 0; i < window; ++i) {
            Terms const t = terms_at(i);
            weight_[i] = is_inner(i) ? 0.0 : weight_[i];
            for (std::size_t a = 0; a < terms; ++a) {
                for (std::size_t b = 0; b < terms; ++b) {
                    products[a * terms + b] += weight_[i] * t[a] * t[b];
                }
            }
        }
        auto const root = Cholesky::of(products, terms);
        fits_ = root.has_value();
        for (std::size_t i = 0; fits_ && i < window; ++i) {
            std::ranges::copy(root->whitened(terms_at(i)), base_[i].begin());
        }
    }

    [[nodiscard]] bool fits() const noexcept { return fits_; }

    [[nodiscard]] Terms through(Window const& value) const noexcept {
        Terms sum{};
        for (std::size_t i = 0; i < window; ++i) {
            double const v = weight_[i] * value[i];
            for (std::size_t k = 0; k < terms; ++k) {
                sum[k] += v * base_[i][k];
            }
        }
        return sum;
    }

    [[nodiscard]] double at(Terms const& fit, std::size_t place) const noexcept {
        return std::inner_product(fit.begin(), fit.end(), base_[place].begin(), 0.0);
    }

private:
    Window weight_{};
    std::array<Terms, window> base_{}; // orthonormal under the weights
    bool fits_ = false;
};

// Of a cell.
struct Place {
    std::ptrdiff_t y = 0;
    std::ptrdiff_t x = 0;
};

// One block's photosites, each by how much of the texture its plane shows.
class Block {
public:
    Block(Frame const& frame,
          Background const& background,
          Cells const& cells,
          std::size_t b,
          PerPlane<float> const& texture)
        : frame_{frame}
        , cells_{cells}
        , rows_{background.mesh.rows(static_cast<std::ptrdiff_t>(b) / background.mesh.blocks.width)}
        , columns_{background.mesh.columns(static_cast<std::ptrdiff_t>(b) %
                                           background.mesh.blocks.width)} {
        double most = 0.0;
        for (std::size_t p = 0; p < plane_count; ++p) {
            sd_[p] = std::sqrt(background.variance_dn2[p][b]);
            unit_[p] = static_cast<double>(texture[p]) * sd_[p];
            most = std::max(most, std::abs(unit_[p]));
        }
        for (double& unit : unit_) {
            unit = std::copysign(std::max(std::abs(unit), least_unit * most), unit);
        }
    }

    void find(std::vector<HotPhotosite>& found) {
        for (std::size_t p = 0; p < plane_count; ++p) {
            list_bends(p);
            if (bends_.empty()) { // most are, where texture is not far above noise
                continue;
            }
            Surface const surface = make_surface(p);
            double limit = 0.0;
            for (Place const& place : bends_) {
                if (!surface.fits() || !stands_alone(surface, p, place, least_height)) {
                    continue;
                }
                if (limit == 0.0) {
                    limit = std::max(least_height, least_excess * spread(surface, p));
                }
                if (stands_alone(surface, p, place, limit)) {
                    found.push_back({cells_.at(place.y, place.x), p});
                }
            }
        }
    }

private:
    [[nodiscard]] std::size_t plane_at(std::size_t p, std::size_t i) const {
        auto const offset = frame_.cfa.offset(static_cast<Plane>(p));
        return static_cast<std::size_t>(
            frame_.cfa.at(offset[0] + down(i) + 2 * reach, offset[1] + across(i) + 2 * reach));
    }

    [[nodiscard]] Surface make_surface(std::size_t p) const {
        Window weight{};
        for (std::size_t i = 0; i < window; ++i) {
            std::size_t const plane = plane_at(p, i);
            weight[i] = std::pow(unit_[plane] / sd_[plane], 2);
        }
        return Surface{weight};
    }

    // Photosites above, or below, the mean of their plane's next ones in rows and in columns: cheap to see.
    void list_bends(std::size_t p) {
        bends_.clear();
        auto const least = static_cast<float>(least_bend * sd_[p]);
        std::ptrdiff_t const width = cells_.shape.width;
        // The window must fit.
        Span const rows{std::max<std::ptrdiff_t>(2, rows_.first),
                        std::min(cells_.shape.height - 2, rows_.last)};
        Span const columns{std::max<std::ptrdiff_t>(2, columns_.first),
                           std::min(width - 2, columns_.last)};
        for (std::ptrdiff_t y = rows.first; y < rows.last; ++y) {
            float const* row = cells_.residual[p].data() + cells_.at(y, 0);
            for (std::ptrdiff_t x = columns.first; x < columns.last; ++x) {
                float const in_row = row[x] - 0.5F * (row[x - 1] + row[x + 1]);
                float const in_column = row[x] - 0.5F * (row[x - width] + row[x + width]);
                if (std::min(std::abs(in_row), std::abs(in_column)) > least &&
                    (in_row > 0.0F) == (in_column > 0.0F)) {
                    bends_.push_back({y, x});
                }
            }
        }
    }

    // False where a photosite takes no part.
    [[nodiscard]] bool
    fill(std::size_t p, std::ptrdiff_t y, std::ptrdiff_t x, Window& value) const {
        auto const offset = frame_.cfa.offset(static_cast<Plane>(p));
        std::ptrdiff_t const top = 2 * y + offset[0] - reach;
        std::ptrdiff_t const left = 2 * x + offset[1] - reach;
        if (top < 0 || left < 0 || top + side > 2 * cells_.shape.height ||
            left + side > 2 * cells_.shape.width) {
            return false;
        }
        for (std::size_t i = 0; i < window; ++i) {
            std::size_t const plane = plane_at(p, i);
            std::size_t const cell =
                cells_.at((top + reach + down(i)) / 2, (left + reach + across(i)) / 2);
            if (!cells_.is_good(cell, plane)) {
                return false;
            }
            value[i] = static_cast<double>(cells_.residual[plane][cell]) / unit_[plane];
        }
        return true;
    }

    // Of what a plane's photosites have above the surface, standard deviations of noise; 0 where too few can be seen.
    [[nodiscard]] double spread(Surface const& surface, std::size_t p) {
        samples_.clear();
        Window value{};
        std::size_t n = 0;
        for (std::ptrdiff_t y = rows_.first; y < rows_.last; ++y) {
            for (std::ptrdiff_t x = columns_.first; x < columns_.last; ++x) {
                if (n++ % sample_step == 0 && fill(p, y, x, value)) {
                    samples_.push_back(std::abs(
                        excess(value[middle] - surface.at(surface.through(value), middle), p)));
                }
            }
        }
        if (samples_.size() < least_samples) {
            return 0.0;
        }
        auto const half = samples_.begin() + static_cast<std::ptrdiff_t>(samples_.size() / 2);
        std::nth_element(samples_.begin(), half, samples_.end());
        double const most = clip * sd_of_median * *half;
        double squares = 0.0;
        for (double const sample : samples_) {
            squares += std::pow(std::min(sample, most), 2);
        }
        return std::sqrt(squares / static_cast<double>(samples_.size()));
    }

    // In standard deviations of noise.
    [[nodiscard]] double excess(double above, std::size_t plane) const {
        return above * unit_[plane] / sd_[plane];
    }

    // Noise where the surface has light, over that of the background; at least 1.
    [[nodiscard]] double more_noise(double light, std::size_t plane) const {
        double const photons = frame_.noise.gain_dn[plane] * light * unit_[plane];
        return std::sqrt(std::max(1.0, 1.0 + photons / (sd_[plane] * sd_[plane])));
    }

    [[nodiscard]] bool
    stands_alone(Surface const& surface, std::size_t p, Place const& place, double limit) const {
        Window value{};
        if (!fill(p, place.y, place.x, value)) {
            return false;
        }
        Terms const fit = surface.through(value);
        auto const at = [&](std::size_t i) {
            return excess(value[i] - surface.at(fit, i), plane_at(p, i));
        };
        double const height = at(middle);
        double const photons = more_noise(surface.at(fit, middle), p);
        if (std::abs(height) < limit * photons) {
            return false;
        }
        double const sign = std::copysign(1.0, height);
        double around = 0.0;
        double near = 0.0;
        double ring = 0.0;
        for (std::size_t i = 0; i < window; ++i) {
            if (i == middle) {
                continue;
            }
            if (is_inner(i)) {
                around += sign * at(i) / 8.0;
                near += std::pow(at(i), 2) / 8.0;
            } else {
                ring += std::pow(at(i), 2) / ring_size;
            }
        }
        double const most = std::pow(std::max(most_left * photons, most_share * sign * height), 2);
        return around < std::max(least_neighbours * photons, most_neighbours * sign * height) &&
               near < most && ring < most;
    }

    Frame const& frame_;
    Cells const& cells_;
    Span rows_;
    Span columns_;
    PerPlane<double> sd_{};
    PerPlane<double> unit_{}; // DN
    std::vector<Place> bends_;
    std::vector<double> samples_;
};

} // namespace

std::vector<HotPhotosite> find_lone_photosites(Frame const& frame,
                                               Background const& background,
                                               Cells const& cells,
                                               std::vector<SignificanceForm> const& forms,
                                               unsigned threads) {
    Mesh const& mesh = background.mesh;
    std::vector<std::vector<HotPhotosite>> found(static_cast<std::size_t>(mesh.blocks.area()));
    parallel_blocks(found.size(), threads, [&](std::size_t b) {
        if (is_textured(forms[b])) {
            Block{frame, background, cells, b, forms[b].texture}.find(found[b]);
        }
    });
    std::vector<HotPhotosite> all;
    for (auto const& block : found) {
        all.insert(all.end(), block.begin(), block.end());
    }
    return all;
}

} // namespace cmq::detect
