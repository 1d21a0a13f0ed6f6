// SPDX-License-Identifier: GPL-3.0-or-later

#include "capture/worth_facts.hpp"

#include <algorithm>
#include <cctype>

namespace cmq::capture {
namespace {

// Words by which programs that change or convert pictures name themselves in the tag Software; small letters.
constexpr std::array editors{std::string_view{"photoshop"},
                             std::string_view{"lightroom"},
                             std::string_view{"camera raw"},
                             std::string_view{"gimp"},
                             std::string_view{"capture one"},
                             std::string_view{"darktable"},
                             std::string_view{"rawtherapee"},
                             std::string_view{"affinity"},
                             std::string_view{"snapseed"},
                             std::string_view{"paintshop"},
                             std::string_view{"paint.net"},
                             std::string_view{"acdsee"},
                             std::string_view{"picasa"},
                             std::string_view{"magick"},
                             std::string_view{"pixelmator"},
                             std::string_view{"luminar"},
                             std::string_view{"dxo"},
                             std::string_view{"photolab"},
                             std::string_view{"faststone"},
                             std::string_view{"xnview"},
                             std::string_view{"irfanview"},
                             std::string_view{"photoscape"},
                             std::string_view{"instagram"},
                             std::string_view{"whatsapp"},
                             std::string_view{"telegram"},
                             std::string_view{"facetune"},
                             std::string_view{"vsco"},
                             std::string_view{"photofiltre"},
                             std::string_view{"corel"},
                             std::string_view{"digikam"},
                             std::string_view{"dng converter"},
                             std::string_view{"capture nx"},
                             std::string_view{"viewnx"},
                             std::string_view{"nx studio"},
                             std::string_view{"digital photo professional"},
                             std::string_view{"silkypix"},
                             std::string_view{"photo editor"},
                             std::string_view{"google photos"},
                             std::string_view{"windows photo"},
                             std::string_view{"microsoft"},
                             std::string_view{"exiftool"},
                             std::string_view{"exiv2"},
                             std::string_view{"ffmpeg"},
                             std::string_view{"on1"}};

// Makers whose cameras write notes of their own into every file (ExifTool and Exiv2 tag tables); small letters.
constexpr std::array note_writers{std::string_view{"canon"},
                                  std::string_view{"nikon"},
                                  std::string_view{"sony"},
                                  std::string_view{"fujifilm"},
                                  std::string_view{"olympus"},
                                  std::string_view{"om digital"},
                                  std::string_view{"panasonic"},
                                  std::string_view{"pentax"},
                                  std::string_view{"ricoh"},
                                  std::string_view{"leica"},
                                  std::string_view{"apple"},
                                  std::string_view{"minolta"},
                                  std::string_view{"konica"},
                                  std::string_view{"casio"},
                                  std::string_view{"sigma"}};

std::string small_letters(std::string_view text) {
    std::string small{text};
    std::ranges::transform(small, small.begin(), [](char c) {
        return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c;
    });
    return small;
}

bool is_digit(char c) {
    return c >= '0' && c <= '9';
}

bool names_an_editor(std::string const& small) {
    return std::ranges::any_of(editors, [&](std::string_view word) {
        // At the beginning of a word: "on1" is not in "version1".
        auto const place = small.find(word);
        return place != std::string::npos &&
               (place == 0 || std::isalnum(static_cast<unsigned char>(small[place - 1])) == 0);
    });
}

// "Ver.1.00", "Firmware Version 1.03", "ILCE-7 v1.02", "14.3", "G991BXXU3AUGM", "HDR+ 1.0.2", or the camera's name.
bool is_firmware_form(std::string const& small, std::string const& make, std::string const& model) {
    auto const version_at = small.find("ver");
    bool const version =
        version_at != std::string::npos &&
        std::any_of(small.begin() + static_cast<std::ptrdiff_t>(version_at), small.end(), is_digit);
    bool const short_version = [&] {
        for (std::size_t i = 0; i + 1 < small.size(); ++i) {
            if (small[i] == 'v' && is_digit(small[i + 1]) && (i == 0 || small[i - 1] == ' ')) {
                return true;
            }
        }
        return false;
    }();
    bool const one_word =
        small.find(' ') == std::string::npos && std::ranges::any_of(small, is_digit);
    auto const begins = [&](std::string const& name) {
        return !name.empty() && small.starts_with(small_letters(name));
    };
    return version || short_version || one_word || begins(make) || begins(model) ||
           small.find("firmware") != std::string::npos ||
           small.find("camera") != std::string::npos || small.starts_with("hdr+");
}

std::string text_or_empty(Tags const& tags, std::string_view key) {
    return tags.text(key).value_or("");
}

} // namespace

Fact software_fact(Examined const& file) {
    constexpr auto kind = FactKind::software;
    std::vector<std::string> sources;
    bool stated = false;
    bool editor = false;
    std::string const make = text_or_empty(file.tags, "Exif.Image.Make");
    std::string const model = text_or_empty(file.tags, "Exif.Image.Model");
    for (std::string_view const key : {"Exif.Image.Software",
                                       "Exif.Image.ProcessingSoftware",
                                       "Xmp.xmp.CreatorTool",
                                       "Xmp.tiff.Software"}) {
        auto const text = file.tags.text(key);
        if (!text) {
            continue;
        }
        stated = true;
        std::string const small = small_letters(*text);
        bool const edits = names_an_editor(small);
        if (edits || !is_firmware_form(small, make, model)) {
            sources.push_back(source_of(*file.tags.find(key)));
            editor = editor || edits;
        }
    }
    if (sources.empty()) {
        return make_fact(kind, stated ? FactState::not_found : FactState::not_stated);
    }
    return editor
               ? found(kind,
                       Sentence{
                           {"un programme qui retouche, convertit ou transmet des images se nomme "
                            "dans le fichier, qui n’est alors pas tel que l’appareil l’a écrit",
                            "a program that edits, converts or passes on pictures names itself "
                            "in the file, which is then not as the camera wrote it"}},
                       std::move(sources))
               : found(kind,
                       Sentence{
                           {"le logiciel nommé n’a pas la forme d’un micrologiciel d’appareil et "
                            "n’est pas connu de ce programme",
                            "the software named has not the form of a camera's firmware and is "
                            "not known to this program"}},
                       std::move(sources));
}

Fact history_fact(Examined const& file) {
    constexpr auto kind = FactKind::history;
    std::vector<std::string> sources;
    for (Tag const& tag : file.tags.all) {
        bool const step =
            tag.key.starts_with("Xmp.xmpMM.History[") &&
            (tag.key.ends_with("stEvt:action") || tag.key.ends_with("stEvt:softwareAgent"));
        bool const derived = tag.key == "Xmp.crs.HasSettings" || tag.key == "Xmp.xmpMM.DerivedFrom";
        constexpr std::size_t most = 6;
        if ((step || derived) && sources.size() < most) {
            sources.push_back(source_of(tag));
        }
    }
    if (sources.empty()) {
        return make_fact(kind,
                         file.tags.state == TagsState::read ? FactState::not_found
                                                            : FactState::not_stated);
    }
    return found(kind,
                 Sentence{{"le fichier tient un historique (XMP) d’étapes après la prise de vue",
                           "the file keeps a history (XMP) of steps after the taking"}},
                 std::move(sources));
}

Fact converted_fact(Examined const& file) {
    constexpr auto kind = FactKind::converted;
    if (file.tags.state != TagsState::read) {
        return make_fact(kind, FactState::not_stated);
    }
    // The tag's value may name a person: that it is there is enough (DNG 1.4: "if a DNG was converted").
    if (file.tags.find("Exif.Image.OriginalRawFileName") == nullptr) {
        return make_fact(kind, FactState::not_found);
    }
    return found(kind,
                 Sentence{{"converti en DNG à partir d’un autre fichier brut : demander l’original",
                           "converted to DNG from another raw file: ask for the original"}},
                 {"Exif.Image.OriginalRawFileName"});
}

Fact maker_notes_fact(Examined const& file) {
    constexpr auto kind = FactKind::maker_notes;
    std::string const make = small_letters(text_or_empty(file.tags, "Exif.Image.Make"));
    bool const writes = std::ranges::any_of(
        note_writers, [&](std::string_view writer) { return make.starts_with(writer); });
    bool const has = file.tags.maker_notes > 0 ||
                     file.tags.find("Exif.Photo.MakerNote") != nullptr ||
                     file.tags.find("Exif.Image.DNGPrivateData") != nullptr;
    if (has || !writes || file.tags.left_out > 0) {
        return make_fact(kind, has ? FactState::not_found : FactState::not_stated);
    }
    return found(
        kind,
        Sentence{{"pas de données propres au fabricant (MakerNote), que les appareils de cette "
                  "marque écrivent : elles se perdent souvent quand un fichier est réécrit",
                  "no maker notes, which cameras of this make write: they are often lost when "
                  "a file is written again"}},
        sources_of(file.tags, {"Exif.Image.Make"}));
}

} // namespace cmq::capture
