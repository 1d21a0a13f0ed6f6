// SPDX-License-Identifier: GPL-3.0-or-later

/// \file
/// `study_noise_maxima FRAMES SEED`: which share of the cells above a significance are local maxima, in
/// white noise of 1024 x 1024 cells a frame. The fit in detect/false_rate.cpp stands on this table.
/// Each plane is a field of one degree of its own, so these rows stand on four times as many cells.

#include "core/random.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <vector>

namespace {

constexpr std::ptrdiff_t side = 1024;
constexpr std::size_t levels = 48;
constexpr std::ptrdiff_t margin = 8; // of a field, where filters look past its ends

double chi_square_tail(double t, std::size_t degrees) {
    switch (degrees) {
    case 1:
        return std::erfc(std::sqrt(0.5 * t));
    case 2:
        return std::exp(-0.5 * t);
    case 3:
        return std::erfc(std::sqrt(0.5 * t)) +
               std::sqrt(2.0 * t / 3.14159265358979) * std::exp(-0.5 * t);
    default:
        return std::exp(-0.5 * t) * (1.0 + 0.5 * t);
    }
}

// A separable Gaussian of unit power: taps at whole steps plus `shift`.
struct Filter {
    char const* name;
    double sigma;
    std::ptrdiff_t reach;
    double shift;

    [[nodiscard]] std::vector<float> taps() const {
        std::vector<float> result;
        double power = 0.0;
        for (std::ptrdiff_t i = -reach; i <= reach; ++i) {
            double const u = (static_cast<double>(i) + shift) / sigma;
            result.push_back(static_cast<float>(std::exp(-0.5 * u * u)));
            power += std::exp(-u * u);
        }
        for (float& tap : result) {
            tap = static_cast<float>(static_cast<double>(tap) / std::sqrt(power));
        }
        return result;
    }
};

// Filters one axis of a field; stride: from one value to the next along it. Ends are as if noise had
// stopped there: they are not counted.
void filter_axis(std::vector<float> const& tap,
                 std::vector<float> const& in,
                 std::ptrdiff_t stride,
                 std::vector<float>& out) {
    auto const reach = static_cast<std::ptrdiff_t>(tap.size() / 2);
    auto const area = static_cast<std::ptrdiff_t>(in.size());
    out.assign(in.size(), 0.0F);
    for (std::ptrdiff_t k = -reach; k <= reach; ++k) {
        float const t = tap[static_cast<std::size_t>(k + reach)];
        std::ptrdiff_t const first = std::max<std::ptrdiff_t>(0, -k * stride);
        std::ptrdiff_t const last = std::min(area, area - k * stride);
        for (std::ptrdiff_t i = first; i < last; ++i) {
            out[static_cast<std::size_t>(i)] += t * in[static_cast<std::size_t>(i + k * stride)];
        }
    }
}

bool is_maximum(std::vector<float> const& t, std::ptrdiff_t y, std::ptrdiff_t x) {
    float const centre = t[static_cast<std::size_t>(y * side + x)];
    for (std::ptrdiff_t dy = -1; dy <= 1; ++dy) {
        for (std::ptrdiff_t dx = -1; dx <= 1; ++dx) {
            if ((dy != 0 || dx != 0) &&
                t[static_cast<std::size_t>((y + dy) * side + x + dx)] > centre) {
                return false;
            }
        }
    }
    return true;
}

void count_maxima(std::vector<float> const& t, std::array<double, levels>& count) {
    for (std::ptrdiff_t y = margin; y + margin < side; ++y) {
        for (std::ptrdiff_t x = margin; x + margin < side; ++x) {
            float const value = t[static_cast<std::size_t>(y * side + x)];
            if (value >= 16.0F && is_maximum(t, y, x)) {
                for (std::size_t k = 16; k < levels && static_cast<float>(k) <= value; ++k) {
                    count[k] += 1.0;
                }
            }
        }
    }
}

} // namespace

int main(int argc, char** argv) {
    if (argc != 3) {
        std::fputs("usage: study_noise_maxima FRAMES SEED\n", stderr);
        return 2;
    }
    std::uint64_t const frames = std::strtoull(argv[1], nullptr, 10);
    std::uint64_t const seed = std::strtoull(argv[2], nullptr, 10);
    auto const area = static_cast<std::size_t>(side * side);
    std::array<Filter, 4> const filters{
        Filter{"1 cell", 1.0, 3, -0.25},
        Filter{"2 cells", 2.0, 7, -0.25},
        Filter{"1 cell, not shifted", 1.0, 4, 0.0},
        Filter{"1.3 photosites, 7 taps", 1.3, 3, 0.0},
    };
    std::array<std::vector<float>, 4> noise;
    std::vector<float> across;
    std::vector<float> z;
    std::array<std::array<std::array<double, levels>, 5>, 4> count{};
    for (std::uint64_t i = 0; i < frames; ++i) {
        cmq::Random random{seed, 1, i};
        for (auto& plane : noise) {
            plane.resize(area);
            for (float& value : plane) {
                value = static_cast<float>(random.normal());
            }
        }
        for (std::size_t s = 0; s < filters.size(); ++s) {
            auto const tap = filters[s].taps();
            std::vector<float> t(area, 0.0F);
            std::vector<float> one(area, 0.0F);
            for (std::size_t k = 1; k <= noise.size(); ++k) {
                filter_axis(tap, noise[k - 1], 1, across);
                filter_axis(tap, across, side, z);
                for (std::size_t c = 0; c < area; ++c) {
                    one[c] = z[c] * z[c];
                    t[c] += one[c];
                }
                count_maxima(one, count[s][1]);
                if (k >= 2) {
                    count_maxima(t, count[s][k]);
                }
            }
        }
    }
    std::puts("| filter | degrees | significance | maxima | of the cells above |");
    std::puts("|---|---|---|---|---|");
    double const one_field =
        static_cast<double>(frames) * (side - 2.0 * margin) * (side - 2.0 * margin);
    for (std::size_t s = 0; s < filters.size(); ++s) {
        for (std::size_t k = 1; k <= 4; ++k) {
            double const tested = k == 1 ? 4.0 * one_field : one_field;
            for (std::size_t t = 16; t <= 36; t += 4) {
                double const found = count[s][k][t];
                std::printf("| %s | %zu | %zu | %.0f | %.4f +- %.4f |\n",
                            filters[s].name,
                            k,
                            t,
                            found,
                            found / tested / chi_square_tail(static_cast<double>(t), k),
                            std::sqrt(found) / tested / chi_square_tail(static_cast<double>(t), k));
            }
        }
    }
    return 0;
}
