// SPDX-License-Identifier: GPL-3.0-or-later

#include "detect/register_frames.hpp"

#include "core/error.hpp"
#include "detect/register_ecc.hpp"
#include "detect/register_pyramid.hpp"
#include "detect/register_shift.hpp"
#include "detect/register_tiles.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace cmq::detect {

namespace {

constexpr std::ptrdiff_t coarsest_side = 128;
constexpr std::ptrdiff_t seed_side = 512; // level on which shifts are sought and peaks judged
constexpr std::ptrdiff_t most_finest_pixels = 3'000'000; // beyond, the next level does as well
constexpr std::ptrdiff_t model_side = 1024;              // level on which the model is chosen
// Below it, more than six sevenths of a gradient picture is noise; pure noise gives 0 +- 0.02.
constexpr double least_structure = 0.15;
constexpr double half_whitening = 0.5; // full whitening raises the noise of short periods
constexpr std::size_t seeds_tried = 3;
constexpr double decisive_z = 40.0; // no other turn or scale need be looked at
// Chosen on unrelated simulated scenes: docs/methods/registration.md has what they reach.
constexpr double least_peak_z = 10.0;
constexpr double most_second_peak = 0.6;
constexpr double hopeless_second_peak = 0.8; // of the first guess: nothing finer would mend it
constexpr double second_peak_distance = 8.0; // pixels of the coarsest level
constexpr double most_residual = 3.0;        // photosites; unrelated scenes leave 7 and more
constexpr std::size_t fewest_tiles = 6;
constexpr double least_tile_share = 1.0 / 3.0;
constexpr double astray = 5.0;        // medians: of normal displacements 1 in 3e7 lies there
constexpr double least_astray = 0.25; // photosites
constexpr double most_astray_share = 0.25;
constexpr double least_overlap = 0.3;

using Levels = std::vector<GradientLevel>;

std::ptrdiff_t last_level(Levels const& levels) {
    return static_cast<std::ptrdiff_t>(levels.size()) - 1;
}

PixelBox whole(Grey const& grey) {
    return {0, 0, grey.shape.height, grey.shape.width};
}

Warp make_start(Shape reference, Shape moving) {
    Warp warp;
    warp.scale = 0.25 * static_cast<double>(reference.width);
    warp.centre = {0.25 * static_cast<double>(reference.width) - 0.5,
                   0.25 * static_cast<double>(reference.height) - 0.5};
    warp.moving_centre = {0.25 * static_cast<double>(moving.width) - 0.5,
                          0.25 * static_cast<double>(moving.height) - 0.5};
    double const ratio = static_cast<double>(moving.width) / static_cast<double>(reference.width);
    warp.p[0] = warp.p[4] = ratio - 1.0;
    return warp;
}

/// The start turned and scaled about the centres.
Warp turned(Warp warp, double turn, double scale) {
    double const size = (1.0 + warp.p[0]) * scale;
    warp.p[0] = warp.p[4] = size * std::cos(turn) - 1.0;
    warp.p[1] = -size * std::sin(turn);
    warp.p[3] = -warp.p[1];
    return warp;
}

/// After a shift of the reference's pixels.
Warp shifted(Warp warp, double x, double y, double step) {
    double const u = x * step / warp.scale;
    double const v = y * step / warp.scale;
    warp.p[2] += (1.0 + warp.p[0]) * u + warp.p[1] * v;
    warp.p[5] += warp.p[3] * u + (1.0 + warp.p[4]) * v;
    return warp;
}

struct Seed {
    Warp warp;
    double z = 0.0;
};

/// The best places at the coarsest level over a few turns and scales, most likely first.
std::vector<Seed>
find_seeds(Grey const& reference, Grey const& moving, std::ptrdiff_t level, Warp const& start) {
    auto const step = static_cast<double>(std::ptrdiff_t{1} << level);
    std::size_t const side = common_side(reference.shape, reference.shape);
    Spectrum const spectrum = to_spectrum(reference, side);
    std::vector<Seed> seeds;
    for (double const scale : {1.0, 0.87, 1.15}) {
        for (int const turn_deg : {0, -3, 3, -6, 6, -9, 9, -12, 12}) {
            Warp const warp = turned(start, turn_deg * std::numbers::pi / 180.0, scale);
            Grey const seen = resample(moving, reference.shape, level, warp);
            ShiftPeak const peak =
                ShiftSurface{spectrum, to_spectrum(seen, side), half_whitening}.highest();
            seeds.push_back({shifted(warp, peak.x, peak.y, step), peak.z});
            if (peak.z >= decisive_z) {
                return {seeds.back()};
            }
        }
    }
    std::ranges::stable_sort(seeds, std::greater<>{}, &Seed::z);
    seeds.resize(seeds_tried);
    return seeds;
}

/// Both pyramids from level to level.
class Search {
public:
    Search(Levels const& reference, Levels const& moving, unsigned threads)
        : reference_{reference}
        , moving_{moving}
        , threads_{threads} {}

