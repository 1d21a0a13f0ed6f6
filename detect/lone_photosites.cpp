// SPDX-License-Identifier: GPL-3.0-or-later

#include "detect/lone_photosites.hpp"

#include "detect/cell_loops.hpp"
#include "detect/cholesky.hpp"
#include "system/parallel.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdint>
#include <numeric>
#include <optional>

namespace cmq::detect {
namespace {

constexpr std::ptrdiff_t reach = 3;
constexpr std::ptrdiff_t side = 2 * reach + 1; // photosites
constexpr std::size_t window = static_cast<std::size_t>(side * side);
constexpr std::size_t middle_place = window / 2;
constexpr int order = 4;              // of the surface
constexpr std::size_t terms = 15;     // of it
constexpr std::size_t even_terms = 6; // of them, even in both directions
constexpr double least_bend = 4.0;    // standard deviations above the mean of its plane's next ones
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

// Squares and fourth powers: what a term even in both directions is at a photosite.
constexpr std::array<double, even_terms> even_terms_at(std::size_t i) {
    double const y = static_cast<double>(down(i)) / reach;
    double const x = static_cast<double>(across(i)) / reach;
    return {1.0, x * x, x * x * x * x, y * y, y * y * x * x, y * y * y * y};
}

// A photosite's plane, seen from the middle: the same for all as many rows and columns away, odd or even.
constexpr std::size_t parity(std::size_t i) {
    return 2 * static_cast<std::size_t>(down(i) & 1) + static_cast<std::size_t>(across(i) & 1);
}

using EvenProducts = std::array<double, even_terms * even_terms>;

// Of the ring's photosites, one plane at a time.
constexpr PerPlane<EvenProducts> sum_even_products() {
    PerPlane<EvenProducts> result{};
    for (std::size_t i = 0; i < window; ++i) {
        if (is_inner(i)) {
            continue;
        }
        auto const t = even_terms_at(i);
        for (std::size_t a = 0; a < even_terms; ++a) {
            for (std::size_t b = 0; b < even_terms; ++b) {
                result[parity(i)][a * even_terms + b] += t[a] * t[b];
            }
        }
    }
    return result;
}

// What the surface is at the middle of a window: a sum over its ring. Weights are the same left and right, above and
// below, so only terms even in both directions say anything there: a fortieth of the work of the whole surface.
class Middle {
public:
    // By parity.
    explicit Middle(PerPlane<double> const& weight) {
        static constexpr PerPlane<EvenProducts> of_parity = sum_even_products();
        EvenProducts products{};
        for (std::size_t p = 0; p < plane_count; ++p) {
            for (std::size_t k = 0; k < products.size(); ++k) {
                products[k] += weight[p] * of_parity[p][k];
            }
        }
        auto const root = Cholesky::of(products, even_terms);
        if (!root) {
            return;
        }
        fits_ = true;
        // The first column of the inverse.
        std::array<double, even_terms> first{1.0};
        std::ranges::copy(root->whitened(first), first.begin());
        for (std::size_t k = even_terms; k-- > 0;) {
            for (std::size_t below = k + 1; below < even_terms; ++below) {
                first[k] -= root->at(below, k) * first[below];
            }
            first[k] /= root->at(k, k);
        }
        for (std::size_t i = 0; i < window; ++i) {
            auto const t = even_terms_at(i);
            share_[i] = is_inner(i)
                            ? 0.0
                            : weight[parity(i)] *
                                  std::inner_product(t.begin(), t.end(), first.begin(), 0.0);
        }
    }

    [[nodiscard]] bool fits() const noexcept { return fits_; }

