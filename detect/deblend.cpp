// SPDX-License-Identifier: GPL-3.0-or-later

#include "detect/deblend.hpp"

#include "detect/local_map.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <numeric>

namespace cmq::detect {
namespace {

constexpr std::ptrdiff_t margin = 3; // cells by which a part exceeds its segment
constexpr double least_depth = 4.0;  // standard deviations down from the lower peak
constexpr double most_saddle = 0.85; // of the lower peak's signal-to-noise
constexpr std::int32_t nobody = -1;

Part part_around(Shape shape, Segment const& segment) {
    Part part{{shape.height, 0}, {shape.width, 0}};
    for (std::size_t const cell : segment.cells) {
        auto const y = static_cast<std::ptrdiff_t>(cell) / shape.width;
        auto const x = static_cast<std::ptrdiff_t>(cell) % shape.width;
        part.rows.first = std::min(part.rows.first, y - margin);
        part.rows.last = std::max(part.rows.last, y + margin + 1);
        part.columns.first = std::min(part.columns.first, x - margin);
        part.columns.last = std::max(part.columns.last, x + margin + 1);
    }
    part.rows = {std::max<std::ptrdiff_t>(0, part.rows.first),
                 std::min(shape.height, part.rows.last)};
    part.columns = {std::max<std::ptrdiff_t>(0, part.columns.first),
                    std::min(shape.width, part.columns.last)};
    return part;
}

// One segment seen cell by cell.
struct Close {
    Part part;
    std::vector<float> clearest;  // of the filters, by cell of the part
    std::vector<float> finest;    // by the finest filter alone
    std::vector<std::size_t> own; // cells of the part that belong to the segment, ascending
};

double root(float significance) {
    return std::sqrt(std::max(0.0, static_cast<double>(significance)));
}

// Cells at or above the border that hang together with the segment's peak, and belong to no other.
std::vector<std::size_t> reach_from_peak(Close const& close,
                                         std::size_t start,
                                         float low,
                                         std::vector<std::uint8_t> const& closed) {
    std::vector<std::uint8_t> seen = closed;
    std::vector<std::size_t> open{start};
    std::vector<std::size_t> own;
    seen[start] = 1;
    std::ptrdiff_t const width = close.part.columns.last - close.part.columns.first;
    std::ptrdiff_t const height = close.part.rows.last - close.part.rows.first;
    while (!open.empty()) {
        std::size_t const i = open.back();
        open.pop_back();
        own.push_back(i);
        for_neighbours({height, width}, i, [&](std::size_t next) {
            if (seen[next] == 0 && close.clearest[next] >= low) {
                seen[next] = 1;
                open.push_back(next);
            }
        });
    }
    std::sort(own.begin(), own.end());
    return own;
}

// How much larger the noise is on the trace than beside it: its own photons.
double noise_on_light(Refinement const& refinement, Cells const& cells, std::size_t cell) {
    Mesh const& mesh = refinement.background.mesh;
    auto const y = static_cast<std::ptrdiff_t>(cell) / cells.shape.width;
    auto const x = static_cast<std::ptrdiff_t>(cell) % cells.shape.width;
    std::size_t const block = mesh.at(mesh.block_row(y), mesh.block_column(x));
    double most = 1.0;
    for (std::size_t p = 0; p < plane_count; ++p) {
        double const variance = refinement.background.variance_dn2[p][block];
        double const light = refinement.frame.noise.gain_dn[p] *
                             std::max(0.0, static_cast<double>(cells.residual[p][cell]));
        most = std::max(most, 1.0 + light / variance);
    }
    return std::sqrt(most);
}

// Basins that grow from their peaks down and meet at saddles.
class Basins {
public:
    Basins(Refinement const& refinement, Cells const& cells, Close const& close)
        : refinement_{refinement}
        , cells_{cells}
        , close_{close}
        , basin_(close.part.area(), nobody) {
        std::vector<std::size_t> order = close.own;
        std::sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) {
            return close.finest[a] > close.finest[b] ||
                   (close.finest[a] == close.finest[b] && a < b);
        });
        for (std::size_t const cell : order) {
            add(cell);
        }
    }

