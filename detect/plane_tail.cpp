// SPDX-License-Identifier: GPL-3.0-or-later

#include "detect/plane_tail.hpp"

#include "detect/tail_check.hpp"

#include <algorithm>
#include <cmath>
#include <functional>

namespace cmq::detect {
namespace {

// Maxima above the place where the law starts: the fewer, the farther out it is measured.
constexpr std::size_t tail_maxima = 20;
constexpr std::size_t least_use = 10;
// Maxima that tell how much flatter the tail grows, of the places tested.
constexpr double deep_share = 1e-3;
constexpr std::size_t fewest_deep = 60;
constexpr std::size_t most_deep = 200;
constexpr double most_shape =
    0.3; // none is taken to fall off faster than an exponential one, shape 0
constexpr double sigma_of_shape = 1.2; // of one maximum; by the root of their number
// Middles of five parts of a normal law that are equally likely.
constexpr std::array<double, tail_laws> likely{1.2816, 0.5244, 0.0, -0.5244, -1.2816};
constexpr int most_passes = 30;
// Traces: where noise puts so many maxima so far out by this chance only; 3 at most count together, since
// the law is not known well enough for more, and it is taken to be as flat as that of print and skin.
constexpr double surprise = 0.01;
constexpr std::size_t most_together = 3;
constexpr double trace_shape = 0.1;
constexpr double lowest_maximum = 8.0; // significance: below, maxima of noise run together

// Mean of an exponential law of which only what lies below `cut` was seen, from the mean of that. Where
// the cut is too near to tell, at most four times as much.
double uncut_mean(double mean, double cut) {
    double low = mean;
    double high = 4.0 * mean;
    for (int i = 0; i < 40; ++i) {
        double const middle = 0.5 * (low + high);
        double const seen = middle - cut / std::expm1(cut / middle);
        (seen < mean ? low : high) = middle;
    }
    return high;
}

// A row of a scale's values, with a border of nothing.
using Row = std::vector<float>;

void fill_row(std::vector<PlanePart> const& parts, Span range, std::ptrdiff_t step, Row& row) {
    std::fill(row.begin(), row.end(), 0.0F);
    for (std::ptrdiff_t p = range.first; p < range.last; ++p) {
        PlanePart const& part = parts[static_cast<std::size_t>(p)];
        std::copy(
            part.significance.begin(), part.significance.end(), row.begin() + part.x / step + 1);
    }
}

// Values of one scale at or above `bound` that no neighbour exceeds, largest first. Not segments: where
// texture is strong, they run together.
std::vector<double> maxima_of(PlaneScan const& scan,
                              PlaneMesh const& mesh,
                              std::array<std::vector<PlaneForm>, plane_scales> const& forms,
                              std::size_t scale,
                              double bound) {
    auto parts = find_plane_parts(scan, mesh, forms, {}, PlaneSide::bright, bound);
    auto const other = [scale](PlanePart const& part) { return part.scale != scale; };
    parts.erase(std::remove_if(parts.begin(), parts.end(), other), parts.end());
    auto const step = static_cast<std::ptrdiff_t>(scale) + 1;
    std::ptrdiff_t const height = (mesh.rows.length + step - 1) / step;
    std::vector<Span> rows(static_cast<std::size_t>(height) + 2); // of parts; a border as well
    for (std::size_t p = 0; p < parts.size(); ++p) {
        Span& row = rows[static_cast<std::size_t>(parts[p].y / step) + 1];
        row.first = row.last == 0 ? static_cast<std::ptrdiff_t>(p) : row.first;
        row.last = static_cast<std::ptrdiff_t>(p) + 1;
    }
    std::array<Row, 3> lines;
    lines.fill(Row(static_cast<std::size_t>(mesh.columns.length / step) + 3, 0.0F));
    std::vector<double> maxima;
    for (std::size_t y = 1; y + 1 < rows.size(); ++y) {
        std::rotate(lines.begin(), lines.begin() + 1, lines.end());
        fill_row(parts, rows[y + 1], step, lines[2]);
        Row const& middle = lines[1];
        for (std::size_t x = 1; x + 1 < middle.size(); ++x) {
            float const t = middle[x];
            auto const above = [&](Row const& line) {
                return std::max({line[x - 1], line[x], line[x + 1]});
            };
            if (t > 0.0F && t > above(lines[0]) && t > middle[x - 1] && t >= middle[x + 1] &&
                t >= above(lines[2])) {
                maxima.push_back(static_cast<double>(t));
            }
        }
    }
    std::sort(maxima.begin(), maxima.end(), std::greater<>{});
    return maxima;
}

// From a significance to that of noise of the same rarity: a line between nodes in ln of the number.
class TailMap {
public:
    TailMap(BrightTail const& tail, TestedCells const& tested) : tail_{tail} {
        for (std::size_t i = 0; i < nodes; ++i) {
            double const expected = tail.used * std::exp(-step * static_cast<double>(i));
            node_.push_back(significance_for({tested}, expected));
        }
    }

