// SPDX-License-Identifier: GPL-3.0-or-later

#include "apps/pipeline/merge_series.hpp"

#include "capture/series.hpp"
#include "core/error.hpp"

#include <algorithm>
#include <cmath>

namespace cmq::pipeline {
namespace {

using capture::Exposure;
using capture::ExposureShare;
using capture::RegionLight;
using capture::WithSigma;
using report::Merged;
using report::MergedRegion;

struct Shots {
    std::vector<capture::Capture> captures;
    std::vector<RegionLight> targets;
    std::vector<Exposure> exposures; // of the captures' frames
};

// Nothing where too few photosites measure the region: the only such reason once it lies in the frame.
std::optional<RegionLight> measure(Frame const& frame, capture::FrameRegion const& region) {
    try {
        return capture::measure_region(frame, region);
    } catch (Error const& error) {
        if (error.kind() != ErrorKind::insufficient) {
            throw;
        }
        return {};
    }
}

double relative_sigma(std::optional<capture::LampDrift> const& lamp) {
    return lamp ? lamp->relative.sigma / lamp->relative.value : 0;
}

class Merging {
public:
    Merging(SeriesSettings const& settings, Progress const& progress) : settings_{settings} {
        read(progress);
        if (settings.target) {
            set_lamps();
        }
        for (std::size_t i = 0; i < shots_.captures.size(); ++i) {
            auto const& lamp = result_.exposures[i].lamp;
            shots_.exposures.push_back({&shots_.captures[i].frame,
                                        result_.exposures[i].exposure_s,
                                        lamp ? lamp->relative.value : 1.0});
        }
    }

    Merged run() && {
        auto merged = capture::merge_exposures(shots_.exposures);
        frame_ = std::move(merged.frame);
        result_.agrees = merged.agrees;
        result_.chi2_per_dof = merged.chi2_per_dof;
        result_.dof = merged.dof;
        for (Exposure const& one : shots_.exposures) {
            result_.longest_s = std::max(result_.longest_s, light(one));
        }
        auto const shares = capture::measure_shares(
            shots_.exposures, {0, 0, frame_.shape.width, frame_.shape.height});
        for (std::size_t i = 0; i < shares.size(); ++i) {
            result_.exposures[i].share = shares[i];
        }
        result_.measured_nowhere = static_cast<std::size_t>(
            std::ranges::count_if(frame_.mask, [](auto m) { return m != 0; }));
        measure_target();
        for (NamedRegion const& region : settings_.regions) {
            result_.regions.push_back(measure_both(region));
        }
        return std::move(result_);
    }

private:
    static double light(Exposure const& one) { return one.exposure_s * one.relative_lamp; }

    void read(Progress const& progress) {
        Calibrator const calibrator{settings_.calibration, settings_.readers, progress};
        OneScene scene;
        for (std::size_t i = 0; i < settings_.files.size(); ++i) {
            std::string const file = settings_.files[i].string();
            progress.report(static_cast<double>(i) / static_cast<double>(settings_.files.size()),
                            Sentence{{"lecture de {}", "reading {}"}, file});
            shots_.captures.push_back(calibrator.read(settings_.files[i]));
            capture::Capture const& capture = shots_.captures.back();
            scene.add(capture, file);
            result_.exposures.push_back({.file = file,
                                         .sha256 = capture.sha256,
                                         .exposure_s = *capture.metadata.exposure_s,
                                         .lamp = {},
                                         .share = {},
                                         .applied = calibrator.applied(capture)});
            result_.iso_is_stated = capture.metadata.iso.has_value();
            try {
                if (settings_.target) {
                    shots_.targets.push_back(
                        capture::measure_region(capture.frame, *settings_.target));
                }
                for (NamedRegion const& region : settings_.regions) {
                    capture::check_region(capture.frame, region.region);
                }
            } catch (Error& error) {
                error.at(file);
                throw;
            }
        }
    }

