// SPDX-License-Identifier: GPL-3.0-or-later

#include "apps/cli/inspect_text.hpp"

#include "capture/metadata.hpp"
#include "core/columns.hpp"
#include "core/number_text.hpp"

#include <algorithm>
#include <functional>
#include <numeric>

namespace cmq::cli {
namespace {

using capture::Capture;
using capture::CaptureWarning;

Words words(CaptureWarning warning) {
    switch (warning) {
    case CaptureWarning::no_masked_photosites:
        return {"pas de photosites masqués : niveau de noir indiqué, et non mesuré",
                "no masked photosites: the black level is as stated, not measured"};
    case CaptureWarning::auto_exposure:
        return {"pose automatique : les réglages peuvent différer au sein d’une même série",
                "automatic exposure: settings may differ between captures of one set"};
    case CaptureWarning::unnamed_camera:
        return {"le fichier ne nomme aucun appareil : aucune référence ne peut lui répondre",
                "the file names no camera: references cannot be matched to it"};
    case CaptureWarning::perhaps_lossy:
        return {"peu de bits par photosite : peut-être comprimé avec perte, bruit minoré",
                "few bits a photosite: perhaps compressed with loss, noise then too low"};
    case CaptureWarning::noise_uncertain:
        return {"cette image seule détermine mal son bruit",
                "this frame alone does not determine its noise well"};
    case CaptureWarning::black_is_zero:
        return {"noir indiqué à 0 : le bruit au-dessous est coupé, ou l’indication est fausse",
                "black is stated as 0: noise below it is cut off, or it is not true"};
    case CaptureWarning::noise_stated_low:
        return {"bruit déclaré par le fichier inférieur à celui que montre l’image",
                "the file states less noise than the picture shows"};
    case CaptureWarning::noise_stated_high:
        return {"bruit déclaré par le fichier supérieur à celui que montre l’image",
                "the file states more noise than the picture shows"};
    case CaptureWarning::dark_exposure_differs:
        return {"temps de pose autre que celui des images d’obscurité : variance augmentée",
                "exposure unlike that of the dark frames: variance is larger for it"};
    }
    return {"avertissement", "warning"};
}

// One line: a label of fixed width, then what it says.
std::string line(std::string const& label, std::string const& value) {
    constexpr std::size_t column = 18;
    std::size_t const taken = columns_of(label) + 2;
    return "  " + label + std::string(taken < column ? column - taken : 1, ' ') + value + '\n';
}

std::string plane_line(
    Speaker const& say, Words label, PerPlane<double> const& values, int decimals, Words unit) {
    constexpr std::size_t width = 10;
    std::string cells;
    for (double const value : values) {
        std::string const cell = say.figure(fixed_text(value, decimals));
        cells += std::string(cell.size() < width ? width - cell.size() : 1, ' ') + cell;
    }
    return line(say(label), cells + "  " + say(unit));
}

std::string exposure_text(Speaker const& say, capture::Metadata const& said) {
    std::vector<std::string> parts;
    if (said.exposure_s) {
        parts.push_back(say.figure(significant_text(*said.exposure_s, 3)) + " s");
    }
    if (said.f_number) {
        parts.push_back("f/" + say.figure(significant_text(*said.f_number, 2)));
    }
    if (said.iso) {
        parts.push_back("ISO " + significant_text(*said.iso, 3));
    }
    if (said.focal_length_mm) {
        parts.push_back(say.figure(significant_text(*said.focal_length_mm, 3)) + " mm");
    }
    if (said.auto_exposure) {
        parts.push_back(*said.auto_exposure ? say({"automatique", "automatic"})
                                            : say({"manuelle", "manual"}));
    }
    std::string text;
    for (std::string const& part : parts) {
        text += (text.empty() ? "" : ", ") + part;
    }
    return text.empty() ? say({"non précisée", "not stated"}) : text;
}

std::string camera_text(Speaker const& say, capture::Metadata const& said) {
    // "Canon" makes the "Canon EOS D30", "NIKON CORPORATION" the "NIKON D500".
    bool const repeated =
        !said.make.empty() && said.model.starts_with(said.make.substr(0, said.make.find(' ')));
    std::string name =
        repeated ? said.model
                 : said.make + (said.make.empty() || said.model.empty() ? "" : " ") + said.model;
    if (name.empty()) {
        name = said.unique_model;
    }
    constexpr std::size_t longest = 60;
    if (name.size() > longest) {
        name = capture::to_printable(name.substr(0, longest)) + "...";
    }
    return name.empty() ? say({"non nommé", "not named"}) : name;
}

std::string noise_text(Speaker const& say, Capture const& capture) {
    switch (capture.frame.noise.origin) {
    case NoiseOrigin::profile:
        return say({"d’après un profil de l’appareil", "from a camera profile"});
    case NoiseOrigin::dng_tag:
        return say(
            {"d’après l’étiquette NoiseProfile du fichier", "from the file's NoiseProfile tag"});
    case NoiseOrigin::estimated:
        break;
    }
    bool const shared =
        std::ranges::find(capture.gain_is_shared, true) != capture.gain_is_shared.end();
    return shared ? say({"estimé sur cette image, le gain sur tous les plans ensemble",
                         "estimated from this frame, the gain from all planes together"})
                  : say({"estimé sur cette image, une texture fine comprise",
                         "estimated from this frame, fine texture included"});
}

std::string saturation_text(Speaker const& say, Capture const& capture) {
    auto const total = std::accumulate(
        capture.saturated_photosites.begin(), capture.saturated_photosites.end(), std::size_t{0});
    double const percent =
        100.0 * static_cast<double>(total) / static_cast<double>(capture.frame.shape.area());
    return say({"{} photosites, {} %", "{} photosites, {} %"},
               total,
               total == 0 ? std::string{"0"} : say.figure(significant_text(percent, 2)));
}

std::string size_text(Shape shape) {
    return std::to_string(shape.width) + " x " + std::to_string(shape.height);
}

std::string levels_text(Speaker const& say, Capture const& capture) {
    Frame const& frame = capture.frame;
    bool const measured = capture.black_origin == capture::BlackOrigin::masked_photosites;
    std::string text = line("", "         r        g1        g2         b");
    text += plane_line(say,
                       {"noir", "black"},
                       frame.black_dn,
                       2,
                       measured ? Words{"DN, mesuré", "DN, measured"}
                                : Words{"DN, indiqué", "DN, as stated"});
    if (measured) {
        text += plane_line(
            say, {"  incertitude", "  uncertainty"}, frame.black_dn_sigma, 2, {"DN", "DN"});
        text +=
            plane_line(say, {"  indiqué", "  as stated"}, capture.stated_black_dn, 2, {"DN", "DN"});
    }
    text += plane_line(say,
                       {"saturation", "saturation"},
                       frame.saturation_dn,
                       0,
                       {"DN au-dessus du noir", "DN above black"});
    text += plane_line(
        say, {"bruit de lecture", "read noise"}, frame.noise.read_noise_dn, 2, {"DN", "DN"});
    text += plane_line(
        say, {"gain", "gain"}, frame.noise.gain_dn, 4, {"DN par électron", "DN per electron"});
    if (frame.noise.origin == NoiseOrigin::estimated) {
        text += plane_line(say,
                           {"  incertitude", "  uncertainty"},
                           frame.noise.gain_dn_sigma,
                           4,
                           {"DN par électron", "DN per electron"});
    }
    if (auto const& compared = capture.noise_comparison) {
        PerPlane<double> ratio{};
        std::ranges::transform(
            compared->shown_dn2, compared->stated_dn2, ratio.begin(), std::divides<>{});
        text += plane_line(
            say, {"variance", "variance"}, ratio, 2, {"image / déclarée", "frame / as stated"});
    }
    return text + line(say({"modèle de bruit", "noise model"}), noise_text(say, capture));
}

// ---- worth

Words grade_words(capture::Grade grade) {
    switch (grade) {
    case capture::Grade::measurement:
        return {"mesure", "measurement"};
    case capture::Grade::measurement_uncalibrated:
        return {"mesure, non étalonnée", "measurement, uncalibrated"};
    case capture::Grade::screening_only:
        return {"premier tri seulement, pas de mesure", "screening only, no measurement"};
    case capture::Grade::refused:
        break;
    }
    return {"refusé", "refused"};
}

constexpr std::size_t columns = 80;
constexpr std::size_t value_column = 18;

// A label and what it says, on as many lines as that takes.
std::string paragraph(std::string const& label, std::string const& text) {
    std::size_t const taken = columns_of(label) + 2;
    std::string const first =
        "  " + label + std::string(taken < value_column ? value_column - taken : 1, ' ');
    return wrapped(text, columns, first, std::string(value_column, ' ')) + '\n';
}

std::string listed(Speaker const& say, capture::Worth const& worth, capture::FactState state) {
    std::string text;
    for (capture::Fact const& fact : worth.facts) {
        // That tags could be read goes without saying.
        if (fact.state == state && fact.kind != capture::FactKind::tags_unreadable) {
            text += (text.empty() ? "" : ", ") + say(capture::words(fact.kind));
        }
    }
    return text;
}

std::string worth_text(Speaker const& say, capture::Worth const& worth) {
    std::string text = paragraph(say({"valeur", "worth"}), say(grade_words(worth.grade)));
    for (Sentence const& reason : worth.reasons) {
        text += paragraph("", reason.in(say.language()));
    }
    bool first = true;
    for (capture::Fact const& fact : worth.facts) {
        if (fact.state != capture::FactState::found) {
            continue;
        }
        text += paragraph(first ? say({"constaté", "found"}) : "", fact.text.in(say.language()));
        first = false;
        for (std::string const& source : fact.sources) {
            text += paragraph("", '[' + source + ']');
        }
        if (fact.sources.empty()) {
            text += paragraph("", say({"[mesuré ici]", "[measured here]"}));
        }
    }
    for (auto const& [state, label] :
         {std::pair{capture::FactState::not_found, Words{"non trouvé", "not found"}},
          {capture::FactState::not_stated, Words{"non précisé", "not stated"}}}) {
        if (auto const list = listed(say, worth, state); !list.empty()) {
            text += paragraph(say(label), list);
        }
    }
    return text + paragraph(say({"lecture", "to read it"}), say(capture::what_not_found_means()));
}

// ---- numbers

// Camera, time and exposure: what any file may say.
std::string claims_text(Speaker const& say, capture::Metadata const& said) {
    return line(say({"appareil", "camera"}), camera_text(say, said)) +
           line(say({"prise de vue", "taken"}),
                said.taken_at.empty()
                    ? say({"non précisée", "not stated"})
                    : say({"{}, horloge de l’appareil", "{}, camera's clock"}, said.taken_at)) +
           line(say({"pose", "exposure"}), exposure_text(say, said));
}

std::string hash_text(std::string const& sha256) {
    return line("SHA-256", sha256.substr(0, 32)) + line("", sha256.substr(32));
}

std::string capture_text(Speaker const& say, Capture const& capture) {
    std::string text = claims_text(say, capture.metadata);
    text += line("photosites",
                 say({"{} {}, sur les {} du capteur", "{} {}, of {} on the sensor"},
                     size_text(capture.frame.shape),
                     capture.frame.cfa.name(),
                     size_text(capture.raw_shape)));
    text += line(say({"fichier", "file"}),
                 say({"{} octets, {} bits par photosite", "{} bytes, {} bits a photosite"},
                     capture.file_bytes,
                     say.figure(fixed_text(capture.bits_per_photosite, 1))));
    text += hash_text(capture.sha256);
    text += line(say({"décodeur", "decoder"}), "LibRaw " + capture.decoder);
    text += levels_text(say, capture);
    text += line(say({"saturés", "saturated"}), saturation_text(say, capture));
    text += line(say({"écartés", "left out"}),
                 say({"{} chauds, {} morts, {} sans données", "{} hot, {} dead, {} without data"},
                     capture.hot_photosites,
                     capture.dead_photosites,
                     capture.no_data_photosites));
    text += line("",
                 say({"{} à côté de saturés (débordement)", "{} beside saturated ones (blooming)"},
                     capture.blooming_photosites));
    for (auto const warning : capture.warnings) {
        text += "  ! " + say(words(warning)) + '\n';
    }
    return text;
}

std::string picture_text(Speaker const& say, capture::Examination const& seen) {
    capture::Picture const& picture = *seen.picture;
    Words const colours = picture.channels == 1 ? Words{"gris", "grey"}
                                                : Words{"rouge, vert, bleu", "red, green, blue"};
    bool const linear = picture.format == capture::PictureFormat::linear_dng;
    Sentence const format = linear
                                ? Sentence{Words{"DNG linéaire", "linear DNG"}}
                                : Sentence::verbatim(std::string{capture::to_text(picture.format)});
    std::string text = claims_text(say, seen.metadata);
    text += line(say({"image", "picture"}),
                 say({"{}, {} pixels, {} bits, {}", "{}, {} pixels, {} bits, {}"},
                     format,
                     size_text(picture.shape),
                     picture.stated_bits,
                     Sentence{colours}));
    if (picture.has_alpha) {
        text += line("", say({"la transparence est laissée de côté", "transparency is left out"}));
    }
    text += line(say({"fichier", "file"}), say({"{} octets", "{} bytes"}, picture.file_bytes));
    text += hash_text(picture.sha256);
    return text + line(say({"décodeur", "decoder"}), picture.library);
}

} // namespace

std::string
inspect_text(Speaker const& say, capture::Examination const& seen, std::string const& file) {
    std::string text = capture::to_printable(file) + '\n';
    if (seen.metadata.simulated) {
        text += line(say({"SIMULÉ", "SIMULATED"}),
                     say({"d’après ses étiquettes : jamais une preuve hors démonstration",
                          "by its own tags: never evidence outside a demonstration"}));
    }
    text += worth_text(say, seen.worth);
    return text + (seen.capture ? capture_text(say, *seen.capture) : picture_text(say, seen));
}

std::string identifying_text(Speaker const& say, report::Identifying const& identifying) {
    std::string const label = say({"identifiants", "identifying"});
    if (!identifying.tags) {
        return line(label,
                    say({"non lus : les étiquettes n’ont pu être lues",
                         "not read: the tags could not be read"}));
    }
    if (identifying.tags->empty()) {
        return line(label, say({"aucun", "none"}));
    }
    std::string text;
    for (capture::IdentifyingTag const& tag : *identifying.tags) {
        text += line(text.empty() ? label : "", tag.name + ": " + tag.value);
    }
    return text;
}

} // namespace cmq::cli
