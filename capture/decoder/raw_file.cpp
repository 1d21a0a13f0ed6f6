// SPDX-License-Identifier: GPL-3.0-or-later

#include "capture/decoder/raw_file.hpp"

#include "capture/lossless/decode_lossless.hpp"

#include <algorithm>
#include <climits>
#include <sys/mman.h>
#include <unistd.h>

namespace cmq::capture {
namespace {

constexpr unsigned most_bits = 16;
// LibRaw reads a difference of 32768 in another way in older files.
constexpr unsigned first_version = 0x01010000;
constexpr unsigned little_endian = 0x4949; // LibRaw's word for it

std::uint64_t number_at(unsigned char const* bytes, bool little) noexcept {
    std::uint64_t value = 0;
    for (std::size_t i = 0; i < 4; ++i) {
        value |= std::uint64_t{bytes[i]} << 8 * (little ? i : 3 - i);
    }
    return value;
}

} // namespace

void RawFile::prefer_own_routine(std::span<unsigned char const> file,
                                 int descriptor,
                                 std::size_t offset) noexcept {
    auto const& data = libraw_internal_data.unpacker_data;
    if (imgdata.idata.dng_version < first_version || imgdata.idata.raw_count > 1 ||
        data.tiff_samples != 1) {
        return;
    }
    file_ = file;
    descriptor_ = descriptor;
    offset_ = offset;
    theirs_ = load_raw;
    load_raw = static_cast<Routine>(&RawFile::load);
}

// The output in memory: LibRaw's own plane is never touched then, and need not be copied.
std::uint16_t* RawFile::map_plane() noexcept {
    auto const& sizes = imgdata.sizes;
    std::size_t const bytes = offset_ + 2 * std::size_t{sizes.raw_width} * sizes.raw_height;
    if (::ftruncate(descriptor_, static_cast<off_t>(bytes)) != 0) {
        return nullptr;
    }
    void* const first = ::mmap(nullptr, bytes, PROT_READ | PROT_WRITE, MAP_SHARED, descriptor_, 0);
    if (first == MAP_FAILED) {
        return nullptr;
    }
#ifdef MADV_POPULATE_WRITE // all pages at once: one by one each costs as much as filling it
    static_cast<void>(::madvise(first, bytes, MADV_POPULATE_WRITE));
#endif
    output_ = {static_cast<unsigned char*>(first), bytes};
    return reinterpret_cast<std::uint16_t*>(output_.data() + offset_);
}

void RawFile::unmap() noexcept {
    if (!output_.empty()) {
        ::munmap(output_.data(), output_.size());
        output_ = {};
    }
}

RawFile::~RawFile() {
    unmap();
}

void RawFile::load() {
    auto const& data = libraw_internal_data.unpacker_data;
    auto* const plane = imgdata.rawdata.raw_image;
    imgdata.rawdata.raw_image = plane != nullptr ? map_plane() : nullptr;
    used_own_ = imgdata.rawdata.raw_image != nullptr &&
                (data.tile_length < INT_MAX ? load_tiles() : load_strip());
    if (!used_own_) {
        imgdata.rawdata.raw_image = plane;
        unmap();
        (this->*theirs_)();
    }
}

std::span<unsigned char const> RawFile::behind(std::uint64_t offset) const noexcept {
    return file_.subspan(std::min<std::uint64_t>(offset, file_.size()));
}

// By the file's table, which for most files says what it is given.
void RawFile::linearise(std::span<std::uint16_t> values) const noexcept {
    auto const& curve = imgdata.color.curve;
    for (std::size_t i = 0; i < std::size(curve); ++i) {
        if (curve[i] != i) {
            for (std::uint16_t& value : values) {
                value = curve[value];
            }
            return;
        }
    }
}

// One JPEG, as wide and high as the picture.
bool RawFile::load_strip() {
    auto const& data = libraw_internal_data.unpacker_data;
    std::size_t const width = imgdata.sizes.raw_width;
    std::span<std::uint16_t> const plane{imgdata.rawdata.raw_image,
                                         width * imgdata.sizes.raw_height};
    auto const end = decode_lossless(behind(static_cast<std::uint64_t>(data.data_offset)),
                                     {.row_samples = width, .bits = most_bits},
                                     plane);
    if (end != LosslessEnd::done) {
        return false;
    }
    linearise(plane);
    return true;
}

// Tiles from left to right and down; what of them lies beyond the picture is left out.
bool RawFile::load_tiles() {
    auto const& data = libraw_internal_data.unpacker_data;
    std::size_t const width = imgdata.sizes.raw_width;
    std::size_t const height = imgdata.sizes.raw_height;
    std::size_t const across = data.tile_width;
    std::size_t const down = data.tile_length;
    auto places = behind(static_cast<std::uint64_t>(data.data_offset));
    if (across == 0 || down == 0 || across > width || down > 65535) {
        return false;
    }
    std::vector<std::uint16_t> tile(across * down);
    for (std::size_t top = 0; top < height; top += down) {
        for (std::size_t left = 0; left < width; left += across) {
            if (places.size() < 4) {
                return false;
            }
            auto const place = number_at(places.data(), data.order == little_endian);
            places = places.subspan(4);
            if (decode_lossless(behind(place), {.row_samples = across, .bits = most_bits}, tile) !=
                LosslessEnd::done) {
                return false;
            }
            linearise(tile);
            std::size_t const columns = std::min(across, width - left);
            for (std::size_t y = 0; y < std::min(down, height - top); ++y) {
                std::copy_n(tile.data() + y * across,
                            columns,
                            imgdata.rawdata.raw_image + (top + y) * width + left);
            }
        }
    }
    return true;
}

} // namespace cmq::capture
