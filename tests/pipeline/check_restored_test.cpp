// SPDX-License-Identifier: GPL-3.0-or-later

#include "apps/pipeline/check_restored.hpp"

#include "core/error.hpp"
#include "tests/pipeline/small_case.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <functional>
#include <limits>
#include <string>
#include <vector>

namespace {

using namespace cmq;
using report::NoteInput;

struct Change {
    std::string words; ///< of the sentence
    ErrorKind kind;
    std::function<void(NoteInput&)> make;
};

void expect_refusal(Change const& change) {
    NoteInput input = pipeline::test::small_case().input;
    change.make(input);
    try {
        pipeline::check_restored(input);
        ADD_FAILURE() << "passed: " << change.words;
    } catch (Error const& error) {
        EXPECT_EQ(error.kind(), change.kind) << error.full_text();
        EXPECT_THAT(error.full_text(), testing::HasSubstr(change.words));
    }
}

std::vector<Change> capture_changes() {
    return {
        {"row 3 of table 'captures', column 'id'",
         ErrorKind::integrity,
         [](auto& i) { i.captures.pop_back(); }},
        {"row 1 of table 'captures', column 'id'",
         ErrorKind::integrity,
         [](auto& i) { i.captures[1].id = "x"; }},
        {"column 'sha256'", ErrorKind::format, [](auto& i) { i.captures[0].sha256 += "0"; }},
        {"column 'width'", ErrorKind::format, [](auto& i) { i.captures[0].shape.width = -1; }},
        {"column 'saturated'",
         ErrorKind::format,
         [](auto& i) { i.captures[0].saturated_photosites[2] = 65537; }},
        {"column 'exposure_s'",
         ErrorKind::format,
         [](auto& i) { i.captures[0].metadata.exposure_s = 1e-310; }},
        {"column 'software'",
         ErrorKind::format,
         [](auto& i) { i.captures[0].metadata.software = "\x1b[31m"; }},
        {"column 'decoder'",
         ErrorKind::format,
         [](auto& i) { i.captures[0].decoder = std::string(70'000, 'a'); }},
        {"table 'ledger', column 'inputs'",
         ErrorKind::format,
         [](auto& i) { i.file.file = "../case.toml"; }},
        {"table 'ledger', column 'program'",
         ErrorKind::format,
         [](auto& i) { i.program = std::string(1, '\0'); }},
        // The case names no registry: no text may stand in its place, of a hash's length or not.
        {"table 'reading_registry', column 'sha256'",
         ErrorKind::integrity,
         [](auto& i) { i.readings.registry_sha256 = std::string(64, 'a'); }},
        {"table 'reading_registry', column 'sha256'",
         ErrorKind::integrity,
         [](auto& i) { i.readings.registry_sha256 = "x"; }},
    };
}

// As if the first capture's case named a profile, and it was applied.
void apply_profile(NoteInput& input, std::size_t capture = 0, char sha256 = 'a') {
    input.file.captures[capture].profile = casefile::Placed<std::string>{"camera.h5", {}};
    input.captures[capture].profile_sha256 = std::string(64, sha256);
    input.captures[capture].noise_origin = NoiseOrigin::profile;
    input.captures[capture].flat = true;
}

// The change of an area of the first capture, which has none.
Change area_change(std::string words, void (*make)(detect::LargeArea&)) {
    return {std::move(words), ErrorKind::format, [make](NoteInput& input) {
                detect::LargeArea area{.x = 20.0, .y = 20.0, .box = {0, 0, 31, 31}, .share = 0.1};
                area.flux = detect::LargeAreaFlux{};
                input.detections[0].areas = {area, area};
                make(input.detections[0].areas[1]);
            }};
}

std::vector<Change> area_changes() {
    return {
        area_change("row 1 of table 'large_areas', column 'x'", [](auto& a) { a.x = -1.0; }),
        area_change("'large_areas', column 'y'", [](auto& a) { a.y = 257.0; }),
        area_change("'large_areas', column 'last_x'", [](auto& a) { a.box[2] = 256; }),
        area_change("'large_areas', column 'last_y'", [](auto& a) { a.box[1] = 32; }),
        area_change("'large_areas', column 'share'", [](auto& a) { a.share = 1.1; }),
        area_change("'large_areas', column 'in_traces'", [](auto& a) { a.in_traces = -0.1; }),
        area_change("'large_areas', column 'clearest'", [](auto& a) { a.clearest = -1.0; }),
        area_change("'large_areas', column 'outline'", [](auto& a) { a.outline_photosites = 1e9; }),
        area_change("'large_areas', column 'outline_sigma'",
                    [](auto& a) { a.outline_photosites_sigma = -1.0; }),
        area_change("'large_areas', column 'traces'", [](auto& a) { a.traces_within = -1; }),
        area_change("'large_areas', column 'traces_flux_sigma'",
                    [](auto& a) { a.traces_dn_sigma = -1.0; }),
        area_change("'large_areas', column 'flux_sigma'",
                    [](auto& a) { a.flux->dn_sigma[3] = -1.0; }),
        area_change("'large_areas', column 'flux_total_sigma'",
                    [](auto& a) { a.flux->total_dn_sigma = -1.0; }),
        area_change("'large_areas', column 'saturated'",
                    [](auto& a) { a.flux->saturated_photosites = 65'537; }),
    };
}

std::vector<Change> correction_changes() {
    return {
        {"row 0 of table 'captures', column 'profile_sha256'",
         ErrorKind::integrity,
         [](auto& i) { i.captures[0].profile_sha256 = std::string(64, 'a'); }},
        {"column 'profile_sha256'",
         ErrorKind::integrity,
         [](auto& i) {
             apply_profile(i);
             i.captures[0].profile_sha256.clear();
         }},
        {"column 'profile_sha256'",
         ErrorKind::format,
         [](auto& i) {
             apply_profile(i);
             i.captures[0].profile_sha256 = "camera.h5";
         }},
        {"row 1 of table 'captures', column 'profile_sha256'",
         ErrorKind::integrity,
         [](auto& i) {
             apply_profile(i);
             apply_profile(i, 1, 'b');
         }},
        {"column 'noise_origin'",
         ErrorKind::integrity,
         [](auto& i) {
             apply_profile(i);
             i.captures[0].noise_origin = NoiseOrigin::dng_tag;
         }},
        {"column 'noise_origin'",
         ErrorKind::integrity,
         [](auto& i) { i.captures[0].noise_origin = NoiseOrigin::profile; }},
        {"column 'flat'", ErrorKind::format, [](auto& i) { i.captures[0].flat = true; }},
        {"column 'dark_frames'",
         ErrorKind::integrity,
         [](auto& i) { i.captures[0].dark_frames = 1; }},
        {"column 'dark_frames'",
         ErrorKind::integrity,
         [](auto& i) {
             apply_profile(i);
             i.file.captures.back().role.value = casefile::CaptureRole::dark;
             i.captures[0].dark_frames = 1;
         }},
        {"column 'without_ambient'",
         ErrorKind::integrity,
         [](auto& i) { i.captures[0].without_ambient = i.captures.back().id; }},
        {"column 'without_ambient'",
         ErrorKind::integrity,
         [](auto& i) { i.file.captures[0].subtract = i.file.captures.back().id; }},
    };
}

std::vector<Change> detection_changes() {
    auto const trace = [](auto& i) -> auto& {
        return i.detections[0].detection.traces[1];
    };
    return {
        {"table 'detections', column 'capture'",
         ErrorKind::integrity,
         [](auto& i) { i.detections[1].capture = "no"; }},
        {"row 1 of table 'detections', column 'capture'",
         ErrorKind::integrity,
         [](auto& i) { i.detections[1].capture = i.detections[0].capture; }},
        {"column 'height'",
         ErrorKind::integrity,
         [](auto& i) { i.detections[0].detection.shape.height += 2; }},
        {"row 0 of table 'detections', column 'darker'",
         ErrorKind::integrity,
         [](auto& i) { i.detections[0].detection.darker = true; }},
        {"row 0 of table 'detections', column 'darker'",
         ErrorKind::integrity,
         [](auto& i) {
             i.file.captures[0].marks =
                 casefile::Placed<casefile::Marks>{casefile::Marks::darker, {}};
         }},
        {"column 'textured_share'",
         ErrorKind::format,
         [](auto& i) { i.detections[0].detection.textured_share = 1.5; }},
        {"row 1 of table 'traces', column 'id'",
         ErrorKind::format,
         [=](auto& i) { trace(i).id = 1; }},
        {"row 1 of table 'traces', column 'x'",
         ErrorKind::format,
         [=](auto& i) { trace(i).x = 1e9; }},
        {"row 1 of table 'traces', column 'flux_sigma'",
         ErrorKind::format,
         [=](auto& i) { trace(i).flux_dn_sigma[3] = -1.0; }},
        {"row 1 of table 'traces', column 'last_x'",
         ErrorKind::format,
         [=](auto& i) { trace(i).box[2] = std::numeric_limits<std::int64_t>::max(); }},
        {"row 1 of table 'traces', column 'last_y'",
         ErrorKind::format,
         [=](auto& i) { trace(i).box[1] = trace(i).box[3] + 1; }},
        {"row 4 of table 'detection_planes'",
         ErrorKind::format,
         [](auto& i) { i.detections[1].detection.planes[0].hot_photosites = -1; }},
    };
}

std::vector<Change> picture_changes() {
    auto const view = [](auto& i) -> auto& {
        return i.detections[0].views[0].picture;
    };
    auto const beside = [](auto& i) -> auto& {
        return i.detections[0].neighbours[0];
    };
    return {
        {"row 0 of table 'pictures', column 'capture'",
         ErrorKind::integrity,
         [](auto& i) { i.detections[0].views[0].capture = "b1"; }},
        {"row 1 of table 'pictures', column 'capture'",
         ErrorKind::integrity,
         [=](auto& i) { beside(i).capture = "x"; }},
        {"column 'capture'",
         ErrorKind::integrity,
         [](auto& i) { i.detections[0].significance->capture = "b1"; }},
        {"column 'low_dn'",
         ErrorKind::format,
         [](auto& i) { i.detections[0].significance->picture.stretch.low_dn = 0.0; }},
        {"column 'photosites_per_pixel'",
         ErrorKind::format,
         [=](auto& i) { view(i).photosites_per_pixel = 0; }},
        {"column 'height'",
         ErrorKind::format,
         [=](auto& i) { view(i).region.y = std::numeric_limits<std::ptrdiff_t>::max(); }},
        {"column 'width'", ErrorKind::format, [=](auto& i) { view(i).region.width = 0; }},
        {"column 'gamma'", ErrorKind::format, [=](auto& i) { view(i).stretch.gamma = 0.0; }},
        {"column 'name'", ErrorKind::integrity, [=](auto& i) { view(i).pixels.height = 1; }},
        {"column 'name'", ErrorKind::integrity, [=](auto& i) { view(i).pixels.rgb.pop_back(); }},
    };
}

std::vector<Change> finding_changes() {
    return {
        {"table 'blanks', column 'evidence'",
         ErrorKind::integrity,
         [](auto& i) { i.blanks[0].evidence = "b1"; }},
        {"row 1 of table 'blank_totals', column 'capture'",
         ErrorKind::integrity,
         [](auto& i) { i.blanks[0].captures[1] = "b1"; }},
        {"column 'critical_dn'",
         ErrorKind::integrity,
         [](auto& i) {
             i.blanks[0].captures.clear();
             i.blanks[0].totals_dn.clear();
         }},
        {"row 0 of table 'findings', column 'zone'",
         ErrorKind::integrity,
         [](auto& i) { i.findings[0].finding.zone = "P9"; }},
        {"row 0 of table 'findings', column 'sigma'",
         ErrorKind::format,
         [](auto& i) { i.findings[0].finding.sigma = -1.0; }},
        {"row 0 of table 'finding_captures'",
         ErrorKind::integrity,
         [](auto& i) { i.findings[0].captures[0] = "b1"; }},
        {"row 0 of table 'findings', column 'observation'",
         ErrorKind::integrity,
         [](auto& i) { i.findings[0].captures.clear(); }},
        {"row 1 of table 'findings', column 'observation'",
         ErrorKind::integrity,
         [](auto& i) { i.findings[1].observation = "heard"; }},
        {"row 1 of table 'findings', column 'observation'",
         ErrorKind::integrity,
         [](auto& i) { i.findings[1].finding.kind = lab::FindingKind::not_detected; }},
    };
}

std::vector<Change> evaluation_changes() {
    auto const of = [](auto& i) -> auto& {
        return i.evaluations[0];
    };
    return {
        {"row 0 of table 'evaluations', column 'h1'",
         ErrorKind::integrity,
         [](auto& i) { i.evaluations.clear(); }},
        {"row 0 of table 'evaluations', column 'h2'",
         ErrorKind::integrity,
         [=](auto& i) { of(i).h2 = "Hp"; }},
        {"column 'seed'", ErrorKind::integrity, [=](auto& i) { ++of(i).seed; }},
        {"column 'withheld'",
         ErrorKind::integrity,
         [=](auto& i) { of(i).withheld = lab::Withheld::monte_carlo_error; }},
        {"column 'log10_lr'", ErrorKind::format, [=](auto& i) { of(i).log10_lr = 1e5; }},
        {"column 'monte_carlo_se_log10'",
         ErrorKind::format,
         [=](auto& i) { of(i).monte_carlo_se_log10 = -0.1; }},
        {"column 'sensitivity_median'",
         ErrorKind::integrity,
         [=](auto& i) { of(i).sensitivity->median = of(i).sensitivity->high + 1.0; }},
        {"column 'significant_figures'",
         ErrorKind::format,
         [=](auto& i) { of(i).printed.significant_figures = 0; }},
        {"column 'printed'", ErrorKind::format, [=](auto& i) { of(i).printed.value = 0.5; }},
        {"column 'printed'", ErrorKind::integrity, [=](auto& i) { *of(i).printed.value *= 2.0; }},
        {"column 'printed'", ErrorKind::integrity, [=](auto& i) { of(i).printed.value.reset(); }},
        {"column 'supports'",
         ErrorKind::integrity,
         [=](auto& i) {
             of(i).printed.supports = of(i).printed.supports == lab::Supports::h1
                                          ? lab::Supports::h2
                                          : lab::Supports::h1;
         }},
        {"row 1 of table 'evaluation_parameters', column 'name'",
         ErrorKind::integrity,
         [=](auto& i) { of(i).parameters[1].name = of(i).parameters[0].name; }},
        {"row 0 of table 'evaluation_parameters', column 'kind'",
         ErrorKind::format,
         [=](auto& i) {
             of(i).parameters[0].distribution = {
                 .kind = lab::DistributionKind::lognormal, .first = 1.0, .second = 1e300};
         }},
        {"row 0 of table 'evaluation_parameters', column 'kind'",
         ErrorKind::format,
         [=](auto& i) {
             of(i).parameters[0].distribution = {
                 .kind = lab::DistributionKind::gamma, .first = -1.0, .second = 1.0};
         }},
        {"row 0 of table 'evaluation_chain', column 'zone'",
         ErrorKind::integrity,
         [=](auto& i) { of(i).chain[0].zone = "P9"; }},
        {"table 'evaluation_chain', column 'log10_lr'",
         ErrorKind::integrity,
         [=](auto& i) { of(i).chain[0].log10_lr += 0.01; }},
        {"row 0 of table 'evaluation_routes', column 'delivery'",
         ErrorKind::integrity,
         [=](auto& i) { of(i).routes[0].delivery = "rain"; }},
        {"row 1 of table 'evaluation_routes', column 'delivery'",
         ErrorKind::integrity,
         [=](auto& i) { of(i).routes[1] = of(i).routes[0]; }},
        {"row 0 of table 'evaluation_tornado', column 'parameter'",
         ErrorKind::integrity,
         [=](auto& i) { of(i).tornado[0].parameter = "luck"; }},
        {"row 0 of table 'evaluation_tornado', column 'log10_lr_at_low'",
         ErrorKind::format,
         [=](auto& i) { of(i).tornado[0].log10_lr_at_low = -1e5; }},
        {"column 'log10_lr'", // withheld and told
         ErrorKind::integrity,
         [=](auto& i) {
             of(i).withheld = lab::Withheld::monte_carlo_error;
             of(i).log10_lr.reset();
         }},
        {"row 1 of table 'evaluation_curve_points', column 'x'",
         ErrorKind::format,
         [=](auto& i) { of(i).curves[0].x[1] = of(i).curves[0].x[0]; }},
    };
}

// One test: each program that runs computes the case first.
TEST(CheckRestored, PassesWhatWasComputedAndNamesTheRowOfWhatWasNot) {
    NoteInput const& input = pipeline::test::small_case().input;
    // Or the refusals below would test nothing.
    ASSERT_EQ(input.findings.size(), 2U);
    ASSERT_TRUE(input.evaluations.front().log10_lr && input.evaluations.front().sensitivity);
    ASSERT_FALSE(input.evaluations.front().tornado.empty());
    ASSERT_FALSE(input.detections.front().neighbours.empty());
    ASSERT_TRUE(input.detections.front().significance.has_value());
    EXPECT_NO_THROW(pipeline::check_restored(input));
    NoteInput corrected = input;
    apply_profile(corrected);
    apply_profile(corrected, 1);
    corrected.file.captures[0].subtract = corrected.file.captures.back().id;
    corrected.captures[0].without_ambient = corrected.captures.back().id;
    EXPECT_NO_THROW(pipeline::check_restored(corrected));
    for (auto const& changes : {capture_changes(),
                                correction_changes(),
                                detection_changes(),
                                area_changes(),
                                picture_changes(),
                                finding_changes(),
                                evaluation_changes()}) {
        std::ranges::for_each(changes, expect_refusal);
    }
}

} // namespace