    [[nodiscard]] double at(double significance) const {
        if (significance <= tail_.from) {
            return significance * std::min(1.0, node_[0] / tail_.from);
        }
        double const rarer = (std::log(tail_.used) - tail_.log_expected(significance)) / step;
        auto const i = std::min(static_cast<std::size_t>(rarer), nodes - 2);
        double const mapped =
            node_[i] + (rarer - static_cast<double>(i)) * (node_[i + 1] - node_[i]);
        return std::min(significance, mapped);
    }

private:
    static constexpr std::size_t nodes = 100;
    static constexpr double step = 0.5;
    BrightTail tail_;
    std::vector<double> node_;
};

// The z that has this significance: plane_significance of a form without skewness, undone.
double z_of(PlaneForm const& form, double significance) {
    return std::sqrt(form.spread2 * form.degrees * std::expm1(significance / (form.degrees + 1.0)));
}

// Shape of a generalised Pareto law from the mean excess and the mean weighted by rank; 0: exponential, below:
// lighter. Source: J. R. M. Hosking, J. R. Wallis, Technometrics 29 (1987) 339 (probability-weighted moments).
double shape_of(std::vector<double> const& maxima, std::size_t first, std::size_t used) {
    double mean = 0.0;
    double weighted = 0.0;
    auto const n = static_cast<double>(used);
    for (std::size_t k = 0; k < used; ++k) {
        double const excess = maxima[first + k] - maxima[first + used];
        mean += excess / n;
        weighted += excess * (static_cast<double>(k) + 0.5) / (n * n);
    }
    return mean > 2.0 * weighted ? 2.0 - mean / (mean - 2.0 * weighted) : -1.0;
}

double mean_excess(std::vector<double> const& maxima, std::size_t first, std::size_t used) {
    double sum = 0.0;
    for (std::size_t k = first; k < first + used; ++k) {
        sum += maxima[k] - maxima[first + used];
    }
    return sum / static_cast<double>(used);
}

// How many of the `beyond` largest maxima lie too far out for the law of the `used` next ones, which was
// seen up to where the others begin only. From all of them on up as far as the law goes.
std::size_t count_traces(std::vector<double> const& maxima, std::size_t deep, std::size_t beyond) {
    for (int i = 0; i < most_passes && beyond > 0; ++i) {
        if (maxima.size() < beyond + least_use + 1) {
            return maxima.size(); // nothing to compare with
        }
        std::size_t const used = std::min(deep, maxima.size() - beyond - 1);
        double const from = maxima[beyond + used];
        double const seen = mean_excess(maxima, beyond, used);
        double const cut = maxima[beyond - 1] - from;
        if (!(seen > 0.0)) {
            return maxima.size();
        }
        double const mean = uncut_mean(seen, cut);
        double const all = static_cast<double>(used) / (1.0 - std::exp(-cut / mean));
        std::size_t traces = beyond;
        for (; traces > 0; --traces) {
            double const excess = (maxima[traces - 1] - from) / (mean * (1.0 - trace_shape));
            double const expected = all * std::pow(1.0 + trace_shape * excess, -1.0 / trace_shape);
            if (poisson_upper_tail(std::min(traces, most_together), expected) < surprise) {
                break;
            }
        }
        if (traces == beyond) {
            break;
        }
        beyond = traces; // fewer only: no going round in circles
    }
    return beyond;
}

} // namespace

double TailLaw::straight(double excess) const noexcept {
    double const t = excess / scale;
    return shape > 0.0 ? std::log1p(shape * t) / shape : t;
}

double TailLaw::log_expected(double excess, double used) const noexcept {
    double const t = straight(excess);
    double const inside = (used - 1.0) * std::log1p(-std::min(t, largest) / sum);
    return std::log(used) + (t > largest ? std::min(inside, -used * std::log1p(t / sum)) : inside);
}

double TailLaw::excess_for(double expected, double used) const noexcept {
    double const inside = -sum * std::expm1(std::log(expected / used) / (used - 1.0));
    double const beyond = sum * std::expm1(std::log(used / expected) / used);
    double const t = inside <= largest ? inside : std::max(largest, beyond);
    return scale * (shape > 0.0 ? std::expm1(shape * t) / shape : t);
}

double BrightTail::log_expected(double significance) const noexcept {
    double const excess = std::max(0.0, significance - from);
    std::array<double, tail_laws> each{};
    std::transform(law.begin(), law.end(), each.begin(), [&](TailLaw const& one) {
        return one.log_expected(excess, used);
    });
    double const most = *std::max_element(each.begin(), each.end());
    double sum = 0.0;
    for (double const one : each) {
        sum += std::exp(one - most);
    }
    return most + std::log(sum / static_cast<double>(tail_laws));
}

double BrightTail::significance_for(double expected) const noexcept {
    std::array<double, tail_laws> each{};
    std::transform(law.begin(), law.end(), each.begin(), [&](TailLaw const& one) {
        return from + one.excess_for(expected, used);
    });
    double low = *std::min_element(each.begin(), each.end());
    double high = *std::max_element(each.begin(), each.end());
    double const wanted = std::log(expected);
    for (int i = 0; i < 60 && low < high; ++i) {
        double const middle = 0.5 * (low + high);
        (log_expected(middle) > wanted ? low : high) = middle;
    }
    return high;
}

BrightTail measure_bright_tail(std::vector<double> const& maxima,
                               std::size_t count,
                               std::size_t deep,
                               double start) {
    std::size_t const traces =
        count_traces(maxima,
                     deep,
                     static_cast<std::size_t>(std::count_if(
                         maxima.begin(), maxima.end(), [start](double t) { return t >= start; })));
    if (maxima.size() < traces + least_use + 1) {
        return {}; // no more than noise makes
    }
    std::size_t const most = maxima.size() - traces - 1;
    std::size_t const used = std::min(count, most);
    double const mean = mean_excess(maxima, traces, used);
    if (!(mean > 0.0)) {
        return {};
    }
    BrightTail tail;
    tail.from = maxima[traces + used];
    tail.used = static_cast<double>(used);
    std::size_t const all = std::min(deep, most);
    double const shape = shape_of(maxima, traces, all);
    double const shape_sigma = sigma_of_shape / std::sqrt(static_cast<double>(all));
    for (std::size_t i = 0; i < tail_laws; ++i) {
        TailLaw& law = tail.law[i];
        law.shape = std::clamp(shape + likely[i] * shape_sigma, 0.0, most_shape);
        law.scale = mean * (1.0 - law.shape);
        for (std::size_t k = traces; k < traces + used; ++k) {
            law.sum += law.straight(maxima[k] - tail.from);
        }
        law.largest = law.straight(maxima[traces] - tail.from);
        if (!(law.largest < 0.999 * law.sum)) {
            return {}; // all alike but one: no law
        }
    }
    return tail;
}

void draw_in_bright_tail(PlaneMesh const& mesh,
                         std::array<std::vector<PlaneForm>, plane_scales> const& forms,
                         std::vector<TestedCells> const& tested,
                         double promise,
                         double scan_low,
                         PlaneScan& scan) {
    for (std::size_t s = 0; s < plane_scales; ++s) {
        // A promise of many must not lie below what is measured.
        auto const count =
            std::max(tail_maxima, static_cast<std::size_t>(std::ceil(2.0 * promise)));
        auto const deep = std::clamp(
            static_cast<std::size_t>(deep_share * tested[s].cells[1]), fewest_deep, most_deep);
        double least_spread2 = 1.0;
        for (PlaneForm const& form : forms[s]) {
            least_spread2 = std::min(least_spread2, form.spread2);
        }
        double const weak = std::max(lowest_maximum, scan_low * scan_low / least_spread2);
        BrightTail const tail = measure_bright_tail(maxima_of(scan, mesh, forms, s, weak),
                                                    count,
                                                    std::max(count, deep),
                                                    significance_for({tested[s]}, surprise));
        if (!(tail.used > 0.0)) {
            continue;
        }
        TailMap const map{tail, tested[s]};
        std::ptrdiff_t const step = s == 0 ? 1 : 2;
        for (ScanRun const& run : scan.scale[s].runs) {
            for (std::uint32_t i = 0; i < run.length; ++i) {
                float& z = scan.scale[s].z[run.first + i];
                if (z > 0.0F) {
                    std::ptrdiff_t const y =
                        std::min<std::ptrdiff_t>(run.y * step, mesh.rows.length - 1);
                    std::ptrdiff_t const x = (run.x + static_cast<std::ptrdiff_t>(i)) * step;
                    PlaneForm const& form = forms[s][mesh.block_of(y, x)];
                    double const t = plane_significance(form, static_cast<double>(z));
                    z = static_cast<float>(z_of(form, map.at(t)));
                }
            }
        }
    }
}

} // namespace cmq::detect
