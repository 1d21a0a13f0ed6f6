// SPDX-License-Identifier: GPL-3.0-or-later

/// \file
/// ABIF, SCF and ZTR bytes of known traces.

#pragma once

#include "lab/code/write_abif.hpp"

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace cmq::lab::test {

inline void add_big(std::string& bytes, std::uint64_t value, int size) {
    add_big_endian(bytes, value, size);
}

inline std::string shorts_of(std::vector<int> const& values) {
    return to_abif_shorts(values);
}

using lab::AbifValue;

inline std::string abif_entry(AbifValue const& value, std::size_t offset) {
    return to_abif_entry(value, offset);
}

inline std::string abif_of(std::vector<AbifValue> const& values) {
    return to_abif(values);
}

/// Traces with a peak of 300 at position 10 (i + 1) for each base, and a second one of some height of `seconds`.
inline std::vector<std::vector<int>>
traces_of(std::string_view bases,
          std::vector<std::pair<std::size_t, char>> const& seconds = {},
          int height = 150) {
    std::vector<std::vector<int>> traces(4, std::vector<int>(10 * bases.size() + 20, 0));
    auto const add_peak = [&](std::size_t base, char kind, int of) {
        auto& trace = traces[std::string_view{"ACGT"}.find(kind)];
        for (int i = -3; i <= 3; ++i) {
            trace[static_cast<std::size_t>(static_cast<int>(10 * (base + 1)) + i)] +=
                of - of / 4 * (i < 0 ? -i : i);
        }
    };
    for (std::size_t i = 0; i < bases.size(); ++i) {
        if (bases[i] != 'N') {
            add_peak(i, bases[i], 300);
        }
    }
    for (auto const& [base, kind] : seconds) {
        add_peak(base, kind, height);
    }
    return traces;
}

inline std::vector<int> positions_of(std::size_t bases) {
    std::vector<int> positions;
    for (std::size_t i = 0; i < bases; ++i) {
        positions.push_back(static_cast<int>(10 * (i + 1)));
    }
    return positions;
}

inline std::string sanger_abif(std::string const& bases,
                               std::string const& qualities,
                               std::vector<std::pair<std::size_t, char>> const& seconds = {}) {
    auto const traces = traces_of(bases, seconds);
    return abif_of({{"PBAS", 2, 2, 1, bases},
                    {"PCON", 2, 2, 1, qualities},
                    {"FWO_", 1, 2, 1, "GATC"},
                    {"PLOC", 2, 4, 2, shorts_of(positions_of(bases.size()))},
                    {"DATA", 9, 4, 2, shorts_of(traces[2])},
                    {"DATA", 10, 4, 2, shorts_of(traces[0])},
                    {"DATA", 11, 4, 2, shorts_of(traces[3])},
                    {"DATA", 12, 4, 2, shorts_of(traces[1])},
                    {"SMPL", 1, 18, 1, "\x06sample"},
                    {"MODL", 1, 2, 1, "3730"},
                    {"RUND", 1, 10, 4, std::string{"\x07\xda\x01\x1b", 4}},
                    {"RUNT", 1, 11, 4, std::string{"\x09\x34\x2d\x00", 4}}});
}

/// SCF 2.00 with samples of two bytes.
inline std::string scf_of(std::string const& bases, int quality) {
    auto const traces = traces_of(bases);
    std::string const comments = "NAME=of_scf\nMACH=3730\n";
    std::size_t const points = traces[0].size();
    std::string bytes = ".scf";
    add_big(bytes, points, 4);
    add_big(bytes, 128, 4);
    add_big(bytes, bases.size(), 4);
    add_big(bytes, 0, 4);
    add_big(bytes, 0, 4);
    add_big(bytes, 128 + 8 * points, 4);
    add_big(bytes, comments.size(), 4);
    add_big(bytes, 128 + 8 * points + 12 * bases.size(), 4);
    bytes += "2.00";
    add_big(bytes, 2, 4);
    bytes.resize(128, '\0');
    for (std::size_t i = 0; i < points; ++i) {
        for (auto const& trace : traces) {
            add_big(bytes, static_cast<std::uint16_t>(trace[i]), 2);
        }
    }
    for (std::size_t i = 0; i < bases.size(); ++i) {
        add_big(bytes, 10 * (i + 1), 4);
        for (char const base : {'A', 'C', 'G', 'T'}) {
            bytes += static_cast<char>(bases[i] == base ? quality : 0);
        }
        bytes += bases[i];
        bytes += std::string(3, '\0');
    }
    return bytes + comments;
}

/// ZTR 1.2 of chunks as they are.
inline std::string ztr_of(std::string const& bases, int quality) {
    auto const traces = traces_of(bases);
    std::string bytes("\xaeZTR\r\n\x1a\n\x01\x02", 10);
    auto const add_chunk = [&](std::string_view type, std::string const& data) {
        bytes += type;
        add_big(bytes, 0, 4);
        add_big(bytes, data.size(), 4);
        bytes += data;
    };
    std::string samples(2, '\0');
    for (auto const& trace : traces) {
        samples += shorts_of(trace);
    }
    add_chunk("SMP4", samples);
    add_chunk("BASE", '\0' + bases);
    std::string positions(4, '\0');
    for (std::size_t i = 0; i < bases.size(); ++i) {
        add_big(positions, 10 * (i + 1), 4);
    }
    add_chunk("BPOS", positions);
    add_chunk("CNF4",
              std::string(1, '\0') + std::string(bases.size(), static_cast<char>(quality)) +
                  std::string(3 * bases.size(), '\0'));
    add_chunk("TEXT", std::string("\0NAME\0of_ztr\0\0", 14));
    return bytes;
}

} // namespace cmq::lab::test
