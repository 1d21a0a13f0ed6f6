// SPDX-License-Identifier: GPL-3.0-or-later

#include "apps/pipeline/kept_pictures.hpp"

#include "core/error.hpp"

#include <gtest/gtest.h>

#include <string>

namespace {

using namespace cmq;

report::Picture picture_of(std::uint8_t colour) {
    report::Picture picture;
    picture.pixels = {.width = 1, .height = 1, .rgb = {colour, colour, colour}};
    picture.marks = {{.x = 0.0, .y = 0.0, .radius = 1.0, .label = "1"}};
    picture.scale_bar = report::ScaleBar{.length_pixels = 1.0, .label = "1 mm"};
    return picture;
}

// A renderer whose PNG is the number of the call that made it.
struct Counting {
    std::shared_ptr<int> calls = std::make_shared<int>(0);

    [[nodiscard]] report::Renderer renderer() const {
        report::Renderer result;
        result.png = [calls = calls](report::Picture const& /*unused*/) {
            ++*calls;
            return std::vector<std::byte>{static_cast<std::byte>(*calls)};
        };
        return result;
    }
};

TEST(WithKeptPictures, EncodesAPictureOnceForAllItsUses) {
    Counting const counting;
    auto const renderer = pipeline::with_kept_pictures(counting.renderer(), 3);
    auto titled = picture_of(1);
    titled.title = "other words";
    titled.caption = "around it";
    EXPECT_EQ(renderer.png(picture_of(1)), renderer.png(titled));
    EXPECT_EQ(*counting.calls, 1);
    EXPECT_EQ(renderer.png(picture_of(1)).size(), 1U); // the third use
    EXPECT_EQ(*counting.calls, 1);
    EXPECT_EQ(renderer.png(picture_of(1)).size(), 1U); // forgotten: made again
    EXPECT_EQ(*counting.calls, 2);
}

TEST(WithKeptPictures, KnowsEachThingThatIsDrawn) {
    Counting const counting;
    auto const renderer = pipeline::with_kept_pictures(counting.renderer(), 100);
    std::vector<report::Picture> different(9, picture_of(1));
    different[1] = picture_of(2);
    different[2].marks[0].x = 0.5;
    different[3].marks[0].label = "2";
    different[4].marks.clear();
    different[5].scale_bar.reset();
    different[6].scale_bar->label = "1,0 mm";
    different[7].scale_bar->length_pixels = 2.0;
    different[8].marks[0].ring = false;
    for (report::Picture const& each : different) {
        static_cast<void>(renderer.png(each));
    }
    EXPECT_EQ(*counting.calls, 9);
}

TEST(WithKeptPictures, KeepsNothingOfAPictureThatCannotBeDrawn) {
    bool fails = true;
    report::Renderer inner;
    inner.png = [&fails](report::Picture const& /*unused*/) {
        if (fails) {
            throw Error{ErrorKind::shape, {"x", "x"}};
        }
        return std::vector<std::byte>{std::byte{7}};
    };
    auto const renderer = pipeline::with_kept_pictures(inner, 2);
    EXPECT_THROW(static_cast<void>(renderer.png(picture_of(1))), Error);
    fails = false;
    EXPECT_EQ(renderer.png(picture_of(1)), std::vector<std::byte>{std::byte{7}});
}

TEST(WithKeptPictures, LeavesABuildWithoutPicturesAsItIs) {
    EXPECT_FALSE(pipeline::with_kept_pictures({}, 4).png);
}

} // namespace
