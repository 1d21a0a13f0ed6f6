// SPDX-License-Identifier: GPL-3.0-or-later

#include "detect/robust_surface.hpp"

#include "core/error.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <utility>

namespace cmq::detect {
namespace {

constexpr int most_rounds = 30;
constexpr double settled =
    1e-3; // of the spread: what a round may still change; the noise of blocks moves the surface by more
constexpr double tukey = 4.685;
constexpr double to_sigma = 1.482602; // of a normal law's median absolute value
constexpr std::size_t side_by_side = 4;

using Terms = SurfaceTerms;
using Matrix = std::array<Terms, surface_terms>;

// -1 to 1.
double along(std::ptrdiff_t at, std::ptrdiff_t count) {
    return count > 1 ? 2.0 * static_cast<double>(at) / static_cast<double>(count - 1) - 1.0 : 0.0;
}

// Weighted least squares by elimination; a term that the values cannot tell gets 0.
Terms solve(Matrix matrix, Terms right, std::size_t count) {
    Terms result{};
    std::array<bool, surface_terms> used{};
    for (std::size_t c = 0; c < count; ++c) {
        if (!(matrix[c][c] > 1e-9)) {
            continue;
        }
        used[c] = true;
        for (std::size_t r = 0; r < count; ++r) {
            if (r != c) {
                double const factor = matrix[r][c] / matrix[c][c];
                for (std::size_t k = c; k < count; ++k) {
                    matrix[r][k] -= factor * matrix[c][k];
                }
                right[r] -= factor * right[c];
            }
        }
    }
    for (std::size_t c = 0; c < count; ++c) {
        result[c] = used[c] ? right[c] / matrix[c][c] : 0.0;
    }
    return result;
}

double median_of(std::vector<double> values) {
    auto const middle = values.begin() + static_cast<std::ptrdiff_t>(values.size() / 2);
    std::nth_element(values.begin(), middle, values.end());
    return *middle;
}

// Median distances of the same blocks from one surface after the other: the next lies near the last.
class Spread {
public:
    explicit Spread(std::vector<std::uint8_t> const& good)
        : good_{good}
        , count_{static_cast<std::size_t>(std::ranges::count(good, 1))} {}

    double operator()(std::vector<double> const& residual) {
        near_.resize(residual.size());
        if (last_ == 0.0) {
            last_ = median_of_some(residual);
        }
        std::size_t const rank = count_ / 2;
        Bracket bracket = take(residual, 0.95 * last_, 1.05 * last_);
        if (rank < bracket.below || rank >= bracket.below + bracket.within) {
            bracket = take(residual, 0.0, std::numeric_limits<double>::max());
        }
        last_ = near_at(bracket.within, rank - bracket.below);
        return to_sigma * last_;
    }

private:
    struct Bracket {
        std::size_t below = 0;
        std::size_t within = 0;
    };

    // The distances within [low, high] into near_.
    Bracket take(std::vector<double> const& residual, double low, double high) {
        Bracket bracket;
        for (std::size_t i = 0; i < residual.size(); ++i) {
            double const distance =
                good_[i] != 0 ? std::abs(residual[i]) : std::numeric_limits<double>::infinity();
            near_[bracket.within] = distance;
            bracket.below += distance < low ? 1U : 0U;
            bracket.within += distance >= low && distance <= high ? 1U : 0U;
        }
        return bracket;
    }

    double near_at(std::size_t count, std::size_t rank) {
        auto const middle = near_.begin() + static_cast<std::ptrdiff_t>(rank);
        std::nth_element(near_.begin(), middle, near_.begin() + static_cast<std::ptrdiff_t>(count));
        return *middle;
    }

    // A guess, of every 16th.
    double median_of_some(std::vector<double> const& residual) {
        std::size_t count = 0;
        for (std::size_t i = 0; i < residual.size(); i += 16) {
            near_[count] = std::abs(residual[i]);
            count += good_[i] != 0 ? 1U : 0U;
        }
        return count > 0 ? near_at(count, count / 2) : 0.0;
    }

