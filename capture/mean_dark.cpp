// SPDX-License-Identifier: GPL-3.0-or-later

#include "capture/mean_dark.hpp"

#include "capture/correct_frame.hpp"
#include "core/error.hpp"

#include <cmath>

namespace cmq::capture {
namespace {

constexpr double near_enough = 0.1; // of two exposures
constexpr double too_bright = 0.01; // of the white level

bool same_exposure(std::optional<double> one, std::optional<double> other) {
    return one && other ? std::abs(*one / *other - 1) <= near_enough : one == other;
}

bool same_settings(MeanDark const& dark, Capture const& capture) {
    Metadata const& said = capture.metadata;
    return dark.make == said.make && dark.model == said.model && dark.iso == said.iso &&
           same_exposure(dark.exposure_s, said.exposure_s);
}

void check_alike(MeanDark const& dark, Capture const& capture, std::size_t number) {
    if (dark.shape != capture.frame.shape || dark.cfa != capture.frame.cfa) {
        throw Error{
            ErrorKind::shape,
            {"l’image d’obscurité n° {} n’a pas la taille ou le motif de couleurs de la première",
             "dark frame {} has not the size or colour pattern of the first"},
            number};
    }
    if (!same_settings(dark, capture)) {
        throw Error{ErrorKind::domain,
                    {"l’image d’obscurité n° {} vient d’un autre appareil, d’une autre sensibilité "
                     "ISO ou d’un autre "
                     "temps de pose que la première ; les séparer",
                     "dark frame {} is of another camera, ISO setting or exposure than the first; "
                     "keep them apart"},
                    number};
    }
}

void check_dark(Capture const& capture, PerPlane<double> const& mean_dn, std::size_t number) {
    for (std::size_t p = 0; p < plane_count; ++p) {
        if (mean_dn[p] > too_bright * (capture.white_level_dn - capture.frame.black_dn[p])) {
            throw Error{ErrorKind::domain,
                        {"l’image d’obscurité n° {} n’est pas sombre : la moyenne du plan {} est à "
                         "{} DN au-dessus du "
                         "noir ; couvrir l’objectif",
                         "dark frame {} is not dark: the mean of plane {} lies {} DN above black; "
                         "cover the lens"},
                        number,
                        plane_names[p],
                        std::round(mean_dn[p] * 10) / 10};
        }
    }
}

PerPlane<double> plane_means(Frame const& frame, std::span<float const> values) {
    PerPlane<double> sum{};
    PerPlane<double> count{};
    for (std::ptrdiff_t y = 0; y < frame.shape.height; ++y) {
        for (std::ptrdiff_t x = 0; x < frame.shape.width; ++x) {
            auto const at = static_cast<std::size_t>(y * frame.shape.width + x);
            auto const p = static_cast<std::size_t>(frame.cfa.at(y, x));
            if (frame.mask[at] == 0) {
                sum[p] += static_cast<double>(values[at]);
                ++count[p];
            }
        }
    }
    for (std::size_t p = 0; p < plane_count; ++p) {
        sum[p] /= std::max(count[p], 1.0);
    }
    return sum;
}

} // namespace

MeanDark make_mean_dark(std::span<Capture const> frames) {
    CMQ_EXPECTS(!frames.empty());
    Capture const& first = frames.front();
    MeanDark dark{.shape = first.frame.shape,
                  .cfa = first.frame.cfa,
                  .make = first.metadata.make,
                  .model = first.metadata.model,
                  .iso = first.metadata.iso,
                  .exposure_s = first.metadata.exposure_s,
                  .dn = std::vector<float>(static_cast<std::size_t>(first.frame.shape.area())),
                  .frames = frames.size()};
    PerPlane<double> read2{};
    PerPlane<double> black2{};
    auto const n = static_cast<double>(frames.size());
    for (std::size_t i = 0; i < frames.size(); ++i) {
        Capture const& capture = frames[i];
        CMQ_EXPECTS(!capture.profile && capture.dark_frames == 0);
        check_alike(dark, capture, i + 1);
        auto const mean = plane_means(capture.frame, capture.frame.value);
        check_dark(capture, mean, i + 1);
        for (std::size_t p = 0; p < plane_count; ++p) {
            dark.mean_dn[p] += mean[p] / n;
            read2[p] +=
                capture.frame.noise.read_noise_dn[p] * capture.frame.noise.read_noise_dn[p] / n;
            black2[p] += capture.frame.black_dn_sigma[p] * capture.frame.black_dn_sigma[p];
        }
        for (std::size_t at = 0; at < dark.dn.size(); ++at) {
            dark.dn[at] += capture.frame.value[at] / static_cast<float>(n);
        }
    }
    auto const photosites = static_cast<double>(dark.shape.area()) / 4;
    for (std::size_t p = 0; p < plane_count; ++p) {
        dark.sigma_dn[p] = std::sqrt(read2[p] / n);
        dark.mean_dn_sigma[p] = std::sqrt(read2[p] / (n * photosites) + black2[p] / (n * n));
    }
    return dark;
}

bool fits(MeanDark const& dark, Capture const& capture) {
    return dark.shape == capture.frame.shape && dark.cfa == capture.frame.cfa &&
           same_settings(dark, capture);
}

void subtract_dark(MeanDark const& dark, Capture& capture, unsigned threads) {
    CMQ_EXPECTS(fits(dark, capture) && !capture.profile && capture.dark_frames == 0);
    correct_frame(
        {.dark_dn = dark.dn, .dark_sigma_dn = dark.sigma_dn, .flat = {}}, capture.frame, threads);
    capture.dark_frames = dark.frames;
}

} // namespace cmq::capture
