// SPDX-License-Identifier: GPL-3.0-or-later

/// \file
/// Reads of known codes with errors, as FASTQ text.

#pragma once

#include "lab/code/bases.hpp"
#include "lab/code/match_reads.hpp"
#include "tests/lab/code/slow_distance.hpp"

#include <string>
#include <vector>

namespace cmq::lab::test {

struct ErrorRates {
    double substitution = 0.0;
    double insertion = 0.0;
    double deletion = 0.0;
};

inline std::string with_errors(std::string_view bases, ErrorRates const& rates, Random& random) {
    std::string read;
    for (char const base : bases) {
        if (random.uniform() < rates.insertion) {
            read += random_bases(random, 1);
        }
        if (random.uniform() < rates.deletion) {
            continue;
        }
        read += random.uniform() < rates.substitution
                    ? "ACGT"[(base_number(base) + 1 + random.bits32() % 3) % 4]
                    : base;
    }
    return read;
}

inline AmpliconLayout const layout{
    .forward = "ACGTTGCAAGTCCATGAGTC", .reverse = "TGACCTAGGATCGCTTAGCA", .umi = 10};

inline std::string amplicon(std::string const& code, Random& random) {
    return layout.forward + random_bases(random, layout.umi) + code + layout.reverse;
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
