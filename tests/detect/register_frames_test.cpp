// SPDX-License-Identifier: GPL-3.0-or-later

#include "detect/register_frames.hpp"

#include "capture/simulate_scene.hpp"
#include "core/error.hpp"
#include "tests/detect/two_lights.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <limits>

namespace {

using namespace cmq::detect; // NOLINT(google-build-using-namespace): a test of one header
using cmq::Frame;
using cmq::Shape;
using testing::Contains;
using two_lights::difference;
using two_lights::expose;
using two_lights::make_scene;
using two_lights::make_transform;

constexpr Shape shape{480, 720};

// ---- known transforms

/// step: 1 all transforms, 3 the second and the last.
void expect_known_transforms_found(std::uint64_t first_seed,
                                   std::uint64_t last_seed,
                                   std::size_t step) {
    struct Known {
        Transform transform;
        TransformModel model;
    };

    std::vector<Known> const all{
        {make_transform(shape, 0.0, 1.0, 0.0, 0.0), TransformModel::similarity},
        {make_transform(shape, 0.0, 1.0, 13.3, -7.7), TransformModel::similarity},
        {make_transform(shape, 2.0, 1.01, 24.0, 11.0), TransformModel::similarity},
        {make_transform(shape, -8.0, 0.92, -60.0, 45.0), TransformModel::similarity},
        {make_transform(shape, 1.0, 0.99, -12.0, 20.0, 0.06), TransformModel::homography},
    };
    double squares = 0.0;
    double count = 0.0;
    for (std::uint64_t seed = first_seed; seed <= last_seed; ++seed) {
        auto const scene = make_scene(shape, seed, 300);
        Frame const uv = expose(scene, shape, Transform{}, {.seed = 10 + seed});
        for (std::size_t k = step == 1 ? 0 : 1; k < all.size(); k += step) {
            Known const& known = all[k];
            Frame const visible =
                expose(scene,
                       shape,
                       known.transform,
                       {.ultraviolet = false, .level_dn = 800.0, .seed = 20 + seed});
            auto const found = register_frames(uv, visible, 2);
            ASSERT_EQ(found.state, RegistrationState::aligned);
            EXPECT_TRUE(found.doubts.empty());
            if (known.model == TransformModel::homography) {
                EXPECT_EQ(found.model, known.model);
            }
            auto const error = difference(found.to_moving, known.transform, shape);
            EXPECT_LT(error.rms, found.residual) << "the residual covers what a place is off";
            EXPECT_LT(error.rms, 1.0);
            squares += error.rms * error.rms / (found.transform_sigma * found.transform_sigma);
            count += 1.0;
        }
    }
    // The error over its stated uncertainty: mean square 1, were tiles independent and chance alone. The five of one
    // scene share their light and err alike: 4 to 8 numbers a scene, so within a factor of some 3.
    EXPECT_LT(squares / count, 4.0);
    EXPECT_GT(squares / count, 0.05);
}

TEST(SlowRegisterFrames, FindsKnownTransformsBetweenTwoLightsAndSaysHowWell) {
    expect_known_transforms_found(1, 1, 3);
}

TEST(SlowRegisterFrames, FindsKnownTransformsOfMoreScenes) {
    expect_known_transforms_found(2, 4, 1);
}

TEST(RegisterFrames, FindsPrintedClothInAnotherColour) {
    cmq::capture::SceneSettings settings;
    settings.shape = {600, 900};
    settings.background.kind = cmq::capture::BackgroundKind::printed;
    settings.background.electrons = {30.0, 60.0, 60.0, 200.0};
    settings.scene_seed = 7;
    settings.seed = 1;
    settings.droplets.resize(1);
    settings.droplets[0].count = 25;
    Frame const uv = cmq::capture::to_frame(cmq::capture::simulate_scene(settings));
    settings.seed = 2;
    settings.background.electrons = {900.0, 700.0, 700.0, 300.0};
    settings.background.print_depth = {
        0.2, 0.6, 0.6, 0.8}; // another colour, as ink has in daylight
    settings.droplets.clear();
    Frame const visible = cmq::capture::to_frame(cmq::capture::simulate_scene(settings));
    auto const found = register_frames(uv, visible, 1);
    EXPECT_EQ(found.state, RegistrationState::aligned);
    EXPECT_LT(difference(found.to_moving, Transform{}, settings.shape).rms, 0.05);
}

TEST(RegisterFrames, GivesTheSameBitsOnAnyNumberOfThreads) {
    constexpr Shape small{240, 320};
    auto const scene = make_scene(small, 5, 100);
    Frame const uv = expose(scene, small, Transform{}, {.seed = 1});
    Frame const visible = expose(scene,
                                 small,
                                 make_transform(small, 1.0, 1.0, 5.0, 5.0),
                                 {.ultraviolet = false, .level_dn = 500.0, .seed = 2});
    auto const one = register_frames(uv, visible, 1);
    auto const two = register_frames(uv, visible, 2);
    EXPECT_EQ(one.to_moving.matrix, two.to_moving.matrix);
    EXPECT_EQ(one.residual, two.residual);
    EXPECT_EQ(one.peak_z, two.peak_z);
}

TEST(RegisterFrames, TakesAnotherSizeOfTheSameView) {
    auto const scene = make_scene(shape, 6, 300);
    Frame const uv = expose(scene, shape, Transform{}, {.seed = 1});
    // Two thirds of the photosites each way: centres of photosites (x + 1/2) 2/3 - 1/2.
    Transform transform;
    transform.matrix = {2.0 / 3.0, 0.0, -1.0 / 6.0, 0.0, 2.0 / 3.0, -1.0 / 6.0, 0.0, 0.0, 1.0};
    Frame const small = expose(scene,
                               {shape.height * 2 / 3, shape.width * 2 / 3},
                               transform,
                               {.ultraviolet = false, .level_dn = 800.0, .seed = 2});
    auto const found = register_frames(uv, small, 2);
    EXPECT_EQ(found.state, RegistrationState::aligned);
    EXPECT_LT(difference(found.to_moving, transform, shape).rms, 0.5);
}

// ---- refusals to trust

TEST(RegisterFrames, TrustsNoUnrelatedPictures) {
    Frame const uv = expose(make_scene(shape, 1, 300), shape, Transform{}, {.seed = 31});
    Frame const other = expose(make_scene(shape, 51, 300),
                               shape,
                               Transform{},
                               {.ultraviolet = false, .level_dn = 800.0, .seed = 41});
    auto const found = register_frames(uv, other, 2);
    EXPECT_EQ(found.state, RegistrationState::cannot_be_trusted);
    EXPECT_FALSE(found.doubts.empty());
}

TEST(SlowRegisterFrames, TrustsNoneOfManyUnrelatedPictures) {
    for (std::uint64_t seed = 100; seed < 110; ++seed) {
        Frame const one = expose(make_scene(shape, seed, 300), shape, Transform{}, {.seed = seed});
        bool const same_light = seed % 2 == 0;
        Frame const other =
            expose(make_scene(shape, 1000 + seed, 300),
                   shape,
                   Transform{},
                   {.ultraviolet = same_light, .level_dn = 300.0, .seed = seed + 1});
        EXPECT_EQ(register_frames(one, other, 2).state, RegistrationState::cannot_be_trusted)
            << seed;
    }
}

TEST(RegisterFrames, TrustsNoBlankFrame) {
    auto const scene = make_scene(shape, 3, 300);
    Frame const uv = expose(scene, shape, Transform{}, {.seed = 1});
    Frame const blank = expose(scene,
                               shape,
                               Transform{},
                               {.ultraviolet = false, .level_dn = 800.0, .depth = 0.0, .seed = 2});
    for (auto const& found : {register_frames(uv, blank, 2), register_frames(blank, uv, 2)}) {
        EXPECT_EQ(found.state, RegistrationState::cannot_be_trusted);
        EXPECT_THAT(found.doubts, Contains(RegistrationDoubt::little_structure));
    }
}

TEST(SlowRegisterFrames, TrustsNoMirrorImage) {
    auto const scene = make_scene(shape, 4, 300);
    Frame const uv = expose(scene, shape, Transform{}, {.seed = 1});
    Transform mirror;
    mirror.matrix = {-1.0, 0.0, static_cast<double>(shape.width - 1), 0.0, 1.0, 0.0, 0.0, 0.0, 1.0};
    Frame const other =
        expose(scene, shape, mirror, {.ultraviolet = false, .level_dn = 800.0, .seed = 2});
    EXPECT_EQ(register_frames(uv, other, 2).state, RegistrationState::cannot_be_trusted);
}

TEST(SlowRegisterFrames, TrustsNoRegularPattern) {
    cmq::capture::SceneSettings settings;
    settings.shape = {600, 900};
    settings.background.kind = cmq::capture::BackgroundKind::printed;
    settings.background.print_pattern = cmq::capture::PrintPattern::dots;
    settings.background.weave_depth = 0.0;
    settings.background.fold_depth = 0.0;
    settings.burn_mark = false;
    Frame const one = cmq::capture::to_frame(cmq::capture::simulate_scene(settings));
    settings.seed = 2;
    Frame const other = cmq::capture::to_frame(cmq::capture::simulate_scene(settings));
    auto const found = register_frames(one, other, 2);
    EXPECT_EQ(found.state, RegistrationState::cannot_be_trusted);
    EXPECT_THAT(found.doubts, Contains(RegistrationDoubt::ambiguous));
}

TEST(RegisterFrames, TrustsNoSizesThatDifferByMoreThanTwo) {
    auto const scene = make_scene(shape, 4, 100);
    Frame const uv = expose(scene, shape, Transform{}, {.seed = 1});
    Frame const small = expose(scene, {200, 300}, Transform{}, {.seed = 1});
    EXPECT_THAT(register_frames(uv, small, 1).doubts, Contains(RegistrationDoubt::implausible));
}

template <class Change>
cmq::ErrorKind refusal(Change const& change) {
    Frame frame = expose(make_scene({64, 64}, 1, 10), {64, 64}, Transform{}, {.seed = 1});
    Frame other = frame;
    change(other);
    try {
        static_cast<void>(register_frames(frame, other, 1));
    } catch (cmq::Error const& error) {
        return error.kind();
    }
    return cmq::ErrorKind::internal;
}

TEST(RegisterFrames, RefusesSmallFrames) {
    EXPECT_EQ(refusal([](Frame& f) {
                  f = expose(make_scene({62, 80}, 1, 10), {62, 80}, Transform{}, {.seed = 1});
              }),
              cmq::ErrorKind::shape);
}

TEST(RegisterFrames, RefusesValuesThatAreNotFinite) {
    EXPECT_EQ(refusal([](Frame& f) { f.value[77] = std::numeric_limits<float>::quiet_NaN(); }),
              cmq::ErrorKind::domain);
}

TEST(RegisterFrames, PassesOverMaskedPhotosites) {
    EXPECT_EQ(refusal([](Frame& f) {
                  f.value[77] = std::numeric_limits<float>::infinity();
                  f.mask[77] = cmq::mask_bit::hot;
              }),
              cmq::ErrorKind::internal);
}

// ---- maps

TEST(Transform, IsUndoneByItsInverse) {
    auto const transform = make_transform(shape, 11.0, 1.3, -40.0, 70.0, 0.1);
    auto const back = transform.inverse();
    for (Place const place : {Place{0.0, 0.0}, Place{719.0, 3.0}, Place{123.4, 479.0}}) {
        Place const there = transform.map(place);
        Place const here = back.map(there);
        EXPECT_NEAR(here.x, place.x, 1e-9);
        EXPECT_NEAR(here.y, place.y, 1e-9);
    }
    // By hand: the middle goes to the middle and the shift, whatever the perspective.
    Place const middle = transform.map({359.5, 239.5});
    EXPECT_NEAR(middle.x, 319.5, 1e-9);
    EXPECT_NEAR(middle.y, 309.5, 1e-9);
}

TEST(ResampleOnto, BringsEachColourToItsPlaceAndSaysWhatIsNotSeen) {
    // Values linear in the place: bilinear interpolation gives them back exactly, up to the edge of a plane.
    Frame frame;
    frame.shape = {80, 100};
    for (std::ptrdiff_t y = 0; y < 80; ++y) {
        for (std::ptrdiff_t x = 0; x < 100; ++x) {
            double const plane = static_cast<double>(frame.cfa.at(y, x));
            frame.value.push_back(static_cast<float>(1000.0 * plane + 3.0 * static_cast<double>(x) +
                                                     2.0 * static_cast<double>(y)));
        }
    }
    frame.mask.assign(frame.value.size(), 0);
    auto const shift = make_transform({60, 60}, 0.0, 1.0, 50.25, 10.0);
    auto const picture = resample_onto({60, 60}, frame, shift, 2);
    ASSERT_EQ(picture.cells, (Shape{30, 30}));
    std::size_t const cell = 5 * 30 + 10;          // its centre: (20.5, 10.5)
    double const light = 3.0 * 70.75 + 2.0 * 20.5; // at (70.75, 20.5)
    EXPECT_EQ(picture.is_seen[cell], 1);
    EXPECT_NEAR(static_cast<double>(picture.red[cell]), light, 1e-2);
    EXPECT_NEAR(static_cast<double>(picture.green[cell]), 1500.0 + light, 1e-2);
    EXPECT_NEAR(static_cast<double>(picture.blue[cell]), 3000.0 + light, 1e-2);
    std::size_t const beyond = 5 * 30 + 29; // x = 58.5 + 50.25
    EXPECT_EQ(picture.is_seen[beyond], 0);
    EXPECT_EQ(picture.red[beyond], 0.0F);
}

} // namespace
