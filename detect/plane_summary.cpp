// SPDX-License-Identifier: GPL-3.0-or-later

#include "detect/plane_summary.hpp"

#include "core/number_text.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <numeric>

namespace cmq::detect {
namespace {

constexpr std::size_t stretch = 64;

struct Squares {
    double sum = 0.0;
    double count = 0.0;
};

// Of the differences of `count` photosites from `first` on to their right neighbours, where both are good and outside
// traces.
Squares
squared_differences(Cells const& cells, std::size_t plane, std::size_t first, std::size_t count) {
    std::uint8_t const* flags = cells.flags.data() + first;
    float const* residual = cells.residual[plane].data() + first;
    auto const bit = static_cast<std::uint8_t>(1U << plane);
    std::uint8_t all = bit;
    std::uint8_t any = 0;
    for (std::size_t i = 0; i <= count; ++i) {
        all = static_cast<std::uint8_t>(all & flags[i]);
        any = static_cast<std::uint8_t>(any | flags[i]);
    }
    auto const square = [residual](std::size_t i) {
        double const difference =
            static_cast<double>(residual[i + 1]) - static_cast<double>(residual[i]);
        return difference * difference;
    };
    if (all == bit && (any & source_bit) == 0) {
        std::array<double, 8> sums{}; // side by side
        std::size_t i = 0;
        for (; i + sums.size() <= count; i += sums.size()) {
            for (std::size_t k = 0; k < sums.size(); ++k) {
                sums[k] += square(i + k);
            }
        }
        for (; i < count; ++i) {
            sums[0] += square(i);
        }
        return {std::accumulate(sums.begin(), sums.end(), 0.0), static_cast<double>(count)};
    }
    auto const usable = [&](std::size_t i) { return (flags[i] & (bit | source_bit)) == bit; };
    Squares result;
    for (std::size_t i = 0; i < count; ++i) {
        if (usable(i) && usable(i + 1)) {
            result.sum += square(i);
            result.count += 1.0;
        }
    }
    return result;
}

// Spread of one photosite from differences of neighbours in a row of its plane, outside traces:
// what changes slowly, light or cloth, drops out.
double measured_noise(Cells const& cells, std::size_t plane) {
    double sum = 0.0;
    double count = 0.0;
    // Every fourth row is enough: of a million photosites the spread is known to 0.2 %.
    for (std::ptrdiff_t y = 0; y < cells.shape.height; y += 4) {
        auto const width = static_cast<std::size_t>(cells.shape.width);
        for (std::size_t first = 0; first + 1 < width; first += stretch) {
            Squares const squares = squared_differences(
                cells, plane, cells.at(y, 0) + first, std::min(stretch, width - 1 - first));
            sum += squares.sum;
            count += squares.count;
        }
    }
    return count > 0.0 ? std::sqrt(0.5 * sum / count) : 0.0;
}

void count_masked(Frame const& frame, PerPlane<PlaneSummary>& planes) {
    for (std::ptrdiff_t y = 0; y < frame.shape.height; ++y) {
        auto const* row = frame.mask.data() + y * frame.shape.width;
        std::uint8_t any = 0;
        for (std::ptrdiff_t x = 0; x < frame.shape.width; ++x) {
            any = static_cast<std::uint8_t>(any | row[x]);
        }
        for (std::ptrdiff_t x = 0; any != 0 && x < frame.shape.width; ++x) {
            auto const mask = frame.mask[static_cast<std::size_t>(y * frame.shape.width + x)];
            if (mask == 0) {
                continue;
            }
            PlaneSummary& plane = planes[static_cast<std::size_t>(frame.cfa.at(y, x))];
            ++plane.masked_photosites;
            plane.saturated_photosites += (mask & mask_bit::saturated) != 0 ? 1 : 0;
            plane.hot_photosites += (mask & mask_bit::hot) != 0 ? 1 : 0;
        }
    }
}

// Two decimals, with the sign of each language between them.
Sentence in_figures(double value) {
    std::string const text = fixed_text(value, 2);
    auto const point = text.find('.');
    return Sentence{Form<2>{"{},{}", "{}.{}"}, text.substr(0, point), text.substr(point + 1)};
}

// Of neighbouring photosites, over the noise model, in the plane where it is largest. Printed cloth has 1.8 in 90 electrons, where
// its borders lie within the noise, and 2.7 in 500; borders sharper than those tried may show (docs/studies/false_traces.md).
constexpr double sharp_spread = 2.0;

double strongest_spread(Detection const& detection) {
    double strongest = 0.0;
    for (PlaneSummary const& plane : detection.planes) {
        strongest = std::max(strongest, plane.spread_ratio);
    }
    return strongest;
}

} // namespace

PerPlane<PlaneSummary> summarise_planes(Frame const& frame,
                                        Cells const& cells,
                                        Background const& background,
                                        PerPlane<std::int64_t> const& hot) {
    PerPlane<PlaneSummary> planes{};
    count_masked(frame, planes);
    for (std::size_t p = 0; p < plane_count; ++p) {
        PlaneSummary& plane = planes[p];
        double level = 0.0;
        double variance = 0.0;
        double count = 0.0;
        for (std::size_t b = 0; b < background.level_dn[p].size(); ++b) {
            double const weight = background.photosites[p][b];
            level += weight * background.level_dn[p][b];
            variance += weight * background.variance_dn2[p][b];
            count += weight;
        }
        auto const [low, high] =
            std::minmax_element(background.level_dn[p].begin(), background.level_dn[p].end());
        plane.level_low_dn = *low;
        plane.level_high_dn = *high;
        if (count > 0.0) {
            plane.level_dn = level / count;
            plane.noise_dn = std::sqrt(variance / count);
            plane.measured_noise_dn = measured_noise(cells, p);
            plane.spread_ratio = plane.measured_noise_dn / plane.noise_dn;
        }
        plane.saturation_dn = frame.saturation_dn[p];
        plane.hot_photosites += hot[p];
        plane.masked_photosites += hot[p];
    }
    return planes;
}

std::vector<Sentence> warnings_of(Detection const& detection) {
    std::vector<Sentence> warnings;
    if (detection.tail_factor > 1.0) {
        Sentence const other =
            detection.darker ? Sentence{{"clair", "brighter"}} : Sentence{{"sombre", "darker"}};
        warnings.emplace_back(
            Form<3>{"ce qui est plus {} que le fond ressort plus souvent que le bruit ne le "
                    "permet ; le seuil a été relevé d’un facteur {} pour que le côté {} tienne "
                    "la promesse, qui repose sur cette queue mesurée",
                    "what is {} than the background stands out more often than noise allows; "
                    "the threshold was raised by a factor of {} so that the {} side keeps the "
                    "promise, which rests on that measured tail"},
            other,
            in_figures(std::sqrt(detection.tail_factor)),
            detection.darker ? Sentence{{"clair", "bright"}} : Sentence{{"sombre", "dark"}});
    }
    if (detection.textured_share > 0.0) {
        warnings.emplace_back(
            Form<2>{"sur {} % de l’image, la texture est plus forte que le bruit ; une lumière de "
                    "la couleur de la texture ne s’y distingue pas d’elle, et une trace peut être "
                    "plus {} ou seulement d’une autre couleur",
                    "on {} % of the frame texture is stronger than noise; light of the texture's "
                    "own colour cannot be told from it there, and a trace may be {} or only of "
                    "another colour"},
            fixed_text(100.0 * detection.textured_share, 0),
            detection.darker ? Sentence{{"sombre", "darker"}} : Sentence{{"claire", "brighter"}});
    }
    if (detection.textured_share > 0.0 && strongest_spread(detection) > sharp_spread) {
        warnings.push_back(Sentence{
            {"la texture est ici bien plus forte que le bruit : les bords nets d’un imprimé ou "
             "d’une couture peuvent y passer pour des traces, ce que le nombre promis de fausses "
             "traces ne compte pas ; des blancs du même imprimé en décident",
             "texture is much stronger than noise here: sharp borders of a print or of a seam may "
             "pass for traces, which the promised number of false traces does not count; blanks "
             "of the same print decide"}});
    }
    for (std::size_t p = 0; p < plane_count; ++p) {
        double const ratio = detection.planes[p].spread_ratio;
        // Capture's estimate from one frame is good to some 10 %; a fifth is more than that.
        if (ratio > 0.0 && (ratio < 0.8 || ratio > 1.25)) {
            warnings.emplace_back(Form<2>{"dans le plan {}, les photosites voisins se dispersent "
                                          "{} fois autant que le dit le modèle de bruit",
                                          "in plane {} neighbouring photosites spread {} times as "
                                          "much as the noise model says"},
                                  plane_names[p],
                                  in_figures(ratio));
        }
    }
    return warnings;
}

} // namespace cmq::detect
