// SPDX-License-Identifier: GPL-3.0-or-later

/// \file
/// Mistakes of one file, collected so that a reader can mend them all at once.

#pragma once

#include "casefile/place.hpp"
#include "casefile/toml_node.hpp"

#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace cmq::casefile {

class Problems {
public:
    void add(ErrorKind kind, Place place, Sentence sentence);

    template <class... Texts>
    void add(ErrorKind kind, Place place, Form<sizeof...(Texts)> form, Texts const&... texts) {
        add(kind, std::move(place), Sentence{form, texts...});
    }

    [[nodiscard]] bool empty() const noexcept { return list_.empty(); }

    /// One Error of up to 20 lines in the order of the file, or nothing when there is no problem.
    void throw_if_any();

private:
    struct Problem {
        ErrorKind kind;
        Place place;
        Sentence sentence;
    };

    std::vector<Problem> list_;
};

/// The value as a message shows it: found "blnk", found 3, found a table.
[[nodiscard]] Sentence found_text(Node const& node);

/// Text in quotes, cut after 60 bytes, control characters as '?'.
[[nodiscard]] std::string in_quotes(std::string_view text);

/// "a, b, c"
[[nodiscard]] std::string listed(std::span<std::string_view const> words);

/// "one of a, b, c"
[[nodiscard]] Sentence one_of(std::span<std::string_view const> words);

/// "; did you mean \"blank\"?" where one word is near enough to what was written, else empty.
[[nodiscard]] Sentence did_you_mean(std::string_view written,
                                    std::span<std::string_view const> words);

} // namespace cmq::casefile
