// SPDX-License-Identifier: GPL-3.0-or-later

/// \file
/// What a file is worth as evidence: a grade, its reasons, and the facts that either side may hold up.

#pragma once

#include "capture/read_capture.hpp"
#include "capture/read_picture.hpp"
#include "capture/read_tags.hpp"
#include "core/sentence.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace cmq::capture {

enum class Grade : std::uint8_t {
    measurement, ///< photosites with a camera profile: amounts with a known uncertainty
    measurement_uncalibrated, ///< photosites; noise and gain stated by the file, or estimated from it
    screening_only,           ///< a picture: seen or not seen, no colour, no amount
    refused,                  ///< nothing was read
};

[[nodiscard]] std::string_view to_text(Grade grade) noexcept;

/// What was looked for.
enum class FactKind : std::uint8_t {
    tags_unreadable,
    exposure_automatic,
    white_balance_automatic,
    iso_automatic,
    saturation,
    long_exposure, ///< without a dark frame
    flash,
    zoom, ///< digital zoom or crop
    processing,
    account_time, ///< the time that an account states
    times,        ///< time stamps of the tags among each other
    gps_time,
    name_time, ///< a time in the file's name
    software,
    history, ///< of edits
    converted,
    maker_notes, ///< lacking
    preview,     ///< unlike the picture
    gps_position,
    orientation, ///< stated, not applied
    several_pictures,
};

[[nodiscard]] std::string_view to_text(FactKind kind) noexcept;

/// What the kind is called in a list.
[[nodiscard]] Words words(FactKind kind);

enum class FactState : std::uint8_t {
    found,
    not_found,  ///< looked for; says nothing of what leaves no trace
    not_stated, ///< the file does not allow an answer
};

[[nodiscard]] std::string_view to_text(FactState state) noexcept;

/// One fact, in words that take no side.
struct Fact {
    FactKind kind = FactKind::tags_unreadable;
    FactState state = FactState::not_stated;
    Sentence text; ///< where found; else empty
    std::vector<std::string>
        sources; ///< "Exif.Photo.ExposureMode = 0"; none: measured on the picture
};

/// When an account places the picture, by the wall clock of the place.
struct AccountTime {
    std::string time;      ///< "2026-11-21T12:40:00"
    double within_min = 5; ///< differences up to this are no finding
};

/// Reads "2026-11-21 12:40" or "2026-11-21T12:40:30".
/// \throws Error usage  anything else, or a day or time that does not exist
[[nodiscard]] AccountTime to_account_time(std::string_view text, double within_min = 5);

struct WorthSettings {
    std::string file_name{}; ///< without folders; cameras and telephones put a time in it
    bool has_dark = false;   ///< a dark frame of the same exposure comes with it
    std::optional<AccountTime> at{};
};

struct Worth {
    Grade grade = Grade::refused;
    std::vector<Sentence> reasons;
    std::vector<Fact>
        facts; ///< one of each kind, in the order above; account_time only where asked for
};

/// Tags are claims of whoever wrote the file: a fact says what they state and whether that agrees, not what happened.
/// No place, serial number or name is told. Method, limits and sources: docs/methods/file-worth.md.
[[nodiscard]] Worth
assess_worth(Capture const& capture, Tags const& tags, WorthSettings const& settings);
[[nodiscard]] Worth
assess_worth(Picture const& picture, Tags const& tags, WorthSettings const& settings);

/// What the lack of a finding means; printed beside every list of facts.
[[nodiscard]] Words what_not_found_means();

} // namespace cmq::capture
