// SPDX-License-Identifier: GPL-3.0-or-later

#include "system/sha256.hpp"

#include "core/error.hpp"

#include <openssl/evp.h>

#include <array>
#include <string_view>

namespace cmq {

std::string sha256_hex(std::span<std::byte const> bytes) {
    std::array<unsigned char, 32> digest{};
    unsigned int size = 0;
    if (EVP_Digest(bytes.data(), bytes.size(), digest.data(), &size, EVP_sha256(), nullptr) != 1 ||
        size != digest.size()) {
        throw Error{ErrorKind::internal,
                    {"OpenSSL n’a pas pu calculer une empreinte numérique SHA-256",
                     "OpenSSL could not compute a SHA-256"}};
    }
    constexpr std::string_view digits = "0123456789abcdef";
    std::string text;
    for (unsigned char const byte : digest) {
        text += digits[byte >> 4U];
        text += digits[byte & 15U];
    }
    return text;
}

} // namespace cmq
