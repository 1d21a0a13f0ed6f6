// SPDX-License-Identifier: GPL-3.0-or-later

#include "capture/examine_file.hpp"

#include "capture/metadata.hpp"
#include "capture/tiff_tags.hpp"
#include "core/error.hpp"

#include <algorithm>

namespace cmq::capture {
namespace {

// A TIFF without the marks of a camera's RAW file.
bool may_be_plain_tiff(std::span<std::byte const> bytes) {
    if (!TiffFile::is_tiff(bytes)) {
        return false;
    }
    try {
        TiffFile const file{bytes};
        return file.find(tiff_tag::dng_version) == nullptr &&
               std::ranges::none_of(file.directories(), [&](TiffDirectory const& directory) {
                   return file.whole(file.find(directory, tiff_tag::photometric)) ==
                          photometric_cfa;
               });
    } catch (Error const&) {
        return false; // whoever reads it says what is wrong
    }
}

void read_plain_tiff(std::vector<std::byte> const& bytes,
                     std::string_view name,
                     ExamineSettings const& settings,
                     Examination& result) {
    try {
        result.capture = to_capture(bytes, name, settings.reading);
    } catch (Error const& as_raw) {
        if (as_raw.kind() != ErrorKind::unsupported) {
            throw;
        }
        try {
            result.picture = to_picture(bytes, name, settings.pictures);
        } catch (Error const& as_picture) {
            // Neither: what LibRaw's side says of it is more to the point.
            if (as_picture.kind() != ErrorKind::unsupported) {
                throw;
            }
            throw as_raw; // NOLINT(misc-throw-by-value-catch-by-reference): the outer one
        }
    }
}

} // namespace

Examination
examine_file(std::vector<std::byte> bytes, std::string_view name, ExamineSettings const& settings) {
    Examination result;
    // An empty memory file cannot be mapped: to_capture says what is wrong with it.
    if (!bytes.empty()) {
        result.tags = read_tags(bytes, settings.pictures);
    }
    if (is_picture(bytes) || is_linear_dng(bytes)) {
        result.picture = to_picture(bytes, name, settings.pictures);
    } else if (may_be_plain_tiff(bytes)) {
        read_plain_tiff(bytes, name, settings, result);
    } else {
        result.capture = to_capture(std::move(bytes), name, settings.reading);
    }
    result.metadata = result.capture ? result.capture->metadata : to_metadata(result.tags);
    result.worth = result.capture ? assess_worth(*result.capture, result.tags, settings.worth)
                                  : assess_worth(*result.picture, result.tags, settings.worth);
    return result;
}

} // namespace cmq::capture
