// SPDX-License-Identifier: GPL-3.0-or-later

/// \file
/// Cases of simulated colour: references and traces of known material, and what they are found to say.

#pragma once

#include "capture/simulate_spectrum.hpp"
#include "core/error.hpp"
#include "core/random.hpp"
#include "detect/colour_class.hpp"
#include "lab/source/colour_ratio.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <numbers>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace colour_study {

using namespace cmq;

// How samples of one material differ: invented, and said so in the table.
constexpr double shift_nm = 4.0;       // of all bands together: solvent, concentration
constexpr double weight_log_sd = 0.25; // of each band
constexpr double tint_log_sd = 0.06;   // of each colour: what the surface takes
constexpr double cut_on_nm = 420.0;

inline capture::Emitter const& emitter(std::string_view name) {
    for (capture::Emitter const& one : capture::emitters()) {
        if (one.name == name) {
            return one;
        }
    }
    throw Error{ErrorKind::internal, {"émetteur inconnu", "unknown emitter"}};
}

/// Filters of the captures of one spot, by the wavelength from which they pass light.
using CutOns = std::vector<double>;

/// Red, green and blue photons of each capture; all through one surface, which takes as much of a colour in each.
inline std::vector<double> draw_light(capture::Emitter const& material,
                                      capture::CameraResponse const& camera,
                                      CutOns const& cut_ons,
                                      Random& random) {
    auto bands = material.bands;
    double const shift = shift_nm * random.normal();
    for (capture::EmissionBand& band : bands) {
        band.peak_nm += shift;
        band.weight *= std::exp(weight_log_sd * random.normal());
    }
    std::array<double, 3> tint{};
    for (double& channel : tint) {
        channel = std::exp(tint_log_sd * random.normal());
    }
    std::vector<double> light;
    for (double const cut_on : cut_ons) {
        auto const taken = capture::simulate_plane_response(bands, camera, cut_on);
        light.insert(light.end(),
                     {taken[0] * tint[0], (taken[1] + taken[2]) * tint[1], taken[3] * tint[2]});
    }
    return light;
}

/// One spot of a new sample of a material: three channels a capture, total of the first 1000 before noise, and the
/// same noise in each capture.
inline detect::ColourLight draw_spot(capture::Emitter const& material,
                                     capture::CameraResponse const& camera,
                                     double snr,
                                     Random& random,
                                     CutOns const& cut_ons = {cut_on_nm}) {
    auto const light = draw_light(material, camera, cut_ons, random);
    double const total = light[0] + light[1] + light[2];
    double const sigma = 1000.0 / snr / std::sqrt(3.0);
    std::size_t const channels = light.size();
    detect::ColourLight spot{.flux_dn = {},
                             .covariance_dn2 = std::vector<double>(channels * channels)};
    for (std::size_t i = 0; i < channels; ++i) {
        spot.flux_dn.push_back(1000.0 * light[i] / total + sigma * random.normal());
        spot.covariance_dn2[(channels + 1) * i] = sigma * sigma;
    }
    return spot;
}

inline std::vector<detect::ColourReference> draw_references(capture::Emitter const& material,
                                                            capture::CameraResponse const& camera,
                                                            int samples,
                                                            Random& random,
                                                            CutOns const& cut_ons) {
    std::vector<detect::ColourReference> references;
    for (int i = 0; i < samples; ++i) {
        references.push_back(
            {std::to_string(i), draw_spot(material, camera, 100.0, random, cut_ons)});
    }
    return references;
}

// The common shortcut: a normal density with the references' mean and covariance put in as if they were known.
inline double plug_in_log_density(std::vector<detect::ColourReference> const& references,
                                  detect::ColourLight const& trace) {
    auto const at = [](detect::ColourLight const& light) {
        double const total = light.total_dn();
        return std::array{light.flux_dn[0] / total, light.flux_dn[2] / total};
    };
    auto const n = static_cast<double>(references.size());
    std::array<double, 2> mean{};
    for (auto const& reference : references) {
        mean[0] += at(reference.light)[0] / n;
        mean[1] += at(reference.light)[1] / n;
    }
    double xx = 0.0;
    double xy = 0.0;
    double yy = 0.0;
    for (auto const& reference : references) {
        double const x = at(reference.light)[0] - mean[0];
        double const y = at(reference.light)[1] - mean[1];
        xx += x * x / (n - 1);
        xy += x * y / (n - 1);
        yy += y * y / (n - 1);
    }
    // Noise of the shares to first order: channels have one variance v.
    auto const [r, b] = at(trace);
    double const v = trace.covariance_dn2[0] / (trace.total_dn() * trace.total_dn());
    xx += v * ((1 - r) * (1 - r) + 2 * r * r);
    yy += v * ((1 - b) * (1 - b) + 2 * b * b);
    xy += v * (-(1 - r) * b - (1 - b) * r + r * b);
    double const determinant = xx * yy - xy * xy;
    double const x = r - mean[0];
    double const y = b - mean[1];
    return -0.5 *
               ((yy * x * x - 2 * xy * x * y + xx * y * y) / determinant + std::log(determinant)) -
           std::log(2 * std::numbers::pi);
}

