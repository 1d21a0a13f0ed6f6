// SPDX-License-Identifier: GPL-3.0-or-later

#include "detect/plane_segments.hpp"

#include "detect/whitening.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>
#include <numeric>

namespace cmq::detect {
namespace {

// |z| below which a share p of normal values lies, for p in (0, 1): Newton's method on erf.
double central_quantile(double p) {
    double u = 1.5;
    for (int i = 0; i < 12; ++i) {
        double const slope = std::sqrt(2.0 / std::numbers::pi) * std::exp(-0.5 * u * u);
        double const step = (std::erf(u / std::numbers::sqrt2) - p) / slope;
        u -= std::clamp(step, -0.5, 0.5);
        u = std::clamp(u, 1e-3, 6.0);
        if (std::abs(step) < 1e-9) {
            break;
        }
    }
    return u;
}

// Variance of a unit normal cut off at +-c.
double cut_variance(double c) {
    double const density = std::exp(-0.5 * c * c) / std::sqrt(2.0 * std::numbers::pi);
    return 1.0 - 2.0 * c * density / std::erf(c / std::numbers::sqrt2);
}

// The share within 1.5 does not heed what traces add far out; the mean square below 4 is sharper, and
// used unless it is clearly above.
double spread2_of(BlockSpread const& sums, double samples) {
    if (sums.all < 1.0 || sums.counted < 1.0) {
        return 1.0;
    }
    double const share = std::clamp(sums.within / sums.all, 1e-4, 1.0 - 1e-6);
    double const by_share = std::pow(1.5 / central_quantile(share), 2);
    if (by_share > 2.0) {
        return by_share;
    }
    double const mean = sums.sum2 / sums.counted;
    double const by_mean = mean / cut_variance(4.0 / std::sqrt(std::max(by_share, 0.05)));
    return std::min(by_mean, by_share * (1.0 + 4.0 * std::sqrt(2.0 / samples)));
}

BlockSpread sum_around(std::vector<BlockSpread> const& spread,
                       PlaneMesh const& mesh,
                       std::ptrdiff_t by,
                       std::ptrdiff_t bx) {
    BlockSpread sum;
    mesh.for_each_around(by, bx, [&](std::size_t block) {
        BlockSpread const& one = spread[block];
        sum.sum2 += one.sum2;
        sum.counted += one.counted;
        sum.within += one.within;
        sum.all += one.all;
    });
    return sum;
}

class Groups {
public:
    explicit Groups(std::size_t n) : parent_(n) {
        std::iota(parent_.begin(), parent_.end(), std::size_t{0});
    }

    std::size_t root(std::size_t i) {
        while (parent_[i] != i) {
            parent_[i] = parent_[parent_[i]];
            i = parent_[i];
        }
        return i;
    }

