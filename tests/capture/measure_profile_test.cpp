// SPDX-License-Identifier: GPL-3.0-or-later

#include "capture/measure_profile.hpp"

#include "core/error.hpp"
#include "tests/capture/photon_transfer_runs.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <functional>
#include <string>

namespace {

using namespace cmq::capture;
using namespace photon_transfer;
using cmq::Error;
using cmq::ErrorKind;
using testing::Contains;
using testing::HasSubstr;
using testing::Not;

Bench small() {
    Bench setup;
    setup.side = 128;
    setup.darks = 2;
    setup.exposures_s = {0.2, 0.4, 0.8};
    return setup;
}

TEST(MeasureProfile, FindsTheNumbersOfTheSensor) {
    Bench setup;
    setup.exposures_s = {0.1, 0.2, 0.4, 0.8};
    Session const run{setup, 1};
    CameraProfile const profile = run.measure();
    for (std::size_t q = 0; q < quantity_count; ++q) {
        auto const quantity = static_cast<Quantity>(q);
        for (std::size_t p = 0; p < plane_count; ++p) {
            double const truth = run.truth(quantity, p);
            Measured const* const found = measured(profile, quantity, p);
            // The lamp's few differences stand behind the curvature of all planes: asked of one.
            bool const told = quantity != curvature || counts(quantity, p);
            if (found != nullptr && !std::isnan(truth) && told) {
                // Five of the stated uncertainties, and what 16 bands leave unsure of them; of the lamp only four
                // differences tell, and its interval says so.
                double const reach = quantity == linearity || quantity == curvature
                                         ? 2.0 * (found->high - found->value)
                                         : 6.0 * found->sigma;
                EXPECT_NEAR(found->value, truth, reach + 1e-12) << quantity_names[q] << ' ' << p;
                EXPECT_LE(found->low, found->value);
                EXPECT_GE(found->high, found->value);
            }
        }
    }
    // Two flats give a contrast of 16384 photosites: the slope is known to about sqrt(2 / 16384 / 4) = 0.6 %.
    EXPECT_LT(profile.planes[1].gain_dn.sigma, 0.012 * profile.planes[1].gain_dn.value);
    EXPECT_EQ(profile.dark_frames, 4U);
    EXPECT_EQ(profile.flat_pairs, 4U);
    EXPECT_EQ(profile.transfer.size(), 4U);
    EXPECT_TRUE(profile.simulated);
    EXPECT_EQ(profile.iso, 800.0);
    EXPECT_EQ(profile.dark_exposure_s, 0.2);
    EXPECT_EQ(profile.sources.size(), 12U);
    EXPECT_THAT(profile.notes, Contains(ProfileNote::saturation_unknown));
    EXPECT_THAT(profile.notes, Not(Contains(ProfileNote::few_levels)));
}

TEST(MeasureProfile, StatesHowFarItsMapsMayBeOff) {
    Bench setup = small();
    setup.falloff = 0.0;
    CameraProfile const one = Session{setup, 1, 7}.measure();
    CameraProfile const other = Session{setup, 2, 7}.measure();
    for (std::size_t p = 0; p < plane_count; ++p) {
        double dark = 0;
        double flat = 0;
        double count = 0;
        for (std::size_t i = 0; i < one.flat.size(); ++i) {
            auto const width = static_cast<std::size_t>(one.shape.width);
            auto const plane = one.cfa.at(static_cast<std::ptrdiff_t>(i / width),
                                          static_cast<std::ptrdiff_t>(i % width));
            if (static_cast<std::size_t>(plane) == p && one.defects[i] == 0 &&
                other.defects[i] == 0) {
                dark += std::pow(static_cast<double>(one.dark_dn[i] - other.dark_dn[i]), 2);
                flat += std::pow(static_cast<double>(one.flat[i] - other.flat[i]), 2);
                count += 1;
            }
        }
        // The fixed pattern is the same: what differs is twice the variance of one map. 4096 photosites give a
        // root to 1.1 %; five of them, and 2 % for the stated one.
        EXPECT_NEAR(std::sqrt(0.5 * dark / count) / one.dark_sigma_dn[p], 1.0, 0.08);
        EXPECT_NEAR(std::sqrt(0.5 * flat / count) / one.flat_sigma[p], 1.0, 0.08);
    }
}

TEST(MeasureProfile, GivesTheSameBitsOnAnyNumberOfThreads) {
    Session const run{small(), 3};
    CameraProfile const one = run.measure(1);
    CameraProfile const four = run.measure(4);
    EXPECT_EQ(one.flat, four.flat);
    EXPECT_EQ(one.dark_dn, four.dark_dn);
    for (std::size_t p = 0; p < plane_count; ++p) {
        EXPECT_EQ(one.planes[p].gain_dn.value, four.planes[p].gain_dn.value);
        EXPECT_EQ(one.planes[p].gain_dn.sigma, four.planes[p].gain_dn.sigma);
        EXPECT_EQ(one.planes[p].prnu.high, four.planes[p].prnu.high);
    }
}

// A twentieth of the signal lost at full well bends the response by c = 0.05 / (full well in DN), which is found from
// flats alone; and a frame straightened by it shows twice the light as twice the number.
TEST(MeasureProfile, FindsHowTheResponseBends) {
    Bench setup;
    setup.nonlinearity = 0.05;
    setup.lamp_sd = 0.0002;
    setup.exposures_s = {0.05, 0.1, 0.2, 0.4, 0.8};
    Session const run{setup, 21};
    CameraProfile const profile = run.measure();
    double const truth = run.truth(curvature, 1);
    auto const& found = profile.planes[1].curvature_per_dn;
    ASSERT_TRUE(found);
    EXPECT_GT(found->low, 0);
    EXPECT_NEAR(found->value, truth, 0.05 * truth);
}

/// The sources of a run, each capture changed on its way; index counts darks first.
ProfileSources changed(Session const& run,
                       std::function<void(std::size_t, Capture&)> const& change) {
    ProfileSources sources = run.sources();
    std::size_t index = 0;
    for (auto* list : {&sources.darks, &sources.flats}) {
        for (ProfileSource& source : *list) {
            source.read = [read = source.read, change, i = index++] {
                Capture capture = read();
                change(i, capture);
                return capture;
            };
        }
    }
    return sources;
}

TEST(MeasureProfile, MarksHotAndDeadPhotosites) {
    Bench const setup = small();
    Session const run{setup, 4};
    std::size_t const hot = 40 * 128 + 30;
    std::size_t const dead = 60 * 128 + 71;
    std::size_t const weak = 61 * 128 + 20;
    CameraProfile const profile = measure_profile(changed(run,
                                                          [&](std::size_t i, Capture& capture) {
                                                              capture.frame.value[hot] +=
                                                                  200.0F; // electrons and more
                                                              if (i >= 2) {
                                                                  capture.frame.value[dead] *= 0.2F;
                                                                  capture.frame.value[weak] *= 0.9F;
                                                              }
                                                          }),
                                                  1);
    EXPECT_EQ(profile.defects[hot], cmq::mask_bit::hot);
    EXPECT_EQ(profile.defects[dead], cmq::mask_bit::dead);
    EXPECT_EQ(profile.defects[weak], 0) << "the flat map corrects it";
    EXPECT_NEAR(profile.flat[weak] / profile.flat[weak + 2], 0.9, 0.05);
    EXPECT_GE(profile.hot_photosites, 1U);
    EXPECT_EQ(profile.dead_photosites, 1U);
}

TEST(MeasureProfile, LeavesOutPhotositesWithoutData) {
    Session const run{small(), 5};
    std::size_t const place = 50 * 128 + 50;
    CameraProfile const profile =
        measure_profile(changed(run,
                                [&](std::size_t, Capture& capture) {
                                    capture.frame.value[place] =
                                        static_cast<float>(-capture.frame.black_dn[0]);
                                    capture.frame.mask[place] |= cmq::mask_bit::no_data;
                                }),
                        1);
    EXPECT_EQ(profile.defects[place], cmq::mask_bit::no_data);
    EXPECT_EQ(profile.flat[place], 1.0F);
    EXPECT_EQ(profile.dark_dn[place], 0.0F);
}

TEST(MeasureProfile, FindsSaturationWhereFlatsReachIt) {
    Bench setup = small();
    setup.exposures_s = {0.2, 0.4, 0.8, 1.6, 6.4};
    setup.brightest = 4.0; // 0.125, 0.25, 0.5, 1, 4 of saturation in the green planes
    Session const run{setup, 6};
    CameraProfile const profile = run.measure();
    for (std::size_t p = 0; p < plane_count; ++p) {
        auto const& plane = profile.planes[p];
        EXPECT_TRUE(plane.saturation_reached);
        // Full photosites differ by read noise, DSNU and rows only.
        EXPECT_NEAR(plane.saturation_dn.value, run.truth(saturation, p), 1.0);
        EXPECT_NEAR(plane.gain_dn.value, setup.gain_dn, 6.0 * plane.gain_dn.sigma);
    }
    EXPECT_FALSE(profile.transfer.back().in_gain[1]);
    EXPECT_FALSE(profile.transfer.back().in_flat[1]);
    EXPECT_THAT(profile.notes, Contains(ProfileNote::levels_left_out));
    EXPECT_THAT(profile.notes, Not(Contains(ProfileNote::saturation_unknown)));
}

TEST(MeasureProfile, NamesWhatOneExposureLeavesOpen) {
    Bench setup = small();
    setup.exposures_s = {0.4};
    CameraProfile const profile = Session{setup, 7}.measure();
    EXPECT_THAT(profile.notes, Contains(ProfileNote::few_levels));
    EXPECT_THAT(profile.notes, Contains(ProfileNote::linearity_unknown));
    EXPECT_FALSE(profile.planes[0].linearity_error.has_value());
}

TEST(MeasureProfile, FollowsALampThatDrifts) {
    Bench setup = small();
    Session const run{setup, 8};
    CameraProfile const profile = measure_profile(
        changed(run,
                [](std::size_t i, Capture& capture) {
                    if (i == 3) { // the second flat; 2 % of the noise's variance is not seen
                        for (float& value : capture.frame.value) {
                            value *= 1.02F;
                        }
                    }
                }),
        1);
    EXPECT_THAT(profile.notes, Contains(ProfileNote::lamp_corrected));
    for (auto const& plane : profile.planes) {
        EXPECT_NEAR(plane.gain_dn.value, setup.gain_dn, 6.0 * plane.gain_dn.sigma);
    }
}

// ---- refusals

struct Refusal {
    ErrorKind kind = ErrorKind::internal;
    std::string text;
};

Refusal refusal_of(ProfileSources const& sources) {
    try {
        (void)measure_profile(sources, 1);
    } catch (Error const& error) {
        return {error.kind(), error.full_text()};
    }
    return {};
}

Refusal refusal_after(std::function<void(std::size_t, Capture&)> const& change) {
    Session const run{small(), 9};
    return refusal_of(changed(run, change));
}

void expect(Refusal const& refusal, ErrorKind kind, std::string const& part) {
    EXPECT_EQ(refusal.kind, kind) << refusal.text;
    EXPECT_THAT(refusal.text, HasSubstr(part));
}

TEST(MeasureProfile, RefusesTooFewFiles) {
    Session const run{small(), 9};
    ProfileSources sources = run.sources();
    sources.darks.resize(1);
    expect(refusal_of(sources), ErrorKind::insufficient, "two dark frames");
    sources = run.sources();
    sources.flats.resize(1);
    expect(refusal_of(sources), ErrorKind::insufficient, "three or more exposures");
    sources = run.sources();
    sources.flats.pop_back();
    expect(refusal_of(sources), ErrorKind::insufficient, "'flat 2.0' is the only flat");
}

TEST(MeasureProfile, RefusesUnlikeFiles) {
    expect(refusal_after([](std::size_t i, Capture& c) { c.metadata.iso = i == 4 ? 400 : 800; }),
           ErrorKind::domain,
           "'dark 0' and 'flat 1.0' can not serve one profile: the ISO setting differs");
    expect(refusal_after(
               [](std::size_t i, Capture& c) { c.metadata.model = i == 1 ? "X" : "SIMULATED"; }),
           ErrorKind::domain,
           "the cameras differ ('SIMULATED' and 'X')");
    expect(refusal_after([](std::size_t i, Capture& c) { c.metadata.simulated = i != 2; }),
           ErrorKind::domain,
           "one is simulated");
    expect(refusal_after([](std::size_t i, Capture& c) { c.white_level_dn += i == 2 ? 1 : 0; }),
           ErrorKind::domain,
           "white level");
    expect(refusal_after([](std::size_t i, Capture& c) {
               c.frame.cfa = cmq::make_cfa(i == 3 ? "BGGR" : "RGGB");
           }),
           ErrorKind::shape,
           "mosaics differ");
    expect(refusal_after([](std::size_t i, Capture& c) {
               c.metadata.exposure_s = i == 1 ? 0.3 : *c.metadata.exposure_s;
           }),
           ErrorKind::domain,
           "exposures of the darks differ");
    expect(refusal_after([](std::size_t i, Capture& c) { c.sha256 = i < 2 ? "one" : c.sha256; }),
           ErrorKind::domain,
           "'dark 1' is given twice");
}

TEST(MeasureProfile, RefusesSmallFrames) {
    Bench setup = small();
    setup.side = 64;
    expect(refusal_of(Session{setup, 9}.sources()), ErrorKind::shape, "too small");
}

TEST(MeasureProfile, RefusesDarksThatAreNotDark) {
    // Light has a colour: 40 DN in one plane, with 1.5 DN of noise.
    expect(refusal_after([](std::size_t i, Capture& c) {
               for (std::size_t at = 0; i < 2 && at < c.frame.value.size(); at += 2) {
                   c.frame.value[at] += at / 128 % 2 == 0 ? 40.0F : 0.0F;
               }
           }),
           ErrorKind::domain,
           "'dark 0' is not dark");
    expect(refusal_after([](std::size_t i, Capture& c) {
               c.black_origin = BlackOrigin::file;
               for (float& value : c.frame.value) {
                   value += i == 1 ? 40.0F : 0.0F;
               }
           }),
           ErrorKind::domain,
           "their mean levels differ by 4");
    Session const run{small(), 9};
    ProfileSources sources = run.sources();
    std::swap(sources.darks[0], sources.flats[4]);
    std::swap(sources.darks[1], sources.flats[5]);
    expect(refusal_of(sources), ErrorKind::domain, "is not dark");
}

TEST(MeasureProfile, RefusesDarksThatTheCameraCutOff) {
    expect(refusal_after([](std::size_t, Capture& c) {
               c.frame.black_dn = {};
               for (float& value : c.frame.value) {
                   value = std::max(value, 0.0F);
               }
           }),
           ErrorKind::unsupported,
           "cuts off the noise");
}

TEST(MeasureProfile, RefusesClippedOrDarkFlats) {
    Bench setup = small();
    setup.exposures_s = {0.4, 0.8};
    setup.brightest = 8.0;
    expect(refusal_of(Session{setup, 9}.sources()), ErrorKind::insufficient, "clipped");
    expect(refusal_after([](std::size_t i, Capture& c) {
               for (float& value : c.frame.value) {
                   value *= i >= 2 ? 1e-3F : 1.0F;
               }
           }),
           ErrorKind::insufficient,
           "hardly brighter than the darks");
}

TEST(MeasureProfile, RefusesFlatsThatAreNotFlat) {
    // Stripes of 30 %, four photosites wide.
    expect(refusal_after([](std::size_t i, Capture& c) {
               for (std::size_t at = 0; i >= 2 && at < c.frame.value.size(); ++at) {
                   c.frame.value[at] *= at % 128 / 4 % 2 == 0 ? 1.0F : 0.7F;
               }
           }),
           ErrorKind::domain,
           "the flats are not flat");
    // A corner in the shade.
    expect(refusal_after([](std::size_t i, Capture& c) {
               for (std::size_t at = 0; i >= 2 && at < c.frame.value.size(); ++at) {
                   c.frame.value[at] *= at < 40 * 128 && at % 128 < 40 ? 0.1F : 1.0F;
               }
           }),
           ErrorKind::domain,
           "the flats are not flat");
}

TEST(MeasureProfile, RefusesALampThatFlickers) {
    expect(refusal_after([](std::size_t i, Capture& c) {
               for (float& value : c.frame.value) {
                   value *= i == 5 ? 1.1F : 1.0F;
               }
           }),
           ErrorKind::domain,
           "'flat 1.0' and 'flat 1.1' of one exposure (0.4");
    // Rows lit in turn.
    expect(refusal_after([](std::size_t i, Capture& c) {
               for (std::size_t at = 0; i == 3 && at < c.frame.value.size(); ++at) {
                   c.frame.value[at] *= at / 128 / 8 % 2 == 0 ? 1.04F : 0.96F;
               }
           }),
           ErrorKind::domain,
           "changes from row to row");
}

TEST(MeasureProfile, RefusesADarkExposureThatMatters) {
    // 10 DN of dark signal in 0.2 s are 40 in 0.8 s; where the black level is only stated nothing speaks against it.
    auto const change = [](std::size_t i, Capture& c) {
        c.black_origin = BlackOrigin::file;
        for (float& value : c.frame.value) {
            value += i < 2 ? 60.0F : 0.0F;
        }
    };
    expect(refusal_after(change), ErrorKind::domain, "expose the darks as the flats");
}

TEST(MeasureProfile, RefusesLossyFlats) {
    expect(refusal_after([](std::size_t i, Capture& c) { c.bits_per_photosite = i < 2 ? 16 : 3; }),
           ErrorKind::unsupported,
           "compressed with loss: 3.0 bits a photosite");
}

TEST(MeasureProfile, RefusesAFileThatChanges) {
    Session const run{small(), 9};
    ProfileSources sources = run.sources();
    int reading = 0;
    sources.flats[1].read = [read = sources.flats[1].read, &reading] {
        Capture capture = read();
        capture.sha256 += std::to_string(reading++);
        return capture;
    };
    expect(refusal_of(sources), ErrorKind::integrity, "'flat 0.1' changed");
}

// ---- coverage: a tenth of the study (docs/methods/photon-transfer.md)

TEST(SlowMeasureProfile, IntervalsHoldTheTruthAsOftenAsTheySay) {
    Counts all{};
    std::uint64_t number = 500'000;
    for (Bench const& setup : setups()) {
        for (int run = 0; run < 4; ++run) {
            Counts const one = count(setup, number++);
            for (std::size_t q = 0; q < quantity_count; ++q) {
                all[q] += one[q];
            }
        }
    }
    for (std::size_t q = 0; q < quantity_count; ++q) {
        auto const n = static_cast<double>(all[q].asked);
        ASSERT_GT(n, 10) << quantity_names[q];
        // 95 % less 3.3 standard deviations of a binomial count: one of nine fails by chance once in 200 studies.
        double const least = 0.95 * n - 3.3 * std::sqrt(n * 0.95 * 0.05);
        EXPECT_GE(static_cast<double>(all[q].held), least) << quantity_names[q] << ", of " << n;
    }
    // And not by being wide: the gain to 2 %, the read noise of a sensor that shows it to 3 %.
    EXPECT_LT(all[gain].half_width / static_cast<double>(all[gain].asked), 0.02);
}

} // namespace
