// SPDX-License-Identifier: GPL-3.0-or-later

/// \file
/// The keys of [marker] and [[reading]]. Internal: part of case_schema.cpp.

#pragma once

#include "casefile/case_schema.hpp"
#include "casefile/words.hpp"

#include <array>

namespace cmq::casefile {

inline constexpr double most_reading_files = 100.0;

constexpr KeySpec reading_names(std::string_view name, double fewest) {
    return {.name = name, .type = ValueType::names, .low = fewest, .high = most_reading_files};
}

constexpr KeySpec reading_rate(std::string_view name, bool above_zero) {
    return {
        .name = name, .type = ValueType::number, .low = 0.0, .high = 1.0, .above_low = above_zero};
}

inline constexpr std::array marker_keys{
    KeySpec{.name = "lot", .type = ValueType::name, .required = true},
    KeySpec{.name = "registry", .type = ValueType::name},
    KeySpec{.name = "registry_sha256", .type = ValueType::name},
    reading_names("arrested_by", 0.0),
    reading_names("searched_by", 0.0),
    reading_names("vehicles", 0.0),
};
inline constexpr TableSpec marker_table{"marker", marker_keys};

/// `at` and `source` are tables of the case file.
template <TableSpec const& moment, TableSpec const& source>
inline constexpr std::array reading_keys{
    KeySpec{.name = "id", .type = ValueType::name},
    KeySpec{.name = "zone", .type = ValueType::name, .required = true},
    reading_names("files", 1.0),
    reading_names("sha256", 1.0),
    reading_names("negative_controls", 0.0),
    reading_names("extraction_controls", 0.0),
    reading_names("environment_controls", 0.0),
    reading_names("positive_controls", 0.0),
    KeySpec{.name = "forward", .type = ValueType::name},
    KeySpec{.name = "reverse", .type = ValueType::name},
    KeySpec{.name = "umi", .type = ValueType::integer, .low = 0.0, .high = 32.0},
    KeySpec{.name = "code", .type = ValueType::name},
    KeySpec{.name = "result", .type = ValueType::word, .words = words::reading_result},
    reading_rate("error_rate", true),
    reading_rate("clerical_error_rate", false),
    reading_rate("miss_rate", false),
    KeySpec{.name = "rates_source", .type = ValueType::name},
    KeySpec{.name = "laboratory", .type = ValueType::name},
    KeySpec{.name = "run", .type = ValueType::name},
    KeySpec{.name = "examiner", .type = ValueType::name},
    reading_names("swabbed_by", 0.0),
    KeySpec{.name = "at", .type = ValueType::table, .table = &moment},
    KeySpec{.name = "source", .type = ValueType::table, .table = &source},
};

} // namespace cmq::casefile
