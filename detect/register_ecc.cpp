// SPDX-License-Identifier: GPL-3.0-or-later

#include "detect/register_ecc.hpp"

#include "system/parallel.hpp"

#include <algorithm>
#include <cmath>
#include <optional>
#include <vector>

namespace cmq::detect {

namespace {

constexpr std::size_t most = 8; // numbers of a homography
constexpr int most_rounds = 40;
constexpr double still = 1e-3;        // pixels of the level: a step that changes no more
constexpr double nearly_still = 0.05; // where rounds ran out: the maximum is as flat as that
constexpr double stray = 24.0;        // pixels: farther from the start, it is another place
constexpr double fewest_pixels = 200.0;

/// Directions in which the eight numbers may move, one a row.
std::vector<std::array<double, most>> basis_of(EccFreedom freedom) {
    using Row = std::array<double, most>;
    Row const shift_x{0, 0, 1, 0, 0, 0, 0, 0};
    Row const shift_y{0, 0, 0, 0, 0, 1, 0, 0};
    switch (freedom) {
    case EccFreedom::shift:
        return {shift_x, shift_y};
    case EccFreedom::similarity:
        return {shift_x, shift_y, Row{1, 0, 0, 0, 1, 0, 0, 0}, Row{0, -1, 0, 1, 0, 0, 0, 0}};
    case EccFreedom::affine:
    case EccFreedom::homography:
        break;
    }
    std::vector<Row> rows;
    std::size_t const count = freedom == EccFreedom::affine ? 6 : most;
    for (std::size_t k = 0; k < count; ++k) {
        Row row{};
        row[k] = 1.0;
        rows.push_back(row);
    }
    return rows;
}

/// Sums over pixels, of the reference t, the moving picture w, and its change j with each number.
struct Sums {
    double tried = 0.0;
    double n = 0.0;
    double t = 0.0;
    double w = 0.0;
    double tt = 0.0;
    double ww = 0.0;
    double tw = 0.0;
    std::array<double, most> j{};
    std::array<double, most> jt{};
    std::array<double, most> jw{};
    std::array<double, most * most> jj{}; ///< lower triangle

    void add(Sums const& other) {
        tried += other.tried;
        n += other.n;
        t += other.t;
        w += other.w;
        tt += other.tt;
        ww += other.ww;
        tw += other.tw;
        for (std::size_t k = 0; k < most; ++k) {
            j[k] += other.j[k];
            jt[k] += other.jt[k];
            jw[k] += other.jw[k];
        }
        for (std::size_t k = 0; k < most * most; ++k) {
            jj[k] += other.jj[k];
        }
    }

    /// Less the means.
    [[nodiscard]] double covariance(double product, double a, double b) const {
        return product - a * b / n;
    }

