// SPDX-License-Identifier: GPL-3.0-or-later

#include "capture/tiff_tags.hpp"

#include "core/error.hpp"

#include <algorithm>
#include <array>
#include <bit>
#include <cmath>

namespace cmq::capture {
namespace {

constexpr std::size_t most_directories = 64;
constexpr std::uint16_t ascii = 2;

// Bytes of one value of each TIFF type, 0 for types that TIFF 6.0 does not know.
constexpr std::array<std::uint8_t, 14> type_bytes{0, 1, 1, 2, 4, 8, 1, 1, 2, 4, 8, 4, 8, 4};

template <class... Texts>
[[noreturn]] void refuse(Form<sizeof...(Texts)> form, Texts const&... texts) {
    throw Error{ErrorKind::format, form, texts...};
}

} // namespace

bool TiffFile::is_tiff(std::span<std::byte const> bytes) noexcept {
    if (bytes.size() < 8 || bytes[0] != bytes[1]) {
        return false;
    }
    auto const first = std::to_integer<char>(bytes[0]);
    auto const low = std::to_integer<std::uint8_t>(bytes[first == 'I' ? 2 : 3]);
    auto const high = std::to_integer<std::uint8_t>(bytes[first == 'I' ? 3 : 2]);
    auto const version = low + 256 * high;
    // 42 TIFF; 0x55 Panasonic; 0x4f52 and 0x5352 Olympus
    return (first == 'I' || first == 'M') &&
           (version == 42 || version == 0x55 || version == 0x4f52 || version == 0x5352);
}

TiffFile::TiffFile(std::span<std::byte const> bytes, TiffScope scope) : bytes_{bytes} {
    CMQ_EXPECTS(is_tiff(bytes));
    little_endian_ = std::to_integer<char>(bytes[0]) == 'I';
    std::size_t next = read(4, 4);
    while (next != 0) {
        next = add_directory(next, TiffRole::picture);
    }
    // Grows while it is walked through; the number of directories is bounded.
    for (std::size_t parent = 0; parent < directories_.size(); ++parent) {
        add_below(parent, scope);
    }
}

std::uint32_t TiffFile::read(std::size_t place, std::size_t count) const noexcept {
    CMQ_EXPECTS(count <= 4 && place <= bytes_.size() && bytes_.size() - place >= count);
    std::uint32_t value = 0;
    for (std::size_t i = 0; i < count; ++i) {
        std::size_t const from = little_endian_ ? count - 1 - i : i;
        value = value << 8U | std::to_integer<std::uint32_t>(bytes_[place + from]);
    }
    return value;
}

// Gives the place of the next directory of the chain.
std::size_t TiffFile::add_directory(std::size_t place, TiffRole role) {
    if (directories_.size() == most_directories) {
        refuse(
            {"le fichier a plus de 64 répertoires, ou ils renvoient les uns aux autres en boucle",
             "the file has more than 64 directories, or they run in a circle"});
    }
    if (place > bytes_.size() || bytes_.size() - place < 2) {
        refuse({"un répertoire du fichier se trouve hors de celui-ci (à l’octet {} sur {}) : le "
                "fichier est tronqué ou endommagé",
                "a directory of the file lies outside it (at byte {} of {}): the file is cut short "
                "or damaged"},
               place,
               bytes_.size());
    }
    std::size_t const count = read(place, 2);
    if ((bytes_.size() - place - 2) / 12 < count) {
        refuse({"un répertoire, à l’octet {}, dépasse la fin du fichier : le fichier est tronqué "
                "ou endommagé",
                "a directory at byte {} runs over the end of the file: the file is cut short or "
                "damaged"},
               place);
    }
    TiffDirectory directory;
    directory.role = role;
    for (std::size_t i = 0; i < count; ++i) {
        std::size_t const at = place + 2 + 12 * i;
        TiffEntry entry{static_cast<std::uint16_t>(read(at, 2)),
                        static_cast<std::uint16_t>(read(at + 2, 2)),
                        read(at + 4, 4),
                        at + 8};
        if (entry.type >= type_bytes.size() || type_bytes[entry.type] == 0) {
            continue; // private types are not ours to judge
        }
        std::uint64_t const size = std::uint64_t{entry.count} * type_bytes[entry.type];
        if (size > 4) {
            entry.place = read(at + 8, 4);
            if (entry.place > bytes_.size() || size > bytes_.size() - entry.place) {
                refuse({"les valeurs de l’étiquette {} se trouvent hors du fichier, qui est "
                        "tronqué ou endommagé",
                        "the values of tag {} lie outside the file: it is cut short or damaged"},
                       entry.tag);
            }
        }
        directory.entries.push_back(entry);
    }
    directories_.push_back(std::move(directory));
    std::size_t const end = place + 2 + 12 * count;
    return bytes_.size() - end < 4 ? 0 : read(end, 4);
}

void TiffFile::add_below(std::size_t parent, TiffScope scope) {
    // A copy: the vector moves while it grows.
    auto const entries = directories_[parent].entries;
    for (TiffEntry const& entry : entries) {
        bool const is_exif = entry.tag == tiff_tag::exif_directory;
        bool const is_gps = entry.tag == tiff_tag::gps_directory && scope == TiffScope::all;
        if (!is_exif && !is_gps && entry.tag != tiff_tag::sub_directories) {
            continue;
        }
        TiffRole const role = is_exif ? TiffRole::exif : is_gps ? TiffRole::gps : TiffRole::picture;
        for (std::uint32_t i = 0; i < entry.count; ++i) {
            if (auto const place = whole(&entry, i); place && *place != 0) {
                static_cast<void>(add_directory(*place, role));
            }
        }
    }
}

TiffEntry const* TiffFile::find(TiffDirectory const& directory, std::uint16_t tag) const noexcept {
    auto const found = std::ranges::find(directory.entries, tag, &TiffEntry::tag);
    return found == directory.entries.end() ? nullptr : &*found;
}

TiffEntry const* TiffFile::find(std::uint16_t tag) const noexcept {
    for (TiffDirectory const& directory : directories_) {
        if (auto const* entry = find(directory, tag)) {
            return entry;
        }
    }
    return nullptr;
}

std::optional<double> TiffFile::number(TiffEntry const* entry, std::size_t i) const {
    if (entry == nullptr || i >= entry->count) {
        return {};
    }
    std::size_t const size = type_bytes[entry->type];
    std::size_t const at = entry->place + i * size;
    auto const ratio = [](double above, double below) -> std::optional<double> {
        return below == 0 ? std::nullopt : std::optional{above / below};
    };
    switch (entry->type) {
    case 1: // BYTE, SHORT, LONG, IFD
    case 3:
    case 4:
    case 13:
        return read(at, size);
    case 6:
        return static_cast<std::int8_t>(read(at, 1));
    case 8:
        return static_cast<std::int16_t>(read(at, 2));
    case 9:
        return static_cast<std::int32_t>(read(at, 4));
    case 5:
        return ratio(read(at, 4), read(at + 4, 4));
    case 10:
        return ratio(static_cast<std::int32_t>(read(at, 4)),
                     static_cast<std::int32_t>(read(at + 4, 4)));
    case 11: {
        auto const value = static_cast<double>(std::bit_cast<float>(read(at, 4)));
        return std::isfinite(value) ? std::optional{value} : std::nullopt;
    }
    case 12: {
        std::uint64_t const low = read(at + (little_endian_ ? 0 : 4), 4);
        std::uint64_t const high = read(at + (little_endian_ ? 4 : 0), 4);
        auto const value = std::bit_cast<double>(high << 32U | low);
        return std::isfinite(value) ? std::optional{value} : std::nullopt;
    }
    default:
        return {};
    }
}

std::optional<std::uint32_t> TiffFile::whole(TiffEntry const* entry, std::size_t i) const {
    auto const value = number(entry, i);
    if (!value || *value < 0 || *value > 4294967295.0 || *value != std::floor(*value)) {
        return {};
    }
    return static_cast<std::uint32_t>(*value);
}

std::span<std::byte const> TiffFile::bytes(TiffEntry const& entry) const {
    return bytes_.subspan(entry.place, std::size_t{entry.count} * type_bytes[entry.type]);
}

std::string TiffFile::text(TiffEntry const* entry) const {
    if (entry == nullptr || entry->type != ascii) {
        return {};
    }
    auto const* first = reinterpret_cast<char const*>(bytes_.data() + entry->place);
    std::string_view const all{first, entry->count};
    return std::string{all.substr(0, all.find('\0'))};
}

} // namespace cmq::capture
