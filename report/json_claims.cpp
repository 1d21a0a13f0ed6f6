// SPDX-License-Identifier: GPL-3.0-or-later

#include "report/json_claims.hpp"

#include "casefile/claims.hpp"
#include "core/error.hpp"

namespace cmq::report {

namespace {

Json to_json(casefile::Bilingual const& text) {
    return Json{{"fr", text.fr}, {"en", text.en}};
}

std::string_view name_of(casefile::Standing standing) {
    switch (standing) {
    case casefile::Standing::contradicted:
        return "contradicted";
    case casefile::Standing::conflicting:
        return "conflicting";
    case casefile::Standing::no_data:
        return "no_data";
    case casefile::Standing::supported:
        break;
    }
    return "supported";
}

} // namespace

Json claims_json(casefile::Case const& file) {
    Json list = Json::array();
    std::vector<casefile::Claim> const library =
        file.claims.empty() ? std::vector<casefile::Claim>{} : casefile::read_claims();
    for (casefile::StatedClaim const& each : file.claims) {
        casefile::Claim const* const claim = casefile::find_claim(library, *each.id);
        CMQ_EXPECTS(claim != nullptr); // check_references has looked
        list.push_back({{"id", *each.id},
                        {"document", each.source.document},
                        {"page", or_null(each.source.page)},
                        {"words", each.source.words},
                        {"said", to_json(claim->said)},
                        {"who", to_json(claim->who)},
                        {"standing", std::string{name_of(claim->standing)}},
                        {"comment", to_json(claim->comment)},
                        {"checked_on", claim->checked_on},
                        {"sources", claim->sources}});
    }
    return list;
}

} // namespace cmq::report
