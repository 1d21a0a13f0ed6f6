// SPDX-License-Identifier: GPL-3.0-or-later

/// \file
/// A camera RAW file as a calibrated frame, with what the file says of itself.

#pragma once

#include "capture/estimate_noise.hpp"
#include "core/frame.hpp"
#include "core/image_view.hpp"

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace cmq::capture {

/// What the file's tags say. Claims of whoever wrote the file, not measurements; text is made
/// printable UTF-8 (other bytes become '?'), "" where the file says nothing.
struct Metadata {
    std::string make;
    std::string model;
    std::string unique_model; ///< DNG UniqueCameraModel
    std::string software;
    std::string
        description; ///< only where it begins with SIMULATED: other free text may name a person
    std::optional<double> iso;
    std::optional<double> exposure_s;
    std::optional<double> f_number;
    std::optional<double> focal_length_mm;
    std::string taken_at; ///< "2018-01-01T13:03:32" by the camera's own clock, no time zone
    std::optional<bool> auto_exposure; ///< true: any automatic or semi-automatic program
    std::optional<bool>
        auto_white_balance; ///< of no effect on linear values; told for completeness
    bool simulated =
        false; ///< a tag says SIMULATED: never evidence unless the case is a demonstration
};

/// Where the subtracted black level comes from.
enum class BlackOrigin : std::uint8_t {
    masked_photosites, ///< measured here, from photosites under the sensor's optical mask
    file,              ///< as the file (or LibRaw's table for the camera) states it
};

[[nodiscard]] std::string_view to_text(BlackOrigin origin) noexcept;

/// What makes a capture worth less, or less known.
enum class CaptureWarning : std::uint8_t {
    no_masked_photosites, ///< black is as stated, not measured
    auto_exposure,        ///< settings may differ between the captures of one set
    unnamed_camera,       ///< neither make nor model: references cannot be matched
    perhaps_lossy,        ///< fewer bits a photosite than lossless coding of noise needs
    noise_uncertain,      ///< the one frame does not determine its noise model well
    black_is_zero, ///< as stated: negative noise was cut off, or the true level is left unsaid
    dark_exposure_differs, ///< the dark frames' exposure is not that of the capture; the variance says how little is known
    noise_stated_low,  ///< the tag states less than half the variance that the frame shows
    noise_stated_high, ///< the tag states more than twice the variance that the frame shows
};

[[nodiscard]] std::string_view to_text(CaptureWarning warning) noexcept;

/// What was applied to a frame beyond black.
struct ProfileUse {
    std::string sha256;                        ///< of the profile's file
    bool flat = false;                         ///< divided by its flat map
    std::optional<double> dark_exposure_ratio; ///< capture's exposure over that of the dark frames
};

/// One file, read.
struct Capture {
    Frame frame; ///< visible area only
    Metadata metadata;
    std::string sha256; ///< of the file, 64 hexadecimal digits
    std::uintmax_t file_bytes = 0;
    std::string
        decoder;     ///< LibRaw's version and the routine that unpacked, "0.20.2 canon_load_raw"
    Shape raw_shape; ///< with the margins that no light reaches
    std::ptrdiff_t top_margin = 0;  ///< rows of the raw area above the visible one
    std::ptrdiff_t left_margin = 0; ///< columns left of it
    std::size_t raw_images = 1;     ///< how many raw pictures the file holds; the first was read
    double white_level_dn = 0;      ///< greatest raw value the file or LibRaw states
    BlackOrigin black_origin = BlackOrigin::file;
    PerPlane<double> stated_black_dn{};           ///< as stated, whether used or not
    PerPlane<std::size_t> masked_photosites{};    ///< used for black; 0 where it is stated only
    PerPlane<double> masked_sd_dn{};              ///< their standard deviation, 0 without any
    PerPlane<std::size_t> saturated_photosites{}; ///< of the visible area
    std::optional<NoiseComparison>
        noise_comparison; ///< where the file states its noise and the frame shows enough of it
    PerPlane<bool> gain_is_shared{}; ///< the noise estimate's gain comes from all planes together
    std::size_t hot_photosites = 0;
    std::size_t dead_photosites = 0;
    std::size_t no_data_photosites = 0;
    std::size_t blooming_photosites = 0; ///< good but for a saturated one beside them
    double bits_per_photosite = 0;       ///< of the file: 8 x bytes / raw photosites
    std::vector<CaptureWarning> warnings;
    std::optional<ProfileUse> profile; ///< the camera profile that was applied (apply_profile)
    std::size_t dark_frames = 0; ///< taken off as their mean, without a profile (subtract_dark)
};

struct ReadSettings {
    std::filesystem::path decoder; ///< the program contremarque-decoder
    std::uintmax_t max_file_bytes = std::uintmax_t{1} << 30U;
    std::uint32_t max_photosites = 200'000'000; ///< raw area
    unsigned threads = 0;                       ///< 0: one for each core; no effect on the result
    /// true: a frame too full to estimate its noise from is read too, with a noise model of zeros (flats for a
    /// camera profile); false: it is refused.
    bool full_frames = false;
};

/// Reads a Bayer RAW file.
///
/// The bytes are decoded by LibRaw in a program of its own with limits on time, memory and system
/// calls (docs/methods/capture.md); what it answers is checked as if it came from the other side.
/// Values are raw numbers minus black per plane, no demosaicing, no white balance. Black is the mean of masked
/// photosites per plane where there are at least 1000 in each, else as stated.
/// The noise model is the DNG NoiseProfile tag, compared with what the frame shows, else an estimate from the frame
/// (estimate_noise), of at most 8192 blocks a plane.
///
/// mask: saturated where the raw value is at or above the plane's saturation level (the white level,
/// or the level below it at which the plane visibly piles up); hot where one photosite stands far
/// above all neighbours of every plane (mark_defects); no_data where a raw 0 lies more than
/// 8 standard deviations of read noise below black; blooming beside saturated ones (mark_blooming).
///
/// \throws Error io           the file or the decoder program cannot be read or started
/// \throws Error format       bytes break their format: truncated, offsets outside the file, decoding errors
/// \throws Error unsupported  no camera RAW file, or one without a 2 x 2 Bayer mosaic of integers
/// \throws Error limits       the file is too long, or decoding reached a limit (hang, memory)
///
/// Cost: LibRaw's unpacking plus a few passes; 11 bytes a photosite beside the decoder's own.
[[nodiscard]] Capture read_capture(std::filesystem::path const& path, ReadSettings const& settings);

/// How many of these files to read and analyse at a time: 2, as the decoder uses one core; 1 where one thread is
/// asked for, or where two of the largest would take too much memory (files above 128 MB, about 100 megapixels).
[[nodiscard]] std::size_t captures_at_once(std::span<std::filesystem::path const> paths,
                                           unsigned threads);

/// The same from bytes in memory; `name` stands for the path in messages.
[[nodiscard]] Capture
to_capture(std::vector<std::byte> bytes, std::string_view name, ReadSettings const& settings);

} // namespace cmq::capture
