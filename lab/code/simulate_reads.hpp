// SPDX-License-Identifier: GPL-3.0-or-later

/// \file
/// Simulated sequencing: molecules of known codes in, reads with errors out as FASTQ.

#pragma once

#include "core/random.hpp"
#include "lab/code/match_reads.hpp"
#include "lab/code/registry.hpp"

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace cmq::lab {

/// What a simulated tube holds of one lot, in the unit of the instrument.
struct TubeLot {
    Lot const* lot = nullptr; ///< of a registry that outlives it
    double amount = 0.0;
};

/// Each at every base.
struct BaseErrorRates {
    double substitution = 0.0;
    double insertion = 0.0;
    double deletion = 0.0;
};

/// Bases A, C, G, T, each as likely.
[[nodiscard]] std::string draw_bases(Random& random, std::size_t size);

/// What a reader makes of bases A, C, G, T.
[[nodiscard]] std::string
draw_read(std::string_view bases, BaseErrorRates const& rates, Random& random);

/// A copied molecule: forward primer, identifier, code, reverse primer.
[[nodiscard]] std::string
draw_amplicon(std::string const& code, AmpliconLayout const& layout, Random& random);

/// \param quality  Phred, 0 to 93, that the file states for each base
void add_fastq_read(std::string& fastq,
                    std::string const& name,
                    std::string const& bases,
                    int quality);

struct SimulatedReads {
    std::string fastq;
    std::vector<std::uint64_t> molecules; ///< of each lot of the tube
};

struct ReadSettings {
    AmpliconLayout layout;
    std::size_t reads = 150;
    double error = 0.003;      ///< of a base: a third each substitution, insertion, deletion
    double stray_share = 0.03; ///< of reads of codes that are nobody's
    int quality = 25;          ///< Phred, as stated
};

/// Of each lot a Poisson number of molecules with `amount` expected; each read is of one of them, as likely as any other. A
/// tube without molecules gives stray reads alone. Read names begin with SIMULATED.
/// \pre lots of kind sequence
[[nodiscard]] SimulatedReads
simulate_reads(std::span<TubeLot const> tube, ReadSettings const& settings, Random& random);

} // namespace cmq::lab
