// SPDX-License-Identifier: GPL-3.0-or-later

#include "lab/code/particle_list.hpp"

#include "core/error.hpp"
#include "core/random.hpp"

#include <gtest/gtest.h>

#include <cmath>

namespace {

using namespace cmq::lab;
using cmq::Error;
using cmq::ErrorKind;
using cmq::Random;

constexpr std::string_view alphabet = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ";

std::string random_text(std::size_t size, Random& random) {
    std::string text;
    for (std::size_t i = 0; i < size; ++i) {
        text += alphabet[random.bits32() % alphabet.size()];
    }
    return text;
}

std::string misread(std::string text, double error, Random& random) {
    for (char& c : text) {
        if (random.uniform() < error) {
            auto const at = alphabet.find(c);
            c = alphabet[(at + 1 + random.bits32() % 35) % 36];
        }
    }
    return text;
}

Registry registry_of(std::size_t lots, std::size_t symbols, std::uint64_t seed = 5) {
    Random random{seed, 71, 0};
    Registry registry;
    for (std::size_t i = 0; i < lots; ++i) {
        Lot lot;
        lot.name = "p" + std::to_string(i);
        lot.kind = CodeKind::particle;
        lot.text = random_text(symbols, random);
        registry.lots.push_back(lot);
    }
    return registry;
}

CodeVerdict verdict_of(ParticleList const& list, Registry const& registry) {
    return judge_code(match_particles(list, registry), registry, {}).verdict;
}

ErrorKind kind_of(std::string const& csv) {
    try {
        (void)parse_particles(csv);
    } catch (Error const& error) {
        return error.kind();
    }
    return ErrorKind::internal;
}

TEST(ParseParticles, ReadsTextsCountsAndErrors) {
    auto const list =
        parse_particles("particle,count,symbol_error,note\nxk7?,3,0.02,a\n AB12 ,1,,b\n");
    ASSERT_EQ(list.particles.size(), 2U);
    EXPECT_EQ(list.particles[0].text, "XK7?");
    EXPECT_EQ(list.particles[0].count, 3U);
    EXPECT_EQ(list.particles[0].error, 0.02);
    EXPECT_EQ(list.particles[1].text, "AB12");
    EXPECT_EQ(list.particles[1].error, assumed_symbol_error);
    EXPECT_FALSE(list.is_error_stated);
    EXPECT_TRUE(parse_particles("Particle,symbol_error\nA,0.1\n").is_error_stated);
    EXPECT_TRUE(is_particle_list("\"Particle\",count\n"));
    EXPECT_FALSE(is_particle_list("sample,cq\n"));
    EXPECT_FALSE(is_particle_list(""));
}

// A clean control: looked at, and none was there.
TEST(ParseParticles, TakesAListWithoutParticles) {
    EXPECT_TRUE(parse_particles("particle,count\n").particles.empty());
}

TEST(ParseParticles, RefusesWhatIsNone) {
    EXPECT_EQ(kind_of("particle,count\nA,0\n"), ErrorKind::format);
    EXPECT_EQ(kind_of("particle,count\nA,1.5\n"), ErrorKind::format);
    EXPECT_EQ(kind_of("particle,count\nA,x\n"), ErrorKind::format);
    EXPECT_EQ(kind_of("particle,count\n,1\n"), ErrorKind::format);
    EXPECT_EQ(kind_of("particle,symbol_error\nA,0.6\n"), ErrorKind::format);
    EXPECT_EQ(kind_of("particle\n" + std::string(65, 'A') + "\n"), ErrorKind::format);
    std::string many = "particle\n";
    for (int i = 0; i < 10'001; ++i) {
        many += "A\n";
    }
    EXPECT_EQ(kind_of(many), ErrorKind::limits);
}

TEST(Log10ParticleOdds, IsTheFormulaByHand) {
    // One symbol, ten to choose from, read rightly with 0.9: 0.9 against 1/10.
    std::vector<ReadParticle> const one{{.text = "A", .count = 1, .error = 0.1}};
    EXPECT_NEAR(log10_particle_odds(one, "a", 10.0), std::log10(9.0), 1e-12);
    EXPECT_NEAR(log10_particle_odds(one, "B", 10.0), std::log10(0.1 / 9.0 * 10.0), 1e-12);
    // Twice: 0.81 against (0.81 + 9 (1/90)^2) / 10.
    std::vector<ReadParticle> const two{{.text = "A", .count = 2, .error = 0.1}};
    EXPECT_NEAR(
        log10_particle_odds(two, "A", 10.0), std::log10(8.1 / (0.81 + 9.0 / 8100.0)), 1e-12);
    // Not read: says nothing. Another length: can not be.
    std::vector<ReadParticle> const unread{{.text = "?", .count = 1, .error = 0.1}};
    EXPECT_NEAR(log10_particle_odds(unread, "A", 10.0), 0.0, 1e-12);
    EXPECT_EQ(log10_particle_odds(one, "AB", 10.0), -std::numeric_limits<double>::infinity());
    // However many particles: at most the number of texts there are.
    std::vector<ReadParticle> const many{{.text = "ABC", .count = 1'000'000, .error = 0.01}};
    EXPECT_NEAR(log10_particle_odds(many, "ABC", 36.0), 3.0 * std::log10(36.0), 1e-9);
}

// Over other texts the ratio has the mean 1: summed over all texts of two symbols and all readings of two particles.
TEST(Log10ParticleOdds, HasTheMeanOneOverOtherTexts) {
    constexpr double error = 0.2;
    std::string const symbols = "0123456789";
    double mean = 0.0;
    for (char const truth : symbols) {
        for (char const first : symbols) {
            for (char const second : symbols) {
                auto const chance = [&](char read) {
                    return read == truth ? 1.0 - error : error / 9.0;
                };
                std::vector<ReadParticle> const read{
                    {.text = {first}, .count = 1, .error = error},
                    {.text = {second}, .count = 1, .error = error}};
                mean += 0.1 * chance(first) * chance(second) *
                        std::pow(10.0, log10_particle_odds(read, "7", 10.0));
            }
        }
    }
    EXPECT_NEAR(mean, 1.0, 1e-12);
}

TEST(MatchParticles, FindsLotsAndCountsTheirParticles) {
    auto const registry = registry_of(100, 8);
    Random random{3, 72, 0};
    ParticleList list;
    for (int i = 0; i < 6; ++i) {
        list.particles.push_back(
            {.text = misread(registry.lots[i < 4 ? 17 : 60].text, 0.02, random), .error = 0.02});
    }
    list.particles.push_back({.text = random_text(8, random), .error = 0.02});
    auto const judgement = judge_code(match_particles(list, registry), registry, {});
    EXPECT_EQ(judgement.verdict, CodeVerdict::match);
    ASSERT_EQ(judgement.lots.size(), 2U);
    for (LotResult const& lot : judgement.lots) {
        EXPECT_TRUE(lot.is_read);
        EXPECT_EQ(lot.evidence.reads, lot.evidence.lot == 17 ? 4U : 2U);
    }
}

TEST(MatchParticles, SaysTooWeakNoMatchAndTooFew) {
    Random random{3, 73, 0};
    auto const registry = registry_of(100, 8);
    ParticleList strangers;
    for (int i = 0; i < 4; ++i) {
        strangers.particles.push_back({.text = random_text(8, random), .error = 0.02});
    }
    EXPECT_EQ(verdict_of(strangers, registry), CodeVerdict::no_match);
    strangers.particles.resize(2);
    EXPECT_EQ(verdict_of(strangers, registry), CodeVerdict::inconclusive);
    // Four symbols: 36^4 texts, of which one in 17 000 is registered. That is no match, however clearly it was read.
    auto const small = registry_of(100, 4);
    EXPECT_EQ(verdict_of({.particles = {{.text = small.lots[3].text, .count = 50, .error = 0.01}}},
                         small),
              CodeVerdict::inconclusive);
    // Half of it unread.
    auto half = registry.lots[3].text;
    half.replace(0, 4, "????");
    EXPECT_EQ(verdict_of({.particles = {{.text = half, .error = 0.02}}}, registry),
              CodeVerdict::inconclusive);
}

TEST(MatchParticles, DoesNotChooseBetweenTextsAlike) {
    auto registry = registry_of(10, 8);
    registry.lots[4].text = registry.lots[2].text;
    EXPECT_NE(
        verdict_of({.particles = {{.text = registry.lots[2].text, .count = 3, .error = 0.02}}},
                   registry),
        CodeVerdict::match);
}

// The poorer the reading, the rarer a match; never a wrong lot.
TEST(MatchParticles, FadesWithTheErrorOfReading) {
    auto const registry = registry_of(100, 8);
    std::vector<int> right;
    for (double const error : {0.01, 0.1, 0.2, 0.3, 0.4, 0.5}) {
        int matches = 0;
        for (std::uint64_t i = 0; i < 100; ++i) {
            Random random{9, 74, i};
            std::size_t const lot = i % 100;
            ParticleList list;
            for (int k = 0; k < 1; ++k) {
                list.particles.push_back(
                    {.text = misread(registry.lots[lot].text, error, random), .error = error});
            }
            auto const judgement = judge_code(match_particles(list, registry), registry, {});
            for (LotResult const& of : judgement.lots) {
                EXPECT_TRUE(!of.is_read || of.evidence.lot == lot);
            }
            matches += judgement.verdict == CodeVerdict::match ? 1 : 0;
        }
        right.push_back(matches);
    }
    EXPECT_GE(right.front(), 98);
    EXPECT_LE(right.back(), 25); // six of eight symbols right: 14 % of them
    for (std::size_t i = 1; i < right.size(); ++i) {
        EXPECT_LE(right[i], right[i - 1] + 15)
            << i; // two shares of 100 differ by 15 once in a hundred
    }
}

} // namespace