    std::vector<std::uint8_t> const& good_;
    std::size_t count_;
    std::vector<double> near_;
    double last_ = 0.0;
};

// Of one row of blocks: weights times 1, x, .. x^4, and times 1, x, x^2 of the values.
struct RowSums {
    std::array<double, 5> weight{};
    std::array<double, 3> value{};
};

// Sums of the weighted terms of all blocks, and of all weights.
struct Sums {
    Matrix matrix{};
    Terms right{};
    double all = 0.0;

    // Terms are 1, x, y, x^2, x y, y^2; of two of them the product has the sum of their powers.
    void add(RowSums const& row, double y) {
        static constexpr std::array<std::size_t, surface_terms> power_x{0, 1, 0, 2, 1, 0};
        static constexpr std::array<std::size_t, surface_terms> power_y{0, 0, 1, 0, 1, 2};
        std::array<double, 5> const power{1.0, y, y * y, y * y * y, y * y * y * y};
        all += row.weight[0];
        for (std::size_t r = 0; r < surface_terms; ++r) {
            right[r] += row.value[power_x[r]] * power[power_y[r]];
            for (std::size_t c = 0; c < surface_terms; ++c) {
                matrix[r][c] +=
                    row.weight[power_x[r] + power_x[c]] * power[power_y[r] + power_y[c]];
            }
        }
    }
};

class Fit {
public:
    Fit(std::vector<double> const& value,
        std::vector<std::uint8_t> const& good,
        Shape shape,
        std::size_t terms)
        : value_{value}
        , good_{good}
        , shape_{shape}
        , terms_{terms}
        , spread_{good} {
        for (std::ptrdiff_t x = 0; x < shape.width; ++x) {
            x_.push_back(along(x, shape.width));
        }
    }

    // Residuals above a surface, and their spread.
    void measure(Terms const& terms, RobustSurface& surface) {
        surface.terms = terms;
        surface.residual.resize(value_.size());
        for (std::ptrdiff_t row = 0; row < shape_.height; ++row) {
            double const y = along(row, shape_.height);
            double const level = terms[0] + y * (terms[2] + y * terms[5]);
            double const slope = terms[1] + y * terms[4];
            auto const first = static_cast<std::size_t>(row * shape_.width);
            for (std::size_t k = 0; k < x_.size(); ++k) {
                double const x = x_[k];
                double const away = value_[first + k] - (level + x * (slope + x * terms[3]));
                surface.residual[first + k] = good_[first + k] != 0 ? away : 0.0;
            }
        }
        surface.spread = spread_(surface.residual);
    }

    // The surface of least squares under Tukey's weights of the residuals.
    Terms weighted(RobustSurface& surface) {
        surface.weight.resize(value_.size());
        double const by = 1.0 / (tukey * surface.spread);
        for (std::size_t i = 0; i < value_.size(); ++i) {
            double const u = surface.residual[i] * by;
            double const inside = std::max(0.0, 1.0 - u * u);
            surface.weight[i] = good_[i] != 0 ? inside * inside : 0.0;
        }
        Sums sums;
        for (std::ptrdiff_t row = 0; row < shape_.height; ++row) {
            auto const first = static_cast<std::size_t>(row * shape_.width);
            sums.add(sum_row(surface.weight.data() + first, value_.data() + first),
                     along(row, shape_.height));
        }
        for (std::size_t r = 0; r < terms_; ++r) {
            sums.right[r] /= sums.all;
            for (double& product : sums.matrix[r]) {
                product /= sums.all;
            }
        }
        return solve(sums.matrix, sums.right, terms_);
    }

private:
    RowSums sum_row(double const* weight, double const* value) const {
        using Lanes = std::array<double, side_by_side>;
        std::array<Lanes, 5> w{};
        std::array<Lanes, 3> v{};
        std::size_t const whole = x_.size() / side_by_side * side_by_side;
        auto const add = [&](std::size_t k, std::size_t lane) {
            double const x = x_[k];
            double const w0 = weight[k];
            double const w1 = w0 * x;
            double const w2 = w1 * x;
            w[0][lane] += w0;
            w[1][lane] += w1;
            w[2][lane] += w2;
            w[3][lane] += w2 * x;
            w[4][lane] += w2 * x * x;
            v[0][lane] += w0 * value[k];
            v[1][lane] += w1 * value[k];
            v[2][lane] += w2 * value[k];
        };
        for (std::size_t k = 0; k < whole; k += side_by_side) {
            for (std::size_t lane = 0; lane < side_by_side; ++lane) {
                add(k + lane, lane);
            }
        }
        for (std::size_t k = whole; k < x_.size(); ++k) {
            add(k, 0);
        }
        RowSums sums;
        auto const total = [](Lanes const& l) { return (l[0] + l[2]) + (l[1] + l[3]); };
        std::ranges::transform(w, sums.weight.begin(), total);
        std::ranges::transform(v, sums.value.begin(), total);
        return sums;
    }

