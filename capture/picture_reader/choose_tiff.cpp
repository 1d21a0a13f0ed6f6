// SPDX-License-Identifier: GPL-3.0-or-later

#include "capture/picture_reader/choose_tiff.hpp"

#include "capture/picture_reader/output.hpp"

#include <algorithm>
#include <array>
#include <vector>

namespace cmq::capture {
namespace {

constexpr std::uint32_t most_pages = 1000;
constexpr std::uint16_t linear_raw = 34892; // DNG 1.4.0.0, PhotometricInterpretation
constexpr std::uint16_t lossless_jpeg = 7;  // the same, Compression
constexpr std::uint16_t lossy_jpeg = 34892; // the same

bool is_reduced(TIFF* tiff) {
    constexpr std::uint32_t reduced_or_mask = 1 | 4;
    return (tiff_field<std::uint32_t>(tiff, TIFFTAG_SUBFILETYPE, 0) & reduced_or_mask) != 0;
}

// Places of the pictures below the current directory; a copy, as the list goes with its directory.
std::vector<toff_t> below(TIFF* tiff) {
    constexpr std::size_t most = 16;
    std::uint16_t count = 0;
    toff_t const* places = nullptr;
    if (TIFFGetField(tiff, TIFFTAG_SUBIFD, &count, &places) != 1 || places == nullptr) {
        return {};
    }
    return {places, places + std::min<std::size_t>(count, most)};
}

// Below the current directory: where a scanner keeps the picture of which the first is a reduced one.
bool enter_full_size(TIFF* tiff) {
    std::vector<toff_t> const places = below(tiff);
    return std::ranges::any_of(places, [&](toff_t place) {
        return TIFFSetSubDirectory(tiff, place) == 1 && !is_reduced(tiff);
    });
}

// Places of all pictures of the file.
std::vector<toff_t> all_places(TIFF* tiff) {
    std::vector<toff_t> places;
    std::uint32_t pages = 0;
    do {
        places.push_back(TIFFCurrentDirOffset(tiff));
        auto const more = below(tiff);
        places.insert(places.end(), more.begin(), more.end());
    } while (++pages < most_pages && TIFFReadDirectory(tiff) == 1);
    return places;
}

struct Linear {
    toff_t place = 0;
    std::uint64_t pixels = 0;
    bool reduced = false;
};

struct AllLinear {
    std::vector<Linear> pictures;
    bool whole = true; // every directory could be read
};

AllLinear all_linear(TIFF* tiff) {
    AllLinear found;
    for (toff_t const place : all_places(tiff)) {
        if (TIFFSetSubDirectory(tiff, place) != 1) {
            found.whole = false;
            continue;
        }
        std::uint16_t photometric = 0;
        if (TIFFGetField(tiff, TIFFTAG_PHOTOMETRIC, &photometric) == 1 &&
            photometric == linear_raw) {
            auto const width = tiff_field<std::uint32_t>(tiff, TIFFTAG_IMAGEWIDTH, 0);
            auto const height = tiff_field<std::uint32_t>(tiff, TIFFTAG_IMAGELENGTH, 0);
            found.pictures.push_back({place, std::uint64_t{width} * height, is_reduced(tiff)});
        }
    }
    return found;
}

} // namespace

bool choose_linear(TIFF* tiff, PictureAnswer& answer) {
    auto [found, whole] = all_linear(tiff);
    if (found.empty()) {
        static_cast<void>(TIFFSetDirectory(tiff, 0));
        return false;
    }
    if (!whole) { // what cannot be read may be the greatest
        finish(answer, ReaderStatus::damaged);
    }
    bool const only_reduced = std::ranges::all_of(found, &Linear::reduced);
    if (!only_reduced) {
        std::erase_if(found, &Linear::reduced);
    }
    auto const chosen = std::ranges::max_element(found, {}, &Linear::pixels); // of equals the first
    answer.pages = static_cast<std::uint32_t>(found.size());
    answer.page = static_cast<std::uint32_t>(chosen - found.begin());
    answer.is_reduced = only_reduced ? 1 : 0;
    if (TIFFSetSubDirectory(tiff, chosen->place) != 1) {
        finish(answer, ReaderStatus::damaged);
    }
    return true;
}

void choose_page(TIFF* tiff, PictureAnswer& answer) {
    std::uint32_t pages = 0;
    std::uint32_t chosen = 0;
    bool found = false;
    do {
        if (!found && !is_reduced(tiff)) {
            found = true;
            chosen = pages;
        }
        ++pages;
    } while (pages < most_pages && TIFFReadDirectory(tiff) == 1);
    answer.pages = pages;
    answer.page = chosen;
    if (TIFFSetDirectory(tiff, static_cast<tdir_t>(chosen)) != 1) {
        finish(answer, ReaderStatus::damaged);
    }
    if (!found && !enter_full_size(tiff)) {
        static_cast<void>(TIFFSetDirectory(tiff, 0));
        answer.is_reduced = 1;
    }
}

// Integers of 8 or 16 bits, grey or red, green, blue, in codings that are common and that libtiff bounds.
std::string unread_form(TIFF* tiff, PictureAnswer const& answer) {
    static constexpr std::array<std::uint16_t, 6> codings{COMPRESSION_NONE,
                                                          COMPRESSION_LZW,
                                                          COMPRESSION_JPEG,
                                                          COMPRESSION_ADOBE_DEFLATE,
                                                          COMPRESSION_DEFLATE,
                                                          COMPRESSION_PACKBITS};
    auto const coding = tiff_field<std::uint16_t>(tiff, TIFFTAG_COMPRESSION, COMPRESSION_NONE);
    std::uint16_t photometric = 0;
    bool const named = TIFFGetField(tiff, TIFFTAG_PHOTOMETRIC, &photometric) == 1;
    bool const colour = named && (photometric == PHOTOMETRIC_RGB ||
                                  (photometric == PHOTOMETRIC_YCBCR && coding == COMPRESSION_JPEG));
    bool const grey = named && (photometric == PHOTOMETRIC_MINISBLACK);
    auto const samples = tiff_field<std::uint16_t>(tiff, TIFFTAG_SAMPLESPERPIXEL, 1);
    if (!(colour && samples >= 3) && !(grey && samples >= 1)) {
        return "TIFF, photometric " + std::to_string(photometric);
    }
    if (answer.stated_bits != 8 && answer.stated_bits != 16) {
        return "TIFF of " + std::to_string(answer.stated_bits) + " bits";
    }
    if (tiff_field<std::uint16_t>(tiff, TIFFTAG_SAMPLEFORMAT, SAMPLEFORMAT_UINT) !=
        SAMPLEFORMAT_UINT) {
        return "TIFF of numbers that are not whole";
    }
    if (std::ranges::find(codings, coding) == codings.end()) {
        return "TIFF, compression " + std::to_string(coding);
    }
    return {};
}

std::string unread_linear_form(TIFF* tiff, PictureAnswer const& answer) {
    auto const samples = tiff_field<std::uint16_t>(tiff, TIFFTAG_SAMPLESPERPIXEL, 1);
    if (samples != 3) {
        return "linear DNG, samples in a pixel: " + std::to_string(samples);
    }
    if (answer.stated_bits < 8 || answer.stated_bits > 16) {
        return "linear DNG of " + std::to_string(answer.stated_bits) + " bits";
    }
    if (tiff_field<std::uint16_t>(tiff, TIFFTAG_SAMPLEFORMAT, SAMPLEFORMAT_UINT) !=
        SAMPLEFORMAT_UINT) {
        return "linear DNG of numbers that are not whole";
    }
    auto const coding = tiff_field<std::uint16_t>(tiff, TIFFTAG_COMPRESSION, COMPRESSION_NONE);
    if (coding == lossy_jpeg) {
        return "linear DNG, lossy JPEG";
    }
    if (coding != COMPRESSION_NONE && coding != COMPRESSION_ADOBE_DEFLATE &&
        coding != lossless_jpeg) {
        return "linear DNG, compression " + std::to_string(coding);
    }
    return {};
}

void find_white(TIFF* tiff, PictureAnswer& answer) {
    std::uint32_t const greatest = (1U << answer.stated_bits) - 1;
    answer.white.fill(greatest);
    std::uint16_t count = 0;
    std::uint32_t const* stated = nullptr;
    void const* table = nullptr;
    std::uint16_t entries = 0;
    // A white level behind a linearization table is no number of the samples.
    if (TIFFGetField(tiff, TIFFTAG_LINEARIZATIONTABLE, &entries, &table) == 1 ||
        TIFFGetField(tiff, TIFFTAG_WHITELEVEL, &count, &stated) != 1 || stated == nullptr ||
        count == 0) {
        return;
    }
    for (std::size_t c = 0; c < answer.white.size(); ++c) {
        std::uint32_t const level = stated[std::min<std::size_t>(c, count - 1U)];
        answer.white[c] = level > 0 && level < greatest ? level : greatest;
    }
}

} // namespace cmq::capture
