// SPDX-License-Identifier: GPL-3.0-or-later

#include "detect/robust_surface.hpp"

#include "core/error.hpp"
#include "detect/segments.hpp"

#include <algorithm>
#include <array>
#include <cmath>

namespace cmq::detect {
namespace {

constexpr std::size_t most_terms = 6;
constexpr int rounds = 30;
constexpr double tukey = 4.685;
constexpr double to_sigma = 1.482602; // of a normal law's median absolute value

using Terms = std::array<double, most_terms>;

// 1, x, y, x^2, x y, y^2 over -1 to 1.
Terms terms_at(Shape shape, std::size_t i) {
    auto const k = static_cast<std::ptrdiff_t>(i);
    auto const along = [](std::ptrdiff_t at, std::ptrdiff_t count) {
        return count > 1 ? 2.0 * static_cast<double>(at) / static_cast<double>(count - 1) - 1.0
                         : 0.0;
    };
    double const x = along(k % shape.width, shape.width);
    double const y = along(k / shape.width, shape.height);
    return {1.0, x, y, x * x, x * y, y * y};
}

// Weighted least squares by elimination; a term that the values cannot tell gets 0.
Terms solve(std::array<Terms, most_terms> matrix, Terms right, std::size_t count) {
    Terms result{};
    std::array<bool, most_terms> used{};
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

double spread_of(std::vector<double> const& residual, std::vector<std::uint8_t> const& good) {
    std::vector<double> distance;
    for (std::size_t i = 0; i < residual.size(); ++i) {
        if (good[i] != 0) {
            distance.push_back(std::abs(residual[i]));
        }
    }
    return to_sigma * median_of(std::move(distance));
}

Terms fit(std::vector<double> const& value,
          std::vector<double> const& weight,
          Shape shape,
          std::size_t count) {
    std::array<Terms, most_terms> matrix{};
    Terms right{};
    double all = 0.0;
    for (std::size_t i = 0; i < value.size(); ++i) {
        all += weight[i];
        if (weight[i] > 0.0) {
            Terms const t = terms_at(shape, i);
            for (std::size_t r = 0; r < count; ++r) {
                right[r] += weight[i] * t[r] * value[i];
                for (std::size_t c = 0; c < count; ++c) {
                    matrix[r][c] += weight[i] * t[r] * t[c];
                }
            }
        }
    }
    for (std::size_t r = 0; r < count; ++r) {
        right[r] /= all;
        for (std::size_t c = 0; c < count; ++c) {
            matrix[r][c] /= all;
        }
    }
    return solve(matrix, right, count);
}

// Tukey's weights of the residuals.
void weigh(std::vector<std::uint8_t> const& good, RobustSurface& surface) {
    surface.weight.assign(surface.residual.size(), 0.0);
    for (std::size_t i = 0; i < surface.residual.size(); ++i) {
        double const u = surface.residual[i] / (tukey * surface.spread);
        if (good[i] != 0 && std::abs(u) < 1.0) {
            surface.weight[i] = (1.0 - u * u) * (1.0 - u * u);
        }
    }
}

} // namespace

RobustSurface fit_surface(std::vector<double> const& value,
                          std::vector<std::uint8_t> const& good,
                          Shape shape,
                          int order) {
    CMQ_EXPECTS(value.size() == static_cast<std::size_t>(shape.area()) &&
                good.size() == value.size() && std::ranges::count(good, 1) >= 10);
    std::size_t const count = order == 1 ? 3 : most_terms;
    RobustSurface result;
    std::vector<double> some;
    for (std::size_t i = 0; i < value.size(); ++i) {
        if (good[i] != 0) {
            some.push_back(value[i]);
        }
    }
    double const median = median_of(std::move(some));
    result.residual.resize(value.size());
    for (std::size_t i = 0; i < value.size(); ++i) {
        result.residual[i] = good[i] != 0 ? value[i] - median : 0.0;
    }
    result.spread = spread_of(result.residual, good);
    for (int round = 0; round < rounds && result.spread > 0.0; ++round) {
        weigh(good, result);
        Terms const terms = fit(value, result.weight, shape, count);
        for (std::size_t i = 0; i < value.size(); ++i) {
            Terms const t = terms_at(shape, i);
            double surface = 0.0;
            for (std::size_t k = 0; k < count; ++k) {
                surface += terms[k] * t[k];
            }
            result.residual[i] = good[i] != 0 ? value[i] - surface : 0.0;
        }
        result.spread = spread_of(result.residual, good);
    }
    result.weight.resize(value.size(), 0.0);
    return result;
}

RobustSurface smoothed(RobustSurface surface, std::vector<std::uint8_t> const& good, Shape shape) {
    std::vector<double> const before = surface.residual;
    for (std::size_t i = 0; i < before.size(); ++i) {
        if (good[i] == 0) {
            continue;
        }
        double sum = before[i];
        double count = 1.0;
        for_neighbours(shape, i, [&](std::size_t next) {
            if (good[next] != 0) {
                sum += before[next];
                count += 1.0;
            }
        });
        surface.residual[i] = sum / count;
    }
    surface.spread = spread_of(surface.residual, good);
    return surface;
}

} // namespace cmq::detect
