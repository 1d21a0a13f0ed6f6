// SPDX-License-Identifier: GPL-3.0-or-later

#include "detect/detect_traces.hpp"

#include "core/error.hpp"
#include "tests/detect/synthetic.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <limits>

namespace {

using cmq::Error;
using cmq::ErrorKind;
using cmq::Frame;
using cmq::plane_count;
using cmq::detect::detect_traces;
using cmq::detect::Detection;
using cmq::detect::Settings;
using cmq::detect::Trace;
using synthetic::make_frame;
using synthetic::Recipe;
using synthetic::Spot;

ErrorKind refusal(Frame const& frame, Settings const& settings = {}) {
    try {
        (void)detect_traces(frame, settings);
    } catch (Error const& error) {
        return error.kind();
    }
    ADD_FAILURE() << "was not refused";
    return ErrorKind::internal;
}

// Spots on a grid, off its points by what looks like chance, brightness from dim to bright.
std::vector<Spot> grid_of_spots(Recipe const& recipe, double flux_dn, std::ptrdiff_t step) {
    std::vector<Spot> spots;
    cmq::Random random{recipe.seed, 11, 0};
    for (std::ptrdiff_t y = step / 2; y < recipe.shape.height; y += step) {
        for (std::ptrdiff_t x = step / 2; x < recipe.shape.width; x += step) {
            double const f = flux_dn * (0.5 + random.uniform());
            spots.push_back({static_cast<double>(x) + random.uniform(),
                             static_cast<double>(y) + random.uniform(),
                             {0.6 * f, f, f, 0.3 * f},
                             1.5 + random.uniform()});
        }
    }
    return spots;
}

Trace const* nearest(Detection const& detection, Spot const& spot, double within) {
    Trace const* best = nullptr;
    for (Trace const& trace : detection.traces) {
        double const r = std::hypot(trace.x - spot.x, trace.y - spot.y);
        if (r < within) {
            best = &trace;
            within = r;
        }
    }
    return best;
}

TEST(DetectTraces, RefusesPromiseThatIsNoneOrTooLarge) {
    Frame const frame = make_frame({});
    EXPECT_EQ(refusal(frame, {.false_traces_expected = 0.0}), ErrorKind::domain);
    EXPECT_EQ(refusal(frame, {.false_traces_expected = -1.0}), ErrorKind::domain);
    EXPECT_EQ(refusal(frame, {.false_traces_expected = 101.0}), ErrorKind::domain);
    EXPECT_EQ(refusal(frame, {.false_traces_expected = std::nan("")}), ErrorKind::domain);
}

TEST(DetectTraces, RefusesFrameThatIsTooSmallOrEmpty) {
    EXPECT_EQ(refusal(make_frame({.shape = {62, 200}})), ErrorKind::shape);
    EXPECT_EQ(refusal(Frame{}), ErrorKind::shape);
}

TEST(DetectTraces, RefusesVectorsThatDoNotFitTheShape) {
    Frame frame = make_frame({});
    frame.mask.pop_back();
    EXPECT_EQ(refusal(frame), ErrorKind::shape);
}

TEST(DetectTraces, RefusesValueOrVarianceThatIsNoNumberUnlessMasked) {
    Frame frame = make_frame({});
    frame.value[1000] = std::numeric_limits<float>::quiet_NaN();
    EXPECT_EQ(refusal(frame), ErrorKind::domain);
    frame.mask[1000] = cmq::mask_bit::dead;
    EXPECT_TRUE(detect_traces(frame, {}).traces.empty());
    frame.variance[2000] = 0.0F;
    EXPECT_EQ(refusal(frame), ErrorKind::domain);
    frame.variance[2000] = std::numeric_limits<float>::infinity();
    EXPECT_EQ(refusal(frame), ErrorKind::domain);
}

TEST(DetectTraces, RefusesFrameThatIsMostlyMasked) {
    Frame frame = make_frame({});
    std::fill_n(frame.mask.begin(), frame.mask.size() / 2 + 1, cmq::mask_bit::no_data);
    EXPECT_EQ(refusal(frame), ErrorKind::insufficient);
}

TEST(DetectTraces, RefusesToGoOnWhenStopped) {
    cmq::Progress progress;
    std::stop_source source;
    progress.stop = source.get_token();
    source.request_stop();
    try {
        (void)detect_traces(make_frame({}), {}, progress);
        FAIL();
    } catch (Error const& error) {
        EXPECT_EQ(error.kind(), ErrorKind::limits);
    }
}

TEST(DetectTraces, GivesTheSignalToNoiseOfAMatchedFilter) {
    // No noise in the values, but in the model: what is measured is the filter alone. With profile
    // origin the model's spread is believed where nothing is measured.
    Recipe const recipe{.shape = {512, 512}, .gain_dn = 0.0, .noise = false};
    Spot const spot{256.5, 256.5, {50.0, 70.0, 70.0, 30.0}, 2.0};
    Detection const detection = detect_traces(make_frame(recipe, {spot}), {});
    ASSERT_EQ(detection.traces.size(), 1U);
    // Slow and independent: per plane, sum k g F / (sd sqrt(sum k^2)) over photosites, k = g's shape.
    double expected = 0.0;
    for (std::size_t p = 0; p < plane_count; ++p) {
        auto const offset = recipe.cfa.offset(static_cast<cmq::Plane>(p));
        double kg = 0.0;
        double kk = 0.0;
        for (std::ptrdiff_t y = 226 + offset[0]; y < 288; y += 2) {
            for (std::ptrdiff_t x = 226 + offset[1]; x < 288; x += 2) {
                double const g =
                    synthetic::share(spot, static_cast<double>(x), static_cast<double>(y));
                kg += g * g;
                kk += g * g;
            }
        }
        double const z = spot.flux_dn[p] * kg / (synthetic::noise_sd(recipe, p) * std::sqrt(kk));
        expected += z * z;
    }
    // The uncertainty of the covariance takes T / 4n: 4.1 % with n = 1600 and T = 262.
    EXPECT_NEAR(detection.traces[0].snr, std::sqrt(expected), 0.05 * std::sqrt(expected));
    EXPECT_NEAR(detection.traces[0].x, spot.x, 0.05);
    EXPECT_NEAR(detection.traces[0].y, spot.y, 0.05);
}

// Diagonal and sum of the covariance against the uncertainties that are stated beside it.
void expect_covariance_agrees(Trace const& trace) {
    double sum = 0.0;
    std::size_t i = 0;
    for (std::size_t p = 0; p < plane_count; ++p) {
        for (std::size_t q = p; q < plane_count; ++q) {
            double const entry = trace.flux_covariance_dn2[i++];
            double const bound = trace.flux_dn_sigma[p] * trace.flux_dn_sigma[q];
            sum += p == q ? entry : 2.0 * entry;
            if (p == q) {
                EXPECT_NEAR(entry, bound, 1e-12 * bound);
            } else {
                EXPECT_LE(std::abs(entry), bound); // Cauchy and Schwarz
            }
        }
    }
    double const total = trace.total_flux_dn_sigma * trace.total_flux_dn_sigma;
    EXPECT_NEAR(sum, total, 1e-12 * total); // rounding of ten terms
}

TEST(DetectTraces, StatesOneCovarianceOfTheFluxes) {
    Recipe const recipe{.seed = 21};
    Detection const detection =
        detect_traces(make_frame(recipe, grid_of_spots(recipe, 900.0, 64)), {});
    ASSERT_EQ(detection.traces.size(), 16U);
    for (Trace const& trace : detection.traces) {
        expect_covariance_agrees(trace);
    }
}

TEST(DetectTraces, KeepsSignificanceOnlyWhereAsked) {
    Recipe const recipe{.shape = {257, 301}, .seed = 22};
    Frame const frame = make_frame(recipe, {{120.0, 90.0, {600, 900, 900, 500}, 2.0}});
    EXPECT_TRUE(detect_traces(frame, {}).significance.empty());
    Detection const detection = detect_traces(frame, {.keep_significance = true});
    ASSERT_EQ(detection.traces.size(), 1U);
    ASSERT_EQ(detection.significance.size(), 128U * 150U); // whole cells
    std::int64_t above = 0;
    for (float const value : detection.significance) {
        // The largest one is the trace's; square roots of floats are good to 1e-7.
        EXPECT_LE(static_cast<double>(value), detection.traces[0].snr * (1.0 + 1e-6));
        EXPECT_TRUE(value == 0.0F ||
                    static_cast<double>(value) >= detection.low_threshold * (1.0 - 1e-6));
        above += value > 0.0F ? 1 : 0;
    }
    EXPECT_GE(above, detection.traces[0].area_cells);
    auto const cell = detection.significance[45U * 150U + 60U]; // the spot's
    EXPECT_GT(static_cast<double>(cell), 0.9 * detection.traces[0].snr);
}

TEST(DetectTraces, MeasuresFluxWithinItsStatedUncertainty) {
    std::vector<double> pulls;
    std::size_t spots_in_all = 0;
    for (std::uint64_t seed = 1; seed <= 4; ++seed) {
        Recipe const recipe{.shape = {512, 512}, .seed = seed};
        auto const spots = grid_of_spots(recipe, 600.0, 64);
        Detection const detection = detect_traces(make_frame(recipe, spots), {});
        spots_in_all += spots.size();
        for (Spot const& spot : spots) {
            Trace const* trace = nearest(detection, spot, 3.0);
            if (trace == nullptr) {
                continue;
            }
            for (std::size_t p = 0; p < plane_count; ++p) {
                pulls.push_back((trace->flux_dn[p] - spot.flux_dn[p]) / trace->flux_dn_sigma[p]);
            }
        }
    }
    // Signal-to-noise above 9: all are found.
    ASSERT_EQ(pulls.size(), plane_count * spots_in_all);
    double sum = 0.0;
    double squares = 0.0;
    for (double const pull : pulls) {
        sum += pull;
        squares += pull * pull;
    }
    auto const n = static_cast<double>(pulls.size());
    double const mean = sum / n;
    double const sd = std::sqrt(squares / n - mean * mean);
    // 1024 pulls: the mean is known to 0.031, the sd to 0.022; four of each. Some 0.5 % of the light
    // lies outside apertures, 0.1 sigma.
    EXPECT_NEAR(mean, 0.0, 0.13 + 0.1);
    EXPECT_NEAR(sd, 1.0, 0.09);
}

TEST(DetectTraces, FindsPositionsWithoutBias) {
    Recipe const recipe{.shape = {1024, 1024}, .seed = 5};
    auto const spots = grid_of_spots(recipe, 900.0, 64);
    Detection const detection = detect_traces(make_frame(recipe, spots), {});
    double dx = 0.0;
    double dy = 0.0;
    double rr = 0.0;
    double n = 0.0;
    for (Spot const& spot : spots) {
        Trace const* trace = nearest(detection, spot, 3.0);
        ASSERT_NE(trace, nullptr);
        dx += trace->x - spot.x;
        dy += trace->y - spot.y;
        rr += std::pow(trace->x - spot.x, 2.0) + std::pow(trace->y - spot.y, 2.0);
        n += 1.0;
    }
    // Blur over signal-to-noise is 2.8 / 14 photosites an axis; a centroid above a border may lose a
    // factor of 2. The mean of 256 is 16 times better; four of that.
    double const sd = std::sqrt(0.5 * rr / n);
    EXPECT_LT(sd, 2.0 * 2.8 / 14.0);
    EXPECT_NEAR(dx / n, 0.0, 4.0 * sd / std::sqrt(n));
    EXPECT_NEAR(dy / n, 0.0, 4.0 * sd / std::sqrt(n));
}

TEST(DetectTraces, ScalesWithTheGain) {
    Recipe const recipe{.seed = 3};
    Frame frame = make_frame(recipe, grid_of_spots(recipe, 800.0, 64));
    Detection const once = detect_traces(frame, {});
    for (std::size_t i = 0; i < frame.value.size(); ++i) {
        frame.value[i] *= 2.0F;
        frame.variance[i] *= 4.0F;
    }
    for (std::size_t p = 0; p < plane_count; ++p) {
        frame.noise.gain_dn[p] *= 2.0;
        frame.noise.read_noise_dn[p] *= 2.0;
    }
    Detection const twice = detect_traces(frame, {});
    ASSERT_GT(once.traces.size(), 10U);
    ASSERT_EQ(once.traces.size(), twice.traces.size());
    for (std::size_t i = 0; i < once.traces.size(); ++i) {
        // Powers of two are exact in floating point, so these are equalities but for roots.
        EXPECT_NEAR(twice.traces[i].snr, once.traces[i].snr, 1e-5 * once.traces[i].snr);
        for (std::size_t p = 0; p < plane_count; ++p) {
            EXPECT_NEAR(twice.traces[i].flux_dn[p], 2.0 * once.traces[i].flux_dn[p], 1e-3);
            EXPECT_NEAR(
                twice.traces[i].flux_dn_sigma[p], 2.0 * once.traces[i].flux_dn_sigma[p], 1e-3);
        }
    }
}

TEST(DetectTraces, GivesTheSameWhateverThePlanesAreCalled) {
    Recipe const recipe{.level_dn = {90.0, 90.0, 90.0, 90.0}, .seed = 3};
    Frame frame = make_frame(recipe, grid_of_spots(recipe, 800.0, 64));
    Detection const rggb = detect_traces(frame, {});
    frame.cfa = cmq::make_cfa("BGGR");
    Detection const bggr = detect_traces(frame, {});
    ASSERT_GT(rggb.traces.size(), 10U);
    ASSERT_EQ(rggb.traces.size(), bggr.traces.size());
    for (std::size_t i = 0; i < rggb.traces.size(); ++i) {
        // Sums over planes in another order round differently, and so does the place where the light is summed.
        EXPECT_NEAR(rggb.traces[i].flux_dn[0], bggr.traces[i].flux_dn[3], 1e-3);
        EXPECT_NEAR(rggb.traces[i].flux_dn[3], bggr.traces[i].flux_dn[0], 1e-3);
        EXPECT_NEAR(rggb.traces[i].snr, bggr.traces[i].snr, 1e-3);
    }
}

TEST(DetectTraces, MovesTracesWithTheFrame) {
    Recipe const recipe{.shape = {256, 258}, .seed = 4};
    Frame const frame = make_frame(recipe, grid_of_spots(recipe, 1500.0, 64));
    Frame moved = make_frame({.shape = {256, 257}});
    moved.cfa = cmq::make_cfa("GRBG");
    for (std::size_t y = 0; y < 256; ++y) {
        for (std::size_t x = 0; x < 257; ++x) {
            moved.value[y * 257 + x] = frame.value[y * 258 + x + 1];
            moved.variance[y * 257 + x] = frame.variance[y * 258 + x + 1];
        }
    }
    Detection const before = detect_traces(frame, {});
    Detection const after = detect_traces(moved, {});
    ASSERT_EQ(before.traces.size(), 16U);
    for (Trace const& trace : before.traces) {
        // Another grid of cells sees the same noise with other weights: a share of the uncertainty.
        Trace const* same = nearest(after, {trace.x - 1.0, trace.y, {}, 1.0}, 0.5);
        ASSERT_NE(same, nullptr);
        for (std::size_t p = 0; p < plane_count; ++p) {
            EXPECT_NEAR(same->flux_dn[p], trace.flux_dn[p], 1.5 * trace.flux_dn_sigma[p]);
        }
    }
}

TEST(DetectTraces, GivesTheSameBitsOnAnyNumberOfThreads) {
    Recipe const recipe{.shape = {500, 700}, .seed = 6};
    Frame const frame = make_frame(recipe, grid_of_spots(recipe, 500.0, 50));
    Detection const one = detect_traces(frame, {.false_traces_expected = 1.0, .threads = 1});
    ASSERT_GT(one.traces.size(), 50U);
    for (unsigned const threads : {2U, 7U}) {
        Detection const many =
            detect_traces(frame, {.false_traces_expected = 1.0, .threads = threads});
        ASSERT_EQ(many.traces.size(), one.traces.size());
        for (std::size_t i = 0; i < one.traces.size(); ++i) {
            EXPECT_EQ(many.traces[i].x, one.traces[i].x);
            EXPECT_EQ(many.traces[i].snr, one.traces[i].snr);
            EXPECT_EQ(many.traces[i].log10_nfa, one.traces[i].log10_nfa);
            EXPECT_EQ(many.traces[i].flux_dn, one.traces[i].flux_dn);
            EXPECT_EQ(many.traces[i].flux_dn_sigma, one.traces[i].flux_dn_sigma);
        }
        EXPECT_EQ(many.threshold, one.threshold);
    }
}

TEST(DetectTraces, LooksOnlyForWhatIsBrighter) {
    Recipe const recipe{.shape = {512, 512}};
    auto spots = grid_of_spots(recipe, -600.0, 64);
    Detection const detection = detect_traces(make_frame(recipe, spots), {});
    EXPECT_TRUE(detection.traces.empty());
    // 64 dark spots where noise makes none: the threshold must not rest on noise alone.
    EXPECT_GT(detection.tail_factor, 1.2);
    EXPECT_THAT(detection.warnings, testing::Contains(testing::HasSubstr("darker")));
}

TEST(DetectTraces, TakesHotPhotositesForWhatTheyAre) {
    Recipe const recipe{.shape = {512, 512}, .seed = 8};
    Frame frame = make_frame(recipe);
    cmq::Random random{8, 1, 0};
    std::int64_t hot = 0;
    for (std::size_t y = 16; y < 512; y += 32) {
        for (std::size_t x = 16; x < 512; x += 32, ++hot) {
            // From what a trace needs (11 standard deviations in one photosite) to a thousand.
            std::size_t const i = (y + random.bits32() % 2) * 512 + x + random.bits32() % 2;
            frame.value[i] +=
                static_cast<float>(9.0 * std::exp(std::log(11.0) + 4.5 * random.uniform()));
        }
    }
    Detection const detection = detect_traces(frame, {});
    EXPECT_TRUE(detection.traces.empty());
    std::int64_t told = 0;
    for (auto const& plane : detection.planes) {
        told += plane.hot_photosites;
    }
    EXPECT_EQ(told, hot);
}

TEST(DetectTraces, KeepsDropletsAsSharpAsALensMakesThem) {
    // Peak photosites of 15 to 50 standard deviations, blurred by 1 photosite only.
    Recipe const recipe{.shape = {512, 512}, .seed = 9};
    std::vector<Spot> spots = grid_of_spots(recipe, 500.0, 64);
    for (Spot& spot : spots) {
        spot.sigma = 1.0;
    }
    Detection const detection = detect_traces(make_frame(recipe, spots), {});
    EXPECT_EQ(detection.traces.size(), spots.size());
    for (auto const& plane : detection.planes) {
        EXPECT_EQ(plane.hot_photosites, 0);
    }
}

TEST(DetectTraces, LeavesMaskedPhotositesOut) {
    Recipe const recipe{.seed = 2};
    std::vector<Spot> const spots{{60.2, 60.4, {600, 900, 900, 300}, 2.0},
                                  {180.0, 180.0, {600, 900, 900, 300}, 2.0}};
    Frame frame = make_frame(recipe, spots);
    // The second spot is under a mask that hides something absurd; the first loses one photosite.
    for (std::size_t y = 160; y < 200; ++y) {
        for (std::size_t x = 160; x < 200; ++x) {
            frame.value[y * 256 + x] = 1e9F;
            frame.mask[y * 256 + x] = cmq::mask_bit::no_data;
        }
    }
    frame.value[60 * 256 + 60] = -1e6F;
    frame.mask[60 * 256 + 60] = cmq::mask_bit::dead;
    Detection const detection = detect_traces(frame, {});
    ASSERT_EQ(detection.traces.size(), 1U);
    Trace const& trace = detection.traces[0];
    EXPECT_EQ(trace.masked_photosites, 1);
    EXPECT_FALSE(trace.saturated);
    EXPECT_NEAR(trace.x, 60.2, 0.5);
    // Photosite (60, 60) is red and holds 15 % of red's light: 90 DN. Its place is taken by the mean of
    // those around, 6 % each; so some 55 DN are missing beside the noise.
    EXPECT_NEAR(trace.flux_dn[0], 600.0 - 55.0, 4.0 * trace.flux_dn_sigma[0]);
    EXPECT_NEAR(trace.flux_dn[1], 900.0, 4.0 * trace.flux_dn_sigma[1]);
}

TEST(DetectTraces, FlagsSaturatedTraces) {
    Recipe const recipe{.seed = 2};
    Frame frame = make_frame(
        recipe,
        {{60.0, 60.0, {6e5, 9e5, 9e5, 3e5}, 2.0}, {180.0, 180.0, {600, 900, 900, 300}, 2.0}});
    for (std::size_t i = 0; i < frame.value.size(); ++i) {
        if (frame.value[i] >= 15'000.0F) {
            frame.value[i] = 15'000.0F;
            frame.mask[i] = cmq::mask_bit::saturated;
        }
    }
    Detection const detection = detect_traces(frame, {});
    ASSERT_EQ(detection.traces.size(), 2U);
    EXPECT_TRUE(detection.traces[0].saturated);
    EXPECT_LT(detection.traces[0].flux_dn[1], 9e5); // a lower limit
    EXPECT_GT(detection.traces[0].flux_dn[1], 1e4);
    EXPECT_NEAR(detection.traces[0].x, 60.0, 1.0);
    EXPECT_FALSE(detection.traces[1].saturated);
    EXPECT_GT(detection.planes[1].saturated_photosites, 0);
}

TEST(DetectTraces, MeasuresBackgroundAndNoise) {
    Recipe const recipe{.shape = {512, 512}, .seed = 12};
    Detection const detection = detect_traces(make_frame(recipe), {});
    for (std::size_t p = 0; p < plane_count; ++p) {
        double const sd = synthetic::noise_sd(recipe, p);
        // 65536 photosites a plane: the mean to sd / 256, the spread to 0.3 %; four of each.
        EXPECT_NEAR(detection.planes[p].level_dn, recipe.level_dn[p], 4.0 * sd / 256.0);
        EXPECT_NEAR(detection.planes[p].noise_dn, sd, 0.01 * sd);
        EXPECT_NEAR(detection.planes[p].spread_ratio, 1.0, 0.015);
        EXPECT_EQ(detection.planes[p].masked_photosites, 0);
    }
    EXPECT_EQ(detection.textured_share, 0.0);
    EXPECT_EQ(detection.tail_factor, 1.0);
    EXPECT_TRUE(detection.warnings.empty());
}

TEST(DetectTraces, TellsWhenNoiseIsLargerThanTheModelSays) {
    Recipe const recipe{.shape = {512, 512}, .seed = 13};
    Frame frame = make_frame(recipe);
    for (std::size_t p = 0; p < plane_count; ++p) {
        frame.noise.gain_dn[p] *= 0.5;
        frame.noise.read_noise_dn[p] *= 0.7;
    }
    for (float& variance : frame.variance) {
        variance *= 0.5F;
    }
    // Twice the variance the model knows: an unmeasured spread would give thousands.
    Detection const detection = detect_traces(frame, {.false_traces_expected = 0.1});
    EXPECT_LE(detection.traces.size(), 2U); // 0.1 expected; 3 or more: 2e-4
    EXPECT_THAT(detection.warnings, testing::Contains(testing::HasSubstr("neighbouring")));
}

TEST(DetectTraces, SeesThroughTextureThatHasAnotherColour) {
    Recipe const recipe{.shape = {512, 512}, .level_dn = {60, 90, 90, 180}, .seed = 14};
    auto const spots = grid_of_spots(recipe, 900.0, 64);
    Frame frame = make_frame(recipe, spots);
    // A weave of 30 % that multiplies all planes alike.
    for (std::size_t y = 0; y < 512; ++y) {
        for (std::size_t x = 0; x < 512; ++x) {
            double const weave = 0.3 * std::sin(0.40 * static_cast<double>(x)) *
                                 std::sin(0.45 * static_cast<double>(y));
            auto const p = static_cast<std::size_t>(
                frame.cfa.at(static_cast<std::ptrdiff_t>(y), static_cast<std::ptrdiff_t>(x)));
            frame.value[y * 512 + x] += static_cast<float>(weave * recipe.level_dn[p]);
        }
    }
    Detection const detection = detect_traces(frame, {});
    EXPECT_GT(detection.textured_share, 0.9);
    EXPECT_THAT(detection.warnings, testing::Contains(testing::HasSubstr("texture")));
    std::size_t found = 0;
    for (Spot const& spot : spots) {
        found += nearest(detection, spot, 4.0) != nullptr ? 1U : 0U;
    }
    for (Trace const& trace : detection.traces) {
        expect_covariance_agrees(trace);
    }
    // Weave moves all planes together: the sum is less sure than planes of their own noise would be.
    Trace const& first = detection.traces.front();
    EXPECT_GT(first.total_flux_dn_sigma,
              std::hypot(std::hypot(first.flux_dn_sigma[0], first.flux_dn_sigma[1]),
                         std::hypot(first.flux_dn_sigma[2], first.flux_dn_sigma[3])));
    // Signal-to-noise 10 to 30 against photons, of which a colour unlike the cloth's keeps half.
    EXPECT_GE(found, spots.size() * 9 / 10);
    EXPECT_LE(detection.traces.size(), found + 1); // 0.01 false ones expected
}

TEST(DetectTraces, ReportsExactlyTheTracesThatTheSmallerPromiseAllows) {
    Recipe const recipe{.shape = {512, 512}, .seed = 15};
    Frame const frame = make_frame(recipe, grid_of_spots(recipe, 260.0, 48));
    Detection const loose = detect_traces(frame, {.false_traces_expected = 1.0});
    Detection const strict = detect_traces(frame, {.false_traces_expected = 0.001});
    EXPECT_GT(strict.threshold, loose.threshold);
    EXPECT_LT(strict.traces.size(), loose.traces.size());
    for (Trace const& trace : loose.traces) {
        EXPECT_LE(trace.log10_nfa, 1e-9);
        EXPECT_GE(trace.snr, loose.threshold * (1.0 - 1e-6));
    }
    for (Trace const& trace : strict.traces) {
        EXPECT_LE(trace.log10_nfa, -3.0 + 1e-6);
    }
}

TEST(DetectTraces, NumbersTracesFromTheTop) {
    Recipe const recipe{.shape = {512, 512}, .seed = 16};
    Detection const detection =
        detect_traces(make_frame(recipe, grid_of_spots(recipe, 900.0, 64)), {});
    for (std::size_t i = 0; i < detection.traces.size(); ++i) {
        EXPECT_EQ(detection.traces[i].id, static_cast<std::int64_t>(i) + 1);
        if (i > 0) {
            EXPECT_LE(detection.traces[i - 1].box[1], detection.traces[i].box[1]);
        }
    }
}

TEST(DetectTraces, GivesTheAxesOfALongTrace) {
    // A row of spots at 30 degrees makes a bar.
    std::vector<Spot> bar;
    for (int i = -10; i <= 10; ++i) {
        bar.push_back({128.0 + 1.5 * i * std::cos(M_PI / 6),
                       128.0 + 1.5 * i * std::sin(M_PI / 6),
                       {100, 150, 150, 80},
                       1.5});
    }
    Detection const detection = detect_traces(make_frame({.seed = 17}, bar), {});
    ASSERT_EQ(detection.traces.size(), 1U);
    EXPECT_GT(detection.traces[0].semi_major, 1.8 * detection.traces[0].semi_minor);
    EXPECT_NEAR(detection.traces[0].angle_rad, M_PI / 6, 0.1);
    EXPECT_NEAR(detection.traces[0].x, 128.0, 1.0);
}

TEST(ToTable, HoldsOneRowATrace) {
    Recipe const recipe{.seed = 18};
    Detection const detection =
        detect_traces(make_frame(recipe, grid_of_spots(recipe, 900.0, 64)), {});
    ASSERT_EQ(detection.traces.size(), 16U);
    cmq::Table const table = cmq::detect::to_table(detection);
    EXPECT_EQ(table.rows(), 16U);
    auto const& flux = std::get<std::vector<double>>(table.column("flux_g1").cells);
    EXPECT_EQ(flux[3], detection.traces[3].flux_dn[1]);
    EXPECT_EQ(table.column("flux_sigma_b").unit, "DN");
}

} // namespace
