// SPDX-License-Identifier: GPL-3.0-or-later

/// \file
/// Clock readings as tags, accounts and file names write them. Internal to capture.

#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

namespace cmq::capture {

using Seconds = std::int64_t;

/// A clock's reading as seconds since 1970, whatever its time zone.
struct Clock {
    Seconds local = 0;
    bool has_time = true;          ///< false: only a day
    std::optional<Seconds> offset; ///< east of UTC
};

inline constexpr Seconds minute_s = 60;
inline constexpr Seconds quarter_hour_s =
    15 * minute_s; ///< all time zones are multiples of it (IANA, 2024)
inline constexpr Seconds hour_s = 60 * minute_s;
inline constexpr Seconds farthest_zones_s = 26 * hour_s; ///< UTC-12 to UTC+14
inline constexpr Seconds day_s = 24 * hour_s;

/// "2026:11:21 12:40:00" (EXIF) or "2026-11-21T12:40:00.43+01:00" (XMP, ISO 8601).
[[nodiscard]] std::optional<Clock> to_clock(std::string_view text);

/// "+02:00", "Z".
[[nodiscard]] std::optional<Seconds> to_offset(std::string_view text);

/// The day at the beginning of a text, as seconds.
[[nodiscard]] std::optional<Seconds> to_day(std::string_view text);

/// A time that the name of a file gives: "IMG_20261121_124000.jpg", "2026-11-21 12.40.00.png"; of
/// "IMG-20261121-WA0001" the day alone.
[[nodiscard]] std::optional<Clock> clock_of_name(std::string_view name);

/// How far a difference is from the nearest that two time zones may make.
[[nodiscard]] Seconds beyond_zones(Seconds difference) noexcept;

} // namespace cmq::capture
