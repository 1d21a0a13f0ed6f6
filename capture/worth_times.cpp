// SPDX-License-Identifier: GPL-3.0-or-later

#include "capture/worth_clock.hpp"
#include "capture/worth_facts.hpp"
#include "core/error.hpp"
#include "core/number_text.hpp"

#include <algorithm>
#include <array>
#include <chrono>
#include <cmath>
#include <cstdlib>

namespace cmq::capture {
namespace {

Sentence duration(Seconds seconds) {
    Seconds const length = std::abs(seconds);
    if (length < 2 * minute_s) {
        return Sentence{{"{} s", "{} s"}, length};
    }
    if (length < 120 * minute_s) {
        return Sentence{{"{} min", "{} min"}, (length + 30) / minute_s};
    }
    if (length < 2 * day_s) {
        return Sentence{{"{} h {} min", "{} h {} min"}, length / 3600, length % 3600 / minute_s};
    }
    return Sentence{{"{} jours", "{} days"}, (length + day_s / 2) / day_s};
}

// "later" or "earlier", for the first of two.
Sentence direction(Seconds difference) {
    return difference > 0 ? Sentence{{"plus tard", "later"}} : Sentence{{"plus tôt", "earlier"}};
}

struct Stamp {
    std::string_view key;
    Clock clock;
};

std::optional<Stamp> stamp_of(Tags const& tags, std::string_view key) {
    auto const text = tags.text(key);
    auto const clock = text ? to_clock(*text) : std::nullopt;
    return clock ? std::optional{Stamp{key, *clock}} : std::nullopt;
}

// When the picture was taken, by the camera's clock.
std::optional<Stamp> taken(Examined const& file) {
    for (std::string_view const key :
         {"Exif.Photo.DateTimeOriginal", "Exif.Photo.DateTimeDigitized", "Exif.Image.DateTime"}) {
        if (auto const stamp = stamp_of(file.tags, key)) {
            return stamp;
        }
    }
    if (file.is_raw()) {
        if (auto const clock = to_clock(file.capture->metadata.taken_at)) {
            return Stamp{"", *clock};
        }
    }
    return {};
}

std::vector<std::string> taken_sources(Examined const& file, Stamp const& stamp) {
    return stamp.key.empty() ? std::vector{"taken_at = " + file.capture->metadata.taken_at}
                             : sources_of(file.tags, {stamp.key});
}

// The zone that the tags state for the time of taking.
std::optional<Seconds> stated_offset(Tags const& tags) {
    for (std::string_view const key : {"Exif.Photo.OffsetTimeOriginal", "Exif.Photo.OffsetTime"}) {
        if (auto const text = tags.text(key)) {
            if (auto const offset = to_offset(*text)) {
                return offset;
            }
        }
    }
    return {};
}

// Two texts that must be the same if both are there.
bool differ(Tags const& tags, std::string_view one, std::string_view other) {
    auto const a = tags.text(one);
    auto const b = tags.text(other);
    return a && b && *a != *b;
}

} // namespace

Fact times_fact(Examined const& file) {
    constexpr auto kind = FactKind::times;
    auto const first = taken(file);
    if (!first) {
        return make_fact(kind, FactState::not_stated);
    }
    // A camera writes them one after the other, the last when the exposure is over.
    auto const tolerance =
        static_cast<Seconds>(std::ceil(std::min(file.exposure_s().value_or(0), 86400.0))) + 2;
    std::vector<Stamp> others;
    Seconds furthest = 0;
    std::size_t compared = 0;
    for (std::string_view const key : {"Exif.Photo.DateTimeDigitized",
                                       "Exif.Image.DateTime",
                                       "Xmp.exif.DateTimeOriginal",
                                       "Xmp.photoshop.DateCreated",
                                       "Xmp.xmp.CreateDate",
                                       "Xmp.xmp.ModifyDate"}) {
        auto const stamp = stamp_of(file.tags, key);
        if (!stamp || key == first->key) {
            continue;
        }
        ++compared;
        Seconds const difference = stamp->clock.local - first->clock.local;
        if (std::abs(difference) > tolerance) {
            others.push_back(*stamp);
            furthest = std::abs(difference) > std::abs(furthest) ? difference : furthest;
        }
    }
    bool const zones =
        differ(file.tags, "Exif.Photo.OffsetTimeOriginal", "Exif.Photo.OffsetTime") ||
        differ(file.tags, "Exif.Photo.OffsetTimeOriginal", "Exif.Photo.OffsetTimeDigitized");
    bool const fractions =
        differ(file.tags, "Exif.Photo.SubSecTimeOriginal", "Exif.Photo.SubSecTimeDigitized");
    if (others.empty() && !zones && !fractions) {
        return make_fact(kind, compared > 0 ? FactState::not_found : FactState::not_stated);
    }
    auto sources = taken_sources(file, *first);
    for (Stamp const& stamp : others) {
        sources.push_back(source_of(*file.tags.find(stamp.key)));
    }
    if (others.empty()) {
        for (auto& source : sources_of(file.tags,
                                       {"Exif.Photo.OffsetTimeOriginal",
                                        "Exif.Photo.OffsetTime",
                                        "Exif.Photo.OffsetTimeDigitized",
                                        "Exif.Photo.SubSecTimeOriginal",
                                        "Exif.Photo.SubSecTimeDigitized"})) {
            sources.push_back(std::move(source));
        }
        return found(kind,
                     Sentence{{"les fuseaux horaires ou les fractions de seconde des étiquettes "
                               "diffèrent entre eux",
                               "time zones or fractions of a second differ between the tags"}},
                     std::move(sources));
    }
    return found(
        kind,
        Sentence{{"les heures des étiquettes diffèrent ({} {} que la prise de vue) : elles "
                  "ont été écrites à un autre moment, ou par une autre horloge",
                  "times of the tags differ ({} {} than the taking): they were written at "
                  "another time, or by another clock"},
                 duration(furthest),
                 direction(furthest)},
        std::move(sources));
}

Fact gps_time_fact(Examined const& file) {
    constexpr auto kind = FactKind::gps_time;
    auto const first = taken(file);
    auto const date_text = file.tags.text("Exif.GPSInfo.GPSDateStamp");
    auto const* moment = file.tags.find("Exif.GPSInfo.GPSTimeStamp");
    auto const date = date_text ? to_day(*date_text) : std::nullopt;
    if (!first || !date || moment == nullptr) {
        return make_fact(kind, FactState::not_stated);
    }
    // "19/1 24/1 40/1"
    std::array<double, 3> parts{};
    Tags one;
    std::string_view left = moment->value;
    for (double& part : parts) {
        one.all = {{"part", std::string{left.substr(0, left.find(' '))}}};
        part = one.number("part").value_or(-1);
        left.remove_prefix(std::min(left.find(' ') + 1, left.size()));
    }
    if (parts[0] < 0 || parts[0] > 24 || parts[1] < 0 || parts[1] > 60 || parts[2] < 0 ||
        parts[2] > 61) {
        return make_fact(kind, FactState::not_stated);
    }
    Seconds const gps = *date + static_cast<Seconds>(parts[0] * 3600 + parts[1] * 60 + parts[2]);
    auto const offset = stated_offset(file.tags);
    Seconds const difference = first->clock.local - offset.value_or(0) - gps;
    // Without a stated zone only what no zone explains counts.
    Seconds const unexplained = offset ? std::abs(difference) : beyond_zones(difference);
    if (unexplained <= 2 * minute_s) {
        return make_fact(kind, FactState::not_found);
    }
    auto sources = taken_sources(file, *first);
    for (auto& source : sources_of(file.tags,
                                   {"Exif.Photo.OffsetTimeOriginal",
                                    "Exif.GPSInfo.GPSDateStamp",
                                    "Exif.GPSInfo.GPSTimeStamp"})) {
        sources.push_back(std::move(source));
    }
    return offset
               ? found(
                     kind,
                     Sentence{{"l’horloge de l’appareil et l’heure GPS diffèrent de {} ; celle-ci "
                               "est celle du dernier signal reçu",
                               "the camera's clock and the GPS time differ by {}; the latter is "
                               "that of the last signal received"},
                              duration(difference)},
                     std::move(sources))
               : found(
                     kind,
                     Sentence{{"l’horloge de l’appareil et l’heure GPS (universelle) diffèrent de "
                               "{}, ce qu’aucun fuseau horaire n’explique à 2 min près",
                               "the camera's clock and the GPS time (universal) differ by {}, "
                               "which no time zone explains within 2 min"},
                              duration(difference)},
                     std::move(sources));
}

Fact name_time_fact(Examined const& file) {
    constexpr auto kind = FactKind::name_time;
    auto const first = taken(file);
    auto const named = clock_of_name(file.settings.file_name);
    if (!first || !named) {
        return make_fact(kind, FactState::not_stated);
    }
    Seconds const stamp = named->has_time ? first->clock.local : first->clock.local / day_s * day_s;
    Seconds const difference = named->local - stamp;
    if (std::abs(difference) <= minute_s) { // telephones name a file when they save it
        return make_fact(kind, FactState::not_found);
    }
    auto sources = taken_sources(file, *first);
    bool const zone = named->has_time && beyond_zones(difference) <= minute_s;
    return zone ? found(kind,
                        Sentence{
                            {"le nom du fichier donne une heure {} {} que les étiquettes, un écart "
                             "comme entre fuseaux horaires",
                             "the file's name gives a time {} {} than the tags, a difference as "
                             "between time zones"},
                            duration(difference),
                            direction(difference)},
                        std::move(sources))
                : found(kind,
                        Sentence{{"le nom du fichier donne un moment {} {} que les étiquettes",
                                  "the file's name gives a moment {} {} than the tags"},
                                 duration(difference),
                                 direction(difference)},
                        std::move(sources));
}

Fact account_time_fact(Examined const& file) {
    constexpr auto kind = FactKind::account_time;
    auto const first = taken(file);
    auto const stated = file.settings.at ? to_clock(file.settings.at->time) : std::nullopt;
    if (!first || !stated) {
        return make_fact(kind, FactState::not_stated);
    }
    Seconds const difference = first->clock.local - stated->local;
    if (static_cast<double>(std::abs(difference)) <= 60.0 * file.settings.at->within_min) {
        return make_fact(kind, FactState::not_found);
    }
    return found(
        kind,
        Sentence{{"l’horloge de l’appareil place la prise de vue {} {} que l’heure indiquée ; "
                  "personne n’a vérifié cette horloge",
                  "the camera's clock puts the picture {} {} than the time stated; nobody "
                  "has checked that clock"},
                 duration(difference),
                 direction(difference)},
        taken_sources(file, *first));
}

AccountTime to_account_time(std::string_view text, double within_min) {
    auto const clock = to_clock(text);
    bool const whole = text.size() == 16 || text.size() == 19;
    if (!clock || !whole || !(within_min >= 0 && within_min <= 1e6)) {
        throw Error{
            ErrorKind::usage,
            {"« {} » n’est pas un moment de la forme 2026-11-21 12:40, ou l’écart admis n’est "
             "pas un nombre de minutes",
             "'{}' is no moment of the form 2026-11-21 12:40, or the difference allowed is no "
             "number of minutes"},
            text};
    }
    return {std::string{text}, within_min};
}

} // namespace cmq::capture
