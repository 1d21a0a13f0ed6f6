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

    /// Where in the text the first i bases of the code end best; of several the first.
    [[nodiscard]] std::size_t best_end(std::size_t i) const {
        auto const row = cells_.begin() + static_cast<std::ptrdiff_t>(i * width_);
        return static_cast<std::size_t>(
            std::min_element(row, row + static_cast<std::ptrdiff_t>(width_)) - row);
    }

    std::uint32_t& at(std::size_t i, std::size_t j) { return cells_[i * width_ + j]; }

private:
    std::size_t width_;
    std::vector<std::uint32_t> cells_;
};

} // namespace

CodeAlignment align_code(BaseSpan code, BaseSpan text, CodeEnds ends) {
    Distances distances{code, text, ends};
    std::size_t i = code.size();
    std::size_t j = ends == CodeEnds::anywhere ? distances.best_end(i) : text.size();
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

namespace {

/// Places in the text where a code may begin.
struct Beginnings {
    std::ptrdiff_t first = 0;
    std::ptrdiff_t last = 0; ///< below first: nowhere
};

Beginnings
beginnings(std::ptrdiff_t code, std::ptrdiff_t text, CodeEnds ends, std::ptrdiff_t band) {
    std::ptrdiff_t const spare = text - code;
    switch (ends) {
    case CodeEnds::whole:
        return {0, std::abs(spare) <= band ? 0 : -1};
    case CodeEnds::at_end:
        return {std::max<std::ptrdiff_t>(0, spare - band), std::min(text, spare + band)};
    case CodeEnds::anywhere:
        break;
    }
    return {0, std::min(text, std::max<std::ptrdiff_t>(0, spare + band))};
}

/// Sums over alignments, row by row of the code: linear numbers, each row brought back into the middle of their range once
/// it leaves it.
class OddsRows {
public:
    OddsRows(BaseSpan text,
             std::span<std::uint8_t const> qualities,
             QualityOdds const& odds,
             Beginnings begin)
        : text_{text}
        , qualities_{qualities}
        , odds_{odds}
        , row_(text.size() + 1, 0.0)
        , above_(text.size() + 1, 0.0) {
        double const start = 1.0 / static_cast<double>(begin.last - begin.first + 1);
        std::fill(row_.begin() + begin.first, row_.begin() + begin.last + 1, start);
    }

    /// The next base of the code, against places low to high of the text.
    void add(std::uint8_t base, std::ptrdiff_t low, std::ptrdiff_t high) {
        std::swap(row_, above_);
        std::ranges::fill(row_, 0.0);
        double largest = 0.0;
        for (auto j = low; j <= high; ++j) {
            auto const at = static_cast<std::size_t>(j);
            double value = above_[at] * odds_.deletion();
            if (j > 0) {
                value += above_[at - 1] * step(base, at - 1) + row_[at - 1] * odds_.insertion();
            }
            row_[at] = value;
            largest = std::max(largest, value);
        }
        if (largest > 1e100 || (largest > 0.0 && largest < 1e-100)) {
            for (double& value : row_) {
                value /= largest;
            }
            log10_scale_ += std::log10(largest);
        }
    }

    /// At the end of the text, or wherever the code ended.
    [[nodiscard]] double log10_total(bool is_anywhere) const {
        double total = row_.back();
        if (is_anywhere) {
            total = 0.0;
            for (double const value : row_) {
                total += value;
            }
        }
        return std::log10(total) + log10_scale_;
    }

private:
    /// An unknown base is as probable under any code as under chance.
    [[nodiscard]] double step(std::uint8_t base, std::size_t at) const {
        if (text_[at] > 3) {
            return 1.0;
        }
        return text_[at] == base ? odds_.same(qualities_[at]) : odds_.other(qualities_[at]);
    }

    BaseSpan text_;
    std::span<std::uint8_t const> qualities_;
    QualityOdds const& odds_;
    std::vector<double> row_;
    std::vector<double> above_;
    double log10_scale_ = 0.0;
};

} // namespace

double log10_code_odds(BaseSpan code,
                       BaseSpan text,
                       std::span<std::uint8_t const> qualities,
                       QualityOdds const& odds,
                       CodeEnds ends,
                       std::size_t band) {
    CMQ_EXPECTS(text.size() == qualities.size() && band >= 1);
    auto const n = static_cast<std::ptrdiff_t>(text.size());
    auto const wide = static_cast<std::ptrdiff_t>(band);
    auto const begin = beginnings(static_cast<std::ptrdiff_t>(code.size()), n, ends, wide);
    if (begin.last < begin.first) {
        return -std::numeric_limits<double>::infinity();
    }
    OddsRows rows{text, qualities, odds, begin};
    for (std::size_t i = 0; i < code.size(); ++i) {
        auto const down = static_cast<std::ptrdiff_t>(i + 1);
        rows.add(code[i],
                 std::max<std::ptrdiff_t>(0, begin.first + down - wide),
                 std::min(n, begin.last + down + wide));
    }
    return rows.log10_total(ends == CodeEnds::anywhere);
}

} // namespace cmq::lab
