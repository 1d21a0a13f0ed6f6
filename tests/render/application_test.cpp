// SPDX-License-Identifier: GPL-3.0-or-later

#include "render/application.hpp"

#include <QApplication>
#include <gtest/gtest.h>

#include <clocale>
#include <string>

namespace {

TEST(EnsureApplication, MakesOneApplicationWithoutADisplay) {
    cmq::render::ensure_application();
    auto const* const first = QCoreApplication::instance();
    cmq::render::ensure_application();
    EXPECT_EQ(QCoreApplication::instance(), first);
    EXPECT_EQ(QGuiApplication::platformName(), "offscreen");
}

TEST(EnsureApplication, LeavesNumbersWithAPoint) {
    cmq::render::ensure_application();
    EXPECT_STREQ(std::setlocale(LC_NUMERIC, nullptr), "C");
}

} // namespace
