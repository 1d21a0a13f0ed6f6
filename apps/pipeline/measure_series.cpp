// SPDX-License-Identifier: GPL-3.0-or-later

#include "apps/pipeline/measure_series.hpp"

#include "core/error.hpp"

#include <algorithm>
#include <charconv>
#include <chrono>
#include <cmath>

namespace cmq::pipeline {
namespace {

using capture::WithSigma;

// Seconds since some day, of "2026-11-21T12:40:00" as metadata have it.
std::optional<double> seconds_of(std::string const& taken_at) {
    if (taken_at.size() != 19) {
        return {};
    }
    auto const number = [&](std::size_t from, std::size_t length) {
        int value = 0;
        std::from_chars(taken_at.data() + from, taken_at.data() + from + length, value);
        return value;
    };
    namespace time = std::chrono;
    time::year_month_day const day{time::year{number(0, 4)},
                                   time::month{static_cast<unsigned>(number(5, 2))},
                                   time::day{static_cast<unsigned>(number(8, 2))}};
    if (!day.ok()) {
        return {};
    }
    auto const days = time::sys_days{day}.time_since_epoch().count();
    return 86'400.0 * static_cast<double>(days) + 3600.0 * number(11, 2) + 60.0 * number(14, 2) +
           number(17, 2);
}

void fit(Series const& series, std::size_t index, SeriesRegion& region) {
    std::vector<double> times;
    std::vector<WithSigma> light;
    for (SeriesCapture const& capture : series.captures) {
        if (capture.time_s) {
            times.push_back(*capture.time_s);
        }
        light.push_back(capture.regions[index].per_s);
    }
    if (light.size() < 3) {
        region.why_not = NoFading::too_few;
    } else if (times.size() < light.size() || times.front() == times.back()) {
        region.why_not = NoFading::no_times;
    } else if (!std::ranges::all_of(
                   light, [](WithSigma const& l) { return l.value > 0 && l.sigma > 0; })) {
        region.why_not = NoFading::not_positive;
    } else {
        try {
            region.fading = capture::fit_fading(times, light);
        } catch (Error const& error) {
            if (error.kind() != ErrorKind::numeric) {
                throw;
            }
            region.why_not = NoFading::no_fit;
        }
    }
}

void set_times(SeriesSettings const& settings,
               std::vector<std::string> const& taken_at,
               Series& series) {
    std::optional<double> first;
    for (std::size_t i = 0; i < series.captures.size(); ++i) {
        auto const clock = seconds_of(taken_at[i]);
        first = i == 0 ? clock : first;
        if (!settings.times_s.empty()) {
            series.captures[i].time_s = settings.times_s[i];
        } else if (clock && first) {
            series.captures[i].time_s = *clock - *first;
        }
        auto const& now = series.captures[i].time_s;
        if (i > 0 && now && series.captures[i - 1].time_s &&
            *now < *series.captures[i - 1].time_s) {
            throw Error{
                ErrorKind::domain,
                {"les fichiers ne sont pas dans l’ordre du temps : « {} » vient avant le précédent",
                 "the files are not in the order of time: '{}' was taken before the one named "
                 "ahead of it"},
                series.captures[i].file};
        }
    }
}

// A setting that both state or neither.
void expect_same(bool same, Words what, std::string const& file, std::string const& first) {
    if (!same) {
        throw Error{ErrorKind::domain,
                    {"« {} » et « {} » ne se comparent pas : {} diffère",
                     "'{}' and '{}' cannot be compared: {} differs"},
                    first,
                    file,
                    Sentence{what}};
    }
}

Series read_all(SeriesSettings const& settings,
                Progress const& progress,
                std::vector<capture::RegionLight>& targets,
                std::vector<std::string>& taken_at) {
    Calibrator const calibrator{settings.calibration, settings.readers, progress};
    OneScene scene;
    Series series;
    series.has_target = settings.target.has_value();
    series.certificate = settings.certificate;
    for (std::size_t i = 0; i < settings.files.size(); ++i) {
        std::string const file = settings.files[i].string();
        progress.report(static_cast<double>(i) / static_cast<double>(settings.files.size()),
                        Sentence{{"lecture de {}", "reading {}"}, file});
        capture::Capture const capture = calibrator.read(settings.files[i]);
        scene.add(capture, file);
        SeriesCapture row{.file = file,
                          .sha256 = capture.sha256,
                          .exposure_s = *capture.metadata.exposure_s,
                          .time_s = {},
                          .lamp = {},
                          .applied = calibrator.applied(capture),
                          .regions = {}};
        try {
            for (NamedRegion const& region : settings.regions) {
                row.regions.push_back({.light = measure_region(capture.frame, region.region),
                                       .to_target = {},
                                       .radiance = {},
                                       .per_s = {}});
            }
            if (settings.target) {
                targets.push_back(measure_region(capture.frame, *settings.target));
            }
        } catch (Error& error) {
            error.at(file);
            throw;
        }
        taken_at.push_back(capture.metadata.taken_at);
        series.captures.push_back(std::move(row));
    }
    return series;
}

// Lamp and radiance of each capture, from the target in it.
void compare_with_target(SeriesSettings const& settings,
                         std::vector<capture::RegionLight> const& targets,
                         Series& series) {
    std::vector<double> exposures;
    for (SeriesCapture const& capture : series.captures) {
        exposures.push_back(capture.exposure_s);
    }
    auto const drifts = capture::measure_drift(targets, exposures);
    for (std::size_t i = 0; i < drifts.size(); ++i) {
        series.captures[i].lamp = drifts[i];
        for (SeriesLight& region : series.captures[i].regions) {
            region.to_target =
                relative_radiance(region.light, exposures[i], targets[i], exposures[i]);
            if (settings.certificate) {
                region.radiance = absolute_radiance(region.to_target, *settings.certificate);
            }
        }
    }
}

} // namespace

void OneScene::add(capture::Capture const& capture, std::string const& file) {
    once_.add(capture.sha256, file);
    capture::Metadata const& said = capture.metadata;
    if (!said.exposure_s) {
        throw Error{
            ErrorKind::domain,
            {"« {} » n’indique pas son temps de pose : sa lumière ne se compare à aucune autre",
             "'{}' does not state its exposure: its light cannot be compared with any other"},
            file};
    }
    if (!first_) {
        first_ = First{file, said, capture.frame.shape, capture.frame.cfa};
        return;
    }
    capture::Metadata const& first = first_->metadata;
    expect_same(said.make == first.make && said.model == first.model,
                {"l’appareil", "the camera"},
                file,
                first_->file);
    expect_same(said.simulated == first.simulated,
                {"le fait d’être simulé", "being simulated"},
                file,
                first_->file);
    expect_same(
        said.iso == first.iso, {"la sensibilité ISO", "the ISO setting"}, file, first_->file);
    expect_same(said.f_number == first.f_number,
                {"l’ouverture de l’objectif", "the aperture"},
                file,
                first_->file);
    if (capture.frame.shape != first_->shape || capture.frame.cfa != first_->cfa) {
        throw Error{ErrorKind::shape,
                    {"« {} » et « {} » n’ont pas la même taille ou le même motif de couleurs",
                     "'{}' and '{}' differ in size or colour pattern"},
                    first_->file,
                    file};
    }
}

WithSigma
total_per_s(capture::RegionLight const& light, double exposure_s, capture::WithSigma const& lamp) {
    WithSigma total;
    double variance = 0;
    for (WithSigma const& plane : light.mean_dn) {
        total.value += plane.value;
        variance += plane.sigma * plane.sigma;
    }
    double const scale = 1 / (exposure_s * lamp.value);
    return {total.value * scale,
            std::hypot(std::sqrt(variance) * scale, total.value * scale * lamp.sigma / lamp.value)};
}

Series measure_series(SeriesSettings const& settings, Progress const& progress) {
    CMQ_EXPECTS(settings.times_s.empty() || settings.times_s.size() == settings.files.size());
    CMQ_EXPECTS(!settings.certificate || settings.target);
    std::vector<capture::RegionLight> targets;
    std::vector<std::string> taken_at;
    Series series = read_all(settings, progress, targets, taken_at);
    set_times(settings, taken_at, series);
    if (settings.target) {
        compare_with_target(settings, targets, series);
    }
    for (SeriesCapture& capture : series.captures) {
        for (SeriesLight& region : capture.regions) {
            region.per_s = total_per_s(region.light, capture.exposure_s, capture.lamp.relative);
        }
    }
    for (std::size_t r = 0; r < settings.regions.size(); ++r) {
        series.regions.push_back({.name = settings.regions[r].name, .fading = {}});
        fit(series, r, series.regions.back());
    }
    return series;
}

} // namespace cmq::pipeline