    // The basin of each of the segment's cells: those that count are numbered from 0 in the order of their
    // first cell.
    [[nodiscard]] std::vector<std::size_t> labels(std::size_t& count) {
        std::vector<std::size_t> number(peak_.size(), peak_.size());
        std::vector<std::size_t> labels;
        count = 0;
        for (std::size_t const cell : close_.own) {
            auto const basin = static_cast<std::size_t>(find(basin_[cell]));
            if (number[basin] == peak_.size()) {
                number[basin] = count++;
            }
            labels.push_back(number[basin]);
        }
        return labels;
    }

private:
    void add(std::size_t cell) {
        std::int32_t own = nobody; // of the way up that is steepest
        float highest = 0.0F;
        std::ptrdiff_t const width = close_.part.columns.last - close_.part.columns.first;
        std::ptrdiff_t const height = close_.part.rows.last - close_.part.rows.first;
        for_neighbours({height, width}, cell, [&](std::size_t next) {
            if (basin_[next] == nobody) {
                return;
            }
            std::int32_t const other = find(basin_[next]);
            if (own == nobody) {
                own = other;
                highest = close_.finest[next];
                return;
            }
            if (find(own) != other) {
                meet(find(own), other, cell);
            }
            if (close_.finest[next] > highest) {
                own = other;
                highest = close_.finest[next];
            }
        });
        if (own == nobody) {
            own = static_cast<std::int32_t>(peak_.size());
            peak_.push_back(cell);
            into_.push_back(own);
        }
        basin_[cell] = find(own);
    }

    // Two basins meet at a saddle: the lower one ends in the higher one unless it stands for itself.
    void meet(std::int32_t a, std::int32_t b, std::size_t saddle) {
        bool const a_higher = value(a) > value(b) || (value(a) == value(b) && a < b);
        std::int32_t const high = a_higher ? a : b;
        std::int32_t const low = a_higher ? b : a;
        double const peak = root(value(low));
        double const pass = root(close_.finest[saddle]);
        std::ptrdiff_t const width = close_.part.columns.last - close_.part.columns.first;
        auto const frame_cell = [&](std::size_t i) {
            return cells_.at(close_.part.rows.first + static_cast<std::ptrdiff_t>(i) / width,
                             close_.part.columns.first + static_cast<std::ptrdiff_t>(i) % width);
        };
        double const noise =
            noise_on_light(refinement_, cells_, frame_cell(peak_[static_cast<std::size_t>(low)]));
        bool const stands = value(low) >= refinement_.high && peak - pass >= least_depth * noise &&
                            pass <= most_saddle * peak;
        if (!stands) {
            into_[static_cast<std::size_t>(low)] = high;
        }
    }

    [[nodiscard]] float value(std::int32_t basin) const {
        return close_.finest[peak_[static_cast<std::size_t>(basin)]];
    }

    [[nodiscard]] std::int32_t find(std::int32_t basin) const {
        while (into_[static_cast<std::size_t>(basin)] != basin) {
            basin = into_[static_cast<std::size_t>(basin)];
        }
        return basin;
    }

    Refinement const& refinement_;
    Cells const& cells_;
    Close const& close_;
    std::vector<std::int32_t> basin_; // by cell of the part
    std::vector<std::size_t> peak_;   // by basin
    std::vector<std::int32_t> into_;  // by basin: itself, or the one that it ended in
};

// One segment after the other: what each is cell by cell.
class Refiner {
public:
    Refiner(Refinement const& refinement,
            std::vector<Segment> const& segments,
            Cells const& cells,
            SignificanceMap& map)
        : refinement_{refinement}
        , cells_{cells}
        , map_{map}
        , taken_(cells.flags.size(), 0) {
        for (std::size_t s = 0; s < refinement.forms.size(); ++s) {
            filters_.emplace_back(cells,
                                  refinement.background,
                                  refinement.frame.cfa,
                                  std::ptrdiff_t{1} << s,
                                  refinement.forms[s],
                                  refinement.leaks);
        }
        for (Segment const& segment : segments) {
            for (std::size_t const cell : segment.cells) {
                taken_[cell] = 1;
            }
        }
    }

    void refine(Segment const& segment, std::vector<Segment>& result) {
        Close close = look_closely(segment);
        for (std::size_t const cell : segment.cells) {
            taken_[cell] = 0;
            map_.value[cell] = close.clearest[in_part(close.part, cell)];
        }
        std::vector<std::uint8_t> closed(close.part.area());
        for (std::size_t i = 0; i < closed.size(); ++i) {
            closed[i] = taken_[in_frame(close.part, i)];
        }
        // Bins may have bridged what hangs together no more: each part with a peak of its own counts.
        for (bool first = true;; first = false) {
            std::size_t const start = clearest_left(segment, close, closed);
            if (start == closed.size() || (!first && close.clearest[start] < refinement_.high)) {
                return;
            }
            close.clearest[start] = std::max(close.clearest[start], refinement_.low);
            close.own = reach_from_peak(close, start, refinement_.low, closed);
            for (std::size_t const i : close.own) {
                closed[i] = 1;
                taken_[in_frame(close.part, i)] = 1;
            }
            add_pieces(segment, close, result);
        }
    }

private:
    [[nodiscard]] std::size_t in_part(Part const& part, std::size_t cell) const {
        auto const c = static_cast<std::ptrdiff_t>(cell);
        return part.at(c / cells_.shape.width, c % cells_.shape.width);
    }

