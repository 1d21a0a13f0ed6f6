// SPDX-License-Identifier: GPL-3.0-or-later

#include "capture/read_tags.hpp"

#include "capture/metadata.hpp"
#include "capture/picture_child.hpp"
#include "capture/picture_reader/answer.hpp"
#include "core/number_text.hpp"

#include <algorithm>
#include <cmath>
#include <cstring>
#include <exception>

namespace cmq::capture {
namespace {

// Keys are words of letters, digits and a few signs; anything else was not written by Exiv2.
bool is_key(std::string_view key) {
    return !key.empty() && std::ranges::all_of(key, [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
               std::string_view{"._-/:[]?@*"}.find(c) != std::string_view::npos;
    });
}

// False where the records do not fill their bytes exactly.
bool take_records(std::span<std::byte const> bytes, std::uint32_t count, Tags& tags) {
    auto const text = [&](std::size_t length) {
        std::string_view const all{reinterpret_cast<char const*>(bytes.data()), length};
        bytes = bytes.subspan(length);
        return all;
    };
    for (std::uint32_t i = 0; i < count; ++i) {
        TagRecord record;
        if (bytes.size() < sizeof(record)) {
            return false;
        }
        std::memcpy(&record, bytes.data(), sizeof(record));
        bytes = bytes.subspan(sizeof(record));
        if (record.key_bytes > longest_tag_key || record.value_bytes > longest_tag_value ||
            bytes.size() < std::size_t{record.key_bytes} + record.value_bytes) {
            return false;
        }
        auto const key = text(record.key_bytes);
        auto const value = text(record.value_bytes);
        if (is_key(key)) {
            tags.all.push_back({std::string{key}, to_printable(value.substr(0, value.find('\0')))});
        }
    }
    return bytes.empty();
}

std::optional<Preview> to_preview(TagAnswer const& answer) {
    constexpr std::uint32_t longest_side = 65535;
    bool const sound =
        answer.preview == PreviewState::read && answer.preview_width >= preview_side &&
        answer.preview_height >= preview_side && answer.preview_width <= longest_side &&
        answer.preview_height <= longest_side &&
        std::ranges::all_of(answer.preview_means,
                            [](float mean) { return mean >= 0.0F && mean <= 255.0F; });
    if (!sound) {
        return {};
    }
    return Preview{{answer.preview_height, answer.preview_width},
                   {answer.preview_means.begin(), answer.preview_means.end()}};
}

TagsState state_of(ReaderStatus status) {
    switch (status) {
    case ReaderStatus::done:
        return TagsState::read;
    case ReaderStatus::not_known:
        return TagsState::not_known;
    default:
        return TagsState::damaged;
    }
}

} // namespace

Tag const* Tags::find(std::string_view key) const noexcept {
    auto const found = std::ranges::find(all, key, &Tag::key);
    return found == all.end() ? nullptr : &*found;
}

std::optional<std::string> Tags::text(std::string_view key) const {
    auto const* tag = find(key);
    return tag == nullptr || tag->value.empty() ? std::nullopt : std::optional{tag->value};
}

std::optional<double> Tags::number(std::string_view key) const {
    auto const* tag = find(key);
    if (tag == nullptr) {
        return {};
    }
    std::string_view const first = std::string_view{tag->value}.substr(0, tag->value.find(' '));
    std::size_t const bar = first.find('/');
    auto const above = parse_number(first.substr(0, bar));
    auto const below =
        bar == std::string_view::npos ? std::optional{1.0} : parse_number(first.substr(bar + 1));
    if (!above || !below || *below == 0.0) {
        return {};
    }
    return *above / *below;
}

bool Tags::has_group(std::string_view prefix) const noexcept {
    return std::ranges::any_of(all, [&](Tag const& tag) { return tag.key.starts_with(prefix); });
}

Tags read_tags(std::span<std::byte const> bytes, PictureSettings const& settings) {
    ChildResult const result = run_picture_reader(bytes, settings, ReaderTask::tags);
    Tags tags;
    tags.state = TagsState::damaged;
    auto const output = result.output.bytes();
    TagAnswer answer;
    if (output.size() < sizeof(answer)) {
        return tags; // ended before its first word
    }
    std::memcpy(&answer, output.data(), sizeof(answer));
    if (answer.magic != picture_answer_magic) {
        refuse_other_version();
    }
    if (answer.status == ReaderStatus::no_filter) {
        refuse_without_filter();
    }
    tags.state = state_of(answer.status);
    if (tags.state != TagsState::read) {
        return tags;
    }
    // A preview that ended the program leaves the tags that were written before it.
    std::size_t const behind =
        output.size() < tag_records_offset ? 0 : output.size() - tag_records_offset;
    if (answer.record_bytes > behind || answer.tags > most_tags ||
        !take_records(
            output.subspan(std::min(tag_records_offset, output.size()), answer.record_bytes),
            answer.tags,
            tags)) {
        Tags none;
        none.state = TagsState::damaged;
        return none;
    }
    tags.left_out = answer.left_out;
    tags.maker_notes = answer.maker_notes;
    tags.previews = answer.previews;
    tags.preview = to_preview(answer);
    tags.library =
        "Exiv2 " +
        to_printable({answer.exiv2_version.data(),
                      ::strnlen(answer.exiv2_version.data(), answer.exiv2_version.size())});
    return tags;
}

} // namespace cmq::capture
