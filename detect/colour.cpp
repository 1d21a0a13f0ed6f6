// SPDX-License-Identifier: GPL-3.0-or-later

#include "detect/colour.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace cmq::detect {
namespace {

constexpr std::size_t colours = channel_names.size();

void copy_block(ColourLight const& from, std::size_t offset, ColourLight& to) {
    for (std::size_t i = 0; i < from.channels(); ++i) {
        to.flux_dn[offset + i] = from.flux_dn[i];
        for (std::size_t j = 0; j < from.channels(); ++j) {
            to.covariance_dn2[(offset + i) * to.channels() + offset + j] =
                from.covariance_dn2[i * from.channels() + j];
        }
    }
}

} // namespace

double ColourLight::total_dn() const noexcept {
    return std::accumulate(flux_dn.begin(), flux_dn.end(), 0.0);
}

double ColourLight::total_sigma_dn() const noexcept {
    return std::sqrt(std::accumulate(covariance_dn2.begin(), covariance_dn2.end(), 0.0));
}

ColourLight to_colour_light(PerPlane<double> const& flux_dn,
                            std::array<PerPlane<double>, plane_count> const& covariance_dn2) {
    ColourLight light{.flux_dn = std::vector<double>(colours),
                      .covariance_dn2 = std::vector<double>(colours * colours)};
    for (std::size_t p = 0; p < plane_count; ++p) {
        light.flux_dn[channel_of[p]] += flux_dn[p];
        for (std::size_t q = 0; q < plane_count; ++q) {
            light.covariance_dn2[channel_of[p] * colours + channel_of[q]] += covariance_dn2[p][q];
        }
    }
    return light;
}

ColourLight to_colour_light(Trace const& trace) {
    std::array<PerPlane<double>, plane_count> covariance{};
    std::size_t i = 0;
    for (std::size_t p = 0; p < plane_count; ++p) {
        for (std::size_t q = p; q < plane_count; ++q) {
            covariance[p][q] = trace.flux_covariance_dn2[i];
            covariance[q][p] = trace.flux_covariance_dn2[i];
            ++i;
        }
    }
    return to_colour_light(trace.flux_dn, covariance);
}

ColourLight join(ColourLight const& first, ColourLight const& second) {
    std::size_t const channels = first.channels() + second.channels();
    ColourLight both{.flux_dn = std::vector<double>(channels),
                     .covariance_dn2 = std::vector<double>(channels * channels)};
    copy_block(first, 0, both);
    copy_block(second, first.channels(), both);
    return both;
}

} // namespace cmq::detect
