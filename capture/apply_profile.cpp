// SPDX-License-Identifier: GPL-3.0-or-later

#include "capture/apply_profile.hpp"

#include "capture/correct_frame.hpp"
#include "capture/mark_blooming.hpp"
#include "core/error.hpp"

#include <algorithm>
#include <cmath>

namespace cmq::capture {
namespace {

constexpr double near_enough = 0.1; // of two exposures

std::string name_of(std::string const& make, std::string const& model, std::string const& unique) {
    std::string const name = make + (make.empty() || model.empty() ? "" : " ") + model;
    return name.empty() ? unique : name;
}

void check_camera(CameraProfile const& profile, Metadata const& said) {
    if (profile.simulated != said.simulated) {
        throw Error{ErrorKind::domain,
                    {"le profil d’appareil et le fichier ne sont pas tous deux réels, ou tous deux "
                     "simulés ; donner "
                     "le profil de l’appareil qui a pris l’image",
                     "of the camera profile and the file, one is simulated and one is not; give "
                     "the profile of the "
                     "camera that took the picture"}};
    }
    if (profile.make != said.make || profile.model != said.model ||
        profile.unique_model != said.unique_model) {
        throw Error{ErrorKind::domain,
                    {"le profil est celui d’un appareil « {} », le fichier vient d’un appareil « "
                     "{} » ; donner le "
                     "profil de ce dernier",
                     "the profile is that of a camera '{}', the file is of a camera '{}'; give the "
                     "latter's profile"},
                    name_of(profile.make, profile.model, profile.unique_model),
                    name_of(said.make, said.model, said.unique_model)};
    }
    if (profile.iso != said.iso) {
        throw Error{ErrorKind::domain,
                    {"le profil a été mesuré à ISO {}, le fichier indique ISO {} ; le gain n’est "
                     "pas le même : mesurer "
                     "un profil à cette sensibilité",
                     "the profile was measured at ISO {}, the file states ISO {}; the gain is "
                     "another: measure a "
                     "profile at that setting"},
                    profile.iso.value_or(0),
                    said.iso.value_or(0)};
    }
}

void mark_known_defects(CameraProfile const& profile, Capture& capture) {
    Frame& frame = capture.frame;
    for (std::size_t i = 0; i < profile.defects.size(); ++i) {
        std::uint8_t const fresh = profile.defects[i] & static_cast<std::uint8_t>(~frame.mask[i]);
        if (fresh == 0) {
            continue;
        }
        capture.hot_photosites += (fresh & mask_bit::hot) != 0 ? 1 : 0;
        capture.dead_photosites += (fresh & mask_bit::dead) != 0 ? 1 : 0;
        capture.no_data_photosites += (fresh & mask_bit::no_data) != 0 ? 1 : 0;
        frame.mask[i] |= fresh;
    }
}

// A level at which the variance falls was seen when the profile was made: beyond it counts say nothing.
// Whether it did; the neighbours of what is saturated now are not marked yet.
bool lower_saturation(CameraProfile const& profile, Capture& capture) {
    Frame& frame = capture.frame;
    PerPlane<float> level{};
    bool lower = false;
    for (std::size_t p = 0; p < plane_count; ++p) {
        PlaneProfile const& plane = profile.planes[p];
        bool const known =
            plane.saturation_reached && plane.saturation_dn.value < frame.saturation_dn[p];
        frame.saturation_dn[p] = known ? plane.saturation_dn.value : frame.saturation_dn[p];
        level[p] = static_cast<float>(frame.saturation_dn[p]);
        lower = lower || known;
    }
    for (std::ptrdiff_t y = 0; lower && y < frame.shape.height; ++y) {
        for (std::ptrdiff_t x = 0; x < frame.shape.width; ++x) {
            auto const at = static_cast<std::size_t>(y * frame.shape.width + x);
            auto const p = static_cast<std::size_t>(frame.cfa.at(y, x));
            std::uint8_t& mask = frame.mask[at];
            if (frame.value[at] >= level[p] && (mask & mask_bit::saturated) == 0) {
                mask &= static_cast<std::uint8_t>(~mask_bit::blooming);
                mask |= mask_bit::saturated;
                ++capture.saturated_photosites[p];
            }
        }
    }
    return lower;
}

} // namespace

NoiseModel to_noise_model(CameraProfile const& profile) {
    NoiseModel noise;
    noise.origin = NoiseOrigin::profile;
    for (std::size_t p = 0; p < plane_count; ++p) {
        PlaneProfile const& plane = profile.planes[p];
        noise.read_noise_dn[p] = plane.temporal_dark_dn.value;
        noise.read_noise_dn_sigma[p] = plane.temporal_dark_dn.sigma;
        noise.gain_dn[p] = plane.gain_dn.value;
        noise.gain_dn_sigma[p] = plane.gain_dn.sigma;
        noise.prnu[p] = plane.prnu.value;
    }
    return noise;
}

void check_profile_fits(CameraProfile const& profile, Capture const& capture) {
    check_camera(profile, capture.metadata);
    Frame const& frame = capture.frame;
    if (profile.shape != frame.shape || profile.cfa != frame.cfa) {
        throw Error{ErrorKind::shape,
                    {"le profil est celui d’une image de {} x {} photosites ({}), le fichier en a "
                     "{} x {} ({})",
                     "the profile is that of {} x {} photosites ({}), the file has {} x {} ({})"},
                    profile.shape.width,
                    profile.shape.height,
                    profile.cfa.name(),
                    frame.shape.width,
                    frame.shape.height,
                    frame.cfa.name()};
    }
    if (profile.white_level_dn != capture.white_level_dn) {
        throw Error{ErrorKind::domain,
                    {"le profil a été mesuré avec un niveau de blanc de {}, le fichier indique {} "
                     "; le nombre de bits "
                     "ou le réglage n’est pas le même",
                     "the profile was measured with a white level of {}, the file states {}; the "
                     "number of bits or "
                     "the setting is another"},
                    profile.white_level_dn,
                    capture.white_level_dn};
    }
}

void apply_profile(CameraProfile const& profile, Capture& capture, unsigned threads) {
    CMQ_EXPECTS(!capture.profile);
    check_profile_fits(profile, capture);
    Frame& frame = capture.frame;
    frame.noise = to_noise_model(profile);
    bool const lower = lower_saturation(profile, capture);
    mark_known_defects(profile, capture); // first: a hot photosite spills nothing
    if (lower) {
        static_cast<void>(mark_blooming(frame, threads));
    }
    // Some of those that the reader counted are saturated or defective now.
    capture.blooming_photosites =
        static_cast<std::size_t>(std::ranges::count(frame.mask, mask_bit::blooming));
    ProfileUse use{
        .sha256 = profile.sha256, .flat = !profile.flat.empty(), .dark_exposure_ratio = {}};
    Corrections with{.dark_dn = profile.dark_dn,
                     .dark_sigma_dn = profile.dark_sigma_dn,
                     .flat = profile.flat,
                     .flat_sigma = profile.flat_sigma};
    if (profile.dark_exposure_s && capture.metadata.exposure_s) {
        use.dark_exposure_ratio = *capture.metadata.exposure_s / *profile.dark_exposure_s;
        double const apart = std::abs(*use.dark_exposure_ratio - 1);
        for (std::size_t p = 0; apart > near_enough && p < plane_count; ++p) {
            PlaneProfile const& plane = profile.planes[p];
            with.dark_mismatch_dn[p] =
                apart * std::hypot(plane.dsnu_dn.value, plane.dark_signal_dn.value);
        }
        if (apart > near_enough) {
            capture.warnings.push_back(CaptureWarning::dark_exposure_differs);
        }
    }
    for (std::size_t p = 0; p < plane_count; ++p) {
        // Only a bend that was shown: correcting by noise would add it.
        auto const& bend = profile.planes[p].curvature_per_dn;
        with.curvature_per_dn[p] = bend && (bend->low > 0 || bend->high < 0) ? bend->value : 0.0;
    }
    correct_frame(with, frame, threads);
    std::erase(capture.warnings, CaptureWarning::noise_uncertain);
    capture.gain_is_shared = {};
    capture.profile = std::move(use);
}

} // namespace cmq::capture
