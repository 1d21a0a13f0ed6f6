// SPDX-License-Identifier: GPL-3.0-or-later

/// \file
/// A bright mark on cloth must cost neither itself nor what lies around it.

#include "tests/detect/cloth_scene.hpp"

#include <gtest/gtest.h>

namespace {

using cloth_scene::Truth;
using cmq::detect::detect_traces;
using cmq::detect::Detection;

constexpr double clear = 20.0; // ideal signal-to-noise

// A spray on cloth that glows blue. The smear's flux is drawn about the median smear_electrons; 0: none.
cmq::capture::SceneSettings marked_cloth(std::uint64_t scene, double smear_electrons) {
    auto settings = cloth_scene::cloth({1000, 1500}, scene - 90);
    settings.sensor_seed = 1;
    settings.scene_seed = scene;
    auto group = cloth_scene::droplets(32, 1600.0, 1.2, 12.0);
    group.region = cmq::capture::Region{420.0, 160.0, 760.0, 600.0};
    group.cluster_sd = 105.0;
    settings.droplets.push_back(group);
    if (smear_electrons > 0.0) {
        group.kind = cmq::capture::DropletKind::smear;
        group.count = 1;
        group.flux_electrons = smear_electrons;
        group.radius = 7.0;
        group.axis_ratio = 0.16;
        settings.droplets.push_back(group);
    }
    return settings;
}

// Droplets that touch are one trace: its box holds them all.
bool is_found(Truth const& droplet, Detection const& detection) {
    return std::any_of(
        detection.traces.begin(), detection.traces.end(), [&](cmq::detect::Trace const& trace) {
            return droplet.x >= static_cast<double>(trace.box[0]) - 1.0 &&
                   droplet.y >= static_cast<double>(trace.box[1]) - 1.0 &&
                   droplet.x <= static_cast<double>(trace.box[2]) + 1.0 &&
                   droplet.y <= static_cast<double>(trace.box[3]) + 1.0;
        });
}

struct Count {
    int clear = 0;
    int found = 0;
};

Count count_droplets(cloth_scene::Scene const& scene) {
    Detection const detection = detect_traces(scene.frame, {});
    Count count;
    for (Truth const& droplet : scene.truth) {
        if (!droplet.smear && droplet.snr_ideal >= clear) {
            ++count.clear;
            count.found += is_found(droplet, detection) ? 1 : 0;
        }
        if (droplet.smear) {
            EXPECT_TRUE(is_found(droplet, detection));
        }
    }
    return count;
}

// A filter of another width than the droplet's and the colour that is given up leave about half of the
// ideal signal-to-noise: 10 or more, where 6.2 is asked and noise moves it by 1. Four in 1e5 of the
// dimmest are missed; one of a frame's is left for a photosite masked at the wrong place.
TEST(SlowBrightMark, IsFoundAndCostsNoDropletAroundIt) {
    struct Case {
        std::uint64_t scene;
        double smear_electrons;
        double least_snr; // ideal one of the smear
    };

    // The brightest one saturates.
    for (Case const& c : {Case{101, 7e4, 900.0}, Case{102, 4e5, 600.0}, Case{106, 3e6, 2e4}}) {
        auto const marked = cloth_scene::expose(marked_cloth(c.scene, c.smear_electrons));
        ASSERT_TRUE(marked.truth.back().smear);
        ASSERT_GT(marked.truth.back().snr_ideal, c.least_snr);
        Count const with = count_droplets(marked);
        Count const without = count_droplets(cloth_scene::expose(marked_cloth(c.scene, 0.0)));
        ASSERT_GT(with.clear, 15);
        ASSERT_EQ(with.clear, without.clear);
        EXPECT_GE(without.found, without.clear - 1);
        EXPECT_GE(with.found, with.clear - 1);
    }
}

} // namespace
