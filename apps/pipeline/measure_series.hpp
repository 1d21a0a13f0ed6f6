// SPDX-License-Identifier: GPL-3.0-or-later

/// \file
/// Parts of a scene followed through several captures.

#pragma once

#include "apps/pipeline/calibrator.hpp"
#include "capture/fit_fading.hpp"
#include "capture/measure_region.hpp"
#include "core/progress.hpp"

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

namespace cmq::pipeline {

struct NamedRegion {
    std::string name;
    capture::FrameRegion region;
};

struct SeriesSettings {
    CalibrationFiles calibration;
    Readers readers;
    std::vector<std::filesystem::path> files; ///< in the order of time
    std::vector<NamedRegion> regions;
    std::optional<capture::FrameRegion>
        target; ///< a surface that does not change, in every capture
    std::optional<capture::TargetCertificate> certificate; ///< of the target; needs one
    std::vector<double> times_s; ///< under the lamp, one a file; empty: the camera's clock tells
};

/// One region in one capture.
struct SeriesLight {
    capture::RegionLight light;
    PerPlane<std::optional<capture::WithSigma>>
        to_target; ///< relative radiance; nothing without a target
    PerPlane<std::optional<capture::WithSigma>> radiance; ///< absolute, by the certificate
    capture::WithSigma per_s; ///< four planes together, DN a second, lamp drift allowed for
};

struct SeriesCapture {
    std::string file;
    std::string sha256;
    double exposure_s = 0;
    std::optional<double> time_s; ///< since the first capture, or as given
    capture::LampDrift lamp;      ///< 1 +- 0 without a target
    report::Applied applied;
    std::vector<SeriesLight> regions;
};

/// Why no fading was fitted.
enum class NoFading : std::uint8_t {
    fitted,
    too_few,      ///< fewer than three captures
    no_times,     ///< neither given nor told by the camera's clock, or all the same
    not_positive, ///< light that is not above 0
    no_fit,       ///< no exponential decay comes near
};

struct SeriesRegion {
    std::string name;
    std::optional<capture::Fading> fading;
    NoFading why_not = NoFading::fitted;
};

struct Series {
    std::vector<SeriesCapture> captures;
    std::vector<SeriesRegion> regions;
    bool has_target = false;
    std::optional<capture::TargetCertificate> certificate;
};

/// Refuses what cannot be compared: another camera, ISO setting, aperture, size or colour pattern, one file twice,
/// a file that states no exposure.
class OneScene {
public:
    /// \throws Error domain  another camera, ISO setting or aperture than the first; no exposure stated
    /// \throws Error shape   another size or colour pattern
    /// \throws Error usage   the file was there before
    void add(capture::Capture const& capture, std::string const& file);

private:
    struct First {
        std::string file;
        capture::Metadata metadata;
        Shape shape;
        Cfa cfa;
    };

    std::optional<First> first_;
    OnceEach once_;
};

/// Four planes together, per second of exposure and of the first capture's lamp.
[[nodiscard]] capture::WithSigma
total_per_s(capture::RegionLight const& light, double exposure_s, capture::WithSigma const& lamp);

/// Reads the captures one after the other and measures the regions in each (docs/methods/calibration.md).
/// \throws Error domain  times that do not grow
/// \throws Error         as Calibrator, OneScene, measure_region, measure_drift, absolute_radiance
[[nodiscard]] Series measure_series(SeriesSettings const& settings, Progress const& progress = {});

} // namespace cmq::pipeline
