// SPDX-License-Identifier: GPL-3.0-or-later

/// \file
/// A run of fragments (.fsa, .hid): dyes, peaks, lengths.

#pragma once

#include "lab/code/abif.hpp"
#include "lab/code/fragment_signal.hpp"
#include "lab/code/size_standard.hpp"

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace cmq::lab {

/// Signal of one dye as the instrument wrote it.
struct DyeSignal {
    std::string dye;            ///< its name; "?" where the file has none
    std::vector<double> values; ///< RFU, one a scan
    bool is_standard = false;   ///< the size standard's
};

/// What the file says.
struct FragmentRun {
    std::string sample; ///< each fact "" where the file has none
    std::string well;
    std::string instrument; ///< model
    std::string machine;
    std::string operator_name;
    std::string run;
    std::string run_start;
    std::string run_finish;
    std::string standard;      ///< as the file names it, which is not always the one that was used
    bool is_processed = false; ///< the instrument's program smoothed it and took the baseline off
    std::vector<DyeSignal> dyes;   ///< four to six, of equal lengths, one of them the standard's
    std::vector<std::size_t> full; ///< scans at which the camera was full, rising
};

/// Whether an ABIF file is one of fragments: traces, and no called bases.
[[nodiscard]] bool is_fragment_run(Abif const& abif) noexcept;

/// The dyes: as processed by the instrument's program where all are there, else raw. The standard's is the one that the
/// file marks so, else that of a dye of size standards (LIZ, ROX, CXR, WEN ...), else the last.
/// \throws Error format       four to six traces of equal lengths are not there
/// \throws Error limits       more than a million scans
[[nodiscard]] FragmentRun to_fragment_run(Abif const& abif);

/// What a peak may be other than a fragment of its own.
enum class PeakDoubt : std::uint8_t {
    none,
    bleed_through, ///< light of a taller peak of another dye at the same scan
    satellite, ///< beside a far taller peak of its own dye: a shoulder, a stutter, a base more or less
    spike,     ///< far narrower than the run's fragments: a bubble, a flash
    broad,     ///< far wider: a bump of the baseline
};

[[nodiscard]] std::string_view name_of(PeakDoubt doubt) noexcept;

/// What a dye's peak is worth.
struct SizedPeak {
    SignalPeak peak;
    std::optional<double> size; ///< base pairs; none outside the standard
    PeakDoubt doubt = PeakDoubt::none;
    std::optional<std::size_t> from; ///< the dye whose light it is, for bleed_through
};

struct SizedDye {
    std::string dye;
    bool is_standard = false;
    double noise = 0.0; ///< RFU
    std::vector<SizedPeak> peaks;
};

/// Share of a dye's light that shows in another, at the scans of its tallest peaks.
struct DyeBleed {
    std::size_t from = 0;
    std::size_t into = 0;
    double share = 0.0;
    double spread = 0.0; ///< standard deviation between peaks
    std::size_t peaks = 0;
};

struct FragmentProfile {
    std::vector<SizedDye> dyes;   ///< in the order of the run
    std::vector<DyeBleed> bleeds; ///< pairs that share light
    FittedStandard standard;
};

struct FragmentSettings {
    double least_height = 50.0;             ///< RFU; of the standard a fifth of it suffices
    SizeStandard const* standard = nullptr; ///< nullptr: found
};

/// Peaks of all dyes with their lengths, those that are another dye's light marked.
/// \throws Error insufficient  the size standard does not fit
[[nodiscard]] FragmentProfile size_fragments(FragmentRun const& run,
                                             FragmentSettings const& settings);

} // namespace cmq::lab
