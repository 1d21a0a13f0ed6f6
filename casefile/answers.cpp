// SPDX-License-Identifier: GPL-3.0-or-later

#include "casefile/answers.hpp"

#include "casefile/clock_time.hpp"
#include "casefile/problems.hpp"
#include "casefile/toml_node.hpp"
#include "casefile/toml_text.hpp"
#include "core/error.hpp"

#include <algorithm>
#include <charconv>
#include <chrono>
#include <regex>

namespace cmq::casefile {
namespace {

using Checked = std::variant<std::string, Sentence>;

constexpr std::string_view none_answer = "none";

/// The number of characters, or nothing where the bytes are not UTF-8 or hold a control character.
std::optional<std::size_t> count_characters(std::string_view text) {
    std::size_t count = 0;
    for (std::size_t i = 0; i < text.size();) {
        auto const first = static_cast<unsigned char>(text[i]);
        std::size_t const length = first < 0x80U                      ? 1U
                                   : first >= 0xc2U && first < 0xe0U  ? 2U
                                   : first >= 0xe0U && first < 0xf0U  ? 3U
                                   : first >= 0xf0U && first <= 0xf4U ? 4U
                                                                      : 0U;
        if (length == 0 || i + length > text.size() || first < 0x20U || first == 0x7fU) {
            return {};
        }
        // Overlong forms, surrogates and the controls U+0080 to U+009F.
        auto const second = length > 1 ? static_cast<unsigned char>(text[i + 1]) : 0U;
        if ((first == 0xe0U && second < 0xa0U) || (first == 0xedU && second > 0x9fU) ||
            (first == 0xf0U && second < 0x90U) || (first == 0xf4U && second > 0x8fU) ||
            (first == 0xc2U && second < 0xa0U)) {
            return {};
        }
        for (std::size_t k = 1; k < length; ++k) {
            if ((static_cast<unsigned char>(text[i + k]) & 0xc0U) != 0x80U) {
                return {};
            }
        }
        i += length;
        ++count;
    }
    return count;
}

/// No-break spaces and tabs as spaces, none at either end.
std::string tidy(std::string_view typed) {
    std::string text{typed};
    for (std::string_view const space : {"\u00A0", "\u202F", "\t"}) {
        for (std::size_t i = text.find(space); i != std::string::npos; i = text.find(space, i)) {
            text.replace(i, space.size(), " ");
        }
    }
    std::size_t const begin = text.find_first_not_of(" \r");
    if (begin == std::string::npos) {
        return {};
    }
    return text.substr(begin, text.find_last_not_of(" \r") - begin + 1);
}

std::vector<std::string> split(std::string_view text) {
    std::vector<std::string> words;
    std::string word;
    for (char const c : text) {
        if (c == ' ' || c == ',' || c == ';') {
            if (!word.empty()) {
                words.push_back(std::move(word));
                word.clear();
            }
        } else {
            word += c;
        }
    }
    if (!word.empty()) {
        words.push_back(std::move(word));
    }
    return words;
}

std::optional<std::int64_t> whole_number(std::string_view text) {
    std::int64_t value = 0;
    auto const [end, fault] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (fault != std::errc{} || end != text.data() + text.size()) {
        return {};
    }
    return value;
}

/// The id of a choice by its number from 1 or by itself.
std::optional<std::string> choice_of(Prompt const& prompt, std::string_view word) {
    if (auto const number = whole_number(word)) {
        if (*number >= 1 && *number <= static_cast<std::int64_t>(prompt.choices.size())) {
            return prompt.choices[static_cast<std::size_t>(*number - 1)].first;
        }
        return {};
    }
    bool const known = std::ranges::any_of(
        prompt.choices, [&](auto const& choice) { return choice.first == word; });
    return known ? std::optional{std::string{word}} : std::nullopt;
}

Sentence number_wanted(Prompt const& prompt) {
    return Sentence{{"taper un numéro de 1 à {}, ou « ? » si le dossier ne le dit pas",
                     "type a number from 1 to {}, or ? where the papers do not say"},
                    prompt.choices.size()};
}

Checked check_choice(Prompt const& prompt, std::string const& text) {
    bool const with_text = prompt.kind == PromptKind::choice_and_text;
    std::size_t const space = with_text ? text.find(' ') : std::string::npos;
    auto const choice = choice_of(prompt, text.substr(0, space));
    if (!choice) {
        return number_wanted(prompt);
    }
    return space == std::string::npos ? *choice : *choice + ' ' + tidy(text.substr(space));
}

Checked check_choices(Prompt const& prompt, std::string const& text) {
    if (text == "0" || text == none_answer) {
        return std::string{none_answer};
    }
    std::vector<std::string> chosen;
    for (std::string const& word : split(text)) {
        auto const choice = choice_of(prompt, word);
        if (!choice) {
            return Sentence{{"« {} » n’est pas un numéro de la liste ; 0 pour aucune ; {}",
                             "\"{}\" is no number of the list; 0 for none of them; {}"},
                            word,
                            number_wanted(prompt)};
        }
        if (std::ranges::find(chosen, *choice) == chosen.end()) {
            chosen.push_back(*choice);
        }
    }
    if (chosen.empty()) {
        return number_wanted(prompt);
    }
    std::string kept;
    for (std::string const& id : chosen) {
        kept += (kept.empty() ? "" : " ") + id;
    }
    return kept;
}

std::string two_digits(std::string const& digits) {
    return digits.size() == 1 ? '0' + digits : digits;
}

Checked check_moment(std::string const& text, std::string_view today) {
    Sentence const wanted{{"taper un jour et une heure, comme 14/11/2026 12:40, ou un jour seul",
                           "type a day and a time, such as 14/11/2026 12:40, or a day alone"}};
    static std::regex const by_day{
        R"(^(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})(?:[ T]+(?:à )?(\d{1,2})\s?[:hH]\s?(\d{2})?)?$)"};
    static std::regex const by_year{
        R"(^(\d{4})-(\d{1,2})-(\d{1,2})(?:[ T]+(\d{1,2})\s?[:hH]\s?(\d{2})?)?$)"};
    std::smatch parts;
    std::string day;
    if (std::regex_match(text, parts, by_day)) {
        day = parts[3].str() + '-' + two_digits(parts[2].str()) + '-' + two_digits(parts[1].str());
    } else if (std::regex_match(text, parts, by_year)) {
        day = parts[1].str() + '-' + two_digits(parts[2].str()) + '-' + two_digits(parts[3].str());
    } else {
        return wanted;
    }
    auto const number = to_day_number(day);
    if (!number) {
        return Sentence{{"ce jour n’existe pas ; {}", "there is no such day; {}"}, wanted};
    }
    if (day < "2000-01-01" || day > today) {
        return Sentence{
            {"ce jour est à venir ou trop ancien ; {}", "that day is to come or too long ago; {}"},
            wanted};
    }
    if (!parts[4].matched) {
        return day;
    }
    std::string const minute = parts[5].matched ? parts[5].str() : "00";
    if (parts[4].str() > "23" && parts[4].str().size() == 2) {
        return wanted;
    }
    if (minute > "59") {
        return wanted;
    }
    return day + ' ' + two_digits(parts[4].str()) + ':' + minute;
}

Checked check_people(std::string const& text) {
    constexpr std::int64_t most = 1000000000; // as in the case file
    std::vector<std::string> const words = split(text);
    auto const checked = words.size() == 2 ? whole_number(words[0]) : std::nullopt;
    auto const glowing = words.size() == 2 ? whole_number(words[1]) : std::nullopt;
    if (!checked || !glowing || *checked < 1 || *checked > most || *glowing < 0 ||
        *glowing > *checked) {
        return Sentence{
            {"taper deux nombres entiers, le second au plus égal au premier, comme 500 7, ou « ? »",
             "type two whole numbers, the second at most the first, such as 500 7, or ?"}};
    }
    return std::to_string(*checked) + ' ' + std::to_string(*glowing);
}

} // namespace

std::variant<std::string, Sentence>
check_answer(Prompt const& prompt, std::string_view typed, std::string_view today) {
    std::string const text = tidy(typed);
    auto const characters = count_characters(text);
    if (!characters) {
        return Sentence{
            {"la réponse contient des caractères de commande ou illisibles ; la taper de nouveau",
             "the answer holds control or unreadable characters; type it again"}};
    }
    if (text.empty() || (text == unknown_answer && prompt.required)) {
        return prompt.required
                   ? Sentence{{"une réponse est nécessaire", "an answer is needed"}}
                   : Sentence{{"taper une réponse, ou « ? » si le dossier ne le dit pas",
                               "type an answer, or ? where the papers do not say"}};
    }
    if (*characters > prompt.longest) {
        return Sentence{{"au plus {} caractères, la réponse en a {} ; garder ce qui importe",
                         "at most {} characters, the answer has {}; keep what matters"},
                        prompt.longest,
                        *characters};
    }
    if (text == unknown_answer) {
        return text;
    }
    switch (prompt.kind) {
    case PromptKind::choice:
    case PromptKind::choice_and_text:
        return check_choice(prompt, text);
    case PromptKind::choices:
        return check_choices(prompt, text);
    case PromptKind::moment:
        return check_moment(text, today);
    case PromptKind::people:
        return check_people(text);
    case PromptKind::text:
    case PromptKind::document:
        break;
    }
    return text;
}

std::optional<std::string> answer_to(Answers const& answers, std::string_view prompt) {
    auto const found = std::ranges::find(answers, prompt, &Answer::prompt);
    return found == answers.end() ? std::nullopt : std::optional{found->text};
}

std::optional<std::string> known_answer(Answers const& answers, std::string_view prompt) {
    auto answer = answer_to(answers, prompt);
    return answer == unknown_answer ? std::nullopt : answer;
}

void set_answer(Answers& answers, std::string prompt, std::string text) {
    auto const found = std::ranges::find(answers, prompt, &Answer::prompt);
    if (found == answers.end()) {
        answers.push_back({std::move(prompt), std::move(text)});
    } else {
        found->text = std::move(text);
    }
}

std::vector<std::string> words_of(std::string_view kept) {
    return kept == none_answer ? std::vector<std::string>{} : split(kept);
}

DayAndTime day_and_time(std::string_view kept) {
    return {.day = std::string{kept.substr(0, 10)},
            .time = kept.size() > 11 ? std::string{kept.substr(11)} : std::string{}};
}

bool is_day(std::string_view text) {
    return to_day_number(text).has_value();
}

long days_between(std::string_view from, std::string_view to) {
    auto const first = to_day_number(from);
    auto const last = to_day_number(to);
    CMQ_EXPECTS(first.has_value() && last.has_value());
    return *last - *first;
}

std::string day_after(std::string_view day, long days) {
    auto const first = to_day_number(day);
    CMQ_EXPECTS(first.has_value());
    std::chrono::year_month_day const date{std::chrono::sys_days{std::chrono::days{*first + days}}};
    auto const two = [](unsigned value) { return two_digits(std::to_string(value)); };
    return std::to_string(static_cast<int>(date.year())) + '-' +
           two(static_cast<unsigned>(date.month())) + '-' + two(static_cast<unsigned>(date.day()));
}

NamedDocument to_document(std::string_view kept) {
    static std::regex const page{R"(^(.*?)[ ,]+(?:p\.|page|p)\s*(\d{1,5})\b[ ,]*(.*)$)",
                                 std::regex::icase};
    std::string const text{kept};
    std::smatch parts;
    if (!std::regex_match(text, parts, page)) {
        return {.document = text, .page = {}, .author = {}};
    }
    auto const number = whole_number(parts[2].str());
    bool const is_page = number && *number >= 1;
    return {.document = parts[1].str(),
            .page = is_page ? std::optional{static_cast<int>(*number)} : std::nullopt,
            .author = parts[3].str()};
}

std::string to_toml(Answers const& answers) {
    std::string text = "schema = 1\n\n[answer]\n";
    for (Answer const& answer : answers) {
        text += answer.prompt + " = " + to_toml_text(answer.text) + '\n';
    }
    return text;
}

Answers parse_answers(std::string_view text,
                      std::string const& file,
                      RequestTexts const& texts,
                      std::string_view today) {
    Node const top = parse_toml(text, file);
    Node const* const table = top.find("answer");
    if (table == nullptr || table->kind != NodeKind::table) {
        throw make_error(ErrorKind::format,
                         {file, 0, "answer"},
                         {"la table [answer] manque", "the table [answer] is missing"});
    }
    std::vector<std::string_view> known;
    for (Prompt const& prompt : texts.prompts) {
        known.push_back(prompt.id);
    }
    Answers answers;
    for (Entry const& entry : table->entries) {
        Place const place{file, entry.node.line, "answer." + entry.key};
        auto const prompt = std::ranges::find(texts.prompts, entry.key, &Prompt::id);
        if (prompt == texts.prompts.end()) {
            throw make_error(ErrorKind::format,
                             place,
                             {"aucune question ne porte ce nom{}", "no question has this name{}"},
                             did_you_mean(entry.key, known));
        }
        if (entry.node.kind != NodeKind::text) {
            throw make_error(
                ErrorKind::format,
                place,
                {"attendu : un texte entre guillemets ; {}", "expected a text in quotes, {}"},
                found_text(entry.node));
        }
        auto const checked = check_answer(*prompt, entry.node.text, today);
        if (auto const* const wrong = std::get_if<Sentence>(&checked)) {
            throw Error{ErrorKind::format, {"{} : {}", "{}: {}"}, to_text(place), *wrong};
        }
        set_answer(answers, entry.key, std::get<std::string>(checked));
    }
    return answers;
}

} // namespace cmq::casefile
