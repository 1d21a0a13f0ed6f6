// SPDX-License-Identifier: GPL-3.0-or-later

#include "system/sha256.hpp"

#include "core/error.hpp"

#include <openssl/evp.h>

#include <array>
#include <string_view>

namespace cmq {

namespace {

[[noreturn]] void refuse() {
    throw Error{ErrorKind::internal,
                {"OpenSSL n’a pas pu calculer une empreinte numérique SHA-256",
                 "OpenSSL could not compute a SHA-256"}};
}

struct FreeContext {
    void operator()(EVP_MD_CTX* context) const { EVP_MD_CTX_free(context); }
};

} // namespace

struct Sha256::State {
    std::unique_ptr<EVP_MD_CTX, FreeContext> context{EVP_MD_CTX_new()};
};

Sha256::Sha256() : state_{std::make_unique<State>()} {
    if (!state_->context || EVP_DigestInit_ex(state_->context.get(), EVP_sha256(), nullptr) != 1) {
        refuse();
    }
}

Sha256::~Sha256() = default;
Sha256::Sha256(Sha256&&) noexcept = default;
Sha256& Sha256::operator=(Sha256&&) noexcept = default;

void Sha256::add(std::span<std::byte const> bytes) {
    if (EVP_DigestUpdate(state_->context.get(), bytes.data(), bytes.size()) != 1) {
        refuse();
    }
}

std::string Sha256::hex() {
    std::array<unsigned char, 32> digest{};
    unsigned int size = 0;
    if (EVP_DigestFinal_ex(state_->context.get(), digest.data(), &size) != 1 ||
        size != digest.size()) {
        refuse();
    }
    constexpr std::string_view digits = "0123456789abcdef";
    std::string text;
    for (unsigned char const byte : digest) {
        text += digits[byte >> 4U];
        text += digits[byte & 15U];
    }
    return text;
}

std::string sha256_hex(std::span<std::byte const> bytes) {
    Sha256 hash;
    hash.add(bytes);
    return hash.hex();
}

} // namespace cmq
