// SPDX-License-Identifier: GPL-3.0-or-later

/// \file
/// Answers to the questions on the terminal: checked one by one, kept in a file between two sittings.

#pragma once

#include "casefile/request_texts.hpp"
#include "core/sentence.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

namespace cmq::casefile {

/// What stands for "the papers do not say".
inline constexpr std::string_view unknown_answer = "?";

/// An answer in the one form in which it is kept:
/// choice "code_read L-204", choices "right_hand face", moment "2026-11-14 12:40" or "2026-11-14",
/// people "500 7", text and document as given, "none" for an empty set of choices, "?" for unknown.
struct Answer {
    std::string prompt; ///< id
    std::string text;
};

using Answers = std::vector<Answer>;

/// Checks what was typed. Answers in their kept form pass unchanged.
/// \param today  ISO 8601: later days are refused
/// \return       the kept form, or what is wrong and what to type instead
[[nodiscard]] std::variant<std::string, Sentence>
check_answer(Prompt const& prompt, std::string_view typed, std::string_view today);

/// The answer to a prompt, or nothing when it was not asked yet.
[[nodiscard]] std::optional<std::string> answer_to(Answers const& answers, std::string_view prompt);

/// The same, with nothing for "?" too.
[[nodiscard]] std::optional<std::string> known_answer(Answers const& answers,
                                                      std::string_view prompt);

/// Replaces or adds.
void set_answer(Answers& answers, std::string prompt, std::string text);

/// The words of a kept choice or set of choices. "none" gives none.
[[nodiscard]] std::vector<std::string> words_of(std::string_view kept);

/// Day, and time where one was given.
struct DayAndTime {
    std::string day;  ///< ISO 8601
    std::string time; ///< "12:40" or ""
};

/// \pre kept is a kept answer of kind moment
[[nodiscard]] DayAndTime day_and_time(std::string_view kept);

/// Whether it is an ISO date of a day that exists.
[[nodiscard]] bool is_day(std::string_view text);

/// Days from one ISO date to another.
/// \pre both are dates
[[nodiscard]] long days_between(std::string_view from, std::string_view to);

/// The ISO date so many days later.
/// \pre day is a date
[[nodiscard]] std::string day_after(std::string_view day, long days);

/// A paper as it was named: its page where the answer tells one ("p. 3", "page 3").
struct NamedDocument {
    std::string document;
    std::optional<int> page;
    std::string author; ///< what follows the page
};

[[nodiscard]] NamedDocument to_document(std::string_view kept);

/// As TOML: one key a prompt.
[[nodiscard]] std::string to_toml(Answers const& answers);

/// \throws Error format  not TOML, a prompt that no question has, an answer that check_answer refuses
[[nodiscard]] Answers parse_answers(std::string_view text,
                                    std::string const& file,
                                    RequestTexts const& texts,
                                    std::string_view today);

} // namespace cmq::casefile
