// SPDX-License-Identifier: GPL-3.0-or-later

#include "lab/code/size_standard.hpp"

#include "core/error.hpp"
#include "core/number_text.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <string>

namespace cmq::lab {
namespace {

constexpr double nothing = -std::numeric_limits<double>::infinity();

// Natural logarithm of the change of scans a base pair from one gap to the next that counts as one standard deviation: on
// the public runs neighbouring gaps differ by 0.03.
constexpr double usual_change = 0.05;
constexpr double most_change = 0.15; // 0.09 on the public runs
constexpr double of_fragment =
    6.0; // what a fragment more is worth, in squared standard deviations over two
// Shorter fragments may run into the primers; those from here on are there in any run that shows anything.
constexpr double largest_first = 120.0;
constexpr double least_scans_a_bp = 1.0;
constexpr double most_scans_a_bp = 300.0;
constexpr std::size_t most_peaks = 90;
constexpr double beside_length =
    8.0; // base pairs: how far fragments that are not sized may run from theirs
constexpr std::size_t among_primers =
    3; // peaks in front of the first fragment that are passed over
constexpr std::size_t most_left_over = 2;

struct Chain {
    std::vector<std::size_t> peaks; ///< of the candidates
    std::size_t first_size = 0;
    double score = nothing;
};

/// The best chain ending with a gap from one peak to another, for one length.
struct Step {
    double score = nothing;
    std::size_t before = 0; ///< peak in front of the gap's first; itself where the chain begins
};

/// Joins peaks and lengths in order.
class ChainSearch {
public:
    ChainSearch(std::vector<SignalPeak> const& peaks, std::vector<double> const& sizes)
        : peaks_{peaks}
        , sizes_{sizes}
        , steps_(sizes.size()) {}

    Chain best() {
        Chain chain;
        std::size_t end_size = 0;
        std::size_t end_from = 0;
        std::size_t end_to = 0;
        for (std::size_t s = 1; s < sizes_.size(); ++s) {
            fill(s, sizes_[s - 1] <= largest_first);
            for (std::size_t from = 0; from < peaks_.size(); ++from) {
                for (std::size_t to = from + 1; to < peaks_.size(); ++to) {
                    if (at(s, from, to).score > chain.score) {
                        chain.score = at(s, from, to).score;
                        end_size = s;
                        end_from = from;
                        end_to = to;
                    }
                }
            }
        }
        if (chain.score > nothing) {
            trace_back(chain, end_size, end_from, end_to);
        }
        return chain;
    }

private:
    Step& at(std::size_t size, std::size_t from, std::size_t to) {
        return steps_[size][from * peaks_.size() + to];
    }

    /// Logarithm of scans a base pair.
    [[nodiscard]] double log_pace(std::size_t size, std::size_t from, std::size_t to) const {
        double const pace =
            (peaks_[to].scan - peaks_[from].scan) / (sizes_[size] - sizes_[size - 1]);
        return pace < least_scans_a_bp || pace > most_scans_a_bp ? nothing : std::log(pace);
    }

    void fill(std::size_t s, bool may_begin) {
        steps_[s].resize(peaks_.size() * peaks_.size());
        for (std::size_t from = 0; from < peaks_.size(); ++from) {
            for (std::size_t to = from + 1; to < peaks_.size(); ++to) {
                double const pace = log_pace(s, from, to);
                if (pace == nothing) {
                    continue;
                }
                at(s, from, to) = best_step(s, from, to, pace, may_begin);
            }
        }
    }

    Step best_step(std::size_t s, std::size_t from, std::size_t to, double pace, bool may_begin) {
        double const cost = skipped(from, to);
        Step step{.score = may_begin ? 2.0 * of_fragment - cost : nothing, .before = from};
        for (std::size_t before = 0; s > 1 && before < from; ++before) {
            Step const& last = at(s - 1, before, from);
            if (last.score == nothing) {
                continue;
            }
            double const change = pace - log_pace(s - 1, before, from);
            double const deviations = change / usual_change;
            double const score = last.score + of_fragment - 0.5 * deviations * deviations - cost;
            if (std::abs(change) < most_change && score > step.score) {
                step = {score, before};
            }
        }
        return step;
    }

    /// What it costs to leave peaks between two of the standard.
    [[nodiscard]] double skipped(std::size_t from, std::size_t to) const {
        double cost = 0.0;
        double const lower = std::min(peaks_[from].height, peaks_[to].height);
        for (std::size_t i = from + 1; i < to; ++i) {
            cost += std::min(1.0, peaks_[i].height / lower);
        }
        return cost;
    }

