// SPDX-License-Identifier: GPL-3.0-or-later

#include "apps/pipeline/weigh_readings.hpp"

#include "apps/pipeline/read_readings.hpp"
#include "core/error.hpp"
#include "lab/transfer/zone_readings.hpp"

#include <algorithm>
#include <utility>

namespace cmq::pipeline {
namespace {

using lab::FindingKind;
using report::ReadingUse;

/// A code that was read was there to be read; none was not.
bool has_read_a_code(lab::CodeEvidence const& code) {
    return code.given_material < code.given_marker || code.given_material < code.given_other_lot;
}

report::NoteFinding
to_finding(casefile::Reading const& reading, double minutes, lab::CodeEvidence const& code) {
    report::NoteFinding added;
    added.reading = *reading.id;
    added.finding.id = *reading.id;
    added.finding.zone = *reading.zone;
    added.finding.kind = FindingKind::detected;
    added.finding.examination = lab::Examination::instrument;
    added.finding.minutes = reading.at ? (*reading.at)->minutes : minutes;
    added.finding.code = code;
    return added;
}

ReadingUse weigh(casefile::Reading const& reading,
                 double minutes,
                 lab::CodeEvidence const& code,
                 std::vector<report::NoteFinding>& findings) {
    auto const found = std::ranges::find_if(findings, [&](report::NoteFinding const& each) {
        return each.finding.zone == *reading.zone && each.finding.kind != FindingKind::not_examined;
    });
    if (found == findings.end()) {
        if (!has_read_a_code(code)) {
            return ReadingUse::no_finding;
        }
        findings.push_back(to_finding(reading, minutes, code));
        return ReadingUse::weighed;
    }
    if (found->finding.kind == FindingKind::not_detected) {
        return ReadingUse::nothing_seen;
    }
    found->finding.code = code;
    return ReadingUse::weighed;
}

/// Of its error, what every reading of the zone shares: all but the laboratory's own part.
lab::ZoneReading to_zone_reading(report::NoteReading const& note) {
    double const own = note.laboratory_error.value_or(0.0) + note.drop_in.value_or(0.0);
    return {.code = *note.evidence,
            .common = std::clamp(note.evidence->error - own, 0.0, note.evidence->error)};
}

/// The readings that say something of the zone of the i-th, in order; none where an earlier one is of that zone.
std::vector<std::size_t> readings_of_zone(casefile::Case const& of,
                                          std::vector<report::NoteReading> const& notes,
                                          std::size_t i) {
    std::vector<std::size_t> same;
    for (std::size_t k = 0; k < notes.size(); ++k) {
        if (notes[k].evidence && *of.readings[k].zone == *of.readings[i].zone) {
            same.push_back(k);
        }
    }
    return !same.empty() && same.front() == i ? same : std::vector<std::size_t>{};
}

} // namespace

void weigh_readings(casefile::Case const& of,
                    double minutes_of_examination,
                    report::NoteReadings& readings,
                    std::vector<report::NoteFinding>& findings) {
    std::vector<report::NoteReading>& notes = readings.readings;
    CMQ_EXPECTS(notes.size() == of.readings.size());
    for (std::size_t i = 0; i < notes.size(); ++i) {
        auto const same = readings_of_zone(of, notes, i);
        if (same.empty()) {
            continue;
        }
        std::vector<lab::ZoneReading> all;
        all.reserve(same.size());
        for (std::size_t const k : same) {
            all.push_back(to_zone_reading(notes[k]));
        }
        auto const use = weigh(
            of.readings[i], minutes_of_examination, lab::combine_zone_readings(all), findings);
        for (std::size_t const k : same) {
            notes[k].use = use;
        }
    }
}

report::NoteReadings take_readings(casefile::Case const& of,
                                   std::filesystem::path const& reader,
                                   Translation& translation) {
    report::NoteReadings readings = read_readings(of, reader);
    std::vector<report::NoteFinding> findings;
    for (lab::Finding& finding : translation.findings) {
        findings.emplace_back().finding = std::move(finding);
    }
    weigh_readings(of, examination_minutes(of), readings, findings);
    translation.findings.clear();
    for (report::NoteFinding& finding : findings) {
        translation.findings.push_back(std::move(finding.finding));
    }
    heed_codes(translation.findings, translation.account);
    return readings;
}

} // namespace cmq::pipeline
