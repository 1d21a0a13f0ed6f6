// SPDX-License-Identifier: GPL-3.0-or-later

/// \file
/// `study_noise_maxima FRAMES SEED`: which share of the cells above a significance are local maxima, in
/// white noise of 1024 x 1024 cells a frame. The fit in detect/false_rate.cpp stands on this table.

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
    case 2:
        return std::exp(-0.5 * t);
    case 3:
        return std::erfc(std::sqrt(0.5 * t)) +
               std::sqrt(2.0 * t / 3.14159265358979) * std::exp(-0.5 * t);
    default:
        return std::exp(-0.5 * t) * (1.0 + 0.5 * t);
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
    std::array<double, 2> const scales{1.0, 2.0};
    std::array<std::array<std::array<double, levels>, 5>, 2> count{};
    cmq::detect::FilteredPlanes z;
    for (std::uint64_t i = 0; i < frames; ++i) {
        cmq::Random random{seed, 1, i};
        for (auto& plane : cells.residual) {
            plane.resize(area);
            for (float& value : plane) {
                value = static_cast<float>(random.normal());
            }
        }
        for (std::size_t s = 0; s < scales.size(); ++s) {
            cmq::detect::filter_planes(
                cells, background, frame, cmq::detect::make_kernel(scales[s]), 0, z);
            std::vector<float> t(area, 0.0F);
            for (std::size_t k = 1; k <= cmq::plane_count; ++k) {
                for (std::size_t c = 0; c < area; ++c) {
                    t[c] += z.z[k - 1][c] * z.z[k - 1][c];
                }
                if (k >= 2) {
                    count_maxima(t, count[s][k]);
                }
            }
        }
    }
    std::puts("| filter, cells | degrees | significance | maxima | of the cells above |");
    std::puts("|---|---|---|---|---|");
    double const tested = static_cast<double>(frames) * (side - 2.0) * (side - 2.0);
    for (std::size_t s = 0; s < scales.size(); ++s) {
        for (std::size_t k = 2; k <= 4; ++k) {
            for (std::size_t t = 16; t <= 36; t += 4) {
                double const found = count[s][k][t];
                std::printf("| %.0f | %zu | %zu | %.0f | %.4f +- %.4f |\n",
                            scales[s],
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
