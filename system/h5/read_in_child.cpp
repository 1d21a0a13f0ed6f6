// SPDX-License-Identifier: GPL-3.0-or-later

#include "system/h5/read_in_child.hpp"

#include "core/error.hpp"
#include "system/h5/answer.hpp"
#include "system/h5/user_block.hpp"

#include <algorithm>
#include <cstring>
#include <string>
#include <string_view>

namespace cmq {
namespace {

ChildLimits limits_for(std::size_t bytes, H5Kind const& kind) {
    ChildLimits limits;
    limits.cpu = std::chrono::seconds{10 + static_cast<long>(bytes / 20'000'000)};
    limits.wall = 20 * limits.cpu;
    limits.output_bytes = h5_answer_bytes + kind.bytes;
    limits.address_space_bytes = 3 * (kind.bytes + bytes);
    return limits;
}

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

Sentence sentence_of(H5Answer const& answer, std::string_view content) {
    std::size_t const french = std::min<std::size_t>(answer.french_bytes, content.size());
    return Sentence::spoken(printable(content.substr(0, french)),
                            printable(content.substr(french)));
}

void check_end(ChildResult const& result, H5Kind const& kind) {
    if (result.end == ChildEnd::limit) {
        throw Error{ErrorKind::limits,
                    {"{} : la lecture n’a pas abouti dans ses limites, comme il arrive avec des "
                     "fichiers endommagés ou piégés",
                     "{}: reading did not end within its limits, as happens with damaged or "
                     "hostile files"},
                    Sentence{kind.file}};
    }
    if (result.end == ChildEnd::other_signal) {
        throw Error{ErrorKind::format,
                    {"{} : la lecture s’est interrompue (signal {}), comme il arrive avec des "
                     "fichiers endommagés ou piégés",
                     "{}: reading broke off (signal {}), as happens with damaged or hostile files"},
                    Sentence{kind.file},
                    result.code};
    }
}

[[noreturn]] void not_read(H5Kind const& kind) {
    throw Error{ErrorKind::format,
                {"{} n’a pas pu être lu : il est endommagé", "{} could not be read: it is damaged"},
                Sentence{kind.file}};
}

} // namespace

H5Content read_in_child(std::span<std::byte const> bytes,
                        H5Kind const& kind,
                        std::filesystem::path const& program) {
    check_user_block(bytes, kind);
    ChildResult result = run_limited_child(program, {}, bytes, limits_for(bytes.size(), kind));
    check_end(result, kind);
    if (result.code != 0 || result.output.bytes().size() < h5_answer_bytes) {
        not_read(kind);
    }
    H5Answer answer;
    std::memcpy(&answer, result.output.bytes().data(), sizeof answer);
    H5Content content{std::move(result.output), h5_answer_bytes};
    if (answer.magic != h5_answer_magic) {
        throw Error{ErrorKind::internal,
                    {"le programme {} ne correspond pas à ce programme ; installer les deux dans "
                     "la même version",
                     "the program {} does not fit this program; install both from one version"},
                    kind.program};
    }
    std::string_view const text{reinterpret_cast<char const*>(content.bytes().data()),
                                content.bytes().size()};
    switch (answer.status) {
    case H5Status::done:
        return content;
    case H5Status::refused:
        throw Error{ErrorKind::unsupported, sentence_of(answer, text)};
    case H5Status::broken:
        throw Error{ErrorKind::format, sentence_of(answer, text)};
    case H5Status::no_filter:
        throw Error{ErrorKind::unsupported,
                    {"cette machine refuse le filtre d’appels système (seccomp) sous lequel {} est "
                     "lu ; rien n’a donc été lu",
                     "this machine refuses the filter of system calls (seccomp) under which {} is "
                     "read, so nothing was read"},
                    Sentence{kind.file}};
    }
    not_read(kind);
}

} // namespace cmq
