// SPDX-License-Identifier: GPL-3.0-or-later

#include "capture/worth.hpp"

#include "capture/worth_facts.hpp"

namespace cmq::capture {
namespace {

Fact tags_fact(Examined const& file) {
    constexpr auto kind = FactKind::tags_unreadable;
    switch (file.tags.state) {
    case TagsState::read:
        return make_fact(kind, FactState::not_found);
    case TagsState::not_known:
        return make_fact(kind, FactState::not_stated);
    case TagsState::damaged:
        break;
    }
    return found(
        kind,
        Sentence{{"les étiquettes sont endommagées ou n’ont pu être lues dans les limites de ce "
                  "programme ; ce qu’elles diraient reste ouvert",
                  "the tags are damaged or could not be read within the limits of this program; "
                  "what they would say stays open"}},
        {});
}

Fact position_fact(Examined const& file) {
    constexpr auto kind = FactKind::gps_position;
    if (file.tags.state != TagsState::read) {
        return make_fact(kind, FactState::not_stated);
    }
    if (file.tags.find("Exif.GPSInfo.GPSLatitude") == nullptr &&
        file.tags.find("Xmp.exif.GPSLatitude") == nullptr) {
        return make_fact(kind, FactState::not_found);
    }
    return found(
        kind,
        Sentence{{"le fichier dit où la photographie a été prise ; « --identifying » le montre",
                  "the file says where the picture was taken; --identifying shows it"}},
        {"Exif.GPSInfo.GPSLatitude"});
}

std::vector<Fact> all_facts(Examined const& file) {
    std::vector<Fact> facts{tags_fact(file),
                            exposure_fact(file),
                            white_balance_fact(file),
                            iso_fact(file),
                            saturation_fact(file),
                            long_exposure_fact(file),
                            flash_fact(file),
                            zoom_fact(file),
                            processing_fact(file)};
    if (file.settings.at) {
        facts.push_back(account_time_fact(file));
    }
    for (Fact& fact : std::vector<Fact>{times_fact(file),
                                        gps_time_fact(file),
                                        name_time_fact(file),
                                        software_fact(file),
                                        history_fact(file),
                                        converted_fact(file),
                                        maker_notes_fact(file),
                                        preview_fact(file),
                                        position_fact(file),
                                        orientation_fact(file),
                                        several_pictures_fact(file)}) {
        facts.push_back(std::move(fact));
    }
    return facts;
}

Sentence noise_reason(NoiseOrigin origin) {
    switch (origin) {
    case NoiseOrigin::profile:
        return Sentence{
            {"profil de l’appareil : bruit, gain et défauts mesurés par transfert de photons",
             "camera profile: noise, gain and defects measured by photon transfer"}};
    case NoiseOrigin::dng_tag:
        return Sentence{{"pas de profil de l’appareil : le bruit est celui que le fichier indique",
                         "no camera profile: the noise is what the file states"}};
    case NoiseOrigin::estimated:
        break;
    }
    return Sentence{{"pas de profil de l’appareil : le bruit est estimé sur cette seule image",
                     "no camera profile: the noise is estimated from this one frame"}};
}

std::vector<Sentence> picture_reasons(Picture const& picture) {
    if (picture.format == PictureFormat::linear_dng) {
        return {
            Sentence{{"DNG linéaire de {} bits, déjà dématricé : chaque pixel a ses trois "
                      "couleurs, dont d’ordinaire deux ont été calculées d’après ses voisins ; on "
                      "y voit ou non une trace, sans couleur ni quantité",
                      "linear DNG of {} bits, already demosaiced: each pixel has its three "
                      "colours, two of them as a rule computed from its neighbours; a trace is "
                      "seen in it or not, without colour or amount"},
                     picture.stated_bits},
            Sentence{Words{"le calcul lie le bruit de pixels voisins : aucun modèle de bruit par "
                           "photosite ne vaut plus, et une quantité serait sans incertitude connue",
                           "that computation ties the noise of neighbouring pixels together: no "
                           "noise model for single photosites holds any more, and an amount would "
                           "have no known uncertainty"}},
            Sentence{Words{"ce que chaque photosite a compté ne s’y retrouve pas ; le fichier brut "
                           "(RAW) d’origine, s’il existe, pourrait se mesurer",
                           "what each photosite counted cannot be got back from it; the original "
                           "RAW file, if there is one, could be measured"}}};
    }
    std::vector<Sentence> reasons{
        Sentence{{"image {} de {} bits : ses nombres ont passé par la conversion de l’appareil ou "
                  "d’un programme ; on y voit ou non une trace, sans couleur ni quantité",
                  "{} picture of {} bits: its numbers went through a conversion by the camera or "
                  "a program; a trace is seen in it or not, without colour or amount"},
                 to_text(picture.format),
                 picture.stated_bits}};
    if (picture.format == PictureFormat::jpeg) {
        reasons.emplace_back(
            Words{"compression avec perte : de petits points peuvent être effacés, ou "
                  "faits",
                  "compressed with loss: small spots may be removed, or made"});
    }
    return reasons;
}

} // namespace

std::string_view to_text(Grade grade) noexcept {
    switch (grade) {
    case Grade::measurement:
        return "measurement";
    case Grade::measurement_uncalibrated:
        return "measurement_uncalibrated";
    case Grade::screening_only:
        return "screening_only";
    case Grade::refused:
        break;
    }
    return "refused";
}

std::string_view to_text(FactState state) noexcept {
    switch (state) {
    case FactState::found:
        return "found";
    case FactState::not_found:
        return "not_found";
    case FactState::not_stated:
        break;
    }
    return "not_stated";
}

Worth assess_worth(Capture const& capture, Tags const& tags, WorthSettings const& settings) {
    bool const profile = capture.frame.noise.origin == NoiseOrigin::profile;
    return {profile ? Grade::measurement : Grade::measurement_uncalibrated,
            {Sentence{
                 {"photosites bruts d’une mosaïque de Bayer, sans traitement connu de ce programme",
                  "raw photosites of a Bayer mosaic, without processing known to this program"}},
             noise_reason(capture.frame.noise.origin)},
            all_facts({&capture, nullptr, tags, settings})};
}

Worth assess_worth(Picture const& picture, Tags const& tags, WorthSettings const& settings) {
    Worth worth{Grade::screening_only,
                picture_reasons(picture),
                all_facts({nullptr, &picture, tags, settings})};
    if (picture.is_reduced) {
        worth.reasons.emplace_back(
            Words{"le fichier la dit lui-même réduite et n’en contient pas d’autre",
                  "the file itself calls it reduced, and holds no other"});
    }
    return worth;
}

Words what_not_found_means() {
    return {"Les étiquettes sont des déclarations de qui a écrit le fichier et se changent sans "
            "trace : « non "
            "trouvé » ne veut pas dire que rien n’a eu lieu, et un point trouvé peut avoir une "
            "cause ordinaire.",
            "Tags are claims of whoever wrote the file and can be changed without a trace: \"not "
            "found\" does "
            "not mean that nothing happened, and what is found may have an ordinary cause."};
}

} // namespace cmq::capture
