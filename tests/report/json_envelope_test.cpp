// SPDX-License-Identifier: GPL-3.0-or-later

#include "report/json_envelope.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <string>

namespace cmq::report {
namespace {

TEST(JsonEnvelope, HoldsSchemaVersionAndResultsInOrder) {
    std::array<std::string, 2> const results{R"({"b": 1, "a": 2})", "null"};
    EXPECT_EQ(json_envelope(results),
              "{\n  \"schema\": 1,\n  \"version\": \"" + program_version() +
                  "\",\n  \"results\": [\n    {\n      \"b\": 1,\n      \"a\": 2\n    },\n    "
                  "null\n  ]\n}\n");
}

TEST(JsonEnvelope, IsWrittenWithoutResultsToo) {
    EXPECT_NE(json_envelope({}).find("\"results\": []"), std::string::npos);
}

TEST(ProgramVersion, HasThreeNumbers) {
    std::string const version = program_version();
    EXPECT_EQ(std::count(version.begin(), version.end(), '.'), 2) << version;
}

} // namespace
} // namespace cmq::report
