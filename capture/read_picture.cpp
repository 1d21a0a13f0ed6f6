// SPDX-License-Identifier: GPL-3.0-or-later

#include "capture/read_picture.hpp"

#include "capture/metadata.hpp"
#include "capture/picture_child.hpp"
#include "capture/picture_reader/answer.hpp"
#include "capture/tiff_tags.hpp"
#include "core/error.hpp"
#include "system/file.hpp"
#include "system/sha256.hpp"

#include <algorithm>
#include <cstring>

namespace cmq::capture {
namespace {

template <class... Texts>
[[noreturn]] void refuse(ErrorKind kind, Form<sizeof...(Texts)> form, Texts const&... texts) {
    throw Error{kind, form, texts...};
}

template <std::size_t N>
std::string text_of(std::array<char, N> const& field) {
    return to_printable({field.data(), ::strnlen(field.data(), N)});
}

void refuse_unless_done(PictureAnswer const& answer) {
    switch (answer.status) {
    case ReaderStatus::done:
        return;
    case ReaderStatus::no_filter:
        refuse_without_filter();
    case ReaderStatus::not_known:
        refuse(
            ErrorKind::unsupported,
            {"ce n’est ni une image JPEG, PNG ou TIFF ni un fichier brut (RAW) d’un type connu",
             "this is neither a JPEG, PNG or TIFF picture nor a camera RAW file of a kind that is "
             "known"});
    case ReaderStatus::not_allowed:
        refuse(ErrorKind::unsupported,
               {"les images de cette forme ({}) ne sont pas lues",
                "pictures of this form ({}) are not read"},
               text_of(answer.form));
    case ReaderStatus::too_large:
        refuse(ErrorKind::limits,
               {"l’image ({} x {} pixels) dépasse la limite de ce programme",
                "the picture ({} x {} pixels) is larger than the limit of this program"},
               answer.width,
               answer.height);
    case ReaderStatus::too_few_bytes:
        refuse(ErrorKind::format,
               {"le fichier a trop peu d’octets pour les {} x {} pixels qu’il annonce",
                "the file has too few bytes for the {} x {} pixels that it claims"},
               answer.width,
               answer.height);
    case ReaderStatus::too_many_scans:
        refuse(ErrorKind::limits,
               {"le fichier JPEG reprend l’image plus de 100 fois, ce qu’aucun appareil ne fait",
                "the JPEG goes over the picture more than 100 times, as no camera does"});
    case ReaderStatus::out_of_memory:
        refuse(ErrorKind::limits,
               {"le décodage demande plus de mémoire que la limite de ce programme",
                "decoding needs more memory than the limit of this program"});
    case ReaderStatus::started:
    case ReaderStatus::damaged:
        break;
    }
    refuse(ErrorKind::format,
           {"le décodage a échoué sur des données endommagées ou manquantes ; demander une copie "
            "complète du fichier",
            "decoding failed on damaged or missing data; ask for a complete copy of the file"});
}

void check_sizes(PictureAnswer const& answer, std::size_t output_bytes) {
    auto const samples = std::uint64_t{answer.width} * answer.height * answer.channels;
    bool const sound = answer.width > 0 && answer.height > 0 && answer.width <= 1U << 20U &&
                       answer.height <= 1U << 20U &&
                       (answer.channels == 1 || answer.channels == 3) &&
                       (answer.bits == 8 || answer.bits == 16) && answer.stated_bits <= 16 &&
                       answer.page < answer.pages && answer.kind != PictureKind::none &&
                       output_bytes == samples_offset + samples * (answer.bits / 8);
    if (!sound) {
        refuse(ErrorKind::format,
               {"les dimensions indiquées par le fichier se contredisent",
                "the sizes that the file states contradict each other"});
    }
}

std::array<std::uint32_t, 3> white_of(PictureAnswer const& answer) {
    std::uint32_t const greatest = (1U << answer.bits) - 1;
    std::array<std::uint32_t, 3> white{};
    std::ranges::transform(answer.white, white.begin(), [&](std::uint32_t level) {
        return level > 0 && level < greatest ? level : greatest;
    });
    return white;
}

PictureFormat format_of(PictureKind kind) {
    switch (kind) {
    case PictureKind::jpeg:
        return PictureFormat::jpeg;
    case PictureKind::png:
        return PictureFormat::png;
    case PictureKind::linear_dng:
        return PictureFormat::linear_dng;
    case PictureKind::none:
    case PictureKind::tiff:
        break;
    }
    return PictureFormat::tiff;
}

template <class Sample>
void count_saturated(Picture& picture) {
    // Aligned: the mapping begins at a page and the samples at another.
    auto const* sample =
        reinterpret_cast<Sample const*>(picture.samples.bytes().data() + samples_offset);
    for (std::ptrdiff_t i = 0; i < picture.shape.area(); ++i) {
        for (std::size_t c = 0; c < picture.channels; ++c, ++sample) {
            picture.saturated[c] += *sample >= picture.white[c] ? 1U : 0U;
        }
    }
}

Picture to_picture_unnamed(std::span<std::byte const> bytes, PictureSettings const& settings) {
    ChildResult result = run_picture_reader(bytes, settings, ReaderTask::samples);
    if (result.end == ChildEnd::limit) {
        refuse(ErrorKind::limits,
               {"le décodage n’a pas abouti en {} s de temps de processeur, comme il arrive avec "
                "des fichiers endommagés ou piégés",
                "decoding did not end within {} s of processor time, as happens with damaged or "
                "hostile files"},
               picture_limits(bytes.size(), settings, ReaderTask::samples).cpu.count());
    }
    auto const output = result.output.bytes();
    PictureAnswer answer;
    if (result.end == ChildEnd::other_signal || output.size() < sizeof(answer)) {
        refuse(ErrorKind::format,
               {"le décodeur s’est interrompu (signal {}), comme il arrive avec des fichiers "
                "endommagés ou piégés",
                "the decoder broke off (signal {}), as happens with damaged or hostile files"},
               result.code);
    }
    std::memcpy(&answer, output.data(), sizeof(answer));
    if (answer.magic != picture_answer_magic) {
        refuse_other_version();
    }
    refuse_unless_done(answer);
    check_sizes(answer, output.size());
    if (answer.kind == PictureKind::tiff && is_linear_dng(bytes)) {
        // libtiff could not make sense of that picture and read the one that stands before it.
        refuse(ErrorKind::format,
               {"la description de l’image linéaire est endommagée ; demander une copie complète "
                "du fichier",
                "the description of the linear picture is damaged; ask for a complete copy of the "
                "file"});
    }
    Picture picture{.format = format_of(answer.kind),
                    .shape = {answer.height, answer.width},
                    .channels = answer.channels,
                    .bits = answer.bits,
                    .stated_bits = answer.stated_bits,
                    .pages = answer.pages,
                    .page = answer.page,
                    .is_palette = answer.is_palette != 0,
                    .has_alpha = answer.has_alpha != 0,
                    .is_reduced = answer.is_reduced != 0,
                    .is_progressive = answer.is_progressive != 0,
                    .bytes_behind = answer.bytes_behind,
                    .library = text_of(answer.library),
                    .sha256 = sha256_hex(bytes),
                    .file_bytes = bytes.size(),
                    .white = white_of(answer),
                    .saturated = {},
                    .samples = std::move(result.output)};
    picture.bits == 8 ? count_saturated<std::uint8_t>(picture)
                      : count_saturated<std::uint16_t>(picture);
    return picture;
}

bool begins(std::span<std::byte const> bytes, std::string_view with) noexcept {
    return bytes.size() >= with.size() && std::memcmp(bytes.data(), with.data(), with.size()) == 0;
}

} // namespace

std::string_view to_text(PictureFormat format) noexcept {
    switch (format) {
    case PictureFormat::jpeg:
        return "JPEG";
    case PictureFormat::png:
        return "PNG";
    case PictureFormat::linear_dng:
        return "linear DNG";
    case PictureFormat::tiff:
        break;
    }
    return "TIFF";
}

std::uint16_t Picture::at(std::ptrdiff_t y, std::ptrdiff_t x, std::size_t channel) const {
    std::size_t const sample = static_cast<std::size_t>(y * shape.width + x) * channels + channel;
    auto const* first = samples.bytes().data() + samples_offset;
    if (bits == 8) {
        return std::to_integer<std::uint16_t>(first[sample]);
    }
    std::uint16_t value = 0;
    std::memcpy(&value, first + 2 * sample, sizeof(value));
    return value;
}

bool is_picture(std::span<std::byte const> bytes) noexcept {
    return begins(bytes, "\xff\xd8\xff") || begins(bytes, "\x89PNG\r\n\x1a\n");
}

bool is_linear_dng(std::span<std::byte const> bytes) {
    if (!TiffFile::is_tiff(bytes)) {
        return false;
    }
    try {
        TiffFile const file{bytes};
        auto const has = [&](std::uint32_t photometric) {
            return std::ranges::any_of(file.directories(), [&](TiffDirectory const& directory) {
                return file.whole(file.find(directory, tiff_tag::photometric)) == photometric;
            });
        };
        return has(photometric_linear_raw) && !has(photometric_cfa);
    } catch (Error const&) {
        return false; // whoever reads it says what is wrong
    }
}

Picture to_picture(std::span<std::byte const> bytes,
                   std::string_view name,
                   PictureSettings const& settings) {
    try {
        if (bytes.empty()) {
            refuse(ErrorKind::format, {"le fichier est vide", "the file is empty"});
        }
        return to_picture_unnamed(bytes, settings);
    } catch (Error& error) {
        throw Error{error.kind(), {"« {} » : {}", "'{}': {}"}, name, error.sentence()};
    }
}

Picture read_picture(std::filesystem::path const& path, PictureSettings const& settings) {
    return to_picture(read_file(path, settings.max_file_bytes), path.string(), settings);
}

} // namespace cmq::capture
