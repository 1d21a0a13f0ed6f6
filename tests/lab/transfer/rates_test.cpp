// SPDX-License-Identifier: GPL-3.0-or-later

#include "lab/transfer/rates.hpp"

#include "tests/lab/transfer/fixtures.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <map>
#include <numbers>
#include <string>

namespace {

using namespace cmq::lab;
using namespace cmq::lab::test;

Psi psi_of(std::map<std::string, double> const& values) {
    return PopulationPrior{bare_parameters(values)}.medians();
}

TEST(RatesOn, AddsSheddingToBoundMarkerOfSkinAlone) {
    Psi const psi = psi_of({{"dry.tau_min", 20.0},
                            {"dry.loose_share", 0.25},
                            {"loss.half_life_loose_skin_min", 10.0},
                            {"loss.half_life_loose_porous_min", 40.0},
                            {"loss.half_life_loose_smooth_min", 100.0},
                            {"loss.half_life_bound_min", 200.0},
                            {"loss.half_life_shedding_min", 400.0}});
    double const ln2 = std::numbers::ln2;
    DecayRates const skin = rates_on(Surface::skin, psi);
    EXPECT_EQ(skin.drying_tau_min, 20.0);
    EXPECT_EQ(skin.loose_share, 0.25);
    EXPECT_DOUBLE_EQ(skin.loose_rate_per_min, ln2 / 10.0);
    EXPECT_DOUBLE_EQ(skin.bound_rate_per_min, ln2 / 200.0 + ln2 / 400.0);
    EXPECT_DOUBLE_EQ(rates_on(Surface::porous, psi).loose_rate_per_min, ln2 / 40.0);
    EXPECT_DOUBLE_EQ(rates_on(Surface::smooth, psi).loose_rate_per_min, ln2 / 100.0);
    EXPECT_DOUBLE_EQ(rates_on(Surface::smooth, psi).bound_rate_per_min, ln2 / 200.0);
}

TEST(OddsOf, MultipliesWhatTheContactIsSaidToBe) {
    Psi const psi = psi_of({{"transfer.light_odds", 0.5},
                            {"transfer.firm_odds", 2.0},
                            {"transfer.friction_odds", 3.0},
                            {"transfer.laboratory_odds", 5.0}});
    PlannedEvent event{.two_carriers = true};
    EXPECT_DOUBLE_EQ(odds_of(event, psi), 5.0);
    event.area = 0.1;
    event.pressure = Pressure::light;
    EXPECT_DOUBLE_EQ(odds_of(event, psi), 5.0 * 0.1 * 0.5);
    event.pressure = Pressure::firm;
    event.friction = true;
    EXPECT_DOUBLE_EQ(odds_of(event, psi), 5.0 * 0.1 * 2.0 * 3.0);
}

TEST(FractionsOf, MovesBoundMarkerOnlyWithFrictionOrSolvent) {
    Psi const psi = psi_of({{"transfer.wet", 0.5},
                            {"transfer.dry_porous", 0.2},
                            {"transfer.dry_smooth", 0.4},
                            {"transfer.bound", 0.1}});
    PlannedEvent event{.two_carriers = true};
    TransferFractions const plain = fractions_of(event, Surface::skin, 1.0, psi);
    EXPECT_DOUBLE_EQ(plain.wet, 0.5);
    EXPECT_DOUBLE_EQ(plain.loose, 0.2);
    EXPECT_EQ(plain.bound, 0.0);
    event.solvent = true;
    TransferFractions const wet = fractions_of(event, Surface::smooth, 4.0, psi);
    EXPECT_DOUBLE_EQ(wet.wet, 0.8);          // odds 1 become 4
    EXPECT_DOUBLE_EQ(wet.loose, 8.0 / 11.0); // 2/3 becomes 8/3
    EXPECT_DOUBLE_EQ(wet.bound, 4.0 / 13.0); // 1/9 becomes 4/9
}

TEST(MeanLoadDl, OfATestShotGoesBeforeThatOfTheKind) {
    Psi const psi = psi_of({{"load.pellet_dl", 3.0}, {"load.spray_dl", 4.0}});
    PlannedDelivery delivery;
    EXPECT_EQ(mean_load_dl(delivery, psi), 3.0);
    delivery.kind = DeliveryKind::spray;
    EXPECT_EQ(mean_load_dl(delivery, psi), 4.0);
    delivery.mean_load_dl = 70.0;
    EXPECT_EQ(mean_load_dl(delivery, psi), 70.0);
}

} // namespace
