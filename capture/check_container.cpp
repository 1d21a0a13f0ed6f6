// SPDX-License-Identifier: GPL-3.0-or-later

#include "capture/check_container.hpp"

#include "capture/check_tiles.hpp"
#include "capture/tiff_tags.hpp"
#include "core/error.hpp"

#include <algorithm>
#include <string>
#include <string_view>

namespace cmq::capture {
namespace {

using Bytes = std::span<std::byte const>;

template <class... Texts>
[[noreturn]] void cut_short(Form<sizeof...(Texts)> what, Texts const&... texts) {
    throw Error{
        ErrorKind::format,
        {"{} : hors du fichier, qui est tronqué ou endommagé ; en demander une copie complète",
         "{} lies outside the file: it is cut short or damaged; ask for a complete copy"},
        Sentence{what, texts...}};
}

bool holds(Bytes bytes, std::size_t place, std::string_view words) noexcept {
    return bytes.size() >= place + words.size() &&
           std::ranges::equal(words, bytes.subspan(place, words.size()), {}, [](char c) {
               return static_cast<std::byte>(c);
           });
}

// Caller has checked that the bytes are there.
std::uint64_t read(Bytes bytes, std::size_t place, std::size_t count, bool little_endian) noexcept {
    std::uint64_t value = 0;
    for (std::size_t i = 0; i < count; ++i) {
        std::size_t const from = little_endian ? count - 1 - i : i;
        value = value << 8U | std::to_integer<std::uint64_t>(bytes[place + from]);
    }
    return value;
}

bool inside(Bytes bytes, std::uint64_t place, std::uint64_t length) noexcept {
    return place <= bytes.size() && length <= bytes.size() - place;
}

// The strips or tiles of one directory.
struct Pieces {
    TiffEntry const* offsets = nullptr;
    TiffEntry const* counts = nullptr;
    std::uint64_t expected = 0; // how many there must be; 0: the file does not say
};

Pieces pieces_of(TiffFile const& file, TiffDirectory const& directory) {
    auto const value = [&](std::uint16_t tag) {
        return std::uint64_t{file.whole(file.find(directory, tag)).value_or(0)};
    };
    auto const parts = [](std::uint64_t whole, std::uint64_t part) {
        return part == 0 ? 0 : (whole + part - 1) / part;
    };
    std::uint64_t const width = value(tiff_tag::image_width);
    std::uint64_t const height = value(tiff_tag::image_length);
    if (auto const* offsets = file.find(directory, tiff_tag::tile_offsets)) {
        return {offsets,
                file.find(directory, tiff_tag::tile_byte_counts),
                parts(width, value(tiff_tag::tile_width)) *
                    parts(height, value(tiff_tag::tile_length))};
    }
    return {file.find(directory, tiff_tag::strip_offsets),
            file.find(directory, tiff_tag::strip_byte_counts),
            parts(height, value(tiff_tag::rows_per_strip))};
}

// An uncompressed mosaic cannot be shorter than its photosites.
void check_uncompressed(TiffFile const& file, TiffDirectory const& directory, std::uint64_t bytes) {
    auto const value = [&](std::uint16_t tag, std::uint32_t otherwise) {
        return std::uint64_t{file.whole(file.find(directory, tag)).value_or(otherwise)};
    };
    if (value(tiff_tag::compression, 0) != 1) {
        return;
    }
    std::uint64_t const bits = value(tiff_tag::image_width, 0) * value(tiff_tag::image_length, 0) *
                               std::min<std::uint64_t>(value(tiff_tag::bits_per_sample, 8), 64);
    if (bytes < bits / 8) {
        throw Error{ErrorKind::format,
                    {"le fichier annonce des photosites non comprimés sur {} octets et n’en "
                     "contient que {}",
                     "the file promises uncompressed photosites of {} bytes and holds {} of them"},
                    bits / 8,
                    bytes};
    }
}

void check_pieces(Bytes bytes, TiffFile const& file, TiffDirectory const& directory) {
    Pieces const pieces = pieces_of(file, directory);
    if (pieces.offsets == nullptr) {
        return;
    }
    if (pieces.counts == nullptr || pieces.counts->count != pieces.offsets->count ||
        (pieces.expected != 0 && pieces.offsets->count < pieces.expected)) {
        throw Error{ErrorKind::format,
                    {"les listes d’emplacements et de longueurs des données brutes ne "
                     "correspondent pas à la taille de l’image",
                     "the lists of the places and lengths of the raw data do not agree with the "
                     "size of the picture"}};
    }
    std::uint64_t total = 0;
    for (std::uint32_t i = 0; i < pieces.offsets->count; ++i) {
        auto const place = file.whole(pieces.offsets, i);
        auto const length = file.whole(pieces.counts, i);
        if (!place || !length || !inside(bytes, *place, *length)) {
            cut_short({"une partie des données brutes (partie {} sur {})",
                       "a part of the raw data (part {} of {})"},
                      i + 1,
                      pieces.offsets->count);
        }
        total += *length;
    }
    check_uncompressed(file, directory, total);
    check_tiles(bytes, file, directory);
}

// Panasonic writes the place of its data under a tag of its own and 2^32 - 1 where TIFF wants it.
bool check_panasonic(Bytes bytes, TiffFile const& file, TiffDirectory const& directory) {
    auto const place = file.whole(file.find(directory, tiff_tag::panasonic_raw_offset));
    if (holds(bytes, 0, std::string_view{"IIU\0", 4}) && place) {
        auto const length =
            file.whole(file.find(directory, tiff_tag::strip_byte_counts)).value_or(1);
        if (!inside(bytes, *place, length)) {
            cut_short({"les données brutes", "the raw data"});
        }
        return true;
    }
    return false;
}

void check_tiff(Bytes bytes) {
    TiffFile const file{bytes};
    auto const is_mosaic = [&](TiffDirectory const& directory) {
        return file.whole(file.find(directory, tiff_tag::photometric)) == photometric_cfa;
    };
    // Where no directory says that it is the mosaic (CR2, some NEF), all must be whole.
    bool const named = std::ranges::any_of(file.directories(), is_mosaic);
    for (TiffDirectory const& directory : file.directories()) {
        bool const asked = directory.role == TiffRole::picture && (!named || is_mosaic(directory));
        if (asked && !check_panasonic(bytes, file, directory)) {
            check_pieces(bytes, file, directory);
        }
    }
}

// CIFF: a heap whose directory stands at its end; records of 10 bytes (tag, length, place).
void check_crw(Bytes bytes) {
    if (bytes.size() < 26) {
        cut_short({"le répertoire", "the directory"});
    }
    bool const little_endian = holds(bytes, 0, "II");
    std::uint64_t const heap = read(bytes, 2, 4, little_endian);
    std::uint64_t const table = read(bytes, bytes.size() - 4, 4, little_endian);
    if (!inside(bytes, heap, 0) || !inside(bytes.subspan(heap), table, 2)) {
        cut_short({"le répertoire", "the directory"});
    }
    Bytes const inner = bytes.subspan(heap);
    std::uint64_t const records = read(inner, table, 2, little_endian);
    if (!inside(inner, table + 2, records * 10)) {
        cut_short({"le répertoire", "the directory"});
    }
    for (std::uint64_t i = 0; i < records; ++i) {
        std::size_t const at = table + 2 + 10 * i;
        bool const in_heap = (read(inner, at, 2, little_endian) & 0xc000U) == 0;
        if (in_heap && !inside(inner,
                               read(inner, at + 6, 4, little_endian),
                               read(inner, at + 2, 4, little_endian))) {
            cut_short({"un enregistrement", "a record"});
        }
    }
}

// ISO base media file: boxes of (length, kind) one after the other to the very end.
void check_cr3(Bytes bytes) {
    std::uint64_t place = 0;
    bool media = false;
    while (place < bytes.size()) {
        if (!inside(bytes, place, 16)) {
            cut_short({"un bloc", "a box"});
        }
        std::uint64_t length = read(bytes, place, 4, false);
        if (length == 1) {
            length = read(bytes, place + 8, 8, false);
        } else if (length == 0) {
            length = bytes.size() - place;
        }
        if (length < 8 || !inside(bytes, place, length)) {
            cut_short({"un bloc", "a box"});
        }
        media = media || holds(bytes, place + 4, "mdat");
        place += length;
    }
    if (!media) {
        throw Error{ErrorKind::format,
                    {"le fichier ne contient pas de données brutes : cette partie en a été retirée",
                     "the file has no raw data: that part was cut out of it"}};
    }
}

void check_raf(Bytes bytes) {
    // Places and lengths at bytes 84 to 107, highest byte first: preview, header of the mosaic, mosaic.
    for (std::size_t const at : {84U, 92U, 100U}) {
        if (bytes.size() < 108 ||
            !inside(bytes, read(bytes, at, 4, false), read(bytes, at + 4, 4, false))) {
            cut_short({"une partie", "a part"});
        }
    }
}

void check_mrw(Bytes bytes) {
    // The mosaic follows the header, whose length stands at byte 4; the first block, PRD, has the
    // sensor's height and width at bytes 24 and 26, bits a photosite in the file at byte 32.
    if (bytes.size() < 48 || !holds(bytes, 8, std::string_view{"\0PRD", 4})) {
        cut_short({"la description des données brutes", "the description of the raw data"});
    }
    std::uint64_t const start = read(bytes, 4, 4, false) + 8;
    std::uint64_t const photosites = read(bytes, 24, 2, false) * read(bytes, 26, 2, false);
    std::uint64_t const bits = std::max<std::uint64_t>(read(bytes, 32, 1, false), 8);
    if (!inside(bytes, start, photosites * bits / 8)) {
        cut_short({"une partie des données brutes", "a part of the raw data"});
    }
}

[[noreturn]] void refuse_picture(char const* kind) {
    throw Error{
        ErrorKind::unsupported,
        {"les images {} ne servent qu’à un premier tri et ne se mesurent pas (« inspect » dit ce "
         "qu’elles valent) ; donner le fichier brut (RAW) de l’appareil",
         "{} pictures are for screening only and cannot be measured (inspect says what they are "
         "worth); give the camera's RAW file"},
        kind};
}

} // namespace

Container check_container(std::span<std::byte const> bytes) {
    if (bytes.empty()) {
        throw Error{ErrorKind::format, {"le fichier est vide", "the file is empty"}};
    }
    if (holds(bytes, 0, "\xff\xd8\xff")) {
        refuse_picture("JPEG");
    }
    if (holds(bytes, 0, "\x89PNG")) {
        refuse_picture("PNG");
    }
    if (holds(bytes, 0, "FOVb")) {
        throw Error{ErrorKind::unsupported,
                    {"un capteur Foveon n’a pas de mosaïque de Bayer ; de tels fichiers ne sont "
                     "pas encore lus",
                     "a Foveon sensor has no Bayer mosaic; such files are not read yet"}};
    }
    if (holds(bytes, 6, "HEAPCCDR")) {
        check_crw(bytes);
        return Container::canon_crw;
    }
    if (holds(bytes, 4, "ftypcrx ")) {
        check_cr3(bytes);
        return Container::canon_cr3;
    }
    if (holds(bytes, 0, "FUJIFILMCCD-RAW ")) {
        check_raf(bytes);
        return Container::fuji_raf;
    }
    if (holds(bytes, 0, std::string_view{"\0MRM", 4})) {
        check_mrw(bytes);
        return Container::minolta_mrw;
    }
    if (TiffFile::is_tiff(bytes)) {
        check_tiff(bytes);
        return Container::tiff;
    }
    throw Error{ErrorKind::unsupported,
                {"ce n’est pas un fichier brut (RAW) d’un type connu",
                 "this is no camera RAW file of a kind that is known"}};
}

} // namespace cmq::capture
