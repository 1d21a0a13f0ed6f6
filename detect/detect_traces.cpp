// SPDX-License-Identifier: GPL-3.0-or-later

#include "detect/detect_traces.hpp"

#include "core/error.hpp"
#include "core/number_text.hpp"
#include "detect/background.hpp"
#include "detect/check_request.hpp"
#include "detect/deblend.hpp"
#include "detect/false_rate.hpp"
#include "detect/hot_photosites.hpp"
#include "detect/limit_sites.hpp"
#include "detect/lone_photosites.hpp"
#include "detect/matched_filter.hpp"
#include "detect/parallel_runs.hpp"
#include "detect/photometry.hpp"
#include "detect/plane_summary.hpp"
#include "detect/segments.hpp"
#include "detect/tail_check.hpp"
#include "detect/whitening.hpp"

#include <algorithm>
#include <cmath>
#include <functional>
#include <utility>

namespace cmq::detect {
namespace {

constexpr std::ptrdiff_t mesh_side = 32; // cells; the size that was tried in research/imaging.md 3a
constexpr std::array<std::ptrdiff_t, LimitSite::scales> binnings{1, 2, 4}; // cells
// What is kept out of the background while it is measured. Were the bound below the threshold, maxima
// of noise would lose their own share in the background and pass the threshold more often.
constexpr double source_promise = 0.1; // of the false traces promised
constexpr float source_low = 12.0F;
constexpr int source_margin = 3; // cells
constexpr float low_significance = 16.0F;
constexpr int aperture_margin = 3; // cells: 99 % of a droplet's light at signal-to-noise 7
constexpr double darker_than_noise = -3.0;
constexpr double least_threshold =
    14.0; // below it maxima of noise are more than their formula says
// Cloth: texture of 20 standard deviations, in the filter of two cells, in three blocks of four. Below it, what is sharp in it
// lies within the noise; on fewer, the rim of a stain may pass for texture, and what has its colour would be lost
// (flux_with_areas_test.cpp).
constexpr float cloth_spread = 400.0F;
constexpr double cloth_share = 0.75;
constexpr std::size_t first_look = 1; // the level that finds what the background must leave out

void step(Progress const& progress, double done, Words doing) {
    if (progress.stop.stop_requested()) {
        throw Error{
            ErrorKind::limits,
            {"la détection a été arrêtée avant la fin", "detection was stopped before its end"}};
    }
    progress.report(done, Sentence{doing});
}

// Apertures take no further part in the background; blocks that this takes cells from become unsettled.
void mark_apertures(std::vector<std::int32_t> const& aperture,
                    Cells& cells,
                    Background& background) {
    constexpr std::size_t stretch = 512; // most have none
    for (std::size_t first = 0; first < aperture.size(); first += stretch) {
        std::size_t const last = std::min(aperture.size(), first + stretch);
        std::int32_t any = 0;
        for (std::size_t i = first; i < last; ++i) {
            any |= aperture[i];
        }
        for (std::size_t i = first; any != 0 && i < last; ++i) {
            if (aperture[i] != 0 && (cells.flags[i] & source_bit) == 0) {
                cells.flags[i] |= source_bit;
                unsettle(i, background);
            }
        }
    }
}

bool is_cloth(std::vector<SignificanceForm> const& forms) {
    auto const strong = std::ranges::count_if(forms, [](SignificanceForm const& form) {
        return is_textured(form) && *std::ranges::max_element(form.spread) >= cloth_spread;
    });
    return static_cast<double>(strong) >= cloth_share * static_cast<double>(forms.size());
}

struct Tested {
    std::vector<TestedCells> all;
    std::vector<TestedCells> mirror; // where the dark side says what noise does
    double textured_share = 0.0;     // of the level where it is largest
};

void count_tested(TestedBlocks const& blocks,
                  std::vector<SignificanceForm> const& forms,
                  Tested& tested) {
    TestedCells all;
    TestedCells mirror;
    double with_texture = 0.0;
    double in_all = 0.0;
    for (std::size_t b = 0; b < forms.size(); ++b) {
        auto const dimensions = static_cast<std::size_t>(forms[b].dimensions);
        double const places = blocks.places[b];
        bool const textured = is_textured(forms[b]);
        all.cells[dimensions] += (forms[b].any_sign ? 1.0 : 0.5) * places;
        mirror.cells[dimensions] += (forms[b].any_sign ? 0.0 : 0.5) * places;
        with_texture += textured ? places : 0.0;
        in_all += places;
    }
    tested.textured_share =
        std::max(tested.textured_share, in_all > 0.0 ? with_texture / in_all : 0.0);
    tested.all.push_back(all);
    tested.mirror.push_back(mirror);
}

// The largest k with N(T_k) <= q k, T_k the k-th clearest segment and N the false ones expected at or above
// it, says which T to reach. Source: Y. Benjamini, Y. Hochberg, J. Royal Stat. Soc. B 57 (1995) 289.
double significance_for_share(std::vector<Segment> const& segments,
                              std::vector<TestedCells> const& tested,
                              double tail_factor,
                              double share) {
    std::vector<double> found;
    found.reserve(segments.size());
    for (Segment const& segment : segments) {
        found.push_back(static_cast<double>(segment.tested) / tail_factor);
    }
    std::sort(found.begin(), found.end(), std::greater<>{});
    double threshold = significance_for(tested, share); // as if one were found
    for (std::size_t k = 0; k < found.size(); ++k) {
        if (log_false_traces(tested, found[k]) <= std::log(share * static_cast<double>(k + 1))) {
            threshold = std::min(threshold, found[k]);
        }
    }
    return threshold;
}

std::vector<float> signal_to_noise(std::vector<float> significance, float low) {
    for (float& value : significance) {
        value = value >= low ? std::sqrt(value) : 0.0F;
    }
    return significance;
}

// One frame on its way to its traces.
class Search {
public:
    Search(Frame const& frame, Settings const& settings)
        : frame_{frame}
        , settings_{settings}
        , form_settings_{frame.noise.origin != NoiseOrigin::estimated,
                         settings.colour,
                         settings.threads}
        , cells_{make_cells(frame, settings.threads)}
        , mesh_{make_mesh(cells_.shape, mesh_side)}
        , kernels_{make_kernel(binnings[0]), make_kernel(binnings[1]), make_kernel(binnings[2])} {}

