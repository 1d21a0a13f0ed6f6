// SPDX-License-Identifier: GPL-3.0-or-later

/// \file
/// Counsel's own file beside a case: what the person says, accounts that were tried, weak points. Nothing of it goes
/// into anything that is made from the case but counsel's working note.

#pragma once

#include "casefile/case.hpp"

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

namespace cmq::casefile {

/// A point against one's own side that counsel sees, and what could be answered.
struct WeakPoint {
    std::string text;
    std::string answer; ///< "" when there is none yet
};

struct Counsel {
    std::string file; ///< as named by the caller; "" where there is none
    Side side = Side::defence;
    bool is_side_stated = false;
    std::string account; ///< what the person says; "" when not given
    std::vector<Carrier> carriers;
    std::vector<Delivery> deliveries;
    std::vector<Event> events;
    std::vector<Proposition> propositions;
    std::vector<Comparison> comparisons;
    std::vector<WeakPoint> weak_points;
};

/// Reads the text of counsel's file; docs/formats/counsel.toml.md lists its keys.
/// \param of  the case beside it: times that name a day need the case's
/// \throws Error format, domain, unsupported, limits  as parse_case
[[nodiscard]] Counsel parse_counsel(std::string_view text, std::string const& file, Case const& of);

/// \throws Error io, limits  as read_file says
/// \throws Error             as parse_counsel
[[nodiscard]] Counsel read_counsel(std::filesystem::path const& path, Case const& of);

/// Where counsel's file is looked for: counsel.toml in the folder of the case.
[[nodiscard]] std::filesystem::path counsel_path(std::filesystem::path const& case_file);

/// The case with what counsel tried: its tables first, then those of counsel's file.
/// \throws Error format  an id that the case has already; a name that neither declares
/// \throws Error domain  as check_references
[[nodiscard]] Case with_counsel(Case const& of, Counsel const& counsel);

} // namespace cmq::casefile
