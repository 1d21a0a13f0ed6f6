// SPDX-License-Identifier: GPL-3.0-or-later

/// \file
/// The facts one by one, each from what it needs. Internal to capture.

#pragma once

#include "capture/worth.hpp"

#include <array>
#include <vector>

namespace cmq::capture {

/// The file under examination; one of capture and picture is not null.
struct Examined {
    Capture const* capture;
    Picture const* picture;
    Tags const& tags;
    WorthSettings const& settings;

    [[nodiscard]] bool is_raw() const noexcept { return capture != nullptr; }

    [[nodiscard]] Shape shape() const noexcept {
        return is_raw() ? capture->frame.shape : picture->shape;
    }

    /// Seconds: the decoder's where there is a capture, else the tag's.
    [[nodiscard]] std::optional<double> exposure_s() const;
};

[[nodiscard]] inline Fact make_fact(FactKind kind, FactState state) {
    return {kind, state, {}, {}};
}

[[nodiscard]] inline Fact found(FactKind kind, Sentence text, std::vector<std::string> sources) {
    return {kind, FactState::found, std::move(text), std::move(sources)};
}

/// A number with the decimal sign of each language.
[[nodiscard]] Sentence figure(std::string const& number);

/// "key = value", the value cut at 60 bytes.
[[nodiscard]] std::string source_of(Tag const& tag);

/// Of those keys that the file has.
[[nodiscard]] std::vector<std::string> sources_of(Tags const& tags,
                                                  std::initializer_list<std::string_view> keys);

// worth_settings.cpp
[[nodiscard]] Fact exposure_fact(Examined const& file);
[[nodiscard]] Fact white_balance_fact(Examined const& file);
[[nodiscard]] Fact iso_fact(Examined const& file);
[[nodiscard]] Fact saturation_fact(Examined const& file);
[[nodiscard]] Fact long_exposure_fact(Examined const& file);
[[nodiscard]] Fact flash_fact(Examined const& file);
[[nodiscard]] Fact zoom_fact(Examined const& file);
[[nodiscard]] Fact processing_fact(Examined const& file);
[[nodiscard]] Fact orientation_fact(Examined const& file);
[[nodiscard]] Fact several_pictures_fact(Examined const& file);

// worth_times.cpp
[[nodiscard]] Fact account_time_fact(Examined const& file);
[[nodiscard]] Fact times_fact(Examined const& file);
[[nodiscard]] Fact gps_time_fact(Examined const& file);
[[nodiscard]] Fact name_time_fact(Examined const& file);

// worth_origin.cpp
[[nodiscard]] Fact software_fact(Examined const& file);
[[nodiscard]] Fact history_fact(Examined const& file);
[[nodiscard]] Fact converted_fact(Examined const& file);
[[nodiscard]] Fact maker_notes_fact(Examined const& file);

// worth_preview.cpp
[[nodiscard]] Fact preview_fact(Examined const& file);

} // namespace cmq::capture