    [[nodiscard]] double correlation() const {
        double const variance_t = covariance(tt, t, t);
        double const variance_w = covariance(ww, w, w);
        return n > 0.0 && variance_t > 0.0 && variance_w > 0.0
                   ? covariance(tw, t, w) / std::sqrt(variance_t * variance_w)
                   : -1.0;
    }
};

/// Four neighbours of a place in a picture, all good.
struct Corner {
    std::size_t at = 0;
    float u = 0.0F;
    float v = 0.0F;
};

std::optional<Corner> corner_at(Grey const& grey, double x, double y) {
    // One more at each side, for differences. Written so that a NaN is outside.
    if (!(x >= 1.0 && y >= 1.0 && x < static_cast<double>(grey.shape.width - 3) &&
          y < static_cast<double>(grey.shape.height - 3))) {
        return std::nullopt;
    }
    auto const column = static_cast<std::ptrdiff_t>(x);
    auto const row = static_cast<std::ptrdiff_t>(y);
    std::size_t const at = grey.at(row, column);
    auto const width = static_cast<std::size_t>(grey.shape.width);
    if (grey.is_good[at] == 0 || grey.is_good[at + 1] == 0 || grey.is_good[at + width] == 0 ||
        grey.is_good[at + width + 1] == 0) {
        return std::nullopt;
    }
    return Corner{at,
                  static_cast<float>(x - static_cast<double>(column)),
                  static_cast<float>(y - static_cast<double>(row))};
}

float mix(float const* at, Corner const& corner, std::size_t width) {
    float const upper = at[0] + corner.u * (at[1] - at[0]);
    float const lower = at[width] + corner.u * (at[width + 1] - at[width]);
    return upper + corner.v * (lower - upper);
}

struct Task {
    Grey const& reference;
    Grey const& moving;
    double step; ///< cells a pixel
    PixelBox box;
    Warp const& warp;
    bool with_derivatives;
};

/// Changes of the mapped place, in pixels, with each of the eight numbers; times the picture's slope.
std::array<double, most>
derivatives(Task const& task, double u, double v, float slope_x, float slope_y) {
    auto const& p = task.warp.p;
    double const below = 1.0 / (1.0 + p[6] * u + p[7] * v);
    double const wx = ((1.0 + p[0]) * u + p[1] * v + p[2]) * below;
    double const wy = (p[3] * u + (1.0 + p[4]) * v + p[5]) * below;
    double const factor = below * task.warp.scale / task.step;
    double const gx = static_cast<double>(slope_x) * factor;
    double const gy = static_cast<double>(slope_y) * factor;
    double const radial = -(gx * wx + gy * wy);
    return {gx * u, gx * v, gx, gy * u, gy * v, gy, radial * u, radial * v};
}

void add_row(Task const& task, std::ptrdiff_t y, Sums& sums) {
    auto const width = static_cast<std::size_t>(task.moving.shape.width);
    for (std::ptrdiff_t x = task.box.left; x < task.box.right; ++x) {
        std::size_t const i = task.reference.at(y, x);
        if (task.reference.is_good[i] == 0) {
            continue;
        }
        sums.tried += 1.0;
        double const cell_x = static_cast<double>(x) * task.step;
        double const cell_y = static_cast<double>(y) * task.step;
        auto const place = task.warp.map(cell_x, cell_y);
        auto const corner = corner_at(task.moving, place[0] / task.step, place[1] / task.step);
        if (!corner) {
            continue;
        }
        float const* const at = task.moving.value.data() + corner->at;
        auto const t = static_cast<double>(task.reference.value[i]);
        auto const w = static_cast<double>(mix(at, *corner, width));
        sums.n += 1.0;
        sums.t += t;
        sums.w += w;
        sums.tt += t * t;
        sums.ww += w * w;
        sums.tw += t * w;
        if (!task.with_derivatives) {
            continue;
        }
        float const slope_x = 0.5F * (mix(at + 1, *corner, width) - mix(at - 1, *corner, width));
        float const slope_y =
            0.5F * (mix(at + width, *corner, width) - mix(at - width, *corner, width));
        auto const j = derivatives(task,
                                   (cell_x - task.warp.centre[0]) / task.warp.scale,
                                   (cell_y - task.warp.centre[1]) / task.warp.scale,
                                   slope_x,
                                   slope_y);
        for (std::size_t k = 0; k < most; ++k) {
            sums.j[k] += j[k];
            sums.jt[k] += j[k] * t;
            sums.jw[k] += j[k] * w;
            for (std::size_t l = 0; l <= k; ++l) {
                sums.jj[k * most + l] += j[k] * j[l];
            }
        }
    }
}

Sums sum_up(Task const& task, unsigned threads) {
    constexpr std::ptrdiff_t band = 16;
    std::ptrdiff_t const rows = std::max<std::ptrdiff_t>(0, task.box.bottom - task.box.top);
    auto const bands = static_cast<std::size_t>((rows + band - 1) / band);
    std::vector<Sums> parts(bands);
    parallel_blocks(bands, threads, [&](std::size_t block) {
        std::ptrdiff_t const first = task.box.top + static_cast<std::ptrdiff_t>(block) * band;
        for (std::ptrdiff_t y = first; y < std::min(first + band, task.box.bottom); ++y) {
            add_row(task, y, parts[block]);
        }
    });
    Sums sums;
    for (Sums const& part : parts) {
        sums.add(part);
    }
    return sums;
}

using Matrix = std::vector<double>;

/// Cholesky's factor in the lower triangle; false where the matrix is not positive.
bool factorise(Matrix& h, std::size_t n) {
    for (std::size_t i = 0; i < n; ++i) {
        for (std::size_t k = 0; k <= i; ++k) {
            double sum = h[i * n + k];
            for (std::size_t l = 0; l < k; ++l) {
                sum -= h[i * n + l] * h[k * n + l];
            }
            if (i != k) {
                h[i * n + k] = sum / h[k * n + k];
            } else if (sum > 0.0) {
                h[i * n + i] = std::sqrt(sum);
            } else {
                return false;
            }
        }
    }
    return true;
}

void solve_factorised(Matrix const& h, std::size_t n, std::vector<double>& side) {
    for (std::size_t i = 0; i < n; ++i) {
        for (std::size_t l = 0; l < i; ++l) {
            side[i] -= h[i * n + l] * side[l];
        }
        side[i] /= h[i * n + i];
    }
    for (std::size_t i = n; i-- > 0;) {
        for (std::size_t l = i + 1; l < n; ++l) {
            side[i] -= h[l * n + i] * side[l];
        }
        side[i] /= h[i * n + i];
    }
}

/// The step of ECC's forward additive form (Evangelidis, Psarakis 2008, equations 15 to 19); nothing where the
/// correlation cannot grow from here.
std::optional<std::array<double, most>>
next_step(Sums const& sums, std::vector<std::array<double, most>> const& basis) {
    std::size_t const n = basis.size();
    std::array<double, most> jt{};
    std::array<double, most> jw{};
    std::array<double, most * most> jj{};
    for (std::size_t k = 0; k < most; ++k) {
        jt[k] = sums.covariance(sums.jt[k], sums.j[k], sums.t);
        jw[k] = sums.covariance(sums.jw[k], sums.j[k], sums.w);
        for (std::size_t l = 0; l <= k; ++l) {
            jj[k * most + l] = jj[l * most + k] =
                sums.covariance(sums.jj[k * most + l], sums.j[k], sums.j[l]);
        }
    }
    Matrix h(n * n, 0.0);
    std::vector<double> bt(n, 0.0);
    std::vector<double> bw(n, 0.0);
    for (std::size_t a = 0; a < n; ++a) {
        for (std::size_t k = 0; k < most; ++k) {
            bt[a] += basis[a][k] * jt[k];
            bw[a] += basis[a][k] * jw[k];
            for (std::size_t b = 0; b < n; ++b) {
                for (std::size_t l = 0; l < most; ++l) {
                    h[a * n + b] += basis[a][k] * jj[k * most + l] * basis[b][l];
                }
            }
        }
    }
    auto const of_t = bt;
    auto const of_w = bw;
    if (!factorise(h, n)) {
        return std::nullopt;
    }
    solve_factorised(h, n, bt);
    solve_factorised(h, n, bw);
    double above = sums.covariance(sums.ww, sums.w, sums.w);
    double below = sums.covariance(sums.tw, sums.t, sums.w);
    for (std::size_t a = 0; a < n; ++a) {
        above -= of_w[a] * bw[a];
        below -= of_t[a] * bw[a];
    }
    if (!(below > 0.0)) {
        return std::nullopt;
    }
    double const lambda = above / below;
    std::array<double, most> step{};
    for (std::size_t a = 0; a < n; ++a) {
        double const size = lambda * bt[a] - bw[a];
        for (std::size_t k = 0; k < most; ++k) {
            step[k] += size * basis[a][k];
        }
    }
    return step;
}

/// How far two warps are apart in a box, pixels of the level.
double apart(Warp const& a, Warp const& b, PixelBox const& box, double step) {
    double farthest = 0.0;
    for (std::ptrdiff_t const y : {box.top, box.bottom - 1}) {
        for (std::ptrdiff_t const x : {box.left, box.right - 1}) {
            auto const one = a.map(static_cast<double>(x) * step, static_cast<double>(y) * step);
            auto const other = b.map(static_cast<double>(x) * step, static_cast<double>(y) * step);
            double const distance = std::hypot(one[0] - other[0], one[1] - other[1]) / step;
            farthest = distance <= farthest ? farthest : distance; // a NaN is far
        }
    }
    return farthest;
}

} // namespace

std::array<double, 2> Warp::map(double x, double y) const noexcept {
    double const u = (x - centre[0]) / scale;
    double const v = (y - centre[1]) / scale;
    double const below = 1.0 / (1.0 + p[6] * u + p[7] * v);
    return {moving_centre[0] + scale * ((1.0 + p[0]) * u + p[1] * v + p[2]) * below,
            moving_centre[1] + scale * (p[3] * u + (1.0 + p[4]) * v + p[5]) * below};
}

EccResult maximise_ecc(Grey const& reference,
                       Grey const& moving,
                       std::ptrdiff_t level,
                       PixelBox const& box,
                       Warp const& start,
                       EccFreedom freedom,
                       unsigned threads) {
    auto const step = static_cast<double>(std::ptrdiff_t{1} << level);
    auto const basis = basis_of(freedom);
    EccResult best{start, -1.0, 0.0, false};
    Warp warp = start;
    bool is_still = false;
    double last_step = stray;
    for (int round = 0; round < most_rounds; ++round) {
        Sums const sums = sum_up({reference, moving, step, box, warp, true}, threads);
        if (sums.n < fewest_pixels) {
            return best;
        }
        double const correlation = sums.correlation();
        if (correlation > best.correlation) {
            best = {warp, correlation, sums.n / sums.tried, false};
        }
        if (is_still) {
            best.converged = true;
            return best;
        }
        auto const change = next_step(sums, basis);
        if (!change) {
            return best;
        }
        Warp next = warp;
        for (std::size_t k = 0; k < most; ++k) {
            next.p[k] += (*change)[k];
        }
        if (!(apart(next, start, box, step) < stray)) {
            return best;
        }
        last_step = apart(next, warp, box, step);
        is_still = last_step < still;
        warp = next;
    }
    best.converged = last_step < nearly_still;
    return best;
}

EccResult correlate(Grey const& reference,
                    Grey const& moving,
                    std::ptrdiff_t level,
                    Warp const& warp,
                    unsigned threads) {
    auto const step = static_cast<double>(std::ptrdiff_t{1} << level);
    Sums const sums = sum_up({reference,
                              moving,
                              step,
                              {0, 0, reference.shape.height, reference.shape.width},
                              warp,
                              false},
                             threads);
    return {warp, sums.correlation(), sums.tried > 0.0 ? sums.n / sums.tried : 0.0, false};
}

Grey resample(Grey const& moving, Shape reference, std::ptrdiff_t level, Warp const& warp) {
    auto const step = static_cast<double>(std::ptrdiff_t{1} << level);
    Grey result{reference,
                std::vector<float>(static_cast<std::size_t>(reference.area()), 0.0F),
                std::vector<std::uint8_t>(static_cast<std::size_t>(reference.area()), 0)};
    for (std::ptrdiff_t y = 0; y < reference.height; ++y) {
        for (std::ptrdiff_t x = 0; x < reference.width; ++x) {
            auto const place =
                warp.map(static_cast<double>(x) * step, static_cast<double>(y) * step);
            if (auto const corner = corner_at(moving, place[0] / step, place[1] / step)) {
                result.value[result.at(y, x)] = mix(moving.value.data() + corner->at,
                                                    *corner,
                                                    static_cast<std::size_t>(moving.shape.width));
                result.is_good[result.at(y, x)] = 1;
            }
        }
    }
    return result;
}

} // namespace cmq::detect
