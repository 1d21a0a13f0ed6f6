// SPDX-License-Identifier: GPL-3.0-or-later

/// \file
/// A file descriptor that closes itself.

#pragma once

#include <unistd.h>
#include <utility>

namespace cmq {

/// Owns one descriptor: what opened it hands it over, negative numbers (a failed open) are kept and
/// never closed. Not copied, not moved: it lives where it was made.
class Descriptor {
public:
    explicit Descriptor(int number) noexcept : number_{number} {}

    Descriptor(Descriptor const&) = delete;
    Descriptor& operator=(Descriptor const&) = delete;
    Descriptor(Descriptor&&) = delete;
    Descriptor& operator=(Descriptor&&) = delete;

    ~Descriptor() { (void)close(); }

    /// Negative when there is none.
    [[nodiscard]] int number() const noexcept { return number_; }

    /// Closes at once, for those who must know whether it went well. Closing what is closed is no error.
    /// \return 0, or -1 with errno set: what was written may be lost. Closed in either case.
    [[nodiscard]] int close() noexcept {
        int const number = std::exchange(number_, -1);
        return number < 0 ? 0 : ::close(number);
    }

private:
    int number_;
};

} // namespace cmq
