// SPDX-License-Identifier: GPL-3.0-or-later

#include "lab/code/call_alleles.hpp"

#include "core/error.hpp"
#include "system/csv.hpp"

#include <algorithm>
#include <charconv>
#include <cmath>

namespace cmq::lab {
namespace {

constexpr double most_shift = 8.0; // base pairs between a kit's lengths and a run's
constexpr double least_share = 1.0 / 3.0;
constexpr double least_of_tallest = 0.05; // lower peaks of a locus are not named
constexpr double beside_range = 2.5;
constexpr std::size_t most_dyes = 6;

double number_of(std::string const& text) {
    double value = 0.0;
    auto const* const end = text.data() + text.size();
    auto const result = std::from_chars(text.data(), end, value);
    return result.ec == std::errc{} && result.ptr == end ? value : -1.0;
}

struct Peak {
    double size = 0.0;
    double height = 0.0;
};

std::vector<Peak> peaks_of(SizedDye const& dye) {
    std::vector<Peak> peaks;
    std::vector<double> heights;
    for (SizedPeak const& peak : dye.peaks) {
        if (peak.size) {
            peaks.push_back({*peak.size, peak.peak.height});
            heights.push_back(peak.peak.height);
        }
    }
    if (peaks.empty()) {
        return peaks;
    }
    auto const middle = heights.begin() + static_cast<std::ptrdiff_t>(heights.size() / 2);
    std::ranges::nth_element(heights, middle);
    std::erase_if(peaks, [&](Peak const& peak) { return peak.height < least_share * *middle; });
    return peaks;
}

/// One way to lay a locus over the peaks.
struct Laying {
    std::vector<double> sizes;
    double shift = 0.0; ///< of the first fragment
    double cost = 0.0;
};

std::optional<Laying>
lay(KitLocus const& locus, std::vector<Peak> const& peaks, std::size_t first) {
    Laying laying;
    laying.sizes = {peaks[first].size};
    laying.shift = peaks[first].size - locus.alleles.front().bp;
    laying.cost = laying.shift * laying.shift / 16.0;
    for (std::size_t i = 1; i < locus.alleles.size(); ++i) {
        double const gap = locus.alleles[i].bp - locus.alleles[i - 1].bp;
        double const wanted = laying.sizes.back() + gap;
        auto const nearest = std::ranges::min_element(
            peaks, {}, [&](Peak const& peak) { return std::abs(peak.size - wanted); });
        double const off = std::abs(nearest->size - wanted);
        if (off > std::clamp(0.15 * gap, 0.5, 1.0 + 0.01 * gap) ||
            nearest->size <= laying.sizes.back()) {
            return {};
        }
        laying.cost += off * off;
        laying.sizes.push_back(nearest->size);
    }
    return laying;
}

LadderLocus find_locus(KitLocus const& locus, std::vector<Peak> const& peaks) {
    std::vector<Laying> ways;
    for (std::size_t i = 0; i < peaks.size(); ++i) {
        if (std::abs(peaks[i].size - locus.alleles.front().bp) > most_shift) {
            continue;
        }
        if (auto way = lay(locus, peaks, i)) {
            ways.push_back(std::move(*way));
        }
    }
    std::ranges::sort(ways, {}, &Laying::cost);
    if (ways.empty()) {
        throw Error{ErrorKind::insufficient,
                    {"l’échelle ne montre pas les {} fragments de {}",
                     "the ladder does not show the {} fragments of {}"},
                    locus.alleles.size(),
                    locus.name};
    }
    if (ways.size() > 1 && std::abs(ways[1].shift) < std::abs(ways[0].shift) + 1.5) {
        throw Error{ErrorKind::insufficient,
                    {"les fragments de {} se posent de deux façons sur l’échelle",
                     "the fragments of {} can be laid on the ladder in two ways"},
                    locus.name};
    }
    LadderLocus found{.name = locus.name, .dye = locus.dye, .alleles = locus.alleles};
    for (std::size_t i = 0; i < found.alleles.size(); ++i) {
        found.alleles[i].bp = ways.front().sizes[i];
    }
    return found;
}

std::string name_at(LadderLocus const& locus, double size) {
    auto const nearest = std::ranges::min_element(
        locus.alleles, {}, [&](KitAllele const& allele) { return std::abs(allele.bp - size); });
    return std::abs(nearest->bp - size) <= bin_half_width ? nearest->name : "OL";
}

CalledLocus call_locus(LadderLocus const& locus, std::vector<SizedPeak> const& peaks) {
    auto const is_here = [&](SizedPeak const& peak) {
        return peak.size && peak.doubt == PeakDoubt::none &&
               *peak.size >= locus.alleles.front().bp - beside_range &&
               *peak.size <= locus.alleles.back().bp + beside_range;
    };
    double tallest = 0.0;
    for (SizedPeak const& peak : peaks) {
        tallest = is_here(peak) ? std::max(tallest, peak.peak.height) : tallest;
    }
    CalledLocus called{.name = locus.name, .peaks = {}};
    for (std::size_t i = 0; i < peaks.size(); ++i) {
        if (is_here(peaks[i]) && peaks[i].peak.height >= least_of_tallest * tallest) {
            called.peaks.push_back(
                {.dye = locus.dye, .peak = i, .allele = name_at(locus, *peaks[i].size)});
        }
    }
    return called;
}

} // namespace

std::vector<KitLocus> parse_kit(std::string_view csv) {
    auto const rows = parse_csv(csv);
    std::vector<std::string> const head{"locus", "dye", "allele", "bp"};
    if (rows.size() < 2 || rows.front() != head) {
        throw Error{ErrorKind::format,
                    {"attendu : un tableau CSV aux colonnes locus,dye,allele,bp",
                     "expected a CSV table with the columns locus,dye,allele,bp"}};
    }
    std::vector<KitLocus> kit;
    for (std::size_t row = 1; row < rows.size(); ++row) {
        double const dye = number_of(rows[row][1]);
        double const bp = number_of(rows[row][3]);
        bool const is_dye =
            dye >= 1.0 && dye <= static_cast<double>(most_dyes) && dye == std::floor(dye);
        if (rows[row][0].empty() || rows[row][2].empty() || !is_dye || !(bp >= 1.0 && bp < 1e5)) {
            throw Error{ErrorKind::format,
                        {"ligne {} : attendu un nom, un colorant de 1 à {}, un nom et une longueur",
                         "line {}: expected a name, a dye from 1 to {}, a name and a length"},
                        row + 1,
                        most_dyes};
        }
        auto const index = static_cast<std::size_t>(dye) - 1;
        auto locus = std::ranges::find_if(
            kit, [&](KitLocus const& of) { return of.name == rows[row][0] && of.dye == index; });
        if (locus == kit.end()) {
            kit.push_back({.name = rows[row][0], .dye = index, .alleles = {}});
            locus = kit.end() - 1;
        }
        locus->alleles.push_back({.name = rows[row][2], .bp = bp});
    }
    for (KitLocus& locus : kit) {
        std::ranges::sort(locus.alleles, {}, &KitAllele::bp);
        auto const same = std::ranges::adjacent_find(locus.alleles, {}, &KitAllele::bp);
        if (same != locus.alleles.end()) {
            throw Error{ErrorKind::format,
                        {"{} a deux fragments de {} pb", "{} has two fragments of {} bp"},
                        locus.name,
                        same->bp};
        }
    }
    return kit;
}

std::vector<LadderLocus> read_ladder(FragmentProfile const& ladder, std::span<KitLocus const> kit) {
    std::vector<LadderLocus> loci;
    for (KitLocus const& locus : kit) {
        if (locus.dye >= ladder.dyes.size() || ladder.dyes[locus.dye].is_standard) {
            throw Error{
                ErrorKind::domain,
                {"{} est au colorant {}, qui est celui de l’étalon ou que cette analyse n’a "
                 "pas",
                 "{} is of dye {}, which is the size standard's or which this run lacks"},
                locus.name,
                locus.dye + 1};
        }
        loci.push_back(find_locus(locus, peaks_of(ladder.dyes[locus.dye])));
    }
    return loci;
}

std::vector<CalledLocus> call_alleles(FragmentProfile const& profile,
                                      std::span<LadderLocus const> ladder) {
    std::vector<CalledLocus> called;
    std::size_t all = 0;
    std::size_t off = 0;
    for (LadderLocus const& locus : ladder) {
        if (locus.dye < profile.dyes.size() && !profile.dyes[locus.dye].is_standard) {
            called.push_back(call_locus(locus, profile.dyes[locus.dye].peaks));
            all += called.back().peaks.size();
            off += static_cast<std::size_t>(
                std::ranges::count(called.back().peaks, "OL", &CalledPeak::allele));
        }
    }
    if (all >= 6 && 3 * off > all) {
        throw Error{ErrorKind::insufficient,
                    {"{} pics sur {} tombent hors de l’échelle : ce n’est pas celle de cette "
                     "analyse, ou les tailles sont fausses ; aucun allèle n’est donné",
                     "{} of {} peaks lie off the ladder: it is not this run's, or the sizes are "
                     "wrong; no allele is given"},
                    off,
                    all};
    }
    return called;
}

} // namespace cmq::lab