    [[nodiscard]] Grey const& reference(std::ptrdiff_t level) const {
        return reference_[static_cast<std::size_t>(level)].edges;
    }

    [[nodiscard]] Grey const& moving(std::ptrdiff_t level) const {
        return moving_[static_cast<std::size_t>(level)].edges;
    }

    [[nodiscard]] double structure(std::ptrdiff_t level) const {
        return std::min(reference_[static_cast<std::size_t>(level)].structure,
                        moving_[static_cast<std::size_t>(level)].structure);
    }

    /// The finest level that is not mostly noise, nor larger than it need be; that of the seed where finer ones are noise.
    [[nodiscard]] std::ptrdiff_t finest() const {
        for (std::ptrdiff_t level = 0; level < seed_level(); ++level) {
            if (reference(level).shape.area() <= most_finest_pixels &&
                structure(level) >= least_structure) {
                return level;
            }
        }
        return seed_level();
    }

    [[nodiscard]] std::ptrdiff_t coarsest() const {
        return std::min(last_level(reference_), last_level(moving_));
    }

    [[nodiscard]] std::ptrdiff_t seed_level() const {
        std::ptrdiff_t level = 0;
        while (level < coarsest() &&
               std::max(reference(level).shape.height, reference(level).shape.width) > seed_side) {
            ++level;
        }
        return level;
    }

    /// The seed that fits best once the coarse levels have had their say.
    [[nodiscard]] EccResult from_seeds(Warp const& start) const {
        EccResult best{start, -1.0, 0.0, false};
        for (Seed const& seed :
             find_seeds(reference(seed_level()), moving(seed_level()), seed_level(), start)) {
            EccResult result{seed.warp, -1.0, 0.0, false};
            for (std::ptrdiff_t level = coarsest(); level >= seed_level(); --level) {
                EccResult const here = at(level, result.warp, EccFreedom::similarity);
                if (here.converged || level == seed_level()) {
                    result = here;
                }
            }
            if (result.overlap >= least_overlap && result.correlation > best.correlation) {
                best = result;
            }
        }
        return best;
    }

    [[nodiscard]] EccResult at(std::ptrdiff_t level, Warp const& start, EccFreedom freedom) const {
        return maximise_ecc(reference(level),
                            moving(level),
                            level,
                            whole(reference(level)),
                            start,
                            freedom,
                            threads_);
    }

