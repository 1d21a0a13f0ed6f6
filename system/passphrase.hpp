// SPDX-License-Identifier: GPL-3.0-or-later

/// \file
/// A passphrase that leaves no copy of itself in memory.

#pragma once

#include <cstddef>
#include <memory>
#include <string>
#include <string_view>

namespace cmq {

/// Bytes in memory of their own: not swapped out where the system allows that, between guarded pages, wiped when
/// they go. Moved, never copied.
class Passphrase {
public:
    /// Copies the text and overwrites it with zeros.
    explicit Passphrase(std::string& text);

    [[nodiscard]] std::string_view text() const noexcept { return {bytes_.get(), size_}; }

    /// Characters, counted as UTF-8.
    [[nodiscard]] std::size_t characters() const noexcept;

    friend bool operator==(Passphrase const& a, Passphrase const& b) noexcept {
        return a.text() == b.text();
    }

private:
    struct Wipe {
        void operator()(char* bytes) const noexcept;
    };

    std::unique_ptr<char, Wipe> bytes_;
    std::size_t size_ = 0;
};

/// Overwrites a text with zeros, then empties it; the compiler may not leave that out.
void wipe(std::string& text) noexcept;

} // namespace cmq