    [[nodiscard]] double of(Window const& value) const noexcept {
        return std::inner_product(value.begin(), value.end(), share_.begin(), 0.0);
    }

private:
    Window share_{};
    bool fits_ = false;
};

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

// Where a window's photosites lie from the cell of its middle.
struct Neighbour {
    std::size_t plane = 0;
    Place cell;
};

using Neighbours = std::array<Neighbour, window>;

PerPlane<Neighbours> list_neighbours(Cfa const& cfa) {
    PerPlane<Neighbours> result;
    for (std::size_t p = 0; p < plane_count; ++p) {
        auto const offset = cfa.offset(static_cast<Plane>(p));
        for (std::size_t i = 0; i < window; ++i) {
            std::ptrdiff_t const y = offset[0] + down(i) + 2 * reach; // never below 0
            std::ptrdiff_t const x = offset[1] + across(i) + 2 * reach;
            result[p][i] = {static_cast<std::size_t>(cfa.at(y, x)), {y / 2 - reach, x / 2 - reach}};
        }
    }
    return result;
}

// One block's photosites, each by how much of the texture its plane shows.
class Block {
public:
    Block(Frame const& frame,
          Background const& background,
          Cells const& cells,
          PerPlane<Neighbours> const& neighbours,
          std::size_t b,
          PerPlane<float> const& texture)
        : frame_{frame}
        , cells_{cells}
        , neighbours_{neighbours}
        , rows_{background.mesh.rows(static_cast<std::ptrdiff_t>(b) / background.mesh.blocks.width)}
        , columns_{background.mesh.columns(static_cast<std::ptrdiff_t>(b) %
                                           background.mesh.blocks.width)} {
        double most = 0.0;
        for (std::size_t p = 0; p < plane_count; ++p) {
            sd_[p] = std::sqrt(background.variance_dn2[p][b]);
            unit_[p] = static_cast<double>(texture[p]) * background.unit_dn[p][b];
            most = std::max(most, std::abs(unit_[p]));
        }
        for (double& unit : unit_) {
            unit = std::copysign(std::max(std::abs(unit), least_unit * most), unit);
        }
    }

    void find(std::vector<HotPhotosite>& found) {
        for (std::size_t p = 0; p < plane_count; ++p) {
            list_bends(p);
            if (bends_.empty()) {
                continue;
            }
            Middle const middle = make_middle(p);
            if (!middle.fits()) {
                continue;
            }
            std::optional<Surface> surface; // few blocks need it
            double limit = 0.0;
            for (Place const& place : bends_) {
                Window value{};
                if (!fill(p, place, value) || !is_high(middle, p, value, least_height)) {
                    continue;
                }
                if (!surface) {
                    surface = make_surface(p);
                    limit = std::max(least_height, least_excess * spread(middle, p));
                }
                if (surface->fits() && is_high(middle, p, value, limit) &&
                    stands_alone(*surface, p, value)) {
                    found.push_back({cells_.at(place.y, place.x), p});
                }
            }
        }
    }

private:
    // How well a photosite of the plane tells the texture.
    [[nodiscard]] double weight(std::size_t plane) const {
        double const signal = unit_[plane] / sd_[plane];
        return signal * signal;
    }

    [[nodiscard]] Middle make_middle(std::size_t p) const {
        PerPlane<double> of_parity{};
        for (std::size_t i = 0; i < window; ++i) {
            of_parity[parity(i)] = weight(neighbours_[p][i].plane);
        }
        return Middle{of_parity};
    }

    [[nodiscard]] Surface make_surface(std::size_t p) const {
        Window weights{};
        for (std::size_t i = 0; i < window; ++i) {
            weights[i] = weight(neighbours_[p][i].plane);
        }
        return Surface{weights};
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
        if (columns.last <= columns.first) {
            return;
        }
        auto const count = static_cast<std::size_t>(columns.last - columns.first);
        bend_.resize(count);
        bent_.resize(count);
        for (std::ptrdiff_t y = rows.first; y < rows.last; ++y) {
            float const* row = cells_.residual[p].data() + cells_.at(y, columns.first);
            cell_loops().bends(row, width, count, bend_.data());
            std::size_t const bent =
                cell_loops().reaching(bend_.data(), count, least, bent_.data());
            for (std::size_t k = 0; k < bent; ++k) {
                bends_.push_back({y, columns.first + static_cast<std::ptrdiff_t>(bent_[k])});
            }
        }
    }

