// SPDX-License-Identifier: GPL-3.0-or-later

#include "system/attestation.hpp"

#include "core/error.hpp"

#include <openssl/asn1.h>
#include <openssl/bio.h>
#include <openssl/cms.h>
#include <openssl/crypto.h>
#include <openssl/err.h>
#include <openssl/objects.h>
#include <openssl/pem.h>
#include <openssl/pkcs7.h>
#include <openssl/ts.h>
#include <openssl/x509.h>
#include <openssl/x509_vfy.h>

#include <algorithm>
#include <array>
#include <climits>
#include <ctime>
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

using Bio = std::unique_ptr<BIO, Releaser<BIO_free_all>>;
using Store = std::unique_ptr<X509_STORE, Releaser<X509_STORE_free>>;

/// A list of certificates that belong to something else.
struct ListReleaser {
    void operator()(STACK_OF(X509) * list) const noexcept { sk_X509_free(list); }
};

using Certificates = std::unique_ptr<STACK_OF(X509), ListReleaser>;

/// What OpenSSL keeps of failed calls must not show in a later one.
struct ErrorQueue {
    ErrorQueue() { ERR_clear_error(); }

    ~ErrorQueue() { ERR_clear_error(); }

    ErrorQueue(ErrorQueue const&) = delete;
    ErrorQueue& operator=(ErrorQueue const&) = delete;
    ErrorQueue(ErrorQueue&&) = delete;
    ErrorQueue& operator=(ErrorQueue&&) = delete;
};

void expect(bool condition) {
    if (!condition) {
        throw Error{ErrorKind::internal,
                    {"la bibliothèque de cryptographie a manqué de mémoire",
                     "the cryptographic library ran out of memory"}};
    }
}

template <class Byte>
Bio bio_of(std::span<Byte const> bytes) {
    expect(bytes.size() <= INT_MAX);
    // An empty span may have no address, which OpenSSL refuses.
    void const* const first = bytes.empty() ? static_cast<void const*>("") : bytes.data();
    Bio bio{BIO_new_mem_buf(first, static_cast<int>(bytes.size()))};
    expect(bio != nullptr);
    return bio;
}

/// Every certificate of the text is trusted.
Store store_of(std::string_view pem) {
    Store store{X509_STORE_new()};
    expect(store != nullptr);
    Bio const bio = bio_of(std::span{pem});
    std::size_t count = 0;
    while (true) {
        std::unique_ptr<X509, Releaser<X509_free>> const certificate{
            PEM_read_bio_X509(bio.get(), nullptr, nullptr, nullptr)};
        if (!certificate) {
            break;
        }
        expect(X509_STORE_add_cert(store.get(), certificate.get()) == 1);
        ++count;
    }
    ERR_clear_error(); // the end of the text is told as an error
    if (count == 0) {
        throw Error{ErrorKind::format,
                    {"aucun certificat PEM (« BEGIN CERTIFICATE ») dans le fichier des autorités",
                     "no PEM certificate ('BEGIN CERTIFICATE') in the file of authorities"}};
    }
    return store;
}

/// One line; bytes that could steer a terminal are escaped.
std::string name_text(X509 const* certificate) {
    if (certificate == nullptr) {
        return "";
    }
    Bio const bio{BIO_new(BIO_s_mem())};
    expect(bio != nullptr);
    X509_NAME_print_ex(bio.get(),
                       X509_get_subject_name(certificate),
                       0,
                       XN_FLAG_RFC2253 & ~static_cast<unsigned long>(ASN1_STRFLGS_ESC_MSB));
    char* text = nullptr;
    long const size = BIO_get_mem_data(bio.get(), &text);
    return size > 0 ? std::string{text, static_cast<std::size_t>(size)} : std::string{};
}

std::string time_text(ASN1_TIME const* time) {
    std::tm parts{};
    if (time == nullptr || ASN1_TIME_to_tm(time, &parts) != 1) {
        return "";
    }
    std::array<char, 32> text{};
    std::size_t const size = std::strftime(text.data(), text.size(), "%Y-%m-%dT%H:%M:%SZ", &parts);
    return {text.data(), size};
}

std::string hex_text(unsigned char const* bytes, std::size_t size) {
    constexpr std::string_view digits = "0123456789abcdef";
    std::string text;
    for (std::size_t i = 0; i < size; ++i) {
        text += digits[static_cast<std::size_t>(bytes[i] >> 4U)];
        text += digits[static_cast<std::size_t>(bytes[i] & 15U)];
    }
    return text;
}

