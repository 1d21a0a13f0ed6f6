// SPDX-License-Identifier: GPL-3.0-or-later

#include "apps/cli/joined_captures.hpp"

#include "apps/cli/other_capture.hpp"
#include "apps/pipeline/colour_library.hpp"
#include "apps/pipeline/join_light.hpp"
#include "core/error.hpp"
#include "core/number_text.hpp"

#include <cmath>
#include <filesystem>
#include <utility>

namespace cmq::cli {
JoinedCaptures join_captures(capture::Capture const& file,
                             detect::Detection const& detection,
                             DetectOptions const& settings,
                             pipeline::Calibrator const& calibrator) {
    unsigned const threads = settings.detect.threads;
    pipeline::OnceEach once;
    once.add(file.sha256, settings.files.front());
    JoinedCaptures joined;
    pipeline::LightJoiner joiner{file, detection, threads};
    for (std::string const& name : settings.joined) {
        try {
            OtherCapture const other{std::filesystem::path{name}.filename().string(),
                                     calibrator.read(name)};
            once.add(other.capture.sha256, name);
            joiner.check(other.capture);
            auto const placed = place_other(file.frame, other, settings.unmoved, threads);
            joiner.add(other.capture, placed.to_other);
            joined.files.push_back({name, other.capture.sha256, placed.residual});
        } catch (Error& error) {
            error.at(name);
            throw;
        }
    }
    joined.light = joiner.light();
    return joined;
}

void add_joined_columns(std::vector<std::optional<detect::JoinedLight>> const& light,
                        std::string const& conditions,
                        Table& table) {
    std::size_t channels = 0;
    for (auto const& one : light) {
        channels = one ? one->light.channels() : channels;
    }
    for (std::size_t c = 0; c < channels; ++c) {
        std::vector<std::string> flux;
        std::vector<std::string> sigma;
        for (auto const& one : light) {
            flux.push_back(one ? number_text(one->light.flux_dn[c]) : "");
            sigma.push_back(
                one ? number_text(std::sqrt(one->light.covariance_dn2[(channels + 1) * c])) : "");
        }
        std::size_t const capture = c / detect::channel_names.size() + 1;
        std::size_t const channel = c % detect::channel_names.size();
        table.add({pipeline::joined_column(capture, "flux", channel),
                   "DN",
                   "Light over the trace's aperture, at the file's exposure; 1: the file.",
                   std::move(flux)});
        table.add({pipeline::joined_column(capture, "flux_sigma", channel),
                   "DN",
                   "Its standard uncertainty.",
                   std::move(sigma)});
    }
    table.add({"joined",
               "",
               "How the joined captures were taken.",
               std::vector<std::string>(light.size(), conditions)});
}

} // namespace cmq::cli
