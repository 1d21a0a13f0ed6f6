// SPDX-License-Identifier: GPL-3.0-or-later

#include "lab/blanks/presence.hpp"

#include "core/error.hpp"

#include <algorithm>
#include <cmath>

namespace cmq::lab {

std::string_view name_of(PresenceVerdict verdict) noexcept {
    switch (verdict) {
    case PresenceVerdict::present:
        return "present";
    case PresenceVerdict::not_detected:
        return "not_detected";
    case PresenceVerdict::indeterminate:
        return "indeterminate";
    }
    return "";
}

std::string_view name_of(PresenceReason reason) noexcept {
    switch (reason) {
    case PresenceReason::above_blanks:
        return "above_blanks";
    case PresenceReason::within_blanks:
        return "within_blanks";
    case PresenceReason::nothing_found:
        return "nothing_found";
    case PresenceReason::blanks_missing:
        return "blanks_missing";
    case PresenceReason::saturated:
        return "saturated";
    case PresenceReason::masked:
        return "masked";
    case PresenceReason::limit_unknown:
        return "limit_unknown";
    case PresenceReason::area:
        return "area";
    }
    return "";
}

Presence decide_presence(SearchedCapture const& capture) {
    CMQ_EXPECTS(std::isfinite(capture.total));
    CMQ_EXPECTS(capture.unseen_share >= 0.0 && capture.unseen_share <= 1.0);
    if (capture.any_trace && !capture.critical) {
        return {PresenceVerdict::indeterminate, {PresenceReason::blanks_missing}, {}};
    }
    if (capture.any_trace && capture.total > *capture.critical) {
        return {PresenceVerdict::present, {PresenceReason::above_blanks}, {}};
    }
    Presence presence{
        PresenceVerdict::not_detected,
        {capture.any_trace ? PresenceReason::within_blanks : PresenceReason::nothing_found},
        capture.found_by_half};
    if (capture.any_trace && capture.saturated) {
        presence.why.push_back(PresenceReason::saturated);
    }
    if (capture.unseen_share > most_unseen) {
        presence.why.push_back(PresenceReason::masked);
    }
    if (!capture.any_trace && !capture.found_by_half) {
        presence.why.push_back(PresenceReason::limit_unknown);
    }
    if (capture.area) {
        presence.why.push_back(PresenceReason::area);
    }
    if (presence.why.size() > 1) {
        presence.verdict = PresenceVerdict::indeterminate;
        presence.limit.reset();
    } else if (capture.critical) {
        presence.limit = std::max(*capture.critical, presence.limit.value_or(*capture.critical));
    }
    return presence;
}

} // namespace cmq::lab
