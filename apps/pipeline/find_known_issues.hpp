// SPDX-License-Identifier: GPL-3.0-or-later

/// \file
/// Which known errors of the version that made a report touch it.

#pragma once

#include "casefile/known_issues.hpp"
#include "core/sentence.hpp"
#include "report/note.hpp"

#include <string>
#include <vector>

namespace cmq::pipeline {

/// An error that the version had which made the report.
struct IssueAtHand {
    casefile::KnownIssue issue;
    bool touches = false;
    std::vector<std::string> where; ///< ids of captures, "h1/h2" of comparisons; empty: all of it
};

/// The number in "Contremarque 0.1.0"; "" where there is none.
[[nodiscard]] std::string version_of(std::string const& program);

/// Those of the list that the version had, in its order, touching or not.
/// \pre is_version(version_of(input.program))
[[nodiscard]] std::vector<IssueAtHand> find_known_issues(casefile::KnownIssues const& known,
                                                         report::NoteInput const& input);

/// What is wrong, what it does to results, how a reader recognises it, and where it touches.
[[nodiscard]] Sentence to_sentence(IssueAtHand const& issue);

} // namespace cmq::pipeline