    // False where a photosite takes no part.
    [[nodiscard]] bool fill(std::size_t p, Place const& place, Window& value) const {
        Neighbours const& around = neighbours_[p];
        Place const first = around.front().cell;
        Place const last = around.back().cell;
        if (place.y + first.y < 0 || place.x + first.x < 0 ||
            place.y + last.y >= cells_.shape.height || place.x + last.x >= cells_.shape.width) {
            return false;
        }
        for (std::size_t i = 0; i < window; ++i) {
            std::size_t const plane = around[i].plane;
            std::size_t const cell =
                cells_.at(place.y + around[i].cell.y, place.x + around[i].cell.x);
            if (!cells_.is_good(cell, plane)) {
                return false;
            }
            value[i] = static_cast<double>(cells_.residual[plane][cell]) / unit_[plane];
        }
        return true;
    }

    // Of what a plane's photosites have above the surface, standard deviations of noise; 0 where too few can be seen.
    [[nodiscard]] double spread(Middle const& middle, std::size_t p) {
        samples_.clear();
        Window value{};
        std::size_t n = 0;
        for (std::ptrdiff_t y = rows_.first; y < rows_.last; ++y) {
            for (std::ptrdiff_t x = columns_.first; x < columns_.last; ++x) {
                if (n++ % sample_step == 0 && fill(p, {y, x}, value)) {
                    samples_.push_back(std::abs(excess(value[middle_place] - middle.of(value), p)));
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

    // Above or below the surface by so many standard deviations of the noise there.
    [[nodiscard]] bool
    is_high(Middle const& middle, std::size_t p, Window const& value, double limit) const {
        double const light = middle.of(value);
        return std::abs(excess(value[middle_place] - light, p)) >= limit * more_noise(light, p);
    }

    [[nodiscard]] bool
    stands_alone(Surface const& surface, std::size_t p, Window const& value) const {
        Terms const fit = surface.through(value);
        auto const at = [&](std::size_t i) {
            return excess(value[i] - surface.at(fit, i), neighbours_[p][i].plane);
        };
        double const height = at(middle_place);
        double const photons = more_noise(surface.at(fit, middle_place), p);
        double const sign = std::copysign(1.0, height);
        double around = 0.0;
        double near = 0.0;
        double ring = 0.0;
        for (std::size_t i = 0; i < window; ++i) {
            if (i == middle_place) {
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
    PerPlane<Neighbours> const& neighbours_;
    Span rows_;
    Span columns_;
    PerPlane<double> sd_{};
    PerPlane<double> unit_{}; // DN
    std::vector<Place> bends_;
    std::vector<float> bend_;         // along a row
    std::vector<std::uint32_t> bent_; // the same
    std::vector<double> samples_;
};

} // namespace

std::vector<HotPhotosite> find_lone_photosites(Frame const& frame,
                                               Background const& background,
                                               Cells const& cells,
                                               std::vector<SignificanceForm> const& forms,
                                               unsigned threads) {
    Mesh const& mesh = background.mesh;
    PerPlane<Neighbours> const neighbours = list_neighbours(frame.cfa);
    std::vector<std::vector<HotPhotosite>> found(static_cast<std::size_t>(mesh.blocks.area()));
    parallel_blocks(found.size(), threads, [&](std::size_t b) {
        if (is_textured(forms[b])) {
            Block{frame, background, cells, neighbours, b, forms[b].texture}.find(found[b]);
        }
    });
    std::vector<HotPhotosite> all;
    for (auto const& block : found) {
        all.insert(all.end(), block.begin(), block.end());
    }
    return all;
}

} // namespace cmq::detect
