// SPDX-License-Identifier: GPL-3.0-or-later

/// \file
/// A request to a time-stamping authority (RFC 3161).

#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

namespace cmq {

/// TimeStampReq in DER for a SHA-256 digest, asking for the authority's certificate, without a policy; without
/// a nonce unless one is given, so that equal digests give equal bytes.
///
/// \param sha256_hex  64 hexadecimal digits
/// \throws Error domain    the digest is none
/// \throws Error internal  the cryptographic library fails
[[nodiscard]] std::vector<std::byte>
make_timestamp_request(std::string_view sha256_hex, std::optional<std::uint64_t> nonce = {});

} // namespace cmq
