// SPDX-License-Identifier: GPL-3.0-or-later

/// \file
/// The bits of a JPEG's scan, many at a time. Internal.

#pragma once

#include <bit>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <span>

namespace cmq::capture {

/// Bits, highest first; behind the end or a marker zeros, which is_beyond() tells.
class Bits {
public:
    explicit Bits(std::span<unsigned char const> bytes) : bytes_{bytes} {}

    /// At least 56 bits at the top of held.
    void fill() {
        if (place_ + 8 <= bytes_.size()) {
            std::uint64_t next = 0;
            std::memcpy(&next, bytes_.data() + place_, sizeof next);
            // A byte of ones is a zero byte of the complement, or, with a zero behind it, stuffed: both want a closer look.
            std::uint64_t const inverse = ~next;
            bool const ones = ((inverse - 0x0101010101010101U) & next & 0x8080808080808080U) != 0;
            if (!ones) {
                if constexpr (std::endian::native == std::endian::little) {
                    next = __builtin_bswap64(next);
                }
                // Bits of the last byte that have no room stand there already: the next filling sets them once more.
                held_ |= next >> count_;
                place_ += (63 - count_) / 8;
                count_ |= 56U;
                return;
            }
        }
        *this = filled_slowly(*this);
    }

    /// \pre  fewer than 64 bits
    [[nodiscard]] unsigned top(unsigned length) const {
        return static_cast<unsigned>(held_ >> 1U >> (63U - length));
    }

    [[nodiscard]] std::uint64_t held() const { return held_; }

    /// \pre  so many are held
    void take(unsigned length) {
        held_ <<= length;
        count_ -= length;
    }

    [[nodiscard]] bool is_beyond() const { return beyond_ * 8 > count_; }

private:
    // By value: what a function knows the address of does not stay in registers.
    [[gnu::noinline]] static Bits filled_slowly(Bits bits) {
        while (bits.count_ < 56) {
            bits.held_ |= std::uint64_t{bits.next_byte()} << (56 - bits.count_);
            bits.count_ += 8;
        }
        return bits;
    }

    unsigned next_byte() {
        bool const marker = place_ < bytes_.size() && bytes_[place_] == 0xff &&
                            (place_ + 1 >= bytes_.size() || bytes_[place_ + 1] != 0);
        if (place_ >= bytes_.size() || marker) {
            ++beyond_;
            return 0;
        }
        unsigned const byte = bytes_[place_];
        place_ += byte == 0xff ? 2 : 1; // a zero byte follows each byte of ones
        return byte;
    }

    std::span<unsigned char const> bytes_;
    std::size_t place_ = 0;
    std::uint64_t held_ = 0;
    unsigned count_ = 0;
    std::size_t beyond_ = 0;
};

} // namespace cmq::capture