    std::vector<double> const& value_;
    std::vector<std::uint8_t> const& good_;
    Shape shape_;
    std::size_t terms_;
    Spread spread_;
    std::vector<double> x_;
};

// How far two surfaces lie apart at most, between -1 and 1.
double apart(Terms const& a, Terms const& b) {
    double sum = 0.0;
    for (std::size_t k = 0; k < a.size(); ++k) {
        sum += std::abs(a[k] - b[k]);
    }
    return sum;
}

// Of one row, the sums of each value with its left and right neighbours, and how many of them count.
void sum_across(
    double const* value, std::uint8_t const* good, std::size_t width, double* sum, double* count) {
    auto const one = [&](std::size_t x) { return good[x] != 0 ? value[x] : 0.0; };
    auto const is = [&](std::size_t x) { return good[x] != 0 ? 1.0 : 0.0; };
    for (std::size_t x = 0; x < width; ++x) {
        sum[x] = one(x) + (x > 0 ? one(x - 1) : 0.0) + (x + 1 < width ? one(x + 1) : 0.0);
        count[x] = is(x) + (x > 0 ? is(x - 1) : 0.0) + (x + 1 < width ? is(x + 1) : 0.0);
    }
}

} // namespace

RobustSurface fit_surface(std::vector<double> const& value,
                          std::vector<std::uint8_t> const& good,
                          Shape shape,
                          int order,
                          std::optional<SurfaceTerms> const& start) {
    CMQ_EXPECTS(value.size() == static_cast<std::size_t>(shape.area()) &&
                good.size() == value.size() && std::ranges::count(good, 1) >= 10);
    Fit fit{value, good, shape, order == 1 ? 3 : surface_terms};
    RobustSurface result;
    Terms first{};
    if (start) {
        first = *start;
    } else {
        std::vector<double> some;
        for (std::size_t i = 0; i < value.size(); ++i) {
            if (good[i] != 0) {
                some.push_back(value[i]);
            }
        }
        first[0] = median_of(std::move(some));
    }
    fit.measure(first, result);
    for (int round = 0; round < most_rounds && result.spread > 0.0; ++round) {
        Terms const before = result.terms;
        double const spread = result.spread;
        fit.measure(fit.weighted(result), result);
        if (apart(before, result.terms) + std::abs(spread - result.spread) <=
            settled * result.spread) {
            break;
        }
    }
    result.weight.resize(value.size(), 0.0);
    return result;
}

RobustSurface smoothed(RobustSurface surface, std::vector<std::uint8_t> const& good, Shape shape) {
    auto const width = static_cast<std::size_t>(shape.width);
    auto const height = static_cast<std::size_t>(shape.height);
    std::vector<double> sum(good.size());
    std::vector<double> count(good.size());
    for (std::size_t y = 0; y < height; ++y) {
        std::size_t const row = y * width;
        sum_across(&surface.residual[row], &good[row], width, &sum[row], &count[row]);
    }
    for (std::size_t y = 0; y < height; ++y) {
        std::size_t const up = (y > 0 ? y - 1 : y) * width;
        std::size_t const down = (y + 1 < height ? y + 1 : y) * width;
        double const has_up = y > 0 ? 1.0 : 0.0;
        double const has_down = y + 1 < height ? 1.0 : 0.0;
        for (std::size_t x = 0; x < width; ++x) {
            std::size_t const i = y * width + x;
            double const around = sum[i] + has_up * sum[up + x] + has_down * sum[down + x];
            double const of = count[i] + has_up * count[up + x] + has_down * count[down + x];
            surface.residual[i] = good[i] != 0 ? around / of : surface.residual[i];
        }
    }
    surface.spread = Spread{good}(surface.residual);
    return surface;
}

} // namespace cmq::detect
