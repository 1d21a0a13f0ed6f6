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

/// A look-alike of the marker under two lamps, as inks of entry stamps may be. Invented.
inline constexpr std::string_view stamp_ink = "stamp ink, ultraviolet only";

inline capture::Emitter const& emitter(std::string_view name) {
    static capture::Emitter const stamp{stamp_ink, {{515.0, 25.0, 1.0}}, "invented"};
    if (name == stamp_ink) {
        return stamp;
    }
    for (capture::Emitter const& one : capture::emitters()) {
        if (one.name == name) {
            return one;
        }
    }
    throw Error{ErrorKind::internal, {"émetteur inconnu", "unknown emitter"}};
}

/// One of the captures of a spot.
struct Look {
    double cut_on_nm = colour_study::cut_on_nm; ///< its filter passes what is longer
    bool blue_lamp = false; ///< of 450 nm, with as many photons as the one of 365 nm
};

using Looks = std::vector<Look>;

// Light of each band under the lamp of 450 nm, by that under 365 nm: invented, in the order of what is generally known of
// their absorption. How samples differ in it (acidity, concentration), and how the lamps differ from spot to spot, is
// invented too.
constexpr double excitation_log_sd = 0.15;
constexpr double lamp_log_sd = 0.1;
inline constexpr double like_riboflavin = 1.2;
inline constexpr double ultraviolet_only = 0.02;

struct Excited {
    std::string_view name;
    std::vector<double> by_band;
};

inline std::vector<double> blue_light_of(capture::Emitter const& material, double marker) {
    static std::array const known{
        Excited{"optical brightener", {0.01}},
        Excited{"riboflavin, wet", {like_riboflavin}},
        Excited{"riboflavin, dry", {like_riboflavin}},
        Excited{"riboflavin after light", {like_riboflavin, 0.03}},
        Excited{"leaves", {0.0, 0.5, 1.5, 1.5}},
        Excited{"highlighter, fluorescein", {5.0}},
        Excited{"highlighter, pyranine", {2.0}},
        Excited{"tonic water", {0.01}},
        Excited{stamp_ink, {ultraviolet_only}},
    };
    for (Excited const& one : known) {
        if (one.name == material.name) {
            return one.by_band;
        }
    }
    return std::vector<double>(material.bands.size(), marker);
}

/// Red, green and blue photons of each capture; all through one surface, which takes as much of a colour in each.
/// \param marker_in_blue  light of the marker under 450 nm by that under 365 nm
inline std::vector<double> draw_light(capture::Emitter const& material,
                                      capture::CameraResponse const& camera,
                                      Looks const& looks,
                                      double marker_in_blue,
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
    auto in_blue = bands;
    if (std::ranges::any_of(looks, &Look::blue_lamp)) {
        auto const excited = blue_light_of(material, marker_in_blue);
        double const lamp = lamp_log_sd * random.normal();
        for (std::size_t i = 0; i < bands.size(); ++i) {
            in_blue[i].weight *= excited[i] * std::exp(lamp + excitation_log_sd * random.normal());
        }
    }
    std::vector<double> light;
    for (Look const& look : looks) {
        auto const taken = capture::simulate_plane_response(
            look.blue_lamp ? in_blue : bands, camera, look.cut_on_nm);
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
                                     Looks const& looks = {{}},
                                     double marker_in_blue = ultraviolet_only) {
    auto const light = draw_light(material, camera, looks, marker_in_blue, random);
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
                                                            Looks const& looks,
                                                            double marker_in_blue) {
    std::vector<detect::ColourReference> references;
    for (int i = 0; i < samples; ++i) {
        references.push_back(
            {std::to_string(i), draw_spot(material, camera, 100.0, random, looks, marker_in_blue)});
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
         Looks looks = {{}},
         double marker_in_blue = ultraviolet_only)
        : looks_{std::move(looks)}
        , marker_in_blue_{marker_in_blue} {
        add(question.marker, camera, samples, random);
        for (std::string_view const rival : question.rivals) {
            add(rival, camera, samples, random);
        }
    }

    [[nodiscard]] Ratios weigh(detect::ColourLight const& trace) const {
        Ratios ratios;
        if (looks_.size() == 1) {
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
        references_.push_back(
            draw_references(emitter(name), camera, samples, random, looks_, marker_in_blue_));
        if (static_cast<std::size_t>(samples) >= 3 * looks_.size() + 2) {
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

    Looks looks_;
    double marker_in_blue_;
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
