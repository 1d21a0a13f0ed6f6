// SPDX-License-Identifier: GPL-3.0-or-later

/// \file
/// `study_noise_maxima FRAMES SEED`: which share of the cells above a significance are local maxima, in
/// white noise of 1024 x 1024 cells a frame. The fit in detect/false_rate.cpp stands on this table.
/// Each plane is a field of one degree of its own, so these rows stand on four times as many cells.

#include "core/random.hpp"
#include "detect/matched_filter.hpp"

#include <array>
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <vector>

namespace {

constexpr std::ptrdiff_t side = 1024;
constexpr std::size_t levels = 48;

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

struct Filter {
    char const* name;
    cmq::detect::Kernel kernel;
};

// Centred on photosites, as on one plane alone: no quarter of a cell to either side.
cmq::detect::Kernel make_centred_kernel(double sigma, std::ptrdiff_t reach) {
    cmq::detect::Kernel kernel;
    kernel.scale_cells = sigma;
    kernel.reach = reach;
    for (std::ptrdiff_t i = -reach; i <= reach; ++i) {
        double const u = static_cast<double>(i) / sigma;
        double const tap = std::exp(-0.5 * u * u);
        kernel.tap[0].push_back(static_cast<float>(tap));
        kernel.sum2 += tap * tap;
    }
    kernel.tap[1] = kernel.tap[0];
    return kernel;
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
    for (std::ptrdiff_t y = 1; y + 1 < side; ++y) {
        for (std::ptrdiff_t x = 1; x + 1 < side; ++x) {
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
    cmq::Frame frame;
    frame.shape = {2 * side, 2 * side};
    cmq::detect::Cells cells;
    cells.shape = {side, side};
    auto const area = static_cast<std::size_t>(side * side);
    cells.flags.assign(area, cmq::detect::all_planes);
    cmq::detect::Background background;
    background.mesh = cmq::detect::make_mesh(cells.shape, 32);
    for (auto& plane : background.variance_dn2) {
        plane.assign(static_cast<std::size_t>(background.mesh.blocks.area()), 1.0);
    }
    std::array<Filter, 4> const filters{
        Filter{"1 cell", cmq::detect::make_kernel(1.0)},
        Filter{"2 cells", cmq::detect::make_kernel(2.0)},
        Filter{"1 cell, not shifted", make_centred_kernel(1.0, 4)},
        Filter{"1.3 photosites, 7 taps", make_centred_kernel(1.3, 3)},
    };
    std::array<std::array<std::array<double, levels>, 5>, 4> count{};
    cmq::detect::FilteredPlanes z;
    for (std::uint64_t i = 0; i < frames; ++i) {
        cmq::Random random{seed, 1, i};
        for (auto& plane : cells.residual) {
            plane.resize(area);
            for (float& value : plane) {
                value = static_cast<float>(random.normal());
            }
        }
        for (std::size_t s = 0; s < filters.size(); ++s) {
            cmq::detect::filter_planes(cells, background, frame, filters[s].kernel, 0, z);
            std::vector<float> t(area, 0.0F);
            std::vector<float> one(area, 0.0F);
            for (std::size_t k = 1; k <= cmq::plane_count; ++k) {
                for (std::size_t c = 0; c < area; ++c) {
                    one[c] = z.z[k - 1][c] * z.z[k - 1][c];
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
    double const one_field = static_cast<double>(frames) * (side - 2.0) * (side - 2.0);
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
