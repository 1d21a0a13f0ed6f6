// SPDX-License-Identifier: GPL-3.0-or-later

#include "casefile/fields.hpp"

#include "casefile/check_form.hpp"
#include "casefile/clock_time.hpp"

#include <algorithm>

namespace cmq::casefile {

Fields::Fields(Node const& table, Place at, std::optional<long> day_zero)
    : table_{table}
    , at_{std::move(at)}
    , day_zero_{day_zero} {}

Place Fields::place_of(std::string_view key) const {
    Node const* const node = table_.find(key);
    return {at_.file, node != nullptr ? node->line : at_.line, join_key(at_.key, key)};
}

std::string Fields::text(std::string_view key) const {
    Node const* const node = table_.find(key);
    return node != nullptr ? node->text : "";
}

Placed<std::string> Fields::name(std::string_view key) const {
    return {text(key), place_of(key)};
}

std::optional<Placed<std::string>> Fields::optional_name(std::string_view key) const {
    if (!has(key)) {
        return {};
    }
    return name(key);
}

std::vector<Placed<std::string>> Fields::names(std::string_view key) const {
    std::vector<Placed<std::string>> list;
    if (Node const* const node = table_.find(key)) {
        for (std::size_t i = 0; i < node->items.size(); ++i) {
            Node const& item = node->items[i];
            std::string const item_key = join_key(at_.key, key) + "[" + std::to_string(i + 1) + "]";
            list.push_back({item.text, {at_.file, item.line, item_key}});
        }
    }
    return list;
}

bool Fields::flag(std::string_view key) const {
    Node const* const node = table_.find(key);
    return node != nullptr && node->flag;
}

std::optional<std::int64_t> Fields::integer(std::string_view key) const {
    if (Node const* const node = table_.find(key)) {
        return node->integer;
    }
    return {};
}

std::optional<Placed<double>> Fields::number(std::string_view key) const {
    if (Node const* const node = table_.find(key)) {
        return Placed<double>{node->number, place_of(key)};
    }
    return {};
}

std::vector<double> Fields::values(std::string_view key) const {
    std::vector<double> numbers;
    if (Node const* const node = table_.find(key)) {
        for (Node const& item : node->items) {
            numbers.push_back(item.number);
        }
    }
    return numbers;
}

Bilingual Fields::bilingual(std::string_view key) const {
    Node const* const node = table_.find(key);
    if (node == nullptr) {
        return {};
    }
    if (node->kind == NodeKind::text) {
        return {node->text, node->text};
    }
    Fields const both = table(key);
    return {both.text("fr"), both.text("en")};
}

std::optional<Placed<Moment>> Fields::moment(std::string_view key) const {
    if (!has(key)) {
        return {};
    }
    Fields const inner = table(key);
    Node const* const written = inner.table_.find("time");
    auto const time = written != nullptr ? to_clock_time(*written) : std::nullopt;
    CMQ_EXPECTS(time.has_value());
    Moment moment;
    moment.minutes = time->minutes;
    moment.written = written->text;
    moment.uncertainty_min = inner.number("uncertainty_min")->value;
    if (!time->day.empty()) {
        CMQ_EXPECTS(day_zero_.has_value());
        constexpr double day_min = 1440.0;
        moment.minutes += static_cast<double>(*to_day_number(time->day) - *day_zero_) * day_min;
    }
    return Placed<Moment>{moment, inner.place_of("time")};
}

bool Fields::lacks_day(std::string_view key) const {
    Node const* const moment = table_.find(key);
    Node const* const written = moment != nullptr ? moment->find("time") : nullptr;
    auto const time = written != nullptr ? to_clock_time(*written) : std::nullopt;
    return time && !time->day.empty() && !day_zero_;
}

std::vector<std::pair<Placed<std::string>, double>> Fields::shares(std::string_view key) const {
    std::vector<std::pair<Placed<std::string>, double>> list;
    if (Node const* const node = table_.find(key)) {
        for (auto const& [zone, share] : node->entries) {
            Place const place{at_.file, share.line, join_key(join_key(at_.key, key), zone)};
            list.push_back({{zone, place}, share.number});
        }
    }
    return list;
}

std::pair<std::string, std::vector<std::pair<std::string, Placed<double>>>>
Fields::distribution(std::string_view key) const {
    Fields const inner = table(key);
    std::vector<std::pair<std::string, Placed<double>>> numbers;
    for (auto const& [name, node] : inner.table_.entries) {
        if (name != "kind") {
            numbers.push_back({name, {node.number, inner.place_of(name)}});
        }
    }
    return {inner.text("kind"), std::move(numbers)};
}

Fields Fields::table(std::string_view key) const {
    static Node const none{};
    Node const* const node = table_.find(key);
    return {node != nullptr ? *node : none, place_of(key), day_zero_};
}

std::vector<Fields> Fields::tables(std::string_view key) const {
    std::vector<Fields> list;
    if (Node const* const node = table_.find(key)) {
        for (std::size_t i = 0; i < node->items.size(); ++i) {
            std::string const item_key = join_key(at_.key, key) + "[" + std::to_string(i + 1) + "]";
            list.emplace_back(
                node->items[i], Place{at_.file, node->items[i].line, item_key}, day_zero_);
        }
    }
    return list;
}

std::optional<std::size_t> Fields::word_index(std::string_view key,
                                              std::span<std::string_view const> words) const {
    Node const* const node = table_.find(key);
    if (node == nullptr) {
        return {};
    }
    auto const found = std::ranges::find(words, node->text);
    CMQ_EXPECTS(found != words.end());
    return static_cast<std::size_t>(found - words.begin());
}

} // namespace cmq::casefile