    void join(std::size_t a, std::size_t b) {
        a = root(a);
        b = root(b);
        parent_[std::max(a, b)] = std::min(a, b);
    }

private:
    std::vector<std::size_t> parent_;
};

using Range = std::array<std::size_t, 2>; // of parts

// Joins what touches of two rows, each sorted by x.
void join_rows(std::vector<PlanePart> const& parts, Range a, Range b, Groups& groups) {
    while (a[0] < a[1] && b[0] < b[1]) {
        PlanePart const& left = parts[a[0]];
        PlanePart const& right = parts[b[0]];
        if (left.x <= right.end_x && right.x <= left.end_x) {
            groups.join(a[0], b[0]);
        }
        (left.end_x < right.end_x ? a : b)[0] += 1;
    }
}

struct PartSearch {
    ScaleScan const& scan;
    PlaneMesh const& mesh;
    std::vector<PlaneForm> const& forms;
    std::size_t scale;
    PlaneSide side;
    double bound;
};

double significance_on(PlaneSide side, PlaneForm const& form, double z) {
    bool const wrong_side = side != PlaneSide::both && (z < 0.0) != (side == PlaneSide::dark);
    return wrong_side ? 0.0 : std::abs(plane_significance(form, z));
}

// The parts of one run.
void add_parts(PartSearch const& search,
               std::size_t r,
               double moved,
               std::vector<PlanePart>& parts) {
    ScanRun const& run = search.scan.runs[r];
    auto const step = static_cast<std::ptrdiff_t>(search.scale) + 1;
    std::ptrdiff_t const y = run.y * step;
    bool open = false;
    for (std::uint32_t i = 0; i < run.length; ++i) {
        std::ptrdiff_t const x = (run.x + static_cast<std::ptrdiff_t>(i)) * step;
        PlaneForm const& form =
            search.forms[search.mesh.block_of(std::min(y, search.mesh.rows.length - 1), x)];
        double const t = significance_on(
            search.side, form, static_cast<double>(search.scan.z[run.first + i]) + moved);
        if (t < search.bound) {
            open = false;
            continue;
        }
        if (!open) {
            parts.push_back({y, x, x, search.scale, {}});
            open = true;
        }
        parts.back().end_x = x + step;
        parts.back().significance.push_back(static_cast<float>(t));
    }
}

// Joins all that touches, of both scales.
void join_parts(std::vector<PlanePart> const& parts, Shape shape, Groups& groups) {
    // Parts of each row, by scale; at the second scale a row is two rows of photosites.
    std::array<std::vector<Range>, plane_scales> rows;
    rows.fill(std::vector<Range>(static_cast<std::size_t>(shape.height) + 1, Range{0, 0}));
    for (std::size_t i = 0; i < parts.size(); ++i) {
        std::size_t const s = parts[i].scale;
        Range& row = rows[s][static_cast<std::size_t>(parts[i].y) / (s + 1)];
        row[0] = row[1] == 0 ? i : row[0];
        row[1] = i + 1;
    }
    for (std::size_t y = 0; y < static_cast<std::size_t>(shape.height); ++y) {
        Range const fine = rows[0][y];
        if (y > 0) {
            join_rows(parts, fine, rows[0][y - 1], groups);
            join_rows(parts, rows[1][y], rows[1][y - 1], groups);
        }
        for (std::size_t c = y > 1 ? (y - 1) / 2 : 0; fine[1] > 0 && c <= (y + 1) / 2; ++c) {
            join_rows(parts, fine, rows[1][c], groups);
        }
    }
}

void add_to_segment(PlanePart const& part, std::size_t i, Shape shape, PlaneSegment& segment) {
    auto const step = static_cast<std::ptrdiff_t>(part.scale) + 1;
    if (segment.parts.empty()) {
        segment.rows = {part.y, part.y + step};
        segment.columns = {part.x, part.end_x};
    }
    segment.parts.push_back(i);
    segment.rows = {std::min(segment.rows.first, part.y),
                    std::min(shape.height, std::max(segment.rows.last, part.y + step))};
    segment.columns = {std::min(segment.columns.first, part.x),
                       std::min(shape.width, std::max(segment.columns.last, part.end_x))};
    for (std::size_t k = 0; k < part.significance.size(); ++k) {
        if (static_cast<double>(part.significance[k]) > segment.significance) {
            segment.significance = static_cast<double>(part.significance[k]);
            segment.peak_x = part.x + static_cast<std::ptrdiff_t>(k) * step;
            segment.peak_y = part.y;
            segment.scale = part.scale;
        }
    }
}

} // namespace

std::array<std::vector<PlaneForm>, plane_scales>
measure_plane_forms(PlaneScan const& scan,
                    PlaneMesh const& mesh,
                    PlaneNoise const& noise,
                    PlaneBackground const& background,
                    std::array<double, plane_scales> looked_at) {
    std::array<std::vector<PlaneForm>, plane_scales> forms;
    for (std::size_t s = 0; s < plane_scales; ++s) {
        PlaneFilter const filter = make_plane_filter(s);
        forms[s].resize(mesh.blocks());
        for (std::ptrdiff_t by = 0; by < mesh.rows.blocks(); ++by) {
            for (std::ptrdiff_t bx = 0; bx < mesh.columns.blocks(); ++bx) {
                std::size_t const b = mesh.at(by, bx);
                BlockSpread const sums = sum_around(scan.scale[s].spread, mesh, by, bx);
                PlaneForm& form = forms[s][b];
                form.degrees = std::max(10.0, filter.samples_per_block * sums.all / looked_at[s]);
                form.spread2 = spread2_of(sums, form.degrees);
                if (noise.is_known() && form.spread2 < 1.0 - 3.0 * std::sqrt(2.0 / form.degrees)) {
                    form.spread2 = 1.0;
                }
                double const level = std::max(0.0, background.level_dn[b]);
                // Strong texture is no noise: skewness counts for the part of the spread that photons
                // make.
                form.skewness =
                    filter.skewness_gain * noise.gain_dn * noise.gain_dn * level /
                    std::pow(background.variance_dn2[b] * std::max(1.0, form.spread2), 1.5);
            }
        }
    }
    return forms;
}

double plane_significance(PlaneForm const& form, double z) noexcept {
    double const sd = std::sqrt(form.spread2);
    double const normal = unskewed(z / sd, form.skewness);
    double const t = normal * normal;
    double const corrected = (form.degrees + 1.0) * std::log1p(t / form.degrees);
    return normal < 0.0 ? -corrected : corrected;
}

std::vector<PlanePart>
find_plane_parts(PlaneScan const& scan,
                 PlaneMesh const& mesh,
                 std::array<std::vector<PlaneForm>, plane_scales> const& forms,
                 std::array<std::vector<float>, plane_scales> const& shift,
                 PlaneSide side,
                 double bound) {
    std::vector<PlanePart> parts;
    for (std::size_t s = 0; s < plane_scales; ++s) {
        for (std::size_t r = 0; r < scan.scale[s].runs.size(); ++r) {
            double const moved = shift[s].empty() ? 0.0 : static_cast<double>(shift[s][r]);
            add_parts({scan.scale[s], mesh, forms[s], s, side, bound}, r, moved, parts);
        }
    }
    return parts;
}

std::vector<PlaneSegment>
find_plane_segments(std::vector<PlanePart> const& parts, Shape shape, double high) {
    Groups groups{parts.size()};
    join_parts(parts, shape, groups);
    std::vector<std::size_t> index(parts.size(), parts.size());
    std::vector<PlaneSegment> all;
    for (std::size_t i = 0; i < parts.size(); ++i) {
        std::size_t const root = groups.root(i);
        if (index[root] == parts.size()) {
            index[root] = all.size();
            all.emplace_back();
        }
        add_to_segment(parts[i], i, shape, all[index[root]]);
    }
    all.erase(std::remove_if(all.begin(),
                             all.end(),
                             [high](PlaneSegment const& s) { return s.significance < high; }),
              all.end());
    std::sort(all.begin(), all.end(), [](PlaneSegment const& a, PlaneSegment const& b) {
        return std::pair{a.rows.first, a.columns.first} < std::pair{b.rows.first, b.columns.first};
    });
    return all;
}

std::vector<PlaneRun> to_runs(std::vector<PlaneSegment> const& segments,
                              std::vector<PlanePart> const& parts,
                              Shape shape,
                              std::ptrdiff_t margin) {
    std::vector<PlaneRun> runs;
    for (PlaneSegment const& segment : segments) {
        // One run a row, from the first to the last photosite of the segment there.
        std::ptrdiff_t const first = std::max<std::ptrdiff_t>(0, segment.rows.first - margin);
        std::ptrdiff_t const last = std::min(shape.height, segment.rows.last + margin);
        std::size_t const before = runs.size();
        for (std::ptrdiff_t y = first; y < last; ++y) {
            runs.push_back({y, shape.width, 0});
        }
        for (std::size_t const p : segment.parts) {
            PlanePart const& part = parts[p];
            auto const step = static_cast<std::ptrdiff_t>(part.scale) + 1;
            for (std::ptrdiff_t y = std::max(first, part.y - margin);
                 y < std::min(last, part.y + step + margin);
                 ++y) {
                PlaneRun& run = runs[before + static_cast<std::size_t>(y - first)];
                run.first = std::min(run.first, std::max<std::ptrdiff_t>(0, part.x - margin));
                run.last = std::max(run.last, std::min(shape.width, part.end_x + margin));
            }
        }
    }
    std::sort(runs.begin(), runs.end(), [](PlaneRun const& a, PlaneRun const& b) {
        return std::pair{a.y, a.first} < std::pair{b.y, b.first};
    });
    // Overlapping runs of a row become one.
    std::vector<PlaneRun> joined;
    for (PlaneRun const& run : runs) {
        if (!joined.empty() && joined.back().y == run.y && run.first <= joined.back().last) {
            joined.back().last = std::max(joined.back().last, run.last);
        } else {
            joined.push_back(run);
        }
    }
    return joined;
}

} // namespace cmq::detect
