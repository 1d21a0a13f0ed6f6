// SPDX-License-Identifier: GPL-3.0-or-later

#include "capture/read_capture.hpp"

#include "capture/check_container.hpp"
#include "capture/decode.hpp"
#include "capture/estimate_noise.hpp"
#include "capture/make_frame.hpp"
#include "capture/mark_blooming.hpp"
#include "capture/mark_defects.hpp"
#include "capture/measure_levels.hpp"
#include "capture/metadata.hpp"
#include "capture/tiff_tags.hpp"
#include "core/error.hpp"
#include "system/file.hpp"
#include "system/sha256.hpp"

#include <algorithm>
#include <cstring>
#include <span>
#include <system_error>

namespace cmq::capture {
namespace {

// Below this the mean of masked photosites is no better than a stated level (sd 5 DN: 0.16 DN).
constexpr std::size_t fewest_masked = 1000;

// Noise of sd s takes at least log2(s sqrt(2 pi e)) bits: 4 bits are enough for s = 3.9 only.
constexpr double fewest_lossless_bits = 4.0;

// Of each plane, for the noise estimate: docs/methods/noise.md has what more of them would bring.
constexpr std::size_t most_noise_blocks = 8192;

// What the tags say that bears on the numbers.
struct TagFacts {
    std::vector<double> noise_profile;
    std::vector<double> black; // BlackLevel of a 1 x 1 or 2 x 2 pattern, as the file writes it
    bool black_varies = false; // by row or by column
};

TagFacts read_facts(TiffFile const& file) {
    TagFacts facts;
    auto const numbers = [&](std::uint16_t tag, std::size_t most) {
        std::vector<double> values;
        auto const* entry = file.find(tag);
        for (std::size_t i = 0; entry != nullptr && i < std::min<std::size_t>(entry->count, most);
             ++i) {
            if (auto const value = file.number(entry, i)) {
                values.push_back(*value);
            }
        }
        return values;
    };
    facts.noise_profile = numbers(tiff_tag::noise_profile, 16);
    facts.black = numbers(tiff_tag::black_level, 16);
    constexpr std::size_t longest_side = 1U << 17U;
    for (auto const tag : {tiff_tag::black_level_delta_h, tiff_tag::black_level_delta_v}) {
        auto const deltas = numbers(tag, longest_side);
        facts.black_varies = facts.black_varies ||
                             std::ranges::any_of(deltas, [](double delta) { return delta != 0; });
    }
    return facts;
}

Cfa to_cfa(std::array<std::uint8_t, 4> const& colours) {
    std::string name;
    for (std::uint8_t const colour : colours) {
        name += "RGB"[colour];
    }
    return make_cfa(name);
}

Area visible_area(Answer const& answer) {
    return {answer.top_margin,
            answer.left_margin,
            static_cast<std::ptrdiff_t>(answer.top_margin) + answer.height,
            static_cast<std::ptrdiff_t>(answer.left_margin) + answer.width};
}

std::vector<Area> masked_areas(Answer const& answer) {
    Area const visible = visible_area(answer);
    std::vector<Area> areas;
    for (auto const& [top, left, bottom, right] : answer.masked) {
        // LibRaw leaves some with the right before the left; one that meets the picture is no mask.
        bool const apart = bottom <= visible.top || top >= visible.bottom ||
                           right <= visible.left || left >= visible.right;
        if (top >= 0 && left >= 0 && bottom > top && right > left && apart) {
            areas.push_back({top, left, bottom, right});
        }
    }
    return areas;
}

// Black: as the file writes it where it does (LibRaw rounds), else as LibRaw's table has it; measured where
// masked photosites allow.
void choose_black(Decoded const& decoded,
                  Cfa const& raw_cfa,
                  TagFacts const& facts,
                  Capture& capture,
                  Levels& levels) {
    Answer const& answer = decoded.answer;
    Cfa const cfa = to_cfa(answer.colours);
    bool const own = answer.is_dng != 0 && (facts.black.size() == 1 || facts.black.size() == 4);
    for (std::size_t cell = 0; cell < 4; ++cell) {
        auto const p = static_cast<std::size_t>(cfa.cell[cell]);
        double const stated = own ? facts.black[facts.black.size() == 1 ? 0 : cell] : 0.0;
        // Only where it is what LibRaw rounded: the tag may belong to another picture in the file.
        capture.stated_black_dn[p] =
            own && std::abs(stated - answer.black[cell]) < 1.0 ? stated : answer.black[cell];
    }
    levels.black_dn = capture.stated_black_dn;
    auto const measured = measure_black(decoded.plane(), raw_cfa, masked_areas(answer));
    if (std::ranges::min(measured.photosites) >= fewest_masked) {
        capture.black_origin = BlackOrigin::masked_photosites;
        capture.masked_photosites = measured.photosites;
        capture.masked_sd_dn = measured.sd_dn;
        levels.black_dn = measured.mean_dn;
        levels.black_dn_sigma = measured.sigma_dn;
    }
}

// Also returns how many raw zeros each plane has.
PerPlane<std::size_t> choose_saturation(Decoded const& decoded,
                                        Cfa const& raw_cfa,
                                        unsigned threads,
                                        Capture& capture,
                                        Levels& levels) {
    PerPlane<std::size_t> zeros{};
    auto const counts =
        count_values(decoded.plane(), visible_area(decoded.answer), raw_cfa, threads);
    for (std::size_t p = 0; p < plane_count; ++p) {
        levels.saturation[p] = find_saturation(counts[p], decoded.answer.maximum);
        std::size_t saturated = 0;
        for (std::size_t value = levels.saturation[p]; value < counts[p].size(); ++value) {
            saturated += counts[p][value];
        }
        capture.saturated_photosites[p] = saturated;
        zeros[p] = counts[p][0];
    }
    return zeros;
}

struct ChosenNoise {
    NoiseModel model;
    bool is_good = true; // false: the frame alone had to give it, and does not determine it well
};

// From the tag, else from the frame itself.
ChosenNoise choose_noise(Decoded const& decoded,
                         Cfa const& raw_cfa,
                         TagFacts const& facts,
                         Levels const& levels,
                         ReadSettings const& settings,
                         Capture& capture) {
    PerPlane<double> range{};
    for (std::size_t p = 0; p < plane_count; ++p) {
        range[p] = capture.white_level_dn - levels.black_dn[p];
    }
    Frame const sample = make_sample(
        decoded.plane(), visible_area(decoded.answer), raw_cfa, levels, most_noise_blocks);
    if (auto const model = to_noise_model(facts.noise_profile, range)) {
        capture.noise_comparison = compare_noise(*model, sample, settings.threads);
        return {*model};
    }
    try {
        NoiseEstimate const estimate = estimate_noise(sample, settings.threads);
        capture.gain_is_shared = estimate.gain_is_shared;
        return {estimate.model, estimate.well_determined};
    } catch (Error const& error) {
        if (!settings.full_frames || error.kind() != ErrorKind::insufficient) {
            throw;
        }
        return {{}, false};
    }
}

std::size_t count_missing(PerPlane<std::size_t> const& zeros, PerPlane<bool> const& are_missing) {
    std::size_t count = 0;
    for (std::size_t p = 0; p < plane_count; ++p) {
        count += are_missing[p] ? zeros[p] : 0;
    }
    return count;
}

void add_warnings(bool noise_is_good, Capture& capture) {
    auto const warn = [&](bool when, CaptureWarning warning) {
        if (when) {
            capture.warnings.push_back(warning);
        }
    };
    Metadata const& said = capture.metadata;
    warn(capture.black_origin == BlackOrigin::file, CaptureWarning::no_masked_photosites);
    warn(said.auto_exposure.value_or(false), CaptureWarning::auto_exposure);
    warn(said.make.empty() && said.model.empty() && said.unique_model.empty(),
         CaptureWarning::unnamed_camera);
    warn(capture.bits_per_photosite < fewest_lossless_bits, CaptureWarning::perhaps_lossy);
    warn(!noise_is_good, CaptureWarning::noise_uncertain);
    auto const& compared = capture.noise_comparison;
    warn(compared && compared->stated_too_low(), CaptureWarning::noise_stated_low);
    warn(compared && compared->stated_too_high(), CaptureWarning::noise_stated_high);
    warn(std::ranges::any_of(capture.frame.black_dn, [](double black) { return black <= 0; }),
         CaptureWarning::black_is_zero);
}

Capture to_capture_unnamed(std::vector<std::byte> bytes, ReadSettings const& settings) {
    Container const container = check_container(bytes);
    Capture capture;
    capture.sha256 = sha256_hex(bytes);
    capture.file_bytes = bytes.size();
    Decoded const decoded = decode(bytes, settings);
    Answer const& answer = decoded.answer;
    TagFacts facts;
    if (container == Container::tiff) {
        TiffFile const file{bytes};
        capture.metadata = to_metadata(answer, &file);
        facts = read_facts(file);
    } else {
        capture.metadata = to_metadata(answer, nullptr);
    }
    if (facts.black_varies) {
        throw Error{ErrorKind::unsupported,
                    {"le fichier indique un niveau de noir qui change d’une ligne ou d’une colonne "
                     "à l’autre ; de tels fichiers ne sont pas encore lus",
                     "the file states a black level that changes from row to row or column to "
                     "column; such files are not read yet"}};
    }
    std::vector<std::byte>{}.swap(bytes); // makes room for the frame; = {} would keep it

    capture.raw_shape = {answer.raw_height, answer.raw_width};
    capture.top_margin = answer.top_margin;
    capture.left_margin = answer.left_margin;
    capture.raw_images = std::max(answer.raw_images, 1U);
    capture.white_level_dn = answer.maximum;
    capture.decoder =
        to_printable(std::string{answer.libraw_version.data()} + ' ' + answer.decoder.data());
    capture.bits_per_photosite = 8.0 * static_cast<double>(capture.file_bytes) /
                                 static_cast<double>(capture.raw_shape.area());
    Cfa const raw_cfa = shift_cfa(to_cfa(answer.colours), answer.top_margin, answer.left_margin);
    Levels levels;
    choose_black(decoded, raw_cfa, facts, capture, levels);
    auto const zeros = choose_saturation(decoded, raw_cfa, settings.threads, capture, levels);
    ChosenNoise const noise = choose_noise(decoded, raw_cfa, facts, levels, settings, capture);
    Area const visible = visible_area(answer);
    DefectSearch search{visible.shape()};
    capture.frame = make_frame(decoded.plane(),
                               visible,
                               raw_cfa,
                               levels,
                               noise.model,
                               settings.threads,
                               [&](Frame const& frame, std::size_t first, std::size_t last) {
                                   search.look(frame, first, last);
                               });
    capture.no_data_photosites = count_missing(zeros, zero_is_missing(levels, noise.model));
    Defects const defects = search.mark(capture.frame);
    capture.hot_photosites = defects.hot;
    capture.dead_photosites = defects.dead;
    capture.blooming_photosites = mark_blooming(capture.frame, settings.threads);
    add_warnings(noise.is_good, capture);
    return capture;
}

} // namespace

Capture
to_capture(std::vector<std::byte> bytes, std::string_view name, ReadSettings const& settings) {
    try {
        return to_capture_unnamed(std::move(bytes), settings);
    } catch (Error& error) {
        Error named{error.kind(), {"« {} » : {}", "'{}': {}"}, name, error.sentence()};
        for (Sentence const& place : error.places()) {
            named.at(place);
        }
        throw Error{named};
    }
}

std::size_t captures_at_once(std::span<std::filesystem::path const> paths, unsigned threads) {
    constexpr std::uintmax_t largest = 128'000'000;
    bool const small = std::ranges::all_of(paths, [](std::filesystem::path const& path) {
        std::error_code failed; // then there is nothing to read
        auto const size = std::filesystem::file_size(path, failed);
        return failed || size <= largest;
    });
    return threads == 1 || paths.size() < 2 || !small ? 1 : 2;
}

Capture read_capture(std::filesystem::path const& path, ReadSettings const& settings) {
    return to_capture(read_file(path, settings.max_file_bytes), path.string(), settings);
}

} // namespace cmq::capture