std::string serial_text(ASN1_INTEGER const* serial) {
    return serial == nullptr ? ""
                             : hex_text(ASN1_STRING_get0_data(serial),
                                        static_cast<std::size_t>(ASN1_STRING_length(serial)));
}

bool is_sha256(std::string_view text) {
    return text.size() == 64 &&
           text.find_first_not_of("0123456789abcdef") == std::string_view::npos;
}

void expect_granted(TS_RESP* reply) {
    long const status =
        ASN1_INTEGER_get(TS_STATUS_INFO_get0_status(TS_RESP_get_status_info(reply)));
    if (status != TS_STATUS_GRANTED && status != TS_STATUS_GRANTED_WITH_MODS) {
        throw Error{ErrorKind::format,
                    {"l’autorité d’horodatage a refusé la demande (état {})",
                     "the time-stamping authority refused the request (status {})"},
                    static_cast<int>(status)};
    }
}

void expect_imprint(TS_TST_INFO* token, std::string_view sha256_hex) {
    TS_MSG_IMPRINT* const imprint = TS_TST_INFO_get_msg_imprint(token);
    ASN1_OBJECT const* algorithm = nullptr;
    X509_ALGOR_get0(&algorithm, nullptr, nullptr, TS_MSG_IMPRINT_get_algo(imprint));
    if (OBJ_obj2nid(algorithm) != NID_sha256) {
        throw Error{ErrorKind::unsupported,
                    {"l’horodatage porte sur une empreinte qui n’est pas SHA-256",
                     "the time stamp is of a digest that is no SHA-256"}};
    }
    ASN1_OCTET_STRING const* const message = TS_MSG_IMPRINT_get_msg(imprint);
    std::string const stamped = hex_text(ASN1_STRING_get0_data(message),
                                         static_cast<std::size_t>(ASN1_STRING_length(message)));
    if (stamped != sha256_hex) {
        throw Error{ErrorKind::integrity,
                    {"l’horodatage est celui d’autres octets (SHA-256 {})",
                     "the time stamp is of other bytes (SHA-256 {})"},
                    stamped};
    }
}

/// The certificate of the one signer, which must lie in the token.
X509* signer_of(PKCS7* token) {
    std::unique_ptr<STACK_OF(X509), decltype([](STACK_OF(X509) * stack) {
                        sk_X509_free(stack);
                    })> const signers{PKCS7_get0_signers(token, nullptr, 0)};
    if (!signers || sk_X509_num(signers.get()) != 1) {
        throw Error{ErrorKind::format,
                    {"l’horodatage ne contient pas le certificat de son autorité",
                     "the time stamp does not hold the certificate of its authority"}};
    }
    return sk_X509_value(signers.get(), 0); // owned by the token
}

void expect_signed_token(PKCS7* token, X509_STORE* store) {
    // Without authorities the signature is still set against the certificate inside.
    int const good = store != nullptr
                         ? TS_RESP_verify_signature(token, nullptr, store, nullptr)
                         : PKCS7_verify(token, nullptr, nullptr, nullptr, nullptr, PKCS7_NOVERIFY);
    if (good != 1) {
        throw Error{ErrorKind::integrity,
                    store != nullptr
                        ? Words{"la signature de l’horodatage ne vaut rien, ou son certificat ne "
                                "mène à aucune des autorités données",
                                "the time stamp's signature does not hold, or its certificate "
                                "leads to none of the given authorities"}
                        : Words{"la signature de l’horodatage ne vaut rien : il a été modifié",
                                "the time stamp's signature does not hold: it was changed"}};
    }
}

} // namespace

void check_authorities(std::string_view pem) {
    ErrorQueue const queue;
    static_cast<void>(store_of(pem));
}

TimestampReply check_timestamp(std::span<std::byte const> reply,
                               std::string_view sha256_hex,
                               std::optional<std::string_view> authorities_pem) {
    if (!is_sha256(sha256_hex)) {
        throw Error{ErrorKind::domain,
                    {"une empreinte numérique SHA-256 a 64 chiffres hexadécimaux",
                     "a SHA-256 digest has 64 hexadecimal digits"}};
    }
    ErrorQueue const queue;
    Store const store = authorities_pem ? store_of(*authorities_pem) : nullptr;
    Bio const bio = bio_of(reply);
    std::unique_ptr<TS_RESP, Releaser<TS_RESP_free>> const read{
        d2i_TS_RESP_bio(bio.get(), nullptr)};
    if (!read) {
        throw Error{ErrorKind::format,
                    {"ce n’est pas une réponse d’horodatage (RFC 3161, DER)",
                     "this is no time-stamp reply (RFC 3161, DER)"}};
    }
    expect_granted(read.get());
    TS_TST_INFO* const info = TS_RESP_get_tst_info(read.get());
    PKCS7* const token = TS_RESP_get_token(read.get());
    if (info == nullptr || token == nullptr) {
        throw Error{ErrorKind::format,
                    {"la réponse d’horodatage ne contient pas de jeton",
                     "the time-stamp reply holds no token"}};
    }
    expect_imprint(info, sha256_hex);
    X509 const* const signer = signer_of(token);
    expect_signed_token(token, store.get());
    return {.time = time_text(TS_TST_INFO_get_time(info)),
            .authority = name_text(signer),
            .serial = serial_text(TS_TST_INFO_get_serial(info)),
            .authority_known = store != nullptr};
}