    void look_first() {
        background_ = measure_first_background(frame_, cells_, mesh_, settings_.threads);
        fill_levels();
        auto settings = form_settings_;
        settings.colour.reset(); // what glows is no background, of whatever colour
        Tested tested;
        SignificanceMap map{cells_, source_low};
        auto forms = measure(first_look, settings);
        if (is_cloth(forms)) {
            // What lies outside a block's robust range is print here, and the planes do not agree on it.
            set_cloth(background_);
            measure_background_again();
            forms = measure(first_look, settings);
        }
        leaks_.emplace(cells_, background_, frame_.cfa, settings_.threads);
        test(first_look, forms, map, tested);
        // The other levels, the finest first of all, find about as many more.
        for (auto& places : tested.all[0].cells) {
            places *= static_cast<double>(binnings[first_look] * binnings[first_look]);
        }
        auto const high =
            static_cast<float>(significance_for(tested.all, source_promise * promise()));
        // Both signs: taking out bright excursions of noise only would lower the mean.
        auto const sources = find_segments(cells_, map.value, Side::either, source_low, high);
        for (std::size_t const cell : mark_segments(sources, source_margin, cells_)) {
            unsettle(cell, background_);
        }
    }

    void measure_background_again() {
        auto const unsettled = unsettled_blocks(background_);
        Background const before = background_;
        background_ = measure_again(frame_, cells_, before, unsettled, settings_.threads);
        auto const changed = change_background(before, background_, cells_, settings_.threads);
        Candidates candidates(static_cast<std::size_t>(mesh_.blocks.height));
        parallel_blocks(candidates.size(), settings_.threads, [&](std::size_t row) {
            auto const by = static_cast<std::ptrdiff_t>(row);
            find_hot_candidates(background_, cells_, by, &unsettled, candidates[row]);
        });
        for (std::ptrdiff_t by = 0; by < mesh_.blocks.height; ++by) {
            for (Span const columns : chosen_columns(mesh_, changed, by)) {
                sum_around(levels_[0], mesh_.rows(by), columns, levels_[1]);
            }
        }
        take_out_hot(candidates);
    }

