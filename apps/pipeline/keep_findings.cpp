// SPDX-License-Identifier: GPL-3.0-or-later

#include "apps/pipeline/keep_measured_parts.hpp"

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

namespace cmq::pipeline {
namespace {

using casefile::KeptCase;

constexpr auto last_finding_kind = static_cast<std::int64_t>(lab::FindingKind::amount);
constexpr auto last_examination = static_cast<std::int64_t>(lab::Examination::visual);

struct BlankRow {
    std::int64_t blanks = 0;
    std::string capture;
    double total_dn = 0.0;
};

struct RatioRow {
    std::int64_t finding = 0;
    double ratio = 1.0;
};

RowMap<report::NoteBlanks> blanks_map() {
    RowMap<report::NoteBlanks> map;
    map.add(
           "evidence", "", "id of the capture they serve", [](auto& r) -> auto& {
               return r.evidence;
           })
        .add(
            "evidence_total_dn",
            "DN",
            "total compared; none: of the finding",
            [](auto& r) -> auto& { return r.evidence_total_dn; })
        .add(
            "mean_dn", "DN", "mean of the blanks' totals", [](auto& r) -> auto& {
                return r.mean_dn;
            })
        .add(
            "sd_dn", "DN", "their standard deviation", [](auto& r) -> auto& { return r.sd_dn; })
        .add(
            "critical_dn", "DN", "critical value", [](auto& r) -> auto& { return r.critical_dn; });
    return map;
}

RowMap<BlankRow> blank_map() {
    RowMap<BlankRow> map;
    map.add(
           "blanks", "", "row of blanks", [](auto& r) -> auto& { return r.blanks; })
        .add(
            "capture", "", "id of the blank", [](auto& r) -> auto& { return r.capture; })
        .add(
            "total_dn", "DN", "total of the traces on it", [](auto& r) -> auto& {
                return r.total_dn;
            });
    return map;
}

RowMap<report::NoteFinding> finding_map() {
    RowMap<report::NoteFinding> map;
    map.add(
           "id", "", "of the capture or observation", [](auto& r) -> auto& { return r.finding.id; })
        .add(
            "zone", "", "id of the carrier", [](auto& r) -> auto& { return r.finding.zone; })
        .add(
            "kind",
            "",
            "0 not examined, 1 detected, 2 not detected, 3 count, 4 amount",
            [](auto& r) -> auto& { return r.finding.kind; },
            last_finding_kind)
        .add(
            "examination",
            "",
            "0 measured capture, 1 eye and lamp",
            [](auto& r) -> auto& { return r.finding.examination; },
            last_examination)
        .add(
            "value", "", "count, or amount in detection limits", [](auto& r) -> auto& {
                return r.finding.value;
            })
        .add(
            "sigma", "", "standard uncertainty of the amount", [](auto& r) -> auto& {
                return r.finding.sigma;
            })
        .add(
            "minutes", "min", "when it was examined, on the account's clock", [](auto& r) -> auto& {
                return r.finding.minutes;
            })
        .add(
            "observation", "", "id of the typed observation", [](auto& r) -> auto& {
                return r.observation;
            })
        .add(
            "reading", "", "id of the reading that alone tells of the zone", [](auto& r) -> auto& {
                return r.reading;
            })
        .add(
            "total_dn", "DN", "flux of all traces of the zone", [](auto& r) -> auto& {
                return r.total_dn;
            })
        .add(
            "total_dn_sigma", "DN", "its standard uncertainty", [](auto& r) -> auto& {
                return r.total_dn_sigma;
            })
        .add(
            "limit_dn", "DN", "flux found with a chance of one half", [](auto& r) -> auto& {
                return r.limit_dn;
            });
    return map;
}

RowMap<RatioRow> ratio_map() {
    RowMap<RatioRow> map;
    map.add(
           "finding", "", "row of findings", [](auto& r) -> auto& { return r.finding; })
        .add(
            "ratio", "", "probability given the look-alike over given the marker", [
            ](auto& r) -> auto& { return r.ratio; });
    return map;
}

} // namespace

void keep_findings(report::NoteInput const& input, KeptCase& kept) {
    std::vector<BlankRow> blanks;
    for (std::size_t i = 0; i < input.blanks.size(); ++i) {
        report::NoteBlanks const& of = input.blanks[i];
        CMQ_EXPECTS(of.captures.size() == of.totals_dn.size());
        for (std::size_t k = 0; k < of.captures.size(); ++k) {
            blanks.push_back({static_cast<std::int64_t>(i), of.captures[k], of.totals_dn[k]});
        }
    }
    put(kept, "blanks", blanks_map(), input.blanks);
    put(kept, "blank_totals", blank_map(), blanks);
    std::vector<TextRow> captures;
    std::vector<RatioRow> ratios;
    for (std::size_t i = 0; i < input.findings.size(); ++i) {
        auto const row = static_cast<std::int64_t>(i);
        for (std::string const& capture : input.findings[i].captures) {
            captures.push_back({row, capture});
        }
        for (double const ratio : input.findings[i].finding.look_alike_ratio) {
            ratios.push_back({row, ratio});
        }
    }
    put(kept, "findings", finding_map(), input.findings);
    put(kept,
        "finding_captures",
        text_map("finding", "id of a capture it was measured on"),
        captures);
    put(kept, "finding_ratios", ratio_map(), ratios);
}

void restore_findings(KeptCase const& kept, report::NoteInput& input) {
    input.blanks = blanks_map().to_rows(table_of(kept, "blanks"));
    for (BlankRow const& row : blank_map().to_rows(table_of(kept, "blank_totals"))) {
        report::NoteBlanks& of = parent(input.blanks, row.blanks);
        of.captures.push_back(row.capture);
        of.totals_dn.push_back(row.total_dn);
    }
    input.findings = finding_map().to_rows(table_of(kept, "findings"));
    for (TextRow const& row : text_map("finding", "").to_rows(table_of(kept, "finding_captures"))) {
        parent(input.findings, row.parent).captures.push_back(row.text);
    }
    for (RatioRow const& row : ratio_map().to_rows(table_of(kept, "finding_ratios"))) {
        parent(input.findings, row.finding).finding.look_alike_ratio.push_back(row.ratio);
    }
}

} // namespace cmq::pipeline
