// SPDX-License-Identifier: GPL-3.0-or-later

#include "lab/code/sanger_trace.hpp"

#include "core/error.hpp"
#include "lab/code/bases.hpp"
#include "lab/code/unpack_text.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>

namespace cmq::lab {
namespace {

using Bytes = std::span<std::byte const>;

/// Heights of the four bases and where each base was called.
struct Peaks {
    std::array<std::vector<std::int32_t>, 4> traces;
    std::vector<std::int64_t> positions;
};

bool begins_with(Bytes bytes, std::string_view magic) {
    return bytes.size() >= magic.size() &&
           std::string_view{reinterpret_cast<char const*>(bytes.data()), magic.size()} == magic;
}

constexpr std::string_view scf_magic{".scf"};
constexpr std::string_view ztr_magic{"\xaeZTR\r\n\x1a\n"};

std::string clean_bases(std::string bases) {
    for (char& base : bases) {
        base = base_number(base) < 4 ? "ACGT"[base_number(base)] : 'N';
    }
    return bases;
}

void finish(SangerTrace& trace, Peaks const& peaks) {
    if (trace.bases.empty() || trace.qualities.size() != trace.bases.size()) {
        throw Error{ErrorKind::format,
                    {"{} bases et {} qualités : il faut une qualité par base",
                     "{} bases and {} qualities: each base needs one"},
                    trace.bases.size(),
                    trace.qualities.size()};
    }
    // A base that was not called says nothing, whatever quality was written.
    for (std::size_t i = 0; i < trace.bases.size(); ++i) {
        trace.qualities[i] = std::min<std::uint8_t>(trace.qualities[i], 93);
    }
    auto const part = find_good_part(trace.qualities);
    trace.good_begin = part.begin;
    trace.good_end = part.end;
    trace.mixed = find_mixed_peaks(trace.bases, peaks.traces, peaks.positions, part);
}

Peaks peaks_of(Abif const& abif) {
    Peaks peaks;
    std::string const order = abif.characters("FWO_", 1);
    for (std::size_t i = 0; i < std::min<std::size_t>(order.size(), 4); ++i) {
        std::uint8_t const base = base_number(order[i]);
        auto const heights = abif.shorts("DATA", static_cast<std::int32_t>(9 + i));
        if (base < 4) {
            peaks.traces[base].assign(heights.begin(), heights.end());
        }
    }
    auto const places = abif.shorts("PLOC", abif.find("PLOC", 2) != nullptr ? 2 : 1);
    peaks.positions.assign(places.begin(), places.end());
    return peaks;
}

/// Whole numbers with blanks between; stops at the first that is none.
std::vector<std::int64_t> numbers_in(std::string_view text) {
    std::vector<std::int64_t> numbers;
    while (!text.empty()) {
        std::int64_t number = 0;
        auto const [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
        if (error != std::errc{}) {
            break;
        }
        numbers.push_back(number);
        text.remove_prefix(static_cast<std::size_t>(end - text.data()));
        text.remove_prefix(std::min(text.size(), std::size_t{1}));
    }
    return numbers;
}

std::string printable(std::string_view text) {
    std::string clean{text.substr(0, 200)};
    std::ranges::replace_if(
        clean, [](unsigned char c) { return c < 0x20 || c > 0x7e; }, '?');
    return clean;
}

/// What the reader program makes of SCF and ZTR: lines of a word and its values.
SangerTrace from_lines(std::string_view text) {
    SangerTrace trace;
    Peaks peaks;
    while (!text.empty()) {
        std::size_t const end = std::min(text.find('\n'), text.size());
        std::string_view const line = text.substr(0, end);
        text.remove_prefix(std::min(end + 1, text.size()));
        std::size_t const blank = std::min(line.find(' '), line.size());
        std::string_view const word = line.substr(0, blank);
        std::string_view const values = line.substr(std::min(blank + 1, line.size()));
        if (word == "name") {
            trace.sample = printable(values);
        } else if (word == "machine") {
            trace.machine = printable(values);
        } else if (word == "bases") {
            trace.bases = clean_bases(std::string{values});
        } else if (word == "qualities") {
            for (std::int64_t const quality : numbers_in(values)) {
                trace.qualities.push_back(
                    static_cast<std::uint8_t>(std::clamp<std::int64_t>(quality, 0, 93)));
            }
        } else if (word == "positions") {
            peaks.positions = numbers_in(values);
        } else if (word.size() == 1 && base_number(word.front()) < 4) {
            for (std::int64_t const height : numbers_in(values)) {
                peaks.traces[base_number(word.front())].push_back(
                    static_cast<std::int32_t>(std::clamp<std::int64_t>(height, -65536, 65536)));
            }
        }
    }
    finish(trace, peaks);
    return trace;
}

} // namespace

bool is_sanger(Bytes bytes) noexcept {
    return is_abif(bytes) || begins_with(bytes, scf_magic) || begins_with(bytes, ztr_magic);
}

SangerTrace to_sanger(Abif const& abif) {
    // 2: as called by the instrument; 1: as edited since, where the first is not there.
    int const kept = abif.find("PBAS", 2) != nullptr ? 2 : 1;
    if (abif.find("PBAS", kept) == nullptr) {
        throw Error{ErrorKind::unsupported,
                    {"ce fichier ABIF ne porte pas de séquence : c’est une analyse de fragments",
                     "this ABIF file has no sequence: it is a run of fragments"}};
    }
    SangerTrace trace;
    trace.format = "abif";
    trace.sample = abif.text("SMPL", 1);
    trace.well = abif.text("TUBE", 1);
    trace.dye = abif.text("DySN", 1);
    trace.instrument = abif.text("MODL", 1);
    trace.machine = abif.text("MCHN", 1);
    trace.operator_name = abif.text("User", 1);
    trace.run = abif.text("RunN", 1);
    trace.run_start = abif.moment(1);
    trace.run_finish = abif.moment(2);
    trace.bases = clean_bases(abif.characters("PBAS", kept));
    for (char const quality : abif.characters("PCON", kept)) {
        trace.qualities.push_back(static_cast<std::uint8_t>(quality));
    }
    finish(trace, peaks_of(abif));
    return trace;
}

SangerTrace read_sanger(Bytes bytes, std::filesystem::path const& reader) {
    if (is_abif(bytes)) {
        auto const flat = unpack_in_child(bytes, reader, {"abif"});
        return to_sanger(Abif::from_flat(std::as_bytes(std::span{flat})));
    }
    auto trace = from_lines(unpack_in_child(bytes, reader, {"trace"}));
    trace.format = begins_with(bytes, scf_magic) ? "scf" : "ztr";
    return trace;
}

GoodPart find_good_part(std::span<std::uint8_t const> qualities) noexcept {
    constexpr double tolerated = 0.05;
    GoodPart best;
    double best_sum = 0.0;
    double sum = 0.0;
    std::size_t begin = 0;
    for (std::size_t i = 0; i < qualities.size(); ++i) {
        sum += tolerated - std::pow(10.0, -0.1 * qualities[i]);
        if (sum <= 0.0) {
            sum = 0.0;
            begin = i + 1;
        } else if (sum > best_sum) {
            best_sum = sum;
            best = {begin, i + 1};
        }
    }
    return best;
}

std::vector<MixedPeak> find_mixed_peaks(std::string_view bases,
                                        std::span<std::vector<std::int32_t> const> traces,
                                        std::span<std::int64_t const> positions,
                                        GoodPart part) {
    CMQ_EXPECTS(traces.size() == 4);
    std::vector<MixedPeak> mixed;
    for (std::size_t i = part.begin; i < std::min(part.end, positions.size()); ++i) {
        std::uint8_t const called = base_number(bases[i]);
        bool const is_inside = std::ranges::all_of(traces, [&](auto const& heights) {
            return positions[i] > 0 && positions[i] + 1 < static_cast<std::int64_t>(heights.size());
        });
        if (called > 3 || !is_inside) {
            continue;
        }
        auto const at = static_cast<std::size_t>(positions[i]);
        double const first = traces[called][at];
        MixedPeak peak{.base = i};
        for (std::uint8_t base = 0; base < 4; ++base) {
            auto const& heights = traces[base];
            // A slope of a neighbour's peak is no peak of its own.
            bool const is_peak = heights[at] >= heights[at - 1] && heights[at] >= heights[at + 1];
            if (base != called && is_peak && first > 0.0 && heights[at] / first > peak.ratio) {
                peak.ratio = heights[at] / first;
                peak.second = "ACGT"[base];
            }
        }
        if (peak.ratio >= least_mixed_ratio) {
            mixed.push_back(peak);
        }
    }
    return mixed;
}

} // namespace cmq::lab
