// SPDX-License-Identifier: GPL-3.0-or-later

#include "detect/detect_plane.hpp"

#include "core/error.hpp"
#include "detect/false_rate.hpp"
#include "detect/plane_photometry.hpp"
#include "detect/plane_segments.hpp"
#include "detect/plane_skewness.hpp"
#include "detect/plane_tail.hpp"
#include "detect/plane_whitening.hpp"
#include "detect/plane_window.hpp"
#include "detect/tail_check.hpp"

#include <algorithm>
#include <cmath>

namespace cmq::detect {
namespace {

constexpr double low_significance = 16.0;
constexpr double source_promise = 0.1; // what is kept out of the background, of the promise
constexpr std::ptrdiff_t source_margin = 5;
constexpr float scan_low = 3.6F; // |z| kept by a scan: signal-to-noise 4 where the spread is 0.9
constexpr double raised = 1.2;   // spread above which the noise of a block is taken to be larger
constexpr double moved = 0.75;   // z that a better background may move without another scan
constexpr int most_scans = 4;
constexpr double textured_spread = 1.5; // of blocks whose background repeats itself or is mottled
constexpr double textured_share = 0.1;  // of the blocks: from here on the plane is whitened
constexpr float whitened_low = 2.0F;    // |z| kept by a whitened scan: its weak maxima are counted

using Forms = std::array<std::vector<PlaneForm>, plane_scales>;
using PerScale = std::array<std::vector<float>, plane_scales>;

void check(ImageView<float const> values, PlaneSettings const& settings) {
    if (!(settings.false_traces_expected > 0.0) || settings.false_traces_expected > 100.0) {
        throw Error{
            ErrorKind::domain,
            {"le nombre attendu de fausses traces doit être supérieur à 0 et au plus égal à 100, "
             "et non {}",
             "the expected number of false traces must be above 0 and at most 100, not {}"},
            settings.false_traces_expected};
    }
    PlaneNoise const& noise = settings.noise;
    for (double const figure : {noise.read_noise_dn, noise.gain_dn, noise.prnu}) {
        if (!(figure >= 0.0) || !std::isfinite(figure)) {
            throw Error{ErrorKind::domain,
                        {"le bruit de lecture, le gain et la dispersion des réponses doivent être "
                         "des nombres positifs ou nuls, et non {}",
                         "read noise, gain and spread of responses must be numbers of at least 0, "
                         "not {}"},
                        figure};
        }
    }
    if (values.shape().height < PlaneAxis::side || values.shape().width < PlaneAxis::side) {
        throw Error{ErrorKind::shape,
                    {"une image doit avoir au moins 64 x 64 photosites",
                     "a frame must have at least 64 x 64 photosites"}};
    }
}

// What was scanned, and with what.
struct Look {
    PlaneBackground background;    // level and noise of photosites
    std::vector<double> weight_sd; // what z was divided by, of each block
    std::vector<double> skewness;  // of a photosite, as measured; empty where the noise is known
    PlaneScan scan;
    Forms forms;
    Forms
        spread_forms; // of the filters that are not whitened: for uncertainties of sums of photosites
    std::vector<TestedCells> tested;
    bool whitened = false;
};

// Noise that is alike in neighbours (denoised, JPEG) makes the spread of z larger and takes less of the
// photosites' skewness away: for a Gaussian mean by the root of that, to a quarter more.
void set_skewness(Look& look) {
    for (std::size_t s = 0; s < plane_scales; ++s) {
        double const gain = make_plane_filter(s).skewness_gain;
        for (std::size_t b = 0; b < look.skewness.size(); ++b) {
            PlaneForm& form = look.forms[s][b];
            double const spread =
                std::sqrt(form.spread2 / look.background.variance_dn2[b]) * look.weight_sd[b];
            form.skewness = gain * look.skewness[b] * std::clamp(spread, 1.0, textured_spread);
        }
    }
}

void scan(ImageView<float const> values,
          PlaneMesh const& mesh,
          PlaneSettings const& settings,
          Look& look) {
    std::vector<double> weight(look.weight_sd.size());
    std::transform(look.weight_sd.begin(), look.weight_sd.end(), weight.begin(), [](double sd) {
        return 1.0 / sd;
    });
    PerScale low;
    for (std::size_t s = 0; s < plane_scales; ++s) {
        low[s].assign(mesh.blocks(), scan_low);
        for (std::size_t b = 0; b < look.forms[s].size(); ++b) {
            low[s][b] *=
                static_cast<float>(std::max(1.0, 0.97 * std::sqrt(look.forms[s][b].spread2)));
        }
    }
    look.scan = scan_plane(values,
                           mesh,
                           PlaneSurface{look.background.level_dn, mesh, true},
                           PlaneSurface{weight, mesh, false},
                           low,
                           settings.threads);
    look.forms = measure_plane_forms(look.scan, mesh, settings.noise, look.background);
    if (!settings.noise.is_known()) {
        set_skewness(look);
    }
}

bool is_textured(Look const& look) {
    auto const textured =
        std::count_if(look.forms[0].begin(), look.forms[0].end(), [](PlaneForm const& form) {
            return form.spread2 > textured_spread * textured_spread;
        });
    return static_cast<double>(textured) >
           textured_share * static_cast<double>(look.forms[0].size());
}

void scan_texture(ImageView<float const> values,
                  PlaneMesh const& mesh,
                  PlaneSettings const& settings,
                  Look& look) {
    std::vector<double> weight(look.weight_sd.size());
    std::transform(look.weight_sd.begin(), look.weight_sd.end(), weight.begin(), [](double sd) {
        return 1.0 / sd;
    });
    look.whitened = true;
    PlaneSurface const level{look.background.level_dn, mesh, true};
    look.scan = scan_whitened(values,
                              mesh,
                              level,
                              PlaneSurface{weight, mesh, false},
                              PlaneRelief{values, mesh, level, look.background.clip},
                              whitened_low,
                              settings.threads);
    look.forms =
        measure_plane_forms(look.scan, mesh, PlaneNoise{}, look.background, {4096.0, 1024.0});
    look.tested.clear();
    for (ScaleScan const& scale : look.scan.scale) {
        // Whitened noise is less alike from photosite to photosite than the filter makes it elsewhere:
        // the fit of the narrower filter counts more maxima.
        TestedCells cells{1.0, {}};
        for (BlockSpread const& block : scale.spread) {
            cells.cells[1] += 0.5 * block.all;
        }
        look.tested.push_back(cells);
    }
    draw_in_bright_tail(mesh,
                        look.forms,
                        look.tested,
                        settings.false_traces_expected,
                        static_cast<double>(whitened_low),
                        look.scan);
}

// Where the first filter's values spread more than they should, the noise is taken to be larger and
// everything is looked at again. True when there is something to look at again.
bool raise_noise(PlaneMesh const& mesh, bool known, Look& look) {
    bool again = look.scan.crowded;
    for (std::size_t b = 0; b < mesh.blocks(); ++b) {
        double const spread = std::sqrt(look.forms[0][b].spread2);
        if (spread > raised || (!known && spread < 1.0 / raised)) {
            look.weight_sd[b] *= spread;
            for (std::vector<PlaneForm>& forms : look.forms) {
                forms[b].spread2 /=
                    spread * spread; // what the next scan will find, and sets its bound by
            }
            again = true;
        }
    }
    return again;
}

std::vector<TestedCells> count_tested(PlaneBackground const& background) {
    double photosites = 0.0;
    for (double const n : background.photosites) {
        photosites += n;
    }
    TestedCells fine{plane_filter_sd, {}};
    TestedCells wide{plane_filter_sd, {}};
    fine.cells[1] = 0.5 * photosites; // one side only
    wide.cells[1] = 0.125 * photosites;
    return {fine, wide};
}

// How far z moves when `newer` takes the place of the level that was scanned with, by run.
PerScale shift_of(Look const& look, PlaneMesh const& mesh, std::vector<double> const& newer) {
    std::vector<double> difference(newer.size());
    for (std::size_t b = 0; b < newer.size(); ++b) {
        difference[b] = look.background.level_dn[b] - newer[b];
    }
    PlaneSurface const surface{difference, mesh, true};
    PerScale shift;
    for (std::size_t s = 0; s < plane_scales; ++s) {
        double const gain = make_plane_filter(s).level_gain;
        std::ptrdiff_t const step = s == 0 ? 1 : 2;
        for (ScanRun const& run : look.scan.scale[s].runs) {
            std::ptrdiff_t const y = std::min(run.y * step, mesh.rows.length - 1);
            std::ptrdiff_t const x =
                std::min((run.x + static_cast<std::ptrdiff_t>(run.length) / 2) * step,
                         mesh.columns.length - 1);
            shift[s].push_back(static_cast<float>(gain * static_cast<double>(surface.at(y, x)) /
                                                  look.weight_sd[mesh.block_of(y, x)]));
        }
    }
    return shift;
}

bool moves_much(Look const& look, PlaneMesh const& mesh, std::vector<double> const& newer) {
    double const gain = make_plane_filter(0).level_gain;
    for (std::size_t b = 0; b < mesh.blocks(); ++b) {
        if (gain * std::abs(look.background.level_dn[b] - newer[b]) > moved * look.weight_sd[b]) {
            return true;
        }
    }
    return false;
}

double dark_tail_factor(Look const& look,
                        PlaneMesh const& mesh,
                        PerScale const& shift,
                        Shape shape,
                        std::vector<TestedCells> const& tested) {
    auto const parts =
        find_plane_parts(look.scan, mesh, look.forms, shift, PlaneSide::dark, low_significance);
    std::vector<Segment> darker;
    for (PlaneSegment const& segment : find_plane_segments(parts, shape, low_significance)) {
        darker.push_back({{}, 0, static_cast<float>(segment.significance)});
    }
    return tail_factor(darker, tested);
}

// Segments that may share photosites with each: one reaches into the window of the other.
std::vector<std::vector<std::size_t>> neighbours_of(std::vector<PlaneSegment> const& segments) {
    constexpr std::ptrdiff_t reach = plane_window_margin + 2;
    std::vector<std::vector<std::size_t>> result(segments.size());
    std::ptrdiff_t tallest = 0;
    for (PlaneSegment const& segment : segments) {
        tallest = std::max(tallest, segment.rows.last - segment.rows.first);
    }
    for (std::size_t a = 0; a < segments.size(); ++a) {
        for (std::size_t b = a + 1; b < segments.size(); ++b) {
            if (segments[b].rows.first > segments[a].rows.last + reach) {
                break; // sorted by first row
            }
            if (segments[b].columns.first <= segments[a].columns.last + reach &&
                segments[a].columns.first <= segments[b].columns.last + reach) {
                result[a].push_back(b);
                result[b].push_back(a);
            }
        }
    }
    return result;
}

double median_spread(Look const& look) {
    Forms const& forms = look.forms;
    std::vector<double> ratio(forms[0].size());
    for (std::size_t b = 0; b < ratio.size(); ++b) {
        ratio[b] =
            std::sqrt(forms[0][b].spread2 / look.background.variance_dn2[b]) * look.weight_sd[b];
    }
    auto const middle = ratio.begin() + static_cast<std::ptrdiff_t>(ratio.size() / 2);
    std::nth_element(ratio.begin(), middle, ratio.end());
    return *middle;
}

std::vector<double> root(std::vector<double> values) {
    std::transform(
        values.begin(), values.end(), values.begin(), [](double v) { return std::sqrt(v); });
    return values;
}

void check_values(std::int64_t missing, Shape shape) {
    if (2 * missing > shape.area()) {
        throw Error{ErrorKind::insufficient,
                    {"moins de la moitié des photosites ont une valeur",
                     "fewer than half the photosites have a value"}};
    }
}

} // namespace

PlaneDetection detect_plane(ImageView<float const> values, PlaneSettings const& settings) {
    check(values, settings);
    Shape const shape = values.shape();
    PlaneMesh const mesh{{shape.height}, {shape.width}};
    bool const known = settings.noise.is_known();
    PlaneDetection result;
    result.shape = shape;
    result.false_traces_expected = settings.false_traces_expected;
    Look look;
    look.background = measure_plane_background(values, mesh, settings.noise, settings.threads);
    look.weight_sd = root(look.background.variance_dn2);
    look.tested = count_tested(look.background);
    if (!known) {
        look.skewness = measure_plane_skewness(values, mesh, look.background, settings.threads);
    }

    PlaneBackground outside;
    for (int scans = 0; scans < most_scans; ++scans) {
        scan(values, mesh, settings, look);
        result.masked_photosites = look.scan.missing;
        check_values(result.masked_photosites, shape);
        if (scans == 0) {
            look.spread_forms = look.forms;
            result.spread_ratio = median_spread(look);
        }
        if (is_textured(look)) {
            look.spread_forms = look.forms;
            scan_texture(values, mesh, settings, look);
        } else if (scans + 1 < most_scans && raise_noise(mesh, known, look)) {
            outside = {};
            continue;
        }
        // Both signs: taking out bright excursions of noise only would lower the mean.
        auto const parts = find_plane_parts(look.scan,
                                            mesh,
                                            look.forms,
                                            {},
                                            look.whitened ? PlaneSide::bright : PlaneSide::both,
                                            low_significance);
        auto const sources = find_plane_segments(
            parts,
            shape,
            significance_for(look.tested, source_promise * settings.false_traces_expected));
        outside = look.background;
        leave_out(
            values, mesh, settings.noise, to_runs(sources, parts, shape, source_margin), outside);
        if (look.whitened || scans + 1 == most_scans || !moves_much(look, mesh, outside.level_dn)) {
            break;
        }
        look.background = outside;
    }

    // A whitened plane does not heed its level, and its bright side has been measured.
    PerScale const shift = look.whitened ? PerScale{} : shift_of(look, mesh, outside.level_dn);
    result.tail_factor =
        look.whitened ? 1.0 : dark_tail_factor(look, mesh, shift, shape, look.tested);
    double const threshold =
        significance_for(look.tested, settings.false_traces_expected) * result.tail_factor;
    auto const parts =
        find_plane_parts(look.scan, mesh, look.forms, shift, PlaneSide::bright, low_significance);
    auto const segments = find_plane_segments(parts, shape, threshold);
    PlaneBackground final_background = outside;
    leave_out(values,
              mesh,
              settings.noise,
              to_runs(segments, parts, shape, plane_aperture_margin),
              final_background);
    PlaneSurface const level{final_background.level_dn, mesh, true};
    PlaneScene const scene{values,
                           mesh,
                           final_background,
                           level,
                           look.spread_forms,
                           settings,
                           parts,
                           segments,
                           look.whitened};
    auto const neighbours = neighbours_of(segments);
    for (std::size_t i = 0; i < segments.size(); ++i) {
        if (is_hot_photosite(scene, segments[i])) {
            ++result.hot_photosites;
            continue;
        }
        PlaneTrace trace = measure_plane_trace(scene, i, neighbours[i]);
        trace.id = static_cast<std::int64_t>(result.traces.size()) + 1;
        trace.log10_nfa =
            log_false_traces(look.tested, segments[i].significance / result.tail_factor) /
            std::log(10.0);
        result.traces.push_back(trace);
    }
    result.threshold = std::sqrt(threshold);
    result.textured = look.whitened;
    return result;
}

} // namespace cmq::detect