struct Question {
    std::string_view marker;
    std::vector<std::string_view> rivals;
    std::vector<std::string_view> unlisted; // true sources that no reference shows
};

inline Question const& yellow_green() {
    static Question const question{
        "marker, yellow-green",
        {"riboflavin, wet",
         "riboflavin, dry",
         "highlighter, pyranine",
         "leaves",
         "optical brightener"},
        {"riboflavin after light", "highlighter, fluorescein", "tonic water"}};
    return question;
}

struct Ratios {
    std::optional<double> ours;    // log10, with a rule on the number of references taken off
    std::optional<double> plug_in; // marker against the mixture without the unknown
};

/// The references of one case, and what they say of a trace.
class Case {
public:
    Case(Question const& question,
         capture::CameraResponse const& camera,
         int samples,
         Random& random,
         CutOns cut_ons = {cut_on_nm})
        : cut_ons_{std::move(cut_ons)} {
        add(question.marker, camera, samples, random);
        for (std::string_view const rival : question.rivals) {
            add(rival, camera, samples, random);
        }
    }

    [[nodiscard]] Ratios weigh(detect::ColourLight const& trace) const {
        Ratios ratios;
        if (cut_ons_.size() == 1) {
            ratios.plug_in = plug_in(trace);
        }
        if (classes_.empty()) {
            return ratios;
        }
        lab::ColourSources sources;
        sources.marker = candidate(0, trace);
        for (std::size_t i = 1; i < classes_.size(); ++i) {
            sources.rivals.push_back(candidate(i, trace));
        }
        sources.unknown_weight = 1.0;
        sources.channels = trace.channels();
        sources.unknown_log_density = detect::log_density_of_unknown(trace);
        ratios.ours = lab::weigh_colour(sources).log10_lr;
        return ratios;
    }

private:
    [[nodiscard]] double plug_in(detect::ColourLight const& trace) const {
        double others = 0.0;
        for (std::size_t i = 1; i < references_.size(); ++i) {
            others += std::exp(plug_in_log_density(references_[i], trace)) /
                      static_cast<double>(references_.size() - 1);
        }
        // Where the rivals' density is 0 to the last digit, so is the trust of whoever uses this shortcut.
        return plug_in_log_density(references_[0], trace) / std::numbers::ln10 -
               std::log10(std::max(others, 1e-300));
    }

    void
    add(std::string_view name, capture::CameraResponse const& camera, int samples, Random& random) {
        references_.push_back(draw_references(emitter(name), camera, samples, random, cut_ons_));
        if (static_cast<std::size_t>(samples) >= 3 * cut_ons_.size() + 2) {
            classes_.push_back(detect::fit_colour_class(references_.back()));
        }
    }

    [[nodiscard]] lab::ColourRival candidate(std::size_t i,
                                             detect::ColourLight const& trace) const {
        return {.name = "",
                .weight = 1.0,
                .samples = lab::least_colour_samples, // what fewer would say is what is asked here
                .same_conditions = true,
                .log_density = detect::log_density(classes_[i], trace)};
    }

    CutOns cut_ons_;
    std::vector<std::vector<detect::ColourReference>> references_;
    std::vector<detect::ColourClass> classes_;
};

struct Tally {
    int all = 0;
    int above_10 = 0;
    int above_100 = 0;
    int below_tenth = 0;
    double bits = 0.0; // sum of log2(1 + 1 / LR) or log2(1 + LR)

    void add(double log10_lr, bool is_marker) {
        ++all;
        above_10 += log10_lr > 1.0 ? 1 : 0;
        above_100 += log10_lr > 2.0 ? 1 : 0;
        below_tenth += log10_lr < -1.0 ? 1 : 0;
        double const against = (is_marker ? -log10_lr : log10_lr) * std::numbers::ln10;
        bits += (against > 30.0 ? against : std::log1p(std::exp(against))) / std::numbers::ln2;
    }

    [[nodiscard]] double percent(int count) const { return 100.0 * count / all; }
};

} // namespace colour_study
