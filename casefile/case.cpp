// SPDX-License-Identifier: GPL-3.0-or-later

#include "casefile/case.hpp"

#include "casefile/words.hpp"

#include <algorithm>
#include <filesystem>

namespace cmq::casefile {
namespace {

template <class Enum, std::size_t n>
std::string_view at(std::array<std::string_view, n> const& words, Enum value) noexcept {
    auto const index = static_cast<std::size_t>(value);
    CMQ_EXPECTS(index < n);
    return words[index];
}

} // namespace

std::string_view to_word(Language value) noexcept {
    return at(words::language, value);
}

std::string_view to_word(ReportRole value) noexcept {
    return at(words::report_role, value);
}

std::string_view to_word(CaptureRole value) noexcept {
    return at(words::capture_role, value);
}

std::string_view to_word(Marks value) noexcept {
    return at(words::marks, value);
}

std::string_view to_word(CircumstanceKind value) noexcept {
    return at(words::circumstance_kind, value);
}

std::string_view to_word(DeliveryKind value) noexcept {
    return at(words::delivery_kind, value);
}

std::string_view to_word(EventKind value) noexcept {
    return at(words::event_kind, value);
}

std::string_view to_word(Pressure value) noexcept {
    return at(words::pressure, value);
}

std::string_view to_word(Surface value) noexcept {
    return at(words::surface, value);
}

std::string_view to_word(Side value) noexcept {
    return at(words::side, value);
}

std::string_view to_word(ExaminedBy value) noexcept {
    return at(words::examined_by, value);
}

std::string_view to_word(ObservationKind value) noexcept {
    return at(words::observation_kind, value);
}

std::string_view to_word(ReadingResult value) noexcept {
    return at(words::reading_result, value);
}

std::string_view to_word(Room value) noexcept {
    return at(words::room, value);
}

std::string_view to_word(Grade value) noexcept {
    return at(words::grade, value);
}

bool seeks_darker(Capture const& capture) noexcept {
    return capture.marks && **capture.marks == Marks::darker;
}

bool seeks_darker(Case const& of) noexcept {
    return std::ranges::any_of(of.captures,
                               [](Capture const& capture) { return seeks_darker(capture); });
}

std::vector<std::size_t> joined_to(Case const& of, Capture const& capture) {
    std::vector<std::size_t> joined;
    for (std::size_t i = 0; i < of.captures.size(); ++i) {
        Capture const& other = of.captures[i];
        if (*other.role == CaptureRole::joined && other.of && **other.of == *capture.id) {
            joined.push_back(i);
        }
    }
    return joined;
}

std::size_t colour_captures(Case const& of) {
    std::size_t most = 1;
    for (Capture const& capture : of.captures) {
        most = std::max(most, 1 + joined_to(of, capture).size());
    }
    return most;
}

std::string resolve_path(Case const& of, std::string const& file) {
    // operator/ of an absolute right side gives that side.
    return (std::filesystem::path{of.file}.parent_path() / file).lexically_normal().string();
}

} // namespace cmq::casefile
