// SPDX-License-Identifier: GPL-3.0-or-later

#include "lab/code/match_trace.hpp"

#include "core/error.hpp"
#include "core/random.hpp"
#include "lab/code/bases.hpp"
#include "lab/code/code_alignment.hpp"
#include "lab/code/consensus.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <edlib.h>
#include <limits>

namespace cmq::lab {
namespace {

constexpr double most_false_traces = 1e-5;

// A lot whose bases speak for it, too little to be read, is named from here on.
constexpr double least_named = 2.0;

/// Both strands of a trace.
struct Strand {
    std::string text;
    std::vector<std::uint8_t> bases;
    std::vector<std::uint8_t> qualities;
};

Strand strand_of(SangerTrace const& trace, bool is_turned) {
    Strand strand{.text = is_turned ? reverse_complement(trace.bases) : trace.bases,
                  .bases = {},
                  .qualities = trace.qualities};
    std::ranges::transform(strand.text, std::back_inserter(strand.bases), base_number);
    if (is_turned) {
        std::ranges::reverse(strand.qualities);
    }
    return strand;
}

/// Where a lot's code stands best.
struct Found {
    std::size_t lot = 0;
    std::size_t strand = 0;
    std::size_t begin = 0;
    std::size_t end = 0;
    double log10_odds = 0.0;
    std::size_t distance = 0;
    std::string bases; ///< as read there
};

/// Edits at which a code may stand somewhere; more than so many of its bases are met by chance.
bool may_stand(std::string const& code, std::string const& text) {
    auto config = edlibDefaultAlignConfig();
    config.mode = EDLIB_MODE_HW;
    config.k = static_cast<int>(code.size() * 3 / 10);
    auto const aligned = edlibAlign(code.data(),
                                    static_cast<int>(code.size()),
                                    text.data(),
                                    static_cast<int>(text.size()),
                                    config);
    bool const may = aligned.editDistance >= 0;
    edlibFreeAlignResult(aligned);
    return may;
}

void find_lot(std::size_t lot,
              std::string const& sequence,
              std::vector<Strand> const& strands,
              QualityOdds const& odds,
              std::vector<Found>& found) {
    std::vector<std::uint8_t> code;
    std::ranges::transform(sequence, std::back_inserter(code), base_number);
    Found best;
    best.lot = lot;
    best.log10_odds = least_named;
    bool is_named = false;
    for (std::size_t s = 0; s < strands.size(); ++s) {
        Strand const& strand = strands[s];
        if (!may_stand(sequence, strand.text)) {
            continue;
        }
        double const log10_odds = log10_code_odds(code,
                                                  strand.bases,
                                                  strand.qualities,
                                                  odds,
                                                  CodeEnds::anywhere,
                                                  code.size() / 3 + 2) -
                                  std::log10(static_cast<double>(strands.size()));
        if (log10_odds < best.log10_odds) {
            continue;
        }
        auto const aligned = align_code(code, strand.bases, CodeEnds::anywhere);
        best.strand = s;
        best.begin = aligned.begin;
        best.end = aligned.end;
        best.log10_odds = log10_odds;
        best.distance = aligned.distance;
        best.bases = strand.text.substr(aligned.begin, aligned.end - aligned.begin);
        is_named = true;
    }
    if (is_named) {
        found.push_back(best);
    }
}

/// Against every other lot that would explain the same bases.
double against_rivals(Found const& of, std::vector<Found> const& found) {
    double least = of.log10_odds;
    for (Found const& other : found) {
        bool const is_same_place =
            other.strand == of.strand && other.begin < of.end && of.begin < other.end;
        if (other.lot != of.lot && is_same_place) {
            least = std::min(least, of.log10_odds - other.log10_odds);
        }
    }
    return least;
}

/// Bases of a trace as the odds have them: random ones, and from some place on the code with the errors of its qualities.
/// Empty where the code runs over the end.
std::string draw_trace(BaseSpan code,
                       std::span<std::uint8_t const> qualities,
                       QualityOdds const& odds,
                       ReadErrors const& errors,
                       Random& random) {
    auto const random_base = [&] { return "ACGT"[random.bits32() & 3U]; };
    std::size_t const band = code.size() / 3 + 2;
    std::size_t const last =
        qualities.size() + band > code.size() ? qualities.size() + band - code.size() : 0;
    auto at = static_cast<std::size_t>(random.uniform() *
                                       static_cast<double>(std::min(last, qualities.size()) + 1));
    std::string bases(qualities.size(), 'N');
    std::ranges::generate(bases, random_base);
    for (std::size_t i = 0; i < code.size(); ++i) {
        // Inserted bases are random as they stand; none in front of the first.
        double const u = i == 0 ? odds.insertion() + random.uniform() * (1.0 - odds.insertion())
                                : random.uniform();
        if (u < odds.insertion()) {
            ++at;
            --i;
        } else if (u >= odds.insertion() + odds.deletion()) {
            if (at >= bases.size()) {
                return "";
            }
            double const wrong =
                std::min(0.75, std::pow(10.0, -0.1 * qualities[at]) + errors.excess);
            unsigned const shift = random.uniform() < wrong ? 1 + random.bits32() % 3 : 0;
            bases[at++] = "ACGT"[(code[i] + shift) & 3U];
        }
        if (at > bases.size()) {
            return "";
        }
    }
    return bases;
}

/// Odds of the trace's own qualities, and of worse ones: a trace that only just shows a code is rare among those of good
/// qualities, and it is such traces that false matches are made of.
struct Temperings {
    Temperings() {
        errors = {ReadErrors{},
                  {.excess = 0.1, .insertion = 0.03, .deletion = 0.03},
                  {.excess = 0.25, .insertion = 0.05, .deletion = 0.05}};
        for (ReadErrors const& of : errors) {
            odds.emplace_back(of);
        }
    }

