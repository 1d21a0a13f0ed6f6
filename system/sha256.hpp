// SPDX-License-Identifier: GPL-3.0-or-later

/// \file
/// SHA-256 of bytes.

#pragma once

#include <cstddef>
#include <memory>
#include <span>
#include <string>

namespace cmq {

/// 64 lower-case hexadecimal digits (FIPS 180-4).
[[nodiscard]] std::string sha256_hex(std::span<std::byte const> bytes);

/// The same of bytes that come part by part.
class Sha256 {
public:
    Sha256();
    ~Sha256();
    Sha256(Sha256 const&) = delete;
    Sha256& operator=(Sha256 const&) = delete;
    Sha256(Sha256&&) noexcept;
    Sha256& operator=(Sha256&&) noexcept;

    void add(std::span<std::byte const> bytes);

    /// Of all that was added; nothing may be added after it.
    [[nodiscard]] std::string hex();

private:
    struct State;
    std::unique_ptr<State> state_;
};

} // namespace cmq
