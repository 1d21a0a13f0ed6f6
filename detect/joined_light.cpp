// SPDX-License-Identifier: GPL-3.0-or-later

#include "detect/joined_light.hpp"

#include "core/error.hpp"
#include "detect/cholesky.hpp"
#include "system/parallel.hpp"

#include <algorithm>
#include <array>
#include <cmath>

namespace cmq::detect {
namespace {

constexpr std::ptrdiff_t gap = 6;          // photosites between places
constexpr std::ptrdiff_t widest_steps = 6; // places each way
constexpr std::size_t most_places = 32;
constexpr std::size_t least_places = 12;
constexpr double most_missing = 0.1; // of a place's photosites
constexpr std::size_t colours = channel_names.size();

// A photosite of the capture.
struct Site {
    std::ptrdiff_t y = 0;
    std::ptrdiff_t x = 0;
};

// Where an aperture is moved to; even, so that planes stay planes.
struct Move {
    std::ptrdiff_t dy = 0;
    std::ptrdiff_t dx = 0;
};

using Sums = std::array<double, colours>;

struct PlaceSums {
    Sums value{};
    Sums variance{}; // by the noise model
    std::int64_t masked = 0;
    bool saturated = false;
};

// What lies where in the capture, as the frame with the traces has it.
class Places {
public:
    Places(Frame const& capture, Transform const& to_capture, Detection const& detection)
        : capture_{capture}
        , to_capture_{to_capture}
        , from_capture_{to_capture.inverse()}
        , detection_{detection} {}

    // The trace at a photosite of the capture; 0: none, -1: outside of the frame.
    [[nodiscard]] std::int64_t trace_at(Site site) const {
        Place const place =
            from_capture_.map({static_cast<double>(site.x), static_cast<double>(site.y)});
        auto const x = static_cast<std::ptrdiff_t>(std::floor(place.x + 0.5));
        auto const y = static_cast<std::ptrdiff_t>(std::floor(place.y + 0.5));
        Shape const cells{detection_.shape.height / 2, detection_.shape.width / 2};
        if (x < 0 || y < 0 || x / 2 >= cells.width || y / 2 >= cells.height) {
            return -1;
        }
        return detection_.aperture[static_cast<std::size_t>((y / 2) * cells.width + x / 2)];
    }

    // All photosites of a trace's aperture; empty where the capture does not hold it all.
    [[nodiscard]] std::vector<Site> sites_of(Trace const& trace) const;

    // Whether a moved aperture lies in the capture and on no trace.
    [[nodiscard]] bool is_free(std::vector<Site> const& sites, Move by) const {
        return std::ranges::all_of(sites, [&](Site const& site) {
            Site const moved{site.y + by.dy, site.x + by.dx};
            return is_inside(moved) && trace_at(moved) == 0;
        });
    }

    // Nothing where too much of it takes no part.
    [[nodiscard]] std::optional<PlaceSums> sum(std::vector<Site> const& sites, Move by) const;

private:
    [[nodiscard]] bool is_inside(Site site) const {
        return site.y >= 0 && site.x >= 0 && site.y < capture_.shape.height &&
               site.x < capture_.shape.width;
    }

