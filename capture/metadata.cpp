// SPDX-License-Identifier: GPL-3.0-or-later

#include "capture/metadata.hpp"

#include <algorithm>
#include <array>
#include <chrono>
#include <cmath>
#include <cstring>

namespace cmq::capture {
namespace {

constexpr std::size_t longest_text = 512;

// Bytes of the well-formed UTF-8 sequence at the beginning of the text; 0 if there is none.
// Source: The Unicode Standard 15, table 3-7.
// One branch a row of that table.
// NOLINTNEXTLINE(readability-function-cognitive-complexity): splitting it would part the table
std::size_t sequence_length(std::string_view text) {
    auto const at = [&](std::size_t i) {
        return i < text.size() ? static_cast<unsigned char>(text[i]) : 0U;
    };
    auto const follows = [&](std::size_t i) { return (at(i) & 0xc0U) == 0x80U; };
    unsigned const first = at(0);
    unsigned const second = at(1);
    if (first < 0x80U) {
        return 1;
    }
    if (first >= 0xc2U && first <= 0xdfU) {
        // U+0080 to U+009F are control characters.
        return follows(1) && !(first == 0xc2U && second < 0xa0U) ? 2 : 0;
    }
    if (first >= 0xe0U && first <= 0xefU) {
        bool const shortest = first != 0xe0U || second >= 0xa0U;
        bool const no_surrogate = first != 0xedU || second < 0xa0U;
        return follows(1) && follows(2) && shortest && no_surrogate ? 3 : 0;
    }
    if (first >= 0xf0U && first <= 0xf4U) {
        bool const in_range =
            (first != 0xf0U || second >= 0x90U) && (first != 0xf4U || second < 0x90U);
        return follows(1) && follows(2) && follows(3) && in_range ? 4 : 0;
    }
    return 0;
}

template <std::size_t N>
std::string text_of(std::array<char, N> const& field) {
    return to_printable({field.data(), ::strnlen(field.data(), N)});
}

// No setting of a camera lies outside; a tag that says so was not written by one.
std::optional<double> plausible(std::optional<double> value) {
    constexpr double furthest = 1e9;
    return value && *value >= 1.0 / furthest && *value <= furthest ? value : std::nullopt;
}

bool says_simulated(std::string_view text) {
    static constexpr std::string_view word = "simulated";
    auto const lower = [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; };
    return std::search(text.begin(), text.end(), word.begin(), word.end(), [&](char a, char b) {
               return lower(a) == b;
           }) != text.end();
}

// EXIF writes "2018:01:01 13:03:32"; anything else is left out.
std::string exif_time(std::string const& text) {
    static constexpr std::string_view form = "dddd:dd:dd dd:dd:dd";
    bool const fits = std::ranges::equal(
        text, form, [](char c, char f) { return f == 'd' ? c >= '0' && c <= '9' : c == f; });
    if (!fits || text.starts_with("0000")) {
        return {};
    }
    std::string iso = text;
    iso[4] = iso[7] = '-';
    iso[10] = 'T';
    return iso;
}

// EXIF ExposureProgram: 1 manual, 2 to 8 kinds of automatic; ExposureMode: 0 auto, 1 manual, 2 bracket.
std::optional<bool> is_automatic(std::optional<double> program, std::optional<double> mode) {
    if (program && *program >= 1 && *program <= 8) {
        return *program != 1;
    }
    if (mode && *mode >= 0 && *mode <= 2) {
        return *mode != 1;
    }
    return {};
}

void read_tags(TiffFile const& file, Metadata& metadata) {
    auto const text = [&](std::uint16_t tag, std::string& into) {
        if (auto found = to_printable(file.text(file.find(tag))); !found.empty()) {
            into = std::move(found);
        }
    };
    auto const number = [&](std::uint16_t tag) { return file.number(file.find(tag)); };
    auto const prefer = [&](std::uint16_t tag, std::optional<double>& into) {
        if (auto const value = plausible(number(tag))) {
            into = value;
        }
    };
    text(tiff_tag::make, metadata.make);
    text(tiff_tag::model, metadata.model);
    text(tiff_tag::unique_camera_model, metadata.unique_model);
    text(tiff_tag::software, metadata.software);
    text(tiff_tag::image_description, metadata.description);
    prefer(tiff_tag::iso, metadata.iso);
    prefer(tiff_tag::exposure_time, metadata.exposure_s);
    prefer(tiff_tag::f_number, metadata.f_number);
    prefer(tiff_tag::focal_length, metadata.focal_length_mm);
    if (auto when = exif_time(file.text(file.find(tiff_tag::date_time_original))); !when.empty()) {
        metadata.taken_at = std::move(when);
    }
    if (auto const automatic =
            is_automatic(number(tiff_tag::exposure_program), number(tiff_tag::exposure_mode))) {
        metadata.auto_exposure = automatic;
    }
    if (auto const balance = number(tiff_tag::white_balance); balance && *balance <= 1) {
        metadata.auto_white_balance = *balance == 0;
    }
}

} // namespace

std::string to_printable(std::string_view text) {
    std::string clean;
    while (!text.empty() && clean.size() < longest_text) {
        std::size_t const length = sequence_length(text);
        bool const control =
            length == 1 && (static_cast<unsigned char>(text[0]) < 0x20U || text[0] == 0x7f);
        if (length == 0 || control) {
            clean += '?';
        } else {
            clean += text.substr(0, length);
        }
        text.remove_prefix(std::max<std::size_t>(length, 1));
    }
    auto const first = clean.find_first_not_of(' ');
    return first == std::string::npos
               ? std::string{}
               : clean.substr(first, clean.find_last_not_of(' ') - first + 1);
}

std::string to_timestamp(std::int64_t seconds) {
    constexpr std::int64_t end_of_9999 = 253402300800;
    if (seconds <= 0 || seconds >= end_of_9999) {
        return {};
    }
    namespace time = std::chrono;
    time::sys_days const day{time::floor<time::days>(time::seconds{seconds})};
    time::year_month_day const date{day};
    time::hh_mm_ss const clock{time::seconds{seconds} - day.time_since_epoch()};
    auto const two = [](std::int64_t value) {
        std::string const digits = std::to_string(value);
        return digits.size() < 2 ? "0" + digits : digits;
    };
    return std::to_string(static_cast<int>(date.year())) + '-' +
           two(static_cast<unsigned>(date.month())) + '-' + two(static_cast<unsigned>(date.day())) +
           'T' + two(clock.hours().count()) + ':' + two(clock.minutes().count()) + ':' +
           two(clock.seconds().count());
}

Metadata to_metadata(Answer const& answer, TiffFile const* file) {
    Metadata metadata{.make = text_of(answer.make),
                      .model = text_of(answer.model),
                      .unique_model = text_of(answer.unique_model),
                      .software = text_of(answer.software),
                      .description = text_of(answer.description),
                      .iso = plausible(answer.iso),
                      .exposure_s = plausible(answer.exposure_s),
                      .f_number = plausible(answer.f_number),
                      .focal_length_mm = plausible(answer.focal_length_mm),
                      .taken_at = to_timestamp(answer.timestamp),
                      .auto_exposure = is_automatic(answer.exposure_program, {}),
                      .auto_white_balance = {},
                      .simulated = false};
    // Asked of both sources: a tag that says SIMULATED anywhere may not be overruled by another.
    auto const simulated = [&] {
        return std::ranges::any_of(std::array<std::string_view, 5>{metadata.make,
                                                                   metadata.model,
                                                                   metadata.unique_model,
                                                                   metadata.software,
                                                                   metadata.description},
                                   says_simulated);
    };
    bool const by_decoder = simulated();
    if (answer.is_dng != 0 && metadata.make == "DNG") {
        metadata.make.clear(); // LibRaw's word for a maker that the file does not name
    }
    if (file != nullptr) {
        read_tags(*file, metadata);
    }
    metadata.simulated = by_decoder || simulated();
    // Free text, in which cameras put the name of their owner: told by read_identifying() alone.
    if (!metadata.description.starts_with("SIMULATED")) {
        metadata.description.clear();
    }
    return metadata;
}

Metadata to_metadata(Tags const& tags) {
    auto const text = [&](std::string_view key) { return tags.text(key).value_or(""); };
    auto const number = [&](std::string_view key) { return plausible(tags.number(key)); };
    Metadata metadata{.make = text("Exif.Image.Make"),
                      .model = text("Exif.Image.Model"),
                      .unique_model = text("Exif.Image.UniqueCameraModel"),
                      .software = text("Exif.Image.Software"),
                      .description = text("Exif.Image.ImageDescription"),
                      .iso = number("Exif.Photo.ISOSpeedRatings"),
                      .exposure_s = number("Exif.Photo.ExposureTime"),
                      .f_number = number("Exif.Photo.FNumber"),
                      .focal_length_mm = number("Exif.Photo.FocalLength"),
                      .taken_at = exif_time(text("Exif.Photo.DateTimeOriginal")),
                      .auto_exposure = is_automatic(tags.number("Exif.Photo.ExposureProgram"),
                                                    tags.number("Exif.Photo.ExposureMode")),
                      .auto_white_balance = {},
                      .simulated = false};
    if (auto const balance = tags.number("Exif.Photo.WhiteBalance"); balance && *balance <= 1) {
        metadata.auto_white_balance = *balance == 0;
    }
    metadata.simulated = std::ranges::any_of(std::array<std::string_view, 5>{metadata.make,
                                                                             metadata.model,
                                                                             metadata.unique_model,
                                                                             metadata.software,
                                                                             metadata.description},
                                             says_simulated);
    if (!metadata.description.starts_with("SIMULATED")) {
        metadata.description.clear();
    }
    return metadata;
}

} // namespace cmq::capture
