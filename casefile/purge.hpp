// SPDX-License-Identifier: GPL-3.0-or-later

/// \file
/// A person taken out of the TOML files of a case, with an account of what went, what changed and what is left.

#pragma once

#include "casefile/place.hpp"

#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace cmq::casefile {

/// Whom the questions of `contremarque requests` are about: answers.toml and the account in counsel.toml are that
/// person's.
inline constexpr std::string_view interviewed_code = "P1";

struct PurgedPerson {
    std::string code;               ///< "P1": its zones are P1 and P1.*
    std::vector<std::string> names; ///< of the key; may be none
};

/// One thing that was done, or that could not be.
struct PurgeLine {
    Place place;
    Sentence what;
};

/// Ids that a case no longer has, for the files beside it.
struct PurgedIds {
    std::vector<std::string> carriers;
    std::vector<std::string> captures;
    std::vector<std::string> entries; ///< deliveries, events, contaminations
    std::vector<std::string> propositions;
};

struct Purged {
    std::string
        text; ///< as the file then reads; all that does not concern the person is the same byte for byte
    std::vector<PurgeLine> removed;
    std::vector<PurgeLine> changed;
    std::vector<PurgeLine> left; ///< what still speaks of the person, or lost its meaning: read it
    std::vector<std::string> pictures; ///< files of the captures that go, as the case names them
    PurgedIds ids;

    [[nodiscard]] bool did_anything() const noexcept {
        return !removed.empty() || !changed.empty();
    }
};

/// Whether a text holds the code or a name as whole words, without regard to case and accents.
[[nodiscard]] bool speaks_of(std::string_view text, PurgedPerson const& person);

/// Takes a person out of a case or of counsel's file, which has tables of the same kinds:
/// * carriers, captures, observations and planned zones of the person, and captures that serve these;
/// * the person's zones in deliveries and contaminations, and these where no other zone is left;
/// * events that touch the person, and what names any of these;
/// * propositions left without anything, and comparisons and assigned probabilities of them; probabilities assigned to
///   findings that go;
/// * the account in counsel's file, where the person is interviewed_code;
/// * every text and comment that speaks of the person: where the text is needed "[...]" takes its place.
///
/// \param gone  ids that the case beside the file no longer has
/// \throws Error  as parse_toml
[[nodiscard]] Purged purge_tables(std::string_view text,
                                  std::string const& file,
                                  PurgedPerson const& person,
                                  PurgedIds const& gone = {});

/// purge_tables of a case, and proof that the case can still be read.
/// \throws Error         as parse_case and check_references for the text as it is
/// \throws Error domain  the case could not be read any more: what to mend first
[[nodiscard]] Purged
purge_case(std::string_view text, std::string const& file, PurgedPerson const& person);

/// Takes the person out of a key. Without persons left it is "schema = 1".
/// \throws Error  as parse_toml
[[nodiscard]] Purged
purge_key(std::string_view text, std::string const& file, PurgedPerson const& person);

} // namespace cmq::casefile
