// SPDX-License-Identifier: GPL-3.0-or-later

#include "capture/series.hpp"

#include "core/error.hpp"

#include <algorithm>
#include <cmath>
#include <optional>

namespace cmq::capture {
namespace {

void check(Exposure const& one, Exposure const& first) {
    if (one.frame->shape != first.frame->shape || one.frame->cfa != first.frame->cfa) {
        throw Error{
            ErrorKind::shape,
            {"les images d’une série doivent avoir la même taille et le même motif de couleurs",
             "the frames of a series must have one size and colour pattern"}};
    }
    if (!(one.exposure_s > 0) || !(one.relative_lamp > 0)) {
        throw Error{ErrorKind::domain,
                    {"il manque le temps de pose d’une image de la série, ou l’éclairement de la "
                     "lampe ; ils doivent "
                     "être supérieurs à 0",
                     "the exposure of a frame of the series is missing, or the output of the lamp; "
                     "they must be above "
                     "0"}};
    }
}

double light(Exposure const& one) {
    return one.exposure_s * one.relative_lamp;
}

// A noise model is known to some percent only; what lies within that says nothing of the scene.
constexpr double model_tolerance = 0.1;

// Mean of the good photosites of each plane.
PerPlane<double> means_of(Frame const& frame) {
    PerPlane<double> sum{};
    PerPlane<double> count{};
    for (std::ptrdiff_t y = 0; y < frame.shape.height; ++y) {
        for (std::ptrdiff_t x = 0; x < frame.shape.width; ++x) {
            auto const at = static_cast<std::size_t>(y * frame.shape.width + x);
            auto const p = static_cast<std::size_t>(frame.cfa.at(y, x));
            sum[p] += frame.mask[at] == 0 ? static_cast<double>(frame.value[at]) : 0.0;
            count[p] += frame.mask[at] == 0 ? 1.0 : 0.0;
        }
    }
    for (std::size_t p = 0; p < plane_count; ++p) {
        sum[p] /= std::max(count[p], 1.0);
    }
    return sum;
}

// The frame's own variance, moved along its noise model from its own value to the signal expected.
double variance_at(Exposure const& one, std::size_t at, Plane plane, double signal) {
    NoiseModel const& noise = one.frame->noise;
    auto const own = static_cast<double>(one.frame->variance[at]);
    double const ratio = noise.variance(plane, signal) /
                         noise.variance(plane, static_cast<double>(one.frame->value[at]));
    return own * ratio;
}

// Light per second that all frames together show at a photosite; nothing where all mask it.
std::optional<double> rate_at(std::span<Exposure const> exposures, std::size_t at) {
    double sum = 0;
    double time = 0;
    for (Exposure const& one : exposures) {
        if (one.frame->mask[at] == 0) {
            sum += static_cast<double>(one.frame->value[at]);
            time += light(one);
        }
    }
    return time > 0 ? std::optional{sum / time} : std::nullopt;
}

double weight_at(Exposure const& one, std::size_t at, Plane plane, double rate) {
    double const t = light(one);
    return t * t / variance_at(one, at, plane, rate * t);
}

void check_all(std::span<Exposure const> exposures) {
    if (exposures.size() < 2) {
        throw Error{ErrorKind::insufficient,
                    {"une série compte au moins deux images", "a series has at least two frames"}};
    }
    for (Exposure const& one : exposures) {
        check(one, exposures.front());
    }
}

// One photosite of every frame, put together.
struct Merger {
    std::span<Exposure const> exposures; // shortest light first
    double longest;
    MergedFrame& merged;

    void operator()(std::size_t at, Plane plane) const {
        auto const rate = rate_at(exposures, at);
        Frame& frame = merged.frame;
        if (!rate) {
            Exposure const& shortest = exposures.front();
            double const scale = longest / light(shortest);
            frame.mask[at] = shortest.frame->mask[at];
            frame.value[at] =
                static_cast<float>(scale * static_cast<double>(shortest.frame->value[at]));
            frame.variance[at] = static_cast<float>(
                scale * scale * static_cast<double>(shortest.frame->variance[at]));
            return;
        }
        double weights = 0;
        double mean = 0;
        double frames = 0;
        for (Exposure const& one : exposures) {
            if (one.frame->mask[at] == 0) {
                double const weight = weight_at(one, at, plane, *rate);
                weights += weight;
                mean += weight * static_cast<double>(one.frame->value[at]) / light(one);
                ++frames;
            }
        }
        mean /= weights;
        frame.mask[at] = 0;
        frame.value[at] = static_cast<float>(mean * longest);
        frame.variance[at] = static_cast<float>(longest * longest / weights);
        add_misfit(at, plane, mean, frames - 1);
    }