    [[nodiscard]] TileTrial tiles(std::ptrdiff_t level, EccResult const& whole_frame) const {
        return align_tiles(reference(level), moving(level), level, whole_frame, threads_);
    }

private:
    Levels const& reference_;
    Levels const& moving_;
    unsigned threads_;
};

EccFreedom to_freedom(TransformModel model) {
    switch (model) {
    case TransformModel::similarity:
        return EccFreedom::similarity;
    case TransformModel::affine:
        return EccFreedom::affine;
    case TransformModel::homography:
        break;
    }
    return EccFreedom::homography;
}

struct Descent {
    EccResult result;
    TransformModel model = TransformModel::similarity;
};

/// From the coarsest level to the finest; the model grows on the way where tiles ask for it.
Descent descend(Search const& search, EccResult const& seed) {
    Descent descent{seed, TransformModel::similarity};
    bool is_chosen = false;
    std::ptrdiff_t const first = std::max(search.seed_level(), search.finest());
    for (std::ptrdiff_t level = first; level >= search.finest(); --level) {
        EccResult const result = search.at(level, descent.result.warp, to_freedom(descent.model));
        if (!result.converged) {
            continue; // the next level may; what was found stays
        }
        descent.result = result;
        auto const [height, width] = search.reference(level).shape;
        bool const last = level == search.finest();
        bool const next_too_large = 2 * std::max(height, width) > model_side;
        if (!is_chosen && (last || next_too_large)) {
            is_chosen = true;
            descent.model = choose_model(search.tiles(level, result));
            if (descent.model != TransformModel::similarity) {
                EccResult const freer = search.at(level, result.warp, to_freedom(descent.model));
                if (freer.converged) {
                    descent.result = freer;
                } else {
                    descent.model = TransformModel::similarity;
                }
            }
        }
    }
    return descent;
}

/// Photosites to photosites: the centre of cell c is photosite 2 c + 1/2.
Transform to_transform(Warp const& warp) {
    auto const& p = warp.p;
    auto const multiply = [](std::array<double, 9> const& a, std::array<double, 9> const& b) {
        std::array<double, 9> c{};
        for (std::size_t i = 0; i < 3; ++i) {
            for (std::size_t j = 0; j < 3; ++j) {
                for (std::size_t k = 0; k < 3; ++k) {
                    c[3 * i + j] += a[3 * i + k] * b[3 * k + j];
                }
            }
        }
        return c;
    };
    double const s = 2.0 * warp.scale;
    std::array<double, 9> const to_order_1{1.0 / s,
                                           0.0,
                                           -(2.0 * warp.centre[0] + 0.5) / s,
                                           0.0,
                                           1.0 / s,
                                           -(2.0 * warp.centre[1] + 0.5) / s,
                                           0.0,
                                           0.0,
                                           1.0};
    std::array<double, 9> const inner{
        1.0 + p[0], p[1], p[2], p[3], 1.0 + p[4], p[5], p[6], p[7], 1.0};
    std::array<double, 9> const to_photosites{s,
                                              0.0,
                                              2.0 * warp.moving_centre[0] + 0.5,
                                              0.0,
                                              s,
                                              2.0 * warp.moving_centre[1] + 0.5,
                                              0.0,
                                              0.0,
                                              1.0};
    Transform transform{multiply(to_photosites, multiply(inner, to_order_1))};
    for (double& one : transform.matrix) {
        one /= transform.matrix[8] == 0.0 ? 1.0 : transform.matrix[8];
    }
    return transform;
}

/// Scale within 2 either way, no mirror image, no horizon within the frame.
bool is_plausible(Warp const& warp, Shape reference) {
    constexpr double step = 1.0;
    for (double const fy : {0.0, 0.5, 1.0}) {
        for (double const fx : {0.0, 0.5, 1.0}) {
            double const x = fx * 0.5 * static_cast<double>(reference.width);
            double const y = fy * 0.5 * static_cast<double>(reference.height);
            double const below = 1.0 + warp.p[6] * (x - warp.centre[0]) / warp.scale +
                                 warp.p[7] * (y - warp.centre[1]) / warp.scale;
            auto const here = warp.map(x, y);
            auto const right = warp.map(x + step, y);
            auto const down = warp.map(x, y + step);
            double const area = (right[0] - here[0]) * (down[1] - here[1]) -
                                (right[1] - here[1]) * (down[0] - here[0]);
            if (!(below > 0.2 && area >= 0.25 && area <= 4.0)) {
                return false;
            }
        }
    }
    return true;
}

void read_tiles(TileTrial const& trial, Registration& registration) {
    registration.tiles = trial.tiles;
    registration.tiles_tried = trial.tried;
    if (trial.tiles.empty()) {
        return;
    }
    std::vector<double> distances;
    for (RegistrationTile const& tile : trial.tiles) {
        distances.push_back(std::hypot(tile.dx, tile.dy));
    }
    std::ranges::sort(distances);
    registration.largest_residual = distances.back();
    double const limit = std::max(least_astray, astray * distances[distances.size() / 2]);
    double squares = 0.0;
    double used = 0.0;
    for (double const distance : distances) {
        if (distance > limit) {
            ++registration.tiles_astray;
        } else {
            squares += distance * distance;
            used += 1.0;
        }
    }
    registration.residual = std::sqrt(squares / used);
    double const numbers = registration.model == TransformModel::similarity ? 4.0
                           : registration.model == TransformModel::affine   ? 6.0
                                                                            : 8.0;
    registration.transform_sigma = registration.residual * std::sqrt(numbers / (2.0 * used));
}

/// How much the place stands out among all shifts.
void measure_peak(Search const& search, Warp const& warp, Registration& registration) {
    Grey const& reference = search.reference(search.seed_level());
    std::size_t const side = common_side(reference.shape, reference.shape);
    Grey const seen =
        resample(search.moving(search.seed_level()), reference.shape, search.seed_level(), warp);
    ShiftSurface const surface{to_spectrum(reference, side), to_spectrum(seen, side), 0.0};
    registration.peak_z = surface.z_at_zero();
    registration.second_peak =
        registration.peak_z > 0.0
            ? surface.highest_beyond(second_peak_distance) / registration.peak_z
            : 1.0;
}

void judge_peak(Registration& registration) {
    if (registration.peak_z < least_peak_z) {
        registration.doubts.push_back(RegistrationDoubt::low_correlation);
    }
    if (registration.second_peak > most_second_peak) {
        registration.doubts.push_back(RegistrationDoubt::ambiguous);
    }
}

void judge(Registration& registration) {
    judge_peak(registration);
    auto const doubt = [&](bool when, RegistrationDoubt why) {
        if (when) {
            registration.doubts.push_back(why);
        }
    };
    auto const good = registration.tiles.size();
    doubt(good < fewest_tiles ||
              static_cast<double>(good) <
                  least_tile_share * static_cast<double>(registration.tiles_tried) ||
              registration.residual > most_residual ||
              static_cast<double>(registration.tiles_astray) >
                  most_astray_share * static_cast<double>(good),
          RegistrationDoubt::tiles_disagree);
    doubt(registration.overlap < least_overlap, RegistrationDoubt::implausible);
}

} // namespace

