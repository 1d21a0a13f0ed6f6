// SPDX-License-Identifier: GPL-3.0-or-later

/// \file
/// Reads of known codes with errors, as FASTQ text.

#pragma once

#include "lab/code/simulate_reads.hpp"
#include "tests/lab/code/slow_distance.hpp"

#include <string>
#include <vector>

namespace cmq::lab::test {

using ErrorRates = BaseErrorRates;

inline std::string with_errors(std::string_view bases, ErrorRates const& rates, Random& random) {
    return draw_read(bases, rates, random);
}

inline AmpliconLayout const layout{
    .forward = "ACGTTGCAAGTCCATGAGTC", .reverse = "TGACCTAGGATCGCTTAGCA", .umi = 10};

inline std::string amplicon(std::string const& code, Random& random) {
    return draw_amplicon(code, layout, random);
}

inline void add_read(std::string& fastq, std::string const& bases, char quality = 'I') {
    fastq += "@r" + std::to_string(fastq.size()) + '\n' + bases + "\n+\n" +
             std::string(bases.size(), quality) + '\n';
}

inline std::vector<std::string>
random_codes(std::size_t count, std::size_t bases, std::uint64_t seed) {
    Random random{seed, 1, 0};
    std::vector<std::string> codes;
    for (std::size_t i = 0; i < count; ++i) {
        codes.push_back(random_bases(random, bases));
    }
    return codes;
}

} // namespace cmq::lab::test
