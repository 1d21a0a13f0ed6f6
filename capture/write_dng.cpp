// SPDX-License-Identifier: GPL-3.0-or-later

#include "capture/write_dng.hpp"

#include "capture/picture_reader/tiff_memory.hpp"
#include "capture/to_lossless_jpeg.hpp"
#include "core/error.hpp"
#include "system/file.hpp"

#include <tiffio.h>

#include <algorithm>
#include <array>
#include <bit>
#include <memory>

namespace cmq::capture {

namespace {

struct CloseTiff {
    void operator()(TIFF* tiff) const noexcept { TIFFClose(tiff); }
};

using Tiff = std::unique_ptr<TIFF, CloseTiff>;

Tiff open_tiff(TiffMemory& memory) {
    Tiff tiff{open_tiff_to_write(memory)};
    if (!tiff) {
        throw Error{ErrorKind::internal,
                    {"libtiff a refusé de commencer un fichier DNG en mémoire",
                     "libtiff refused to start a DNG file in memory"}};
    }
    return tiff;
}

void expect_done(int libtiff_status, Words doing) {
    if (libtiff_status == 0) {
        throw Error{ErrorKind::internal,
                    {"échec de libtiff : {}", "libtiff failed at {}"},
                    Sentence{doing}};
    }
}

/// TIFFSetField takes what the tag's type says, unchecked by the compiler: each call below follows the
/// type in libtiff's list of DNG tags (tif_dirinfo.c, 4.5.0).
template <class... Values>
void set(TIFF* tiff, std::uint32_t tag, Values... values) {
    expect_done(TIFFSetField(tiff, tag, values...),
                {"inscription d’une étiquette", "setting a tag"});
}

/// Written before the main directory, so that this one is the last of the file.
std::uint64_t write_exif(TIFF* tiff, DngPicture const& picture) {
    expect_done(TIFFCreateEXIFDirectory(tiff) == 0 ? 1 : 0,
                {"début du répertoire EXIF", "starting the EXIF directory"});
    auto const iso = static_cast<std::uint16_t>(picture.iso);
    set(tiff, EXIFTAG_EXPOSURETIME, picture.exposure_s);
    set(tiff, EXIFTAG_ISOSPEEDRATINGS, 1, &iso);
    if (!picture.date_time.empty()) {
        set(tiff, EXIFTAG_DATETIMEORIGINAL, picture.date_time.c_str());
    }
    std::uint64_t offset = 0;
    expect_done(TIFFWriteCustomDirectory(tiff, &offset),
                {"écriture du répertoire EXIF", "writing the EXIF directory"});
    return offset;
}

/// 0 red, 1 green, 2 blue: the plane colours of a DNG colour filter array.
std::array<std::uint8_t, 4> cfa_pattern(Cfa const& cfa) {
    std::array<std::uint8_t, 4> pattern{};
    std::ranges::transform(cfa.cell, pattern.begin(), [](Plane plane) -> std::uint8_t {
        return plane == Plane::red ? 0 : plane == Plane::blue ? 2 : 1;
    });
    return pattern;
}

void set_levels(TIFF* tiff, DngPicture const& picture) {
    std::array<float, 4> black{};
    std::ranges::transform(picture.cfa.cell, black.begin(), [&](Plane plane) {
        return static_cast<float>(picture.black_dn[static_cast<std::size_t>(plane)]);
    });
    std::array<std::uint16_t, 2> const repeat{2, 2};
    std::uint32_t const white = picture.white_dn;
    set(tiff, TIFFTAG_BLACKLEVELREPEATDIM, repeat.data());
    set(tiff, TIFFTAG_BLACKLEVEL, 4, black.data());
    set(tiff, TIFFTAG_WHITELEVEL, 1, &white);
}

void set_area(TIFF* tiff, DngPicture const& picture) {
    auto const height = static_cast<std::uint32_t>(picture.shape.height);
    auto const width = static_cast<std::uint32_t>(picture.shape.width);
    auto const left = static_cast<std::uint32_t>(picture.masked_columns);
    std::array<std::uint32_t, 4> const active{0, left, height, width}; // top, left, bottom, right
    set(tiff, TIFFTAG_ACTIVEAREA, active.data());
    if (left > 0) {
        std::array<std::uint32_t, 4> const masked{0, 0, height, left};
        set(tiff, TIFFTAG_MASKEDAREAS, 4, masked.data());
    }
    std::array<float, 2> const origin{0.0F, 0.0F};
    std::array<float, 2> const size{static_cast<float>(width - left), static_cast<float>(height)};
    set(tiff, TIFFTAG_DEFAULTCROPORIGIN, origin.data());
    set(tiff, TIFFTAG_DEFAULTCROPSIZE, size.data());
}

void set_colour(TIFF* tiff, DngPicture const& picture) {
    std::array<std::uint16_t, 2> const repeat{2, 2};
    auto const pattern = cfa_pattern(picture.cfa);
    std::array<std::uint8_t, 3> const planes{0, 1, 2};
    set(tiff, TIFFTAG_CFAREPEATPATTERNDIM, repeat.data());
    set(tiff, TIFFTAG_CFAPATTERN, 4, pattern.data());
    set(tiff, TIFFTAG_CFAPLANECOLOR, 3, planes.data());
    set(tiff, TIFFTAG_CFALAYOUT, 1);
    // From CIE XYZ to linear sRGB. Source: IEC 61966-2-1:1999.
    std::array<float, 9> const matrix{
        3.2406F, -1.5372F, -0.4986F, -0.9689F, 1.8758F, 0.0415F, 0.0557F, -0.2040F, 1.0570F};
    std::array<float, 3> const neutral{1.0F, 1.0F, 1.0F};
    set(tiff, TIFFTAG_COLORMATRIX1, 9, matrix.data());
    set(tiff, TIFFTAG_CALIBRATIONILLUMINANT1, 21); // D65
    set(tiff, TIFFTAG_ASSHOTNEUTRAL, 3, neutral.data());
}

void set_names(TIFF* tiff, DngPicture const& picture) {
    std::array<std::uint8_t, 4> const version{1, 4, 0, 0};
    std::array<std::uint8_t, 4> const backward{1, 1, 0, 0};
    set(tiff, TIFFTAG_DNGVERSION, version.data());
    set(tiff, TIFFTAG_DNGBACKWARDVERSION, backward.data());
    set(tiff, TIFFTAG_UNIQUECAMERAMODEL, picture.unique_model.c_str());
    for (auto const& [tag, text] : {std::pair{TIFFTAG_MAKE, &picture.make},
                                    std::pair{TIFFTAG_MODEL, &picture.model},
                                    std::pair{TIFFTAG_IMAGEDESCRIPTION, &picture.description},
                                    std::pair{TIFFTAG_DATETIME, &picture.date_time}}) {
        if (!text->empty()) {
            set(tiff, static_cast<std::uint32_t>(tag), text->c_str());
        }
    }
}

/// libtiff 4.5 does not know this tag.
void set_noise_profile(TIFF* tiff, DngPicture const& picture) {
    if (picture.noise_profile.empty()) {
        return;
    }
    constexpr std::uint32_t tag = 51041; // NoiseProfile: DNG 1.3
    std::string name = "NoiseProfile";
    TIFFFieldInfo const field{
        tag, TIFF_VARIABLE, TIFF_VARIABLE, TIFF_DOUBLE, FIELD_CUSTOM, 1, 1, name.data()};
    expect_done(TIFFMergeFieldInfo(tiff, &field, 1) == 0 ? 1 : 0,
                {"description d’une étiquette", "describing a tag"});
    set(tiff, tag, static_cast<int>(picture.noise_profile.size()), picture.noise_profile.data());
}

void write_plain_strips(TIFF* tiff, DngPicture const& picture) {
    // Strips of about 64 kB: a reader that checks each extent against the file's size finds a cut early.
    auto const width = static_cast<std::size_t>(picture.shape.width);
    auto const height = static_cast<std::size_t>(picture.shape.height);
    std::size_t const rows = std::clamp<std::size_t>(32768 / width, 1, height);
    set(tiff, TIFFTAG_ROWSPERSTRIP, static_cast<std::uint32_t>(rows));
    std::vector<std::uint16_t> strip;
    std::uint32_t number = 0;
    for (std::size_t y = 0; y < height; y += rows, ++number) {
        auto const part = picture.mosaic.subspan(y * width, std::min(rows, height - y) * width);
        strip.assign(part.begin(), part.end()); // libtiff may swap bytes in place
        auto const size = static_cast<tmsize_t>(strip.size() * sizeof(std::uint16_t));
        expect_done(TIFFWriteEncodedStrip(tiff, number, strip.data(), size) == size ? 1 : 0,
                    {"écriture d’une bande", "writing a strip"});
    }
}

/// Bits of a value in the compressed stream: what the white level needs, or the greatest value.
int precision_of(DngPicture const& picture) {
    unsigned const greatest = std::max(*std::ranges::max_element(picture.mosaic), picture.white_dn);
    return std::max(12, static_cast<int>(std::bit_width(greatest)));
}

/// One strip: of several, dcraw 9.28 reads only the first.
void write_jpeg_strip(TIFF* tiff, DngPicture const& picture) {
    ImageView<std::uint16_t const> const mosaic{
        picture.mosaic.data(), picture.shape, picture.shape.width};
    auto stream = to_lossless_jpeg(mosaic, precision_of(picture));
    set(tiff, TIFFTAG_ROWSPERSTRIP, static_cast<std::uint32_t>(picture.shape.height));
    auto const size = static_cast<tmsize_t>(stream.size());
    expect_done(TIFFWriteRawStrip(tiff, 0, stream.data(), size) == size ? 1 : 0,
                {"écriture de la bande comprimée", "writing the compressed strip"});
}

} // namespace

std::string_view to_text(DngCompression compression) noexcept {
    return compression == DngCompression::none ? "none" : "lossless-jpeg";
}

std::vector<std::byte> to_dng(DngPicture const& picture) {
    check_dng_picture(picture);
    bool const plain = picture.compression == DngCompression::none;
    TiffMemory memory;
    memory.written.reserve(picture.mosaic.size_bytes() + 65536);
    {
        Tiff const tiff = open_tiff(memory);
        std::uint64_t const exif = write_exif(tiff.get(), picture);
        TIFFFreeDirectory(tiff.get());
        expect_done(TIFFCreateDirectory(tiff.get()) == 0 ? 1 : 0,
                    {"début du répertoire", "starting the directory"});
        set(tiff.get(), TIFFTAG_SUBFILETYPE, 0);
        set(tiff.get(), TIFFTAG_IMAGEWIDTH, static_cast<std::uint32_t>(picture.shape.width));
        set(tiff.get(), TIFFTAG_IMAGELENGTH, static_cast<std::uint32_t>(picture.shape.height));
        set(tiff.get(), TIFFTAG_BITSPERSAMPLE, plain ? 16 : precision_of(picture));
        set(tiff.get(), TIFFTAG_SAMPLESPERPIXEL, 1);
        set(tiff.get(), TIFFTAG_COMPRESSION, plain ? COMPRESSION_NONE : COMPRESSION_JPEG);
        set(tiff.get(), TIFFTAG_PHOTOMETRIC, PHOTOMETRIC_CFA);
        set(tiff.get(), TIFFTAG_PLANARCONFIG, PLANARCONFIG_CONTIG);
        set(tiff.get(), TIFFTAG_ORIENTATION, ORIENTATION_TOPLEFT);
        // libtiff stores long values in the order of these calls: what decides the numbers comes first.
        set_area(tiff.get(), picture);
        set_levels(tiff.get(), picture);
        set_names(tiff.get(), picture);
        set_colour(tiff.get(), picture);
        set_noise_profile(tiff.get(), picture);
        set(tiff.get(), TIFFTAG_EXIFIFD, exif);
        plain ? write_plain_strips(tiff.get(), picture) : write_jpeg_strip(tiff.get(), picture);
        expect_done(TIFFWriteDirectory(tiff.get()),
                    {"écriture du répertoire", "writing the directory"});
    }
    // dcraw 9.28 reads 512 bytes from the start of the description and gives up where the file ends first.
    memory.written.resize(memory.written.size() + 512);
    return std::move(memory.written);
}

void write_dng(std::filesystem::path const& path, DngPicture const& picture) {
    write_file(path, to_dng(picture));
}

} // namespace cmq::capture
