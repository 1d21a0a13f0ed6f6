// SPDX-License-Identifier: GPL-3.0-or-later

#include "system/system_message.hpp"

#include <gtest/gtest.h>

#include <cerrno>

namespace {

TEST(SystemMessage, KeepsTheSystemsWordsInEnglish) {
    EXPECT_EQ(cmq::system_message(ENOENT).english(),
              "No such file or directory"); // POSIX strerror of glibc
}

TEST(SystemMessage, SaysTheCommonOnesInFrench) {
    EXPECT_EQ(cmq::system_message(ENOENT).french(), "aucun fichier ni répertoire de ce nom");
    EXPECT_EQ(cmq::system_message(ENOSPC).french(), "disque plein");
}

TEST(SystemMessage, NamesTheNumberOfOthers) {
    EXPECT_EQ(cmq::system_message(EXDEV).french(),
              "erreur 18 du système (Invalid cross-device link)"); // Linux: 18
}

} // namespace
