// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/render/run_command.hpp"

#include <gtest/gtest.h>

#include <array>
#include <cstdio>
#include <sys/wait.h>

namespace cmq::render::test {

Ran run_command(std::string const& line) {
    Ran ran;
    FILE* const pipe = popen(("{ " + line + " ; } 2>&1").c_str(), "r");
    if (pipe == nullptr) {
        return ran;
    }
    std::array<char, 4096> part{};
    for (std::size_t n = 0; (n = std::fread(part.data(), 1, part.size(), pipe)) > 0;) {
        ran.output.append(part.data(), n);
    }
    int const status = pclose(pipe);
    ran.status = WIFEXITED(status) ? WEXITSTATUS(status) : -1;
    return ran;
}

bool has_program(std::string const& name) {
    return run_command("command -v " + name).status == 0;
}

std::filesystem::path test_folder() {
    auto const* const info = testing::UnitTest::GetInstance()->current_test_info();
    auto const folder = std::filesystem::path{CMQ_BINARY_DIR} / "tests" / "render" / "made" /
                        (std::string{info->test_suite_name()} + "." + info->name());
    std::filesystem::remove_all(folder);
    std::filesystem::create_directories(folder);
    return folder;
}

} // namespace cmq::render::test
