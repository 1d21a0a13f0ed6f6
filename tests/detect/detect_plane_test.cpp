// SPDX-License-Identifier: GPL-3.0-or-later

#include "detect/detect_plane.hpp"

#include "core/error.hpp"
#include "core/number_text.hpp"
#include "detect/detect_traces.hpp"
#include "detect/row_loops.hpp"
#include "system/processor.hpp"
#include "tests/detect/plane_picture.hpp"

#include <gtest/gtest.h>

#include <array>
#include <cstdio>
#include <filesystem>
#include <iostream>
#include <limits>
#include <sstream>
#include <string>

namespace {

using cmq::ErrorKind;
using cmq::detect::detect_plane;
using cmq::detect::PlaneDetection;
using cmq::detect::PlaneSettings;
using cmq::detect::PlaneTrace;
using plane_picture::make_grid;
using plane_picture::make_picture;
using plane_picture::Picture;
using plane_picture::Spot;

PlaneSettings settings(double promise, unsigned threads = 1) {
    PlaneSettings result;
    result.false_traces_expected = promise;
    result.threads = threads;
    result.noise = plane_picture::noise;
    return result;
}

PlaneTrace const* nearest(PlaneDetection const& detection, Spot const& spot, double reach) {
    PlaneTrace const* best = nullptr;
    for (PlaneTrace const& trace : detection.traces) {
        double const distance = std::hypot(trace.x - spot.x, trace.y - spot.y);
        if (distance < reach) {
            reach = distance;
            best = &trace;
        }
    }
    return best;
}

TEST(DetectPlane, FindsSpotsWithTheirPlaceAndLight) {
    // Signal-to-noise of the ideal filter: 1500 / (sqrt(99) * 2 sqrt(pi) * 1.35) = 31.5.
    std::vector<Spot> const spots = make_grid({640, 960}, 40, 1500.0, 3);
    Picture const picture = make_picture({640, 960}, {90.0, 90.0}, spots, 4);
    PlaneDetection const found = detect_plane(picture.view(), settings(0.01));
    EXPECT_EQ(found.traces.size(), spots.size());
    double sum = 0.0;
    double sum2 = 0.0;
    double place2 = 0.0;
    double n = 0.0;
    for (Spot const& spot : spots) {
        PlaneTrace const* trace = nearest(found, spot, 2.0);
        ASSERT_NE(trace, nullptr);
        double const error = (trace->flux_dn - 0.5 * spot.electrons) / trace->flux_dn_sigma;
        sum += error;
        sum2 += error * error;
        place2 += std::pow(trace->x - spot.x, 2) + std::pow(trace->y - spot.y, 2);
        n += 1.0;
        EXPECT_FALSE(trace->saturated);
        EXPECT_GT(trace->semi_minor, 0.7 * trace->semi_major); // they are round
    }
    ASSERT_GT(n, 300.0);
    // Mean and spread of 384 normal errors are known to 0.05 and 0.036; 4 of those.
    EXPECT_NEAR(sum / n, 0.0, 0.2);
    EXPECT_NEAR(std::sqrt(sum2 / n), 1.0, 0.15);
    // The best unbiased centre has sqrt(2) sd / snr = 0.061 along an axis when the background's noise is
    // all there is; at its peak of 131 electrons a spot raises the variance to 2.3 times at most.
    EXPECT_LT(std::sqrt(0.5 * place2 / n), std::sqrt(2.0 * 2.3) * 1.35 / 31.5);
}

TEST(DetectPlane, GivesTheSameBitsOnOneAndTwoThreads) {
    Picture const picture =
        make_picture({700, 900}, {60.0, 200.0}, make_grid({700, 900}, 70, 700.0, 5), 6);
    auto const text = [&](unsigned threads) {
        auto const table =
            cmq::detect::to_table(detect_plane(picture.view(), settings(1.0, threads)));
        std::string all;
        for (std::size_t row = 0; row < table.rows(); ++row) {
            for (std::size_t column = 0; column < table.columns().size(); ++column) {
                all += table.text(row, column) + ' ';
            }
        }
        return all;
    };
    std::string const one = text(1);
    EXPECT_GT(one.size(), 1000U);
    EXPECT_EQ(one, text(2));
}

TEST(DetectPlane, FollowsALampThatFallsOff) {
    // Three times the light on the right: 0.19 electrons a photosite, 12 a block.
    std::vector<Spot> const spots = make_grid({512, 1024}, 64, 1500.0, 7);
    Picture const picture = make_picture({512, 1024}, {90.0, 290.0}, spots, 8);
    PlaneDetection const found = detect_plane(picture.view(), settings(0.01));
    EXPECT_EQ(found.traces.size(), spots.size());
    for (Spot const& spot : spots) {
        EXPECT_NE(nearest(found, spot, 2.0), nullptr);
    }
}

TEST(DetectPlane, MeasuresTheNoiseWhenItIsNotTold) {
    std::vector<Spot> const spots = make_grid({512, 512}, 64, 1500.0, 9);
    Picture const picture = make_picture({512, 512}, {90.0, 90.0}, spots, 10);
    PlaneSettings unknown = settings(0.01);
    unknown.noise = {};
    EXPECT_EQ(detect_plane(picture.view(), unknown).traces.size(), spots.size());
}

// Neighbours that share their noise make it spread more after the filter (here 1.3 times): it is raised and the
// picture filtered again. What is as strong as noise often is must be kept then too, or the promise is a lie.
TEST(DetectPlane, KeepsWeakTracesWhereNeighboursShareTheirNoise) {
    Picture const white = make_picture({1001, 1501}, {90.0, 90.0}, {}, 12);
    Picture shared{{1000, 1500}, {}};
    for (std::size_t i = 0; i < 1000 * 1501; ++i) {
        if (i % 1501 < 1500) {
            shared.value.push_back(white.value[i] + 0.2F * white.value[i + 1] +
                                   0.2F * white.value[i + 1501] + 0.04F * white.value[i + 1502]);
        }
    }
    PlaneSettings unknown = settings(20.0);
    unknown.noise = {};
    PlaneDetection const found = detect_plane(shared.view(), unknown);
    EXPECT_GT(found.spread_ratio, 1.2);
    EXPECT_FALSE(found.textured);
    EXPECT_GT(found.traces.size(), 8U);
    EXPECT_LT(found.traces.size(), 34U); // 99 % of a Poisson law of 20
}

TEST(DetectPlane, LeavesOutPhotositesWithoutValue) {
    Picture picture = make_picture({256, 320}, {90.0, 90.0}, {{160.0, 60.0, 3000.0}}, 11);
    for (std::size_t y = 100; y < 140; ++y) {
        for (std::size_t x = 50; x < 130; ++x) {
            picture.value[y * 320 + x] = std::numeric_limits<float>::quiet_NaN();
        }
    }
    picture.value[200] = std::numeric_limits<float>::infinity();
    PlaneDetection const found = detect_plane(picture.view(), settings(0.01));
    EXPECT_EQ(found.masked_photosites, 40 * 80 + 1);
    ASSERT_EQ(found.traces.size(), 1U);
    EXPECT_NEAR(found.traces[0].x, 160.0, 0.3);
    EXPECT_NEAR(found.traces[0].y, 60.0, 0.3);
}

TEST(DetectPlane, TellsHotPhotositesFromDroplets) {
    Picture picture = make_picture({256, 256}, {90.0, 90.0}, {{100.0, 100.0, 4000.0, 0.75}}, 12);
    picture.value[50 * 256 + 60] += 1000.0F;
    PlaneDetection const found = detect_plane(picture.view(), settings(0.01));
    ASSERT_EQ(found.traces.size(), 1U);
    EXPECT_NEAR(found.traces[0].x, 100.0, 0.3);
    EXPECT_EQ(found.hot_photosites, 1);
}

TEST(DetectPlane, SaysThatATraceIsSaturated) {
    Picture picture = make_picture({256, 256}, {90.0, 90.0}, {{100.0, 100.0, 90'000.0}}, 13);
    PlaneSettings clipped = settings(0.01);
    clipped.saturation_dn = 2000.0;
    for (float& value : picture.value) {
        value = std::min(value, 2000.0F);
    }
    PlaneDetection const found = detect_plane(picture.view(), clipped);
    ASSERT_GE(found.traces.size(), 1U);
    EXPECT_TRUE(found.traces[0].saturated);
    EXPECT_LT(found.traces[0].flux_dn, 45'000.0);
}

TEST(DetectPlane, RefusesPromisesThatAreNone) {
    Picture const picture = make_picture({64, 64}, {90.0, 90.0}, {}, 14);
    for (double const promise : {0.0, -1.0, 101.0, std::nan("")}) {
        try {
            (void)detect_plane(picture.view(), settings(promise));
            FAIL() << promise;
        } catch (cmq::Error const& error) {
            EXPECT_EQ(error.kind(), ErrorKind::domain);
        }
    }
}

TEST(DetectPlane, RefusesNoiseThatIsNone) {
    Picture const picture = make_picture({64, 64}, {90.0, 90.0}, {}, 14);
    for (double const figure : {-1.0, std::nan(""), std::numeric_limits<double>::infinity()}) {
        PlaneSettings wrong = settings(1.0);
        wrong.noise.gain_dn = figure;
        try {
            (void)detect_plane(picture.view(), wrong);
            FAIL() << figure;
        } catch (cmq::Error const& error) {
            EXPECT_EQ(error.kind(), ErrorKind::domain);
        }
    }
}

TEST(DetectPlane, RefusesSmallPictures) {
    Picture const picture = make_picture({63, 100}, {90.0, 90.0}, {}, 15);
    try {
        (void)detect_plane(picture.view(), settings(1.0));
        FAIL();
    } catch (cmq::Error const& error) {
        EXPECT_EQ(error.kind(), ErrorKind::shape);
    }
}

TEST(DetectPlane, RefusesPicturesWithoutValues) {
    Picture picture = make_picture({128, 128}, {90.0, 90.0}, {}, 16);
    std::fill(picture.value.begin(),
              picture.value.begin() + 128 * 65,
              std::numeric_limits<float>::quiet_NaN());
    try {
        (void)detect_plane(picture.view(), settings(1.0));
        FAIL();
    } catch (cmq::Error const& error) {
        EXPECT_EQ(error.kind(), ErrorKind::insufficient);
    }
}

TEST(DetectPlane, TakesAnyPictureThatHasAShape) {
    // Even ones, one value, two values, and sides that end anywhere in a block.
    for (cmq::Shape const shape : {cmq::Shape{64, 64}, {65, 127}, {191, 129}, {257, 1001}}) {
        for (int kind = 0; kind < 3; ++kind) {
            Picture picture{shape,
                            std::vector<float>(static_cast<std::size_t>(shape.area()), 0.0F)};
            for (std::size_t i = 0; i < picture.value.size(); ++i) {
                picture.value[i] = kind == 0   ? 0.0F
                                   : kind == 1 ? -1e29F
                                               : static_cast<float>(i % 2);
            }
            for (bool const known : {true, false}) {
                PlaneSettings any = settings(1.0);
                any.noise = known ? any.noise : cmq::detect::PlaneNoise{};
                for (PlaneTrace const& trace : detect_plane(picture.view(), any).traces) {
                    EXPECT_TRUE(std::isfinite(trace.flux_dn));
                    EXPECT_TRUE(std::isfinite(trace.x + trace.y + trace.log10_nfa));
                }
            }
        }
    }
}

// ---- the same numbers without AVX2

std::string plane_case() {
    Picture const picture =
        make_picture({519, 805}, {60.0, 200.0}, make_grid({519, 805}, 70, 700.0, 5), 6);
    auto const table = cmq::detect::to_table(detect_plane(picture.view(), settings(1.0)));
    std::string all;
    for (std::size_t row = 0; row < table.rows(); ++row) {
        for (std::size_t column = 0; column < table.columns().size(); ++column) {
            all += table.text(row, column) + ' ';
        }
    }
    return all;
}

std::string four_plane_case() {
    Picture const picture =
        make_picture({512, 512}, {90.0, 90.0}, make_grid({512, 512}, 64, 2500.0, 17), 18);
    cmq::Frame frame;
    frame.shape = picture.shape;
    frame.value = picture.value;
    frame.mask.assign(frame.value.size(), 0);
    frame.variance.assign(frame.value.size(), 0.0F);
    frame.saturation_dn.fill(15'000.0);
    frame.noise.read_noise_dn.fill(plane_picture::noise.read_noise_dn);
    frame.noise.gain_dn.fill(plane_picture::noise.gain_dn);
    for (std::size_t i = 0; i < frame.value.size(); ++i) {
        frame.variance[i] = static_cast<float>(
            frame.noise.variance(cmq::Plane::red, static_cast<double>(frame.value[i])));
    }
    auto const table = cmq::detect::to_table(
        cmq::detect::detect_traces(frame, {.false_traces_expected = 1.0, .threads = 1}));
    std::string all;
    for (std::size_t row = 0; row < table.rows(); ++row) {
        for (std::size_t column = 0; column < table.columns().size(); ++column) {
            all += table.text(row, column) + ' ';
        }
    }
    return all;
}

// Not a test: what the other process prints.
TEST(WithoutAvx2, DISABLED_Print) {
    std::cout << "loops " << cmq::detect::row_loops().name << "\nplane " << plane_case()
              << "\ntraces " << four_plane_case() << '\n';
}

std::string line_of(std::string const& text, std::string const& name) {
    std::istringstream lines{text};
    for (std::string line; std::getline(lines, line);) {
        if (line.rfind(name + ' ', 0) == 0) {
            return line.substr(name.size() + 1);
        }
    }
    return {};
}

void expect_close(std::string const& found, std::string const& expected) {
    std::istringstream a{found};
    std::istringstream b{expected};
    std::string left;
    std::string right;
    std::size_t numbers = 0;
    while (b >> right) {
        ASSERT_TRUE(a >> left);
        double const wanted = cmq::parse_number(right).value();
        EXPECT_NEAR(
            cmq::parse_number(left).value(), wanted, 1e-9 * std::max(1.0, std::abs(wanted)));
        ++numbers;
    }
    EXPECT_FALSE(a >> left);
    EXPECT_GT(numbers, 100U);
}

// What the program prints where the C library leaves out these features of the processor.
std::string print_without(std::string const& features) {
    std::string const program = std::filesystem::read_symlink("/proc/self/exe").string();
    std::string const line = "GLIBC_TUNABLES=glibc.cpu.hwcaps=" + features + " '" + program +
                             "' --gtest_filter=WithoutAvx2.DISABLED_Print"
                             " --gtest_also_run_disabled_tests";
    FILE* const child = popen(line.c_str(), "r");
    EXPECT_NE(child, nullptr);
    std::string text;
    for (std::array<char, 4096> part{};
         std::fgets(part.data(), static_cast<int>(part.size()), child) != nullptr;) {
        text += part.data();
    }
    EXPECT_EQ(pclose(child), 0) << text;
    return text;
}

TEST(WithoutAvx2, GivesTheSameNumbers) {
    std::string const text = print_without("-AVX2,-FMA,-AVX512F");
    EXPECT_EQ(line_of(text, "loops"), "AnyProcessor");
    expect_close(line_of(text, "plane"), plane_case());
    expect_close(line_of(text, "traces"), four_plane_case());
}

TEST(WithoutAvx512, GivesTheSameBits) {
    std::string const text = print_without("-AVX512F");
    EXPECT_EQ(line_of(text, "loops"), cmq::has_avx2() ? "WithAvx2" : "AnyProcessor");
    EXPECT_EQ(line_of(text, "plane"), plane_case());
    EXPECT_EQ(line_of(text, "traces"), four_plane_case());
}

} // namespace
