// SPDX-License-Identifier: GPL-3.0-or-later

#include "lab/code/fragment_run.hpp"

#include "core/error.hpp"

#include <algorithm>
#include <array>
#include <cmath>

namespace cmq::lab {
namespace {

constexpr std::size_t most_scans = 1'000'000;

// Traces of the dyes: the first four have numbers of their own, the fifth and sixth others.
constexpr std::array<std::int32_t, 6> raw_numbers{1, 2, 3, 4, 105, 106};
constexpr std::array<std::int32_t, 6> processed_numbers{9, 10, 11, 12, 205, 206};
constexpr std::size_t least_dyes = 4;

std::vector<double> to_values(std::vector<std::int16_t> const& shorts) {
    return {shorts.begin(), shorts.end()};
}

/// Traces from the first on, as long as they are there and as long as the first.
std::vector<std::vector<double>> traces_of(Abif const& abif,
                                           std::array<std::int32_t, 6> const& numbers) {
    std::vector<std::vector<double>> traces;
    for (std::int32_t const number : numbers) {
        auto values = to_values(abif.shorts("DATA", number));
        if (values.empty() || (!traces.empty() && values.size() != traces.front().size())) {
            break;
        }
        traces.push_back(std::move(values));
    }
    return traces;
}

bool is_standard_dye(std::string_view dye) {
    constexpr std::array<std::string_view, 9> names{
        "LIZ", "ROX", "CXR", "WEN", "CC5", "BTO", "DY632", "ORANGE", "Bn Joda"};
    return std::ranges::any_of(
        names, [&](std::string_view name) { return dye.find(name) != std::string_view::npos; });
}

void mark_standard(Abif const& abif, std::vector<DyeSignal>& dyes) {
    for (std::size_t i = 0; i < dyes.size(); ++i) {
        if (abif.characters("DyeB", static_cast<std::int32_t>(i + 1)) == "S") {
            dyes[i].is_standard = true;
            return;
        }
    }
    // Of several the last: ROX labels samples where LIZ is the standard's.
    auto const found = std::find_if(
        dyes.rbegin(), dyes.rend(), [](DyeSignal const& dye) { return is_standard_dye(dye.dye); });
    (found == dyes.rend() ? dyes.back() : *found).is_standard = true;
}

constexpr double least_bleeding = 500.0; // RFU: peaks whose light may show elsewhere
constexpr double most_bleed = 0.15;      // taller shares are peaks of their own
constexpr double same_scan = 0.3;        // of a width: summits of one light

double median_of(std::vector<double> values) {
    auto const middle = values.begin() + static_cast<std::ptrdiff_t>(values.size() / 2);
    std::ranges::nth_element(values, middle);
    return *middle;
}

/// Share of a dye's light in another, from its tallest peaks: what the other shows at their scans.
std::optional<DyeBleed>
measure_bleed(std::size_t from, std::size_t into, SizedDye const& dye, FlatSignal const& other) {
    std::vector<double> shares;
    for (SizedPeak const& peak : dye.peaks) {
        if (peak.peak.height >= least_bleeding && !peak.peak.is_saturated) {
            double const there =
                other.values[static_cast<std::size_t>(std::lround(peak.peak.scan))];
            shares.push_back(there / peak.peak.height);
        }
    }
    // Two dyes often have fragments at the same scan: of many the lower half is the light alone.
    if (shares.size() < 3) {
        return {};
    }
    double const share = median_of(shares);
    std::vector<double> distances;
    distances.reserve(shares.size());
    for (double const of : shares) {
        distances.push_back(std::abs(of - share));
    }
    double const spread = 1.4826 * median_of(distances);
    double const seen = other.noise / least_bleeding;
    if (share < 0.002 || share < seen || share > most_bleed) {
        return {};
    }
    return DyeBleed{
        .from = from, .into = into, .share = share, .spread = spread, .peaks = shares.size()};
}

/// Largest share of a dye's light that another may show.
double most_share(FragmentProfile const& profile, std::size_t from, std::size_t into) {
    auto const measured = std::ranges::find_if(
        profile.bleeds, [&](DyeBleed const& of) { return of.from == from && of.into == into; });
    return measured == profile.bleeds.end()
               ? 0.05
               : std::min(most_bleed, measured->share + 3.0 * measured->spread + 0.01);
}

/// Whether a peak may be the light of a taller one of another dye.
bool may_be_light(SignalPeak const& peak, SignalPeak const& taller, double most) {
    double const off = std::abs(taller.scan - peak.scan);
    bool const is_there = off <= same_scan * std::max(taller.width, peak.width);
    // Where the camera was full, the dyes can not be told apart.
    bool const is_full = taller.is_saturated && off <= taller.width;
    bool const is_narrow = peak.width < 0.65 * taller.width;
    double const limit = is_full ? (is_narrow ? 0.6 : most_bleed) : most;
    return (is_there || is_full) && peak.height <= limit * taller.height;
}

void mark_bleed(SizedPeak& peak, std::size_t into, FragmentProfile const& profile) {
    for (std::size_t from = 0; from < profile.dyes.size(); ++from) {
        double const most = most_share(profile, from, into);
        bool const is_light =
            from != into &&
            std::ranges::any_of(profile.dyes[from].peaks, [&](SizedPeak const& taller) {
                return may_be_light(peak.peak, taller.peak, most);
            });
        if (is_light) {
            peak.doubt = PeakDoubt::bleed_through;
            peak.from = from;
        }
    }
}

constexpr double satellite_reach = 5.5;  // base pairs: a repeat of five and a half
constexpr double satellite_share = 0.15; // stutters stay below it
constexpr double lacking_base = 1.3;     // base pairs: what copying leaves off at the end
constexpr double lacking_share = 0.35;

void mark_satellites(SizedDye& dye) {
    for (SizedPeak& peak : dye.peaks) {
        bool const is_satellite =
            peak.size && std::ranges::any_of(dye.peaks, [&](SizedPeak const& taller) {
                double const off = taller.size ? *taller.size - *peak.size : 1e9;
                double const share = peak.peak.height / taller.peak.height;
                return (std::abs(off) <= satellite_reach && share < satellite_share) ||
                       (off > 0.0 && off < lacking_base && share < lacking_share);
            });
        if (is_satellite && peak.doubt == PeakDoubt::none) {
            peak.doubt = PeakDoubt::satellite;
        }
    }
}

/// Peaks far narrower or wider than the middle one of the run.
void mark_widths(FragmentProfile& profile) {
    std::vector<double> widths;
    for (SizedDye const& dye : profile.dyes) {
        for (SizedPeak const& peak : dye.peaks) {
            if (peak.size) {
                widths.push_back(peak.peak.width);
            }
        }
    }
    if (widths.size() < 5) {
        return;
    }
    double const usual = median_of(widths);
    for (SizedDye& dye : profile.dyes) {
        for (SizedPeak& peak : dye.peaks) {
            if (peak.doubt == PeakDoubt::none && peak.peak.width < 0.4 * usual) {
                peak.doubt = PeakDoubt::spike;
            } else if (peak.doubt == PeakDoubt::none && peak.peak.width > 2.5 * usual) {
                peak.doubt = PeakDoubt::broad;
            }
        }
    }
}

SizedDye to_dye(DyeSignal const& dye, double noise, std::vector<SignalPeak> const& peaks) {
    SizedDye sized{.dye = dye.dye, .is_standard = dye.is_standard, .noise = noise, .peaks = {}};
    for (SignalPeak const& peak : peaks) {
        sized.peaks.push_back({.peak = peak, .size = {}, .doubt = {}, .from = {}});
    }
    return sized;
}

void size_dye(SizedDye& dye, SizeCurve const& curve) {
    for (SizedPeak& peak : dye.peaks) {
        peak.size = curve.size_at(peak.peak.scan);
    }
    // In front of the standard lie the primers, which say nothing.
    std::erase_if(dye.peaks, [&](SizedPeak const& peak) {
        return !dye.is_standard && peak.peak.scan < curve.points().front().scan;
    });
}

void measure_bleeds(FragmentProfile& profile, std::vector<FlatSignal> const& signals) {
    for (std::size_t from = 0; from < signals.size(); ++from) {
        for (std::size_t into = 0; into < signals.size(); ++into) {
            auto const bleed = from == into
                                   ? std::nullopt
                                   : measure_bleed(from, into, profile.dyes[from], signals[into]);
            if (bleed) {
                profile.bleeds.push_back(*bleed);
            }
        }
    }
}

} // namespace

bool is_fragment_run(Abif const& abif) noexcept {
    return abif.find("DATA", 1) != nullptr && abif.find("PBAS", 1) == nullptr &&
           abif.find("PBAS", 2) == nullptr;
}

FragmentRun to_fragment_run(Abif const& abif) {
    auto const processed = traces_of(abif, processed_numbers);
    auto traces = traces_of(abif, raw_numbers);
    std::size_t const raw_count = traces.size();
    std::size_t const scans = traces.empty() ? 0 : traces.front().size();
    FragmentRun run;
    if (processed.size() >= least_dyes && processed.size() >= raw_count) {
        run.is_processed = true;
        traces = processed;
    }
    if (traces.size() < least_dyes) {
        throw Error{
            ErrorKind::format,
            {"{} traces de colorants de même longueur ; une analyse de fragments en a 4 à 6",
             "{} traces of dyes of one length; a run of fragments has 4 to 6"},
            traces.size()};
    }
    if (traces.front().size() > most_scans || scans > most_scans) {
        throw Error{ErrorKind::limits,
                    {"plus de {} mesures par colorant", "more than {} scans a dye"},
                    most_scans};
    }
    run.sample = abif.text("SpNm", 1).empty() ? abif.text("SMPL", 1) : abif.text("SpNm", 1);
    run.well = abif.text("TUBE", 1);
    run.instrument = abif.text("MODL", 1);
    run.machine = abif.text("MCHN", 1);
    run.operator_name = abif.text("User", 1);
    run.run = abif.text("RunN", 1);
    run.run_start = abif.moment(1);
    run.run_finish = abif.moment(2);
    run.standard = abif.text("StdF", 1);
    for (std::size_t i = 0; i < traces.size(); ++i) {
        std::string const name = abif.text("DyeN", static_cast<std::int32_t>(i + 1));
        run.dyes.push_back({.dye = name.empty() ? "?" : name,
                            .values = std::move(traces[i]),
                            .is_standard = false});
    }
    mark_standard(abif, run.dyes);
    // Processed traces may begin later than the raw ones; the full scans are counted from the raw one's first.
    auto const begins = abif.longs("AOFF", 1);
    std::int64_t const first =
        run.is_processed && run.dyes.front().values.size() != scans && !begins.empty() ? begins[0]
                                                                                       : 0;
    for (std::int32_t const scan : abif.longs("OfSc", 1)) {
        if (scan >= first) {
            run.full.push_back(static_cast<std::size_t>(scan - first));
        }
    }
    std::ranges::sort(run.full);
    return run;
}

std::string_view name_of(PeakDoubt doubt) noexcept {
    switch (doubt) {
    case PeakDoubt::bleed_through:
        return "bleed_through";
    case PeakDoubt::satellite:
        return "satellite";
    case PeakDoubt::spike:
        return "spike";
    case PeakDoubt::broad:
        return "broad";
    case PeakDoubt::none:
        break;
    }
    return "none";
}

FragmentProfile size_fragments(FragmentRun const& run, FragmentSettings const& settings) {
    CMQ_EXPECTS(std::ranges::count_if(run.dyes, &DyeSignal::is_standard) == 1);
    std::vector<FlatSignal> signals;
    std::vector<SizedDye> dyes;
    std::vector<SignalPeak> of_standard;
    for (DyeSignal const& dye : run.dyes) {
        signals.push_back(subtract_baseline(dye.values));
        double const least = dye.is_standard ? 0.2 * settings.least_height : settings.least_height;
        auto const peaks = find_peaks(signals.back(), run.full, least);
        dyes.push_back(to_dye(dye, signals.back().noise, peaks));
        if (dye.is_standard) {
            of_standard = peaks;
        }
    }
    FragmentProfile profile{.dyes = std::move(dyes),
                            .bleeds = {},
                            .standard = fit_size_standard(of_standard, settings.standard)};
    for (SizedDye& dye : profile.dyes) {
        size_dye(dye, profile.standard.curve);
    }
    measure_bleeds(profile, signals);
    for (std::size_t into = 0; into < profile.dyes.size(); ++into) {
        for (SizedPeak& peak : profile.dyes[into].peaks) {
            mark_bleed(peak, into, profile);
        }
        mark_satellites(profile.dyes[into]);
    }
    mark_widths(profile);
    return profile;
}

} // namespace cmq::lab