    [[nodiscard]] SignificanceMap test_all() {
        // The border of traces lies at 0.6 of a threshold that all cells, with one sign of two planes, would
        // need.
        TestedCells least;
        least.cells[2] = 0.25 * static_cast<double>(cells_.shape.area());
        double const threshold = settings_.false_discovery_rate
                                     ? least_threshold
                                     : significance_for({least}, settings_.false_traces_expected);
        SignificanceMap map{cells_,
                            std::min(low_significance, static_cast<float>(0.6 * threshold))};
        forms_.push_back(measure(0, form_settings_));
        take_out_lone(forms_[0]);
        levels_.push_back(make_coarser_level(levels_.back()));
        parallel_runs(static_cast<std::size_t>(levels_[2].shape.height),
                      settings_.threads,
                      [&](std::size_t from, std::size_t to) {
                          sum_rows_within(levels_[1],
                                          {2 * static_cast<std::ptrdiff_t>(from),
                                           2 * static_cast<std::ptrdiff_t>(to)},
                                          levels_[2]);
                      });
        bin_missing(levels_[1], levels_[2]);
        for (std::size_t s = 1; s < levels_.size(); ++s) {
            forms_.push_back(measure(s, form_settings_));
        }
        leaks_.emplace(cells_, background_, frame_.cfa, settings_.threads);
        for (std::size_t s = 0; s < levels_.size(); ++s) {
            test(s, forms_[s], map, tested_);
        }
        return map;
    }

    [[nodiscard]] Detection finish(SignificanceMap& map);

private:
    using Candidates = std::vector<std::vector<HotPhotosite>>; // by row of blocks

    // Residuals and their sums over 2 x 2 cells, while the values of a row of blocks are in the cache.
    void fill_levels() {
        levels_.push_back(make_finest_level(cells_, mesh_));
        levels_.push_back(make_coarser_level(levels_[0]));
        SurfaceRows const surface{background_};
        Candidates candidates(static_cast<std::size_t>(mesh_.blocks.height));
        parallel_blocks(candidates.size(), settings_.threads, [&](std::size_t row) {
            auto const by = static_cast<std::ptrdiff_t>(row);
            Span const rows = mesh_.rows(by);
            SurfaceRows::Buffers buffers;
            for (std::ptrdiff_t y = rows.first; y < rows.last; ++y) {
                surface.fill_residual(frame_, y, buffers, cells_);
            }
            find_hot_candidates(background_, cells_, by, nullptr, candidates[row]);
            sum_rows_within(levels_[0], rows, levels_[1]);
        });
        for (std::ptrdiff_t by = 1; by < mesh_.blocks.height; ++by) {
            sum_rows_between(levels_[0], mesh_.rows(by).first, levels_[1]);
        }
        list_missing(cells_, settings_.threads, levels_[0]);
        bin_missing(levels_[0], levels_[1]);
        take_out_hot(candidates);
    }

    void take_out_hot(Candidates const& candidates) {
        renew_levels(mask_hot_photosites(frame_, candidates, background_, cells_));
    }

    // After photosites were taken out.
    void renew_levels(std::vector<HotPhotosite> const& hot) {
        for (HotPhotosite const& photosite : hot) {
            ++hot_[photosite.plane];
            sum_bin(levels_[0], photosite.cell, levels_[1]);
        }
        if (!hot.empty()) {
            list_missing(cells_, settings_.threads, levels_[0]);
            bin_missing(levels_[0], levels_[1]);
        }
    }

    // Of significances over tail_factor.
    [[nodiscard]] double threshold_of(SignificanceMap const& map, double tail_factor) const {
        if (!settings_.false_discovery_rate) {
            return significance_for(tested_.all, settings_.false_traces_expected);
        }
        auto const least = static_cast<float>(tail_factor * least_threshold);
        return significance_for_share(
            find_segments(cells_, map.value, Side::brighter, least, least),
            tested_.all,
            tail_factor,
            *settings_.false_discovery_rate);
    }

    // False traces to be expected, where the background is measured before any threshold is known.
    [[nodiscard]] double promise() const {
        return settings_.false_discovery_rate ? 1.0 : settings_.false_traces_expected;
    }

    [[nodiscard]] std::vector<SignificanceForm> measure(std::size_t s,
                                                        FormSettings const& settings) const {
        return measure_forms(cells_, levels_[s], kernels_[s], background_, frame_, settings);
    }

    // Adds what a level says to the map.
    void test(std::size_t s,
              std::vector<SignificanceForm> const& forms,
              SignificanceMap& map,
              Tested& tested) {
        auto const blocks = add_significance(levels_[s],
                                             kernels_[s],
                                             background_,
                                             frame_.cfa,
                                             forms,
                                             *leaks_,
                                             static_cast<unsigned>(s),
                                             settings_.threads,
                                             cells_,
                                             map);
        count_tested(blocks, forms, tested);
    }

    void take_out_lone(std::vector<SignificanceForm> const& forms) {
        auto const lone =
            find_lone_photosites(frame_, background_, cells_, forms, settings_.threads);
        mask_photosites(frame_, lone, background_, cells_);
        renew_levels(lone);
    }

