// SPDX-License-Identifier: GPL-3.0-or-later

#include "lab/code/code_alignment.hpp"

#include "core/error.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

namespace cmq::lab {
namespace {

/// All edit distances between beginnings of a code and of a text.
class Distances {
public:
    Distances(BaseSpan code, BaseSpan text, CodeEnds ends)
        : width_{text.size() + 1}
        , cells_(width_ * (code.size() + 1)) {
        for (std::size_t j = 0; j < width_; ++j) {
            at(0, j) = ends == CodeEnds::whole ? static_cast<std::uint32_t>(j) : 0;
        }
        for (std::size_t i = 1; i <= code.size(); ++i) {
            at(i, 0) = static_cast<std::uint32_t>(i);
            for (std::size_t j = 1; j < width_; ++j) {
                std::uint32_t const step = is_same(code[i - 1], text[j - 1]) ? 0 : 1;
                at(i, j) = std::min({at(i - 1, j - 1) + step, at(i - 1, j) + 1, at(i, j - 1) + 1});
            }
        }
    }

    [[nodiscard]] static bool is_same(std::uint8_t a, std::uint8_t b) { return a == b && a < 4; }

    std::uint32_t& at(std::size_t i, std::size_t j) { return cells_[i * width_ + j]; }

private:
    std::size_t width_;
    std::vector<std::uint32_t> cells_;
};

} // namespace

CodeAlignment align_code(BaseSpan code, BaseSpan text, CodeEnds ends) {
    Distances distances{code, text, ends};
    std::size_t i = code.size();
    std::size_t j = text.size();
    if (ends == CodeEnds::anywhere) {
        for (std::size_t end = 0; end < text.size(); ++end) {
            j = distances.at(i, end) < distances.at(i, j) ||
                        (distances.at(i, end) == distances.at(i, j) && end < j)
                    ? end
                    : j;
        }
    }
    CodeAlignment aligned{.begin = 0, .end = j, .distance = distances.at(i, j), .steps = {}};
    while (i > 0 || (ends == CodeEnds::whole && j > 0)) {
        std::uint32_t const here = distances.at(i, j);
        bool const is_same = i > 0 && j > 0 && Distances::is_same(code[i - 1], text[j - 1]);
        if (i > 0 && j > 0 && distances.at(i - 1, j - 1) + (is_same ? 0 : 1) == here) {
            aligned.steps.push_back(is_same ? AlignStep::same : AlignStep::other);
            --i;
            --j;
        } else if (i > 0 && distances.at(i - 1, j) + 1 == here) {
            aligned.steps.push_back(AlignStep::missing);
            --i;
        } else {
            aligned.steps.push_back(AlignStep::inserted);
            --j;
        }
    }
    aligned.begin = j;
    std::ranges::reverse(aligned.steps);
    return aligned;
}

QualityOdds::QualityOdds(ReadErrors const& errors)
    : insertion_{errors.insertion}
    , deletion_{errors.deletion} {
    CMQ_EXPECTS(errors.excess >= 0.0 && errors.excess <= 0.7);
    CMQ_EXPECTS(insertion_ > 0.0 && insertion_ < 0.3 && deletion_ > 0.0 && deletion_ < 0.3);
    double const goes_on = 1.0 - insertion_ - deletion_;
    for (std::size_t quality = 0; quality < same_.size(); ++quality) {
        // At three quarters a base says nothing.
        double const wrong =
            std::min(0.75, std::pow(10.0, -static_cast<double>(quality) / 10.0) + errors.excess);
        same_[quality] = 4.0 * (1.0 - wrong) * goes_on;
        other_[quality] = 4.0 * wrong / 3.0 * goes_on;
    }
}

double log10_code_odds(BaseSpan code,
                       BaseSpan text,
                       std::span<std::uint8_t const> qualities,
                       QualityOdds const& odds,
                       CodeEnds ends,
                       std::size_t band) {
    CMQ_EXPECTS(text.size() == qualities.size() && band >= 1);
    auto const m = static_cast<std::ptrdiff_t>(code.size());
    auto const n = static_cast<std::ptrdiff_t>(text.size());
    auto const wide = static_cast<std::ptrdiff_t>(band);
    // Places of the beginning: around 0, around where the end leaves it, or any.
    std::ptrdiff_t const first =
        ends == CodeEnds::at_end ? std::max<std::ptrdiff_t>(0, n - m - wide) : 0;
    std::ptrdiff_t const last = ends == CodeEnds::whole ? 0
                                : ends == CodeEnds::at_end
                                    ? std::min(n, n - m + wide)
                                    : std::max<std::ptrdiff_t>(0, n - m + wide);
    if (last < first || (ends == CodeEnds::whole && std::abs(n - m) > wide)) {
        return -std::numeric_limits<double>::infinity();
    }
    // Linear numbers, each row brought back into the middle of their range once it leaves it.
    // An unknown base is as probable under any code as under chance: 1.
    double log10_scale = 0.0;
    std::vector<double> row(text.size() + 1, 0.0);
    std::vector<double> above(text.size() + 1, 0.0);
    double const start = 1.0 / static_cast<double>(last - first + 1);
    for (auto j = first; j <= std::min(last, n); ++j) {
        row[static_cast<std::size_t>(j)] = start;
    }
    for (std::ptrdiff_t i = 1; i <= m; ++i) {
        std::swap(row, above);
        std::ranges::fill(row, 0.0);
        auto const low = std::max<std::ptrdiff_t>(0, first + i - wide);
        auto const high = std::min(n, last + i + wide);
        auto const base = code[static_cast<std::size_t>(i - 1)];
        double largest = 0.0;
        for (auto j = low; j <= high; ++j) {
            auto const at = static_cast<std::size_t>(j);
            double value = above[at] * odds.deletion();
            if (j > 0) {
                double const step = text[at - 1] > 3       ? 1.0
                                    : text[at - 1] == base ? odds.same(qualities[at - 1])
                                                           : odds.other(qualities[at - 1]);
                value += above[at - 1] * step + row[at - 1] * odds.insertion();
            }
            row[at] = value;
            largest = std::max(largest, value);
        }
        if (largest > 1e100 || (largest > 0.0 && largest < 1e-100)) {
            for (double& value : row) {
                value /= largest;
            }
            log10_scale += std::log10(largest);
        }
    }
    double total = ends == CodeEnds::anywhere ? 0.0 : row.back();
    if (ends == CodeEnds::anywhere) {
        for (double const value : row) {
            total += value;
        }
    }
    return std::log10(total) + log10_scale;
}

} // namespace cmq::lab
