// SPDX-License-Identifier: GPL-3.0-or-later

/// \file
/// When this run did what: the one output that differs between two runs of the same case.

#pragma once

#include <chrono>
#include <string>
#include <string_view>

namespace cmq::pipeline {

/// Reads the clock; nothing that it gives enters a result.
class RunLog {
public:
    RunLog();

    /// Notes that a step has ended, with the seconds since the one before.
    void step(std::string_view what);

    /// Notes what is worth knowing, without a time.
    void note(std::string_view what);

    [[nodiscard]] std::string const& text() const noexcept { return text_; }

private:
    std::chrono::steady_clock::time_point last_;
    std::string text_;
};

} // namespace cmq::pipeline
