// SPDX-License-Identifier: GPL-3.0-or-later

/// \file
/// Readings of the marker's code as a note tells them.

#pragma once

#include "lab/code/judge_code.hpp"
#include "lab/transfer/code_evidence.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace cmq::report {

/// What became of a reading in the likelihood ratio.
enum class ReadingUse : std::uint8_t {
    weighed,
    inconclusive, ///< it changes no value
    no_rates,     ///< reported, raw data not seen, and no rate of error is stated
    no_miss_rate, ///< no code was read, and nobody stated how often marker that is there gives none
    nothing_seen, ///< of a zone on which nothing was seen
    no_finding,   ///< no code was read, on a zone of which no other finding tells
};

/// "weighed" and so on.
[[nodiscard]] std::string_view to_text(ReadingUse use) noexcept;

/// A file that a reading rests on.
struct NoteReadingFile {
    std::string file; ///< as in the case
    std::string sha256;
    std::string role;       ///< "sample", "negative", "extraction", "environment", "positive"
    std::string format;     ///< as CodeFile::format
    std::uint64_t read = 0; ///< usable reads, or readable bases of a trace
    bool is_good = true;    ///< of a control
    std::string lots;       ///< read in it, with commas between
};

struct NoteReadingLot {
    std::string lot;
    double log10_lr =
        0.0; ///< as CodeResult: against another lot, contamination or an error, bounded
    std::uint64_t distance = 0;
    std::optional<double> share; ///< of molecules, with its 95 % interval
    std::optional<double> share_low;
    std::optional<double> share_high;
    bool is_read = false;
};

struct NoteReadingReason {
    std::string id;
    std::string fr;
    std::string en;
};

/// A lot that passed through the hands of one who acted.
struct NoteHandledLot {
    std::string lot;
    std::string by;
    std::string role; ///< "arrested", "searched", "swabbed", "analysed", "carried"
    bool is_read = false;
};

struct NoteReading {
    std::string id; ///< of the case
    bool is_reported = false;
    lab::CodeVerdict verdict = lab::CodeVerdict::inconclusive;
    ReadingUse use = ReadingUse::inconclusive;
    std::string lots; ///< read, with commas between; of a report its code
    /// That a code of no lot of the registry would be taken for one of it; none: reported.
    std::optional<double> false_match;
    std::optional<double> false_match_low;
    std::optional<double> false_match_high;
    std::optional<double> laboratory_error; ///< none: not stated and none assumed
    std::optional<double> clerical_error;
    std::optional<double> drop_in; ///< 95 % bound of the laboratory's positive negative-controls
    bool rates_are_stated = false; ///< else lab::assumed_error was taken
    /// What it says, whatever it is used for; none: nothing.
    std::optional<lab::CodeEvidence> evidence;
    std::vector<NoteReadingFile> files;
    std::vector<NoteReadingLot> found;
    std::vector<NoteReadingReason> reasons;
    std::vector<NoteHandledLot> handled; ///< read or not
};

/// A fact of the lot that the account speaks of, as the registry has it.
struct NoteLotFact {
    std::string key; ///< of registry.toml: "product", "deliveries", "people" ...
    std::string text;
};

/// All readings of a case.
struct NoteReadings {
    std::string registry_sha256;            ///< "" without one
    std::uint64_t registry_lots = 0;        ///< how many lots it has
    std::optional<double> history_positive; ///< of the laboratory's negative controls
    std::optional<double> history_all;
    std::vector<NoteLotFact> lot; ///< of the lot in question; everything that it could have marked
    std::vector<NoteReading> readings; ///< one for each [[reading]], in the order of the case
};

} // namespace cmq::report
