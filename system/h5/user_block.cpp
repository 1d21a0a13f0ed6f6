// SPDX-License-Identifier: GPL-3.0-or-later

#include "system/h5/user_block.hpp"

#include "core/error.hpp"
#include "system/sha256.hpp"

#include <algorithm>
#include <string>
#include <string_view>

namespace cmq {
namespace {

constexpr std::string_view explanation =
    "An HDF5 file begins at byte 512. SHA-256 of the bytes from there to the end:\n";

[[noreturn]] void head_changed(H5Kind const& kind) {
    throw Error{
        ErrorKind::integrity,
        {"{} a été modifié dans ses 512 premiers octets", "{}: its first 512 bytes were changed"},
        Sentence{kind.file}};
}

std::string head_of(H5Kind const& kind) {
    return std::string{kind.title} + std::string{explanation};
}

std::string block_of(std::span<std::byte const> after, H5Kind const& kind) {
    std::string block = head_of(kind) + sha256_hex(after) + "\n";
    block.resize(h5_user_block_bytes, '\n');
    return block;
}

} // namespace

void write_user_block(std::span<std::byte> bytes, H5Kind const& kind) {
    CMQ_EXPECTS(bytes.size() > h5_user_block_bytes);
    std::string const block = block_of(bytes.subspan(h5_user_block_bytes), kind);
    std::ranges::copy(std::as_bytes(std::span{block}), bytes.begin());
}

void check_user_block(std::span<std::byte const> bytes, H5Kind const& kind) {
    std::string_view const text{reinterpret_cast<char const*>(bytes.data()), bytes.size()};
    constexpr std::size_t hex = 64;
    constexpr std::size_t version = 2; // the digit and the line feed
    if (!text.starts_with(kind.title.substr(0, kind.title.size() - version))) {
        throw Error{
            ErrorKind::format,
            {"ce n’est pas un {} de Contremarque ({})", "this is no {} of Contremarque ({})"},
            Sentence{kind.name},
            kind.example};
    }
    if (!text.starts_with(kind.title)) {
        throw Error{ErrorKind::unsupported,
                    {"{} n’est pas de la version 1 ; le lire avec le programme qui l’a écrit",
                     "{} has another version than 1; read it with the program that wrote it"},
                    Sentence{kind.file}};
    }
    std::string const head = head_of(kind);
    if (bytes.size() <= h5_user_block_bytes || !text.starts_with(head)) {
        head_changed(kind);
    }
    std::string const expected = block_of(bytes.subspan(h5_user_block_bytes), kind);
    if (text.substr(0, h5_user_block_bytes) == expected) {
        return;
    }
    std::size_t const after = head.size() + hex;
    if (text.substr(after, h5_user_block_bytes - after) !=
        std::string_view{expected}.substr(after)) {
        head_changed(kind);
    }
    throw Error{
        ErrorKind::integrity,
        {"{} n’est pas celui qui a été écrit : l’empreinte numérique SHA-256 inscrite dans ses "
         "512 premiers octets n’est pas celle des octets suivants",
         "{} is not the one that was written: the SHA-256 in its first 512 bytes is not that of "
         "the bytes after them"},
        Sentence{kind.file}};
}

} // namespace cmq
