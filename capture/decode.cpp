// SPDX-License-Identifier: GPL-3.0-or-later

#include "capture/decode.hpp"

#include "core/error.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstring>
#include <string>

namespace cmq::capture {
namespace {

constexpr std::uintmax_t megabyte = 1'000'000;

// Far below what any camera writes (lossy CR3 has about 2), far above a small file that claims a large picture.
constexpr double fewest_bits_per_photosite = 0.25;

ChildLimits limits_for(std::size_t file_bytes, ReadSettings const& settings) {
    ChildLimits limits;
    limits.cpu = std::chrono::seconds{
        file_bytes < megabyte ? 3 : 10 + static_cast<long>(file_bytes / (10 * megabyte))};
    // Other programs may hold the processor; this only ends what sleeps for ever.
    limits.wall = 20 * limits.cpu;
    limits.output_bytes = answer_plane_offset + std::uintmax_t{2} * settings.max_photosites;
    // The program and its libraries, the file, LibRaw's plane and the buffers of its routines.
    limits.address_space_bytes =
        400 * megabyte + file_bytes + std::uintmax_t{6} * settings.max_photosites;
    return limits;
}

template <std::size_t N>
std::string text_of(std::array<char, N> const& field) {
    return {field.data(), ::strnlen(field.data(), N)};
}

template <class... Texts>
[[noreturn]] void refuse(ErrorKind kind, Form<sizeof...(Texts)> form, Texts const&... texts) {
    throw Error{kind, form, texts...};
}

void refuse_unless_done(Answer const& answer) {
    switch (answer.status) {
    case AnswerStatus::done:
        return;
    case AnswerStatus::no_filter:
        refuse(ErrorKind::unsupported,
               {"cette machine refuse le filtre d’appels système (seccomp) sous lequel les "
                "fichiers reçus sont décodés ; rien n’a donc été lu",
                "this machine refuses the filter of system calls (seccomp) under which foreign "
                "files are decoded, so nothing was read"});
    case AnswerStatus::not_raw:
        refuse(ErrorKind::unsupported,
               {"ce n’est pas un fichier brut (RAW) que LibRaw sache lire, ou la partie qui "
                "indique son type manque",
                "this is no camera RAW file that LibRaw can unpack, or a part of it that names its "
                "kind is missing"});
    case AnswerStatus::not_bayer:
        refuse(ErrorKind::unsupported,
               {"l’image n’est pas une mosaïque de Bayer à cellules de 2 x 2, la seule qui puisse "
                "être mesurée",
                "the picture is no mosaic of 2 x 2 Bayer cells, and only such a mosaic can be "
                "measured"});
    case AnswerStatus::x_trans:
        refuse(ErrorKind::unsupported,
               {"l’image est une mosaïque X-Trans (cellules de 6 x 6) ; seules les mosaïques de "
                "Bayer (2 x 2) sont lues",
                "the picture is an X-Trans mosaic (cells of 6 x 6); only Bayer mosaics (2 x 2) "
                "are read"});
    case AnswerStatus::demosaiced:
        refuse(ErrorKind::unsupported,
               {"l’image est déjà dématricée (DNG linéaire, numériseur) : ses couleurs ont été "
                "mélangées et elle ne peut être mesurée (« inspect » dit ce qu’elle vaut) ; "
                "demander le fichier brut (RAW) d’origine",
                "the picture is already demosaiced (linear DNG, scanner): its colours were mixed "
                "and it cannot be measured (inspect says what it is worth); ask for the original "
                "RAW file"});
    case AnswerStatus::not_allowed:
        refuse(ErrorKind::unsupported,
               {"les fichiers de ce type (procédure {} de LibRaw) ne sont pas lus",
                "files of this kind (LibRaw's routine {}) are not read"},
               text_of(answer.decoder));
    case AnswerStatus::too_large:
        refuse(ErrorKind::limits,
               {"l’image ({} x {} photosites) dépasse la limite de ce programme",
                "the picture ({} x {} photosites) is larger than the limit of this program"},
               answer.raw_width,
               answer.raw_height);
    case AnswerStatus::out_of_memory:
        refuse(ErrorKind::limits,
               {"le décodage demande plus de mémoire que la limite de ce programme",
                "decoding needs more memory than the limit of this program"});
    case AnswerStatus::damaged:
    case AnswerStatus::started:
        break;
    }
    if (answer.data_errors > 0) {
        refuse(ErrorKind::format,
               {"le décodage a rencontré {} endroits défectueux dans les données brutes : le "
                "fichier est endommagé ou tronqué",
                "decoding met {} broken places in the raw data: the file is damaged or cut short"},
               answer.data_errors);
    }
    refuse(ErrorKind::format,
           {"le décodage a échoué sur des données endommagées ou manquantes ; demander une copie "
            "complète du fichier",
            "decoding failed on damaged or missing data; ask for a complete copy of the file"});
}

bool is_bayer(std::array<std::uint8_t, 4> const& colours) {
    static constexpr std::array<std::array<std::uint8_t, 4>, 4> known{
        {{0, 1, 1, 2}, {1, 0, 2, 1}, {1, 2, 0, 1}, {2, 1, 1, 0}}};
    return std::ranges::find(known, colours) != known.end();
}

bool sizes_agree(Answer const& answer, std::size_t output_bytes) {
    auto const photosites = std::uint64_t{answer.raw_width} * answer.raw_height;
    return answer.width > 1 && answer.height > 1 && answer.raw_width <= 1U << 17U &&
           answer.raw_height <= 1U << 17U &&
           std::uint64_t{answer.left_margin} + answer.width <= answer.raw_width &&
           std::uint64_t{answer.top_margin} + answer.height <= answer.raw_height &&
           output_bytes == answer_plane_offset + 2 * photosites;
}

bool numbers_are_sound(Answer const& answer) {
    auto const sound = [](double value) { return std::isfinite(value) && std::abs(value) < 1e9; };
    bool const black = std::ranges::all_of(answer.black, [&](double level) {
        return sound(level) && level >= 0 && level < answer.maximum;
    });
    return black && answer.maximum > 0 && answer.maximum <= 65535;
}

} // namespace

ImageView<std::uint16_t const> Decoded::plane() const {
    // Aligned: the mapping begins at a page and the plane at another.
    auto const* first =
        reinterpret_cast<std::uint16_t const*>(output.bytes().data() + answer_plane_offset);
    return {first, {answer.raw_height, answer.raw_width}, answer.raw_width};
}

void check_answer(Answer const& answer, std::size_t output_bytes, std::size_t file_bytes) {
    if (answer.magic != answer_magic) {
        refuse(ErrorKind::internal,
               {"le programme de décodage ne correspond pas à ce programme ; installer les deux "
                "dans la même version",
                "the decoder program does not fit this program; install both from one version"});
    }
    refuse_unless_done(answer);
    if (!is_bayer(answer.colours) || !sizes_agree(answer, output_bytes)) {
        refuse(ErrorKind::format,
               {"les dimensions indiquées par le fichier se contredisent",
                "the sizes that the file states contradict each other"});
    }
    if (!numbers_are_sound(answer)) {
        refuse(ErrorKind::format,
               {"le niveau de noir ou de blanc indiqué par le fichier est impossible",
                "the black or white level that the file states is impossible"});
    }
    if (answer.black_is_uniform == 0) {
        refuse(ErrorKind::unsupported,
               {"le fichier indique un niveau de noir qui change au sein d’une couleur ; de tels "
                "fichiers ne sont pas encore lus",
                "the file states a black level that changes within a colour; such files are not "
                "read yet"});
    }
    auto const photosites = static_cast<double>(answer.raw_width) * answer.raw_height;
    if (8.0 * static_cast<double>(file_bytes) < fewest_bits_per_photosite * photosites) {
        refuse(ErrorKind::format,
               {"le fichier a trop peu d’octets pour les {} x {} photosites qu’il annonce",
                "the file has too few bytes for the {} x {} photosites that it claims"},
               answer.raw_width,
               answer.raw_height);
    }
}

void check_last_rows(ImageView<std::uint16_t const> plane, std::uint32_t white_level) {
    auto const rows = plane.shape().height;
    auto const is_constant = [&](std::ptrdiff_t y) {
        // Per colour: real photosites differ by noise, unless all of them are saturated.
        auto const row = plane.row(y);
        for (std::size_t x = 2; x < row.size(); ++x) {
            if (row[x] != row[x - 2]) {
                return false;
            }
        }
        return row[0] < white_level;
    };
    std::ptrdiff_t constant = 0;
    while (constant < rows && is_constant(rows - 1 - constant)) {
        ++constant;
    }
    // A sensor may end in a few dummy rows; missing data is more than that.
    if (constant > std::max<std::ptrdiff_t>(8, rows / 100)) {
        refuse(ErrorKind::format,
               {"les {} dernières lignes sur {} ne contiennent pas d’image : le fichier est "
                "endommagé ou tronqué",
                "the last {} of {} rows hold no picture: the file is damaged or cut short"},
               constant,
               rows);
    }
}

Decoded decode(std::span<std::byte const> bytes, ReadSettings const& settings) {
    auto const memory_mb = std::uintmax_t{2} * settings.max_photosites / megabyte + 64;
    auto const limits = limits_for(bytes.size(), settings);
    ChildResult result =
        run_limited_child(settings.decoder,
                          {std::to_string(settings.max_photosites), std::to_string(memory_mb)},
                          bytes,
                          limits);
    if (result.end == ChildEnd::limit) {
        refuse(ErrorKind::limits,
               {"le décodage n’a pas abouti en {} s de temps de processeur, comme il arrive avec "
                "des fichiers endommagés ou piégés",
                "decoding did not end within {} s of processor time, as happens with damaged or "
                "hostile files"},
               limits.cpu.count());
    }
    if (result.end == ChildEnd::other_signal) {
        refuse(ErrorKind::format,
               {"le décodeur s’est interrompu (signal {}), comme il arrive avec des fichiers "
                "endommagés ou piégés",
                "the decoder broke off (signal {}), as happens with damaged or hostile files"},
               result.code);
    }
    auto const output = result.output.bytes();
    if (result.code != 0 || output.size() < sizeof(Answer)) {
        refuse(ErrorKind::internal,
               {"le programme de décodage n’a pas répondu (statut {})",
                "the decoder program gave no answer (status {})"},
               result.code);
    }
    Decoded decoded;
    std::memcpy(&decoded.answer, output.data(), sizeof(Answer));
    check_answer(decoded.answer, output.size(), bytes.size());
    decoded.output = std::move(result.output);
    check_last_rows(decoded.plane(), decoded.answer.maximum);
    return decoded;
}

} // namespace cmq::capture
