// SPDX-License-Identifier: GPL-3.0-or-later

#include "lab/code/simulate_particles.hpp"

#include "core/number_text.hpp"

#include <algorithm>
#include <set>

namespace cmq::lab {
namespace {

constexpr double least_stated_error = 1e-4;

std::string alphabet_of(std::span<TubeLot const> tube, ParticleSettings const& settings) {
    if (!settings.alphabet.empty()) {
        return settings.alphabet;
    }
    std::set<char> symbols{'0', '1', '2', '3', '4', '5', '6', '7', '8', '9'};
    for (TubeLot const& of : tube) {
        symbols.insert(of.lot->text.begin(), of.lot->text.end());
    }
    return {symbols.begin(), symbols.end()};
}

char draw_symbol(char truth,
                 std::string const& alphabet,
                 ParticleSettings const& settings,
                 Random& random) {
    if (random.uniform() < settings.unread_share) {
        return '?';
    }
    if (random.uniform() >= settings.symbol_error) {
        return truth;
    }
    // Any other symbol, each as likely.
    auto const own = alphabet.find(truth);
    auto const step =
        1 + static_cast<std::size_t>(random.uniform() * static_cast<double>(alphabet.size() - 1));
    return alphabet[(own + step) % alphabet.size()];
}

} // namespace

SimulatedParticles simulate_particles(std::span<TubeLot const> tube,
                                      ParticleSettings const& settings,
                                      Random& random) {
    std::string const alphabet = alphabet_of(tube, settings);
    // A reader states no error of nought.
    std::string const stated = number_text(std::max(settings.symbol_error, least_stated_error));
    SimulatedParticles simulated{.csv = "particle,symbol_error,origin\n", .particles = {}};
    for (TubeLot const& of : tube) {
        simulated.particles.push_back(random.poisson(of.amount));
        for (std::uint64_t n = simulated.particles.back(); n > 0; --n) {
            for (char const truth : of.lot->text) {
                simulated.csv += draw_symbol(truth, alphabet, settings, random);
            }
            simulated.csv += ',' + stated + ",SIMULATED\n";
        }
    }
    return simulated;
}

} // namespace cmq::lab
