// SPDX-License-Identifier: GPL-3.0-or-later

#include "lab/code/abif.hpp"

#include "core/error.hpp"

#include <algorithm>
#include <array>

namespace cmq::lab {
namespace {

using Bytes = std::span<std::byte const>;

constexpr std::size_t entry_bytes = 28;
constexpr int type_char = 2;
constexpr int type_short = 4;
constexpr int type_long = 5;
constexpr int type_date = 10;
constexpr int type_time = 11;
constexpr int type_pascal = 18;

/// \pre at + size lies within the bytes
std::uint32_t big_endian(Bytes bytes, std::size_t at, std::size_t size) {
    std::uint32_t value = 0;
    for (std::size_t i = 0; i < size; ++i) {
        value = value << 8U | std::to_integer<std::uint32_t>(bytes[at + i]);
    }
    return value;
}

std::string text_of(Bytes bytes) {
    return {reinterpret_cast<char const*>(bytes.data()), bytes.size()};
}

[[noreturn]] void damaged() {
    throw Error{ErrorKind::format,
                {"fichier ABIF endommagé ou coupé : une valeur sort du fichier",
                 "damaged or cut ABIF file: a value lies outside it"}};
}

/// One entry of a directory; nothing where its data lie outside the file.
std::optional<AbifEntry> read_entry(Bytes bytes, std::size_t at) {
    AbifEntry entry;
    entry.name = text_of(bytes.subspan(at, 4));
    entry.number = static_cast<std::int32_t>(big_endian(bytes, at + 4, 4));
    entry.type = static_cast<int>(big_endian(bytes, at + 8, 2));
    std::size_t const size = big_endian(bytes, at + 16, 4);
    // Up to four bytes stand in the place of the offset.
    std::size_t const offset = size <= 4 ? at + 20 : big_endian(bytes, at + 20, 4);
    if (offset > bytes.size() || size > bytes.size() - offset) {
        return {};
    }
    entry.data = bytes.subspan(offset, size);
    return entry;
}

/// Whether 28 bytes look like an entry of a plain directory.
bool is_plain_entry(Bytes bytes, std::size_t at) {
    for (std::size_t i = 0; i < 4; ++i) {
        auto const c = std::to_integer<unsigned char>(bytes[at + i]);
        if (c < 0x20 || c > 0x7e) {
            return false;
        }
    }
    std::uint32_t const type = big_endian(bytes, at + 8, 2);
    std::uint32_t const size = big_endian(bytes, at + 10, 2);
    std::size_t const count = big_endian(bytes, at + 12, 4);
    bool const is_plain = (type >= 1 && type <= 27) || type >= 1024;
    return is_plain && size > 0 && count * size == big_endian(bytes, at + 16, 4) &&
           read_entry(bytes, at).has_value();
}

bool is_trace_entry(Bytes bytes, std::size_t at) {
    return bytes[at] == std::byte{'D'} && bytes[at + 1] == std::byte{'A'} &&
           bytes[at + 2] == std::byte{'T'} && bytes[at + 3] == std::byte{'A'} &&
           big_endian(bytes, at + 8, 2) == type_short && is_plain_entry(bytes, at);
}

std::string two_digits(std::uint32_t number) {
    return (number < 10 ? "0" : "") + std::to_string(number);
}

} // namespace

bool is_abif(Bytes bytes) noexcept {
    constexpr std::array magic{std::byte{'A'}, std::byte{'B'}, std::byte{'I'}, std::byte{'F'}};
    return bytes.size() >= magic.size() && std::ranges::equal(bytes.first(magic.size()), magic);
}

Abif::Abif(Bytes bytes) {
    constexpr std::size_t head_bytes = 6 + entry_bytes;
    if (!is_abif(bytes) || bytes.size() < head_bytes) {
        throw Error{ErrorKind::format, {"ce n’est pas un fichier ABIF", "this is no ABIF file"}};
    }
    std::size_t const count = big_endian(bytes, 18, 4);
    std::size_t const offset = big_endian(bytes, 26, 4);
    if (offset > bytes.size() || count > (bytes.size() - offset) / entry_bytes) {
        damaged();
    }
    read_directory(bytes, offset, count);
    bool const has_traces = std::ranges::any_of(entries_, [](AbifEntry const& entry) {
        return entry.name == "DATA" && entry.type == type_short;
    });
    if (!has_traces) {
        find_plain_directory(bytes, offset, count * entry_bytes);
    }
}

// name, number, type, size of the data, data.
constexpr std::size_t flat_head = 16;

Abif Abif::from_flat(Bytes bytes) {
    Abif abif;
    for (std::size_t at = 0; at < bytes.size();) {
        if (bytes.size() - at < flat_head) {
            damaged();
        }
        std::size_t const size = big_endian(bytes, at + 12, 4);
        if (size > bytes.size() - at - flat_head) {
            damaged();
        }
        abif.entries_.push_back({.name = text_of(bytes.subspan(at, 4)),
                                 .number = static_cast<std::int32_t>(big_endian(bytes, at + 4, 4)),
                                 .type = static_cast<int>(big_endian(bytes, at + 8, 4)),
                                 .data = bytes.subspan(at + flat_head, size)});
        at += flat_head + size;
    }
    return abif;
}

std::string flat_abif(Abif const& abif) {
    std::string flat;
    auto const add = [&](std::uint32_t value) {
        for (int shift = 24; shift >= 0; shift -= 8) {
            flat += static_cast<char>(value >> static_cast<unsigned>(shift) & 0xffU);
        }
    };
    for (AbifEntry const& entry : abif.entries()) {
        flat += entry.name;
        add(static_cast<std::uint32_t>(entry.number));
        add(static_cast<std::uint32_t>(entry.type));
        add(static_cast<std::uint32_t>(entry.data.size()));
        flat += text_of(entry.data);
    }
    return flat;
}

void Abif::read_directory(Bytes bytes, std::size_t offset, std::size_t count) {
    for (std::size_t i = 0; i < count; ++i) {
        auto entry = read_entry(bytes, offset + i * entry_bytes);
        if (!entry) {
            damaged();
        }
        entries_.push_back(std::move(*entry));
    }
}

void Abif::find_plain_directory(Bytes bytes, std::size_t hidden, std::size_t hidden_bytes) {
    auto const is_entry = [&](std::size_t at) { return is_plain_entry(bytes, at); };
    for (std::size_t at = 0; at + entry_bytes <= bytes.size(); ++at) {
        bool const is_hidden = at >= hidden && at < hidden + hidden_bytes;
        if (is_hidden || !is_trace_entry(bytes, at)) {
            continue;
        }
        std::size_t first = at;
        while (first >= entry_bytes && is_entry(first - entry_bytes)) {
            first -= entry_bytes;
        }
        std::size_t last = at;
        while (last + 2 * entry_bytes <= bytes.size() && is_entry(last + entry_bytes)) {
            last += entry_bytes;
        }
        entries_.clear();
        read_directory(bytes, first, (last - first) / entry_bytes + 1);
        return;
    }
}

AbifEntry const* Abif::find(std::string_view name, std::int32_t number) const noexcept {
    auto const found = std::ranges::find_if(entries_, [&](AbifEntry const& entry) {
        return entry.name == name && entry.number == number;
    });
    return found == entries_.end() ? nullptr : &*found;
}

std::string Abif::text(std::string_view name, std::int32_t number) const {
    AbifEntry const* const entry = find(name, number);
    if (entry == nullptr || entry->data.empty()) {
        return "";
    }
    Bytes const data = entry->type == type_pascal ? entry->data.subspan(1) : entry->data;
    std::string text = text_of(data);
    text = text.substr(0, text.find('\0'));
    while (!text.empty() && text.back() == ' ') {
        text.pop_back();
    }
    std::ranges::replace_if(
        text, [](unsigned char c) { return c < 0x20 || c > 0x7e; }, '?');
    return text;
}

std::string Abif::characters(std::string_view name, std::int32_t number) const {
    AbifEntry const* const entry = find(name, number);
    return entry != nullptr && entry->type == type_char ? text_of(entry->data) : "";
}

std::vector<std::int16_t> Abif::shorts(std::string_view name, std::int32_t number) const {
    AbifEntry const* const entry = find(name, number);
    std::vector<std::int16_t> values;
    if (entry != nullptr && entry->type == type_short) {
        for (std::size_t at = 0; at + 2 <= entry->data.size(); at += 2) {
            values.push_back(static_cast<std::int16_t>(big_endian(entry->data, at, 2)));
        }
    }
    return values;
}

std::vector<std::int32_t> Abif::longs(std::string_view name, std::int32_t number) const {
    AbifEntry const* const entry = find(name, number);
    std::vector<std::int32_t> values;
    if (entry != nullptr && entry->type == type_long) {
        for (std::size_t at = 0; at + 4 <= entry->data.size(); at += 4) {
            values.push_back(static_cast<std::int32_t>(big_endian(entry->data, at, 4)));
        }
    }
    return values;
}

std::string Abif::moment(std::int32_t number) const {
    AbifEntry const* const day = find("RUND", number);
    AbifEntry const* const time = find("RUNT", number);
    if (day == nullptr || time == nullptr || day->type != type_date || time->type != type_time ||
        day->data.size() != 4 || time->data.size() != 4) {
        return "";
    }
    std::uint32_t const year = big_endian(day->data, 0, 2);
    std::uint32_t const month = big_endian(day->data, 2, 1);
    std::uint32_t const date = big_endian(day->data, 3, 1);
    std::uint32_t const hour = big_endian(time->data, 0, 1);
    if (year < 1900 || year > 2999 || month < 1 || month > 12 || date < 1 || date > 31 ||
        hour > 23) {
        return "";
    }
    return std::to_string(year) + '-' + two_digits(month) + '-' + two_digits(date) + ' ' +
           two_digits(hour) + ':' + two_digits(big_endian(time->data, 1, 1)) + ':' +
           two_digits(big_endian(time->data, 2, 1));
}

} // namespace cmq::lab
