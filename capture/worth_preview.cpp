// SPDX-License-Identifier: GPL-3.0-or-later

#include "capture/picture_reader/answer.hpp"
#include "capture/worth_facts.hpp"
#include "core/number_text.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace cmq::capture {
namespace {

constexpr auto side = static_cast<std::ptrdiff_t>(preview_side);
using Grid = std::vector<double>; // side x side, row by row

// Cameras set to another aspect, and previews with bars, differ by more; rows left out at the edge by less.
constexpr double same_aspect = 0.03;

// Correlations of ranks. Another picture gives what chance gives with the few dozen independent patches a picture
// has; the same one through a tone curve, other colours and another crop of the edge stays near 1.
constexpr double alike = 0.8;
constexpr double unlike = 0.5;

// Means of cells of a rectangle around the middle, of the aspect width / height.
template <class Sample>
Grid cells(Shape shape, double aspect, Sample const& sample) {
    auto const own = static_cast<double>(shape.width) / static_cast<double>(shape.height);
    auto const width = static_cast<std::ptrdiff_t>(
        std::floor(static_cast<double>(shape.width) * std::min(1.0, aspect / own)));
    auto const height = static_cast<std::ptrdiff_t>(
        std::floor(static_cast<double>(shape.height) * std::min(1.0, own / aspect)));
    std::ptrdiff_t const top = (shape.height - height) / 2;
    std::ptrdiff_t const left = (shape.width - width) / 2;
    Grid sums(preview_side * preview_side);
    Grid counts(sums.size());
    for (std::ptrdiff_t y = 0; y < height; ++y) {
        for (std::ptrdiff_t x = 0; x < width; ++x) {
            if (auto const value = sample(top + y, left + x)) {
                auto const cell =
                    static_cast<std::size_t>(y * side / height * side + x * side / width);
                sums[cell] += *value;
                counts[cell] += 1;
            }
        }
    }
    for (std::size_t i = 0; i < sums.size(); ++i) {
        sums[i] = counts[i] > 0 ? sums[i] / counts[i] : 0;
    }
    return sums;
}

// Ranks, ties sharing theirs.
Grid ranks_of(Grid const& values) {
    std::vector<std::size_t> order(values.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    std::ranges::stable_sort(order, {}, [&](std::size_t i) { return values[i]; });
    Grid ranks(values.size());
    for (std::size_t i = 0; i < order.size();) {
        std::size_t j = i;
        while (j < order.size() && values[order[j]] == values[order[i]]) {
            ++j;
        }
        for (std::size_t k = i; k < j; ++k) {
            ranks[order[k]] = 0.5 * static_cast<double>(i + j - 1);
        }
        i = j;
    }
    return ranks;
}

double correlation(Grid const& a, Grid const& b) {
    auto const mean = [](Grid const& values) {
        return std::accumulate(values.begin(), values.end(), 0.0) /
               static_cast<double>(values.size());
    };
    double const mean_a = mean(a);
    double const mean_b = mean(b);
    double both = 0;
    double own_a = 0;
    double own_b = 0;
    for (std::size_t i = 0; i < a.size(); ++i) {
        both += (a[i] - mean_a) * (b[i] - mean_b);
        own_a += (a[i] - mean_a) * (a[i] - mean_a);
        own_b += (b[i] - mean_b) * (b[i] - mean_b);
    }
    return own_a > 0 && own_b > 0 ? both / std::sqrt(own_a * own_b) : 0;
}

// A quarter turn to the right.
Grid turned(Grid const& grid) {
    Grid result(grid.size());
    for (std::ptrdiff_t y = 0; y < side; ++y) {
        for (std::ptrdiff_t x = 0; x < side; ++x) {
            result[static_cast<std::size_t>(x * side + (side - 1 - y))] =
                grid[static_cast<std::size_t>(y * side + x)];
        }
    }
    return result;
}

// Enough difference between bright and dark cells to tell pictures apart: 8 steps of an 8-bit preview between its
// tenth and ninetieth hundredths.
bool has_structure(Grid const& preview) {
    Grid sorted = preview;
    std::ranges::sort(sorted);
    return sorted[sorted.size() * 9 / 10] - sorted[sorted.size() / 10] >= 8;
}

Grid cells_of(Examined const& file, double aspect) {
    if (file.is_raw()) {
        Frame const& frame = file.capture->frame;
        return cells(
            frame.shape, aspect, [&](std::ptrdiff_t y, std::ptrdiff_t x) -> std::optional<double> {
                Plane const plane = frame.cfa.at(y, x);
                auto const i = static_cast<std::size_t>(y * frame.shape.width + x);
                bool const green = plane == Plane::green1 || plane == Plane::green2;
                // Saturated photosites are bright all the same.
                bool const usable = green && (frame.mask[i] & mask_bit::no_data) == 0;
                return usable ? std::optional{static_cast<double>(frame.value[i])} : std::nullopt;
            });
    }
    Picture const& picture = *file.picture;
    return cells(picture.shape, aspect, [&](std::ptrdiff_t y, std::ptrdiff_t x) {
        return std::optional{static_cast<double>(picture.at(y, x, picture.channels == 3 ? 1 : 0))};
    });
}

std::string size_text(Shape shape) {
    return std::to_string(shape.width) + " x " + std::to_string(shape.height);
}

} // namespace

Fact preview_fact(Examined const& file) {
    constexpr auto kind = FactKind::preview;
    if (!file.tags.preview) {
        return make_fact(kind, FactState::not_stated);
    }
    Preview const& preview = *file.tags.preview;
    auto const aspect_of = [](Shape shape) {
        return static_cast<double>(shape.width) / static_cast<double>(shape.height);
    };
    double const own = aspect_of(file.shape());
    double aspect = aspect_of(preview.shape);
    bool const upright = (own > 1) != (aspect > 1) && std::abs(own * aspect - 1) <= 0.35;
    aspect = upright ? 1 / aspect : aspect;
    Grid const shown{preview.means.begin(), preview.means.end()};
    double best = -1;
    if (has_structure(shown)) {
        Grid const ranks = ranks_of(cells_of(file, aspect));
        Grid way = ranks_of(shown);
        // Turned by a quarter where its shape says so, by half where the file asks for that on display.
        bool const upside_down = file.tags.number("Exif.Image.Orientation") == 3.0;
        for (int turns = 0; turns < 4; ++turns) {
            bool const asked = upright ? turns % 2 == 1 : turns == 0 || (turns == 2 && upside_down);
            best = asked ? std::max(best, correlation(ranks, way)) : best;
            way = turned(way);
        }
        if (best < unlike) {
            return found(
                kind,
                Sentence{{"l’aperçu contenu dans le fichier ({} pixels) ne ressemble pas à "
                          "l’image : corrélation {} des clartés",
                          "the preview in the file ({} pixels) does not look like the picture: "
                          "correlation {} of the brightnesses"},
                         size_text(preview.shape),
                         figure(fixed_text(best, 2))},
                {});
        }
    }
    if (std::abs(aspect / own - 1) > same_aspect) {
        return found(
            kind,
            Sentence{
                {"l’aperçu ({} pixels) n’a pas la forme de l’image ({}) ; les appareils réglés "
                 "sur un autre format en font autant",
                 "the preview ({} pixels) is not of the picture's shape ({}); cameras set to "
                 "another aspect do so too"},
                size_text(preview.shape),
                size_text(file.shape())},
            {});
    }
    return make_fact(kind, best >= alike ? FactState::not_found : FactState::not_stated);
}

} // namespace cmq::capture
