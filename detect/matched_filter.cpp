// SPDX-License-Identifier: GPL-3.0-or-later

#include "detect/matched_filter.hpp"

#include "detect/cell_loops.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

namespace cmq::detect {
namespace {

constexpr float least_weight = 0.25F; // of the whole filter on good photosites
constexpr std::ptrdiff_t reach = Kernel::reach;
constexpr std::size_t taps = Kernel::Taps{}.size();
static_assert(taps == filter_taps);

// Sum of the squares of taps that lie within [0, size) around a place.
float squares_inside(Kernel::Taps const& tap, std::ptrdiff_t place, std::ptrdiff_t size) {
    float sum = 0.0F;
    for (std::ptrdiff_t k = -reach; k <= reach; ++k) {
        if (place + k >= 0 && place + k < size) {
            float const t = tap[static_cast<std::size_t>(k + reach)];
            sum += t * t;
        }
    }
    return sum;
}

// Rounded down, so that a sum's rounding is no lack; what lacks most has the largest code.
std::uint8_t missing_code(float share_of_power) {
    constexpr float most = std::numeric_limits<std::uint8_t>::max();
    return static_cast<std::uint8_t>(
        std::min(most, missing_steps * std::sqrt(std::max(0.0F, share_of_power))));
}

} // namespace

Kernel make_kernel(std::ptrdiff_t binning) {
    Kernel kernel;
    kernel.binning = binning;
    auto const b = static_cast<double>(binning);
    // A bin of b points a cell apart has the variance (b^2 - 1) / 12; together they make b^2.
    kernel.sigma = std::sqrt(b * b - (b * b - 1.0) / 12.0) / b;
    for (std::size_t side = 0; side < 2; ++side) {
        double const shift = (side == 0 ? -0.25 : 0.25) / b;
        for (std::ptrdiff_t i = -reach; i <= reach; ++i) {
            double const u = (static_cast<double>(i) + shift) / kernel.sigma;
            kernel.tap[side][static_cast<std::size_t>(i + reach)] =
                static_cast<float>(std::exp(-0.5 * u * u));
        }
    }
    // Coarse lattices have fewer places: there every one that tells something new is taken.
    kernel.stride = binning == 1 ? 4 : 2;
    double axis = 0.0; // sum over lags on the grid of the squared autocorrelation along one axis
    auto const& tap = kernel.tap[0];
    for (std::size_t lag = 0; lag < taps; ++lag) {
        double product = 0.0;
        for (std::size_t i = 0; i + lag < taps; ++i) {
            product += static_cast<double>(tap[i]) * static_cast<double>(tap[i + lag]);
        }
        if (lag == 0) {
            kernel.sum2 = product;
        }
        double const correlation = product / kernel.sum2;
        if (lag % static_cast<std::size_t>(kernel.stride) == 0) {
            axis += (lag == 0 ? 1.0 : 2.0) * correlation * correlation;
        }
    }
    kernel.samples_per_degree = axis * axis;
    for (float const t : tap) {
        auto const value = static_cast<double>(t);
        kernel.sum += value;
        kernel.sum3 += value * value * value;
    }
    return kernel;
}

RowFilter::Tables RowFilter::make_tables(Level const& level,
                                         Kernel const& kernel,
                                         Background const& background,
                                         Cfa const& cfa) {
    auto const surface = [&](std::size_t p) {
        return scale_rows(background, p, level.mesh, kernel.norm());
    };
    Tables tables{{surface(0), surface(1), surface(2), surface(3)}};
    for (std::size_t p = 0; p < plane_count; ++p) {
        auto const offset = cfa.offset(static_cast<Plane>(p));
        tables.tap_y[p] = kernel.tap[static_cast<std::size_t>(offset[0])];
        tables.tap_x[p] = kernel.tap[static_cast<std::size_t>(offset[1])];
        for (std::ptrdiff_t y = 0; y < level.shape.height; ++y) {
            tables.power_y[p].push_back(squares_inside(tables.tap_y[p], y, level.shape.height));
        }
        for (std::ptrdiff_t x = 0; x < level.shape.width; ++x) {
            tables.power_x[p].push_back(static_cast<float>(level.binning * level.binning) *
                                        squares_inside(tables.tap_x[p], x, level.shape.width));
        }
    }
    return tables;
}

RowFilter::RowFilter(Level const& level,
                     Kernel const& kernel,
                     Background const& background,
                     Cfa const& cfa)
    : level_{level}
    , kernel_{kernel}
    , tables_{std::make_shared<Tables const>(make_tables(level, kernel, background, cfa))} {
    auto const width = static_cast<std::size_t>(level.shape.width);
    zeros_.assign(width, 0.0F);
    down_.assign(width + 2 * static_cast<std::size_t>(reach), 0.0F);
    scale_.resize(width);
    tiles_.resize(static_cast<std::size_t>(level.mesh.blocks.width));
}

void RowFilter::begin_tile(Span columns, Tile& tile) const {
    auto const width = static_cast<std::size_t>(columns.last - columns.first);
    tile.columns = columns;
    tile.missing.assign(width * static_cast<std::size_t>(rows_.last - rows_.first), 0);
    tile.rows = {};
    for (std::size_t p = 0; tile.at_end && p < plane_count; ++p) {
        begin_plane(p, tile);
        tile.rows[p] = {0, rows_.last - rows_.first};
        std::size_t i = 0;
        for (std::ptrdiff_t y = rows_.first; y < rows_.last; ++y) {
            for (std::ptrdiff_t x = columns.first; x < columns.last; ++x) {
                tile.factor[p][i++] = tables_->power_y[p][static_cast<std::size_t>(y)] *
                                      tables_->power_x[p][static_cast<std::size_t>(x)];
            }
        }
    }
}

// As if nothing were missing.
void RowFilter::begin_plane(std::size_t plane, Tile& tile) const {
    tile.factor[plane].assign(tile.missing.size(),
                              static_cast<float>(kernel_.norm() * kernel_.norm()));
}

// Takes the power of what is missing at one place off the tile.
void RowFilter::take_off(Missing const& m, Tile& tile) const {
    auto const width = static_cast<std::size_t>(tile.columns.last - tile.columns.first);
    auto const count = static_cast<float>(m.count);
    Span const near{std::max<std::ptrdiff_t>(rows_.first, m.y - reach),
                    std::min<std::ptrdiff_t>(rows_.last, m.y + reach + 1)};
    Span& touched = tile.rows[m.plane];
    if (touched.first == touched.last) {
        begin_plane(m.plane, tile);
    }
    touched = touched.first == touched.last
                  ? Span{near.first - rows_.first, near.last - rows_.first}
                  : Span{std::min(touched.first, near.first - rows_.first),
                         std::max(touched.last, near.last - rows_.first)};
    for (std::ptrdiff_t y = near.first; y < near.last; ++y) {
        float const ty = tables_->tap_y[m.plane][static_cast<std::size_t>(m.y - y + reach)];
        float* row =
            tile.factor[m.plane].data() + static_cast<std::size_t>(y - rows_.first) * width;
        for (std::ptrdiff_t x = std::max<std::ptrdiff_t>(tile.columns.first, m.x - reach);
             x < std::min<std::ptrdiff_t>(tile.columns.last, m.x + reach + 1);
             ++x) {
            float const t = ty * tables_->tap_x[m.plane][static_cast<std::size_t>(m.x - x + reach)];
            row[x - tile.columns.first] -= count * t * t;
        }
    }
}

void RowFilter::finish_tile(Tile& tile) const {
    auto const whole = static_cast<float>(kernel_.norm() * kernel_.norm());
    auto const width = static_cast<std::size_t>(tile.columns.last - tile.columns.first);
    for (std::size_t p = 0; p < plane_count; ++p) {
        std::size_t const end = width * static_cast<std::size_t>(tile.rows[p].last);
        for (std::size_t i = width * static_cast<std::size_t>(tile.rows[p].first); i < end; ++i) {
            float const power = tile.factor[p][i];
            if (power == whole) {
                tile.factor[p][i] = 1.0F;
                continue;
            }
            tile.missing[i] = std::max(tile.missing[i], missing_code(1.0F - power / whole));
            tile.factor[p][i] = power < least_weight * whole ? 0.0F : std::sqrt(whole / power);
        }
    }
}

void RowFilter::enter(std::ptrdiff_t block_row) {
    Mesh const& mesh = level_.mesh;
    rows_ = mesh.rows(block_row);
    auto const tile_at = [&](std::ptrdiff_t x) {
        std::ptrdiff_t const inside =
            std::clamp<std::ptrdiff_t>(x, 0, std::max<std::ptrdiff_t>(0, level_.shape.width - 1));
        return static_cast<std::size_t>(mesh.block_column(inside));
    };
    bool const at_end = rows_.first < reach || rows_.last + reach > level_.shape.height;
    for (Tile& tile : tiles_) {
        tile.lacking = tile.at_end = at_end;
    }
    for (std::ptrdiff_t k = 0; k < reach; ++k) {
        for (std::ptrdiff_t const x : {k, level_.shape.width - 1 - k}) {
            tiles_[tile_at(x)].lacking = tiles_[tile_at(x)].at_end = true;
        }
    }
    auto const from =
        level_.row[static_cast<std::size_t>(std::max<std::ptrdiff_t>(0, rows_.first - reach))];
    auto const to =
        level_.row[static_cast<std::size_t>(std::min(level_.shape.height, rows_.last + reach))];
    auto const for_tiles = [&](Missing const& m, auto use) {
        for (std::size_t t = tile_at(m.x - reach); t <= tile_at(m.x + reach); ++t) {
            use(tiles_[t]);
        }
    };
    for (std::size_t k = from; k < to; ++k) {
        for_tiles(level_.missing[k], [](Tile& tile) { tile.lacking = true; });
    }
    for (std::ptrdiff_t bx = 0; bx < mesh.blocks.width; ++bx) {
        Tile& tile = tiles_[static_cast<std::size_t>(bx)];
        if (tile.lacking) {
            begin_tile(mesh.columns(bx), tile);
        }
    }
    for (std::size_t k = from; k < to; ++k) {
        for_tiles(level_.missing[k], [&](Tile& tile) { take_off(level_.missing[k], tile); });
    }
    for (Tile& tile : tiles_) {
        if (tile.lacking) {
            finish_tile(tile);
        }
    }
}

void RowFilter::row(std::ptrdiff_t y, Rows& z) {
    auto const width = static_cast<std::size_t>(level_.shape.width);
    CellLoops const& loops = cell_loops();
    for (std::size_t p = 0; p < plane_count; ++p) {
        z[p].resize(width);
        std::array<float const*, taps> rows{};
        for (std::ptrdiff_t k = -reach; k <= reach; ++k) {
            bool const inside = y + k >= 0 && y + k < level_.shape.height;
            rows[static_cast<std::size_t>(k + reach)] =
                inside ? level_.value[p] + level_.at(y + k, 0) : zeros_.data();
        }
        loops.down(rows, tables_->tap_y[p], width, down_.data() + reach);
        tables_->inverse_unit[p].row(y, scratch_, scale_.data());
        loops.across(down_.data(), tables_->tap_x[p], scale_.data(), width, z[p].data());
    }
    for (std::ptrdiff_t bx = 0; bx < level_.mesh.blocks.width; ++bx) {
        Tile const& tile = tiles_[static_cast<std::size_t>(bx)];
        if (!tile.lacking) {
            continue;
        }
        Span const columns = level_.mesh.columns(bx);
        auto const count = static_cast<std::size_t>(columns.last - columns.first);
        std::size_t const first = static_cast<std::size_t>(y - rows_.first) * count;
        for (std::size_t p = 0; p < plane_count; ++p) {
            if (y - rows_.first < tile.rows[p].first || y - rows_.first >= tile.rows[p].last) {
                continue;
            }
            float* out = z[p].data() + columns.first;
            for (std::size_t x = 0; x < count; ++x) {
                out[x] *= tile.factor[p][first + x];
            }
        }
    }
}

std::uint8_t const* RowFilter::missing(std::ptrdiff_t y, std::ptrdiff_t block_column) const {
    Tile const& tile = tiles_[static_cast<std::size_t>(block_column)];
    if (!tile.lacking) {
        return nullptr;
    }
    Span const columns = level_.mesh.columns(block_column);
    return tile.missing.data() + (y - rows_.first) * (columns.last - columns.first);
}

PerPlane<float> RowFilter::at(std::ptrdiff_t y, std::ptrdiff_t x) const {
    PerPlane<float> z{};
    PerPlane<float> power{};
    for (std::size_t p = 0; p < plane_count; ++p) {
        power[p] = tables_->power_y[p][static_cast<std::size_t>(y)] *
                   tables_->power_x[p][static_cast<std::size_t>(x)];
    }
    auto const from = static_cast<std::size_t>(std::max<std::ptrdiff_t>(0, y - reach));
    auto const to = static_cast<std::size_t>(std::min(level_.shape.height, y + reach + 1));
    for (std::size_t k = level_.row[from]; k < level_.row[to]; ++k) {
        Missing const& m = level_.missing[k];
        if (std::abs(m.x - x) <= reach) {
            float const t = tables_->tap_y[m.plane][static_cast<std::size_t>(m.y - y + reach)] *
                            tables_->tap_x[m.plane][static_cast<std::size_t>(m.x - x + reach)];
            power[m.plane] -= static_cast<float>(m.count) * t * t;
        }
    }
    Span const rows{std::max(-reach, -y), std::min(reach + 1, level_.shape.height - y)};
    Span const columns{std::max(-reach, -x), std::min(reach + 1, level_.shape.width - x)};
    for (std::size_t p = 0; p < plane_count; ++p) {
        float sum = 0.0F;
        for (std::ptrdiff_t dy = rows.first; dy < rows.last; ++dy) {
            float const tap_y = tables_->tap_y[p][static_cast<std::size_t>(dy + reach)];
            float const* value = level_.value[p] + level_.at(y + dy, x);
            for (std::ptrdiff_t dx = columns.first; dx < columns.last; ++dx) {
                sum += tap_y * tables_->tap_x[p][static_cast<std::size_t>(dx + reach)] * value[dx];
            }
        }
        auto const whole = static_cast<float>(kernel_.norm() * kernel_.norm());
        z[p] = power[p] < least_weight * whole
                   ? 0.0F
                   : sum * tables_->inverse_unit[p].at(y, x) * std::sqrt(whole / power[p]);
    }
    return z;
}

} // namespace cmq::detect
