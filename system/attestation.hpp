// SPDX-License-Identifier: GPL-3.0-or-later

/// \file
/// Replies of time-stamping authorities (RFC 3161) and detached signatures (CMS, RFC 5652) set against the bytes that
/// they are said to be of. Nothing is fetched: no revocation list, no clock but the time that the token states.

#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace cmq {

/// \throws Error format  no certificate in the text
void check_authorities(std::string_view pem);

struct TimestampReply {
    std::string time;      ///< as the authority states it: "2026-11-23T05:10:00Z"
    std::string authority; ///< name in the certificate that signed, "" where the reply holds none
    std::string serial;    ///< of the token, hexadecimal
    bool authority_known =
        false; ///< its certificate leads to one of the authorities that were given
};

/// What a reply (.tsr, DER) says of the bytes with this digest, after its signature was checked.
///
/// \param authorities_pem  certificates that are trusted, in PEM; none: the certificate inside the reply is believed to
///                         be whose it says
/// \throws Error format       no reply, or one that refuses the request, or one without a certificate
/// \throws Error unsupported  its message imprint is no SHA-256
/// \throws Error integrity    the imprint is that of other bytes, the signature is not of this token, or the
///                            certificate leads to none of the authorities
/// \throws Error domain       sha256_hex has not 64 hexadecimal digits
[[nodiscard]] TimestampReply check_timestamp(std::span<std::byte const> reply,
                                             std::string_view sha256_hex,
                                             std::optional<std::string_view> authorities_pem = {});

struct SignatureFound {
    std::string signer;           ///< name in the certificate
    std::string claimed_time;     ///< as the signer states it, ISO 8601; "" where it is not stated
    bool authority_known = false; ///< as in TimestampReply
};

/// What a detached signature (.p7s, DER or PEM) says of these bytes. The first signer is named; all are checked.
///
/// \throws Error format       no such signature, or one that holds a content of its own
/// \throws Error integrity    it is of other bytes, or was changed, or its certificate leads to none of the authorities
[[nodiscard]] SignatureFound check_signature(std::span<std::byte const> signature,
                                             std::span<std::byte const> content,
                                             std::optional<std::string_view> authorities_pem = {});

} // namespace cmq