    void trace_back(Chain& chain, std::size_t size, std::size_t from, std::size_t to) {
        chain.peaks = {to, from};
        while (at(size, from, to).before != from) {
            std::size_t const before = at(size, from, to).before;
            to = from;
            from = before;
            --size;
            chain.peaks.push_back(from);
        }
        chain.first_size = size - 1;
        std::ranges::reverse(chain.peaks);
    }

    std::vector<SignalPeak> const& peaks_;
    std::vector<double> const& sizes_;
    std::vector<std::vector<Step>> steps_;
};

/// Sum of squared changes of pace, the lengths moved by some places; none where too few are left.
std::optional<double> roughness(Chain const& chain,
                                std::vector<SignalPeak> const& peaks,
                                std::vector<double> const& sizes,
                                int moved) {
    double sum = 0.0;
    std::size_t count = 0;
    double last = nothing;
    for (std::size_t k = 0; k + 1 < chain.peaks.size(); ++k) {
        auto const s = static_cast<std::ptrdiff_t>(chain.first_size + k) + moved;
        if (s < 0 || s + 1 >= static_cast<std::ptrdiff_t>(sizes.size())) {
            continue;
        }
        auto const at = static_cast<std::size_t>(s);
        double const pace = std::log((peaks[chain.peaks[k + 1]].scan - peaks[chain.peaks[k]].scan) /
                                     (sizes[at + 1] - sizes[at]));
        if (last != nothing) {
            sum += (pace - last) * (pace - last);
            ++count;
        }
        last = pace;
    }
    return count < 4 ? std::nullopt : std::optional{sum / static_cast<double>(count)};
}

/// Peaks that may be of the standard: as tall as its fragments, of which the middle of the tallest tells.
std::vector<SignalPeak> candidates(std::span<SignalPeak const> peaks, std::size_t fragments) {
    std::vector<double> heights;
    for (SignalPeak const& peak : peaks) {
        heights.push_back(peak.height);
    }
    std::ranges::sort(heights, std::greater{});
    double const usual = heights.empty() ? 0.0 : heights[std::min(heights.size(), fragments) / 2];
    double const least =
        std::max(0.25 * usual, heights.size() > most_peaks ? heights[most_peaks] : 0.0);
    std::vector<SignalPeak> chosen;
    std::ranges::copy_if(peaks, std::back_inserter(chosen), [&](SignalPeak const& peak) {
        return peak.height >= least;
    });
    return chosen;
}

/// Peaks as tall as the standard's fragments that are none of them, nor those that run beside their length; of
/// those in front of the first fragment some are primers.
std::size_t count_left_over(std::vector<SignalPeak> const& peaks,
                            Chain const& chain,
                            SizeCurve const& curve,
                            SizeStandard const& standard) {
    std::vector<double> heights;
    for (std::size_t const at : chain.peaks) {
        heights.push_back(peaks[at].height);
    }
    std::ranges::sort(heights);
    double const usual = heights[heights.size() / 2];
    std::size_t count = 0;
    std::size_t before = 0;
    for (std::size_t i = 0; i < peaks.size(); ++i) {
        bool const is_tall = peaks[i].height >= 0.5 * usual && peaks[i].height <= 3.0 * usual;
        if (!is_tall || std::ranges::find(chain.peaks, i) != chain.peaks.end()) {
            continue;
        }
        if (i < chain.peaks.front()) {
            ++before;
            continue;
        }
        double const size = curve.size_at(peaks[i].scan).value_or(0.0);
        count +=
            std::ranges::any_of(standard.not_sized,
                                [&](double of) { return std::abs(of - size) <= beside_length; })
                ? 0U
                : 1U;
    }
    return count + before - std::min(before, among_primers);
}

/// Whether all gaps are alike, so that the lengths could be moved along.
bool is_even(std::vector<SizedPoint> const& points) {
    double least = std::numeric_limits<double>::infinity();
    double most = 0.0;
    for (std::size_t i = 1; i < points.size(); ++i) {
        least = std::min(least, points[i].size - points[i - 1].size);
        most = std::max(most, points[i].size - points[i - 1].size);
    }
    return most < 1.2 * least;
}

std::string bp(double value) {
    return fixed_text(value, 2);
}

/// Why the errors of a curve are too large.
std::optional<Sentence> objection_to(SizeCurve const& curve) {
    for (SizedPoint const& point : curve.points()) {
        if (std::abs(point.left_out.value_or(0.0)) > most_single_error) {
            return Sentence{{"son fragment de {} pb se place à {} pb de là où les autres le "
                             "mettent (au plus {})",
                             "its fragment of {} bp lies {} bp from where the others put it (at "
                             "most {})"},
                            point.size,
                            bp(*point.left_out),
                            most_single_error};
        }
    }
    if (curve.error() > most_sizing_error) {
        return Sentence{
            {"erreur de taille de {} pb (au plus {})", "error of sizes of {} bp (at most {})"},
            bp(curve.error()),
            most_sizing_error};
    }
    return {};
}

/// Why a chain is not to be trusted.
std::optional<Sentence> objection(std::vector<SignalPeak> const& peaks,
                                  Chain const& chain,
                                  SizeCurve const& curve,
                                  SizeStandard const& standard) {
    if (auto why = objection_to(curve)) {
        return why;
    }
    std::size_t const left_over = count_left_over(peaks, chain, curve, standard);
    if (left_over > most_left_over) {
        return Sentence{{"{} pics de la hauteur de l’étalon n’en sont aucun fragment",
                         "{} peaks as tall as the standard's are none of its fragments"},
                        left_over};
    }
    if (is_even(curve.points())) {
        return Sentence{
            {"ses {} fragments reconnus sont à égale distance, et rien ne dit lesquels "
             "ce sont",
             "its {} recognised fragments lie evenly, and nothing tells which they are"},
            curve.points().size()};
    }
    double const own = *roughness(chain, peaks, standard.sizes, 0);
    for (int const moved : {-2, -1, 1, 2}) {
        auto const other = roughness(chain, peaks, standard.sizes, moved);
        if (other && *other < 4.0 * own) {
            return Sentence{{"ses fragments, décalés de {}, s’y ajusteraient aussi bien",
                             "its fragments moved by {} would fit as well"},
                            moved};
        }
    }
    return {};
}

/// A standard that fits, or why it does not.
struct Attempt {
    std::optional<FittedStandard> fitted;
    Sentence why;
    double score = nothing;
};

Attempt attempt(std::span<SignalPeak const> all, SizeStandard const& standard) {
    auto const peaks = candidates(all, standard.sizes.size());
    ChainSearch search{peaks, standard.sizes};
    Chain const chain = search.best();
    if (chain.peaks.size() < least_standard_fragments) {
        return {
            {},
            Sentence{{"{} fragments de l’étalon reconnus sur {} ({} pics), il en faut {}",
                      "{} fragments of the standard recognised of {} ({} peaks), {} are needed"},
                     chain.peaks.size(),
                     standard.sizes.size(),
                     all.size(),
                     least_standard_fragments}};
    }
    std::vector<SizedPoint> points;
    for (std::size_t k = 0; k < chain.peaks.size(); ++k) {
        SignalPeak const& peak = peaks[chain.peaks[k]];
        points.push_back({.scan = peak.scan,
                          .size = standard.sizes[chain.first_size + k],
                          .height = peak.height,
                          .left_out = {}});
    }
    SizeCurve curve{std::move(points)};
    if (auto why = objection(peaks, chain, curve, standard)) {
        return {{}, std::move(*why), nothing};
    }
    return {FittedStandard{.standard = &standard, .curve = std::move(curve)}, {}, chain.score};
}

[[noreturn]] void refuse(Sentence const& why) {
    throw Error{ErrorKind::insufficient,
                {"l’étalon de taille ne s’ajuste pas, et aucune taille ne peut être donnée : {}",
                 "the size standard does not fit, so no size can be given: {}"},
                why};
}

bool says_otherwise(FittedStandard const& a, FittedStandard const& b) {
    double const scan = std::max(a.curve.points().front().scan, b.curve.points().front().scan);
    auto const first = a.curve.size_at(scan);
    auto const second = b.curve.size_at(scan);
    return !first || !second || std::abs(*first - *second) > most_single_error;
}

} // namespace

FittedStandard fit_size_standard(std::span<SignalPeak const> peaks, SizeStandard const* named) {
    if (named != nullptr) {
        auto one = attempt(peaks, *named);
        return one.fitted ? std::move(*one.fitted) : (refuse(one.why), std::move(*one.fitted));
    }
    std::vector<Attempt> fitting;
    Sentence why;
    for (SizeStandard const& standard : size_standards()) {
        auto one = attempt(peaks, standard);
        if (one.fitted) {
            fitting.push_back(std::move(one));
        } else if (why.empty()) {
            why = one.why;
        }
    }
    if (fitting.empty()) {
        refuse(why);
    }
    // The first of equal ones: some standards are sold under several names.
    auto const best = std::ranges::max_element(fitting, {}, &Attempt::score);
    for (Attempt const& other : fitting) {
        if (other.score > best->score - of_fragment &&
            says_otherwise(*best->fitted, *other.fitted)) {
            refuse(Sentence{{"{} et {} s’y ajustent aussi bien ; nommer le bon (--size-standard)",
                             "{} and {} fit as well; name the right one (--size-standard)"},
                            best->fitted->standard->name,
                            other.fitted->standard->name});
        }
    }
    return std::move(*best->fitted);
}

} // namespace cmq::lab