    Frame const& frame_;
    Settings const& settings_;
    FormSettings form_settings_;
    Cells cells_;
    Mesh mesh_;
    std::array<Kernel, LimitSite::scales> kernels_;
    Background background_;
    PerPlane<std::int64_t> hot_{};
    std::vector<Level> levels_;
    std::vector<std::vector<SignificanceForm>> forms_;
    std::optional<BorderLeaks> leaks_; // of the cells and the background above
    Tested tested_;
};

Detection Search::finish(SignificanceMap& map) {
    Detection result;
    result.tail_factor = tail_factor(
        find_segments(cells_, map.value, Side::darker, low_significance, low_significance),
        tested_.mirror);
    double const threshold = result.tail_factor * threshold_of(map, result.tail_factor);
    auto const low = std::min(low_significance, static_cast<float>(0.6 * threshold));
    auto const high = static_cast<float>(threshold);
    auto const segments =
        refine_segments({frame_, background_, forms_, *leaks_, low, high},
                        find_segments(cells_, map.value, Side::brighter, low, high),
                        cells_,
                        map);
    auto const aperture = grow_segments(cells_, segments, aperture_margin);
    LimitSites sites{cells_, mesh_, background_};
    for (std::size_t s = 0; s < levels_.size(); ++s) {
        sites.add_scale(s, levels_[s], kernels_[s], frame_.cfa, forms_[s], *leaks_);
    }
    if (!segments.empty()) { // photometry stands on a background that leaves out every trace
        mark_apertures(aperture, cells_, background_);
        measure_background_again();
    }
    Scene const scene{frame_,
                      cells_,
                      background_,
                      forms_,
                      map.value,
                      segments,
                      aperture,
                      aperture_margin,
                      static_cast<double>(low)};
    std::vector<std::int32_t> id_of(segments.size() + 1, 0); // by label of the aperture
    for (std::size_t i = 0; i < segments.size(); ++i) {
        Trace trace = measure_trace(scene, i);
        if (total_signal_to_noise(trace) < darker_than_noise) {
            continue; // texture hides the sign of its colour, but it is darker all in all
        }
        trace.id = static_cast<std::int64_t>(result.traces.size()) + 1;
        trace.log10_nfa =
            log_false_traces(tested_.all,
                             static_cast<double>(segments[i].tested) / result.tail_factor) /
            std::log(10.0);
        trace.scale_cells = static_cast<double>(binnings[segments[i].level]);
        trace.group = segments[i].parent;
        id_of[i + 1] = static_cast<std::int32_t>(trace.id);
        result.traces.push_back(trace);
    }
    if (settings_.keep_significance) {
        result.significance = signal_to_noise(map.value, low);
    }
    if (settings_.keep_apertures) {
        result.aperture.resize(aperture.size());
        std::ranges::transform(aperture, result.aperture.begin(), [&](std::int32_t label) {
            return id_of[static_cast<std::size_t>(label)];
        });
    }
    result.shape = frame_.shape;
    result.cfa = frame_.cfa;
    result.false_discovery_rate = settings_.false_discovery_rate;
    result.false_traces_expected =
        settings_.false_discovery_rate
            ? std::exp(log_false_traces(tested_.all, threshold / result.tail_factor))
            : settings_.false_traces_expected;
    result.noise_origin = frame_.noise.origin;
    result.threshold = std::sqrt(threshold);
    result.low_threshold = std::sqrt(static_cast<double>(low));
    for (std::size_t s = 0; s < binnings.size(); ++s) {
        result.scales_cells[s] = static_cast<double>(binnings[s]);
    }
    result.textured_share = tested_.textured_share;
    result.planes = summarise_planes(frame_, cells_, background_, hot_);
    result.limit_sites = sites.outside(aperture);
    for (Sentence const& warning : warnings_of(result)) {
        result.warnings.push_back(warning.english());
    }
    return result;
}

} // namespace

Detection detect_traces(Frame const& frame, Settings const& settings, Progress const& progress) {
    check_request(frame, settings);
    step(progress, 0.0, {"fond de l’image", "background"});
    Search search{frame, settings};
    search.look_first();
    step(progress, 0.4, {"fond hors des traces", "background outside traces"});
    search.measure_background_again();
    step(progress, 0.5, {"filtres adaptés", "matched filters"});
    SignificanceMap map = search.test_all();
    step(progress, 0.9, {"mesure des traces", "traces"});
    return search.finish(map);
}

} // namespace cmq::detect
