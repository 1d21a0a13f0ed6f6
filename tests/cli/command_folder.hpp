// SPDX-License-Identifier: GPL-3.0-or-later

/// \file
/// A folder of a test's own for the files that a command reads and writes.

#pragma once

#include "system/file.hpp"
#include "tests/cli/outcome.hpp"

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include <cstddef>
#include <filesystem>
#include <string>
#include <unistd.h>

namespace cmq::cli::test {

class CommandFolder : public testing::Test {
protected:
    CommandFolder()
        : folder{std::filesystem::temp_directory_path() /
                 ("contremarque-test-" + std::to_string(::getpid()))} {
        std::filesystem::create_directories(folder);
    }

    ~CommandFolder() override {
        std::error_code ignored;
        std::filesystem::remove_all(folder, ignored);
    }

    /// Its path.
    std::string add(std::string const& name, std::string const& text) const {
        auto const path = folder / name;
        write_file(path, text);
        return path.string();
    }

    /// One of the results of a command that was asked for JSON.
    static nlohmann::json result(Outcome const& outcome, std::size_t index = 0) {
        return nlohmann::json::parse(outcome.out).at("results").at(index);
    }

    std::filesystem::path folder;
};

} // namespace cmq::cli::test
