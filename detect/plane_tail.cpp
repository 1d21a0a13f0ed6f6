// SPDX-License-Identifier: GPL-3.0-or-later

#include "detect/plane_tail.hpp"

#include <algorithm>
#include <cmath>
#include <functional>

namespace cmq::detect {
namespace {

// Maxima by which a tail is measured, of the places tested: 36 and 20 in 1.5 million photosites. More of them lie before
// the tail of print and of mottled skin grows flatter: 100 and 60 gave up to twice the promise there.
constexpr std::array<double, plane_scales> maxima_share{0.5e-4, 1.0e-4};
constexpr std::size_t fewest_maxima = 20;
constexpr std::size_t least_use = 10;
constexpr int most_passes = 30;
constexpr double sure_trace = 0.3; // of the promise: maxima as rare as that are taken for traces

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
            double const expected = tail.count * std::exp(-step * static_cast<double>(i));
            node_.push_back(significance_for({tested}, expected));
        }
    }

    [[nodiscard]] double at(double significance) const {
        if (significance <= tail_.from) {
            return significance * std::min(1.0, node_[0] / tail_.from);
        }
        double const rarer = (std::log(tail_.count) - tail_.log_expected(significance)) / step;
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

} // namespace

double BrightTail::log_expected(double significance) const noexcept {
    return std::log(count) -
           used * std::log1p(std::max(0.0, significance - from) / (used * mean_excess));
}

double BrightTail::significance_for(double expected) const noexcept {
    return from + used * mean_excess * std::expm1(std::log(count / expected) / used);
}

BrightTail measure_bright_tail(std::vector<double> const& maxima,
                               std::size_t count,
                               double surprise,
                               double start) {
    auto const beyond = [&maxima](double bound) {
        return static_cast<std::size_t>(
            std::count_if(maxima.begin(), maxima.end(), [&](double t) { return t >= bound; }));
    };
    BrightTail tail;
    std::size_t traces = beyond(start);
    if (maxima.size() < traces + least_use + 1) {
        return {}; // no more than noise makes
    }
    for (int i = 0; i < most_passes; ++i) {
        std::size_t const used = std::min(count, maxima.size() - traces - 1);
        tail.from = maxima[traces + used];
        double sum = 0.0;
        for (std::size_t k = traces; k < traces + used; ++k) {
            sum += maxima[k] - tail.from;
        }
        tail.used = static_cast<double>(used);
        tail.count = tail.used;
        tail.mean_excess = sum / tail.used;
        if (!(tail.mean_excess > 0.0)) {
            return {};
        }
        if (traces > 0) {
            double const cut = std::max(maxima[traces - 1] - tail.from, 1e-3 * tail.mean_excess);
            tail.mean_excess = uncut_mean(tail.mean_excess, cut);
            tail.count = tail.used / (1.0 - std::exp(-cut / tail.mean_excess));
        }
        std::size_t const next =
            beyond(tail.significance_for(std::min(surprise, 0.5 * tail.count)));
        if (next >= traces) {
            break; // up only: no going round in circles
        }
        traces = next;
    }
    return tail;
}

void draw_in_bright_tail(PlaneMesh const& mesh,
                         std::array<std::vector<PlaneForm>, plane_scales> const& forms,
                         std::vector<TestedCells> const& tested,
                         double promise,
                         PlaneScan& scan) {
    double all = 0.0;
    for (TestedCells const& cells : tested) {
        all += cells.cells[1];
    }
    for (std::size_t s = 0; s < plane_scales; ++s) {
        double const places = tested[s].cells[1];
        auto const count = std::max(
            fewest_maxima, static_cast<std::size_t>(std::lround(maxima_share[s] * places)));
        double const weak = significance_for({tested[s]}, 2.0 * static_cast<double>(count));
        double const surprise = sure_trace * promise * places / std::max(1.0, all);
        BrightTail const tail = measure_bright_tail(maxima_of(scan, mesh, forms, s, weak),
                                                    count,
                                                    surprise,
                                                    significance_for({tested[s]}, surprise));
        if (!(tail.count > 0.0)) {
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
