// SPDX-License-Identifier: GPL-3.0-or-later

#include "casefile/case_schema.hpp"
#include "casefile/schema_keys.hpp"
#include "casefile/words.hpp"

#include <array>

namespace cmq::casefile {
namespace {

using enum ValueType;

constexpr std::array library_keys{
    needed(key("name", name)),
    needed(key("label_fr", name)),
    needed(key("label_en", name)),
    needed(key("meaning", name)),
    needed(key("unit", text)),
    needed(key("distribution", numbers)),
    needed(key("conditions", name)),
    needed(key("conditions_fr", name)),
    needed(key("source", name)),
    needed(key("source_fr", name)),
    needed(word_of("grade", words::parameter_grade)),
    needed(key("date", date)),
};
constexpr TableSpec library_table{"parameter", library_keys};

constexpr std::array candidate_keys{
    needed(key("of", name)),
    needed(key("id", name)),
    needed(key("distribution", numbers)),
    needed(key("conditions", name)),
    needed(key("conditions_fr", name)),
    needed(key("source", name)),
    needed(key("source_fr", name)),
    needed(word_of("grade", words::parameter_grade)),
    needed(key("date", date)),
};
constexpr TableSpec candidate_table{"candidate", candidate_keys};

constexpr std::array candidate_file_keys{
    key("schema", integer),
    needed(tables_of("candidate", candidate_table)),
};
constexpr TableSpec candidate_file_table{"", candidate_file_keys};

constexpr std::array library_file_keys{
    key("schema", integer),
    needed(tables_of("parameter", library_table)),
};
constexpr TableSpec library_file_table{"", library_file_keys};

} // namespace

TableSpec const& parameter_schema() noexcept {
    return library_file_table;
}

TableSpec const& candidate_schema() noexcept {
    return candidate_file_table;
}

} // namespace cmq::casefile
