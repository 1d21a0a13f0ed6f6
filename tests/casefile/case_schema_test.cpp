// SPDX-License-Identifier: GPL-3.0-or-later

#include "casefile/case_schema.hpp"

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include <cmath>
#include <fstream>
#include <set>
#include <sstream>
#include <string>

namespace {

using namespace cmq::casefile;
using Json = nlohmann::json;

std::string text_of(std::string const& name) {
    std::ifstream file{std::string{CMQ_SOURCE_DIR} + "/docs/formats/" + name};
    std::ostringstream text;
    text << file.rdbuf();
    return text.str();
}

// The published definition that "#/$defs/name" points to, or the value itself.
Json resolved(Json const& root, Json const& value) {
    if (value.contains("$ref")) {
        auto const pointer = value["$ref"].get<std::string>().substr(1);
        return root.at(Json::json_pointer{pointer});
    }
    return value;
}

std::string json_type(ValueType type) {
    switch (type) {
    case ValueType::flag:
        return "boolean";
    case ValueType::integer:
        return "integer";
    case ValueType::number:
        return "number";
    case ValueType::names:
    case ValueType::tables:
    case ValueType::values:
        return "array";
    case ValueType::table:
    case ValueType::shares:
    case ValueType::lengths:
    case ValueType::numbers:
        return "object";
    default:
        return "string";
    }
}

void expect_bounds(KeySpec const& spec, Json const& published, std::string const& where) {
    bool const low = std::isfinite(spec.low);
    EXPECT_EQ(published.contains("minimum"), low && !spec.above_low) << where;
    EXPECT_EQ(published.contains("exclusiveMinimum"), low && spec.above_low) << where;
    EXPECT_EQ(published.contains("maximum"), std::isfinite(spec.high)) << where;
    if (published.contains("minimum")) {
        EXPECT_EQ(published["minimum"].get<double>(), spec.low) << where;
    }
    if (published.contains("exclusiveMinimum")) {
        EXPECT_EQ(published["exclusiveMinimum"].get<double>(), spec.low) << where;
    }
    if (published.contains("maximum")) {
        EXPECT_EQ(published["maximum"].get<double>(), spec.high) << where;
    }
}

void expect_same(Json const& root,
                 TableSpec const& spec,
                 Json const& published,
                 std::string const& where);

void expect_same_value(Json const& root,
                       KeySpec const& spec,
                       Json published,
                       std::string const& where) {
    published = resolved(root, published);
    if (spec.type == ValueType::word) {
        std::set<std::string> const words{spec.words.begin(), spec.words.end()};
        EXPECT_EQ(published.at("enum").get<std::set<std::string>>(), words) << where;
        return;
    }
    if (spec.type == ValueType::bilingual) {
        ASSERT_EQ(published.at("oneOf").size(), 2U) << where;
        int const least = spec.required ? 1 : 0;
        EXPECT_EQ(published["oneOf"][0].value("minLength", 0), least) << where;
        for (auto const& [language, text] : published["oneOf"][1]["properties"].items()) {
            EXPECT_EQ(text.value("minLength", 0), least) << where << '.' << language;
        }
        return;
    }
    EXPECT_EQ(published.at("type"), json_type(spec.type)) << where;
    EXPECT_EQ(published.value("format", ""), spec.type == ValueType::date ? "date" : "") << where;
    if (spec.type == ValueType::number || spec.type == ValueType::integer) {
        if (!published.contains("const")) {
            expect_bounds(spec, published, where);
        }
    } else if (spec.type == ValueType::name) {
        EXPECT_EQ(published.value("minLength", 0), 1) << where;
    } else if (spec.type == ValueType::table) {
        expect_same(root, *spec.table, published, where);
    } else if (spec.type == ValueType::tables) {
        expect_same(root, *spec.table, published.at("items"), where + "[]");
    }
}

void expect_same(Json const& root,
                 TableSpec const& spec,
                 Json const& published,
                 std::string const& where) {
    EXPECT_EQ(published.at("additionalProperties"), false) << where;
    std::set<std::string> names;
    std::set<std::string> required;
    for (KeySpec const& key : spec.keys) {
        std::string const name{key.name};
        names.insert(name);
        if (key.required) {
            required.insert(name);
        }
        ASSERT_TRUE(published.at("properties").contains(name)) << where << '.' << name;
        expect_same_value(root, key, published.at("properties").at(name), where + '.' + name);
    }
    for (auto const& [name, value] : published.at("properties").items()) {
        EXPECT_TRUE(names.count(name) == 1) << where << '.' << name << " is published, not read";
    }
    EXPECT_EQ(published.at("required").get<std::set<std::string>>(), required) << where;
}

TEST(CaseSchema, IsTheOneThatIsPublished) {
    Json const root = Json::parse(text_of("case.schema.json"));
    expect_same(root, case_schema(), root, "");
}

void expect_in_words(TableSpec const& spec, std::string const& page) {
    for (KeySpec const& key : spec.keys) {
        std::string const name{key.name};
        std::string const shown =
            key.type == ValueType::tables ? "`[[" + name + "]]`" : "`" + name + "`";
        EXPECT_NE(page.find(shown), std::string::npos) << spec.name << '.' << name;
        for (std::string_view const word : key.words) {
            EXPECT_NE(page.find(std::string{word}), std::string::npos) << word;
        }
        if (key.table != nullptr) {
            expect_in_words(*key.table, page);
        }
    }
}

TEST(CaseSchema, IsDescribedInWords) {
    expect_in_words(case_schema(), text_of("case.toml.md"));
}

TEST(ParameterSchema, IsDescribedInWords) {
    expect_in_words(parameter_schema(), text_of("parameters.toml.md"));
}

} // namespace