namespace {

using Cms = std::unique_ptr<CMS_ContentInfo, Releaser<CMS_ContentInfo_free>>;

Cms read_cms(std::span<std::byte const> bytes) {
    Cms cms{d2i_CMS_bio(bio_of(bytes).get(), nullptr)};
    if (!cms) {
        char* label = nullptr;
        char* header = nullptr;
        unsigned char* der = nullptr;
        long size = 0;
        if (PEM_read_bio(bio_of(bytes).get(), &label, &header, &der, &size) == 1) {
            std::span<unsigned char const> const held{der, static_cast<std::size_t>(size)};
            cms.reset(d2i_CMS_bio(bio_of(held).get(), nullptr));
        }
        OPENSSL_free(label);
        OPENSSL_free(header);
        OPENSSL_free(der);
    }
    if (!cms || OBJ_obj2nid(CMS_get0_type(cms.get())) != NID_pkcs7_signed) {
        throw Error{ErrorKind::format,
                    {"ce n’est pas une signature CMS (.p7s, DER ou PEM)",
                     "this is no CMS signature (.p7s, DER or PEM)"}};
    }
    if (CMS_is_detached(cms.get()) != 1) {
        throw Error{ErrorKind::format,
                    {"la signature contient son propre document ; il faut une signature détachée",
                     "the signature holds a document of its own; a detached signature is needed"}};
    }
    return cms;
}

std::string claimed_time(CMS_ContentInfo* cms) {
    STACK_OF(CMS_SignerInfo)* const signers = CMS_get0_SignerInfos(cms);
    if (sk_CMS_SignerInfo_num(signers) < 1) {
        return "";
    }
    CMS_SignerInfo* const first = sk_CMS_SignerInfo_value(signers, 0);
    int const at = CMS_signed_get_attr_by_NID(first, NID_pkcs9_signingTime, -1);
    X509_ATTRIBUTE* const attribute = at < 0 ? nullptr : CMS_signed_get_attr(first, at);
    ASN1_TYPE const* const value =
        attribute == nullptr ? nullptr : X509_ATTRIBUTE_get0_type(attribute, 0);
    bool const is_time = value != nullptr &&
                         (value->type == V_ASN1_UTCTIME || value->type == V_ASN1_GENERALIZEDTIME);
    return is_time ? time_text(value->value.asn1_string) : "";
}

} // namespace

SignatureFound check_signature(std::span<std::byte const> signature,
                               std::span<std::byte const> content,
                               std::optional<std::string_view> authorities_pem) {
    ErrorQueue const queue;
    Store const store = authorities_pem ? store_of(*authorities_pem) : nullptr;
    Cms const cms = read_cms(signature);
    Bio const bytes = bio_of(content);
    unsigned const flags = CMS_BINARY | (store ? 0U : CMS_NO_SIGNER_CERT_VERIFY);
    if (CMS_verify(cms.get(), nullptr, store.get(), bytes.get(), nullptr, flags) != 1) {
        throw Error{ErrorKind::integrity,
                    store ? Words{"la signature n’est pas celle de ces octets, ou son certificat "
                                  "ne mène à aucune des autorités données",
                                  "the signature is not of these bytes, or its certificate leads "
                                  "to none of the given authorities"}
                          : Words{"la signature n’est pas celle de ces octets",
                                  "the signature is not of these bytes"}};
    }
    std::unique_ptr<STACK_OF(X509), decltype([](STACK_OF(X509) * stack) {
                        sk_X509_free(stack);
                    })> const signers{CMS_get0_signers(cms.get())};
    bool const has_signer = signers && sk_X509_num(signers.get()) > 0;
    return {.signer = has_signer ? name_text(sk_X509_value(signers.get(), 0)) : std::string{},
            .claimed_time = claimed_time(cms.get()),
            .authority_known = store != nullptr};
}

} // namespace cmq
