// SPDX-License-Identifier: GPL-3.0-or-later

#include "capture/check_tiles.hpp"

#include "core/error.hpp"

namespace cmq::capture {
namespace {

constexpr std::uint32_t no_compression = 1;
constexpr std::uint32_t jpeg_compression = 7;

// Components of a lossless JPEG, from its frame header; 0 for anything else. Markers: ITU-T T.81, table B.1.
std::uint32_t lossless_components(std::span<std::byte const> stream) {
    auto const at = [&](std::size_t i) { return std::to_integer<std::uint32_t>(stream[i]); };
    constexpr std::uint32_t lossless_frame = 0xc3;
    constexpr std::uint32_t scan = 0xda;
    std::size_t place = 2; // behind SOI
    while (place + 10 <= stream.size() && at(place) == 0xff && at(place + 1) != scan) {
        if (at(place + 1) == lossless_frame) {
            return at(place + 9);
        }
        place += 2 + at(place + 2) * 256 + at(place + 3);
    }
    return 0;
}

bool is_read_wrongly(std::span<std::byte const> bytes,
                     TiffFile const& file,
                     TiffDirectory const& directory) {
    auto const value = [&](std::uint16_t tag) {
        return std::uint64_t{file.whole(file.find(directory, tag)).value_or(0)};
    };
    std::uint64_t const width = value(tiff_tag::image_width);
    std::uint64_t const tile = value(tiff_tag::tile_width);
    if (tile > width) {
        return true;
    }
    // The caller has checked that the first tile lies inside the file.
    auto const first =
        bytes.subspan(value(tiff_tag::tile_offsets), value(tiff_tag::tile_byte_counts));
    std::uint32_t const components = lossless_components(first);
    return components > 1 && components * tile == width;
}

} // namespace

void check_tiles(std::span<std::byte const> bytes,
                 TiffFile const& file,
                 TiffDirectory const& directory) {
    auto const* offsets = file.find(directory, tiff_tag::tile_offsets);
    if (offsets == nullptr) {
        return;
    }
    auto const value = [&](std::uint16_t tag) { return file.whole(file.find(directory, tag)); };
    auto const compression = value(tiff_tag::compression);
    bool const in_rows =
        offsets->count == 1 && value(tiff_tag::tile_width) == value(tiff_tag::image_width);
    if (compression == no_compression && !in_rows) {
        throw Error{
            ErrorKind::unsupported,
            {"les photosites sont rangés en carreaux non comprimés, forme que LibRaw ne sait pas "
             "lire ; convertir une copie en DNG comprimé sans perte et garder l’original",
             "the photosites lie in uncompressed tiles, a form that LibRaw cannot unpack; convert "
             "a copy to DNG with lossless compression, and keep the original"}};
    }
    if (compression == jpeg_compression && is_read_wrongly(bytes, file, directory)) {
        throw Error{
            ErrorKind::unsupported,
            {"les photosites sont rangés en carreaux d’une largeur que LibRaw lit de "
             "travers ; convertir une copie en DNG comprimé sans perte et garder l’original",
             "the photosites lie in tiles of a width that LibRaw reads wrongly; convert a "
             "copy to DNG with lossless compression, and keep the original"}};
    }
}

} // namespace cmq::capture
