// SPDX-License-Identifier: GPL-3.0-or-later

#include "report/check_svg.hpp"

#include "core/error.hpp"

#include <gtest/gtest.h>

#include <string>

namespace cmq::report {
namespace {

TEST(CheckSvg, LeavesOutWhatComesBefore) {
    EXPECT_EQ(check_svg("<?xml version=\"1.0\"?>\n<svg><g/></svg>\n"), "<svg><g/></svg>");
}

TEST(CheckSvg, LetsTextsSayWhatTheyLike) {
    for (std::string const text :
         {"javascript:alert(1)", "a onload=b", "&lt;script&gt;", "href=http://x"}) {
        std::string const svg = "<svg aria-label=\"" + text + "\"><text>" + text + "</text></svg>";
        EXPECT_EQ(check_svg(svg), svg);
    }
    std::string const inner =
        "<svg><use xlink:href=\"#a\"/><image href='data:image/png;base64,AA'/></svg>";
    EXPECT_EQ(check_svg(inner), inner);
}

TEST(CheckSvg, RefusesWhatRunsOrFetches) {
    for (std::string const inner : {"<script>x</script>",
                                    "<ScRiPt/>",
                                    "<foreignObject/>",
                                    "<iframe src=\"data:image/x\"/>",
                                    "<a href=\"#a\">x</a>",
                                    "<g onload=\"x\"/>",
                                    "<g\nONCLICK = 'x'/>",
                                    "<g a=\"b\"onload=\"x\"/>",
                                    "<g/onload=x>",
                                    "<image href=\"http://x/y.png\"/>",
                                    "<use xlink:href='javascript:x'/>",
                                    "<image src=\"file:///etc/passwd\"/>"}) {
        try {
            (void)check_svg("<svg>" + inner + "</svg>");
            ADD_FAILURE() << inner;
        } catch (Error const& error) {
            EXPECT_EQ(error.kind(), ErrorKind::internal);
        }
    }
}

TEST(CheckSvg, RefusesWhatIsNoSvg) {
    for (std::string const text : {"", "<svg>", "</svg><svg>"}) {
        EXPECT_THROW((void)check_svg(text), Error) << text;
    }
}

} // namespace
} // namespace cmq::report
