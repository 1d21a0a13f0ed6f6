// SPDX-License-Identifier: GPL-3.0-or-later

#include "apps/cli/calibration_options.hpp"
#include "apps/cli/command.hpp"
#include "apps/cli/options.hpp"
#include "apps/cli/progress_line.hpp"
#include "apps/cli/series_options.hpp"
#include "apps/cli/series_text.hpp"
#include "apps/pipeline/merge_series.hpp"
#include "report/json_envelope.hpp"
#include "report/json_series.hpp"

#include <boost/program_options/options_description.hpp>

#include <ostream>

namespace cmq::cli {
namespace {

using pipeline::NoFading;
using pipeline::Series;
using pipeline::SeriesCapture;

std::string_view name_of(NoFading reason) {
    switch (reason) {
    case NoFading::fitted:
        break;
    case NoFading::too_few:
        return "too_few_captures";
    case NoFading::no_times:
        return "times_unknown";
    case NoFading::not_positive:
        return "light_not_above_zero";
    case NoFading::no_fit:
        return "no_exponential";
    }
    return "";
}

std::string json_of(Series const& series, std::size_t index) {
    std::vector<report::SeriesEntry> entries;
    for (SeriesCapture const& capture : series.captures) {
        auto const& region = capture.regions[index];
        entries.push_back({.file = capture.file,
                           .sha256 = capture.sha256,
                           .time_s = capture.time_s,
                           .exposure_s = capture.exposure_s,
                           .lamp = series.has_target ? std::optional{capture.lamp} : std::nullopt,
                           .light = region.light,
                           .to_target = region.to_target,
                           .radiance = region.radiance,
                           .applied = capture.applied,
                           .per_s = region.per_s});
    }
    auto const& region = series.regions[index];
    return report::json_series(region.name,
                               entries,
                               region.fading,
                               std::string{name_of(region.why_not)},
                               series.certificate);
}

std::string follow(SeriesOptions const& settings, Streams streams) {
    Series const series = pipeline::measure_series(settings.series, progress_on(streams));
    end_progress(streams);
    if (!settings.json) {
        return series_text(Speaker{streams.language}, series);
    }
    std::vector<std::string> results;
    for (std::size_t i = 0; i < series.regions.size(); ++i) {
        results.push_back(json_of(series, i));
    }
    return report::json_envelope(results);
}

std::string merge(SeriesOptions const& settings, Streams streams) {
    report::Merged const merged = pipeline::merge_series(settings.series, progress_on(streams));
    end_progress(streams);
    if (!settings.json) {
        return merged_text(Speaker{streams.language}, merged);
    }
    std::string const result = report::json_merged(merged);
    return report::json_envelope({&result, 1});
}

int run_series(std::vector<std::string> const& arguments, Streams streams) {
    SeriesOptions settings = parse_series(arguments);
    if (settings.help) {
        streams.out << series_options(streams.language);
        return 0;
    }
    find_readers(settings.series.calibration, settings.series.readers);
    write_result(settings.output,
                 settings.merge ? merge(settings, streams) : follow(settings, streams),
                 streams);
    return 0;
}

} // namespace

extern Command const series_command{"series",
                                    {"suivre des zones d’une scène d’une image à l’autre",
                                     "follow parts of a scene from capture to capture"},
                                    run_series};

} // namespace cmq::cli
