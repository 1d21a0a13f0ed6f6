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
    explicit Bits(std::span<unsigned char const> bytes) : bytes_{bytes} { look_ahead(); }

    /// At least 56 bits at the top of held. What comes next is fetched here, long before anybody waits for it.
    void fill() {
        if (ahead_is_plain_) [[likely]] {
            // Bits of the last byte that have no room stand there already: the next filling sets them once more.
            held_ |= ahead_ >> count_;
            place_ += (63 - count_) / 8;
            count_ |= 56U;
            look_ahead();
            return;
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

    /// Bits that mean nothing: from now on is_beyond().
    void give_up() { beyond_ = std::size_t{1} << 32U; }

private:
    // The eight bytes behind those that are held, unless one of them wants a closer look: a byte of ones is a marker or
    // has a zero behind it that does not count.
    void look_ahead() {
        ahead_is_plain_ = false;
        if (place_ + 8 <= bytes_.size()) {
            std::uint64_t next = 0;
            std::memcpy(&next, bytes_.data() + place_, sizeof next);
            // A byte of ones is a zero byte of the complement; a zero of `next` behind one may pass for another.
            std::uint64_t const inverse = ~next;
            ahead_is_plain_ = ((inverse - 0x0101010101010101U) & next & 0x8080808080808080U) == 0;
            if constexpr (std::endian::native == std::endian::little) {
                next = __builtin_bswap64(next);
            }
            ahead_ = next;
        }
    }

    // By value: what a function knows the address of does not stay in registers.
    [[gnu::noinline]] static Bits filled_slowly(Bits bits) {
        while (bits.count_ < 56) {
            bits.held_ |= std::uint64_t{bits.next_byte()} << (56 - bits.count_);
            bits.count_ += 8;
        }
        bits.look_ahead();
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
    std::uint64_t ahead_ = 0;
    unsigned count_ = 0;
    bool ahead_is_plain_ = false;
    std::size_t beyond_ = 0;
};

} // namespace cmq::capture
