// SPDX-License-Identifier: GPL-3.0-or-later

/// \file
/// What makers, the press, police and activists say of coded markers, beside what sources say: dated data. Format:
/// docs/formats/claims.toml.md.

#pragma once

#include "casefile/case.hpp"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace cmq::casefile {

enum class ClaimTopic : std::uint8_t {
    drying,
    persistence,
    uniqueness,
    certainty,
    look_alikes,
    transfer,
};

/// How a claim stands beside the published sources.
enum class Standing : std::uint8_t {
    contradicted, ///< a source of better standing says otherwise
    conflicting,  ///< sources of like standing say otherwise
    no_data,      ///< nobody has published a measurement
    supported,    ///< a measurement says the same
};

struct Claim {
    Placed<std::string> id;
    ClaimTopic topic = ClaimTopic::drying;
    std::string checked_on; ///< ISO 8601: the day on which the sources were looked at
    Bilingual said;
    Bilingual who;
    Standing standing = Standing::no_data;
    Bilingual comment;
    std::vector<std::string> sources; ///< at least one, as they are cited
    std::string seen;                 ///< how much of them was read; English
};

/// \throws Error format  each mistake with its place; an id twice
[[nodiscard]] std::vector<Claim> parse_claims(std::string_view text, std::string const& file);

/// The library of this program, in the order of its file.
[[nodiscard]] std::vector<Claim> read_claims();

/// The claim of that id, or nullptr.
[[nodiscard]] Claim const* find_claim(std::vector<Claim> const& claims, std::string_view id);

} // namespace cmq::casefile
