// SPDX-License-Identifier: GPL-3.0-or-later

/// \file
/// What a lawyer may ask for at each stage of French criminal procedure, and the words for it in both
/// languages: data with a day, read from three TOML files that are built into the program.

#pragma once

#include "casefile/case.hpp"

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace cmq::casefile {

/// How one stage of the procedure is addressed.
struct RequestStage {
    std::string id; ///< a word of [case] stage
    Bilingual name;
    Bilingual title;
    Bilingual addressee;
    Bilingual opening;
    Bilingual closing;
    Bilingual demand; ///< what is asked of the addressee, in one sentence
    Bilingual advice; ///< for counsel alone
};

struct RequestItem {
    std::string id;
    std::vector<std::string> stages;
    std::vector<std::string> references; ///< ids of provisions beside those of the stage
    Bilingual title;
    Bilingual ask;
    Bilingual why;
};

enum class Addressee : std::uint8_t { expert, witness };

struct RequestQuestion {
    std::string id;
    Addressee to = Addressee::expert;
    Bilingual ask;
    Bilingual why;
};

/// A provision of the law as it stood on a day, and who has to check it before anything is filed.
struct Provision {
    std::string id;
    std::vector<std::string> stages;
    std::string as_of; ///< ISO 8601
    Bilingual check_by;
    Bilingual text;
    Bilingual says;
    bool is_ground = true; ///< the request rests on it; else counsel alone has to know it
};

enum class PromptKind : std::uint8_t {
    choice,          ///< one of `choices`
    choice_and_text, ///< the same; text after it is kept
    choices,         ///< any of `choices`
    text,            ///< one line
    document,        ///< a paper with its page and author
    moment,          ///< a day, with or without a time
    people,          ///< two whole numbers: looked at, glowing
};

/// A question on the terminal.
struct Prompt {
    std::string id;
    PromptKind kind = PromptKind::text;
    bool required = false;
    std::size_t longest = 200; ///< characters of an answer
    Bilingual ask;
    Bilingual help;
    std::vector<std::pair<std::string, Bilingual>> choices; ///< id and label
};

struct RequestTexts {
    std::vector<RequestStage> stages;
    std::vector<RequestItem> requests;
    std::vector<RequestQuestion> questions;
    std::vector<Provision> provisions;
    std::vector<Prompt> prompts;
    std::vector<std::pair<std::string, Bilingual>> labels; ///< sorted by name: "interest"
    std::vector<std::pair<std::string, Bilingual>>
        zones; ///< id and name of body zones and garments
    std::vector<std::pair<std::string, Bilingual>> deliveries; ///< id and name
    std::vector<std::pair<std::string, Bilingual>> aide;       ///< its single texts by name
    std::vector<std::pair<std::string, std::vector<Bilingual>>> aide_lists; ///< its lists by name

    /// \pre a label of that name exists
    [[nodiscard]] Bilingual const& label(std::string_view name) const;
    [[nodiscard]] Bilingual const& aide_text(std::string_view name) const;
    [[nodiscard]] std::vector<Bilingual> const& aide_list(std::string_view name) const;

    /// The stage of that id, or nullptr.
    [[nodiscard]] RequestStage const* stage(std::string_view id) const;
};

/// Puts the structure and the words of both languages together.
/// \throws Error format  not TOML; a text that one language lacks, is empty, or that nothing names; a list
///                       whose languages differ in length; an id given twice; a provision without a day or
///                       without who checks it; a stage, provision or choice that nothing declares; more
///                       than 15 prompts
[[nodiscard]] RequestTexts
parse_request_texts(std::string_view structure, std::string_view french, std::string_view english);

/// The texts that are built into the program (casefile/data/requests*.toml).
/// \throws Error  as parse_request_texts; a test shows that the built-in files are sound
[[nodiscard]] RequestTexts read_request_texts();

} // namespace cmq::casefile
