// SPDX-License-Identifier: GPL-3.0-or-later

/// \file
/// Short ways to write the keys of a schema. Internal to casefile.

#pragma once

#include "casefile/case_schema.hpp"

#include <span>
#include <string_view>

namespace cmq::casefile {

constexpr KeySpec key(std::string_view name, ValueType type) {
    return {.name = name, .type = type};
}

constexpr KeySpec word_of(std::string_view name, std::span<std::string_view const> of) {
    return {.name = name, .type = ValueType::word, .words = of};
}

constexpr KeySpec table_of(std::string_view name, TableSpec const& of) {
    return {.name = name, .type = ValueType::table, .table = &of};
}

constexpr KeySpec tables_of(std::string_view name, TableSpec const& of) {
    return {.name = name, .type = ValueType::tables, .table = &of};
}

constexpr KeySpec needed(KeySpec spec) {
    spec.required = true;
    return spec;
}

constexpr KeySpec from_to(KeySpec spec, double low, double high) {
    spec.low = low;
    spec.high = high;
    return spec;
}

constexpr KeySpec at_least(KeySpec spec, double low) {
    spec.low = low;
    return spec;
}

constexpr KeySpec above(KeySpec spec, double low) {
    spec.low = low;
    spec.above_low = true;
    return spec;
}

constexpr KeySpec above_to(KeySpec spec, double low, double high) {
    spec = above(spec, low);
    spec.high = high;
    return spec;
}

constexpr KeySpec probability_of(std::string_view name) {
    return from_to(key(name, ValueType::number), 0.0, 1.0);
}

} // namespace cmq::casefile