    Frame const& capture_;
    Transform to_capture_;
    Transform from_capture_;
    Detection const& detection_;
};

std::vector<Site> Places::sites_of(Trace const& trace) const {
    constexpr std::ptrdiff_t beyond = 8; // photosites by which an aperture may exceed its box
    Site low{capture_.shape.height, capture_.shape.width};
    Site high{-1, -1};
    for (std::size_t const ix : {0U, 2U}) {
        for (std::size_t const iy : {1U, 3U}) {
            double const sign_x = ix == 0 ? -1.0 : 1.0;
            double const sign_y = iy == 1 ? -1.0 : 1.0;
            Place const corner =
                to_capture_.map({static_cast<double>(trace.box[ix]) + sign_x * beyond,
                                 static_cast<double>(trace.box[iy]) + sign_y * beyond});
            low.y = std::min(low.y, static_cast<std::ptrdiff_t>(std::floor(corner.y)));
            low.x = std::min(low.x, static_cast<std::ptrdiff_t>(std::floor(corner.x)));
            high.y = std::max(high.y, static_cast<std::ptrdiff_t>(std::ceil(corner.y)));
            high.x = std::max(high.x, static_cast<std::ptrdiff_t>(std::ceil(corner.x)));
        }
    }
    std::vector<Site> sites;
    for (std::ptrdiff_t y = low.y; y <= high.y; ++y) {
        for (std::ptrdiff_t x = low.x; x <= high.x; ++x) {
            if (trace_at({y, x}) == trace.id) {
                if (!is_inside({y, x})) {
                    return {};
                }
                sites.push_back({y, x});
            }
        }
    }
    return sites;
}

std::optional<PlaceSums> Places::sum(std::vector<Site> const& sites, Move by) const {
    PerPlane<double> value{};
    PerPlane<double> variance{};
    PerPlane<double> good{};
    PerPlane<double> all{};
    PlaceSums sums;
    for (Site const& site : sites) {
        std::ptrdiff_t const y = site.y + by.dy;
        std::ptrdiff_t const x = site.x + by.dx;
        auto const i = static_cast<std::size_t>(y * capture_.shape.width + x);
        auto const p = static_cast<std::size_t>(capture_.cfa.at(y, x));
        all[p] += 1.0;
        if (capture_.mask[i] != 0) {
            ++sums.masked;
            sums.saturated = sums.saturated ||
                             (capture_.mask[i] & (mask_bit::saturated | mask_bit::blooming)) != 0;
            continue;
        }
        good[p] += 1.0;
        value[p] += static_cast<double>(capture_.value[i]);
        variance[p] += static_cast<double>(capture_.variance[i]);
    }
    for (std::size_t p = 0; p < plane_count; ++p) {
        if (good[p] < (1.0 - most_missing) * all[p] || good[p] == 0.0) {
            return std::nullopt;
        }
        double const fill = all[p] / good[p];
        sums.value[channel_of[p]] += fill * value[p];
        sums.variance[channel_of[p]] += fill * fill * variance[p];
    }
    return sums;
}

// Nearest first; each ring of steps about the aperture in turn.
std::vector<Move> moves_around(std::vector<Site> const& sites) {
    auto const [top, bottom] = std::ranges::minmax(sites, {}, &Site::y);
    auto const [left, right] = std::ranges::minmax(sites, {}, &Site::x);
    auto const even = [](std::ptrdiff_t length) { return (length + gap + 1) / 2 * 2; };
    std::ptrdiff_t const step_y = even(bottom.y - top.y + 1);
    std::ptrdiff_t const step_x = even(right.x - left.x + 1);
    std::vector<Move> moves;
    for (std::ptrdiff_t y = -widest_steps; y <= widest_steps; ++y) {
        for (std::ptrdiff_t x = -widest_steps; x <= widest_steps; ++x) {
            if (y != 0 || x != 0) {
                moves.push_back({y * step_y, x * step_x});
            }
        }
    }
    std::ranges::stable_sort(
        moves, {}, [](Move const& by) { return by.dy * by.dy + by.dx * by.dx; });
    return moves;
}

struct EmptyPlaces {
    std::vector<Move> moves;
    std::vector<PlaceSums> sums;
};

EmptyPlaces find_empty_places(Places const& places, std::vector<Site> const& sites) {
    EmptyPlaces found;
    for (Move const& by : moves_around(sites)) {
        if (found.moves.size() == most_places) {
            break;
        }
        if (!places.is_free(sites, by)) {
            continue;
        }
        if (auto const sums = places.sum(sites, by); sums && !sums->saturated) {
            found.moves.push_back(by);
            found.sums.push_back(*sums);
        }
    }
    return found;
}

// What a plane through the empty places has at the aperture's own, and how sure that is.
struct Expected {
    Sums value{};
    Sums variance{};
    std::array<Sums, colours> covariance{}; // of a sum at the aperture's place about `value`
};

// Weight of each place in the value at the origin, w = X (X'X)^-1 e, with X = (1, dy, dx).
std::optional<std::vector<double>> weights_at_origin(std::vector<Move> const& moves) {
    std::array<double, 9> normal{};
    auto const row_of = [](Move const& by) {
        return std::array{1.0, static_cast<double>(by.dy), static_cast<double>(by.dx)};
    };
    for (Move const& by : moves) {
        auto const row = row_of(by);
        for (std::size_t i = 0; i < 3; ++i) {
            for (std::size_t j = 0; j < 3; ++j) {
                normal[3 * i + j] += row[i] * row[j];
            }
        }
    }
    auto const lower = Cholesky::of(normal, 3);
    if (!lower) {
        return std::nullopt; // all on one line
    }
    auto const origin = lower->whitened(std::array{1.0, 0.0, 0.0});
    std::vector<double> weights;
    for (Move const& by : moves) {
        auto const row = lower->whitened(row_of(by));
        weights.push_back(origin[0] * row[0] + origin[1] * row[1] + origin[2] * row[2]);
    }
    return weights;
}

// Residuals of the same plane at each place: by leaving nothing out, divided by n - 3.
std::array<Sums, colours> scatter(EmptyPlaces const& places) {
    std::size_t const n = places.moves.size();
    std::vector<Sums> residuals(n);
    for (std::size_t k = 0; k < n; ++k) {
        std::vector<Move> seen_from = places.moves;
        for (Move& by : seen_from) {
            by = {by.dy - places.moves[k].dy, by.dx - places.moves[k].dx};
        }
        auto const weights = weights_at_origin(seen_from);
        CMQ_EXPECTS(weights.has_value());
        residuals[k] = places.sums[k].value;
        for (std::size_t i = 0; i < n; ++i) {
            for (std::size_t c = 0; c < colours; ++c) {
                residuals[k][c] -= (*weights)[i] * places.sums[i].value[c];
            }
        }
    }
    std::array<Sums, colours> covariance{};
    for (Sums const& residual : residuals) {
        for (std::size_t c = 0; c < colours; ++c) {
            for (std::size_t d = 0; d < colours; ++d) {
                covariance[c][d] += residual[c] * residual[d] / static_cast<double>(n - 3);
            }
        }
    }
    return covariance;
}

std::optional<Expected> expect(EmptyPlaces const& places) {
    if (places.moves.size() < least_places) {
        return std::nullopt;
    }
    auto const weights = weights_at_origin(places.moves);
    if (!weights) {
        return std::nullopt;
    }
    Expected expected;
    double squares = 0.0;
    for (std::size_t i = 0; i < weights->size(); ++i) {
        squares += (*weights)[i] * (*weights)[i];
        for (std::size_t c = 0; c < colours; ++c) {
            expected.value[c] += (*weights)[i] * places.sums[i].value[c];
            expected.variance[c] += (*weights)[i] * places.sums[i].variance[c];
        }
    }
    expected.covariance = scatter(places);
    for (Sums& row : expected.covariance) {
        for (double& entry : row) {
            entry *= 1.0 + squares;
        }
    }
    return expected;
}

std::optional<PlaceLight> measure(Places const& places, Trace const& trace) {
    auto const sites = places.sites_of(trace);
    if (sites.empty()) {
        return std::nullopt;
    }
    auto const here = places.sum(sites, {});
    if (!here) {
        return std::nullopt;
    }
    auto const expected = expect(find_empty_places(places, sites));
    if (!expected) {
        return std::nullopt;
    }
    PlaceLight result{{std::vector<double>(colours), std::vector<double>(colours * colours)},
                      here->saturated,
                      here->masked};
    for (std::size_t c = 0; c < colours; ++c) {
        result.light.flux_dn[c] = here->value[c] - expected->value[c];
        for (std::size_t d = 0; d < colours; ++d) {
            result.light.covariance_dn2[c * colours + d] = expected->covariance[c][d];
        }
        // Scatter has the noise of the background; that of the trace's own light comes on top.
        result.light.covariance_dn2[c * colours + c] +=
            std::max(0.0, here->variance[c] - expected->variance[c]);
    }
    return result;
}

} // namespace

std::vector<std::optional<PlaceLight>> measure_places(Frame const& capture,
                                                      Transform const& to_capture,
                                                      Detection const& detection,
                                                      unsigned threads) {
    CMQ_EXPECTS(detection.aperture.size() == static_cast<std::size_t>((detection.shape.height / 2) *
                                                                      (detection.shape.width / 2)));
    Places const places{capture, to_capture, detection};
    std::vector<std::optional<PlaceLight>> light(detection.traces.size());
    parallel_blocks(light.size(), threads, [&](std::size_t i) {
        light[i] = measure(places, detection.traces[i]);
    });
    return light;
}

std::vector<std::optional<JoinedLight>>
join_places(std::vector<std::vector<std::optional<PlaceLight>>> const& captures,
            std::vector<double> const& factors) {
    CMQ_EXPECTS(!captures.empty() && captures.size() == factors.size());
    std::vector<std::optional<JoinedLight>> joined(captures.front().size(), JoinedLight{});
    for (std::size_t k = 0; k < captures.size(); ++k) {
        CMQ_EXPECTS(captures[k].size() == joined.size());
        for (std::size_t i = 0; i < joined.size(); ++i) {
            if (!joined[i] || !captures[k][i]) {
                joined[i].reset();
                continue;
            }
            ColourLight light = captures[k][i]->light;
            std::ranges::for_each(light.flux_dn, [&](double& flux) { flux *= factors[k]; });
            std::ranges::for_each(light.covariance_dn2,
                                  [&](double& entry) { entry *= factors[k] * factors[k]; });
            joined[i]->light = join(joined[i]->light, light);
            joined[i]->saturated = joined[i]->saturated || captures[k][i]->saturated;
        }
    }
    return joined;
}

} // namespace cmq::detect
