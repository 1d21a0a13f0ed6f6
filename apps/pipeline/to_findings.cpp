// SPDX-License-Identifier: GPL-3.0-or-later

#include "apps/pipeline/to_findings.hpp"

#include "apps/pipeline/judge_detection.hpp"
#include "core/error.hpp"
#include "detect/limit_flux.hpp"
#include "detect/total_flux.hpp"
#include "lab/blanks/presence.hpp"

#include <algorithm>
#include <cmath>
#include <utility>

namespace cmq::pipeline {
namespace {

using casefile::CaptureRole;

// No repeated captures of one scene tell how well an amount repeats. The same scenes counted up to 1.6 times as high
// under another camera setting in the public UV-powder data (doi 10.5281/zenodo.4772478); a factor anywhere
// between 1 and 1.6 has a relative standard deviation of ln(1.6) / sqrt(12).
constexpr double repeatability = 0.136;

casefile::Capture const& entry_of(casefile::Case const& of, MeasuredCapture const& measured) {
    return of.captures[measured.index];
}

// The blanks named in [examination]; without that table, those that say they serve this capture or zone.
bool serves(casefile::Case const& of,
            casefile::Capture const& blank,
            casefile::Capture const& evidence) {
    if (*blank.role != CaptureRole::blank) {
        return false;
    }
    if (of.examination && !of.examination->blanks.empty()) {
        return std::ranges::any_of(of.examination->blanks,
                                   [&](auto const& id) { return *id == *blank.id; });
    }
    if (blank.of) {
        return **blank.of == *evidence.id;
    }
    return !blank.zone || (evidence.zone && **blank.zone == **evidence.zone);
}

void check_alike(casefile::Capture const& blank,
                 MeasuredCapture const& b,
                 MeasuredCapture const& e) {
    try {
        check_taken_alike(*blank.id, b.capture.metadata, e.capture.metadata);
    } catch (Error& error) {
        error.at(casefile::to_sentence(blank.place));
        throw;
    }
}

// The colour of the lot: the reference capture named, else any reference of the marker, else the traces.
PerPlane<double> lot_colour(casefile::Case const& of,
                            std::span<MeasuredCapture const> captures,
                            detect::TotalFlux const& evidence) {
    for (MeasuredCapture const& measured : captures) {
        casefile::Capture const& entry = entry_of(of, measured);
        bool const named = of.examination && of.examination->reference;
        bool const wanted = named ? *entry.id == **of.examination->reference
                                  : *entry.role == CaptureRole::reference &&
                                        (entry.material.empty() || entry.material == "marker");
        if (wanted && measured.detection && !measured.detection->traces.empty()) {
            return detect::total_flux(*measured.detection).colour;
        }
    }
    bool const any = std::ranges::any_of(evidence.colour, [](double flux) { return flux > 0.0; });
    return any ? evidence.colour : PerPlane<double>{1.0, 1.0, 1.0, 1.0};
}

void measure_limit(ZoneMeasurement& zone,
                   std::span<MeasuredCapture const> captures,
                   PerPlane<double> const& colour) {
    std::vector<std::size_t> frames = zone.blanks;
    if (frames.empty()) {
        frames.push_back(zone.evidence);
    }
    double sum = 0.0;
    double variance = 0.0;
    for (std::size_t const i : frames) {
        auto const limit = detect::limit_flux(*captures[i].detection, colour);
        if (!limit) {
            return; // where one of the frames would hide any flux, so could the evidence
        }
        sum += limit->flux_dn;
        variance += limit->flux_dn_sigma * limit->flux_dn_sigma;
    }
    auto const n = static_cast<double>(frames.size());
    zone.limit_dn = sum / n;
    zone.limit_dn_sigma = std::sqrt(variance) / n;
}

// Light is lost by a factor for each layer of the marker, so what is taken grows slower than the amount (Beer and
// Lambert). Up to this share, the mean over a trace, it falls short by at most 6 % for a mark with a sharp edge and 10 % for
// one that fades as a Gaussian does down to a thirtieth of its middle: less than amounts repeat (docs/methods/findings.md).
constexpr double most_taken = 0.1;

bool takes_much(detect::Detection const& darker) {
    return std::ranges::any_of(darker.traces, [&](detect::Trace const& trace) {
        for (std::size_t p = 0; p < plane_count; ++p) {
            // A cell holds one photosite of each plane.
            double const there =
                darker.planes.at(p).level_dn * static_cast<double>(trace.area_cells);
            if (trace.flux_dn.at(p) > most_taken * std::max(0.0, there)) {
                return true;
            }
        }
        return false;
    });
}

// Traces without blanks to set them against are weighed all the same, and blanks listed as missing: the model
// of what is weighed counts look-alikes and background of its own.
MeasurementState state_of(ZoneMeasurement const& zone,
                          MeasuredCapture const& evidence,
                          detect::TotalFlux const& total) {
    detect::Detection const& detection = *evidence.detection;
    bool const any_trace = !detection.traces.empty();
    auto const presence = lab::decide_presence(
        {.any_trace = any_trace,
         .total = zone.total_dn,
         .saturated = total.saturated,
         .unseen_share = detect::unseen_share(detection),
         .critical = zone.critical_dn ? std::optional{zone.critical_dn->value} : std::nullopt,
         .found_by_half = zone.limit_dn,
         .area = detect::any_unmeasured(evidence.areas)});
    if (presence.verdict == lab::PresenceVerdict::not_detected) {
        return any_trace ? MeasurementState::within_blanks : MeasurementState::nothing_found;
    }
    bool const weighed = presence.verdict == lab::PresenceVerdict::present ||
                         presence.why.front() == lab::PresenceReason::blanks_missing;
    if (!weighed) {
        return MeasurementState::limit_unknown;
    }
    if (total.saturated || !zone.limit_dn) {
        return MeasurementState::saturated;
    }
    if (detect::any_unmeasured(evidence.areas)) {
        return MeasurementState::beside_area;
    }
    return detection.darker && takes_much(detection) ? MeasurementState::too_dark
                                                     : MeasurementState::amount;
}

void fill_finding(ZoneMeasurement& zone) {
    lab::Finding& finding = zone.finding;
    switch (zone.state) {
    case MeasurementState::amount: {
        double const blank_sd = zone.critical_dn ? zone.critical_dn->blank_sd : 0.0;
        double const amount = zone.total_dn / *zone.limit_dn;
        double const from_limit = amount * zone.limit_dn_sigma;
        double const from_repeats = zone.total_dn * repeatability;
        finding.kind = lab::FindingKind::amount;
        finding.value = amount;
        finding.sigma = std::sqrt(zone.total_dn_sigma * zone.total_dn_sigma + blank_sd * blank_sd +
                                  from_limit * from_limit + from_repeats * from_repeats) /
                        *zone.limit_dn;
        break;
    }
    case MeasurementState::saturated:
    case MeasurementState::too_dark:
    case MeasurementState::beside_area:
        finding.kind = lab::FindingKind::detected;
        break;
    case MeasurementState::nothing_found:
    case MeasurementState::within_blanks:
        finding.kind = lab::FindingKind::not_detected;
        break;
    case MeasurementState::limit_unknown:
        finding.kind = lab::FindingKind::not_examined;
        break;
    }
}

ZoneMeasurement measure_zone(casefile::Case const& of,
                             std::span<MeasuredCapture const> captures,
                             std::size_t evidence,
                             double minutes_of_examination) {
    casefile::Capture const& entry = entry_of(of, captures[evidence]);
    detect::Detection const& detection = *captures[evidence].detection;
    detect::TotalFlux const total = detect::total_flux(detection);
    ZoneMeasurement zone;
    zone.evidence = evidence;
    zone.total_dn = total.flux_dn;
    zone.total_dn_sigma = total.flux_dn_sigma;
    for (std::size_t i = 0; i < captures.size(); ++i) {
        casefile::Capture const& blank = entry_of(of, captures[i]);
        if (serves(of, blank, entry)) {
            check_alike(blank, captures[i], captures[evidence]);
            zone.blanks.push_back(i);
            zone.blank_totals_dn.push_back(detect::total_flux(*captures[i].detection).flux_dn);
        }
    }
    if (zone.blanks.size() >= 2) {
        zone.critical_dn = lab::measure_critical_value(zone.blank_totals_dn);
    }
    measure_limit(zone, captures, lot_colour(of, captures, total));
    zone.state = state_of(zone, captures[evidence], total);
    zone.finding.id = *entry.id;
    zone.finding.zone = **entry.zone;
    zone.finding.examination = lab::Examination::instrument;
    zone.finding.minutes = entry.at ? (*entry.at)->minutes : minutes_of_examination;
    fill_finding(zone);
    return zone;
}

} // namespace

std::vector<ZoneMeasurement> measure_zones(casefile::Case const& of,
                                           std::span<MeasuredCapture const> captures,
                                           double minutes_of_examination) {
    std::vector<ZoneMeasurement> zones;
    for (std::size_t i = 0; i < captures.size(); ++i) {
        casefile::Capture const& entry = entry_of(of, captures[i]);
        if (*entry.role != CaptureRole::evidence) {
            continue;
        }
        ZoneMeasurement zone = measure_zone(of, captures, i, minutes_of_examination);
        bool const taken = std::ranges::any_of(zones, [&](ZoneMeasurement const& other) {
            return other.finding.zone == zone.finding.zone;
        });
        if (taken) {
            Error refusal{
                ErrorKind::unsupported,
                {"la zone « {} » a deux captures de rôle evidence ; cette version en mesure une "
                 "par zone : donner à la seconde un autre rôle ou une zone à elle",
                 "zone '{}' has two captures of role evidence; this version measures one a zone, "
                 "so give the second another role or a zone of its own"},
                zone.finding.zone};
            refusal.at(casefile::to_sentence(entry.place));
            throw Error{refusal};
        }
        zones.push_back(std::move(zone));
    }
    return zones;
}

} // namespace cmq::pipeline