Registration register_frames(Frame const& reference, Frame const& moving, unsigned threads) {
    Levels const levels = make_gradients(reference, coarsest_side, threads);
    Levels const other = make_gradients(moving, coarsest_side, threads);
    Search const search{levels, other, threads};
    Warp const start = make_start(reference.shape, moving.shape);
    Registration registration;
    registration.finest_level = search.finest();
    auto const at = static_cast<std::size_t>(search.finest());
    registration.structure = {std::clamp(levels[at].structure, 0.0, 1.0),
                              std::clamp(other[at].structure, 0.0, 1.0)};
    registration.to_moving = to_transform(start);
    if (!is_plausible(start, reference.shape)) {
        registration.doubts.push_back(
            RegistrationDoubt::implausible); // sizes alone differ by over 2
        return registration;
    }
    if (search.structure(search.finest()) < least_structure) {
        registration.doubts.push_back(RegistrationDoubt::little_structure);
        return registration;
    }
    EccResult const seed = search.from_seeds(start);
    if (!seed.converged) {
        registration.doubts.push_back(RegistrationDoubt::not_found);
        return registration;
    }
    measure_peak(search, seed.warp, registration);
    if (registration.second_peak > hopeless_second_peak) {
        registration.overlap = seed.overlap;
        registration.correlation = seed.correlation;
        judge_peak(registration);
        return registration;
    }
    Descent const found = descend(search, seed);
    registration.model = found.model;
    registration.correlation = found.result.correlation;
    registration.overlap = found.result.overlap;
    if (!is_plausible(found.result.warp, reference.shape)) {
        registration.doubts.push_back(RegistrationDoubt::implausible);
        return registration;
    }
    registration.to_moving = to_transform(found.result.warp);
    read_tiles(search.tiles(search.finest(), found.result), registration);
    measure_peak(search, found.result.warp, registration);
    judge(registration);
    if (registration.doubts.empty()) {
        registration.state = RegistrationState::aligned;
    }
    return registration;
}

} // namespace cmq::detect
