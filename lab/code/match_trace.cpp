// SPDX-License-Identifier: GPL-3.0-or-later

#include "lab/code/match_trace.hpp"

#include "core/error.hpp"
#include "lab/code/bases.hpp"
#include "lab/code/code_alignment.hpp"
#include "lab/code/consensus.hpp"

#include <algorithm>
#include <cmath>
#include <edlib.h>

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

} // namespace

CodeReading match_trace(SangerTrace const& trace, Registry const& registry) {
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
    reading.false_match = most_false_traces;
    reading.false_match_low = 0.0;
    reading.false_match_high = most_false_traces;
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
