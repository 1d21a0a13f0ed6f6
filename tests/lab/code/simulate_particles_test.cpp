// SPDX-License-Identifier: GPL-3.0-or-later

#include "lab/code/simulate_particles.hpp"

#include "lab/code/particle_list.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

namespace {

using namespace cmq;
using namespace cmq::lab;

Lot lot_of(std::string const& text) {
    Lot lot;
    lot.name = text;
    lot.kind = CodeKind::particle;
    lot.text = text;
    return lot;
}

TEST(SimulateParticles, ErrsAndPassesOverSymbolsAsOftenAsItSays) {
    Lot const lot = lot_of("XK7QPM42AB");
    std::vector<TubeLot> const tube{{&lot, 2000.0}};
    Random random{1, 1, 0};
    auto const simulated = simulate_particles(
        tube, {.symbol_error = 0.1, .unread_share = 0.2, .alphabet = {}}, random);
    auto const list = parse_particles(simulated.csv);
    ASSERT_EQ(simulated.particles.size(), 1U);
    ASSERT_EQ(list.particles.size(), simulated.particles[0]);
    EXPECT_NEAR(static_cast<double>(list.particles.size()), 2000.0, 4.0 * std::sqrt(2000.0));
    EXPECT_TRUE(list.is_error_stated);
    double unread = 0.0;
    double wrong = 0.0;
    for (ReadParticle const& particle : list.particles) {
        EXPECT_EQ(particle.error, 0.1);
        ASSERT_EQ(particle.text.size(), lot.text.size());
        for (std::size_t i = 0; i < lot.text.size(); ++i) {
            unread += particle.text[i] == '?' ? 1.0 : 0.0;
            wrong += particle.text[i] != '?' && particle.text[i] != lot.text[i] ? 1.0 : 0.0;
        }
    }
    auto const symbols = static_cast<double>(10 * list.particles.size());
    EXPECT_NEAR(unread / symbols, 0.2, 4.0 * std::sqrt(0.16 / symbols));
    EXPECT_NEAR(wrong / (symbols - unread), 0.1, 4.0 * std::sqrt(0.09 / (symbols - unread)));
}

TEST(SimulateParticles, DrawsWrongSymbolsFromTheAlphabetAlike) {
    Lot const lot = lot_of("AAAAAAAA");
    std::vector<TubeLot> const tube{{&lot, 1000.0}};
    Random random{2, 1, 0};
    auto const simulated = simulate_particles(
        tube, {.symbol_error = 0.5, .unread_share = 0.0, .alphabet = "ABC"}, random);
    double b = 0.0;
    double c = 0.0;
    for (ReadParticle const& particle : parse_particles(simulated.csv).particles) {
        b += static_cast<double>(std::ranges::count(particle.text, 'B'));
        c += static_cast<double>(std::ranges::count(particle.text, 'C'));
    }
    EXPECT_NEAR(b / (b + c), 0.5, 4.0 * std::sqrt(0.25 / (b + c)));
}

TEST(SimulateParticles, OfAnEmptyTubeIsAListWithoutParticles) {
    Random random{3, 1, 0};
    auto const simulated = simulate_particles({}, {.alphabet = {}}, random);
    EXPECT_TRUE(is_particle_list(simulated.csv));
    EXPECT_TRUE(parse_particles(simulated.csv).particles.empty());
}

} // namespace
