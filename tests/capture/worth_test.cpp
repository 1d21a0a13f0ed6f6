// SPDX-License-Identifier: GPL-3.0-or-later

#include "capture/worth.hpp"

#include "core/error.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <set>

namespace {

using namespace cmq;
using namespace cmq::capture;
using testing::Contains;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::Not;

constexpr Shape shape{128, 192};

// A camera's RAW file with bright and dark places.
Capture raw_file(NoiseOrigin origin = NoiseOrigin::estimated) {
    Capture capture;
    capture.frame.shape = shape;
    capture.frame.noise.origin = origin;
    capture.frame.mask.assign(static_cast<std::size_t>(shape.area()), 0);
    for (std::ptrdiff_t y = 0; y < shape.height; ++y) {
        for (std::ptrdiff_t x = 0; x < shape.width; ++x) {
            double const u = static_cast<double>(x) / 40;
            double const v = static_cast<double>(y) / 25;
            capture.frame.value.push_back(
                static_cast<float>(1000 + 900 * std::sin(u + v) * std::cos(2 * v)));
        }
    }
    return capture;
}

Tags tags_of(std::vector<Tag> all) {
    Tags tags;
    tags.all = std::move(all);
    return tags;
}

Fact fact_of(FactKind kind,
             std::vector<Tag> all,
             Capture const& capture = raw_file(),
             WorthSettings const& settings = {}) {
    Worth const worth = assess_worth(capture, tags_of(std::move(all)), settings);
    auto const found = std::ranges::find(worth.facts, kind, &Fact::kind);
    EXPECT_NE(found, worth.facts.end());
    return found == worth.facts.end() ? Fact{} : *found;
}

FactState state_of(FactKind kind,
                   std::vector<Tag> all,
                   Capture const& capture = raw_file(),
                   WorthSettings const& settings = {}) {
    return fact_of(kind, std::move(all), capture, settings).state;
}

TEST(AssessWorth, GradesByWhatTheNoiseIsKnownFrom) {
    EXPECT_EQ(assess_worth(raw_file(NoiseOrigin::profile), {}, {}).grade, Grade::measurement);
    EXPECT_EQ(assess_worth(raw_file(NoiseOrigin::dng_tag), {}, {}).grade,
              Grade::measurement_uncalibrated);
    EXPECT_EQ(assess_worth(raw_file(), {}, {}).grade, Grade::measurement_uncalibrated);
    Picture picture;
    picture.shape = shape;
    EXPECT_EQ(assess_worth(picture, {}, {}).grade, Grade::screening_only);
}

TEST(AssessWorth, TellsEachKindOnceAndWhatIsFoundInBothLanguages) {
    Worth const worth = assess_worth(raw_file(),
                                     tags_of({{"Exif.Photo.Flash", "1"}}),
                                     {.at = to_account_time("2026-11-21 12:40")});
    std::set<FactKind> kinds;
    for (Fact const& fact : worth.facts) {
        EXPECT_TRUE(kinds.insert(fact.kind).second);
        EXPECT_EQ(fact.text.empty(), fact.state != FactState::found);
        if (fact.state == FactState::found) {
            EXPECT_NE(fact.text.french(), fact.text.english());
        }
    }
    EXPECT_EQ(kinds.size(), 21U);
    EXPECT_EQ(assess_worth(raw_file(), {}, {}).facts.size(), 20U); // no account was given
}

TEST(AssessWorth, FindsAutomaticExposure) {
    constexpr auto kind = FactKind::exposure_automatic;
    EXPECT_EQ(state_of(kind, {}), FactState::not_stated);
    EXPECT_EQ(state_of(kind, {{"Exif.Photo.ExposureProgram", "1"}}), FactState::not_found);
    EXPECT_EQ(state_of(kind, {{"Exif.Photo.ExposureMode", "1"}}), FactState::not_found);
    EXPECT_EQ(state_of(kind, {{"Exif.CanonCs.ExposureProgram", "4"}}), FactState::not_found);
    EXPECT_EQ(state_of(kind, {{"Exif.Photo.ExposureProgram", "0"}}),
              FactState::not_stated); // "not defined"
    Fact const fact = fact_of(kind, {{"Exif.Photo.ExposureProgram", "3"}});
    EXPECT_EQ(fact.state, FactState::found);
    EXPECT_THAT(fact.sources, ElementsAre("Exif.Photo.ExposureProgram = 3"));
    EXPECT_EQ(state_of(kind, {{"Exif.Photo.ExposureMode", "0"}}), FactState::found);
}

TEST(AssessWorth, FindsAutomaticWhiteBalanceAndIso) {
    EXPECT_EQ(state_of(FactKind::white_balance_automatic, {{"Exif.Photo.WhiteBalance", "0"}}),
              FactState::found);
    EXPECT_EQ(state_of(FactKind::white_balance_automatic, {{"Exif.Photo.WhiteBalance", "1"}}),
              FactState::not_found);
    EXPECT_EQ(state_of(FactKind::iso_automatic, {{"Exif.CanonCs.ISOSpeed", "15"}}),
              FactState::found);
    EXPECT_EQ(state_of(FactKind::iso_automatic, {{"Exif.CanonCs.ISOSpeed", "17"}}),
              FactState::not_found);
    EXPECT_EQ(state_of(FactKind::iso_automatic, {{"Exif.CanonCs.ISOSpeed", "0"}}),
              FactState::not_stated);
    EXPECT_EQ(state_of(FactKind::iso_automatic, {{"Exif.Nikon3.ISOSelection", "AUTO"}}),
              FactState::found);
}

TEST(AssessWorth, TellsTheSaturatedShareOfEachPlane) {
    Capture capture = raw_file();
    EXPECT_EQ(state_of(FactKind::saturation, {}, capture), FactState::not_found);
    // A plane has 128 x 192 / 4 = 6144 photosites; 1 % of it 61.44.
    capture.saturated_photosites = {61, 0, 0, 6144};
    Fact const fact = fact_of(FactKind::saturation, {}, capture);
    EXPECT_THAT(fact.text.english(), HasSubstr("R 0.99"));
    EXPECT_THAT(fact.text.french(), HasSubstr("R 0,99"));
    EXPECT_THAT(fact.text.english(), HasSubstr("G1 0"));
    EXPECT_THAT(fact.text.english(), HasSubstr("B 100"));
}

TEST(AssessWorth, FindsLongExposuresWithoutADarkFrame) {
    constexpr auto kind = FactKind::long_exposure;
    Capture capture = raw_file();
    EXPECT_EQ(state_of(kind, {}, capture), FactState::not_stated);
    capture.metadata.exposure_s = 0.99;
    EXPECT_EQ(state_of(kind, {}, capture), FactState::not_found);
    capture.metadata.exposure_s = 4.0;
    EXPECT_THAT(fact_of(kind, {{"Exif.Photo.ExposureTime", "4/1"}}, capture).sources,
                ElementsAre("Exif.Photo.ExposureTime = 4/1"));
    EXPECT_THAT(fact_of(kind, {{"Exif.Photo.ExposureTime", "1/1"}}, capture).sources,
                ElementsAre("ExposureTime = 4.00 (LibRaw)"));
    EXPECT_EQ(state_of(kind, {}, capture, {.has_dark = true}), FactState::not_found);
}

TEST(AssessWorth, FindsFlashZoomProcessingAndRotation) {
    EXPECT_EQ(state_of(FactKind::flash, {{"Exif.Photo.Flash", "25"}}),
              FactState::found); // 0x19: fired, automatic
    EXPECT_EQ(state_of(FactKind::flash, {{"Exif.Photo.Flash", "24"}}), FactState::not_found);
    EXPECT_EQ(state_of(FactKind::zoom, {{"Exif.Photo.DigitalZoomRatio", "3/2"}}), FactState::found);
    EXPECT_EQ(state_of(FactKind::zoom, {{"Exif.Photo.DigitalZoomRatio", "1/1"}}),
              FactState::not_found);
    EXPECT_EQ(state_of(FactKind::zoom, {{"Exif.Photo.DigitalZoomRatio", "0/1"}}),
              FactState::not_found); // "not used"
    EXPECT_EQ(state_of(FactKind::processing, {{"Exif.Image.NoiseReductionApplied", "1/2"}}),
              FactState::found);
    EXPECT_EQ(state_of(FactKind::processing, {{"Exif.Image.NoiseReductionApplied", "0/1"}}),
              FactState::not_found);
    EXPECT_EQ(state_of(FactKind::processing, {{"Exif.Nikon3.NoiseReduction", "OFF"}}),
              FactState::not_found);
    // Of no effect on raw photosites.
    EXPECT_EQ(state_of(FactKind::processing, {{"Exif.Nikon3.HighISONoiseReduction", "6"}}),
              FactState::not_stated);
    EXPECT_EQ(state_of(FactKind::orientation, {{"Exif.Image.Orientation", "6"}}), FactState::found);
    EXPECT_EQ(state_of(FactKind::orientation, {{"Exif.Image.Orientation", "1"}}),
              FactState::not_found);
}

TEST(AssessWorth, ComparesTheTimesOfTheTags) {
    constexpr auto kind = FactKind::times;
    Tag const taken{"Exif.Photo.DateTimeOriginal", "2026:11:21 12:40:00"};
    EXPECT_EQ(state_of(kind, {}), FactState::not_stated);
    EXPECT_EQ(state_of(kind, {taken}), FactState::not_stated); // nothing to compare it with
    EXPECT_EQ(state_of(kind, {taken, {"Exif.Photo.DateTimeDigitized", "2026:11:21 12:40:00"}}),
              FactState::not_found);
    EXPECT_EQ(state_of(kind, {taken, {"Exif.Image.DateTime", "2026:11:21 12:40:02"}}),
              FactState::not_found);
    Capture slow = raw_file();
    slow.metadata.exposure_s = 30; // written when the exposure was over
    EXPECT_EQ(state_of(kind, {taken, {"Exif.Image.DateTime", "2026:11:21 12:40:31"}}, slow),
              FactState::not_found);
    Fact const edited = fact_of(kind, {taken, {"Exif.Image.DateTime", "2026:11:21 14:45:00"}});
    EXPECT_EQ(edited.state, FactState::found);
    EXPECT_THAT(edited.text.english(), HasSubstr("5"));
    EXPECT_THAT(edited.text.english(), HasSubstr("later"));
    EXPECT_THAT(edited.sources,
                ElementsAre("Exif.Photo.DateTimeOriginal = 2026:11:21 12:40:00",
                            "Exif.Image.DateTime = 2026:11:21 14:45:00"));
    Fact const xmp = fact_of(kind, {taken, {"Xmp.xmp.ModifyDate", "2026-11-18T12:40:00.5+01:00"}});
    EXPECT_THAT(xmp.text.english(), AllOf(HasSubstr("3"), HasSubstr("days"), HasSubstr("earlier")));
    EXPECT_EQ(state_of(kind,
                       {taken,
                        {"Exif.Photo.OffsetTimeOriginal", "+01:00"},
                        {"Exif.Photo.OffsetTime", "+02:00"}}),
              FactState::found);
    EXPECT_EQ(state_of(kind,
                       {taken,
                        {"Exif.Photo.SubSecTimeOriginal", "12"},
                        {"Exif.Photo.SubSecTimeDigitized", "57"}}),
              FactState::found);
    // No time at all.
    EXPECT_EQ(state_of(kind, {{"Exif.Photo.DateTimeOriginal", "2026:02:30 12:40:00"}}),
              FactState::not_stated);
    EXPECT_EQ(state_of(kind, {{"Exif.Photo.DateTimeOriginal", "0000:00:00 00:00:00"}}),
              FactState::not_stated);
}

TEST(AssessWorth, ComparesTheClockWithTheGpsTime) {
    constexpr auto kind = FactKind::gps_time;
    Tag const taken{"Exif.Photo.DateTimeOriginal", "2026:11:21 12:40:00"};
    auto const gps = [&](char const* time) {
        return std::vector<Tag>{taken,
                                {"Exif.GPSInfo.GPSDateStamp", "2026:11:21"},
                                {"Exif.GPSInfo.GPSTimeStamp", time}};
    };
    auto const zoned = [&](char const* time) {
        auto all = gps(time);
        all.push_back({"Exif.Photo.OffsetTimeOriginal", "+01:00"});
        return all;
    };
    EXPECT_EQ(state_of(kind, {taken}), FactState::not_stated);
    EXPECT_EQ(state_of(kind, zoned("11/1 39/1 30/1")), FactState::not_found);
    EXPECT_EQ(state_of(kind, zoned("12/1 40/1 0/1")),
              FactState::found); // an hour off, the zone being stated
    EXPECT_EQ(state_of(kind, gps("11/1 40/1 0/1")), FactState::not_found); // some zone explains it
    EXPECT_EQ(state_of(kind, gps("7/1 10/1 30/1")), FactState::not_found); // UTC+5:30
    EXPECT_EQ(state_of(kind, gps("11/1 33/1 0/1")), FactState::found);
    EXPECT_EQ(state_of(kind, gps("99/1 0/1 0/1")), FactState::not_stated);
}

TEST(AssessWorth, ReadsTimesInFileNames) {
    constexpr auto kind = FactKind::name_time;
    std::vector<Tag> const taken{{"Exif.Photo.DateTimeOriginal", "2026:11:21 12:40:00"}};
    auto const named = [&](char const* name) {
        return fact_of(kind, taken, raw_file(), {.file_name = name});
    };
    for (char const* const name : {"IMG_20261121_124003.jpg",
                                   "2026-11-21 12.40.00.png",
                                   "20261121_124000.dng",
                                   "IMG-20261121-WA0001.jpg",
                                   "PXL_20261121_124000123.jpg"}) {
        EXPECT_EQ(named(name).state, FactState::not_found) << name;
    }
    for (char const* const name :
         {"IMG_20261121_131700.jpg", "IMG-20261122-WA0001.jpg", "2025-11-21 12.40.00.png"}) {
        EXPECT_EQ(named(name).state, FactState::found) << name;
    }
    EXPECT_THAT(named("PXL_20261121_114000123.jpg").text.english(), HasSubstr("time zones"));
    for (char const* const name : {"DSC_0001.NEF", "", "12345678.dng", "99991399_000000.dng"}) {
        EXPECT_EQ(named(name).state, FactState::not_stated) << name;
    }
}

TEST(AssessWorth, ComparesTheClockWithAnAccount) {
    constexpr auto kind = FactKind::account_time;
    std::vector<Tag> const taken{{"Exif.Photo.DateTimeOriginal", "2026:11:21 12:40:00"}};
    auto const at = [&](char const* time, double within) {
        return fact_of(kind, taken, raw_file(), {.at = to_account_time(time, within)});
    };
    EXPECT_EQ(at("2026-11-21 12:45", 5).state, FactState::not_found);
    EXPECT_EQ(at("2026-11-21T12:45:01", 5).state, FactState::found);
    EXPECT_EQ(at("2026-11-21 13:30", 60).state, FactState::not_found);
    EXPECT_THAT(at("2026-11-21 13:30", 5).text.english(),
                AllOf(HasSubstr("50"), HasSubstr("earlier")));
    EXPECT_EQ(fact_of(kind, {}, raw_file(), {.at = to_account_time("2026-11-21 12:45")}).state,
              FactState::not_stated);
}

TEST(ToAccountTime, RefusesWhatIsNoMoment) {
    for (char const* const text : {"",
                                   "12:40",
                                   "2026-11-31 12:40",
                                   "2026-11-21 24:40",
                                   "2026-11-21 12:40 h",
                                   "21/11/2026 12:40"}) {
        try {
            static_cast<void>(to_account_time(text));
            FAIL() << text;
        } catch (Error const& error) {
            EXPECT_EQ(error.kind(), ErrorKind::usage);
        }
    }
    EXPECT_THROW(static_cast<void>(to_account_time("2026-11-21 12:40", -1)), Error);
}

TEST(AssessWorth, TellsEditorsFromFirmware) {
    constexpr auto kind = FactKind::software;
    auto const software = [&](char const* text) {
        return state_of(kind,
                        {{"Exif.Image.Make", "Blackmagic Design"},
                         {"Exif.Image.Model", "Model X"},
                         {"Exif.Image.Software", text}});
    };
    EXPECT_EQ(state_of(kind, {}), FactState::not_stated);
    for (char const* const text : {"Ver.1.00 ",
                                   "Firmware Version 1.03",
                                   "ILCE-7M3 v3.10",
                                   "14.3",
                                   "G991BXXU3AUGM",
                                   "HDR+ 1.0.22",
                                   "Model X",
                                   "MediaTek Camera Application"}) {
        EXPECT_EQ(software(text), FactState::not_found) << text;
    }
    for (char const* const text : {"Adobe Photoshop 23.0 (Windows)",
                                   "GIMP 2.10.34",
                                   "Adobe DNG Converter 16.4 (Windows)",
                                   "Snapseed 2.0",
                                   "something of the kind"}) {
        EXPECT_EQ(software(text), FactState::found) << text;
    }
    EXPECT_THAT(fact_of(kind, {{"Exif.Image.Software", "something else"}}).text.english(),
                HasSubstr("not known"));
    EXPECT_EQ(state_of(kind, {{"Xmp.xmp.CreatorTool", "Adobe Lightroom 6"}}), FactState::found);
}

TEST(AssessWorth, FindsHistoryConversionAndMissingMakerNotes) {
    Fact const history = fact_of(FactKind::history,
                                 {{"Xmp.xmpMM.History[1]/stEvt:action", "saved"},
                                  {"Xmp.xmpMM.History[1]/stEvt:instanceID", "xmp.iid:1"}});
    EXPECT_THAT(history.sources, ElementsAre("Xmp.xmpMM.History[1]/stEvt:action = saved"));
    EXPECT_EQ(state_of(FactKind::history, {}), FactState::not_found);
    // The name of the original may be a person's.
    Fact const converted =
        fact_of(FactKind::converted, {{"Exif.Image.OriginalRawFileName", "dupont.NEF"}});
    EXPECT_THAT(converted.sources, ElementsAre("Exif.Image.OriginalRawFileName"));
    EXPECT_EQ(state_of(FactKind::maker_notes, {{"Exif.Image.Make", "NIKON CORPORATION"}}),
              FactState::found);
    EXPECT_EQ(state_of(FactKind::maker_notes,
                       {{"Exif.Image.Make", "NIKON CORPORATION"}, {"Exif.Photo.MakerNote", ""}}),
              FactState::not_found);
    EXPECT_EQ(state_of(FactKind::maker_notes, {{"Exif.Image.Make", "unheard of"}}),
              FactState::not_stated);
}

TEST(AssessWorth, SaysThatThereIsAPositionAndNotWhere) {
    Fact const fact =
        fact_of(FactKind::gps_position, {{"Exif.GPSInfo.GPSLatitude", "48/1 51/1 40/1"}});
    EXPECT_EQ(fact.state, FactState::found);
    EXPECT_THAT(fact.sources, ElementsAre("Exif.GPSInfo.GPSLatitude"));
    EXPECT_EQ(state_of(FactKind::gps_position, {}), FactState::not_found);
}

TEST(AssessWorth, UnreadableTagsLeaveEverythingOpen) {
    Tags tags;
    tags.state = TagsState::damaged;
    for (Fact const& fact : assess_worth(raw_file(), tags, {}).facts) {
        bool const measured =
            fact.kind == FactKind::saturation || fact.kind == FactKind::several_pictures;
        EXPECT_EQ(fact.state,
                  fact.kind == FactKind::tags_unreadable ? FactState::found
                  : measured                             ? FactState::not_found
                                                         : FactState::not_stated)
            << to_text(fact.kind);
    }
}

// ---- preview

// The means of 32 x 32 cells of the frame, by a function of the value; over the plane of all colours.
Preview preview_of(Capture const& capture, Shape pixels, double (*tone)(double)) {
    Preview preview{pixels, {}};
    for (int j = 0; j < 32; ++j) {
        for (int i = 0; i < 32; ++i) {
            auto const y =
                static_cast<std::ptrdiff_t>((j + 0.5) * static_cast<double>(shape.height) / 32);
            auto const x =
                static_cast<std::ptrdiff_t>((i + 0.5) * static_cast<double>(shape.width) / 32);
            preview.means.push_back(static_cast<float>(tone(static_cast<double>(
                capture.frame.value[static_cast<std::size_t>(y * shape.width + x)]))));
        }
    }
    return preview;
}

FactState preview_state(Preview preview) {
    Tags tags;
    tags.preview = std::move(preview);
    Worth const worth = assess_worth(raw_file(), tags, {});
    return std::ranges::find(worth.facts, FactKind::preview, &Fact::kind)->state;
}

double gamma_curve(double value) {
    return 255 * std::pow(value / 2000, 1 / 2.2);
}

TEST(AssessWorth, KnowsThePreviewOfThePictureThroughAToneCurve) {
    Preview const same = preview_of(raw_file(), {128, 192}, gamma_curve);
    EXPECT_EQ(preview_state(same), FactState::not_found);
    // A quarter turn, as telephones store it.
    Preview turned{{192, 128}, std::vector<float>(1024)};
    for (std::size_t y = 0; y < 32; ++y) {
        for (std::size_t x = 0; x < 32; ++x) {
            turned.means[x * 32 + (31 - y)] = same.means[y * 32 + x];
        }
    }
    EXPECT_EQ(preview_state(turned), FactState::not_found);
}

TEST(AssessWorth, FindsAPreviewOfAnotherPicture) {
    Preview other = preview_of(raw_file(), {128, 192}, gamma_curve);
    for (std::size_t i = 0; i < other.means.size(); ++i) {
        other.means[i] = 128 + 100 * std::sin(static_cast<float>(i % 32) / 2) *
                                   std::sin(static_cast<float>(i / 32) * 1.3F);
    }
    EXPECT_EQ(preview_state(other), FactState::found);
    // The negative of the picture.
    EXPECT_EQ(preview_state(preview_of(
                  raw_file(), {128, 192}, [](double value) { return 255 - gamma_curve(value); })),
              FactState::found);
}

TEST(AssessWorth, SaysNothingOfAnEvenPreview) {
    EXPECT_EQ(preview_state(preview_of(raw_file(), {128, 192}, [](double) { return 30.0; })),
              FactState::not_stated);
}

TEST(AssessWorth, FindsAPreviewOfAnotherShape) {
    EXPECT_EQ(preview_state(preview_of(raw_file(), {128, 300}, [](double) { return 30.0; })),
              FactState::found);
}

} // namespace
