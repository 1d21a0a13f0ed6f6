// SPDX-License-Identifier: GPL-3.0-or-later

/// \file
/// Numbers of 0 or more that neither underflow nor overflow.

#pragma once

#include <cmath>
#include <cstdint>

namespace cmq::lab {

/// A double's precision with an exponent of 64 bits. Some ten times slower than a double; for the rare
/// pass in which doubles fail.
class WideNumber {
public:
    WideNumber() = default;

    explicit WideNumber(double value) {
        int exponent = 0;
        mantissa_ = std::frexp(value, &exponent);
        exponent_ = exponent;
    }

    [[nodiscard]] bool positive() const noexcept { return mantissa_ > 0.0; }

    /// Natural logarithm.
    [[nodiscard]] double log() const {
        return std::log(mantissa_) + static_cast<double>(exponent_) * std::log(2.0);
    }

    [[nodiscard]] explicit operator double() const {
        if (exponent_ < -1100) {
            return 0.0;
        }
        return std::ldexp(mantissa_, static_cast<int>(exponent_)); // sums of a pass are about 1
    }

    WideNumber& operator*=(WideNumber other) noexcept {
        mantissa_ *= other.mantissa_; // 1/4 or more, or 0
        exponent_ += other.exponent_;
        settle();
        return *this;
    }

    WideNumber& operator/=(WideNumber other) noexcept {
        mantissa_ /= other.mantissa_; // above 1/2, below 2
        exponent_ -= other.exponent_;
        settle();
        return *this;
    }

    WideNumber& operator+=(WideNumber other) noexcept {
        if (other.mantissa_ == 0.0) {
            return *this;
        }
        if (mantissa_ == 0.0 || exponent_ < other.exponent_) {
            WideNumber const smaller = *this;
            *this = other;
            other = smaller;
        }
        std::int64_t const apart = exponent_ - other.exponent_;
        if (other.mantissa_ != 0.0 && apart < 64) {
            mantissa_ += std::ldexp(other.mantissa_, -static_cast<int>(apart));
            settle();
        }
        return *this;
    }

    friend WideNumber operator/(WideNumber a, WideNumber b) noexcept { return a /= b; }

private:
    // Back to 1/2 <= mantissa < 1.
    void settle() noexcept {
        if (mantissa_ >= 1.0) {
            mantissa_ *= 0.5;
            ++exponent_;
        } else if (mantissa_ < 0.5) {
            if (mantissa_ == 0.0) {
                exponent_ = 0;
                return;
            }
            mantissa_ *= 2.0;
            --exponent_;
        }
    }

    double mantissa_ = 0.0;
    std::int64_t exponent_ = 0;
};

} // namespace cmq::lab
