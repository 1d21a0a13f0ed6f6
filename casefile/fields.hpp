// SPDX-License-Identifier: GPL-3.0-or-later

/// \file
/// Takes values out of a table whose form has been checked.

#pragma once

#include "casefile/case.hpp"
#include "casefile/toml_node.hpp"

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace cmq::casefile {

/// One table. Reading what check_form() would refuse breaks a contract.
class Fields {
public:
    /// \param day_zero  the case's day as a day number, for times that name a day
    Fields(Node const& table, Place at, std::optional<long> day_zero = {});

    [[nodiscard]] Place const& place() const noexcept { return at_; }

    /// Place of a key: its own line, or the table's when it is not there.
    [[nodiscard]] Place place_of(std::string_view key) const;

    [[nodiscard]] bool has(std::string_view key) const { return table_.find(key) != nullptr; }

    [[nodiscard]] std::string text(std::string_view key) const; ///< "" when not there
    [[nodiscard]] Placed<std::string> name(std::string_view key) const;
    [[nodiscard]] std::optional<Placed<std::string>> optional_name(std::string_view key) const;
    [[nodiscard]] std::vector<Placed<std::string>> names(std::string_view key) const;
    [[nodiscard]] bool flag(std::string_view key) const; ///< false when not there
    [[nodiscard]] std::optional<std::int64_t> integer(std::string_view key) const;
    [[nodiscard]] std::optional<Placed<double>> number(std::string_view key) const;
    [[nodiscard]] std::vector<double> values(std::string_view key) const; ///< none when not there
    [[nodiscard]] Bilingual bilingual(std::string_view key) const;

    /// \pre not lacks_day(key)
    [[nodiscard]] std::optional<Placed<Moment>> moment(std::string_view key) const;

    /// The moment names a day, and the case has no day that the other times belong to.
    [[nodiscard]] bool lacks_day(std::string_view key) const;
    [[nodiscard]] std::vector<std::pair<Placed<std::string>, double>>
    shares(std::string_view key) const;

    /// Kind and numbers of a distribution, the kind itself left out of the numbers.
    [[nodiscard]] std::pair<std::string, std::vector<std::pair<std::string, Placed<double>>>>
    distribution(std::string_view key) const;

    /// The sub-table; an empty one when it is not there.
    [[nodiscard]] Fields table(std::string_view key) const;

    /// The tables of a list, none when it is not there.
    [[nodiscard]] std::vector<Fields> tables(std::string_view key) const;

    /// The enumerator at the position of the word among words; nothing when the key is not there.
    template <class Enum>
    [[nodiscard]] std::optional<Placed<Enum>> word(std::string_view key,
                                                   std::span<std::string_view const> words) const {
        auto const index = word_index(key, words);
        if (!index) {
            return {};
        }
        return Placed<Enum>{static_cast<Enum>(*index), place_of(key)};
    }

private:
    [[nodiscard]] std::optional<std::size_t>
    word_index(std::string_view key, std::span<std::string_view const> words) const;

    Node const& table_;
    Place at_;
    std::optional<long> day_zero_;
};

} // namespace cmq::casefile
