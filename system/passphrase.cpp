// SPDX-License-Identifier: GPL-3.0-or-later

#include "system/passphrase.hpp"

#include "core/error.hpp"

#include <algorithm>
#include <sodium.h>

namespace cmq {

void Passphrase::Wipe::operator()(char* bytes) const noexcept {
    ::sodium_free(bytes);
}

Passphrase::Passphrase(std::string& text) : size_{text.size()} {
    if (::sodium_init() < 0) {
        throw Error{ErrorKind::internal, {"libsodium ne démarre pas", "libsodium does not start"}};
    }
    bytes_.reset(static_cast<char*>(::sodium_malloc(std::max<std::size_t>(size_, 1))));
    if (bytes_ == nullptr) {
        wipe(text);
        throw Error{ErrorKind::limits,
                    {"pas assez de mémoire protégée pour la phrase secrète",
                     "not enough protected memory for the passphrase"}};
    }
    std::ranges::copy(text, bytes_.get());
    wipe(text);
}

std::size_t Passphrase::characters() const noexcept {
    return static_cast<std::size_t>(std::ranges::count_if(
        text(), [](char c) { return (static_cast<unsigned char>(c) & 0xc0U) != 0x80U; }));
}

void wipe(std::string& text) noexcept {
    ::sodium_memzero(text.data(), text.size());
    text.clear();
}

} // namespace cmq
