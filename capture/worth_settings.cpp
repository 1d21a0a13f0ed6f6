// SPDX-License-Identifier: GPL-3.0-or-later

#include "capture/worth_facts.hpp"
#include "core/columns.hpp"
#include "core/number_text.hpp"

#include <algorithm>
#include <cmath>

namespace cmq::capture {
namespace {

// Where cameras begin to take a dark frame off by themselves (Canon EOS 30D, custom function 4: "1 sec. or longer");
// below, read noise outweighs what the dark adds.
constexpr double long_exposure_s = 1.0;

std::optional<bool> is_set(Tags const& tags, std::string_view key, double automatic, double most) {
    auto const value = tags.number(key);
    if (!value || *value < 0 || *value > most) {
        return {};
    }
    return *value == automatic;
}

// Signs of processing before the file was written, and the values that say it was on.
struct Sign {
    std::string_view key;
    bool touches_raw; // a dark frame taken off, or the photosites smoothed
    double from;
    double to;
};

// Numbers: ExifTool tag tables (P. Harvey), DNG 1.4 (NoiseReductionApplied).
constexpr std::array signs{Sign{"Exif.Image.NoiseReductionApplied", true, 1e-6, 1},
                           Sign{"Exif.SubImage1.NoiseReductionApplied", true, 1e-6, 1},
                           Sign{"Exif.Sony1.LongExposureNoiseReduction", true, 1, 1},
                           Sign{"Exif.Sony2.LongExposureNoiseReduction", true, 1, 1},
                           Sign{"Exif.Panasonic.LongShutterNoiseReduction", true, 2, 2},
                           Sign{"Exif.OlympusIp.DistortionCorrection", false, 1, 1},
                           Sign{"Exif.OlympusIp.ShadingCompensation", false, 1, 1},
                           Sign{"Exif.Sony1Cs.HighISONoiseReduction", false, 1, 3},
                           Sign{"Exif.Nikon3.HighISONoiseReduction", false, 1, 6},
                           Sign{"Exif.Nikon3.VignetteControl", false, 1, 5},
                           Sign{"Exif.Pentax.NoiseReduction", false, 1, 1}};

} // namespace

std::optional<double> Examined::exposure_s() const {
    return is_raw() ? capture->metadata.exposure_s : tags.number("Exif.Photo.ExposureTime");
}

Sentence figure(std::string const& number) {
    std::string comma = number;
    std::ranges::replace(comma, '.', ',');
    return Sentence::spoken(std::move(comma), number);
}

std::string source_of(Tag const& tag) {
    constexpr std::size_t longest = 60;
    return tag.key + " = " +
           (tag.value.size() > longest ? first_columns(tag.value, longest) : tag.value);
}

std::vector<std::string> sources_of(Tags const& tags,
                                    std::initializer_list<std::string_view> keys) {
    std::vector<std::string> sources;
    for (std::string_view const key : keys) {
        if (auto const* tag = tags.find(key)) {
            sources.push_back(source_of(*tag));
        }
    }
    return sources;
}

Fact exposure_fact(Examined const& file) {
    constexpr auto kind = FactKind::exposure_automatic;
    // ExposureProgram 1 is manual, 2 to 8 kinds of automatic; ExposureMode 1 manual (EXIF 2.32); Canon's own 4 manual.
    std::optional<bool> automatic;
    std::string_view source;
    for (auto const& [key, manual, low, high] : {std::tuple{"Exif.Photo.ExposureProgram", 1, 1, 8},
                                                 {"Exif.Photo.ExposureMode", 1, 0, 2},
                                                 {"Exif.CanonCs.ExposureProgram", 4, 0, 6}}) {
        auto const value = file.tags.number(key);
        if (!automatic && value && *value >= low && *value <= high) {
            automatic = *value != manual;
            source = key;
        }
    }
    if (!automatic && file.is_raw()) {
        automatic = file.capture->metadata.auto_exposure;
    }
    if (!automatic) {
        return make_fact(kind, FactState::not_stated);
    }
    if (!*automatic) {
        return make_fact(kind, FactState::not_found);
    }
    return found(
        kind,
        Sentence{{"l’appareil a réglé la pose de lui-même : elle peut différer d’une image "
                  "à l’autre d’une même série",
                  "the camera set the exposure by itself: it may differ between pictures of "
                  "one set"}},
        sources_of(file.tags, {source}));
}

Fact white_balance_fact(Examined const& file) {
    constexpr auto kind = FactKind::white_balance_automatic;
    auto const automatic = is_set(file.tags, "Exif.Photo.WhiteBalance", 0, 1);
    if (!automatic || !*automatic) {
        return make_fact(kind, automatic ? FactState::not_found : FactState::not_stated);
    }
    auto sources = sources_of(file.tags, {"Exif.Photo.WhiteBalance"});
    return file.is_raw()
               ? found(kind,
                       Sentence{{"balance des blancs automatique : sans effet sur les photosites "
                                 "bruts",
                                 "white balance automatic: of no effect on raw photosites"}},
                       std::move(sources))
               : found(kind,
                       Sentence{{"balance des blancs automatique : les couleurs dépendent de tout "
                                 "ce qui est dans le champ",
                                 "white balance automatic: colours depend on everything in the "
                                 "field of view"}},
                       std::move(sources));
}

Fact iso_fact(Examined const& file) {
    constexpr auto kind = FactKind::iso_automatic;
    std::optional<bool> automatic;
    std::string_view source = "Exif.CanonCs.ISOSpeed";
    // 14 "Auto High", 15 "Auto", from 16 fixed values (ExifTool, Canon CameraSettings 16).
    if (auto const value = file.tags.number(source); value && *value >= 14 && *value < 32767) {
        automatic = *value <= 15;
    }
    if (auto const text = file.tags.text("Exif.Nikon3.ISOSelection"); text && !automatic) {
        source = "Exif.Nikon3.ISOSelection";
        automatic = text->starts_with("AUTO");
    }
    if (!automatic || !*automatic) {
        return make_fact(kind, automatic ? FactState::not_found : FactState::not_stated);
    }
    return found(kind,
                 Sentence{{"l’appareil a choisi la sensibilité (ISO) de lui-même",
                           "the camera chose the sensitivity (ISO) by itself"}},
                 sources_of(file.tags, {source}));
}

Fact long_exposure_fact(Examined const& file) {
    constexpr auto kind = FactKind::long_exposure;
    auto const exposure = file.exposure_s();
    if (!exposure) {
        return make_fact(kind, FactState::not_stated);
    }
    if (*exposure < long_exposure_s || file.settings.has_dark) {
        return make_fact(kind, FactState::not_found);
    }
    // The decoder knows some makers' units better than the tag does: the tag stands where both agree.
    auto const tag = file.tags.number("Exif.Photo.ExposureTime");
    bool const agree = tag && std::abs(*tag - *exposure) <= 0.01 * *exposure;
    auto sources = agree ? sources_of(file.tags, {"Exif.Photo.ExposureTime"})
                         : std::vector{"ExposureTime = " + significant_text(*exposure, 3) +
                                       (file.is_raw() ? " (LibRaw)" : "")};
    Sentence const length = figure(significant_text(*exposure, 3));
    return file.is_raw()
               ? found(kind,
                       Sentence{{"pose de {} s sans image d’obscurité de même durée : ce que le "
                                 "capteur ajoute de lui-même n’est pas retranché",
                                 "exposed for {} s, without a dark frame of the same length: what "
                                 "the sensor adds by itself is not taken off"},
                                length},
                       std::move(sources))
               : found(
                     kind,
                     Sentence{{"pose de {} s : ce que le capteur ajoute de lui-même dans ce temps "
                               "peut se trouver dans l’image",
                               "exposed for {} s: what the sensor adds by itself in that time may "
                               "be in the picture"},
                              length},
                     std::move(sources));
}

Fact flash_fact(Examined const& file) {
    auto const flash = file.tags.number("Exif.Photo.Flash");
    if (!flash || *flash < 0 || *flash > 65535) {
        return make_fact(FactKind::flash, FactState::not_stated);
    }
    constexpr unsigned no_flash_function = 0x20; // EXIF 2.32, tag Flash; bit 0: fired
    auto const bits = static_cast<unsigned>(*flash);
    if ((bits & 1U) == 0 || (bits & no_flash_function) != 0) {
        return make_fact(FactKind::flash, FactState::not_found);
    }
    return found(FactKind::flash,
                 Sentence{{"le flash s’est déclenché : la lampe n’était pas la seule lumière",
                           "the flash fired: the lamp was not the only light"}},
                 sources_of(file.tags, {"Exif.Photo.Flash"}));
}

Fact zoom_fact(Examined const& file) {
    bool stated = false;
    std::vector<std::string> sources;
    // Above 1: enlarged (EXIF 2.32, Nikon); above 0: a step of enlargement (Canon).
    for (auto const& [key, above] : {std::pair{"Exif.Photo.DigitalZoomRatio", 1.0},
                                     {"Exif.Nikon3.DigitalZoom", 1.0},
                                     {"Exif.CanonCs.DigitalZoom", 0.0}}) {
        auto const value = file.tags.number(key);
        stated = stated || value;
        if (value && *value > above && *value < 32767) {
            sources.push_back(source_of(*file.tags.find(key)));
        }
    }
    auto const crop = file.tags.text("Xmp.crs.HasCrop");
    stated = stated || crop;
    if (crop && *crop == "True") {
        sources.push_back(source_of(*file.tags.find("Xmp.crs.HasCrop")));
    }
    if (sources.empty()) {
        return make_fact(FactKind::zoom, stated ? FactState::not_found : FactState::not_stated);
    }
    return found(
        FactKind::zoom,
        Sentence{{"zoom numérique ou recadrage : l’échelle et les bords ne sont pas ceux du "
                  "capteur",
                  "digital zoom or crop: scale and edges are not those of the sensor"}},
        std::move(sources));
}

Fact processing_fact(Examined const& file) {
    bool stated = false;
    std::vector<std::string> sources;
    for (Sign const& sign : signs) {
        if (file.is_raw() && !sign.touches_raw) {
            continue;
        }
        auto const value = file.tags.number(sign.key);
        stated = stated || value;
        if (value && *value >= sign.from && *value <= sign.to) {
            sources.push_back(source_of(*file.tags.find(sign.key)));
        }
    }
    if (auto const text =
            file.tags.text("Exif.Nikon3.NoiseReduction")) { // of long exposures: "OFF", "FPNR"
        stated = true;
        if (!text->starts_with("OFF")) {
            sources.push_back(source_of(*file.tags.find("Exif.Nikon3.NoiseReduction")));
        }
    }
    if (sources.empty()) {
        return make_fact(FactKind::processing,
                         stated ? FactState::not_found : FactState::not_stated);
    }
    return file.is_raw()
               ? found(FactKind::processing,
                       Sentence{
                           {"l’appareil ou un convertisseur a retranché une image d’obscurité ou "
                            "lissé les photosites : le bruit n’est plus celui d’une seule image",
                            "the camera or a converter took off a dark frame or smoothed the "
                            "photosites: the noise is no longer that of a single frame"}},
                       std::move(sources))
               : found(FactKind::processing,
                       Sentence{
                           {"réduction du bruit ou correction de l’objectif dans l’appareil : de "
                            "petits points peuvent avoir été effacés ou étalés",
                            "noise reduction or lens correction in the camera: small spots may "
                            "have been removed or spread"}},
                       std::move(sources));
}

} // namespace cmq::capture
