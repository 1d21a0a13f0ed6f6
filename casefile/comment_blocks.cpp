// SPDX-License-Identifier: GPL-3.0-or-later

#include "casefile/comment_blocks.hpp"

#include <algorithm>
#include <iterator>

namespace cmq::casefile {

std::vector<std::span<Statement const>> comment_blocks(std::span<Statement const> statements) {
    std::vector<std::span<Statement const>> blocks;
    auto const is_comment = [](Statement const& statement) {
        return statement.kind == StatementKind::comment;
    };
    for (auto from = statements.begin(); from != statements.end();) {
        auto const end = is_comment(*from) ? std::find_if_not(from, statements.end(), is_comment)
                                           : std::next(from);
        blocks.emplace_back(from, end);
        from = end;
    }
    return blocks;
}

std::vector<TextSpan> comments_in(std::span<Statement const> block) {
    std::vector<TextSpan> comments;
    for (Statement const& statement : block) {
        comments.insert(comments.end(), statement.comments.begin(), statement.comments.end());
    }
    return comments;
}

std::string said_in(std::span<TextSpan const> comments, std::string_view text) {
    std::string said;
    for (TextSpan const& comment : comments) {
        said += ' ';
        said += comment.in(text).substr(1);
    }
    return said;
}

} // namespace cmq::casefile
