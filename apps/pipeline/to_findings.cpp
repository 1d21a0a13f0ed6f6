// SPDX-License-Identifier: GPL-3.0-or-later

#include "apps/pipeline/to_findings.hpp"

#include "core/error.hpp"
#include "core/number_text.hpp"
#include "detect/limit_flux.hpp"

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

struct Total {
    double flux_dn = 0.0;
    double variance = 0.0;
    bool saturated = false;
    PerPlane<double> colour{}; ///< flux by plane
};

Total total_of(detect::Detection const& detection) {
    Total total;
    for (detect::Trace const& trace : detection.traces) {
        for (std::size_t p = 0; p < plane_count; ++p) {
            total.flux_dn += trace.flux_dn[p];
            total.colour[p] += std::max(trace.flux_dn[p], 0.0);
        }
        total.variance += trace.total_flux_dn_sigma * trace.total_flux_dn_sigma;
        total.saturated = total.saturated || trace.saturated;
    }
    return total;
}

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

Sentence settings_text(capture::Metadata const& m) {
    Sentence const exposure = m.exposure_s ? Sentence{{"{} s", "{} s"}, *m.exposure_s}
                                           : Sentence{{"pose non précisée", "exposure not stated"}};
    Sentence const iso = m.iso ? Sentence{{"ISO {}", "ISO {}"}, *m.iso}
                               : Sentence{{"ISO non précisé", "ISO not stated"}};
    return Sentence{{"{} {}, {}, {}", "{} {}, {}, {}"}, m.make, m.model, exposure, iso};
}

void check_alike(casefile::Capture const& blank,
                 MeasuredCapture const& b,
                 MeasuredCapture const& e) {
    auto const& mb = b.capture.metadata;
    auto const& me = e.capture.metadata;
    if (mb.make != me.make || mb.model != me.model || mb.exposure_s != me.exposure_s ||
        mb.iso != me.iso) {
        Error refusal{ErrorKind::domain,
                      {"le blanc « {} » a été pris autrement ({}) que la pièce examinée ({}) ; ne "
                       "nommer que des blancs traités comme elle",
                       "blank '{}' was taken otherwise ({}) than the evidence ({}); name only "
                       "blanks that were treated as the evidence was"},
                      *blank.id,
                      settings_text(mb),
                      settings_text(me)};
        refusal.at(casefile::to_sentence(blank.place));
        throw Error{refusal};
    }
}

// The colour of the lot: the reference capture named, else any reference of the marker, else the traces.
PerPlane<double> lot_colour(casefile::Case const& of,
                            std::span<MeasuredCapture const> captures,
                            Total const& evidence) {
    for (MeasuredCapture const& measured : captures) {
        casefile::Capture const& entry = entry_of(of, measured);
        bool const named = of.examination && of.examination->reference;
        bool const wanted = named ? *entry.id == **of.examination->reference
                                  : *entry.role == CaptureRole::reference &&
                                        (entry.material.empty() || entry.material == "marker");
        if (wanted && measured.detection && !measured.detection->traces.empty()) {
            return total_of(*measured.detection).colour;
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

MeasurementState state_of(ZoneMeasurement const& zone, bool any_trace, bool saturated) {
    if (!any_trace) {
        return zone.limit_dn ? MeasurementState::nothing_found : MeasurementState::limit_unknown;
    }
    if (zone.critical_dn && zone.total_dn <= zone.critical_dn->value) {
        return MeasurementState::within_blanks;
    }
    return saturated || !zone.limit_dn ? MeasurementState::saturated : MeasurementState::amount;
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
    Total const total = total_of(detection);
    ZoneMeasurement zone;
    zone.evidence = evidence;
    zone.total_dn = total.flux_dn;
    zone.total_dn_sigma = std::sqrt(total.variance);
    for (std::size_t i = 0; i < captures.size(); ++i) {
        casefile::Capture const& blank = entry_of(of, captures[i]);
        if (serves(of, blank, entry)) {
            check_alike(blank, captures[i], captures[evidence]);
            zone.blanks.push_back(i);
            zone.blank_totals_dn.push_back(total_of(*captures[i].detection).flux_dn);
        }
    }
    if (zone.blanks.size() >= 2) {
        zone.critical_dn = lab::measure_critical_value(zone.blank_totals_dn);
    }
    measure_limit(zone, captures, lot_colour(of, captures, total));
    zone.state = state_of(zone, !detection.traces.empty(), total.saturated);
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
