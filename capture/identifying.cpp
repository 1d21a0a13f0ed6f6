// SPDX-License-Identifier: GPL-3.0-or-later

#include "capture/identifying.hpp"

#include "capture/metadata.hpp"
#include "capture/tiff_tags.hpp"
#include "core/number_text.hpp"

#include <algorithm>
#include <array>
#include <string_view>

namespace cmq::capture {
namespace {

struct Known {
    std::uint16_t tag;
    std::string_view name;
};

// EXIF 2.32 (CIPA DC-008), TIFF 6.0, DNG 1.4; the XP tags: Microsoft's, in UTF-16.
constexpr std::array known_tags{
    Known{0x010e, "ImageDescription"},   Known{0x013b, "Artist"},
    Known{0x013c, "HostComputer"},       Known{0x02bc, "XMP"},
    Known{0x8298, "Copyright"},          Known{0x83bb, "IPTC"},
    Known{0x8649, "Photoshop"},          Known{0x927c, "MakerNote"},
    Known{0x9286, "UserComment"},        Known{0x9c9b, "XPTitle"},
    Known{0x9c9c, "XPComment"},          Known{0x9c9d, "XPAuthor"},
    Known{0x9c9e, "XPKeywords"},         Known{0x9c9f, "XPSubject"},
    Known{0xa420, "ImageUniqueID"},      Known{0xa430, "CameraOwnerName"},
    Known{0xa431, "BodySerialNumber"},   Known{0xa435, "LensSerialNumber"},
    Known{0xc62f, "CameraSerialNumber"}, Known{0xc634, "DNGPrivateData"},
    Known{0xc65d, "RawDataUniqueID"},    Known{0xc68b, "OriginalRawFileName"},
    Known{0xc7a1, "CameraLabel"}};

constexpr std::array known_gps{Known{1, "GPSLatitudeRef"},
                               Known{2, "GPSLatitude"},
                               Known{3, "GPSLongitudeRef"},
                               Known{4, "GPSLongitude"},
                               Known{5, "GPSAltitudeRef"},
                               Known{6, "GPSAltitude"},
                               Known{7, "GPSTimeStamp"},
                               Known{18, "GPSMapDatum"},
                               Known{29, "GPSDateStamp"}};

template <class Tags>
std::string_view name_of(Tags const& tags, std::uint16_t tag) {
    auto const found = std::ranges::find(tags, tag, &Known::tag);
    return found == tags.end() ? std::string_view{} : found->name;
}

/// Degrees, minutes and seconds; serial numbers that are numbers.
std::string numbers_of(TiffFile const& file, TiffEntry const& entry) {
    constexpr std::uint32_t most = 8;
    std::string text;
    for (std::uint32_t i = 0; i < std::min(entry.count, most); ++i) {
        auto const number = file.number(&entry, i);
        text += (i > 0 ? " " : "") + (number ? number_text(*number) : std::string{"?"});
    }
    return text + (entry.count > most ? " ..." : "");
}

std::string value_of(TiffFile const& file, TiffEntry const& entry) {
    constexpr std::uint16_t byte = 1;
    constexpr std::uint16_t ascii = 2;
    constexpr std::uint16_t undefined = 7;
    if (entry.type == ascii) {
        return to_printable(file.text(&entry));
    }
    bool const is_opaque = entry.type == undefined || (entry.type == byte && entry.count > 4);
    if (!is_opaque) {
        return numbers_of(file, entry);
    }
    // Short texts are often kept as bytes; longer ones are packets with a form of their own.
    constexpr std::size_t longest = 256;
    auto const bytes = file.bytes(entry);
    std::string_view text{reinterpret_cast<char const*>(bytes.data()), bytes.size()};
    text = text.substr(0, text.find_last_not_of('\0') + 1);
    bool const is_text =
        !text.empty() && text.size() <= longest && std::ranges::all_of(text, [](char c) {
            return static_cast<unsigned char>(c) >= 0x20U && c != 0x7f;
        });
    return is_text ? to_printable(text) : '(' + std::to_string(bytes.size()) + " bytes)";
}

} // namespace

bool has_readable_tags(std::span<std::byte const> bytes) noexcept {
    return TiffFile::is_tiff(bytes);
}

std::vector<IdentifyingTag> read_identifying(std::span<std::byte const> bytes) {
    TiffFile const file{bytes, TiffScope::all};
    std::vector<IdentifyingTag> tags;
    for (TiffDirectory const& directory : file.directories()) {
        for (TiffEntry const& entry : directory.entries) {
            bool const is_gps = directory.role == TiffRole::gps;
            std::string name{is_gps ? name_of(known_gps, entry.tag)
                                    : name_of(known_tags, entry.tag)};
            if (is_gps && name.empty()) {
                name = "GPS tag " + std::to_string(entry.tag);
            }
            std::string value = name.empty() ? std::string{} : value_of(file, entry);
            bool const is_ours = value.starts_with("SIMULATED");
            if (!value.empty() && !is_ours) {
                tags.push_back({std::move(name), std::move(value)});
            }
        }
    }
    return tags;
}

std::vector<IdentifyingTag> identifying_of(Tags const& tags, bool only_notes) {
    static constexpr std::array standard{std::string_view{"Exif.Image"},
                                         std::string_view{"Exif.Photo"},
                                         std::string_view{"Exif.GPSInfo"},
                                         std::string_view{"Exif.SubImage"},
                                         std::string_view{"Exif.Thumbnail"}};
    // Parts of the names by which Exiv2 0.27 calls them, in every maker's notes, XMP and IPTC.
    static constexpr std::array telling{std::string_view{"Serial"},
                                        std::string_view{"Owner"},
                                        std::string_view{"Artist"},
                                        std::string_view{"Copyright"},
                                        std::string_view{"HostComputer"},
                                        std::string_view{"UniqueID"},
                                        std::string_view{"UserComment"},
                                        std::string_view{"ImageDescription"},
                                        std::string_view{".XP"},
                                        std::string_view{"OriginalRawFileName"},
                                        std::string_view{"CameraLabel"},
                                        std::string_view{"GPS"},
                                        std::string_view{"creator"},
                                        std::string_view{"rights"},
                                        std::string_view{"description"},
                                        std::string_view{"Location"},
                                        std::string_view{"DocumentID"},
                                        std::string_view{"InstanceID"},
                                        std::string_view{"Iptc."}};
    std::vector<IdentifyingTag> found;
    for (Tag const& tag : tags.all) {
        auto const begins = [&](std::string_view group) { return tag.key.starts_with(group); };
        auto const holds = [&](std::string_view part) {
            return tag.key.find(part) != std::string::npos;
        };
        bool const is_pointer = tag.key == "Exif.Image.GPSTag"; // to a directory
        bool const wanted = !is_pointer && std::ranges::any_of(telling, holds) &&
                            !(only_notes && std::ranges::any_of(standard, begins));
        if (wanted && !tag.value.empty() && !tag.value.starts_with("SIMULATED")) {
            found.push_back({tag.key, tag.value});
        }
    }
    return found;
}

} // namespace cmq::capture
