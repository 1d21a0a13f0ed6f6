// SPDX-License-Identifier: GPL-3.0-or-later

/// \file
/// Reads registry.toml: the lots of a marker, what became of them, and how often the laboratory errs.
/// Format: docs/formats/registry.toml.md.

#pragma once

#include "casefile/place.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace cmq::casefile {

/// A lot; of the four kinds of codes exactly one is there.
struct LotEntry {
    Place place;
    Placed<std::string> name;
    std::optional<Placed<std::string>> sequence; ///< A, C, G, T in upper case
    std::vector<double> fragments;               ///< base pairs, rising
    std::vector<std::string> fragment_dyes;      ///< of each fragment; empty: not stated
    std::string particle;                        ///< engraved text
    std::string other_code;                      ///< of any other kind
    std::string product;
    std::string holder;
    std::optional<double> pellets;
    std::optional<double> litres;
    std::vector<std::string> opened; ///< days, YYYY-MM-DD
    std::vector<std::string> deliveries;
    std::vector<std::string> trainings;
    std::vector<std::string> demonstrations;
    std::vector<std::string> people;
    std::vector<std::string> vehicles;
};

struct LaboratoryEntry {
    std::optional<double> error_rate;
    std::optional<double> clerical_error_rate;
    std::string source;
    std::optional<std::int64_t> negative_controls;
    std::int64_t positive_negative_controls = 0;
    std::optional<double> sizing_sd_bp;  ///< of one fragment's length between runs
    std::optional<double> index_hopping; ///< as lab::Registry
};

struct LotRegistry {
    LaboratoryEntry laboratory;
    std::vector<LotEntry> lots;
};

/// \throws Error format       not such a file, each mistake with its place: no code or two of them, a sequence of other
///                            letters than A, C, G, T, a name given twice, a day that is none
/// \throws Error domain       a number outside its range; more positive controls than controls; a rate without
///                            its source
/// \throws Error unsupported  another schema number
[[nodiscard]] LotRegistry parse_registry(std::string_view text, std::string const& file);

} // namespace cmq::casefile