    [[nodiscard]] std::size_t in_frame(Part const& part, std::size_t i) const {
        auto const k = static_cast<std::ptrdiff_t>(i);
        std::ptrdiff_t const width = part.columns.last - part.columns.first;
        return cells_.at(part.rows.first + k / width, part.columns.first + k % width);
    }

    [[nodiscard]] Close look_closely(Segment const& segment) const {
        Close close{part_around(cells_.shape, segment), {}, {}, {}};
        close.finest = filters_[0].significance(close.part);
        close.clearest = close.finest;
        for (std::size_t s = 1; s <= std::max<std::size_t>(1, segment.level); ++s) {
            auto const other = filters_[s].significance(close.part);
            std::transform(other.begin(),
                           other.end(),
                           close.clearest.begin(),
                           close.clearest.begin(),
                           [](float a, float b) { return std::max(a, b); });
        }
        // Saturated cells take no part in filtering, but belong to what they lie in.
        for (std::size_t const cell : segment.cells) {
            float& value = close.clearest[in_part(close.part, cell)];
            if ((cells_.flags[cell] & saturated_bit) != 0) {
                value = std::max(value, refinement_.low);
            }
        }
        return close;
    }

    // The clearest cell of the segment that no trace has yet; the size of `closed` when none is left.
    [[nodiscard]] std::size_t clearest_left(Segment const& segment,
                                            Close const& close,
                                            std::vector<std::uint8_t> const& closed) const {
        std::size_t best = closed.size();
        for (std::size_t const cell : segment.cells) {
            std::size_t const i = in_part(close.part, cell);
            if (closed[i] == 0 &&
                (best == closed.size() || close.clearest[i] > close.clearest[best])) {
                best = i;
            }
        }
        return best;
    }

    void add_pieces(Segment const& segment, Close const& close, std::vector<Segment>& result) {
        std::size_t count = 0;
        auto const label = Basins{refinement_, cells_, close}.labels(count);
        std::vector<Segment> pieces(count);
        parents_ += count > 1 ? 1 : 0;
        for (std::size_t i = 0; i < close.own.size(); ++i) {
            std::size_t const cell = in_frame(close.part, close.own[i]);
            float const value = close.clearest[close.own[i]];
            map_.value[cell] = value;
            Segment& piece = pieces[label[i]];
            piece.cells.push_back(cell);
            if (piece.cells.size() == 1 || value > piece.significance) {
                piece.significance = value;
                piece.peak = cell;
            }
        }
        for (Segment& piece : pieces) {
            piece.parent = count > 1 ? parents_ : 0;
            piece.level = segment.level;
            // What the lattice tested is what the promise speaks of; of a part, what it reaches itself.
            bool const has_peak =
                std::binary_search(piece.cells.begin(), piece.cells.end(), segment.peak);
            piece.tested = has_peak ? segment.tested : std::min(piece.significance, segment.tested);
            piece.significance = std::max(piece.significance, piece.tested);
            result.push_back(std::move(piece));
        }
    }

    Refinement const& refinement_;
    Cells const& cells_;
    SignificanceMap& map_;
    std::vector<LocalFilter> filters_;
    std::vector<std::uint8_t> taken_; // cells of the frame that belong to a segment
    std::int64_t parents_ = 0;
};

} // namespace

std::vector<Segment> refine_segments(Refinement const& refinement,
                                     std::vector<Segment> const& segments,
                                     Cells const& cells,
                                     SignificanceMap& map) {
    std::vector<Segment> result;
    Refiner refiner{refinement, segments, cells, map};
    for (Segment const& segment : segments) {
        refiner.refine(segment, result);
    }
    std::sort(result.begin(), result.end(), [](Segment const& a, Segment const& b) {
        return a.cells.front() < b.cells.front();
    });
    return result;
}

} // namespace cmq::detect
