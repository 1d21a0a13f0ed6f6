// SPDX-License-Identifier: GPL-3.0-or-later

#include "system/timestamp_request.hpp"

#include "core/error.hpp"

#include <openssl/asn1.h>
#include <openssl/crypto.h>
#include <openssl/objects.h>
#include <openssl/ts.h>
#include <openssl/x509.h>

#include <array>
#include <charconv>
#include <memory>

namespace cmq {
namespace {

template <auto release>
struct Releaser {
    template <class T>
    void operator()(T* object) const noexcept {
        release(object);
    }
};

void expect(bool condition) {
    if (!condition) {
        throw Error{ErrorKind::internal,
                    {"la bibliothèque de cryptographie n’a pas fait la demande d’horodatage",
                     "the cryptographic library did not make the time-stamp request"}};
    }
}

std::array<unsigned char, 32> digest_of(std::string_view hex) {
    std::array<unsigned char, 32> digest{};
    bool is_digest = hex.size() == 2 * digest.size();
    for (std::size_t i = 0; is_digest && i < digest.size(); ++i) {
        char const* const first = hex.data() + 2 * i;
        auto const result = std::from_chars(first, first + 2, digest[i], 16);
        is_digest = result.ec == std::errc{} && result.ptr == first + 2;
    }
    if (!is_digest) {
        throw Error{ErrorKind::domain,
                    {"une empreinte numérique SHA-256 a 64 chiffres hexadécimaux",
                     "a SHA-256 digest has 64 hexadecimal digits"}};
    }
    return digest;
}

} // namespace

std::vector<std::byte> make_timestamp_request(std::string_view sha256_hex,
                                              std::optional<std::uint64_t> nonce) {
    auto digest = digest_of(sha256_hex);
    std::unique_ptr<TS_REQ, Releaser<TS_REQ_free>> const request{TS_REQ_new()};
    std::unique_ptr<TS_MSG_IMPRINT, Releaser<TS_MSG_IMPRINT_free>> const imprint{
        TS_MSG_IMPRINT_new()};
    std::unique_ptr<X509_ALGOR, Releaser<X509_ALGOR_free>> const algorithm{X509_ALGOR_new()};
    expect(request && imprint && algorithm);
    expect(X509_ALGOR_set0(algorithm.get(), OBJ_nid2obj(NID_sha256), V_ASN1_NULL, nullptr) == 1);
    expect(TS_MSG_IMPRINT_set_algo(imprint.get(), algorithm.get()) == 1);
    expect(TS_MSG_IMPRINT_set_msg(imprint.get(), digest.data(), static_cast<int>(digest.size())) ==
           1);
    expect(TS_REQ_set_version(request.get(), 1) == 1);
    expect(TS_REQ_set_msg_imprint(request.get(), imprint.get()) == 1);
    expect(TS_REQ_set_cert_req(request.get(), 1) == 1);
    if (nonce) {
        std::unique_ptr<ASN1_INTEGER, Releaser<ASN1_INTEGER_free>> const number{ASN1_INTEGER_new()};
        expect(number && ASN1_INTEGER_set_uint64(number.get(), *nonce) == 1);
        expect(TS_REQ_set_nonce(request.get(), number.get()) == 1);
    }
    unsigned char* der = nullptr;
    int const size = i2d_TS_REQ(request.get(), &der);
    expect(size > 0 && der != nullptr);
    auto const* const bytes = reinterpret_cast<std::byte const*>(der);
    std::vector<std::byte> out(bytes, bytes + size);
    OPENSSL_free(der);
    return out;
}

} // namespace cmq
