// SPDX-License-Identifier: GPL-3.0-or-later

#include "detect/detect_traces.hpp"

#include "core/error.hpp"
#include "core/number_text.hpp"
#include "detect/background.hpp"
#include "detect/false_rate.hpp"
#include "detect/hot_photosites.hpp"
#include "detect/limit_sites.hpp"
#include "detect/matched_filter.hpp"
#include "detect/photometry.hpp"
#include "detect/plane_summary.hpp"
#include "detect/segments.hpp"
#include "detect/tail_check.hpp"
#include "detect/whitening.hpp"

#include <algorithm>
#include <cmath>

namespace cmq::detect {
namespace {

constexpr std::ptrdiff_t mesh_side = 32; // cells; the size that was tried in research/imaging.md 3a
constexpr std::array<double, LimitSite::scales> scales{1.0, 2.0}; // cells
// What is kept out of the background while it is measured. Were the bound below the threshold, maxima
// of noise would lose their own share in the background and pass the threshold more often.
constexpr double source_promise = 0.1; // of the false traces promised
constexpr float source_low = 12.0F;
constexpr int source_margin = 3; // cells
constexpr float low_significance = 16.0F;
constexpr int aperture_margin = 3; // cells: 99 % of a droplet's light at signal-to-noise 7
constexpr double darker_than_noise = -3.0;

void check(Frame const& frame, Settings const& settings) {
    if (!(settings.false_traces_expected > 0.0) || settings.false_traces_expected > 100.0) {
        throw Error{
            ErrorKind::domain,
            {"le nombre attendu de fausses traces doit être supérieur à 0 et au plus égal à 100, "
             "et non {}",
             "the expected number of false traces must be above 0 and at most 100, not {}"},
            settings.false_traces_expected};
    }
    if (frame.shape.height < 64 || frame.shape.width < 64) {
        throw Error{ErrorKind::shape,
                    {"une image doit avoir au moins 64 x 64 photosites",
                     "a frame must have at least 64 x 64 photosites"}};
    }
    auto const area = static_cast<std::size_t>(frame.shape.area());
    if (frame.value.size() != area || frame.variance.size() != area || frame.mask.size() != area) {
        throw Error{ErrorKind::shape,
                    {"les valeurs, les variances et le masque de l’image ne correspondent pas à sa "
                     "hauteur et à sa largeur",
                     "values, variances and mask of the frame do not fit its height and width"}};
    }
}

void step(Progress const& progress, double done, Words doing) {
    if (progress.stop.stop_requested()) {
        throw Error{
            ErrorKind::limits,
            {"la détection a été arrêtée avant la fin", "detection was stopped before its end"}};
    }
    progress.report(done, Sentence{doing});
}

void mark_sources(Cells& cells, std::vector<float> map, float source_high) {
    // Both signs: taking out bright excursions of noise only would lower the mean.
    for (float& value : map) {
        value = std::abs(value);
    }
    auto const segments = find_segments(cells, map, source_low, source_high);
    auto const label = grow_segments(cells, segments, source_margin);
    for (std::size_t i = 0; i < label.size(); ++i) {
        if (label[i] != 0) {
            cells.flags[i] |= source_bit;
        }
    }
}

void mark_apertures(Cells& cells, std::vector<std::int32_t> const& aperture) {
    for (std::size_t i = 0; i < aperture.size(); ++i) {
        if (aperture[i] != 0) {
            cells.flags[i] |= source_bit;
        }
    }
}

struct Tested {
    std::vector<TestedCells> all;
    std::vector<TestedCells> mirror; // where the dark side says what noise does
    double textured = 0.0;
    double cells = 0.0;
};

void count_tested(SignificanceMap const& map,
                  std::vector<SignificanceForm> const& forms,
                  double scale,
                  Tested& tested) {
    TestedCells all{scale, {}};
    TestedCells mirror{scale, {}};
    for (std::size_t b = 0; b < forms.size(); ++b) {
        auto const dimensions = static_cast<std::size_t>(forms[b].dimensions);
        all.cells[dimensions] += (forms[b].any_sign ? 1.0 : 0.5) * map.tested[b];
        mirror.cells[dimensions] += (forms[b].any_sign ? 0.0 : 0.5) * map.tested[b];
        tested.textured += forms[b].any_sign ? map.tested[b] : 0.0;
        tested.cells += map.tested[b];
    }
    tested.all.push_back(all);
    tested.mirror.push_back(mirror);
}

// The clearer of the scales in each cell; darker: of what is darker than the background.
std::vector<float> clearest(std::array<SignificanceMap, LimitSite::scales> const& maps,
                            bool darker) {
    std::vector<float> best(maps[0].value.size(), 0.0F);
    for (auto const& map : maps) {
        for (std::size_t i = 0; i < best.size(); ++i) {
            best[i] = std::max(best[i], darker ? -map.value[i] : map.value[i]);
        }
    }
    return best;
}

std::vector<float> signal_to_noise(std::vector<float> significance, float low) {
    for (float& value : significance) {
        value = value >= low ? std::sqrt(value) : 0.0F;
    }
    return significance;
}

} // namespace

Detection detect_traces(Frame const& frame, Settings const& settings, Progress const& progress) {
    check(frame, settings);
    unsigned const threads = settings.threads;
    step(progress, 0.0, {"fond de l’image", "background"});
    Cells cells = make_cells(frame, threads);
    Mesh const mesh = make_mesh(cells.shape, mesh_side);
    bool const floor_at_model = frame.noise.origin != NoiseOrigin::estimated;
    std::array<Kernel, LimitSite::scales> const kernels{make_kernel(scales[0]),
                                                        make_kernel(scales[1])};
    FilteredPlanes z;

    Background background = measure_background(frame, cells, mesh, BlockLevel::clipped, threads);
    subtract_background(frame, background, cells, threads);
    PerPlane<std::int64_t> hot = mask_hot_photosites(frame, background, cells, threads);
    step(progress, 0.2, {"premier examen", "first look"});
    filter_planes(cells, background, frame, kernels[1], threads, z);
    auto forms = measure_forms(cells, z, kernels[1], background, frame, floor_at_model, threads);
    {
        auto const map = significance_map(cells, z, mesh, forms, threads);
        Tested first;
        count_tested(map, forms, scales[1], first);
        count_tested(map, forms, scales[0], first); // about as many
        mark_sources(cells,
                     map.value,
                     static_cast<float>(significance_for(
                         first.all, source_promise * settings.false_traces_expected)));
    }

    step(progress, 0.4, {"fond hors des traces", "background outside traces"});
    background = measure_background(frame, cells, mesh, BlockLevel::mean, threads);
    subtract_background(frame, background, cells, threads);
    auto const more_hot = mask_hot_photosites(frame, background, cells, threads);

    Detection result;
    LimitSites sites{cells, mesh, background};
    Tested tested;
    std::vector<std::vector<SignificanceForm>> forms_by_scale;
    std::array<SignificanceMap, LimitSite::scales> maps;
    for (std::size_t s = 0; s < maps.size(); ++s) {
        step(progress, 0.5 + 0.2 * static_cast<double>(s), {"filtre adapté", "matched filter"});
        filter_planes(cells, background, frame, kernels[s], threads, z);
        forms = measure_forms(cells, z, kernels[s], background, frame, floor_at_model, threads);
        forms_by_scale.push_back(forms);
        maps[s] = significance_map(cells, z, mesh, forms, threads);
        count_tested(maps[s], forms, scales[s], tested);
        sites.add_scale(s, kernels[s], z, forms);
    }

    step(progress, 0.9, {"mesure des traces", "traces"});
    double const from_model = significance_for(tested.all, settings.false_traces_expected);
    result.tail_factor =
        tail_factor(find_segments(cells, clearest(maps, true), low_significance, low_significance),
                    tested.mirror);
    double const threshold = from_model * result.tail_factor;
    auto const significance = clearest(maps, false);
    auto const low = std::min(low_significance, static_cast<float>(0.6 * threshold));
    auto const segments = find_segments(cells, significance, low, static_cast<float>(threshold));
    auto const aperture = grow_segments(cells, segments, aperture_margin);
    if (!segments.empty()) { // photometry stands on a background that leaves out every trace
        mark_apertures(cells, aperture);
        background = measure_background(frame, cells, mesh, BlockLevel::mean, threads);
        subtract_background(frame, background, cells, threads);
    }
    Scene const scene{frame,
                      cells,
                      background,
                      forms_by_scale,
                      significance,
                      segments,
                      aperture,
                      aperture_margin,
                      static_cast<double>(low)};
    for (std::size_t i = 0; i < segments.size(); ++i) {
        Trace trace = measure_trace(scene, i);
        if (total_signal_to_noise(trace) < darker_than_noise) {
            continue; // texture hides the sign of its colour, but it is darker all in all
        }
        trace.id = static_cast<std::int64_t>(result.traces.size()) + 1;
        trace.log10_nfa =
            log_false_traces(tested.all,
                             static_cast<double>(segments[i].significance) / result.tail_factor) /
            std::log(10.0);
        trace.scale_cells = maps[1].value[segments[i].peak] > maps[0].value[segments[i].peak]
                                ? scales[1]
                                : scales[0];
        result.traces.push_back(trace);
    }

    if (settings.keep_significance) {
        result.significance = signal_to_noise(significance, low);
    }
    result.shape = frame.shape;
    result.cfa = frame.cfa;
    result.false_traces_expected = settings.false_traces_expected;
    result.noise_origin = frame.noise.origin;
    result.threshold = std::sqrt(threshold);
    result.low_threshold = std::sqrt(static_cast<double>(low));
    result.scales_cells = scales;
    result.textured_share = tested.cells > 0.0 ? tested.textured / tested.cells : 0.0;
    for (std::size_t p = 0; p < plane_count; ++p) {
        hot[p] += more_hot[p];
    }
    result.planes = summarise_planes(frame, cells, background, hot);
    result.limit_sites = sites.outside(aperture);
    for (Sentence const& warning : warnings_of(result)) {
        result.warnings.push_back(warning.english());
    }
    return result;
}

} // namespace cmq::detect
