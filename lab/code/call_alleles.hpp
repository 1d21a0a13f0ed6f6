// SPDX-License-Identifier: GPL-3.0-or-later

/// \file
/// Names for the fragments of a kit: alleles, by the ladder that was run beside the sample.

#pragma once

#include "lab/code/fragment_run.hpp"

#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace cmq::lab {

/// One fragment of a kit's ladder.
struct KitAllele {
    std::string name; ///< "9.3"
    double bp = 0.0;  ///< as the kit states it: a run finds it some base pairs beside
};

/// Fragments of one place of the genome, or of one mark of a marker.
struct KitLocus {
    std::string name;
    std::size_t dye = 0;            ///< from 0
    std::vector<KitAllele> alleles; ///< shortest first, at least one
};

/// CSV with the columns locus, dye (from 1), allele, bp; one line a fragment of the ladder.
/// \throws Error format  another table, a dye or length that is none, two fragments of a locus of one length
[[nodiscard]] std::vector<KitLocus> parse_kit(std::string_view csv);

/// A kit's locus as its ladder ran.
struct LadderLocus {
    std::string name;
    std::size_t dye = 0;
    std::vector<KitAllele> alleles; ///< bp: as measured in the ladder's run
};

/// Finds all fragments of each locus among a ladder's peaks: as tall as a third of the middle one of their dye, as far from
/// each other as the kit says (within 15 % and half to one base pair), altogether within 8 bp of where it says.
/// \throws Error insufficient  a locus of which a fragment is not there, or that can be laid in two ways
/// \throws Error domain        the kit names a dye that the run lacks or that is the size standard's
[[nodiscard]] std::vector<LadderLocus> read_ladder(FragmentProfile const& ladder,
                                                   std::span<KitLocus const> kit);

struct CalledPeak {
    std::size_t dye = 0;
    std::size_t peak = 0; ///< of SizedDye::peaks
    std::string allele;   ///< "OL" where no fragment of the ladder lies within bin_half_width
};

struct CalledLocus {
    std::string name;
    std::vector<CalledPeak> peaks; ///< shortest first
};

inline constexpr double bin_half_width = 0.5; ///< base pairs

/// The peaks without a doubt in the range of each locus (its ladder and 2.5 bp more at each end), of at least 5 % of the
/// tallest there, by the nearest fragment of the ladder.
/// \throws Error insufficient  more than a third of at least six peaks lie off the ladder: it is not this run's, or the
///                             run is not sized rightly
[[nodiscard]] std::vector<CalledLocus> call_alleles(FragmentProfile const& profile,
                                                    std::span<LadderLocus const> ladder);

} // namespace cmq::lab