    void add_misfit(std::size_t at, Plane plane, double mean, double dof) const {
        auto const p = static_cast<std::size_t>(plane);
        for (Exposure const& one : exposures) {
            if (dof > 0 && one.frame->mask[at] == 0) {
                double const t = light(one);
                double const off = static_cast<double>(one.frame->value[at]) - mean * t;
                merged.chi2_per_dof[p] += off * off / variance_at(one, at, plane, mean * t);
            }
        }
        merged.dof[p] += std::max(dof, 0.0);
    }
};

NoiseModel merged_noise(std::span<Exposure const> exposures, double longest) {
    double all = 0;
    for (Exposure const& one : exposures) {
        all += light(one);
    }
    NoiseModel noise = exposures.back().frame->noise;
    for (std::size_t p = 0; p < plane_count; ++p) {
        double read2 = 0;
        for (Exposure const& one : exposures) {
            double const read = one.frame->noise.read_noise_dn[p];
            read2 += read * read;
        }
        noise.read_noise_dn[p] = std::sqrt(read2) * longest / all;
        noise.gain_dn[p] *= longest / all;
        noise.gain_dn_sigma[p] *= longest / all;
    }
    return noise;
}

} // namespace

Frame subtract_ambient(Exposure const& lit, Exposure const& dim) {
    check(lit, lit);
    check(dim, lit);
    // The lamp is off in one of them: only time counts.
    double const ratio = lit.exposure_s / dim.exposure_s;
    Frame frame = *lit.frame;
    for (std::size_t at = 0; at < frame.value.size(); ++at) {
        frame.value[at] -= static_cast<float>(ratio * static_cast<double>(dim.frame->value[at]));
        frame.variance[at] +=
            static_cast<float>(ratio * ratio * static_cast<double>(dim.frame->variance[at]));
        frame.mask[at] |= dim.frame->mask[at];
    }
    auto const mean = means_of(*dim.frame);
    for (std::size_t p = 0; p < plane_count; ++p) {
        auto const plane = static_cast<Plane>(p);
        // What the model no longer sees in the value: light of the room in both frames, the dim one's noise.
        double const both = ratio * ratio * dim.frame->noise.variance(plane, mean[p]) +
                            lit.frame->noise.gain_dn[p] * std::max(ratio * mean[p], 0.0);
        double const read = frame.noise.read_noise_dn[p];
        frame.noise.read_noise_dn[p] = std::sqrt(read * read + both);
    }
    return frame;
}

MergedFrame merge_exposures(std::span<Exposure const> exposures) {
    check_all(exposures);
    std::vector<Exposure> sorted{exposures.begin(), exposures.end()};
    std::ranges::stable_sort(sorted, {}, light);
    double const longest = light(sorted.back());
    MergedFrame merged;
    merged.frame = *sorted.back().frame;
    Merger const merge{sorted, longest, merged};
    for (std::ptrdiff_t y = 0; y < merged.frame.shape.height; ++y) {
        for (std::ptrdiff_t x = 0; x < merged.frame.shape.width; ++x) {
            merge(static_cast<std::size_t>(y * merged.frame.shape.width + x),
                  merged.frame.cfa.at(y, x));
        }
    }
    merged.frame.noise = merged_noise(sorted, longest);
    for (std::size_t p = 0; p < plane_count; ++p) {
        if (merged.dof[p] > 0) {
            merged.chi2_per_dof[p] /= merged.dof[p];
            double const chance = 5 / std::sqrt(merged.dof[p] / 2); // five standard deviations
            merged.agrees =
                merged.agrees && merged.chi2_per_dof[p] - 1 <= std::max(chance, model_tolerance);
        }
    }
    return merged;
}

namespace {

// Adds one photosite to the shares; the weights are not yet divided by the number of photosites.
void add_shares(std::span<Exposure const> exposures,
                std::size_t at,
                Plane plane,
                std::vector<ExposureShare>& shares) {
    constexpr unsigned full = mask_bit::saturated | mask_bit::blooming;
    auto const rate = rate_at(exposures, at);
    double all = 0;
    std::size_t good = 0;
    for (Exposure const& one : exposures) {
        if (one.frame->mask[at] == 0) {
            all += weight_at(one, at, plane, *rate);
            ++good;
        }
    }
    for (std::size_t i = 0; i < exposures.size(); ++i) {
        std::uint8_t const mask = exposures[i].frame->mask[at];
        if (mask == 0) {
            shares[i].weight[static_cast<std::size_t>(plane)] +=
                weight_at(exposures[i], at, plane, *rate) / all;
            ++shares[i].good;
            shares[i].alone += good == 1 ? 1U : 0U;
        }
        shares[i].saturated += (mask & full) != 0 ? 1U : 0U;
    }
}

} // namespace

std::vector<ExposureShare> measure_shares(std::span<Exposure const> exposures,
                                          FrameRegion const& region) {
    check_all(exposures);
    Frame const& first = *exposures.front().frame;
    check_region(first, region);
    std::vector<ExposureShare> shares(exposures.size());
    for (std::ptrdiff_t y = region.y; y < region.y + region.height; ++y) {
        for (std::ptrdiff_t x = region.x; x < region.x + region.width; ++x) {
            auto const at = static_cast<std::size_t>(y * first.shape.width + x);
            add_shares(exposures, at, first.cfa.at(y, x), shares);
        }
    }
    // Each photosite gave 1 to its plane in all.
    for (std::size_t p = 0; p < plane_count; ++p) {
        double photosites = 0;
        for (ExposureShare const& share : shares) {
            photosites += share.weight[p];
        }
        for (ExposureShare& share : shares) {
            share.weight[p] /= std::max(photosites, 1.0);
        }
    }
    return shares;
}

} // namespace cmq::capture