    /// How much more often the draws make this trace than chance does; all of them together, so that no weight is large.
    [[nodiscard]] double mean_ratio(std::vector<std::uint8_t> const& code,
                                    std::array<Strand, 2> const& strands) const {
        double sum = 0.0;
        for (QualityOdds const& of : odds) {
            for (Strand const& strand : strands) {
                sum += std::pow(10.0, odds_in(code, strand, of));
            }
        }
        return sum / static_cast<double>(2 * odds.size());
    }

    static double
    odds_in(std::vector<std::uint8_t> const& code, Strand const& strand, QualityOdds const& odds) {
        return log10_code_odds(
            code, strand.bases, strand.qualities, odds, CodeEnds::anywhere, code.size() / 3 + 2);
    }

    std::vector<ReadErrors> errors;
    std::vector<QualityOdds> odds;
};

/// As find_lot has it.
double log10_best(std::string const& sequence,
                  std::vector<std::uint8_t> const& code,
                  std::array<Strand, 2> const& strands,
                  QualityOdds const& odds) {
    double best = -std::numeric_limits<double>::infinity();
    for (Strand const& strand : strands) {
        if (may_stand(sequence, strand.text)) {
            best = std::max(best, Temperings::odds_in(code, strand, odds) - std::log10(2.0));
        }
    }
    return best;
}

} // namespace

FalseMatch count_false_traces(SangerTrace const& trace,
                              Registry const& registry,
                              double least,
                              std::uint64_t draws,
                              std::uint64_t seed) {
    std::vector<std::size_t> lots;
    for (std::size_t i = 0; i < registry.lots.size(); ++i) {
        if (registry.lots[i].kind == CodeKind::sequence) {
            lots.push_back(i);
        }
    }
    CMQ_EXPECTS(!lots.empty() && draws >= 2);
    auto const count = static_cast<double>(lots.size());
    Temperings const temperings;
    double sum = 0.0;
    double squares = 0.0;
    for (std::uint64_t draw = 0; draw < draws; ++draw) {
        Random random{seed, 0x73616e67, draw};
        auto const pick = static_cast<std::size_t>(random.uniform() * count);
        auto const& sequence = registry.lots[lots[std::min(pick, lots.size() - 1)]].sequence;
        std::vector<std::uint8_t> code;
        std::ranges::transform(sequence, std::back_inserter(code), base_number);
        SangerTrace drawn;
        drawn.qualities = trace.qualities;
        if (random.uniform() < 0.5) {
            std::ranges::reverse(drawn.qualities);
        }
        std::size_t const worse = draw % temperings.odds.size();
        drawn.bases = draw_trace(
            code, drawn.qualities, temperings.odds[worse], temperings.errors[worse], random);
        if (drawn.bases.empty()) {
            continue;
        }
        std::array const strands{strand_of(drawn, false), strand_of(drawn, true)};
        if (log10_best(sequence, code, strands, temperings.odds[0]) < least) {
            continue;
        }
        double const weight = count / temperings.mean_ratio(code, strands);
        sum += weight;
        squares += weight * weight;
    }
    return to_false_match(sum, squares, draws);
}

CodeReading match_trace(SangerTrace const& trace,
                        Registry const& registry,
                        std::uint64_t seed,
                        std::uint64_t draws) {
    std::vector<Strand> const strands{strand_of(trace, false), strand_of(trace, true)};
    QualityOdds const odds{ReadErrors{}};
    std::vector<Found> found;
    std::size_t longest = 0;
    std::size_t count = 0;
    for (std::size_t i = 0; i < registry.lots.size(); ++i) {
        Lot const& lot = registry.lots[i];
        if (lot.kind == CodeKind::sequence) {
            find_lot(i, lot.sequence, strands, odds, found);
            longest = std::max(longest, lot.sequence.size());
            ++count;
        }
    }
    CMQ_EXPECTS(count > 0);
    CodeReading reading;
    reading.sample = trace.sample;
    reading.kind = ReadingKind::trace;
    reading.read = trace.good_end - trace.good_begin;
    reading.needed_reads = std::max<std::size_t>(100, 2 * longest);
    reading.needed_molecules = 1;
    reading.least_log10_code = std::log10(static_cast<double>(count) / most_false_traces);
    FalseMatch const counted =
        count_false_traces(trace, registry, reading.least_log10_code, draws, seed);
    // Where the count itself is uncertain, Markov's bound holds in any case.
    bool const is_known = counted.low > 0.0;
    reading.false_match = is_known ? counted.probability : most_false_traces;
    reading.false_match_low = counted.low;
    reading.false_match_high = is_known ? counted.high : most_false_traces;
    std::ranges::stable_sort(found, std::greater{}, &Found::log10_odds);
    for (Found const& of : found) {
        LotEvidence evidence;
        evidence.lot = of.lot;
        evidence.reads = 1;
        evidence.molecules = 1;
        evidence.distance = of.distance;
        evidence.consensus = of.bases;
        evidence.best_log10_lr = against_rivals(of, found);
        evidence.chance = std::pow(10.0, -of.log10_odds);
        reading.lots.push_back(std::move(evidence));
    }
    return reading;
}

} // namespace cmq::lab
