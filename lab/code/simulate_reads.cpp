// SPDX-License-Identifier: GPL-3.0-or-later

#include "lab/code/simulate_reads.hpp"

#include "lab/code/bases.hpp"

namespace cmq::lab {
namespace {

constexpr std::size_t stray_bases = 32;

template <class Values>
auto const& pick(Values const& values, Random& random) {
    return values[static_cast<std::size_t>(random.uniform() * static_cast<double>(values.size()))];
}

} // namespace

std::string draw_bases(Random& random, std::size_t size) {
    std::string bases;
    for (std::size_t i = 0; i < size; ++i) {
        bases += "ACGT"[random.bits32() % 4];
    }
    return bases;
}

std::string draw_read(std::string_view bases, BaseErrorRates const& rates, Random& random) {
    std::string read;
    for (char const base : bases) {
        if (random.uniform() < rates.insertion) {
            read += draw_bases(random, 1);
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

std::string draw_amplicon(std::string const& code, AmpliconLayout const& layout, Random& random) {
    return layout.forward + draw_bases(random, layout.umi) + code + layout.reverse;
}

void add_fastq_read(std::string& fastq,
                    std::string const& name,
                    std::string const& bases,
                    int quality) {
    fastq += '@' + name + '\n' + bases + "\n+\n" +
             std::string(bases.size(), static_cast<char>('!' + quality)) + '\n';
}

SimulatedReads
simulate_reads(std::span<TubeLot const> tube, ReadSettings const& settings, Random& random) {
    SimulatedReads simulated;
    std::vector<std::string> copies;
    for (TubeLot const& of : tube) {
        simulated.molecules.push_back(random.poisson(of.amount));
        for (std::uint64_t m = 0; m < simulated.molecules.back(); ++m) {
            copies.push_back(draw_amplicon(of.lot->sequence, settings.layout, random));
        }
    }
    double const third = settings.error / 3.0;
    for (std::size_t i = 0; i < settings.reads; ++i) {
        bool const is_stray = copies.empty() || random.uniform() < settings.stray_share;
        auto const made =
            is_stray ? draw_amplicon(draw_bases(random, stray_bases), settings.layout, random)
                     : pick(copies, random);
        add_fastq_read(simulated.fastq,
                       "SIMULATED:" + std::to_string(i + 1),
                       draw_read(made, {third, third, third}, random),
                       settings.quality);
    }
    return simulated;
}

} // namespace cmq::lab