    void set_lamps() {
        std::vector<double> seconds;
        for (report::MergedExposure const& exposure : result_.exposures) {
            seconds.push_back(exposure.exposure_s);
        }
        auto const drifts = capture::measure_drift(shots_.targets, seconds);
        for (std::size_t i = 0; i < drifts.size(); ++i) {
            result_.exposures[i].lamp = drifts[i];
        }
        result_.has_target = true;
        result_.certificate = settings_.certificate;
    }

    // The merged light with the uncertainty of black that its weights give it: the frame knows no region's.
    std::optional<RegionLight> measure_merged(capture::FrameRegion const& region,
                                              std::vector<ExposureShare> const& shares) {
        for (std::size_t p = 0; p < plane_count; ++p) {
            frame_.black_dn_sigma[p] = 0;
            for (std::size_t i = 0; i < shares.size(); ++i) {
                Exposure const& one = shots_.exposures[i];
                frame_.black_dn_sigma[p] += shares[i].weight[p] * one.frame->black_dn_sigma[p] *
                                            result_.longest_s / light(one);
            }
        }
        return measure(frame_, region);
    }

    void measure_target() {
        if (settings_.target) {
            target_shares_ = capture::measure_shares(shots_.exposures, *settings_.target);
            target_ = measure_merged(*settings_.target, target_shares_);
        }
    }

    MergedRegion measure_both(NamedRegion const& region) {
        MergedRegion result;
        result.name = region.name;
        auto const shares = capture::measure_shares(shots_.exposures, region.region);
        for (std::size_t i = 0; i < shares.size(); ++i) {
            report::SingleLight single{.share = shares[i],
                                       .light = measure(*shots_.exposures[i].frame, region.region),
                                       .per_s = {}};
            if (single.light) {
                auto const& lamp = result_.exposures[i].lamp;
                single.per_s = total_per_s(*single.light,
                                           result_.exposures[i].exposure_s,
                                           lamp ? lamp->relative : WithSigma{1, 0});
            }
            result.single.push_back(single);
        }
        result.light = measure_merged(region.region, shares);
        if (result.light) {
            add_totals(shares, result);
        }
        return result;
    }

    void add_totals(std::vector<ExposureShare> const& shares, MergedRegion& region) const {
        WithSigma total = total_per_s(*region.light, result_.longest_s, {1, 0});
        double lamp = 0;
        for (std::size_t i = 0; i < shares.size(); ++i) {
            for (std::size_t p = 0; p < plane_count; ++p) {
                lamp += shares[i].weight[p] * relative_sigma(result_.exposures[i].lamp) *
                        std::abs(region.light->mean_dn[p].value) / result_.longest_s;
            }
        }
        total.sigma = std::hypot(total.sigma, lamp);
        region.per_s = total;
        if (!target_) {
            return;
        }
        region.to_target = capture::relative_radiance(
            *region.light, result_.longest_s, *target_, result_.longest_s);
        for (std::size_t p = 0; p < plane_count; ++p) {
            if (region.to_target[p]) {
                WithSigma& ratio = *region.to_target[p];
                ratio.sigma =
                    std::hypot(ratio.sigma, std::abs(ratio.value) * lamp_between(shares, p));
            }
        }
        if (settings_.certificate) {
            region.radiance = capture::absolute_radiance(region.to_target, *settings_.certificate);
        }
    }

    // What the lamp's uncertainty leaves in a ratio to the target: the part in which the weights differ.
    [[nodiscard]] double lamp_between(std::vector<ExposureShare> const& shares,
                                      std::size_t plane) const {
        double sigma = 0;
        for (std::size_t i = 0; i < shares.size(); ++i) {
            sigma += std::abs(shares[i].weight[plane] - target_shares_[i].weight[plane]) *
                     relative_sigma(result_.exposures[i].lamp);
        }
        return sigma;
    }

    SeriesSettings const& settings_;
    Shots shots_;
    Merged result_;
    Frame frame_;
    std::vector<ExposureShare> target_shares_;
    std::optional<RegionLight> target_;
};

} // namespace

Merged merge_series(SeriesSettings const& settings, Progress const& progress) {
    CMQ_EXPECTS(!settings.certificate || settings.target);
    return Merging{settings, progress}.run();
}

} // namespace cmq::pipeline
