// SPDX-License-Identifier: GPL-3.0-or-later

#include "capture/measure_region.hpp"

#include "core/error.hpp"

#include <algorithm>
#include <cmath>

namespace cmq::capture {
namespace {

constexpr std::size_t fewest_photosites = 16;
constexpr double most_masked = 0.1;

// Of three degrees of freedom, exceeded by chance once in 1000.
constexpr double chi2_of_three = 16.266;

// Sums of one plane's good photosites.
struct Sums {
    double value = 0;
    double square = 0;
    double variance = 0;
    std::size_t count = 0;
};

double relative(WithSigma const& number) {
    return number.sigma / number.value;
}

} // namespace

void check_region(Frame const& frame, FrameRegion const& region) {
    if (region.x < 0 || region.y < 0 || region.width < 1 || region.height < 1 ||
        region.width > frame.shape.width - region.x ||
        region.height > frame.shape.height - region.y) {
        throw Error{ErrorKind::domain,
                    {"la zone {},{},{},{} sort de l’image de {} x {} photosites",
                     "the region {},{},{},{} reaches beyond the frame of {} x {} photosites"},
                    region.x,
                    region.y,
                    region.width,
                    region.height,
                    frame.shape.width,
                    frame.shape.height};
    }
}

RegionLight measure_region(Frame const& frame, FrameRegion const& region) {
    check_region(frame, region);
    PerPlane<Sums> sums;
    std::size_t masked = 0;
    for (std::ptrdiff_t y = region.y; y < region.y + region.height; ++y) {
        for (std::ptrdiff_t x = region.x; x < region.x + region.width; ++x) {
            auto const at = static_cast<std::size_t>(y * frame.shape.width + x);
            if (frame.mask[at] != 0) {
                ++masked;
                continue;
            }
            Sums& plane = sums[static_cast<std::size_t>(frame.cfa.at(y, x))];
            auto const value = static_cast<double>(frame.value[at]);
            plane.value += value;
            plane.square += value * value;
            plane.variance += static_cast<double>(frame.variance[at]);
            ++plane.count;
        }
    }
    RegionLight light;
    light.masked_share =
        static_cast<double>(masked) / static_cast<double>(region.width * region.height);
    for (std::size_t p = 0; p < plane_count; ++p) {
        if (sums[p].count < fewest_photosites || light.masked_share > most_masked) {
            throw Error{
                ErrorKind::insufficient,
                {"la zone {},{},{},{} a trop peu de photosites utilisables : {} dans le plan {}, "
                 "{} écartés",
                 "the region {},{},{},{} has too few good photosites: {} in plane {}, {} left out"},
                region.x,
                region.y,
                region.width,
                region.height,
                sums[p].count,
                plane_names[p],
                masked};
        }
        auto const n = static_cast<double>(sums[p].count);
        double const mean = sums[p].value / n;
        light.mean_dn[p] = {mean,
                            std::hypot(std::sqrt(sums[p].variance) / n, frame.black_dn_sigma[p])};
        light.spread_dn[p] = std::sqrt(std::max(sums[p].square / n - mean * mean, 0.0));
        light.photosites[p] = sums[p].count;
    }
    return light;
}

PerPlane<std::optional<WithSigma>> relative_radiance(RegionLight const& region,
                                                     double exposure_s,
                                                     RegionLight const& target,
                                                     double target_exposure_s) {
    CMQ_EXPECTS(exposure_s > 0 && target_exposure_s > 0);
    PerPlane<std::optional<WithSigma>> result;
    for (std::size_t p = 0; p < plane_count; ++p) {
        WithSigma const& of = region.mean_dn[p];
        WithSigma const& by = target.mean_dn[p];
        if (by.value > 3 * by.sigma) {
            double const ratio = of.value / by.value * target_exposure_s / exposure_s;
            // Not relative to the region's own value, which may be 0.
            double const sigma = std::hypot(of.sigma / by.value * target_exposure_s / exposure_s,
                                            ratio * relative(by));
            result[p] = WithSigma{ratio, sigma};
        }
    }
    return result;
}

PerPlane<std::optional<WithSigma>>
absolute_radiance(PerPlane<std::optional<WithSigma>> const& relative,
                  TargetCertificate const& certificate) {
    bool const sound =
        std::ranges::all_of(certificate.radiance,
                            [](double r) { return r > 0 && std::isfinite(r); }) &&
        std::ranges::all_of(certificate.sigma, [](double s) { return s >= 0 && std::isfinite(s); });
    if (!sound || certificate.unit.empty() || certificate.source.empty()) {
        throw Error{ErrorKind::domain,
                    {"une cible étalonnée se décrit par une luminance supérieure à 0 et son "
                     "incertitude pour chaque "
                     "plan, une unité et le certificat dont elles viennent",
                     "a calibrated target is described by a radiance above 0 and its uncertainty "
                     "for each plane, a "
                     "unit, and the certificate that they come from"}};
    }
    PerPlane<std::optional<WithSigma>> result;
    for (std::size_t p = 0; p < plane_count; ++p) {
        if (relative[p]) {
            double const value = relative[p]->value * certificate.radiance[p];
            result[p] = WithSigma{value,
                                  std::hypot(relative[p]->sigma * certificate.radiance[p],
                                             relative[p]->value * certificate.sigma[p])};
        }
    }
    return result;
}

std::vector<LampDrift> measure_drift(std::span<RegionLight const> targets,
                                     std::span<double const> exposures_s) {
    CMQ_EXPECTS(targets.size() == exposures_s.size());
    std::vector<LampDrift> drifts(targets.size());
    for (std::size_t i = 1; i < targets.size(); ++i) {
        auto const ratios =
            relative_radiance(targets[i], exposures_s[i], targets[0], exposures_s[0]);
        double weights = 0;
        double sum = 0;
        for (auto const& ratio : ratios) {
            if (ratio && ratio->sigma > 0) {
                double const weight = 1 / (ratio->sigma * ratio->sigma);
                weights += weight;
                sum += weight * ratio->value;
            }
        }
        if (weights == 0) {
            throw Error{ErrorKind::insufficient,
                        {"la cible n’émet pas de lumière mesurable dans la première image",
                         "the target gives no measurable light in the first capture"}};
        }
        LampDrift& drift = drifts[i];
        drift.relative = {sum / weights, 1 / std::sqrt(weights)};
        for (auto const& ratio : ratios) {
            if (ratio && ratio->sigma > 0) {
                double const off = (ratio->value - drift.relative.value) / ratio->sigma;
                drift.chi2 += off * off;
            }
        }
        drift.drifted = std::abs(drift.relative.value - 1) > 3 * drift.relative.sigma;
        drift.colour_changed = drift.chi2 > chi2_of_three;
    }
    return drifts;
}

} // namespace cmq::capture
