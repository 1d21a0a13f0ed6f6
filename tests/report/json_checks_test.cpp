// SPDX-License-Identifier: GPL-3.0-or-later

#include "report/json_checks.hpp"

#include <gtest/gtest.h>

#include <array>
#include <string>

namespace {

using namespace cmq::report;

TEST(JsonChecks, IsGoodUnlessOneIsBad) {
    std::array checks{CheckLine{"output", "good", "", "note.fr.pdf", ""},
                      CheckLine{"capture", "not_checked", "not_asked", "a \"b\"\xff", ""}};
    std::string const good = json_checks(checks);
    EXPECT_NE(good.find("\"good\": true"), std::string::npos);
    EXPECT_NE(good.find("\"a \\\"b\\\"\xef\xbf\xbd\""), std::string::npos) << good;
    checks[0].state = "bad";
    EXPECT_NE(json_checks(checks).find("\"good\": false"), std::string::npos);
    EXPECT_NE(json_checks({}).find("\"checks\": []"), std::string::npos);
}

} // namespace
