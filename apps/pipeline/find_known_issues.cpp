// SPDX-License-Identifier: GPL-3.0-or-later

#include "apps/pipeline/find_known_issues.hpp"

#include "core/error.hpp"
#include "core/typography.hpp"
#include "report/facts.hpp"

#include <algorithm>
#include <array>
#include <utility>

namespace cmq::pipeline {
namespace {

using casefile::Touches;

std::vector<std::string> captures_where(report::NoteInput const& input, auto const& holds) {
    std::vector<std::string> ids;
    for (report::NoteCapture const& capture : input.captures) {
        if (holds(capture)) {
            ids.push_back(capture.id);
        }
    }
    return ids;
}

std::vector<std::string> comparisons_where(report::NoteInput const& input, auto const& holds) {
    std::vector<std::string> names;
    for (lab::Evaluation const& evaluation : input.evaluations) {
        if (holds(evaluation)) {
            names.push_back(evaluation.h1 + "/" + evaluation.h2);
        }
    }
    return names;
}

bool is_evidence(report::NoteInput const& input, std::string const& capture) {
    auto const* const entry = report::find_capture(input.file, capture);
    return entry != nullptr && *entry->role == casefile::CaptureRole::evidence;
}

std::vector<std::string> nothing_found(report::NoteInput const& input) {
    std::vector<std::string> ids;
    for (report::NoteDetection const& each : input.detections) {
        if (is_evidence(input, each.capture) && each.detection.traces.empty()) {
            ids.push_back(each.capture);
        }
    }
    return ids;
}

std::vector<std::string> measured_not_examined(report::NoteInput const& input) {
    std::vector<std::string> ids;
    for (report::NoteFinding const& each : input.findings) {
        if (each.observation.empty() && each.finding.kind == lab::FindingKind::not_examined) {
            ids.insert(ids.end(), each.captures.begin(), each.captures.end());
        }
    }
    return ids;
}

std::vector<std::string> touched_by(Touches touches, report::NoteInput const& input) {
    switch (touches) {
    case Touches::every_report:
        break;
    case Touches::captures:
        return captures_where(input, [](auto const&) { return true; });
    case Touches::noise_estimated:
        return captures_where(input, [](report::NoteCapture const& capture) {
            return capture.noise_origin == NoiseOrigin::estimated;
        });
    case Touches::nothing_found:
        return nothing_found(input);
    case Touches::measured_not_examined:
        return measured_not_examined(input);
    case Touches::comparisons:
        return comparisons_where(input, [](auto const&) { return true; });
    case Touches::ratio_if_marker:
        return comparisons_where(input, report::says_if_marker);
    }
    return {};
}

} // namespace

std::string version_of(std::string const& program) {
    std::string version = program.substr(program.rfind(' ') + 1);
    version = version.substr(0, version.find('+')); // how it was built
    return casefile::is_version(version) ? version : "";
}

std::vector<IssueAtHand> find_known_issues(casefile::KnownIssues const& known,
                                           report::NoteInput const& input) {
    std::string const version = version_of(input.program);
    CMQ_EXPECTS(!version.empty());
    std::vector<IssueAtHand> all;
    for (casefile::KnownIssue const& issue : known.issues) {
        if (has_error(issue, version)) {
            auto where = touched_by(issue.touches, input);
            bool const touches = issue.touches == Touches::every_report || !where.empty();
            all.push_back({.issue = issue, .touches = touches, .where = std::move(where)});
        }
    }
    return all;
}

Sentence to_sentence(IssueAtHand const& issue) {
    auto const spoken = [](casefile::Bilingual const& text) {
        return Sentence::spoken(typeset(text.fr, Language::french),
                                typeset(text.en, Language::english));
    };
    std::array<Sentence, 3> const parts{
        spoken(issue.issue.what), spoken(issue.issue.effect), spoken(issue.issue.recognise)};
    if (issue.where.empty()) {
        return joined(parts, " ");
    }
    std::string where;
    for (std::string const& each : issue.where) {
        where += (where.empty() ? "" : ", ") + each;
    }
    return Sentence{{"{} Concerne : {}.", "{} Concerns: {}."}, joined(parts, " "), where};
}

} // namespace cmq::pipeline
