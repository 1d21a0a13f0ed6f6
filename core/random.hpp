// SPDX-License-Identifier: GPL-3.0-or-later

/// \file
/// Random numbers from a counter-based generator: any draw can be made again on its own.

#pragma once

#include <array>
#include <cstdint>
#include <span>

namespace cmq {

/// One stream of random numbers, named by (seed, task, draw).
///
/// Philox 4x32-10 with key = seed and counter = (task, draw, position): streams with different names
/// are independent, and a stream gives the same bits on any thread, in any order of use.
/// Cheap to make (no warm-up); not to be shared between threads.
/// Source: J. K. Salmon et al., Parallel random numbers: as easy as 1, 2, 3, SC 2011.
class Random {
public:
    Random(std::uint64_t seed, std::uint32_t task, std::uint64_t draw) noexcept;

    [[nodiscard]] std::uint32_t bits32() noexcept;
    [[nodiscard]] std::uint64_t bits64() noexcept;

    /// Uniform in the open interval (0, 1), 53 bits.
    [[nodiscard]] double uniform() noexcept;

    /// Standard normal (Marsaglia's polar method; no state is kept between calls).
    [[nodiscard]] double normal() noexcept;

    /// Gamma with the given shape > 0 and rate 1.
    /// Source: G. Marsaglia, W. W. Tsang, ACM TOMS 26 (2000) 363; boosted by U^(1/a) below shape 1.
    [[nodiscard]] double gamma(double shape) noexcept;

    /// ln of gamma(shape): does not underflow for small shapes.
    [[nodiscard]] double log_gamma_variate(double shape) noexcept;

    /// Beta(a, b), a and b > 0.
    [[nodiscard]] double beta(double a, double b) noexcept;

    /// Poisson with mean >= 0: multiplication below 10, else transformed rejection.
    /// Source: W. Hörmann, Insurance: Mathematics and Economics 12 (1993) 39 (PTRS).
    [[nodiscard]] std::uint64_t poisson(double mean) noexcept;

    /// Index with probability proportional to weights[i] >= 0; their sum must be > 0.
    [[nodiscard]] std::size_t categorical(std::span<double const> weights) noexcept;

private:
    void refill() noexcept;

    std::array<std::uint32_t, 2> key_;
    std::array<std::uint32_t, 3> name_; // task, draw low, draw high
    std::uint32_t position_ = 0;
    std::array<std::uint32_t, 4> buffer_{};
    unsigned used_ = 4;
};

} // namespace cmq
