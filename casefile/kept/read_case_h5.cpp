// SPDX-License-Identifier: GPL-3.0-or-later

#include "casefile/kept/case_h5.hpp"
#include "casefile/kept/reader/answer.hpp"
#include "casefile/kept/user_block.hpp"
#include "core/error.hpp"
#include "system/file.hpp"
#include "system/limited_child.hpp"
#include "system/sha256.hpp"

#include <algorithm>
#include <cstring>
#include <string>
#include <string_view>

namespace cmq::casefile {
namespace {

ChildLimits limits_for(std::size_t bytes) {
    ChildLimits limits;
    limits.cpu = std::chrono::seconds{10 + static_cast<long>(bytes / 20'000'000)};
    limits.wall = 20 * limits.cpu;
    limits.output_bytes = answer_bytes + most_content_bytes;
    limits.address_space_bytes = 3 * (most_content_bytes + bytes);
    return limits;
}

constexpr Words head_changed{"les 512 premiers octets du fichier de résultats ont été modifiés",
                             "the first 512 bytes of the case file were changed"};

constexpr std::size_t longest_sentence = 500; // bytes

// How many bytes the character at the beginning takes if a sentence of ours may hold it, else 0: ASCII, the letters and
// signs of Latin-1, œ, the apostrophe and the narrow no-break space.
std::size_t known_character(std::string_view text) {
    if (text.front() >= ' ' && text.front() <= '~') {
        return 1;
    }
    for (std::string_view const known : {"œ", "Œ", "’", "\u202F"}) {
        if (text.starts_with(known)) {
            return known.size();
        }
    }
    auto const byte = [&](std::size_t i) { return static_cast<unsigned char>(text[i]); };
    bool const is_latin =
        text.size() > 1 && ((byte(0) == 0xC2U && byte(1) >= 0xA0U && byte(1) <= 0xBFU) ||
                            (byte(0) == 0xC3U && byte(1) >= 0x80U && byte(1) <= 0xBFU));
    return is_latin ? 2 : 0;
}

// The child met hostile bytes: its sentence is one of ours only if it looks like one.
std::string printable(std::string_view text) {
    std::string clean;
    while (!text.empty() && clean.size() < longest_sentence) {
        std::size_t const known = known_character(text);
        clean += known > 0 ? text.substr(0, known) : "?";
        text.remove_prefix(std::max<std::size_t>(known, 1));
    }
    return clean;
}

Sentence sentence_of(Answer const& answer, std::string_view content) {
    std::size_t const french = std::min<std::size_t>(answer.french_bytes, content.size());
    return Sentence::spoken(printable(content.substr(0, french)),
                            printable(content.substr(french)));
}

} // namespace

void check_user_block(std::span<std::byte const> bytes) {
    std::string_view const text{reinterpret_cast<char const*>(bytes.data()), bytes.size()};
    constexpr std::size_t hex = 64;
    if (!text.starts_with(user_block_title.substr(0, user_block_title.size() - 2))) {
        throw Error{ErrorKind::format,
                    {"ce n’est pas un fichier de résultats de Contremarque (case.h5)",
                     "this is no case file of Contremarque (case.h5)"}};
    }
    if (!text.starts_with(user_block_title)) {
        throw Error{
            ErrorKind::unsupported,
            {"le fichier de résultats n’est pas de la version 1 ; le lire avec le programme qui "
             "l’a écrit",
             "the case file has another version than 1; read it with the program that wrote it"}};
    }
    std::string head{user_block_title};
    head += user_block_text;
    if (bytes.size() <= user_block_bytes || !text.starts_with(head)) {
        throw Error{ErrorKind::integrity, head_changed};
    }
    std::string expected = head + sha256_hex(bytes.subspan(user_block_bytes)) + "\n";
    expected.resize(user_block_bytes, '\n');
    if (text.substr(0, user_block_bytes) == expected) {
        return;
    }
    bool const frame_kept = text.substr(head.size() + hex, user_block_bytes - head.size() - hex) ==
                            std::string_view{expected}.substr(head.size() + hex);
    if (!frame_kept) {
        throw Error{ErrorKind::integrity, head_changed};
    }
    throw Error{
        ErrorKind::integrity,
        {"le fichier de résultats n’est pas celui qui a été écrit : l’empreinte numérique SHA-256 "
         "inscrite dans ses 512 premiers octets n’est pas celle des octets suivants",
         "the case file is not the one that was written: the SHA-256 in its first 512 "
         "bytes is not that of the bytes after them"}};
}

KeptCase to_kept_case_from_h5(std::span<std::byte const> bytes,
                              std::filesystem::path const& reader) {
    check_user_block(bytes);
    ChildResult const result = run_limited_child(reader, {}, bytes, limits_for(bytes.size()));
    if (result.end == ChildEnd::limit) {
        throw Error{ErrorKind::limits,
                    {"la lecture du fichier de résultats n’a pas abouti dans ses limites, comme il "
                     "arrive avec des fichiers endommagés ou piégés",
                     "reading the case file did not end within its limits, as happens with damaged "
                     "or hostile files"}};
    }
    if (result.end == ChildEnd::other_signal) {
        throw Error{ErrorKind::format,
                    {"la lecture du fichier de résultats s’est interrompue (signal {}), comme il "
                     "arrive avec des fichiers endommagés ou piégés",
                     "reading the case file broke off (signal {}), as happens with damaged or "
                     "hostile files"},
                    result.code};
    }
    auto const output = result.output.bytes();
    Answer answer;
    if (result.code != 0 || output.size() < answer_bytes) {
        throw Error{ErrorKind::format,
                    {"le fichier de résultats n’a pas pu être lu : il est endommagé",
                     "the case file could not be read: it is damaged"}};
    }
    std::memcpy(&answer, output.data(), sizeof answer);
    auto const content = output.subspan(answer_bytes);
    if (answer.magic != answer_magic) {
        throw Error{ErrorKind::internal,
                    {"le programme contremarque-case-reader ne correspond pas à ce programme ; "
                     "installer les deux dans la même version",
                     "the program contremarque-case-reader does not fit this program; install both "
                     "from one version"}};
    }
    std::string_view const text{reinterpret_cast<char const*>(content.data()), content.size()};
    switch (answer.status) {
    case AnswerStatus::done:
        return to_kept_case(content);
    case AnswerStatus::refused:
        throw Error{ErrorKind::unsupported, sentence_of(answer, text)};
    case AnswerStatus::broken:
        throw Error{ErrorKind::format, sentence_of(answer, text)};
    case AnswerStatus::no_filter:
        throw Error{ErrorKind::unsupported,
                    {"cette machine refuse le filtre d’appels système (seccomp) sous lequel les "
                     "fichiers de résultats sont lus ; rien n’a donc été lu",
                     "this machine refuses the filter of system calls (seccomp) under which case "
                     "files are read, so nothing was read"}};
    }
    throw Error{ErrorKind::format,
                {"le fichier de résultats n’a pas pu être lu : il est endommagé",
                 "the case file could not be read: it is damaged"}};
}

KeptCase read_case_h5(std::filesystem::path const& path, std::filesystem::path const& reader) {
    try {
        return to_kept_case_from_h5(read_file(path, case_h5_size_limit), reader);
    } catch (Error& error) {
        error.at(path.string());
        throw;
    }
}

} // namespace cmq::casefile
