// SPDX-License-Identifier: GPL-3.0-or-later

#include "casefile/claims.hpp"
#include "core/error.hpp"
#include "report/note_writer.hpp"
#include "report/phrases/claims.hpp"

#include <utility>

namespace cmq::report {
namespace {

Phrase const& phrase_of(casefile::Standing standing) {
    switch (standing) {
    case casefile::Standing::contradicted:
        return phrases::standing_contradicted;
    case casefile::Standing::conflicting:
        return phrases::standing_conflicting;
    case casefile::Standing::no_data:
        return phrases::standing_no_data;
    case casefile::Standing::supported:
        break;
    }
    return phrases::standing_supported;
}

} // namespace

void add_claims(NoteWriter& writer) {
    auto const& stated = writer.file().claims;
    if (stated.empty()) {
        return;
    }
    std::vector<casefile::Claim> const library = casefile::read_claims();
    auto const in = [&](casefile::Bilingual const& text) {
        return typeset(text_in(text, writer.language()), writer.language());
    };
    writer.heading(2, writer.say(phrases::heading_claims), "claims");
    TableBlock table{.caption = writer.say(phrases::claims_caption),
                     .columns = {writer.column(phrases::claim_said, 1.0),
                                 writer.column(phrases::claim_where, 1.2),
                                 writer.column(phrases::claim_comment, 2.4)},
                     .rows = {}};
    for (casefile::StatedClaim const& each : stated) {
        casefile::Claim const* const claim = casefile::find_claim(library, *each.id);
        CMQ_EXPECTS(claim != nullptr); // check_references has looked
        table.rows.push_back(
            {plain(in(claim->said)),
             plain(writer.say(
                 phrases::claim_elsewhere,
                 {{"document", source_text(writer, each.source)}, {"who", in(claim->who)}})),
             plain(writer.say(phrases::claim_told,
                              {{"standing", writer.say(phrase_of(claim->standing))},
                               {"comment", in(claim->comment)},
                               {"day", date_text(claim->checked_on, writer.language())},
                               {"sources", writer.joined(claim->sources, "; ")}}))});
    }
    writer.add(std::move(table));
}

} // namespace cmq::report
