// SPDX-License-Identifier: GPL-3.0-or-later

/// \file
/// LibRaw with a faster routine for lossless JPEG in DNG files.

#pragma once

#include <libraw/libraw.h>

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace cmq::capture {

/// LibRaw opens the file, says what it is, and sets up what it unpacks to; of one kind of file the photosites are decoded
/// by this project's own routine (capture/lossless), four times as fast as LibRaw's. Whatever that one does not read in
/// full goes to LibRaw's, which then says what is wrong with it.
class RawFile final : public LibRaw {
public:
    RawFile() = default;
    RawFile(RawFile const&) = delete;
    RawFile(RawFile&&) = delete;
    RawFile& operator=(RawFile const&) = delete;
    RawFile& operator=(RawFile&&) = delete;
    ~RawFile() override;

    /// From now on unpack() tries the own routine, where LibRaw has chosen `lossless_dng_load_raw`.
    /// \param file         what was opened; must stay as it is
    /// \param descriptor   of a file that photosites may be written to,
    /// \param offset       from here on
    void prefer_own_routine(std::span<unsigned char const> file,
                            int descriptor,
                            std::size_t offset) noexcept;

    /// Whether the own routine decoded the photosites: then they stand in the file, and raw_image points there.
    [[nodiscard]] bool used_own_routine() const noexcept { return used_own_; }

private:
    using Routine = void (LibRaw::*)();

    void load(); // in place of LibRaw's
    [[nodiscard]] std::uint16_t* map_plane() noexcept;
    void unmap() noexcept;
    [[nodiscard]] bool load_strip();
    [[nodiscard]] bool load_tiles();
    void linearise(std::span<std::uint16_t> values) const noexcept;
    [[nodiscard]] std::span<unsigned char const> behind(std::uint64_t offset) const noexcept;

    std::span<unsigned char const> file_;
    int descriptor_ = -1;
    std::size_t offset_ = 0;
    std::span<unsigned char> output_; // in memory
    Routine theirs_ = nullptr;
    bool used_own_ = false;
};

} // namespace cmq::capture
