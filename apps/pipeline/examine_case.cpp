// SPDX-License-Identifier: GPL-3.0-or-later

#include "apps/pipeline/examine_case.hpp"

#include "apps/pipeline/case_corrections.hpp"
#include "casefile/read_case.hpp"
#include "core/error.hpp"
#include "system/sha256.hpp"

#include <charconv>
#include <chrono>
#include <cmath>
#include <cstdint>
#include <memory>
#include <string_view>

namespace cmq::pipeline {
namespace {

namespace time = std::chrono;

constexpr double day_s = 86'400;

int number_at(std::string_view text, std::size_t from, std::size_t length) {
    int value = 0;
    std::from_chars(text.data() + from, text.data() + from + length, value);
    return value;
}

std::string two_digits(std::int64_t number) {
    return (number < 10 ? "0" : "") + std::to_string(number);
}

// "2026-11-21" and a time after its midnight, which may lie on another day.
std::optional<std::string> moment_text(std::string_view day, double minutes) {
    if (day.size() != 10 || !(std::abs(minutes) < 1e7)) {
        return {};
    }
    time::year_month_day const date{time::year{number_at(day, 0, 4)},
                                    time::month{static_cast<unsigned>(number_at(day, 5, 2))},
                                    time::day{static_cast<unsigned>(number_at(day, 8, 2))}};
    if (!date.ok()) {
        return {};
    }
    double const seconds = std::round(60 * minutes);
    double const days = std::floor(seconds / day_s);
    time::year_month_day const then{time::sys_days{date} + time::days{static_cast<int>(days)}};
    auto const left = static_cast<std::int64_t>(seconds - days * day_s);
    auto const year = static_cast<int>(then.year());
    if (year < 1970 || year > 9999) {
        return {};
    }
    return std::to_string(year) + '-' + two_digits(static_cast<unsigned>(then.month())) + '-' +
           two_digits(static_cast<unsigned>(then.day())) + 'T' + two_digits(left / 3600) + ':' +
           two_digits(left / 60 % 60) + ':' + two_digits(left % 60);
}

} // namespace

std::optional<capture::AccountTime>
to_account_time_of(casefile::Case const& of, casefile::Capture const& entry, double within_min) {
    auto const moment = entry.at ? moment_text(of.head.day, (*entry.at)->minutes) : std::nullopt;
    if (!moment) {
        return {};
    }
    return capture::AccountTime{*moment, (*entry.at)->uncertainty_min + within_min};
}

std::vector<ExaminedFile> files_named(std::vector<std::string> const& names,
                                      std::optional<capture::AccountTime> const& at,
                                      CalibrationFiles const& calibration,
                                      Readers const& readers) {
    auto const calibrator = std::make_shared<Calibrator const>(calibration, readers);
    std::vector<ExaminedFile> files;
    files.reserve(names.size());
    for (std::string const& name : names) {
        files.push_back({.name = name,
                         .path = name,
                         .at = at,
                         .check = [](std::span<std::byte const>) {},
                         .correct =
                             [calibrator](capture::Capture& capture) {
                                 return calibrator->apply_to_examined(capture);
                             }});
    }
    return files;
}

std::vector<ExaminedFile>
files_of_case(std::filesystem::path const& case_file, double within_min, Readers const& readers) {
    auto const of = std::make_shared<casefile::Case const>(casefile::read_case(case_file));
    if (of->captures.empty()) {
        throw Error{ErrorKind::insufficient,
                    {"l’affaire « {} » n’a aucune image", "the case '{}' has no captures"},
                    case_file.string()};
    }
    auto const corrections = std::make_shared<CaseCorrections const>(
        *of, MeasureSettings{.decoder = readers.decoder, .threads = readers.threads});
    std::vector<ExaminedFile> files;
    files.reserve(of->captures.size());
    for (casefile::Capture const& entry : of->captures) {
        files.push_back({.name = *entry.file,
                         .path = casefile::resolve_path(*of, *entry.file),
                         .at = to_account_time_of(*of, entry, within_min),
                         .check =
                             [of, &entry](std::span<std::byte const> bytes) {
                                 try {
                                     check_origin(*of, entry, sha256_hex(bytes), false);
                                 } catch (Error& error) {
                                     error.at(casefile::to_sentence(entry.file.place));
                                     throw;
                                 }
                             },
                         .correct =
                             [of, &entry, corrections](capture::Capture& capture) {
                                 return corrections->apply_to_examined(entry, capture);
                             }});
    }
    return files;
}

void apply_what_is_known(ExaminedFile const& file,
                         capture::WorthSettings worth,
                         capture::Examination& seen) {
    if (!seen.capture) {
        return;
    }
    worth.has_dark = file.correct(*seen.capture);
    if (worth.has_dark || seen.capture->profile) {
        seen.worth = capture::assess_worth(*seen.capture, seen.tags, worth);
    }
}

} // namespace cmq::pipeline
